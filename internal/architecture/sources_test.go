package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// files lists our sources of one kind, by their path from the root.
func files(t *testing.T, extension string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || slices.Contains([]string{"vendor", "testdata", "node_modules", "var", "bin"}, entry.Name())) {
			return fs.SkipDir
		}
		if !entry.IsDir() && filepath.Ext(path) == extension {
			name, err := filepath.Rel(root, path)
			found = append(found, name)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// parsed are our Go sources that are shipped and written by hand.
func parsed(t *testing.T) (map[string]*ast.File, *token.FileSet) {
	t.Helper()
	sources, positions := map[string]*ast.File{}, token.NewFileSet()
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		source, err := parser.ParseFile(positions, filepath.Join(root, path), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.IsGenerated(source) {
			sources[path] = source
		}
	}
	return sources, positions
}

// go-echarts' own pages carry inline script, a script from elsewhere and titles that aren't escaped,
// so a team's name could run in a reader's browser; its functions in options need eval. Only its
// options are used, as JSON.
func TestNothingOfEchartsIsRendered(t *testing.T) {
	t.Parallel()
	banned := []string{"RenderSnippet", "RenderContent", "AddJSFuncs", "AddJSFuncStrs", "FuncOpts", "FuncStripCommentsOpts"}
	sources, positions := parsed(t)
	for path, source := range sources {
		for node := range ast.Preorder(source) {
			selector, isSelector := node.(*ast.SelectorExpr)
			if !isSelector {
				continue
			}
			name := selector.Sel.Name
			ofCharts := filepath.Dir(path) == filepath.Join("internal", "charts")
			if slices.Contains(banned, name) || ofCharts && name == "Render" {
				t.Errorf("%s: %s of go-echarts must not be used", positions.Position(node.Pos()), name)
			}
		}
	}
}

// Who reads a name that is exported finds out beside it what it is for.
func TestExportedNamesAreDocumented(t *testing.T) {
	t.Parallel()
	sources, positions := parsed(t)
	introduced := map[string]bool{}
	for path, source := range sources {
		introduced[filepath.Dir(path)] = introduced[filepath.Dir(path)] || source.Doc != nil
		for _, declaration := range source.Decls {
			for _, name := range undocumented(declaration) {
				t.Errorf("%s: %s has no comment", positions.Position(name.Pos()), name.Name)
			}
		}
	}
	for folder, found := range introduced {
		if !found {
			t.Errorf("the package in %s has no comment", folder)
		}
	}
}

// undocumented lists the exported names that a declaration leaves without a comment.
func undocumented(declaration ast.Decl) []*ast.Ident {
	switch declared := declaration.(type) {
	case *ast.FuncDecl:
		if declared.Doc == nil && declared.Name.IsExported() && exportedReceiver(declared) {
			return []*ast.Ident{declared.Name}
		}
	case *ast.GenDecl:
		var names []*ast.Ident
		for _, specification := range declared.Specs {
			names = append(names, undocumentedOf(specification, declared.Doc != nil)...)
		}
		return names
	}
	return nil
}

// undocumentedOf looks at one type, or one line of constants or variables. A comment over a group
// speaks for its constants and variables; a type needs its own.
func undocumentedOf(specification ast.Spec, grouped bool) []*ast.Ident {
	switch specified := specification.(type) {
	case *ast.TypeSpec:
		if specified.Name.IsExported() && specified.Doc == nil && specified.Comment == nil && !grouped {
			return []*ast.Ident{specified.Name}
		}
	case *ast.ValueSpec:
		if grouped || specified.Doc != nil || specified.Comment != nil {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(specified.Names), func(name *ast.Ident) bool { return !name.IsExported() })
	}
	return nil
}

// exportedReceiver reports whether a method can be reached from outside, or belongs to a type that can't. A function
// has no receiver in the way.
func exportedReceiver(declared *ast.FuncDecl) bool {
	if declared.Recv == nil {
		return true
	}
	receiver := declared.Recv.List[0].Type
	if pointer, isPointer := receiver.(*ast.StarExpr); isPointer {
		receiver = pointer.X
	}
	if generic, isGeneric := receiver.(*ast.IndexExpr); isGeneric {
		receiver = generic.X
	}
	name, isName := receiver.(*ast.Ident)
	return isName && name.IsExported()
}

// component finds an exported component of a page and the line above it.
var component = regexp.MustCompile(`(?m)^(.*)\ntempl ([A-Z]\w*)`)

func TestComponentsAreDocumented(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, ".templ") {
		content, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range component.FindAllStringSubmatch(string(content), -1) {
			if !strings.HasPrefix(match[1], "//") {
				t.Errorf("%s: the component %s has no comment", path, match[2])
			}
		}
	}
}
