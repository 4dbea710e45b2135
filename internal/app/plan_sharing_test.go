package app_test

import (
	"testing"

	"whetstone/internal/model"
)

// A mentor sees of a plan what was ticked, as it was worded then, once its competency can't be rated blind any more;
// and nothing where nothing was ticked.
func TestAMentorSeesWhatWasTickedOfAPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, steady)
	ticked, other := w.commit("debt", 0), w.commit("design", 0)
	made := w.link(id, func(input *model.ShareInput) { input.Commitments = []string{ticked} })
	plain := w.link(id)

	change := w.aim("debt")
	change.Occasion, change.Seen = "changed since", w.seenCommitment(ticked)
	w.ok(w.ChangeCommitment(t.Context(), w.manager, ticked, change, model.Zone{}))
	w.tells(ticked, model.NotKept, "a line for nobody else", false)

	mentor := w.visitor()
	mentor.open(made)
	mentor.open(plain)
	shown := func() *model.Shared { return must(w.Shared(t.Context(), mentor.mentor, made.Share.ID))(t) }
	if got := shown(); len(got.Commitments) != 0 || got.Later != 1 || len(got.Share.Commitments) != 0 {
		t.Errorf("before any rating they see %+v, and %d later", got.Commitments, got.Later)
	}
	mentor.reveal(made.Share.ID, "design")
	if got := shown(); len(got.Commitments) != 0 {
		t.Errorf("after another competency they see %+v", got.Commitments)
	}
	mentor.reveal(made.Share.ID, "debt")
	got := shown()
	if len(got.Commitments) != 1 || got.Later != 0 || got.Commitments[0].Occasion != "a release is over" || len(got.Commitments[0].FollowUps) != 0 || got.Commitments[0].Competency.Name == "" {
		t.Errorf("in the end they see %+v", got.Commitments)
	}
	if got := must(w.Shared(t.Context(), mentor.mentor, plain.Share.ID))(t); len(got.Commitments)+got.Later != 0 {
		t.Errorf("where nothing was ticked they see %+v", got.Commitments)
	}
	if got := must(w.Share(t.Context(), w.manager, made.Share.ID))(t); len(got.Commitments) != 1 {
		t.Errorf("the manager is told of %+v", got.Commitments)
	}
	w.deletesCommitment(ticked)
	if got := shown(); len(got.Commitments)+got.Later != 0 {
		t.Errorf("after its deletion they see %+v", got.Commitments)
	}

	input := shareInput()
	input.Commitments = []string{other, ticked} // one is gone
	_, err := w.MakeShare(t.Context(), w.manager, id, input)
	expectFields(t, "one that is not open", err, "commitments")
	w.manager = w.newManager()
	theirs := w.sit("first-team", model.FullForm, steady)
	input.Commitments = []string{other}
	_, err = w.MakeShare(t.Context(), w.manager, theirs, input)
	expectFields(t, "someone else's", err, "commitments")
}
