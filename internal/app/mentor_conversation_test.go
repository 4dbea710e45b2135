package app_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// The mean is that of the blind ratings; mentors stand in the order in which they began.
func TestSeveralMentorsCountByTheirBlindRatings(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	for _, one := range []struct{ name, level string }{{"Zoe", "5"}, {"", "4"}, {"Abe", "0"}} {
		v, share := w.blindShare(id)
		v.rate(share, "debt", one.level, "")
		v.send(share, one.name)
	}
	looked, share := w.blindShare(id)
	looked.reveal(share, model.RevealAll)
	looked.rate(share, "debt", "1", "I looked first")
	looked.send(share, "Ida")
	conversation := w.conversation(id)
	var names []string
	for _, review := range conversation.Reviews {
		names = append(names, review.Name)
	}
	if len(names) != 4 || names[0] != "Zoe" || names[3] != "Ida" {
		t.Errorf("the reviews are by %v", names)
	}
	row := conversation.Rows[0]
	// 5/3 - 4.5 = -2.83; sqrt(0.4546^2 + 0.5/2) = 0.676.
	if len(conversation.Rows) != 1 || len(row.Ratings) != 4 || row.Agreement.Mentors != 2 || row.Agreement.Verdict != measure.SelfLower {
		t.Errorf("the row is %+v", row)
	}
	near(t, "the mean", row.Agreement.MentorMean, 4.5)
	near(t, "the gap", row.Agreement.Gap, 5.0/3-4.5)
	near(t, "its standard error", row.Agreement.StandardError, 0.6757)
	near(t, "the band of the mean", row.MentorUpper-4.5, 1.3562*0.5)
	if len(conversation.Discuss) != 1 || conversation.Discuss[0].Competency.ID != "debt" {
		t.Errorf("to discuss are %+v", conversation.Discuss)
	}
}

func TestConversationBeginsWithTheThreeLargestDifferences(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	// debt 1.67, importance 3; roadmap 1.33, 2; coaching 5; bridge 4.33; systems 3; vision 1, 1.
	for competency, level := range map[string]string{"debt": "5", "roadmap": "5", "coaching": "1", "bridge": "1", "systems": "3", "vision": "2"} {
		v.rate(share, competency, level, "")
	}
	v.reveal(share, model.RevealRated)
	v.send(share, "Bo")
	beside, conversation := v.beside(share), w.conversation(id)
	if len(beside.Discuss) != 3 || len(conversation.Discuss) != 3 || beside.Discuss[0].Competency.ID != "coaching" {
		t.Fatalf("to discuss are %d and %d", len(beside.Discuss), len(conversation.Discuss))
	}
	for i, both := range beside.Discuss {
		if both.Competency.ID != conversation.Discuss[i].Competency.ID || both.Agreement != conversation.Discuss[i].Agreement {
			t.Errorf("number %d is %s for the mentor, %s for the manager", i+1, both.Competency.ID, conversation.Discuss[i].Competency.ID)
		}
	}
	verdicts := map[string]measure.AgreementVerdict{}
	for _, row := range conversation.Rows {
		verdicts[row.Competency.ID] = row.Agreement.Verdict
	}
	if verdicts["coaching"] != measure.SelfHigher || verdicts["debt"] != measure.SelfLower || verdicts["systems"] != measure.Agree || len(verdicts) != 6 {
		t.Errorf("the verdicts are %v", verdicts)
	}
}

// What was only begun counts for nothing, also once its link has ended: it may be the same person in another browser. What
// the manager sets aside counts no more, until they let it count again.
func TestOnlyWhatWasSentAndNotSetAsideCounts(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	link := w.link(id, blindly)
	phone, laptop := w.visitor(), w.visitor()
	phone.rate(phone.open(link), "debt", "5", "Begun on the phone.")
	share := laptop.open(link)
	laptop.rate(share, "debt", "2", "")
	laptop.reveal(share, "debt")
	laptop.send(share, "Bo")
	mentors := func(want int) *model.Conversation {
		t.Helper()
		said := w.conversation(id)
		if got := said.Rows[0].Agreement; got.Mentors != want || want == 1 && got.MentorMean != 2 {
			t.Errorf("%d mentors count, at %.1f", got.Mentors, got.MentorMean)
		}
		return said
	}
	mentors(1)
	if err := w.RevokeShare(t.Context(), w.manager, share); err != nil {
		t.Fatal(err)
	}
	said := mentors(1)
	if len(said.Reviews) != 2 || len(said.Rows[0].Ratings) != 2 {
		t.Errorf("what was saved is not shown: %+v", said.Rows[0])
	}
	export := must(w.ConversationExport(t.Context(), w.manager, id))(t)
	for _, review := range export.Reviews {
		if rating := review.Ratings[0]; rating.Blind != (review.SentAt != nil) {
			t.Errorf("the export says of %+v that it counts: %t", review, rating.Blind)
		}
	}
	var sent *model.MentorReview
	for _, review := range said.Reviews {
		if !review.SentAt.IsZero() {
			sent = review
		}
	}
	aside := func(aside bool) {
		t.Helper()
		ok(t, "setting aside", w.SetReviewAside(t.Context(), w.manager, id, sent.ID, aside))
		ok(t, "setting aside twice", w.SetReviewAside(t.Context(), w.manager, id, sent.ID, aside))
	}
	aside(true)
	mentors(0)
	if unread := w.home().Mentors.Reviews; len(unread) != 1 {
		t.Errorf("%d reviews are new", len(unread))
	}
	aside(false)
	mentors(1)
	notFound(t, "somebody else’s", w.SetReviewAside(t.Context(), w.newManager(), id, sent.ID, true))
}

// A level that was agreed on with a review stands on the result while the review counts.
func TestAgreedLevelsGoAsideWithTheirReview(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	ok(t, "the proposal", c.propose("3", "Mine.", ""))
	ok(t, "the confirmation", c.mentorConfirms("1"))
	for _, aside := range []bool{true, false} {
		ok(t, "setting aside", w.SetReviewAside(t.Context(), w.manager, c.assessment, c.review, aside))
		if agreed := w.result(c.assessment).Agreed["debt"]; (len(agreed) == 0) != aside {
			t.Errorf("aside %t, the result has %+v", aside, agreed)
		}
	}
}

// Whether a gap narrowed is said of one and the same mentor only.
func TestGapOverTimeIsThatOfOneMentor(t *testing.T) {
	w := newWorld(t)
	same := w.visitor()
	review := func(assessment string, v *visitor, level, name string) {
		t.Helper()
		share := v.open(w.link(assessment, blindly))
		v.rate(share, "debt", level, "")
		v.send(share, name)
	}
	// A wider gap at first: one's own 5, the mentor's 1; then 2 and 2.
	other := w.sit("wider-scope", model.FullForm, levels{"": {5}})
	review(other, same, "3", "Bo")
	first := w.sit("first-team", model.FullForm, levels{"": {5}})
	review(first, same, "1", "Bo")
	review(first, w.visitor(), "2", "Only once")
	if lines := w.conversation(first).Lines; len(lines) != 0 {
		t.Errorf("one assessment makes the lines %+v", lines)
	}
	between := w.sit("first-team", model.FullForm, levels{"": {4}})
	last := w.sit("first-team", model.FullForm, levels{"": {2}})
	review(last, same, "2", "Bo, later")
	review(last, w.visitor(), "5", "Another")
	conversation := w.conversation(last)
	if len(conversation.Lines) != 1 || conversation.Lines[0].ID != "debt" {
		t.Fatalf("the lines are %+v", conversation.Lines)
	}
	line := conversation.Lines[0]
	if len(line.Points) != 3 || line.Points[0].Mentors != 2 || line.Points[0].MentorMean != 1.5 || line.Points[1].Mentors != 0 ||
		line.Points[1].Assessment.ID != between || line.Points[2].MentorMean != 3.5 || line.Points[2].Self.Value != 2 {
		t.Errorf("the points are %+v", line.Points)
	}
	// Of the three mentors each has a line of their own; only one of them has more than one point.
	if line.SameMentors() {
		t.Error("a mean is given over different mentors")
	}
	levels := map[string][]float64{}
	for _, point := range line.Points {
		for _, rating := range point.Ratings {
			levels[rating.MentorID] = append(levels[rating.MentorID], rating.Level)
		}
	}
	if len(levels) != 3 || !slices.ContainsFunc(slices.Collect(maps.Values(levels)), func(own []float64) bool { return slices.Equal(own, []float64{1, 2}) }) {
		t.Errorf("by mentor, the levels are %v", levels)
	}
	if len(line.Changes) != 1 {
		t.Fatalf("the changes are %+v", line.Changes)
	}
	change := line.Changes[0]
	if change.Name != "Bo, later" || change.From.ID != first || change.To.ID != last || change.Change.Verdict != measure.GapNarrowed ||
		change.Change.Earlier != 4 || change.Change.Later != 0 || change.Change.Change != -4 {
		t.Errorf("the change is %+v", change)
	}
	// The conversation on an earlier assessment stays as it was.
	if lines := w.conversation(first).Lines; len(lines) != 0 {
		t.Errorf("the earlier conversation has the lines %+v", lines)
	}
	// After looking first, the second view isn't independent.
	looked := w.visitor()
	review(between, looked, "3", "Ida")
	share := looked.open(w.link(last, blindly))
	looked.reveal(share, model.RevealAll)
	looked.rate(share, "debt", "3", "")
	looked.send(share, "Ida")
	if changes := w.conversation(last).Lines[0].Changes; len(changes) != 1 {
		t.Errorf("the changes are %+v", changes)
	}
}

func TestConversationOfAPulseHasRatingsAndNoVerdict(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.PulseForm, steady)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "5", "")
	v.reveal(share, "debt")
	v.send(share, "Bo")
	row := w.conversation(id).Rows[0]
	if row.Agreement.Verdict != measure.NoAgreement || row.Agreement.MentorMean != 5 || v.beside(share).Rows[0].Agreement != row.Agreement {
		t.Errorf("the row is %+v", row)
	}
}

func TestConversationExportHoldsAllWordsAndNumbers(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	ok(t, "a comment", func() error { c.rate(c.share, "debt", "2", "what I saw"); return nil }())
	c.reveal(c.share, "coaching")
	c.rate(c.share, "coaching", "0", "")
	ok(t, "the proposal", c.propose("2.5", "The shared build.", ""))
	words := model.WordsInput{Name: "Bo", Overall: "On the whole.", Question: "And you?"}
	_, _, err := w.SaveWords(t.Context(), c.mentor, c.share, words)
	ok(t, "the words", err)
	export := must(w.ConversationExport(t.Context(), w.manager, c.assessment))(t)
	if export.Format != report.ConversationFormat || export.Assessment != c.assessment || len(export.Reviews) != 1 || len(export.Competencies) != 2 {
		t.Fatalf("exported is %+v", export)
	}
	review := export.Reviews[0]
	if review.Name != "Bo" || review.Label != "my mentor in platform" || review.Overall != "On the whole." || review.Question != "And you?" ||
		review.SentAt == nil || review.Constants != measure.MentorDefaults() || len(review.Ratings) != 2 {
		t.Errorf("the review is %+v", review)
	}
	debt, coaching := review.Ratings[0], review.Ratings[1]
	if *debt.Level != 4 || *debt.Later != 2 || !debt.Blind || debt.Comment != "what I saw" || debt.RevealedAt == nil ||
		debt.Agreed.Level != 2.5 || debt.Agreed.ConfirmedAt != nil || debt.Agreed.ProposedBy != model.ManagerParty {
		t.Errorf("debt is %+v", debt)
	}
	if coaching.Level != nil || *coaching.Later != 0 || coaching.Blind || coaching.Agreed != nil {
		t.Errorf("coaching is %+v", coaching)
	}
	// The numbers can be recomputed from what is in it.
	both := export.Competencies[0]
	again := export.Constants.Agreement(review.Constants, measure.Score{Known: true, Value: both.Score.Value, StandardError: both.Score.StandardError}, export.Noise, []int{*debt.Level})
	if again.Gap != both.Agreement.Gap || again.P != both.Agreement.P || again.Verdict != both.Agreement.Verdict {
		t.Errorf("exported %+v, worked out again %+v", both.Agreement, again)
	}
	if _, err := json.Marshal(export); err != nil {
		t.Error(err)
	}
}
