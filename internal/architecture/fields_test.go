package architecture

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// control finds what people type in or choose from a list in, and whose name a form sends; box finds what is ticked or
// hidden instead.
var (
	control = regexp.MustCompile(`(?s)<(?:input|textarea|select)\b[^>]*\bname=[^>]*>`)
	hidden  = regexp.MustCompile(`\btype="hidden"`)
	box     = regexp.MustCompile(`\btype="(checkbox|radio)"`)
)

// boxesByHand are the views that lay boxes and options by hand: the levels of a rating, which a script changes as they are
// chosen, and a page whose choice is printed, not posted.
var boxesByHand = []string{filepath.Join("mentor", "rating.templ"), filepath.Join("results", "onepage.templ")}

// laysBoxes tells whether a view is one of them.
func laysBoxes(views, path string) bool {
	return slices.ContainsFunc(boxesByHand, func(one string) bool { return strings.HasPrefix(path, filepath.Join(views, one)) })
}

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
			if !hidden.MatchString(found) && !(box.MatchString(found) && laysBoxes(views, path)) {
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
