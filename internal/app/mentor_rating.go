package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// RatingPage returns one competency of a share, to be rated. What it shows of an earlier rating keeps a change of a later
// one apart. One that the share's assessment doesn't have is
// model.ErrNotFound, and so is a share that allows no rating.
func (a *App) RatingPage(ctx context.Context, mentor model.Mentor, shareID, competency string) (*model.RatingPage, error) {
	found, err := a.sharing(ctx, mentor, shareID, needRating)
	if err != nil {
		return nil, err
	}
	page := ratingPage(found.shown, competency)
	if page == nil {
		return nil, model.ErrNotFound
	}
	return page, a.leanLater(ctx, mentor, found, []model.Rating{page.Competency.Rating})
}

// ratingPage places a competency among those of a share; nil if it isn't one of them.
func ratingPage(shared *model.Shared, id string) *model.RatingPage {
	page := &model.RatingPage{Shared: shared}
	asked := 0
	for i, competency := range shared.Competencies {
		if competency.Asked {
			asked++
		}
		if competency.ID != id {
			continue
		}
		page.Competency, page.Position = competency, i+1
		if i > 0 {
			page.Before = shared.Competencies[i-1].ID
		}
		if i+1 < len(shared.Competencies) {
			page.After = shared.Competencies[i+1].ID
		}
	}
	if page.Position == 0 {
		return nil
	}
	page.Count, page.LastAsked = asked, page.Position == asked
	if !page.Competency.Asked {
		page.Position, page.Count = page.Position-asked, len(shared.Competencies)-asked
		page.LastAsked = false
	}
	return page
}

// SaveRating keeps how a mentor sees one competency, durably before it returns. Once the manager's score was shown to
// them, or something else that could lean it, a level is kept apart. Two tabs are treated as in SaveAnswers. Bad input is a model.Invalid error on "level",
// "comment" or "competency".
func (a *App) SaveRating(ctx context.Context, mentor model.Mentor, shareID, competency string, input model.RatingInput) (saved model.SavedRating, err error) {
	input.Comment = cleanText(input.Comment)
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needRating)
		if err != nil {
			return err
		}
		if err := a.checkRating(ctx, tx, share, competency, input); err != nil {
			return err
		}
		saved, err = a.saveRating(ctx, tx, mentor, share, competency, input)
		if err != nil || saved.Conflict {
			return err
		}
		if input.Last {
			return a.showLast(ctx, tx, mentor, share, competency)
		}
		if !input.Look {
			return nil
		}
		if !needResult(share.Scope) {
			return model.ErrNotFound
		}
		return tx.Reveal(ctx, mentor.ID, share.AssessmentID, competency, a.now())
	})
	if err != nil {
		return model.SavedRating{}, err
	}
	found, err := a.sharing(ctx, mentor, shareID, needRating)
	if err != nil {
		return saved, err
	}
	saved.Page = ratingPage(found.shown, competency)
	return saved, nil
}

// showLast notes that a mentor is shown what they said of a competency last time. Before they rate it, nothing should lean
// them, not even they themselves: a model.Invalid error on "level".
func (a *App) showLast(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, competency string) error {
	review, err := a.reviewOf(ctx, tx, mentor, share)
	if err != nil {
		return err
	}
	if review.Rating(competency).Current() == model.Blank {
		return refused("level", "Choose a level first, or “Not observed”: what you said last time shows after that.")
	}
	return tx.Glimpse(ctx, mentor.ID, share.AssessmentID, competency, a.now())
}

func (a *App) checkRating(ctx context.Context, tx *store.Store, share *model.Share, competency string, input model.RatingInput) error {
	var fields fieldErrors
	asks, err := tx.Asks(ctx, share.ManagerID, share.AssessmentID, competency)
	if err != nil {
		return err
	}
	if !asks {
		fields.add("competency", "Choose one of the competencies that were shared with you.")
	}
	if _, valid := model.ReadLevel(input.Level); !valid {
		fields.add("level", "Choose a level from 1 to 5, or “Not observed”.")
	}
	fields.bound("comment", "this comment", input.Comment, model.CommentLimit)
	return fields.err()
}

// saveRating is the part of SaveRating that writes.
func (a *App) saveRating(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, competency string, input model.RatingInput) (model.SavedRating, error) {
	typed, _ := model.ReadLevel(input.Level)
	review, err := a.reviewToWrite(ctx, tx, mentor, share, typed == model.Blank && input.Comment == "")
	if err != nil || review == nil {
		return model.SavedRating{}, err
	}
	rating, err := tx.Rating(ctx, review.ID, competency)
	if err != nil {
		return model.SavedRating{}, err
	}
	stored := []string{rating.Current().Typed(), rating.Comment}
	merged, conflict := merge(input.Seen, stored, []string{typed.Typed(), input.Comment})
	saved := model.SavedRating{Revision: rating.Revision, Conflict: conflict}
	if slices.Equal(merged, stored) {
		return saved, nil
	}
	if merged[0] != stored[0] {
		if rating, saved.Later, err = a.withSentLevel(ctx, tx, mentor, share, rating, merged[0]); err != nil {
			return saved, err
		}
	}
	saved.Revision++
	rating.Comment, rating.UpdatedAt = merged[1], a.now()
	if err := tx.PutRating(ctx, mentor.ID, review.ID, rating); err != nil {
		return saved, err
	}
	return saved, tx.TouchReview(ctx, mentor.ID, review.ID, a.now())
}

// SeenRating says what a page saw of a rating, as Seen does of an answer.
func SeenRating(rating model.Rating) string {
	return seenToken(rating.Revision, rating.Current().Typed(), rating.Comment)
}

// reviewToWrite reads a mentor's review, and begins it if there is something to write; nil if there is neither a
// review nor anything to write.
func (a *App) reviewToWrite(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, nothing bool) (*model.MentorReview, error) {
	if nothing {
		return tx.Review(ctx, mentor.ID, share.AssessmentID, a.now())
	}
	return a.begunReview(ctx, tx, mentor, share)
}

// withSentLevel sets the level of a rating as a page sent it, and reports whether it was kept apart.
func (a *App) withSentLevel(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, rating model.Rating, sent string) (model.Rating, bool, error) {
	revealed, err := tx.Reveals(ctx, mentor.ID, share.AssessmentID)
	if err != nil {
		return rating, false, err
	}
	glimpsed, err := tx.Glimpses(ctx, mentor.ID, share.AssessmentID)
	if err != nil {
		return rating, false, err
	}
	level, _ := model.ReadLevel(sent)
	_, shown := revealed[rating.Competency]
	_, leant := glimpsed[rating.Competency]
	return withLevel(rating, level, shown || leant), shown || leant, nil
}

// glimpses notes that a mentor is shown what could lean their ratings of competencies, where that isn't noted yet. A level
// that they give from then on is kept apart, through whichever share, as one is that they give after seeing the score.
func (a *App) glimpses(ctx context.Context, mentor model.Mentor, found *sharing, competencies []string) error {
	var fresh []glimpse
	for _, id := range competencies {
		if found.review.Rating(id).CanLean() {
			fresh = append(fresh, glimpse{found.share.AssessmentID, id})
		}
	}
	return a.noteGlimpses(ctx, mentor, fresh)
}

// glimpse is what a mentor is shown that could lean their rating of a competency of an assessment.
type glimpse struct{ assessment, competency string }

// noteGlimpses notes them, durably before it returns.
func (a *App) noteGlimpses(ctx context.Context, mentor model.Mentor, seen []glimpse) error {
	if len(seen) == 0 {
		return nil
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		for _, one := range seen {
			if err := tx.Glimpse(ctx, mentor.ID, one.assessment, one.competency, a.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// withLevel sets the level of a rating: the first one while nothing that could lean it was shown, the later one
// from then on. A later one that repeats or takes back the first is none.
func withLevel(rating model.Rating, level model.Level, shown bool) model.Rating {
	switch {
	case !shown:
		rating.Level = level
	case level == rating.Level:
		rating.Later = model.Blank
	default:
		rating.Later = level
	}
	return rating
}

// begunReview reads a mentor's review of the assessment of a share, and begins it where there is none.
func (a *App) begunReview(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share) (*model.MentorReview, error) {
	review, err := tx.Review(ctx, mentor.ID, share.AssessmentID, a.now())
	if err != nil || review != nil {
		return review, err
	}
	begun := newReview(mentor.ID, share.AssessmentID)
	begun.ID, begun.StartedAt = a.random(), a.now()
	if err := tx.StartReview(ctx, share.ID, begun); err != nil {
		return nil, err
	}
	return tx.Review(ctx, mentor.ID, share.AssessmentID, a.now())
}
