package browsertest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// noPages are the routes that show no page of their own: files, what a script asks for, and what only leads on.
var noPages = map[string]bool{
	"BeginPattern":              true,
	"AnswersPattern":            true,
	"ResultJSONPattern":         true,
	"ResultCSVPattern":          true,
	"ResultScoresPattern":       true,
	"HistoryJSONPattern":        true,
	"HistoryCSVPattern":         true,
	"HistoryScoresPattern":      true,
	"HistorySchemaPattern":      true,
	"PlanJSONPattern":           true,
	"PlanSchemaPattern":         true,
	"LogJSONPattern":            true,
	"LogSchemaPattern":          true,
	"LogCSVPattern":             true,
	"RemindersFilePattern":      true,
	"CalendarPattern":           true,
	"DepthMapsJSONPattern":      true,
	"DepthSchemaPattern":        true,
	"ConversationJSONPattern":   true,
	"ConversationSchemaPattern": true,
	"OwnWordsJSONPattern":       true,
	"OwnWordsSchemaPattern":     true,
	"RatingsPattern":            true,
	"PlacedPattern":             true,
	"CycleCSVPattern":           true,
	"TeamTrendsCSVPattern":      true,
}

// throughOthers are the pages that only somebody gets to for whom an identity provider vouches, which the server of the kinds
// has none of.
var throughOthers = map[string]bool{"RemoveWayInPattern": true, "SignInBackPattern": true, "PasskeyPattern": true, "RemovePasskeyPattern": true}

// A page that no kind opens is looked at by none of the tests that go through all kinds: so each route that shows something
// has one, but for those that show no page.
func TestEveryRouteHasAKind(t *testing.T) {
	t.Parallel()
	patterns, shown := map[string]string{}, shows(t, "../web/routes.go")
	files, err := filepath.Glob("../paths/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		maps.Copy(patterns, constants(t, file))
	}
	mux, found := http.NewServeMux(), map[string]bool{}
	for _, name := range shown {
		pattern := patterns[name]
		if pattern == "" {
			t.Fatalf("there is no pattern %s", name)
		}
		mux.HandleFunc("GET "+pattern, func(http.ResponseWriter, *http.Request) { found[name] = true })
	}
	for _, kind := range kinds(t, newServer(t)) {
		mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, kind.address, nil))
	}
	for _, name := range shown {
		if found[name] == (noPages[name] || throughOthers[name]) {
			t.Errorf("%s: opened by a kind is %t", name, found[name])
		}
	}
}

// constants are the patterns of addresses, by their names.
func constants(t *testing.T, path string) map[string]string {
	t.Helper()
	patterns := map[string]string{}
	ast.Inspect(parsed(t, path), func(node ast.Node) bool {
		if spec, ok := node.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
			for i, name := range spec.Names {
				if value, ok := spec.Values[i].(*ast.BasicLit); ok && strings.HasSuffix(name.Name, "Pattern") {
					patterns[name.Name], _ = strconv.Unquote(value.Value)
				}
			}
		}
		return true
	})
	return patterns
}

// shows are the names of the patterns that the map of the app shows something at.
func shows(t *testing.T, path string) (names []string) {
	t.Helper()
	ast.Inspect(parsed(t, path), func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) < 4 {
			return true
		}
		function, isName := call.Fun.(*ast.Ident)
		at, isPattern := call.Args[0].(*ast.SelectorExpr)
		if isName && function.Name == "at" && isPattern {
			if show, none := call.Args[2].(*ast.Ident); !none || show.Name != "nil" {
				names = append(names, at.Sel.Name)
			}
		}
		return true
	})
	if len(names) == 0 {
		t.Fatalf("%s shows nothing", path)
	}
	return names
}

func parsed(t *testing.T, path string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(path), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
