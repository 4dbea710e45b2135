package app

import (
	"context"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// discussed is how many competencies a conversation begins with.
const discussed = 3

// Reveal notes that a mentor is shown the manager's scores from now on: of one competency, of those that
// they have given a word on (model.RevealRated), or of all that the share shows (model.RevealAll). A level
// that they give after that stands apart. What the share doesn't show is model.ErrNotFound.
func (a *App) Reveal(ctx context.Context, mentor model.Mentor, shareID, what string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needResult)
		if err != nil {
			return err
		}
		switch what {
		case model.RevealAll:
			return a.revealShown(ctx, tx, share, mentor.ID)
		case model.RevealRated:
			return a.revealRated(ctx, tx, share, mentor)
		}
		asks, err := tx.Asks(ctx, share.ManagerID, share.AssessmentID, what)
		if err != nil {
			return err
		}
		if !asks {
			return model.ErrNotFound
		}
		return tx.Reveal(ctx, mentor.ID, share.AssessmentID, what, a.now())
	})
}

func (a *App) revealRated(ctx context.Context, tx *store.Store, share *model.Share, mentor model.Mentor) error {
	review, err := a.reviewOf(ctx, tx, mentor, share)
	if err != nil {
		return err
	}
	for _, rating := range review.Ratings {
		if rating.Current() == model.Blank {
			continue
		}
		if err := tx.Reveal(ctx, mentor.ID, share.AssessmentID, rating.Competency, a.now()); err != nil {
			return err
		}
	}
	return nil
}

// SideBySide gives what a mentor and the manager say of the competencies that are revealed. A share that
// doesn't show the result, or that allows no rating, is model.ErrNotFound.
func (a *App) SideBySide(ctx context.Context, mentor model.Mentor, shareID string) (*model.SideBySide, error) {
	found, err := a.sharing(ctx, mentor, shareID, needBoth)
	if err != nil {
		return nil, err
	}
	sittings, err := a.snapshot(ctx, found.share, false)
	if err != nil {
		return nil, err
	}
	agreements, err := a.store.ReviewAgreements(ctx, found.review.ID)
	if err != nil {
		return nil, err
	}
	return a.sideBySide(found.shown, sittings[0], agreements), nil
}

// sideBySide sets the revealed competencies of a share beside each other. The sitting is compared with none
// before it: what these say isn't revealed with a competency.
func (r reports) sideBySide(shared *model.Shared, sitting store.Sitting, agreements []model.AgreedLevel) *model.SideBySide {
	beside := &model.SideBySide{Shared: shared}
	result := r.result(sitting.Assessment, sitting.Answers)
	for _, competency := range shared.Competencies {
		if competency.Rating.RevealedAt.IsZero() {
			continue
		}
		both := bothViews(result, shared.Review, competency)
		for i := range agreements {
			if agreements[i].Competency == competency.ID {
				// With is the name that stands in the review; the label of a link is for its manager alone.
				agreements[i].With = shared.Review.Name
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
	both := model.BothViews{Competency: competency, Rating: shared.Rating, Note: firstNote(result, competency)}
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

// snapshot reads the sittings that a share is bound to, the oldest first, as a mentor may see them: the
// shared one last, and those before it where the share shows them and they are wanted.
func (a *App) snapshot(ctx context.Context, share *model.Share, withHistory bool) ([]store.Sitting, error) {
	var sittings []store.Sitting
	if withHistory && share.Scope.History {
		all, err := a.store.History(ctx, share.ManagerID)
		if err != nil {
			return nil, err
		}
		if sittings = upTo(all, share.AssessmentID); sittings == nil {
			return nil, model.ErrNotFound // deleted meanwhile
		}
	} else {
		one, err := a.finished(ctx, share.ManagerID, share.AssessmentID)
		if err != nil {
			return nil, err
		}
		sittings = []store.Sitting{one}
	}
	for i := range sittings {
		sittings[i] = sittingForMentor(sittings[i], share.Scope.Notes)
	}
	return sittings, nil
}

// upTo cuts a history after an assessment; nil if that is not in it.
func upTo(sittings []store.Sitting, assessmentID string) []store.Sitting {
	for i, sitting := range sittings {
		if sitting.Assessment.ID == assessmentID {
			return sittings[:i+1]
		}
	}
	return nil
}

// sittingForMentor leaves of a sitting the levels, and the notes where they are shared: no names, no look
// back, no times of reading.
func sittingForMentor(sitting store.Sitting, withNotes bool) store.Sitting {
	shown := store.Sitting{Assessment: assessmentForMentor(sitting.Assessment), Answers: model.Answers{}}
	for id, answer := range sitting.Answers {
		kept := model.Answer{Item: answer.Item, Level: answer.Level}
		if withNotes {
			kept.Note = answer.Note
		}
		shown.Answers[id] = kept
	}
	return shown
}

// SharedResult gives the whole result as a mentor sees it, with the change since the sitting before where
// the history is shared and was revealed, too. While they may still rate blind, there is no result yet but
// the number of competencies that looking would mark. A share that doesn't show the result is
// model.ErrNotFound.
func (a *App) SharedResult(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedResult, error) {
	found, err := a.sharing(ctx, mentor, shareID, needResult)
	if err != nil {
		return nil, err
	}
	if !found.shown.Revealed() {
		return &model.SharedResult{Shared: found.shown, Unrated: unrated(found.shown)}, nil
	}
	// Whoever had the competencies shown one by one has not asked for what the earlier sittings say.
	revealed, err := a.store.HistoryRevealed(ctx, mentor.ID, found.share.AssessmentID)
	if err != nil {
		return nil, err
	}
	sittings, err := a.snapshot(ctx, found.share, revealed)
	if err != nil {
		return nil, err
	}
	return &model.SharedResult{Shared: found.shown, Result: a.latestResult(sittings)}, nil
}

// latestResult says what the last of some sittings means, compared with the one before.
func (r reports) latestResult(sittings []store.Sitting) *model.Result {
	last := sittings[len(sittings)-1]
	result := r.withPractices(r.result(last.Assessment, last.Answers))
	if len(sittings) > 1 {
		before := sittings[len(sittings)-2]
		r.compare(result, before.Assessment, before.Answers, last.Assessment.Noise)
	}
	return result
}

// unrated counts the competencies that revealing everything would mark as not blind.
func unrated(shared *model.Shared) int {
	count := 0
	for _, competency := range shared.Competencies {
		if competency.Rating.RevealedAt.IsZero() && competency.Rating.Current() == model.Blank {
			count++
		}
	}
	return count
}

// SharedHistory gives the history up to the shared assessment as a mentor sees it, once they have asked for
// all that the share shows: until then there is the number of competencies that this would mark as not
// blind. A share that doesn't show it is model.ErrNotFound.
func (a *App) SharedHistory(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedHistory, error) {
	found, err := a.sharing(ctx, mentor, shareID, needHistory)
	if err != nil {
		return nil, err
	}
	revealed, err := a.store.HistoryRevealed(ctx, mentor.ID, found.share.AssessmentID)
	if err != nil {
		return nil, err
	}
	if !revealed {
		return &model.SharedHistory{Shared: found.shown, Unrated: unrated(found.shown)}, nil
	}
	sittings, err := a.snapshot(ctx, found.share, true)
	if err != nil {
		return nil, err
	}
	return &model.SharedHistory{Shared: found.shown, History: a.history(sittings)}, nil
}
