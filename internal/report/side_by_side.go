package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// discussed is how many competencies a conversation begins with.
const discussed = 3

// toDiscuss are the competencies most worth discussing, the first the most.
func toDiscuss(differences []measure.Difference) []string {
	var ids []string
	for _, difference := range measure.Discuss(differences) {
		ids = append(ids, difference.Competency)
	}
	return ids[:min(discussed, len(ids))]
}

// bothViews sets a mentor's rating beside the manager's own score. The rating counts if it was blind.
func bothViews(result *model.Result, review *model.MentorReview, shared model.SharedCompetency) model.BothViews {
	competency, _ := result.Competency(shared.ID)
	assessment := result.Assessment
	both := model.BothViews{Competency: competency, Rating: shared.Rating, Last: shared.Last, Note: firstNote(result, competency)}
	levels := blindLevels(shared.Rating)
	both.Agreement = assessment.Constants.Agreement(review.Constants, competency.Score, assessment.Noise, levels)
	_, both.MentorLower, both.MentorUpper = assessment.Constants.MentorBand(review.Constants, assessment.Noise, levels)
	return both
}

// blindLevels are the levels of ratings that were given before the manager's score was shown.
func blindLevels(ratings ...model.Rating) []int {
	var levels []int
	for _, rating := range ratings {
		if rating.Blind() {
			levels = append(levels, int(rating.Level))
		}
	}
	return levels
}

// firstNote is the first note of a competency's answers; "" where there is none.
func firstNote(result *model.Result, competency model.CompetencyResult) string {
	for _, item := range competency.Section.Items {
		if note := result.Answers.Get(item.ID).Note; note != "" {
			return note
		}
	}
	return ""
}

// UpTo returns a history up to and including an assessment; nil if that is not in it.
func UpTo(assessments []model.Answered, assessmentID string) []model.Answered {
	for i, answered := range assessments {
		if answered.Assessment.ID == assessmentID {
			return assessments[:i+1]
		}
	}
	return nil
}

// AnsweredForMentor keeps of an assessment the levels, and the notes if they are shared: no names, no look back, no
// times of reading.
func AnsweredForMentor(answered model.Answered, withNotes bool) model.Answered {
	shown := model.Answered{Assessment: assessmentForMentor(answered.Assessment), Answers: model.Answers{}}
	for id, answer := range answered.Answers {
		kept := model.Answer{Item: answer.Item, Level: answer.Level}
		if withNotes {
			kept.Note = answer.Note
		}
		shown.Answers[id] = kept
	}
	return shown
}

// SideBySide sets the revealed competencies of a share beside each other. The assessment isn't compared with earlier
// ones: revealing a competency doesn't reveal what they say.
func (r Reports) SideBySide(shared *model.Shared, answered model.Answered, agreements []model.AgreedLevel) *model.SideBySide {
	beside := &model.SideBySide{Shared: shared}
	result := r.Result(answered.Assessment, answered.Answers)
	for _, competency := range shared.Competencies {
		if competency.Rating.RevealedAt.IsZero() {
			continue
		}
		both := bothViews(result, shared.Review, competency)
		for i := range agreements {
			if agreements[i].Competency == competency.ID {
				// With is the name given in the review; the label of a link, and what was set aside, are for its manager only.
				agreements[i].With, agreements[i].SetAside = shared.Review.Name, false
				both.Agreed = &agreements[i]
			}
		}
		beside.Rows = append(beside.Rows, both)
	}
	differences := make([]measure.Difference, len(beside.Rows))
	for i, row := range beside.Rows {
		differences[i] = measure.Difference{Competency: row.Competency.ID, Agreement: row.Agreement, Importance: row.Competency.Section.Importance}
	}
	for _, id := range toDiscuss(differences) {
		for _, row := range beside.Rows {
			if row.Competency.ID == id {
				beside.Discuss = append(beside.Discuss, row)
			}
		}
	}
	return beside
}

// LatestResult returns what the last of some assessments means, compared with the latest before it that can be.
func (r Reports) LatestResult(assessments []model.Answered) *model.Result {
	last := assessments[len(assessments)-1]
	result := r.WithPractices(r.Result(last.Assessment, last.Answers))
	r.CompareWithin(result, assessments[:len(assessments)-1])
	return result
}
