package app_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// talk is a review that was sent and whose mentor has seen the score of debt.
type talk struct {
	*visitor
	share, assessment, review string
}

func (w *world) talk() talk {
	w.t.Helper()
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "")
	v.reveal(share, "debt")
	v.send(share, "Bo")
	return talk{v, share, id, w.conversation(id).Reviews[0].ID}
}

func (c talk) propose(level, sentence, revision string) error {
	return c.w.ProposeLevel(c.w.t.Context(), c.w.manager, c.assessment, c.review, "debt", model.AgreementInput{Level: level, Sentence: sentence, Revision: revision})
}

func (c talk) confirm(revision string) error {
	return c.w.ConfirmLevel(c.w.t.Context(), c.w.manager, c.assessment, c.review, "debt", revision)
}

func (c talk) mentorProposes(level, sentence, revision string) error {
	return c.w.MentorProposeLevel(c.w.t.Context(), c.mentor, c.share, "debt", model.AgreementInput{Level: level, Sentence: sentence, Revision: revision})
}

func (c talk) mentorConfirms(revision string) error {
	return c.w.MentorConfirmLevel(c.w.t.Context(), c.mentor, c.share, "debt", revision)
}

// agreed is what both see of debt; the two must see the same.
func (c talk) agreed() model.AgreedLevel {
	c.w.t.Helper()
	theirs, own := c.beside(c.share).Rows[0].Agreed, c.w.conversation(c.assessment).Rows[0].Ratings[0].Agreed
	if theirs == nil || own == nil {
		if theirs != own {
			c.w.t.Errorf("the mentor sees %v, the manager %v", theirs, own)
		}
		return model.AgreedLevel{}
	}
	if *theirs != *own {
		c.w.t.Errorf("the mentor sees %+v, the manager %+v", *theirs, *own)
	}
	return *own
}

func ok(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func TestLevelIsAgreedByBoth(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	before := w.result(c.assessment)
	ok(t, "the proposal", c.propose(" 2.5 ", " The shared\nbuild. ", ""))
	if got := c.agreed(); got.Level != 2.5 || got.Sentence != "The shared build." || got.ProposedBy != model.ManagerParty || !got.ConfirmedAt.IsZero() || got.Revision != 1 || got.With != "Bo" {
		t.Errorf("proposed is %+v", got)
	}
	if agreed := w.result(c.assessment).Agreed; agreed != nil {
		t.Errorf("a proposal counts as agreed: %+v", agreed)
	}
	expectFields(t, "confirming one's own", c.confirm("1"), "level")
	ok(t, "the confirmation", c.mentorConfirms("1"))
	ok(t, "confirming twice", c.mentorConfirms("1"))
	after := w.result(c.assessment)
	if agreed := after.Agreed["debt"]; len(agreed) != 1 || agreed[0].Level != 2.5 || agreed[0].With != "Bo" || agreed[0].ConfirmedAt.IsZero() {
		t.Errorf("agreed is %+v", after.Agreed)
	}
	if competency(t, after, "debt").Score != competency(t, before, "debt").Score {
		t.Error("the agreed level changed the score")
	}
	if result := must(w.SharedResult(t.Context(), c.mentor, c.share))(t).Result; result != nil && result.Agreed != nil {
		t.Error("the mentor’s view of the result has agreed levels")
	}
	ok(t, "another proposal over the agreed one", c.mentorProposes("3", "A bit more.", "2"))
	if got := c.agreed(); got.Level != 3 || !got.ConfirmedAt.IsZero() || got.ProposedBy != model.MentorParty || got.Revision != 3 {
		t.Errorf("proposed is %+v", got)
	}
	if waiting := w.home().Mentors.Levels; len(waiting) != 1 || waiting[0].Competencies[0].ID != "debt" {
		t.Errorf("of the mentor’s proposal tells %+v", waiting)
	}
	expectFields(t, "the withdrawal of what it saw before", w.WithdrawLevel(t.Context(), w.manager, c.assessment, c.review, "debt", "2"), "level")
	ok(t, "the withdrawal", w.WithdrawLevel(t.Context(), w.manager, c.assessment, c.review, "debt", "3"))
	ok(t, "withdrawing twice", w.MentorWithdrawLevel(t.Context(), c.mentor, c.share, "debt", "3"))
	if got := c.agreed(); got != (model.AgreedLevel{}) {
		t.Errorf("left is %+v", got)
	}
}

// Nobody agrees to another proposal than the one that they saw.
func TestStaleProposalsAreNotConfirmed(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	expectFields(t, "confirming nothing", c.confirm("1"), "level")
	ok(t, "the proposal", c.mentorProposes("2", "First.", ""))
	ok(t, "the same sent twice", c.mentorProposes("2", "First.", ""))
	expectFields(t, "a proposal that didn't see it", c.propose("3", "Mine.", ""), "level")
	ok(t, "the next proposal", c.mentorProposes("4", "Second.", "1"))
	for _, revision := range []string{"1", "", "3", "x"} {
		expectFields(t, "confirming "+revision, c.confirm(revision), "level")
	}
	ok(t, "the withdrawal", w.MentorWithdrawLevel(t.Context(), c.mentor, c.share, "debt", "2"))
	expectFields(t, "confirming what was withdrawn", c.confirm("2"), "level")
	ok(t, "a proposal after that", c.mentorProposes("1", "Third.", ""))
	expectFields(t, "confirming what was withdrawn", c.confirm("2"), "level")
	ok(t, "the confirmation", c.confirm("3"))
	if got := c.agreed(); got.Level != 1 || got.ConfirmedAt.IsZero() {
		t.Errorf("agreed is %+v", got)
	}
}

// Who saw a level that waited takes nothing back, and proposes nothing over it, once the other has agreed to it.
func TestWhatWasAgreedMeanwhileStands(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	ok(t, "the proposal", c.propose("2.5", "The shared build.", ""))
	ok(t, "the confirmation", c.mentorConfirms("1"))
	expectFields(t, "taking back the proposal", w.WithdrawLevel(t.Context(), w.manager, c.assessment, c.review, "debt", "1"), "level")
	expectFields(t, "declining it elsewhere", w.MentorWithdrawLevel(t.Context(), c.mentor, c.share, "debt", "1"), "level")
	expectFields(t, "changing the proposal", c.propose("3", "A bit more.", "1"), "level")
	if got := c.agreed(); got.Level != 2.5 || got.ConfirmedAt.IsZero() {
		t.Errorf("agreed is %+v", got)
	}
	ok(t, "taking back what was agreed", w.WithdrawLevel(t.Context(), w.manager, c.assessment, c.review, "debt", c.revision()))
}

// revision is that of what both see of debt.
func (c talk) revision() string { return strconv.Itoa(c.agreed().Revision) }

func TestProposalsAreChecked(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	for _, level := range []string{"", "0.5", "5.5", "3.25", "NaN", "Inf", "-1", "three"} {
		expectFields(t, "the level "+level, c.propose(level, "A sentence.", ""), "level")
		expectFields(t, "the mentor’s level "+level, c.mentorProposes(level, "A sentence.", ""), "level")
	}
	expectFields(t, "no sentence", c.propose("3", " \n ", ""), "sentence")
	expectFields(t, "a long sentence", c.propose("", strings.Repeat("é", 501), ""), "level", "sentence")
	ok(t, "a sentence of 500", c.propose("3", strings.Repeat("é", 500), ""))
	input := model.AgreementInput{Level: "3", Sentence: "x"}
	notFound(t, "an unknown competency", w.ProposeLevel(t.Context(), w.manager, c.assessment, c.review, "pottery", input))
	notFound(t, "the mentor’s unknown competency", w.MentorProposeLevel(t.Context(), c.mentor, c.share, "pottery", input))
	notFound(t, "a competency that is not revealed", w.MentorProposeLevel(t.Context(), c.mentor, c.share, "coaching", input))
	expectFields(t, "a proposal for what they have not rated", w.ProposeLevel(t.Context(), w.manager, c.assessment, c.review, "coaching", input), "level")
	// An unsent review doesn't count yet, and a share without ratings agrees on nothing.
	v, share := w.blindShare(c.assessment)
	v.rate(share, "debt", "2", "")
	unsent := must(w.Shared(t.Context(), v.mentor, share))(t).Review.ID
	notFound(t, "a proposal on an unsent review", w.ProposeLevel(t.Context(), w.manager, c.assessment, unsent, "debt", input))
	notFound(t, "reading an unsent review", w.ReadReview(t.Context(), w.manager, c.assessment, unsent, ""))
	shown := v.open(w.link(c.assessment, func(i *model.ShareInput) { i.Rating = false }))
	notFound(t, "a proposal through a share without ratings", w.MentorProposeLevel(t.Context(), v.mentor, shown, "debt", input))
}

// Nobody is asked for an answer that they can't give: the mentor of a link without the result, of one that has ended, or
// who has not observed it. What waits for an answer then can still be taken back, and what they propose confirmed.
func TestALevelIsProposedOnlyToWhoCanAnswer(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	input := model.AgreementInput{Level: "3", Sentence: "Seen twice."}
	review := func(v *visitor, share, level string) string {
		t.Helper()
		v.rate(share, "debt", level, "A comment.")
		v.send(share, "One more")
		reviews := w.conversation(c.assessment).Reviews
		return reviews[len(reviews)-1].ID
	}
	propose := func(id string) error {
		return w.ProposeLevel(t.Context(), w.manager, c.assessment, id, "debt", input)
	}
	rater := w.visitor()
	expectFields(t, "over a link without the result", propose(review(rater, rater.open(w.link(c.assessment, func(i *model.ShareInput) { i.Result, i.History, i.Notes = false, false, false })), "2")), "level")
	unsure, share := w.blindShare(c.assessment)
	id := review(unsure, share, "0")
	expectFields(t, "to who has not observed it", propose(id), "level")
	unsure.rate(share, "debt", "", "Only a comment.")
	expectFields(t, "to who has only commented", propose(id), "level")
	unsure.reveal(share, "debt")
	ok(t, "to who has seen the score", propose(id))

	ok(t, "a proposal while the link lives", c.propose("3", "Mine.", ""))
	ok(t, "the end of the link", w.RevokeShare(t.Context(), w.manager, c.share))
	expectFields(t, "over a link that has ended", c.propose("4", "Again.", "1"), "level")
	if said := w.conversation(c.assessment); said.Reviews[0].CanAgree("debt") || said.Rows[0].Ratings[0].Agreed == nil {
		t.Error("the pending proposal is not shown as one that nobody can answer")
	}
	ok(t, "taking it back", w.WithdrawLevel(t.Context(), w.manager, c.assessment, c.review, "debt", "1"))
	if w.conversation(c.assessment).Rows[0].Ratings[0].Agreed != nil {
		t.Error("it was not taken back")
	}
	other := w.talk()
	ok(t, "the mentor’s proposal", other.mentorProposes("4", "Theirs.", ""))
	ok(t, "the end of their link", w.RevokeShare(t.Context(), w.manager, other.share))
	ok(t, "the confirmation after it", other.confirm("1"))
}

// Both propose at the same time: one of them is told to look first.
func TestProposalsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		c := w.talk()
		var running sync.WaitGroup
		errors := make([]error, 2)
		running.Go(func() { errors[0] = c.propose("2", "Mine.", "") })
		running.Go(func() { errors[1] = c.mentorProposes("4", "Mine, too.", "") })
		running.Wait()
		refused := 0
		for _, err := range errors {
			if err != nil {
				refused++
				expectFields(t, "the second", err, "level")
			}
		}
		if got := c.agreed(); refused != 1 || got.Revision != 1 {
			t.Errorf("%d were refused, proposed is %+v", refused, got)
		}
	})
}
