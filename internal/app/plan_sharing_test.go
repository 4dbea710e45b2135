package app_test

import (
	"slices"
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

// What a share shows beside the ratings opens with them where it doesn't show the result. A rating that is changed after
// that was seen is kept apart: of the competency that a commitment or an entry speaks of, and of all after an entry that
// speaks of none. What was only rated, and not looked at, can still be mended.
func TestARatingChangedAfterAGlimpseIsNotBlind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		share func(*world) func(*model.ShareInput)
		leant []string
	}{
		"a commitment": {func(w *world) func(*model.ShareInput) {
			ticked := w.commit("debt", 0)
			return func(input *model.ShareInput) { input.Commitments = []string{ticked} }
		}, []string{"debt"}},
		"an entry": {func(w *world) func(*model.ShareInput) {
			w.jot("debt", "We paid some back.")
			return func(input *model.ShareInput) { input.Log = true }
		}, []string{"debt"}},
		"an entry of any": {func(w *world) func(*model.ShareInput) {
			w.jot("", "It was a hard week.")
			return func(input *model.ShareInput) { input.Log = true }
		}, []string{"debt", "design"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.sit("first-team", model.FullForm, steady)
			shows := c.share(w)
			v := w.visitor()
			share := v.open(w.link(id, shows, func(input *model.ShareInput) { input.Result, input.History, input.Notes = false, false, false }))
			list := func() *model.Shared { return must(w.Shared(t.Context(), v.mentor, share))(t) }
			for _, one := range list().Competencies {
				v.rate(share, one.ID, "3", "")
				v.rate(share, one.ID, "2", "") // a slip, mended
			}
			if got := list(); len(got.Commitments)+len(got.Entries) != 1 {
				t.Fatalf("they see %d commitments and %d entries", len(got.Commitments), len(got.Entries))
			}
			for _, competency := range []string{"debt", "design"} {
				v.rate(share, competency, "5", "")
				want := model.Rating{Level: 5, Later: model.Blank}
				if slices.Contains(c.leant, competency) {
					want = model.Rating{Level: 2, Later: 5}
				}
				if got := v.given(share, competency); got.Level != want.Level || got.Later != want.Later {
					t.Errorf("%s is rated %d, then %d; want %d, then %d", competency, got.Level, got.Later, want.Level, want.Later)
				}
			}
			// Neither another link nor a view taken back makes anybody blind again.
			w.ok(w.ForgetShare(t.Context(), v.mentor, share, true))
			other := v.open(w.link(id))
			v.rate(other, "debt", "4", "")
			if got := v.given(other, "debt"); got.Blind() || got.Later != 4 {
				t.Errorf("through another link it is rated %d, then %d", got.Level, got.Later)
			}
		})
	}
}

// Who goes on with another browser has seen there what one of the two has seen.
func TestAGlimpseCountsInBothBrowsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, steady)
	w.jot("debt", "We paid some back.")
	made := w.link(id, func(input *model.ShareInput) {
		input.Result, input.History, input.Notes, input.Log = false, false, false, true
	})
	phone, laptop := w.visitor(), w.visitor()
	share := phone.open(made)
	laptop.open(made)
	phone.rate(share, "debt", "2", "")
	must(w.Shared(t.Context(), phone.mentor, share))(t)
	laptop.rate(share, "debt", "4", "")
	w.ok(laptop.continues(phone.code(), true))
	if got := laptop.given(share, "debt"); got.Level == 4 {
		t.Errorf("what the other browser rated after the glimpse counts as blind: %+v", got)
	}
	laptop.rate(share, "debt", "5", "")
	if got := laptop.given(share, "debt"); got.Level == 5 || got.Later != 5 {
		t.Errorf("after the two are one it is rated %d, then %d", got.Level, got.Later)
	}
}

// given is what the visitor's page of a competency has, without what the list of competencies shows beside it.
func (v *visitor) given(share, competency string) model.Rating {
	v.w.t.Helper()
	return must(v.w.RatingPage(v.w.t.Context(), v.mentor, share, competency))(v.w.t).Competency.Rating
}
