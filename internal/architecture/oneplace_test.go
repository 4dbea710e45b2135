package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a reader sees of a number or a moment is made in one place, so that no page rounds or dates in a way of its
// own.
func TestNumbersAndDaysAreWrittenInOnePlace(t *testing.T) {
	t.Parallel()
	rules := []struct {
		what    string
		written *regexp.Regexp
		// where are the files that may, each for what is no number or day of a reader's.
		where []string
	}{
		{"a number with one decimal: internal/rounding does it", regexp.MustCompile(`%\.1f|'f', 1,`), []string{
			"internal/rounding/rounding.go",
			"views/kit/outline.go", "views/mentor/bothviews.templ", // places in a drawing
			"internal/questionnaire/mapping.go", // the bounds of a file's numbers
		}},
		{"the day of a moment: model.Zone does it", regexp.MustCompile(`\.Local\(\)|time\.Local\b|Format\("2 January`), []string{
			"internal/model/date.go",
		}},
		{"a day of UTC's: model.Zone knows whose day it is", regexp.MustCompile(`UTC\(\)\.Format\(|UTC\(\)\.Date\(`), []string{
			"internal/demonstration/team.go",         // made up
			"internal/store/account_erasure_list.go", // a moment in a file
			"cmd/whetstone/doctor_database.go",       // a moment before an operator
		}},
	}
	for _, extension := range []string{".go", ".templ"} {
		for _, path := range files(t, extension) {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") || strings.HasPrefix(path, filepath.Join("internal", "store", "storetest")) {
				continue
			}
			content, err := os.ReadFile(filepath.Join(root, path))
			if err != nil {
				t.Fatal(err)
			}
			for _, rule := range rules {
				if found := rule.written.Find(content); found != nil && !slices.Contains(rule.where, filepath.ToSlash(path)) {
					t.Errorf("%s writes %s (%s)", path, rule.what, found)
				}
			}
		}
	}
}
