package architecture

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// control finds what people type in or choose from a list in, and whose name a form sends; box finds what is ticked or
// hidden instead.
var (
	control = regexp.MustCompile(`(?s)<(?:input|textarea|select)\b[^>]*\bname=[^>]*>`)
	box     = regexp.MustCompile(`\btype="(hidden|checkbox|radio)"`)
)

// What people type into is drawn by kit.Field, which is named with the address of its form: a control that a page lays by
// hand would not be given back where it can't be saved, nor be bounded.
func TestNoViewLaysAFieldByHand(t *testing.T) {
	t.Parallel()
	views, kit := filepath.Join("..", "..", "views"), filepath.Join("..", "..", "views", "kit")
	drawn := 0
	err := filepath.WalkDir(views, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" || strings.HasPrefix(path, kit) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		drawn += strings.Count(string(content), "Field.")
		for _, found := range control.FindAllString(string(content), -1) {
			if !box.MatchString(found) {
				t.Errorf("%s: %s: declare a kit.Field, and let it draw this", path, found)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if drawn < 20 {
		t.Errorf("%d fields are drawn, so this proves little", drawn)
	}
}
