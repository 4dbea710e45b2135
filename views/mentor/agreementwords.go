package mentor

import (
	"fmt"
	"math"
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// This file puts into words how a manager and their mentors see the same competency, for either side. Neither view is
// called the truth.

// mentorsDo names who sees it differently, with a verb: "your mentor does".
func mentorsDo(count int) string {
	if count == 1 {
		return "your mentor does"
	}
	return "your mentors do"
}

// AgreementWords tells a manager how their score compares with their mentors' mean.
func AgreementWords(a measure.Agreement) string {
	switch a.Verdict {
	case measure.SelfHigher:
		return "You see this higher than " + mentorsDo(a.Mentors) + ": a blind spot"
	case measure.SelfMayBeHigher:
		return "You may see this higher than " + mentorsDo(a.Mentors)
	case measure.SelfLower:
		return "You see this lower than " + mentorsDo(a.Mentors) + ": a hidden strength"
	case measure.SelfMayBeLower:
		return "You may see this lower than " + mentorsDo(a.Mentors)
	case measure.Agree:
		return "Agreement, within the noise"
	}
	return "Not compared"
}

// RowWords says it of one competency of a conversation, with the reason where nothing can be compared.
func RowWords(row model.ConversationRow) string {
	words := AgreementWords(row.Agreement)
	if row.Agreement.Verdict != measure.NoAgreement {
		return words
	}
	given := func(holds func(model.Rating) bool) bool {
		return slices.ContainsFunc(row.Ratings, func(one model.ReviewRating) bool { return holds(one.Rating) })
	}
	switch {
	case row.Agreement.Mentors > 0 && askedOnce(row.Competency):
		return words + ": one question was asked, which makes no score"
	case row.Agreement.Mentors > 0:
		return words + ": too few answers of yours"
	case !slices.ContainsFunc(row.Ratings, func(one model.ReviewRating) bool { return one.Review.Counts() }):
		return words + ": no review that counts"
	case given(func(rating model.Rating) bool { return rating.Later.Scored() }):
		return words + ": no rating was given blind"
	case given(func(rating model.Rating) bool { return rating.Level == model.Absent }):
		return words + ": not observed"
	}
	return words + ": no rating"
}

// askedOnce reports whether a form asked too little of a competency for a score, however it was answered: a pulse.
func askedOnce(competency model.CompetencyResult) bool { return len(competency.Section.Items) == 1 }

// MentorAgreementWords says the same to the mentor. Whose score it is stands above it on the page.
func MentorAgreementWords(view model.BothViews) string {
	switch view.Agreement.Verdict {
	case measure.SelfHigher:
		return "They see this higher than you do: a blind spot"
	case measure.SelfMayBeHigher:
		return "They may see this higher than you do"
	case measure.SelfLower:
		return "They see this lower than you do: a hidden strength"
	case measure.SelfMayBeLower:
		return "They may see this lower than you do"
	case measure.Agree:
		return "You agree, within the noise"
	}
	switch {
	case view.Rating.Looked():
		return "Not compared: you saw the score before you rated"
	case view.Rating.Level == model.Absent:
		return "Not compared: you have not observed it"
	case view.Rating.Blind() && askedOnce(view.Competency):
		return "Not compared: they were asked one question, which makes no score"
	case view.Rating.Blind() && !view.Competency.Score.Known:
		return "Not compared: they answered too little"
	}
	return "Not compared: no rating of yours"
}

// agreementClass colours what is certain: orange where a manager sees more than others do, blue where
// others see more.
func agreementClass(verdict measure.AgreementVerdict) string {
	switch verdict {
	case measure.SelfHigher:
		return "is-gap"
	case measure.SelfLower:
		return "is-strength"
	}
	return "is-open"
}

// talkWords offers a manager a way into the conversation.
func talkWords(verdict measure.AgreementVerdict) string {
	switch verdict {
	case measure.SelfHigher:
		return "Ask for one moment when they missed it."
	case measure.SelfLower:
		return "Ask what they see that you take for granted."
	}
	return "Tell each other one recent example."
}

// mentorTalkWords offers the mentor the same.
func mentorTalkWords(verdict measure.AgreementVerdict) string {
	switch verdict {
	case measure.SelfHigher:
		return "Tell one moment when you missed it."
	case measure.SelfLower:
		return "Tell what you see that they may take for granted."
	}
	return "Tell each other one recent example."
}

// sights counts and names where two views agree and where they don't.
type sights struct {
	blind, hidden []string
	may, agree    int
}

func (s *sights) add(name string, verdict measure.AgreementVerdict) {
	switch verdict {
	case measure.SelfHigher:
		s.blind = append(s.blind, kit.InText(name))
	case measure.SelfLower:
		s.hidden = append(s.hidden, kit.InText(name))
	case measure.SelfMayBeHigher, measure.SelfMayBeLower:
		s.may++
	case measure.Agree:
		s.agree++
	}
}

func (s *sights) compared() int { return len(s.blind) + len(s.hidden) + s.may + s.agree }

// namesOrCount names a few, and counts more.
func namesOrCount(names []string) string {
	if len(names) <= 2 {
		return kit.List(names)
	}
	return kit.Competencies(len(names))
}

// difference is the finding in one sentence. self and others begin and end it: "You see", "than your
// mentor does".
func (s *sights) difference(see, maySee, others, alike string) string {
	switch {
	case len(s.blind) > 0 && len(s.hidden) > 0:
		return fmt.Sprintf("%s %s higher %s, and %s lower.", see, namesOrCount(s.blind), others, namesOrCount(s.hidden))
	case len(s.blind) > 0:
		return fmt.Sprintf("%s %s higher %s.", see, namesOrCount(s.blind), others)
	case len(s.hidden) > 0:
		return fmt.Sprintf("%s %s lower %s.", see, namesOrCount(s.hidden), others)
	case s.may > 0:
		return fmt.Sprintf("%s %s differently; nothing differs beyond doubt.", maySee, kit.Competencies(s.may))
	}
	return fmt.Sprintf("%s %s alike, within the noise.", alike, kit.Competencies(s.agree))
}

// counted says in a sentence how many differ which way.
func (s *sights) counted() string {
	var parts []string
	add := func(count int, one, many string) {
		if count == 1 {
			parts = append(parts, "one "+one)
		} else if count > 1 {
			parts = append(parts, kit.Number(count)+" "+many)
		}
	}
	add(len(s.blind), "blind spot", "blind spots")
	add(len(s.hidden), "hidden strength", "hidden strengths")
	add(s.may, "that may differ", "that may differ")
	add(s.agree, "in agreement", "in agreement")
	const neither = "Neither side is the truth; a difference is something to talk about."
	if s.compared() == 1 {
		return neither // the headline has said all of it
	}
	return fmt.Sprintf("Of %s with both views: %s. %s", kit.Competencies(s.compared()), kit.List(parts), neither)
}

func sightsOf(c *model.Conversation) *sights {
	found := &sights{}
	for _, row := range c.Rows {
		found.add(row.Competency.Name, row.Agreement.Verdict)
	}
	return found
}

// mentorOrMentors names those whose reviews are in.
func mentorOrMentors(c *model.Conversation) string {
	return kit.OneOrMany(len(c.Reviews), "mentor", "mentors")
}

// counting is how many reviews of a conversation count.
func counting(c *model.Conversation) int {
	count := 0
	for _, review := range c.Reviews {
		if review.Counts() {
			count++
		}
	}
	return count
}

// onlyCounting is the one review of a conversation that counts; nil if there is none, or more than one.
func onlyCounting(c *model.Conversation) (one *model.MentorReview) {
	if counting(c) != 1 {
		return nil
	}
	for _, review := range c.Reviews {
		if review.Counts() {
			one = review
		}
	}
	return one
}

// ConversationHeadline is the finding of a conversation in one sentence.
func ConversationHeadline(c *model.Conversation) string {
	if len(c.Reviews) == 0 {
		return "No review is in yet"
	}
	if counting(c) == 0 {
		return "Nothing that counts is in yet"
	}
	found := sightsOf(c)
	if found.compared() == 0 {
		if counting(c) == 1 {
			return "A review is in, without a rating to compare with"
		}
		return "Reviews are in, without a rating to compare with"
	}
	mentors, both := 0, "You and your mentors"
	for _, row := range c.Rows {
		mentors = max(mentors, row.Agreement.Mentors)
	}
	if one := onlyCounting(c); one != nil {
		mentors, both = 1, "You and your mentor"
		if one.By() != "" {
			both = "You and " + text.Isolated(one.By())
		}
	}
	return found.difference("You see", both+" may see", "than "+mentorsDo(mentors), both+" see")
}

// ConversationLede counts what the headline names; "" where nothing can be compared.
func ConversationLede(c *model.Conversation) string {
	if found := sightsOf(c); found.compared() > 0 {
		return found.counted()
	}
	return ""
}

func mentorSights(s *model.SideBySide) *sights {
	found := &sights{}
	for _, row := range s.Rows {
		found.add(row.Competency.Name, row.Agreement.Verdict)
	}
	return found
}

// SideBySideHeadline is the finding in one sentence, for the mentor.
func SideBySideHeadline(s *model.SideBySide) string {
	found, sharer := mentorSights(s), sharerOf(s.Shared)
	if found.compared() == 0 {
		return "Both views, side by side"
	}
	return found.difference(sharer+" sees", "You and "+sharer+" may see", "than you do", "You and "+sharer+" see")
}

// SideBySideLede counts what the headline names; "" where nothing can be compared.
func SideBySideLede(s *model.SideBySide) string {
	if found := mentorSights(s); found.compared() > 0 {
		return found.counted()
	}
	return ""
}

// sharesLink reports whether a review counts and another one that does came through the same link: it may be one person with two browsers.
func sharesLink(reviews []*model.MentorReview, review *model.MentorReview) bool {
	return slices.ContainsFunc(reviews, func(other *model.MentorReview) bool {
		return other.ID != review.ID && other.ShareID == review.ShareID && other.Counts() && review.Counts()
	})
}

// reviewState says when a review came, and whether it can still change.
func reviewState(zone model.Zone, review *model.MentorReview) string {
	var words string
	if review.SentAt.IsZero() {
		words = "Not sent, so it doesn’t count; saved until their link ended"
	} else {
		words = "Sent on " + zone.LongDate(review.SentAt)
	}
	if !review.SetAsideAt.IsZero() {
		by, why := " by you", ""
		if review.Own {
			by, why = "", ", since you have signed in in a browser in which it was open. If somebody else wrote it, let it count again"
		}
		words += ". Set aside" + by + " on " + zone.LongDate(review.SetAsideAt) + ", so it doesn’t count" + why
	}
	if review.Live {
		words += ". They can still change it"
	}
	if !review.BroughtAt.IsZero() {
		words += ". Brought in from a file on " + zone.LongDate(review.BroughtAt) + ": whoever wrote it has no way in here"
	}
	return words + "."
}

// RatingWords says what a mentor rated, and how.
func RatingWords(rating model.Rating) string {
	words := ""
	switch {
	case rating.Level == model.Absent:
		words = "not observed"
	case rating.Level.Scored():
		words = fmt.Sprint(int(rating.Level))
	}
	if rating.Later == model.Blank {
		if words == "" {
			return "no rating"
		}
		return words
	}
	later := "not observed"
	if rating.Later.Scored() {
		later = fmt.Sprint(int(rating.Later))
	}
	after := leaning(rating, "your")
	if words == "" {
		return later + ", rated after " + after
	}
	return words + "; " + later + " after " + after
}

// leaning says what a mentor had seen before a rating that is kept apart; whose is before "score".
func leaning(rating model.Rating, whose string) string {
	if rating.RevealedAt.IsZero() {
		return "reading more"
	}
	return "seeing " + whose + " score"
}

// cantAgree says why the mentor of a review can't answer a level that is proposed; "" if they can.
func cantAgree(review *model.MentorReview, competency string) string {
	switch {
	case review.CanAgree(competency):
		return ""
	case !review.Live:
		return "their link has ended"
	case !review.Answers:
		return "their link doesn’t show them your scores"
	case review.Rating(competency).Current() == model.Absent:
		return "they have not observed this"
	}
	return "they have not rated this"
}

// ShortRating is RatingWords for a cell of a table.
func ShortRating(rating model.Rating) string {
	switch {
	case rating.Level.Scored():
		return fmt.Sprint(int(rating.Level))
	case rating.Level == model.Absent:
		return "not observed"
	case rating.Later.Scored():
		return fmt.Sprintf("%d, not blind", rating.Later)
	}
	return "not rated"
}

// mentorMean writes the mean of mentors' ratings; that of one is the level itself.
func mentorMean(a measure.Agreement) string {
	if a.Mentors == 1 {
		return fmt.Sprint(a.MentorMean)
	}
	return kit.Score(a.MentorMean)
}

// mentorBand writes the band of a rating, clamped to the scale.
func mentorBand(lower, upper float64) string {
	return kit.Score(max(lower, measure.LowestLevel)) + " to " + kit.Score(min(upper, measure.HighestLevel))
}

// GapWords says whether the gap to one mentor changed.
func GapWords(change measure.GapChange) string {
	sizes := fmt.Sprintf(": from %s to %s", gapSize(change.Earlier), gapSize(change.Later))
	switch change.Verdict {
	case measure.GapNarrowed:
		return "the gap narrowed" + sizes
	case measure.GapMayHaveNarrowed:
		return "the gap may have narrowed" + sizes
	case measure.GapWidened:
		return "the gap widened" + sizes
	case measure.GapMayHaveWidened:
		return "the gap may have widened" + sizes
	case measure.GapTurned:
		return "the gap turned to the other side" + sizes
	case measure.GapMayHaveTurned:
		return "the gap may have turned to the other side" + sizes
	case measure.GapSteady:
		return "the gap’s change is too small to tell"
	}
	return "the two reviews can’t be compared"
}

// gapSize puts a gap and its direction into words.
func gapSize(gap float64) string {
	switch size := kit.Score(math.Abs(gap)); {
	case size == kit.Score(0):
		return "none"
	case gap > 0:
		return size + " above their view"
	default:
		return size + " below their view"
	}
}
