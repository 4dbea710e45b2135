package questionnaire

import "github.com/goccy/go-yaml/ast"

// readModel reads model.yaml.
func (f *file) readModel(root ast.Node) Model {
	m := f.mapping(root, lineOf(root), modelShape)
	competencies := idSet{}
	return Model{
		Areas: readList(m, "areas", areaShape, func(area mapping, id string) Area {
			return Area{
				ID:    id,
				Name:  area.text("name", maxText),
				About: area.text("about", maxText),
				Competencies: readListInto(competencies, area, "competencies", competencyShape,
					func(m mapping, competency string) Competency {
						return Competency{
							ID:       competency,
							Name:     m.text("name", maxText),
							Boundary: m.text("boundary", maxText),
							Area:     id,
						}
					}),
			}
		}),
		Outcomes: readList(m, "outcomes", aboutShape, func(m mapping, id string) Outcome {
			return Outcome{id, m.text("name", maxText), m.text("about", maxText)}
		}),
		Pillars: readList(m, "pillars", pillarShape, func(m mapping, id string) Pillar {
			return Pillar{id, m.text("name", maxText)}
		}),
		Scopes: readList(m, "scopes", scopeShape, func(m mapping, id string) Scope {
			return Scope{id, m.text("name", maxText), m.text("about", maxText), m.text("in-text", maxText)}
		}),
		Crafts: readList(m, "crafts", craftShape, func(m mapping, id string) Craft {
			return Craft{id, m.text("name", maxText), m.text("about", maxText), readTerms(m.mapping("terms", termsShape))}
		}),
	}
}

// readTerms reads the words of a craft.
func readTerms(m mapping) Terms {
	terms := Terms{}
	for _, name := range termsShape.keys {
		terms[name] = m.text(name, maxText)
	}
	return terms
}

// idSet remembers on which line an id was first used.
type idSet map[string]int

// add reports an id that is used twice.
func (s idSet) add(f *file, id string, line int) {
	if id == "" {
		return
	}
	if first, twice := s[id]; twice {
		f.report(line, "id %q is used twice, first on line %d; give one of them another id", id, first)
		return
	}
	s[id] = line
}

// readList reads a list of mappings, each with an id of its own.
func readList[T any](m mapping, key string, shape shape, read func(m mapping, id string) T) []T {
	return readListInto(idSet{}, m, key, shape, read)
}

// readListInto is readList for ids that must differ over several lists.
func readListInto[T any](
	seen idSet, m mapping, key string, shape shape, read func(m mapping, id string) T,
) []T {
	var all []T
	for _, node := range m.list(key) {
		element := m.file.mapping(node, lineOf(node), shape)
		id := element.id("id", slugPattern, "some-slug")
		seen.add(m.file, id, element.lineAt("id"))
		all = append(all, read(element, id))
	}
	return all
}

// competencyIDs and the like list what a reference may name.
func (m Model) competencyIDs() []string {
	return ids(m.Competencies(), func(c Competency) string { return c.ID })
}

func (m Model) outcomeIDs() []string {
	return ids(m.Outcomes, func(o Outcome) string { return o.ID })
}

func (m Model) pillarIDs() []string {
	return ids(m.Pillars, func(p Pillar) string { return p.ID })
}

func (m Model) craftIDs() []string {
	return ids(m.Crafts, func(c Craft) string { return c.ID })
}

func (m Model) scopeIDs() []string {
	return ids(m.Scopes, func(s Scope) string { return s.ID })
}
