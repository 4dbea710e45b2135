package browsertest

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"whetstone/internal/model"
)

var followUpLink = regexp.MustCompile(`href="[^"]*/plan/([^/"]+)/follow-up"`)

// commits makes a commitment and gives its id.
func (v *visitor) commits(t *testing.T, s *server, competency, occasion, action, bet string) string {
	t.Helper()
	v.post(to.NewCommitment(""), url.Values{
		"competency": {competency}, "occasion": {occasion}, "action": {action}, "notice": {"one of them disappears each month"},
		"until": {s.clock.now().AddDate(0, 0, 42).Format(model.DateLayout)}, "bet": {bet},
	})
	links := followUpLink.FindAllStringSubmatch(v.get(to.Plan()), -1)
	if len(links) == 0 {
		t.Fatal("the plan has no commitment")
	}
	return links[len(links)-1][1]
}

// plan gives a visitor a plan with everything, and the pages that show it.
func plan(t *testing.T, s *server, planner *visitor) []kind {
	t.Helper()
	planner.take("first-team", model.FullForm, mixed)
	kept := planner.commits(t, s, "design", "a design is ready for review", "read it alone the evening before", "60")
	dropped := planner.commits(t, s, "roadmap", "the quarter’s plan is drawn", "circle its largest unknown", "")
	for id, became := range map[string]string{kept: "kept", dropped: "dropped"} {
		planner.post(to.FollowUp(id), url.Values{"became": {became}, "line@1": {"Six of six; twice it changed the design."}, "then": {"close"}})
	}
	s.clock.advance(24 * time.Hour)
	second := planner.take("first-team", model.FullForm, raised)
	open := planner.commits(t, s, "debt", "a release is over", "sit ten minutes with whoever was on call and write down one workaround", "40")
	planner.commits(t, s, "learning", "it is the second Thursday of a month", "read one paper with whoever wants to come", "")
	overtaken := url.Values{"occasion@0": {"a quarter begins"}, "action@0": {"run a trial"}, "notice@0": {""}}
	overtaken.Set("until@0", s.clock.now().AddDate(0, 0, 30).Format(model.DateLayout))
	unseen := url.Values{"commitment@0": {"shown"}, "meant@0": {"yes"}}
	s.clock.advance(24 * time.Hour)
	draft := planner.start("first-team", model.PulseForm)
	kinds := []kind{
		{"home with a plan", planner, to.Home(), nil, http.StatusOK, "sit ten minutes with whoever was on call"},
		{"plan", planner, to.Plan(), nil, http.StatusOK, "What you worked on before"},
		{"commitment", planner, to.NewCommitment("debt.ask-after-duty"), nil, http.StatusOK, "Make a bet, if you like"},
		{"commitment with errors", planner, to.NewCommitment(""), url.Values{"occasion": {""}, "bet": {"55"}}, http.StatusUnprocessableEntity, "Say what you will do when it comes."},
		{"commitment to change", planner, to.Commitment(open), nil, http.StatusOK, "Save the change"},
		{"commitment changed elsewhere", planner, to.Commitment(open), overtaken, http.StatusConflict, "Which counts?"},
		{"commitment to delete", planner, to.DeleteCommitment(open), nil, http.StatusOK, "Delete this commitment?"},
		{"commitment to delete, changed elsewhere", planner, to.DeleteCommitment(open), unseen, http.StatusConflict, "Read it once more as it stands now"},
		{"what became of a commitment", planner, to.FollowUp(open), nil, http.StatusOK, "How did it go?"},
		{"what became of a commitment with errors", planner, to.FollowUp(open), url.Values{"became": {"dropped"}}, http.StatusUnprocessableEntity, "Say in a line why you drop it"},
		{"what became of the plan", planner, to.Following(draft), nil, http.StatusOK, "First: what became of them?"},
		{"what became of the plan with errors", planner, to.Following(draft), url.Values{"commitment": {open}, "line." + open + "@1": {"Well."}}, http.StatusUnprocessableEntity, "Say what became of it"},
		{"result beside a plan", planner, to.Result(second), nil, http.StatusOK, "Neither is said to come of the other"},
		{"history beside a plan", planner, to.History(), nil, http.StatusOK, "Neither is said to come of the other"},
		{"new share with a plan", planner, to.NewShare(second), nil, http.StatusOK, "Which of your commitments may they see?"},
	}
	kinds = append(kinds, logKinds(t, s, planner, draft)...)
	kinds = append(kinds, depthKinds(t, s, planner)...)
	fields := shareFields("a mentor of a plan")
	fields["commitment"], fields["log"] = []string{open}, []string{"yes"}
	share, mentor := planner.shares(second, fields), s.newVisitor(t)
	mentor.opens(share)
	kinds = append(kinds, kind{"shared with a plan, blind", mentor, to.Shared(share.id), nil, http.StatusOK, "What speaks of no competency waits for all of them"})
	looked := s.newVisitor(t)
	fields.Del("rating")
	result := planner.shares(second, fields)
	looked.opens(result)
	return append(kinds, kind{"shared with a plan", looked, to.Shared(result.id), nil, http.StatusOK, "How they would notice"},
		kind{"a share with a log", planner, to.Share(result.id), nil, http.StatusOK, "What they see of your log"})
}
