package questionnaire

import "slices"

// Competencies returns all competencies in the model's order.
func (m Model) Competencies() []Competency {
	var all []Competency
	for _, area := range m.Areas {
		all = append(all, area.Competencies...)
	}
	return all
}

// Area returns the area with this id.
func (m Model) Area(id string) (Area, bool) {
	return find(m.Areas, func(a Area) bool { return a.ID == id })
}

// Competency returns the competency with this id.
func (m Model) Competency(id string) (Competency, bool) {
	for _, area := range m.Areas {
		if competency, found := find(area.Competencies, func(c Competency) bool { return c.ID == id }); found {
			return competency, true
		}
	}
	return Competency{}, false
}

// Outcome returns the outcome with this id.
func (m Model) Outcome(id string) (Outcome, bool) {
	return find(m.Outcomes, func(o Outcome) bool { return o.ID == id })
}

// Pillar returns the pillar with this id.
func (m Model) Pillar(id string) (Pillar, bool) {
	return find(m.Pillars, func(p Pillar) bool { return p.ID == id })
}

// Scope returns the scope with this id.
func (m Model) Scope(id string) (Scope, bool) {
	return find(m.Scopes, func(s Scope) bool { return s.ID == id })
}

// Craft returns the craft with this id.
func (m Model) Craft(id string) (Craft, bool) {
	return find(m.Crafts, func(c Craft) bool { return c.ID == id })
}

// Questionnaire returns the questionnaire with this id.
func (l *Library) Questionnaire(id string) (*Questionnaire, bool) {
	for i := range l.Questionnaires {
		if l.Questionnaires[i].ID == id {
			return &l.Questionnaires[i], true
		}
	}
	return nil, false
}

// Practice returns the practice with this id.
func (l *Library) Practice(id string) (Practice, bool) {
	return find(l.Practices, func(p Practice) bool { return p.ID == id })
}

// PracticesFor returns the practices of a competency that suit a scope and a craft: first those that serve one of
// the given items, else in file order. craft may be "", as for a team: then those that suit every craft.
func (l *Library) PracticesFor(competency, scope, craft string, items ...string) []Practice {
	var suiting []Practice
	for _, practice := range l.Practices {
		if practice.Competency == competency && slices.Contains(practice.Scopes, scope) &&
			(slices.Contains(practice.Crafts, craft) || craft == "" && len(practice.Crafts) == len(l.Model.Crafts)) {
			suiting = append(suiting, practice)
		}
	}
	serves := func(practice Practice) int {
		if slices.ContainsFunc(items, func(item string) bool { return slices.Contains(practice.Serves, item) }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(suiting, func(a, b Practice) int { return serves(a) - serves(b) })
	return suiting
}

// Guide returns the guide with this id.
func (l *Library) Guide(id string) (Guide, bool) {
	return find(l.Guides, func(g Guide) bool { return g.ID == id })
}

// GuidesFor returns the guides of a competency, in file order.
func (l *Library) GuidesFor(competency string) []Guide {
	var suiting []Guide
	for _, guide := range l.Guides {
		if slices.Contains(guide.Competencies, competency) {
			suiting = append(suiting, guide)
		}
	}
	return suiting
}

// For returns the domains that are offered to a scope and a craft, in file order.
func (d Depths) For(scope, craft string) []Domain {
	var offered []Domain
	for _, domain := range d.Domains {
		if slices.Contains(domain.Scopes, scope) && slices.Contains(domain.Crafts, craft) {
			offered = append(offered, domain)
		}
	}
	return offered
}

// Domain returns the domain with this id.
func (d Depths) Domain(id string) (Domain, bool) {
	return find(d.Domains, func(domain Domain) bool { return domain.ID == id })
}

// Named returns the domain that is called so. One that went along as somebody's own keeps its name.
func (d Depths) Named(name string) (Domain, bool) {
	return find(d.Domains, func(domain Domain) bool { return domain.Name == name })
}

// RolesFor returns the roles that are offered to a craft, in file order.
func (d Depths) RolesFor(craft string) []Role {
	var offered []Role
	for _, role := range d.Roles {
		if slices.Contains(role.Crafts, craft) {
			offered = append(offered, role)
		}
	}
	return offered
}

// Role returns the role with this id.
func (d Depths) Role(id string) (Role, bool) {
	return find(d.Roles, func(role Role) bool { return role.ID == id })
}

// For returns what a craft is asked: without the items of other crafts, and with its own words in place of the
// placeholders.
func (q *Questionnaire) For(craft string) *Questionnaire {
	asked := *q
	asked.Sections = make([]Section, len(q.Sections))
	for i, section := range q.Sections {
		section.Rubric = section.Rubric.For(craft)
		items := make([]Item, 0, len(section.Items))
		for _, item := range section.Items {
			if item.Suits(craft) {
				items = append(items, item.For(craft))
			}
		}
		section.Items = items
		asked.Sections[i] = section
	}
	return &asked
}

// Items returns what a form asks, in file order. Each item names its competency. Where items are meant for single
// crafts it has those of all; see For.
func (q *Questionnaire) Items(form Form) []Item {
	var asked []Item
	for _, section := range q.Sections {
		for _, item := range section.Items {
			if form == FormFull || item.ID == section.Pulse {
				asked = append(asked, item)
			}
		}
	}
	return asked
}

// Asked counts the section's items that a craft is asked.
func (s Section) Asked(craft string) (count int) {
	for _, item := range s.Items {
		if item.Suits(craft) {
			count++
		}
	}
	return count
}

// Asked counts what a form asks of a craft. It is the same number for each.
func (q *Questionnaire) Asked(form Form, craft string) int {
	count := 0
	for _, item := range q.Items(form) {
		if item.Suits(craft) {
			count++
		}
	}
	return count
}

// Item returns the item with this id.
func (q *Questionnaire) Item(id string) (Item, bool) {
	return find(q.Items(FormFull), func(i Item) bool { return i.ID == id })
}

// Section returns the section of a competency.
func (q *Questionnaire) Section(competency string) (Section, bool) {
	return find(q.Sections, func(s Section) bool { return s.Competency == competency })
}

// find returns the first element that matches.
func find[T any](list []T, matches func(T) bool) (T, bool) {
	if i := slices.IndexFunc(list, matches); i >= 0 {
		return list[i], true
	}
	var none T
	return none, false
}
