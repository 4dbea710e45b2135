package questionnaire

import "slices"

// The keys of every mapping in the files. The JSON Schemas in data/schema tell editors the same; a test compares the
// two.
var (
	modelShape      = shape{"field", "model", []string{"areas", "outcomes", "pillars", "scopes", "crafts"}}
	areaShape       = shape{"field", "area", []string{"id", "name", "about", "competencies"}}
	competencyShape = shape{"field", "competency", []string{"id", "name", "boundary"}}
	aboutShape      = shape{"field", "entry", []string{"id", "name", "about"}}
	scopeShape      = shape{"field", "scope", []string{"id", "name", "in-text", "about"}}
	craftShape      = shape{"field", "craft", []string{"id", "name", "about", "terms"}}
	termsShape      = shape{"term", "craft's terms", []string{"person", "a-person", "people", "review", "run", "duty"}}
	pillarShape     = shape{"field", "pillar", []string{"id", "name"}}

	questionnaireShape = shape{"field", "questionnaire", []string{
		"id", "version", "scope", "name", "about", "minutes", "scale", "competencies",
	}}
	minutesShape = shape{"form", "list of minutes", []string{string(FormFull), string(FormPulse)}}
	scaleShape   = shape{"field", "scale", []string{"instruction", "between", "absent"}}
	betweenShape = shape{"level", "scale's \"between\"", []string{"2", "4"}}
	sectionShape = shape{"field", "competency", []string{
		"id", "definition", "target", "importance", "anchors", "pulse", "items",
	}}
	anchorsShape = shape{"anchor", "set of anchors", []string{"1", "3", "5"}}
	itemShape    = shape{"field", "item", []string{
		"id", "text", "anchors", "illustrations", "outcomes", "pillar",
	}}

	practicesShape = shape{"field", "file of practices", []string{"practices"}}
	practiceShape  = shape{"field", "practice", []string{
		"id", "competency", "scopes", "crafts", "serves", "when", "text", "effort", "notice",
	}}

	guidesShape = shape{"field", "file of guides", []string{"guides"}}
	guideShape  = shape{"field", "guide", []string{"id", "competencies", "title", "about", "parts", "well", "badly"}}
	partShape   = shape{"field", "part of a guide", []string{"title", "steps"}}

	domainsShape = shape{"field", "file of domains", []string{"practices", "roles", "domains"}}
	// ownDomainsShape is an operator's file: it adds to the shipped domains.
	ownDomainsShape = shape{"field", "file of domains", []string{"domains"}}
	roleShape       = shape{"field", "role", []string{"id", "name", "in-text", "crafts"}}
	domainShape     = shape{"field", "domain", []string{"id", "name", "in-text", "about", "scopes", "crafts"}}
	// findingsShape has the findings about which something can be done.
	findingsShape = shape{"finding", "list of practices", []string{"exposed", "half-exposed", "alone", "thin", "unasked", "unasked-partner", "covered", "spare", "no-depth", "depth-elsewhere", "blanks", "one-for-many", "expert", "faded"}}

	lockShape = shape{"field", "lock file", []string{"items"}}
)

// ownCrafts is the only field of an item that may be left out: the item is then asked of every craft.
const ownCrafts = "crafts"

// itemShapeOf returns itemShape, plus the optional field if it is there.
func itemShapeOf(entries map[string]entry) shape {
	s := itemShape
	if _, present := entries[ownCrafts]; present {
		s.keys = append(slices.Clone(s.keys), ownCrafts)
	}
	return s
}

// earlierWords is the one field of a lock file that may be left out: no spelling has changed yet.
const earlierWords = "earlier"

// lockShapeOf returns lockShape, plus the optional field if it is there.
func lockShapeOf(entries map[string]entry) shape {
	s := lockShape
	if _, present := entries[earlierWords]; present {
		s.keys = append(slices.Clone(s.keys), earlierWords)
	}
	return s
}

// illustrationsShape has a key for every craft that is asked an item.
func illustrationsShape(crafts []string) shape {
	return shape{"craft", "set of illustrations", crafts}
}

// ids returns the ids of a list.
func ids[T any](list []T, id func(T) string) []string {
	all := make([]string, len(list))
	for i, element := range list {
		all[i] = id(element)
	}
	return all
}
