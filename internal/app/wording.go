package app

import "whetstone/internal/model"

// Wording gives the text of the question, or the name of the competency, that goes by an id in the questionnaires in
// force; "" where nothing does.
func (a *App) Wording(id string) string {
	if competency, found := a.library.Model.Competency(id); found {
		return competency.Name
	}
	for _, questionnaire := range a.library.Questionnaires {
		for _, section := range questionnaire.Sections {
			for _, item := range section.Items {
				if item.ID == id {
					return a.inSomeCraft(item).Text
				}
			}
		}
	}
	return ""
}

// inSomeCraft gives an item in the words of a craft that is asked it, where nobody can tell of which craft a page was.
func (a *App) inSomeCraft(item model.Item) model.Item {
	for _, craft := range a.library.Model.Crafts {
		if item.Suits(craft.ID) {
			return item.For(craft.ID)
		}
	}
	return item
}

// LongestPage is how many questions stand on one page at most.
func (a *App) LongestPage() (longest int) {
	for _, questionnaire := range a.library.Questionnaires {
		for _, craft := range a.library.Model.Crafts {
			for _, section := range questionnaire.For(craft.ID).Sections {
				longest = max(longest, len(section.Items))
			}
		}
	}
	return longest
}
