package report

import (
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

func reviewsOf(all []*model.MentorReview, assessmentID string) []*model.MentorReview {
	var own []*model.MentorReview
	for _, review := range all {
		if review.AssessmentID == assessmentID {
			own = append(own, review)
		}
	}
	return own
}

// conversationRow gathers what all say of one competency: levels, comments, proposals.
func conversationRow(assessment *model.Assessment, competency model.CompetencyResult, reviews []*model.MentorReview, agreements []model.AgreedLevel) model.ConversationRow {
	row := model.ConversationRow{Competency: competency}
	for _, review := range reviews {
		one := model.ReviewRating{Review: review, Rating: review.Rating(competency.ID)}
		for i := range agreements {
			agreement := &agreements[i]
			switch {
			case agreement.ReviewID != review.ID || agreement.Competency != competency.ID:
			case agreement.Level != 0:
				one.Agreed = agreement
			case agreement.ProposedBy == model.MentorParty:
				one.TakenBack = agreement.ProposedAt
			}
		}
		if one.Rating.Current() != model.Blank || one.Rating.Comment != "" || one.Agreed != nil || one.NewLevel() {
			row.Ratings = append(row.Ratings, one)
		}
	}
	levels, constants := blindOf(reviews, competency.ID)
	row.Agreement = assessment.Constants.Agreement(constants, competency.Score, assessment.Noise, levels)
	_, row.MentorLower, row.MentorUpper = assessment.Constants.MentorBand(constants, assessment.Noise, levels)
	return row
}

// blindOf returns the blind levels of a competency in the reviews that count, and the constants that they are read with:
// those frozen in the oldest of those reviews that has one.
func blindOf(reviews []*model.MentorReview, competency string) (levels []int, constants measure.MentorConstants) {
	for _, review := range reviews {
		if !review.Counts() {
			continue
		}
		level := blindLevels(review.Rating(competency))
		if len(levels) == 0 && len(level) > 0 {
			constants = review.Constants
		}
		levels = append(levels, level...)
	}
	return levels, constants
}

func gapPoint(result *model.Result, id string, reviews []*model.MentorReview) model.GapPoint {
	competency, _ := result.Competency(id)
	assessment := result.Assessment
	point := model.GapPoint{Assessment: assessment, Self: competency.Score}
	levels, constants := blindOf(reviews, id)
	point.Mentors = len(levels)
	point.MentorMean, point.MentorLower, point.MentorUpper = assessment.Constants.MentorBand(constants, assessment.Noise, levels)
	for _, review := range reviews {
		if level := blindLevels(review.Rating(id)); len(level) > 0 {
			rating := model.GapRating{MentorID: review.MentorID, Name: review.By()}
			rating.Level, rating.Lower, rating.Upper = assessment.Constants.MentorBand(review.Constants, assessment.Noise, level)
			point.Ratings = append(point.Ratings, rating)
		}
	}
	return point
}

// gapChanges returns, for each mentor who rated a competency blind at two assessments of a stretch, whether the gap
// changed between the latest two. The stretch begins at the assessment first.
func (r Reports) gapChanges(assessments []model.Answered, first int, competency string, points []model.GapPoint, reviews []*model.MentorReview) []model.MentorGapChange {
	var changes []model.MentorGapChange
	var seen []string
	for _, review := range reviews {
		if slices.Contains(seen, review.MentorID) {
			continue
		}
		seen = append(seen, review.MentorID)
		var rated []int // positions among the points
		var own []*model.MentorReview
		for i, point := range points {
			at := slices.IndexFunc(reviews, func(candidate *model.MentorReview) bool {
				return candidate.Counts() && candidate.MentorID == review.MentorID && candidate.AssessmentID == point.Assessment.ID
			})
			if at >= 0 && point.Self.Known && reviews[at].Rating(competency).Blind() {
				rated, own = append(rated, i), append(own, reviews[at])
			}
		}
		if last := len(rated) - 1; last > 0 {
			changes = append(changes, r.gapChange(assessments, first, competency, points, rated[last-1:], own[last-1:]))
		}
	}
	return changes
}

// gapChange judges the gap to one mentor at two points, by that mentor's reviews of the two.
func (r Reports) gapChange(assessments []model.Answered, first int, competency string, points []model.GapPoint, at []int, reviews []*model.MentorReview) model.MentorGapChange {
	earlier, later := assessments[first+at[0]], assessments[first+at[1]]
	constants := later.Assessment.Constants
	change := constants.Change(pairs(nil, sharedItems(later.Assessment, later.Answers, earlier.Answers), inCompetency(competency)),
		r.NoiseBetween(assessments, first+at[0], first+at[1]))
	return model.MentorGapChange{
		Name: reviews[1].By(), From: earlier.Assessment, To: later.Assessment,
		Change: constants.GapChange(reviews[1].Constants, change, points[at[0]].Self.Value, points[at[1]].Self.Value,
			int(reviews[0].Rating(competency).Level), int(reviews[1].Rating(competency).Level)),
	}
}

// Conversation sets the reviews of an assessment beside its result.
func (r Reports) Conversation(result *model.Result, reviews []*model.MentorReview, agreements []model.AgreedLevel) *model.Conversation {
	conversation := &model.Conversation{Result: result, Reviews: reviewsOf(reviews, result.Assessment.ID)}
	var differences []measure.Difference
	for _, competency := range result.Competencies {
		row := conversationRow(result.Assessment, competency, conversation.Reviews, agreements)
		if len(row.Ratings) == 0 {
			continue
		}
		conversation.Rows = append(conversation.Rows, row)
		differences = append(differences, measure.Difference{
			Competency: competency.ID, Agreement: row.Agreement, Importance: competency.Section.Importance,
		})
	}
	for _, id := range toDiscuss(differences) {
		for _, row := range conversation.Rows {
			if row.Competency.ID == id {
				conversation.Discuss = append(conversation.Discuss, row)
			}
		}
	}
	return conversation
}

// GapLines returns both views of each competency over the stretch of assessments that ends the history given,
// where there are two assessments or more with both.
func (r Reports) GapLines(assessments []model.Answered, reviews []*model.MentorReview) []model.GapLine {
	history := r.History(assessments)
	if len(history.Stretches) == 0 {
		return nil
	}
	stretch := history.Stretches[len(history.Stretches)-1].Results
	first := len(assessments) - len(stretch)
	var lines []model.GapLine
	for _, section := range stretch[len(stretch)-1].Assessment.Sections {
		line := model.GapLine{NamedCompetency: r.Named(section.Competency)}
		both := 0
		for _, result := range stretch {
			point := gapPoint(result, section.Competency, reviewsOf(reviews, result.Assessment.ID))
			if point.Self.Known && point.Mentors > 0 {
				both++
			}
			line.Points = append(line.Points, point)
		}
		if both < 2 {
			continue
		}
		line.Changes = r.gapChanges(assessments, first, section.Competency, line.Points, reviews)
		lines = append(lines, line)
	}
	return lines
}
