package questionnaire

// The keys of every mapping in the files. The JSON Schemas in data/schema tell editors the same; a
// test holds the two together.
var (
	modelShape      = shape{"field", "model", []string{"areas", "outcomes", "pillars", "scopes", "crafts"}}
	areaShape       = shape{"field", "area", []string{"id", "name", "about", "competencies"}}
	competencyShape = shape{"field", "competency", []string{"id", "name", "boundary"}}
	aboutShape      = shape{"field", "entry", []string{"id", "name", "about"}}
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
		"id", "competency", "scopes", "text", "effort", "notice",
	}}

	lockShape = shape{"field", "lock file", []string{"items"}}
)

// illustrationsShape has a key for every craft of the model.
func illustrationsShape(model Model) shape {
	return shape{"craft", "set of illustrations", ids(model.Crafts, func(c Craft) string { return c.ID })}
}

// ids returns the ids of a list.
func ids[T any](list []T, id func(T) string) []string {
	all := make([]string, len(list))
	for i, element := range list {
		all[i] = id(element)
	}
	return all
}
