package app

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
					return item.Text
				}
			}
		}
	}
	return ""
}

// LongestPage is how many questions stand on one page at most.
func (a *App) LongestPage() (longest int) {
	for _, questionnaire := range a.library.Questionnaires {
		for _, section := range questionnaire.Sections {
			longest = max(longest, len(section.Items))
		}
	}
	return longest
}
