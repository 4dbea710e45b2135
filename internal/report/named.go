package report

import (
	"whetstone/internal/model"
)

// Named is a competency by its id, with its name.
func (r Reports) Named(id string) model.NamedCompetency {
	competency, _ := r.Place(id)
	return model.NamedCompetency{ID: competency.ID, Name: competency.Name}
}
