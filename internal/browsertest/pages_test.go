package browsertest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var pagesFolder = flag.String("pages", "", "folder to which TestPages writes every kind of page as HTML, for a validator")

// unisolated takes the marks off what people named, so that a sentence with a name can be found.
var unisolated = strings.NewReplacer("<bdi>", "", "</bdi>", "")

// Every kind of page answers with its status and says what it is for.
func TestPages(t *testing.T) {
	t.Parallel()
	if *pagesFolder != "" {
		if err := os.MkdirAll(*pagesFolder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range kinds(t, newServer(t)) {
		status, _, body := kind.visitor.request(kind.address, kind.form)
		if status != kind.status {
			t.Errorf("%s: %s answered %d, not %d", kind.name, kind.address, status, kind.status)
		}
		if !strings.Contains(unisolated.Replace(body), kind.words) {
			t.Errorf("%s: %s does not say %q", kind.name, kind.address, kind.words)
		}
		if *pagesFolder == "" {
			continue
		}
		file := filepath.Join(*pagesFolder, strings.ReplaceAll(kind.name, " ", "-")+".html")
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
