package architecture

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// row finds a row of the package table: its floor, its package, and what that knows.
var row = regexp.MustCompile("(?m)^\\| (\\d+) \\| `([^`]+)` \\| (.*) \\|$")

// tableOf reads the package table of a page: the floor of each package.
func tableOf(page string) (floors map[string]int, repeated []string) {
	floors = map[string]int{}
	for _, match := range row.FindAllStringSubmatch(page, -1) {
		if _, twice := floors[match[2]]; twice {
			repeated = append(repeated, match[2])
		}
		floors[match[2]], _ = strconv.Atoi(match[1]) // digits alone
	}
	return floors, repeated
}

// drift lists what two tables of floors disagree about: what only one of them has, and what has another floor.
func drift(one, other map[string]int) (differing []string) {
	for name, floor := range one {
		if also, known := other[name]; !known || also != floor {
			differing = append(differing, name)
		}
	}
	for name := range other {
		if _, known := one[name]; !known {
			differing = append(differing, name)
		}
	}
	slices.Sort(differing)
	return differing
}

// Who is new here learns the house from one table: it has every package that exists, on the floor that the imports
// are held to, and no other.
func TestContributingListsEveryPackage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	floors, repeated := tableOf(string(page))
	if len(repeated) > 0 {
		t.Errorf("the table has %v more than once", repeated)
	}
	if differing := drift(floors, levels); len(differing) > 0 {
		t.Errorf("the table of CONTRIBUTING.md and levels disagree about %v", differing)
	}
	existing := map[string]int{}
	for _, one := range packages(t) {
		name := strings.TrimPrefix(one.ImportPath, module)
		existing[name] = levels[name]
	}
	if differing := drift(floors, existing); len(differing) > 0 {
		t.Errorf("the table of CONTRIBUTING.md and the packages that exist disagree about %v", differing)
	}
}

// The test above can fail: a package that is missing, one that is gone and one on another floor are found.
func TestADriftingTableWouldBeFound(t *testing.T) {
	t.Parallel()
	floors, repeated := tableOf("| 1 | `a` | x |\n| 2 | `b` | y |\n| 3 | `gone` | z |\n| 3 | `gone` | z |\n| no | `c` | no floor |\n")
	if !slices.Equal(repeated, []string{"gone"}) {
		t.Errorf("repeated are %v", repeated)
	}
	if differing := drift(floors, map[string]int{"a": 1, "b": 3, "missing": 4}); !slices.Equal(differing, []string{"b", "gone", "missing"}) {
		t.Errorf("%v differ", differing)
	}
}

// named finds the tests, and the files by their path, that a page names.
var (
	namedTest = regexp.MustCompile("`(Test[A-Z]\\w*)`")
	namedFile = regexp.MustCompile("`((?:views|internal|assets|data|cmd)/[\\w./-]+\\.(?:go|templ|js|yaml|md))`")
)

// The checklists send people to tests and files: those are there.
func TestContributingNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			content, err := os.ReadFile(filepath.Join(root, path))
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(content)
		}
	}
	found := namedTest.FindAllStringSubmatch(string(page), -1)
	for _, match := range found {
		if !strings.Contains(tests.String(), "func "+match[1]+"(") {
			t.Errorf("there is no %s", match[1])
		}
	}
	paths := namedFile.FindAllStringSubmatch(string(page), -1)
	for _, match := range paths {
		if _, err := os.Stat(filepath.Join(root, match[1])); err != nil {
			t.Error(err)
		}
	}
	if len(found) < 10 || len(paths) < 10 {
		t.Errorf("only %d tests and %d files are named", len(found), len(paths))
	}
}
