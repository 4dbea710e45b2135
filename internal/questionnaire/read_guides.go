package questionnaire

import (
	"math"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// readGuides reads guides.yaml.
func (f *file) readGuides(root ast.Node, model Model) []Guide {
	m := f.mapping(root, lineOf(root), guidesShape)
	return readList(m, "guides", guideShape, func(m mapping, id string) Guide {
		guide := Guide{
			ID:           id,
			Competencies: m.references("competencies", "competency", model.competencyIDs(), math.MaxInt),
			Title:        m.text("title", maxText),
			About:        m.text("about", maxText),
			Well:         m.texts("well"),
			Badly:        m.texts("badly"),
		}
		for _, node := range m.list("parts") {
			part := m.file.mapping(node, lineOf(node), partShape)
			guide.Parts = append(guide.Parts, GuidePart{part.text("title", maxText), part.texts("steps")})
		}
		return guide
	})
}

// texts reads a field that is a list of lines of text.
func (m mapping) texts(key string) []string {
	var all []string
	for _, node := range m.list(key) {
		if text := m.file.text(node, lineOf(node), "each of "+strconv.Quote(key), maxText); text != "" {
			all = append(all, text)
		}
	}
	return all
}
