package app

import (
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// Guides returns all guides, in their order.
func (a *App) Guides() []questionnaire.Guide { return a.reports.Library.Guides }

// Guide returns one guide; model.ErrNotFound if there is none of this id.
func (a *App) Guide(id string) (questionnaire.Guide, error) {
	guide, found := a.reports.Library.Guide(id)
	if !found {
		return guide, model.ErrNotFound
	}
	return guide, nil
}
