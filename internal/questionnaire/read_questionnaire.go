package questionnaire

import (
	"math"

	"github.com/goccy/go-yaml/ast"
)

// Bounds of what a questionnaire sets for a competency.
const (
	lowestTarget   = 2.0
	highestTarget  = 4.0
	mostImportance = 3
	mostOutcomes   = 2
	mostMinutes    = 240
)

// place is a line of a file.
type place struct {
	file string
	line int
}

// draft is a questionnaire with the lines that later checks, across files, need for their problems.
type draft struct {
	Questionnaire
	// at is where the id is, minutes where the minutes are.
	at, minutes place
	// items has those that were free of problems; comparing the others would only repeat these.
	items []placedItem
}

// placedItem is an item and where it is.
type placedItem struct {
	Item
	at place
}

// readQuestionnaire reads one questionnaire.
func (f *file) readQuestionnaire(root ast.Node, model Model) draft {
	m := f.mapping(root, lineOf(root), questionnaireShape)
	d := draft{at: place{f.name, m.lineAt("id")}}
	d.ID = m.id("id", slugPattern, "first-team")
	d.Version = m.integer("version", 1, math.MaxInt32)
	d.Scope = m.reference("scope", "scope", model.scopeIDs())
	d.Name = m.text("name", maxText)
	d.About = m.text("about", maxText)
	minutes := m.mapping("minutes", minutesShape)
	d.minutes = place{f.name, m.lineAt("minutes")}
	d.Minutes = Minutes{
		Full:  minutes.integer(string(FormFull), 1, mostMinutes),
		Pulse: minutes.integer(string(FormPulse), 1, mostMinutes),
	}
	d.Scale = readScale(m.mapping("scale", scaleShape))

	competencies, items := idSet{}, idSet{}
	for _, node := range m.list("competencies") {
		section := f.mapping(node, lineOf(node), sectionShape)
		d.Sections = append(d.Sections, d.readSection(section, model, competencies, items))
	}
	return d
}

// readScale reads the part of the response scale that all items share.
func readScale(m mapping) Scale {
	between := m.mapping("between", betweenShape)
	return Scale{
		Instruction: m.text("instruction", maxText),
		Between:     Between{between.text("2", maxText), between.text("4", maxText)},
		Absent:      m.text("absent", maxText),
	}
}

// readSection reads one competency with its items.
func (d *draft) readSection(m mapping, model Model, competencies, items idSet) Section {
	var s Section
	before := len(m.file.problems)
	s.Competency = m.reference("id", "competency", model.competencyIDs())
	competencies.add(m.file, s.Competency, m.lineAt("id"))
	s.Definition = m.text("definition", maxText)
	s.Target = m.halves("target", lowestTarget, highestTarget)
	s.Importance = m.integer("importance", 1, mostImportance)
	s.Anchors = readAnchors(m.mapping("anchors", anchorsShape))
	s.Terms = m.terms(model, model.craftIDs(), s.Rubric.texts()...)

	var itemIDs []string
	for _, node := range m.list("items") {
		before := len(m.file.problems)
		itemMapping := m.file.itemMapping(node)
		item := readItem(itemMapping, model, s.Competency)
		items.add(m.file, item.ID, itemMapping.lineAt("id"))
		s.Items = append(s.Items, item)
		if item.ID != "" {
			itemIDs = append(itemIDs, item.ID)
		}
		if len(m.file.problems) == before {
			d.items = append(d.items, placedItem{item, place{m.file.name, itemMapping.lineAt("id")}})
		}
	}
	if len(itemIDs) > 0 {
		s.Pulse = m.reference("pulse", "item of this competency", itemIDs)
	}
	if len(m.file.problems) == before {
		m.sameForCrafts(model, s)
	}
	return s
}

// sameForCrafts reports a competency that asks one craft more than another, so that pages can give one number of
// questions and comparisons carry the same weight. It also reports a pulse item that some craft would not be asked.
func (m mapping) sameForCrafts(model Model, s Section) {
	counts := make([]int, len(model.Crafts))
	for i, craft := range model.Crafts {
		for _, item := range s.Items {
			if item.Suits(craft.ID) {
				counts[i]++
			} else if item.ID == s.Pulse {
				m.file.report(m.lineAt("pulse"), "the pulse must ask every craft, and %q is not asked of %q", item.ID, craft.ID)
			}
		}
		if counts[i] != counts[0] {
			m.file.report(m.lineAt("items"), "competency %q asks %d items of %q and %d of %q; every craft is asked the same number",
				s.Competency, counts[0], model.Crafts[0].ID, counts[i], craft.ID)
		}
	}
}

// itemMapping opens one item of a competency.
func (f *file) itemMapping(node ast.Node) mapping {
	return f.mapping(node, lineOf(node), itemShapeOf((&file{}).openMapping(node, lineOf(node), itemShape.of).entries))
}

// readItem reads one item of a competency.
func readItem(m mapping, model Model, competency string) Item {
	crafts := model.craftIDs()
	var own []string
	if _, limited := m.entries[ownCrafts]; limited {
		own = m.references(ownCrafts, "craft", crafts, math.MaxInt)
		crafts = own
	}
	illustrations := map[string]string{}
	of := m.mapping("illustrations", illustrationsShape(crafts))
	for _, craft := range crafts {
		illustrations[craft] = of.text(craft, maxText)
	}
	item := Item{
		ID:            m.itemID("id", competency),
		Competency:    competency,
		Crafts:        own,
		Text:          m.text("text", maxItemText),
		Anchors:       readAnchors(m.mapping("anchors", anchorsShape)),
		Illustrations: illustrations,
		Outcomes:      m.references("outcomes", "outcome", model.outcomeIDs(), mostOutcomes),
		Pillar:        m.reference("pillar", "pillar", model.pillarIDs()),
	}
	item.Terms = m.terms(model, crafts, item.texts()...)
	return item
}

// readAnchors reads the three worded levels.
func readAnchors(m mapping) Anchors {
	return Anchors{m.text("1", maxText), m.text("3", maxText), m.text("5", maxText)}
}
