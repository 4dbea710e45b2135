package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// wantHeld expects that a field of a form on the page holds this.
func (p *page) wantHeld(name, want string) {
	p.t.Helper()
	field := control(p.controls(p.root()), name, want)
	if field == nil || attribute(field, "value") != want {
		p.t.Errorf("%s: the field %q doesn’t hold %q", p.address, name, want)
	}
}

// From a practice on a result to what became of it, before the next assessment, and beside how its competency moved;
// all by links and forms, without a script.
func TestFromAPracticeToWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	low := func(number int) string { return []string{"1", "2", "2"}[number%3] }
	takes := func(draft string) {
		owner.answerAll(draft, "first-team", low)
		owner.post(s.paths.Finish(draft), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	}
	first := owner.start("first-team", "full")
	takes(first)
	address := ""
	for _, link := range owner.visit(s.paths.Result(first)).addresses("href") {
		if strings.Contains(link, "/plan/new?practice=") {
			address = link
			break
		}
	}
	if address == "" {
		t.Fatal("no practice of the result leads to a commitment")
	}
	id := address[strings.Index(address, "=")+1:]
	var when, competency string
	for _, practice := range s.library.Practices {
		if practice.ID == id {
			when, competency = practice.When, practice.Competency
		}
	}
	form := owner.visit(address)
	form.wantHeld("occasion", when)
	form.press("Put it in my plan", "bet", "70").wantText("It stands in your plan").wantText(when)

	s.clock.advance(91 * day)
	draft := owner.start("first-team", "full")
	asked := owner.visit(s.paths.Begin(draft)).wantAt(s.paths.Following(draft)).wantText("First: what became of it?").wantText(when)
	shown, _ := asked.formOf("Save and go to the questions")
	commitment := attribute(control(asked.controls(shown), "commitment", ""), "value")
	asked.press("Save and go to the questions", "line."+commitment, "Only a line.").wantStatus(http.StatusUnprocessableEntity).
		wantText("Say what became of it").
		press("Save and go to the questions", "became."+commitment, "partly", "line."+commitment, "Twice of three.", "then."+commitment, "close").
		wantStatus(http.StatusOK)
	owner.visit(s.paths.Begin(draft))
	takes(draft)
	name, _ := s.library.Model.Competency(competency)
	for _, page := range []string{s.paths.Result(draft), s.paths.History()} {
		owner.visit(page).wantText("What you worked on").wantText("Partly kept: “Twice of three.”").
			wantText(name.Name + ": what changed is too small to tell.").wantText("Neither is said to come of the other")
	}
	owner.visit(s.paths.Plan()).wantText("One is settled.").wantText("You said 70 %.")
}

// A fourth is refused with its reason, and nothing that was typed is lost; a bet can't be made before there is
// anything to judge a rise by.
func TestAFourthCommitmentIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	form := owner.visit(s.paths.NewCommitment(""))
	if form.byID("bet") != nil {
		t.Error("a bet is offered before any assessment is finished")
	}
	for _, competency := range []string{"design", "debt", "vision"} {
		owner.commits(competency)
	}
	owner.visit(s.paths.NewCommitment("")).wantText("more of them compete for the same hours").wantText("Close one in your plan")
	refused := form.press("Put it in my plan", "competency", "coaching", "occasion", "typed on an old page", "action", "something").
		wantStatus(http.StatusUnprocessableEntity).wantText("compete for the same hours")
	refused.wantHeld("occasion", "typed on an old page")
	owner.visit(s.paths.Plan()).wantText("Three things that you are working on")
}

// A commitment that another tab changed or closed meanwhile isn't deleted by a page that didn't see it.
func TestACommitmentIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	id := owner.commits("debt")
	asked, change := owner.get(s.paths.DeleteCommitment(id)), owner.get(s.paths.Commitment(id))
	owner.get(s.paths.Commitment(id)).press("Save the change", "occasion", "a sprint is over").wantText("Changed.")
	again := asked.press("Delete the commitment", "meant", "yes").wantStatus(http.StatusConflict).
		wantText("was changed in another tab").wantText("a sprint is over")
	owner.get(s.paths.FollowUp(id)).press("Keep it in my plan", "became", "partly", "line", "Twice of three.", "then", "close").wantStatus(http.StatusOK)
	again = again.press("Delete the commitment", "meant", "yes").wantStatus(http.StatusConflict).wantText("Twice of three.")
	again.checkIDs("a commitment to delete")
	change.press("Save the change", "occasion", "a quarter is over").wantStatus(http.StatusUnprocessableEntity).
		wantText("was closed in another tab").wantText("Twice of three.").wantHeld("occasion", "a quarter is over")
	again.press("Delete the commitment").wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box").
		press("Delete the commitment", "meant", "yes").wantStatus(http.StatusOK).wantText("Deleted. A link that showed it no longer does.")
}

// What can't be kept of an assessment that was finished meanwhile is given back, and not led past.
func TestFollowUpOfAFinishedAssessmentIsGivenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	finished := owner.finished("first-team", "pulse")
	id := owner.commits("debt")
	got := owner.post(s.paths.Following(finished), url.Values{
		"commitment": {id}, "became." + id: {"kept"}, "line." + id + "@9": {"Twice, on Fridays."},
	})
	got.wantStatus(http.StatusConflict)
	if back := got.givenBack()["In a line, if you like"]; back != "Twice, on Fridays." {
		t.Errorf("given back is %q", back)
	}
}
