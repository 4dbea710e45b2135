package questionnaire

import (
	"math"

	"github.com/goccy/go-yaml/ast"
)

// A manager who is below a mark is offered a choice, not an order.
const (
	leastPractices         = 4
	leastPracticesForScope = 2
)

// readPractices reads practices.yaml.
func (f *file) readPractices(root ast.Node, model Model) []Practice {
	m := f.mapping(root, lineOf(root), practicesShape)
	seen := idSet{}
	var all []Practice
	for _, node := range m.list("practices") {
		practice := f.mapping(node, lineOf(node), practiceShape)
		competency := practice.reference("competency", "competency", model.competencyIDs())
		id := practice.itemID("id", competency)
		seen.add(f, id, practice.lineAt("id"))
		all = append(all, Practice{
			ID:         id,
			Competency: competency,
			Scopes:     practice.references("scopes", "scope", model.scopeIDs(), math.MaxInt),
			Text:       practice.text("text", maxText),
			Effort:     practice.text("effort", maxText),
			Notice:     practice.text("notice", maxText),
		})
	}
	f.countPractices(m.lineAt("practices"), Library{Practices: all}, model)
	return all
}

// countPractices reports the competencies that have too few practices.
func (f *file) countPractices(line int, library Library, model Model) {
	for _, competency := range model.competencyIDs() {
		count := 0
		for _, practice := range library.Practices {
			if practice.Competency == competency {
				count++
			}
		}
		if count < leastPractices {
			f.report(line, "competency %q has too few practices (%d); write at least %d", competency, count, leastPractices)
		}
		for _, scope := range model.scopeIDs() {
			if count := len(library.PracticesFor(competency, scope)); count < leastPracticesForScope {
				f.report(line, "competency %q has too few practices (%d) for scope %q; write at least %d",
					competency, count, scope, leastPracticesForScope)
			}
		}
	}
}
