package app

import (
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// Wording returns the text of the question, or the name of the competency, the domain or the role, that goes by an id in the
// data in force; "" where nothing does. The text is in the words of the first craft that is asked the question: without a
// database nobody can look up whose answer it is, and so which craft is theirs.
func (a *App) Wording(id string) string {
	if competency, found := a.reports.Library.Model.Competency(id); found {
		return competency.Name
	}
	if domain, found := a.reports.Library.Depths.Domain(id); found {
		return domain.Name
	}
	if isOwnDomain(id) {
		return "domain " + strings.TrimPrefix(id, questionnaire.OwnPrefix) + " of your own"
	}
	for _, asked := range a.reports.Library.Questionnaires {
		for _, section := range asked.Sections {
			for _, item := range section.Items {
				if item.ID == id {
					return a.inSomeCraft(item).Text
				}
			}
		}
	}
	role, _ := a.reports.Library.Depths.Role(id)
	return role.Name
}

// inSomeCraft returns an item in the words of some craft that is asked it, for when nobody can tell which craft a page
// was for.
func (a *App) inSomeCraft(item model.Item) model.Item {
	for _, craft := range a.reports.Library.Model.Crafts {
		if item.Suits(craft.ID) {
			return item.For(craft.ID)
		}
	}
	return item
}

// LongestPage is how many questions stand on one page at most: those of a competency, or in a pulse one for each
// competency of an area.
func (a *App) LongestPage() (longest int) {
	for _, asked := range a.reports.Library.Questionnaires {
		for _, craft := range a.reports.Library.Model.Crafts {
			for _, section := range asked.Sections {
				longest = max(longest, section.Asked(craft.ID))
			}
		}
	}
	for _, area := range a.reports.Library.Model.Areas {
		longest = max(longest, len(area.Competencies))
	}
	return longest
}
