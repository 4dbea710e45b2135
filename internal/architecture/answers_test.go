package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What members answered may be read for other people in one place alone: the closing of a cycle, which
// publishes what passes the gate and nothing else.
const (
	closingStore = "internal/store/team_closing.go"
	closingApp   = "internal/app/team_closure.go"
	// counted counts what is kept of one manager, answers and teams among it, and reads none of it.
	counted = "Holdings"
	// repeated deletes again what a list has, and reads ids alone.
	repeated = "Replay"
)

var (
	// tables finds what a statement reads or changes.
	tables = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE|,)\s+([a-z_]+)`)
	// answered are the tables that hold what people answered, and what they noted for themselves.
	answered = []string{"answers", "reratings", "log_entries", "share_log_entries", "depth_maps", "depth_placements", "imports"}
	// shared are those that tell who takes part with whom.
	shared = []string{"teams", "team_members", "team_peers", "declined_peers", "cycles", "cycle_contributions", "cycle_counts", "cycle_aggregates",
		"shown_scores", "shown_maps", "shown_reliances", "ledger_persons", "ledger_sittings", "ledger_answers", "ledger_observations", "team_acquaintances",
		"team_proposals", "team_practices"}
	// unowned are the functions that read answers without asking whose they are, by file. The sample is that
	// of managers who allowed it; the look back is read by the id of an assessment that was found by its owner; the newest moment of all data
	// is one number that says nothing of a person; what is deleted again is found by its id, and a file that
	// nobody brought in by its age.
	unowned = map[string][]string{
		closingStore:                             {"ContributedSums", "ClosingSums"},
		"internal/store/results_reliability.go":  {"ReliabilitySample"},
		"internal/store/results_looking_back.go": {"Rerating"},
		"internal/store/results_import.go":       {"DeleteSentFilesBefore"},
		"internal/store/doctor.go":               {"Newest"},
		"internal/store/account_erasures.go":     {repeated},
	}
)

// statement is the text of all statements in one declaration.
type statement struct{ file, name, text string }

// statements collects the texts of a source by declaration. Fragments that are constants count as
// declarations of their own.
func statements(file string, source *ast.File) []statement {
	var found []statement
	for _, declaration := range source.Decls {
		one := statement{file: file}
		if function, isFunction := declaration.(*ast.FuncDecl); isFunction {
			one.name = function.Name.Name
		}
		for node := range ast.Preorder(declaration) {
			if literal, isLiteral := node.(*ast.BasicLit); isLiteral && literal.Kind == token.STRING {
				text, _ := strconv.Unquote(literal.Value)
				one.text += text + "\n"
			}
		}
		found = append(found, one)
	}
	return found
}

// mentions reports whether a statement names one of some tables.
func (s statement) mentions(names []string) bool {
	for _, match := range tables.FindAllStringSubmatch(s.text, -1) {
		if slices.Contains(names, strings.ToLower(match[1])) {
			return true
		}
	}
	return false
}

// answersProblem says what is wrong with a statement of the store; "" if nothing is.
func answersProblem(s statement) string {
	if !s.mentions(answered) {
		return ""
	}
	if s.mentions(shared) && s.file != closingStore && s.name != counted && s.name != repeated {
		return "combines answers with who takes part in a team"
	}
	if !strings.Contains(s.text, "manager_id = $1") && !strings.Contains(s.text, "SELECT 1 FROM answers") &&
		!slices.Contains(unowned[s.file], s.name) && strings.Contains(s.text, "SELECT") {
		return "reads answers without asking whose they are"
	}
	return ""
}

// The store offers no query that reads members' answers outside the closing computation, and only the
// closing of a cycle asks for that one.
func TestOnlyTheClosingReadsMembersAnswers(t *testing.T) {
	t.Parallel()
	sources, positions := parsed(t)
	var guarded []string
	for path, source := range sources {
		path = filepath.ToSlash(path)
		if filepath.ToSlash(filepath.Dir(path)) != "internal/store" {
			continue
		}
		for _, one := range statements(path, source) {
			if problem := answersProblem(one); problem != "" {
				t.Errorf("%s: %s %s", path, one.name, problem)
			}
			if path == closingStore && ast.IsExported(one.name) {
				guarded = append(guarded, one.name)
			}
		}
	}
	if !slices.Contains(guarded, "ContributedSums") || !slices.Contains(guarded, "ClosingSums") {
		t.Fatalf("%s offers %v: where is what the closing reads?", closingStore, guarded)
	}
	for path, source := range sources {
		for _, selector := range selectors(source, guarded) {
			if filepath.ToSlash(path) != closingApp {
				t.Errorf("%s: only %s may use %s", positions.Position(selector.Pos()), closingApp, selector.Sel.Name)
			}
		}
	}
}

// selectors finds the places at which one of some names is chosen.
func selectors(source *ast.File, names []string) []*ast.SelectorExpr {
	var found []*ast.SelectorExpr
	for node := range ast.Preorder(source) {
		if selector, isSelector := node.(*ast.SelectorExpr); isSelector && slices.Contains(names, selector.Sel.Name) {
			found = append(found, selector)
		}
	}
	return found
}

// The test above can fail: it finds what somebody might add one day.
func TestAQueryOfMembersAnswersWouldBeFound(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"an average of an open cycle": `SELECT avg(r.level) FROM cycle_contributions t JOIN answers r ON r.assessment_id = t.assessment_id`,
		"the levels of a team":        `SELECT r.level FROM team_members m, assessments a, answers r WHERE a.manager_id = m.manager_id`,
		"answers by their assessment": `SELECT r.level FROM answers r WHERE r.assessment_id = $1`,
		"a look back of a member": `SELECT level FROM reratings JOIN cycle_contributions t
			ON t.assessment_id = reratings.assessment_id`,
	} {
		source, err := parser.ParseFile(token.NewFileSet(), "some.go", "package store\nfunc (s *Store) Some() { s.query(`"+query+"`) }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if answersProblem(statements("internal/store/some.go", source)[0]) == "" {
			t.Errorf("%s isn’t found", name)
		}
	}
	source, err := parser.ParseFile(token.NewFileSet(), "live.go", "package app\nfunc live(s store) { s.ContributedSums() }", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(selectors(source, []string{"ContributedSums"})) != 1 {
		t.Error("a call from elsewhere isn’t found")
	}
}
