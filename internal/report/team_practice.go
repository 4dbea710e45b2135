package report

import (
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// TeamWords are a practice as a team can begin to word it.
func TeamWords(practice questionnaire.Practice) string {
	return "When " + practice.When + ": " + practice.Text
}

// Towards picks what a team was at on its way to a closed cycle: each practice belongs to the first cycle that opened
// after it had been set. The cycles are the closed ones, the first to close first, which is the order in which they
// opened, since those of a team don't overlap.
func Towards(practices []model.TeamPractice, closed []model.ClosedCycle, cycleID string) (list []model.TeamPractice) {
	for _, practice := range practices {
		for _, one := range closed {
			if one.Cycle.OpensAt.After(practice.SetAt) {
				if one.Cycle.ID == cycleID {
					list = append(list, practice)
				}
				break
			}
		}
	}
	return list
}
