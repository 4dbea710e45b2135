package architecture

import (
	"go/ast"
	"testing"
)

// Who joins a failure with one of the model's own errors hides it: the pages, and every errors.Is, see the
// model's. So a failing database would read as "not found", and nobody would hear of it.
func TestNoFailureIsJoinedWithAnErrorOfTheModel(t *testing.T) {
	t.Parallel()
	sources, positions := parsed(t)
	for _, source := range sources {
		for node := range ast.Preorder(source) {
			call, isCall := node.(*ast.CallExpr)
			if !isCall || !names(call.Fun, "errors", "Join") {
				continue
			}
			for _, argument := range call.Args {
				selector, isSelector := argument.(*ast.SelectorExpr)
				if isSelector && names(selector, "model", selector.Sel.Name) {
					t.Errorf("%s: errors.Join(…, model.%s): return the failure by itself", positions.Position(call.Pos()), selector.Sel.Name)
				}
			}
		}
	}
}

// names reports whether an expression is a name of a package.
func names(expression ast.Expr, packageName, name string) bool {
	selector, isSelector := expression.(*ast.SelectorExpr)
	if !isSelector || selector.Sel.Name != name {
		return false
	}
	of, isName := selector.X.(*ast.Ident)
	return isName && of.Name == packageName
}
