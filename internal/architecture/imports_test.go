// Package architecture holds the layout of the code against its own description, so that neither can
// drift from the other.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the import path of all that is ours.
const module = "whetstone/"

// levels are our packages, the lowest first. Each imports only from levels below its own.
var levels = map[string]int{
	"data":                   0,
	"assets":                 0,
	"internal/disclosure":    1,
	"internal/mail":          0,
	"internal/measure":       0,
	"internal/mnemonic":      0,
	"internal/paths":         0,
	"internal/rounding":      0,
	"internal/text":          0,
	"internal/questionnaire": 1,
	"internal/model":         2,
	"internal/calendar":      3,
	"internal/openid":        3,
	"internal/passkey":       3,
	"internal/report":        3,
	"internal/database":      3,
	"internal/store":         4,
	"internal/charts":        4,
	"internal/app":           5,
	"internal/demonstration": 6,
	"views/kit":              6,
	"views/assess":           7,
	"views/results":          7,
	"views/mentor":           7,
	"views/plan":             7,
	"views/depth":            7,
	"views/team":             7,
	"views/account":          7,
	"views/site":             7,
	"internal/web":           8,
	"cmd/whetstone":          9,
	// What helps tests stands above everything: nothing that is shipped imports it.
	"internal/store/storetest":   10,
	"internal/openid/openidtest": 10,
	"internal/mail/mailtest":     10,
	"views/kit/kittest":          10,
	"internal/architecture":      10,
	"internal/browsertest":       10,
	"internal/faults":            10,
	"internal/clustertest":       10,
}

// allowed narrows, for some packages, which of ours they may import at all.
var allowed = map[string][]string{
	"internal/calendar":      {"internal/model"},
	"internal/openid":        {"internal/mail", "internal/model", "internal/text"},
	"internal/database":      {"internal/model"},
	"internal/store":         {"internal/database", "internal/model"},
	"internal/charts":        {"internal/rounding", "internal/measure", "internal/questionnaire"},
	"internal/demonstration": {"internal/app", "internal/model", "internal/questionnaire", "internal/store"},
}

// forbidden are imports that the levels would let pass.
var forbidden = map[string][]string{
	"views/kit":     {"internal/store", "internal/app", "internal/database"},
	"views/assess":  {"internal/store", "internal/app", "internal/database"},
	"views/results": {"internal/store", "internal/app", "internal/database"},
	"views/mentor":  {"internal/store", "internal/app", "internal/database"},
	"views/depth":   {"internal/store", "internal/app", "internal/database"},
	"views/plan":    {"internal/store", "internal/app", "internal/database"},
	"views/team":    {"internal/store", "internal/app", "internal/database"},
	"views/account": {"internal/store", "internal/app", "internal/database"},
	"views/site":    {"internal/store", "internal/app", "internal/database"},
	"internal/web":  {"internal/store"},
}

// pure packages compute and do no input or output: none of these is theirs.
var (
	pure        = []string{"internal/rounding", "internal/measure", "internal/disclosure", "internal/model", "internal/charts", "internal/paths", "internal/text"}
	inputOutput = []string{"os", "os/exec", "net", "net/http", "io/fs", "database/sql", "log", "log/slog", "embed"}
)

// listed is what "go list" says of a package.
type listed struct {
	ImportPath string
	Imports    []string // of the shipped files, without the tests
}

// packages lists all packages of the module.
func packages(t *testing.T) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	command.Dir = "../.."
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaints.String())
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var one listed
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
}

func TestImportsGoDown(t *testing.T) {
	t.Parallel()
	for _, one := range packages(t) {
		name := strings.TrimPrefix(one.ImportPath, module)
		level, known := levels[name]
		if !known {
			t.Errorf("%s has no level: give it one here, and a row in CONTRIBUTING.md", name)
			continue
		}
		for _, imported := range one.Imports {
			own, isOurs := strings.CutPrefix(imported, module)
			if slices.Contains(pure, name) && slices.Contains(inputOutput, imported) {
				t.Errorf("%s does no input or output, but imports %s", name, imported)
			}
			if !isOurs {
				continue
			}
			if levels[own] >= level {
				t.Errorf("%s, at level %d, imports %s, at level %d", name, level, own, levels[own])
			}
			if only, narrowed := allowed[name]; narrowed && !slices.Contains(only, own) {
				t.Errorf("%s may import only %v of ours, but imports %s", name, only, own)
			}
			if slices.Contains(forbidden[name], own) {
				t.Errorf("%s must not import %s", name, own)
			}
		}
	}
}

// What answers say is worked out without a database and without a network: so an export can be recomputed anywhere, by
// the code that made it.
func TestReportsNeedNeitherDatabaseNorNetwork(t *testing.T) {
	t.Parallel()
	command := exec.Command("go", "list", "-deps", "./internal/report")
	command.Dir = "../.."
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	needed := strings.Fields(string(output))
	for _, barred := range []string{"database/sql", "net/http", "net", "github.com/mattn/go-sqlite3", module + "internal/store", module + "internal/database"} {
		if slices.Contains(needed, barred) {
			t.Errorf("internal/report needs %s", barred)
		}
	}
	if !slices.Contains(needed, module+"internal/measure") {
		t.Errorf("%d packages are needed, without internal/measure", len(needed))
	}
}

// Libraries that only one package of ours deals with.
func TestLibrariesHaveOneOwner(t *testing.T) {
	t.Parallel()
	owners := map[string]string{
		"github.com/go-echarts/":    "internal/charts",
		"github.com/mattn/":         "internal/database",
		"github.com/jackc/":         "internal/database",
		"github.com/pressly/":       "internal/database",
		"github.com/gorilla/":       "internal/web",
		"rsc.io/qr":                 "internal/web",
		"github.com/goccy/go-yaml":  "internal/questionnaire",
		"github.com/alecthomas/":    "cmd/whetstone",
		"github.com/prometheus/":    "cmd/whetstone",
		"github.com/coreos/go-sys":  "cmd/whetstone",
		"github.com/coreos/go-oidc": "internal/openid",
		"golang.org/x/oauth2":       "internal/openid",
	}
	for _, one := range packages(t) {
		name := strings.TrimPrefix(one.ImportPath, module)
		for library, owner := range owners {
			imports := func(imported string) bool { return strings.HasPrefix(imported, library) }
			if levels[name] < levels["internal/store/storetest"] && name != owner && slices.ContainsFunc(one.Imports, imports) {
				t.Errorf("%s imports %s, which is for %s to deal with", name, library, owner)
			}
		}
	}
}
