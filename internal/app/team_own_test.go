package app_test

import (
	"testing"

	"whetstone/internal/model"
)

// Whoever contributed reads their own scores beside the team's, and nobody else does: neither a steward, nor who took no
// part; and once they have deleted the assessment, they don't either.
func TestOwnScoresStandBesideTheTeamsForOneselfAlone(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(6)...)
	cycle := w.open(model.FullForm)
	mine := w.contribute(cycle, "m1", levels{"": {5}, "debt": {1}})
	for _, name := range append(names(5)[1:], steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	w.close(cycle)
	own := w.outcome("m1", cycle).Own
	if own["debt"] != 1 || own["design"] != 5 || own["direction"] != 3.7 || own[model.WholeID] != 4.7 {
		t.Errorf("one’s own scores are %v", own)
	}
	if got := w.outcome(steward, cycle).Own; got["debt"] != 3 || got[model.WholeID] != 3 {
		t.Errorf("the steward reads as their own %v", got)
	}
	if got := w.outcome("m6", cycle).Own; got != nil {
		t.Errorf("who took no part reads %v", got)
	}
	must(w.DeleteAssessment(t.Context(), w.people["m1"], mine, true))(t)
	if got := w.outcome("m1", cycle).Own; got != nil {
		t.Errorf("after deleting it, one reads %v", got)
	}
}
