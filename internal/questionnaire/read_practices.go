package questionnaire

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// A manager who is below a target is offered a choice, not an order.
const (
	leastPractices         = 4
	leastPracticesForScope = 2
)

// readPractices reads practices.yaml. items has the id of every item that was ever shipped; nil if that isn't known.
func (f *file) readPractices(root ast.Node, model Model, items *lock) []Practice {
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
			Crafts:     practice.references("crafts", "craft", model.craftIDs(), math.MaxInt),
			Serves:     practice.itemIDs("serves", items),
			When:       practice.text("when", maxText),
			Text:       practice.text("text", maxText),
			Effort:     practice.text("effort", maxText),
			Notice:     practice.text("notice", maxText),
		})
	}
	f.countPractices(m.lineAt("practices"), Library{Practices: all, Model: model}, model)
	return all
}

// itemIDs reads a field that is a list of ids of items, including items that are gone, since old results have them.
func (m mapping) itemIDs(key string, items *lock) []string {
	var all []string
	for _, node := range m.list(key) {
		line := lineOf(node)
		id := m.file.text(node, line, "each of "+strconv.Quote(key), maxID)
		switch {
		case id == "": // reported
		case items != nil && items.words[id] == "":
			m.file.report(line, "no item %q was ever shipped%s", id, guessOf(id, items))
		case slices.Contains(all, id):
			m.file.report(line, "item %q stands twice; keep one", id)
		default:
			all = append(all, id)
		}
	}
	return all
}

// guessOf returns which item could have been meant, if one is close.
func guessOf(id string, items *lock) string {
	if guess := nearest(id, slices.Sorted(maps.Keys(items.words))); guess != "" {
		return hint(guess, nil)
	}
	return ""
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
			for _, craft := range model.craftIDs() {
				if count := len(library.PracticesFor(competency, scope, craft)); count < leastPracticesForScope {
					f.report(line, "competency %q has too few practices (%d) for scope %q and craft %q; write at least %d",
						competency, count, scope, craft, leastPracticesForScope)
				}
			}
		}
	}
}
