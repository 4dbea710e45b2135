package mentor

import (
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// talk makes a conversation of reviews, and of competencies with a verdict each.
func talk(reviews int, verdicts map[string]measure.AgreementVerdict) *model.Conversation {
	conversation := &model.Conversation{}
	for range reviews {
		conversation.Reviews = append(conversation.Reviews, &model.MentorReview{Name: "Mina", SentAt: time.Unix(1, 0)})
	}
	for _, name := range []string{"Design", "Technical debt", "Coaching", "Vision", "Roadmap"} {
		if verdict, found := verdicts[name]; found {
			row := model.ConversationRow{Agreement: measure.Agreement{Mentors: reviews, Verdict: verdict}}
			row.Competency.Name = name
			conversation.Rows = append(conversation.Rows, row)
		}
	}
	return conversation
}

func TestConversationHeadline(t *testing.T) {
	t.Parallel()
	type verdicts = map[string]measure.AgreementVerdict
	for _, one := range []struct {
		reviews  int
		verdicts verdicts
		want     string
	}{
		{0, nil, "No review is in yet"},
		{1, nil, "A review is in, without a rating to compare with"},
		{2, verdicts{"Design": measure.NoAgreement}, "Reviews are in, without a rating to compare with"},
		{1, verdicts{"Technical debt": measure.SelfHigher}, "You see technical debt higher than your mentor does."},
		{2, verdicts{"Technical debt": measure.SelfLower, "Vision": measure.Agree}, "You see technical debt lower than your mentors do."},
		{2, verdicts{"Design": measure.SelfHigher, "Coaching": measure.SelfHigher, "Vision": measure.SelfLower}, "You see design and coaching higher than your mentors do, and vision lower."},
		{1, verdicts{"Design": measure.SelfHigher, "Coaching": measure.SelfHigher, "Vision": measure.SelfHigher}, "You see three competencies higher than your mentor does."},
		{1, verdicts{"Design": measure.SelfMayBeHigher, "Vision": measure.Agree}, "You and Mina may see one competency differently; nothing differs beyond doubt."},
		{2, verdicts{"Design": measure.SelfMayBeHigher}, "You and your mentors may see one competency differently; nothing differs beyond doubt."},
		{1, verdicts{"Design": measure.Agree, "Vision": measure.Agree}, "You and Mina see two competencies alike, within the noise."},
	} {
		if got := ConversationHeadline(talk(one.reviews, one.verdicts)); got != one.want {
			t.Errorf("%d reviews, %v: %q, want %q", one.reviews, one.verdicts, got, one.want)
		}
	}
	counted := ConversationLede(talk(1, verdicts{"Design": measure.SelfHigher, "Coaching": measure.SelfLower, "Vision": measure.Agree, "Roadmap": measure.SelfMayBeLower}))
	if one := ConversationLede(talk(1, verdicts{"Design": measure.Agree})); one != "Neither side is the truth; a difference is something to talk about." {
		t.Errorf("the count of one reads %q", one)
	}
	if want := "Of four competencies with both views: one blind spot, one hidden strength, one that may differ and one in agreement. Neither side is the truth; a difference is something to talk about."; counted != want {
		t.Errorf("the counts read %q", counted)
	}
}

func TestRatingWords(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		level, later model.Level
		want         string
	}{
		{4, model.Blank, "4"},
		{model.Absent, model.Blank, "not observed"},
		{model.Blank, model.Blank, "no rating"},
		{model.Blank, 3, "3, rated after seeing your score"},
		{4, 2, "4; 2 after seeing your score"},
		{model.Absent, 2, "not observed; 2 after seeing your score"},
	} {
		if got := RatingWords(model.Rating{Level: one.level, Later: one.later, RevealedAt: time.Now()}); got != one.want {
			t.Errorf("%d, then %d: %q, want %q", one.level, one.later, got, one.want)
		}
	}
}

func TestRatingWordsTellOfAMap(t *testing.T) {
	t.Parallel()
	if got, want := RatingWords(model.Rating{Level: 4, Later: 2}), "4; 2 after reading more"; got != want {
		t.Errorf("a rating that was changed after a glimpse reads %q, want %q", got, want)
	}
	for later, want := range map[model.Level]string{2: "You rated this 4. After reading more: 2.", model.Absent: "You rated this 4. After reading more: not observed."} {
		if got := ownRatingWords(model.Rating{Level: 4, Later: later}); got != want {
			t.Errorf("to the mentor it reads %q, want %q", got, want)
		}
	}
	if got, want := ownRatingWords(model.Rating{Level: 4, Later: 2, RevealedAt: time.Now()}), "You rated this 4. After seeing the score: 2."; got != want {
		t.Errorf("to the mentor one that was changed after the score reads %q, want %q", got, want)
	}
}

func TestGapWords(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		verdict        measure.GapVerdict
		earlier, later float64
		want           string
	}{
		{measure.GapNarrowed, 2, 0.3, "the gap narrowed: from 2.0 above their view to 0.3 above their view"},
		{measure.GapMayHaveWidened, -0.5, -1.5, "the gap may have widened: from 0.5 below their view to 1.5 below their view"},
		{measure.GapTurned, 1.5, -1.4, "the gap turned to the other side: from 1.5 above their view to 1.4 below their view"},
		{measure.GapNarrowed, 3.3, 0.01, "the gap narrowed: from 3.3 above their view to none"},
		{measure.GapSteady, 1, 1.2, "the gap’s change is too small to tell"},
		{measure.GapNotComparable, 0, 0, "the two reviews can’t be compared"},
	} {
		if got := GapWords(measure.GapChange{Earlier: one.earlier, Later: one.later, Verdict: one.verdict}); got != one.want {
			t.Errorf("%s: %q, want %q", one.verdict, got, one.want)
		}
	}
}

// Marks of the same level are next to each other, none on top of another.
func TestMarksStandApart(t *testing.T) {
	t.Parallel()
	reviews := []*model.MentorReview{{ID: "a", SentAt: time.Unix(1, 0)}, {ID: "b", SentAt: time.Unix(1, 0)}, {ID: "c", SentAt: time.Unix(1, 0)}}
	row := model.ConversationRow{Ratings: []model.ReviewRating{
		{Review: reviews[0], Rating: model.Rating{Level: 4, Later: model.Blank}},
		{Review: reviews[1], Rating: model.Rating{Level: model.Blank, Later: 4}}, // not blind: no mark
		{Review: reviews[2], Rating: model.Rating{Level: 4, Later: model.Blank}},
	}}
	marks := marksOf(reviews, row)
	if len(marks) != 2 || marks[0].shape != 0 || marks[1].shape != 2 || marks[1].shift-marks[0].shift != markGap || marks[0].shift != -marks[1].shift {
		t.Errorf("the marks are %+v", marks)
	}
}

// At the ends of the scale no mark stands beyond it.
func TestMarksStandOnTheScale(t *testing.T) {
	t.Parallel()
	reviews := []*model.MentorReview{{ID: "a", SentAt: time.Unix(1, 0)}, {ID: "b", SentAt: time.Unix(1, 0)}, {ID: "c", SentAt: time.Unix(1, 0)}}
	for level, want := range map[model.Level][]float64{1: {0, markGap, 2 * markGap}, 3: {-markGap, 0, markGap}, 5: {-2 * markGap, -markGap, 0}} {
		var row model.ConversationRow
		for _, review := range reviews {
			row.Ratings = append(row.Ratings, model.ReviewRating{Review: review, Rating: model.Rating{Level: level, Later: model.Blank}})
		}
		for i, mark := range marksOf(reviews, row) {
			if mark.shift != want[i] {
				t.Errorf("at level %d mark %d is shifted by %v, want %v", level, i, mark.shift, want[i])
			}
		}
	}
}

func TestRowWords(t *testing.T) {
	t.Parallel()
	looked, absent := model.Rating{Level: model.Blank, Later: 3}, model.Rating{Level: model.Absent, Later: model.Blank}
	none := model.Rating{Level: model.Blank, Later: model.Blank, Comment: "A word."}
	for _, one := range []struct {
		mentors, items int
		ratings        []model.Rating
		want           string
	}{
		{1, 1, nil, "Not compared: one question was asked, which makes no score"},
		{1, 3, nil, "Not compared: too few answers of yours"},
		{0, 3, []model.Rating{absent, looked}, "Not compared: no rating was given blind"},
		{0, 3, []model.Rating{none, absent}, "Not compared: not observed"},
		{0, 3, []model.Rating{none}, "Not compared: no rating"},
	} {
		row := model.ConversationRow{Agreement: measure.Agreement{Mentors: one.mentors, Verdict: measure.NoAgreement}}
		row.Competency.Section.Items = make([]model.Item, one.items)
		for _, rating := range one.ratings {
			row.Ratings = append(row.Ratings, model.ReviewRating{Review: &model.MentorReview{SentAt: time.Unix(1, 0)}, Rating: rating})
		}
		if got := RowWords(row); got != one.want {
			t.Errorf("%+v: %q", one, got)
		}
	}
	if got := RowWords(model.ConversationRow{Agreement: measure.Agreement{Mentors: 1, Verdict: measure.Agree}}); got != "Agreement, within the noise" {
		t.Errorf("agreement reads %q", got)
	}
}
