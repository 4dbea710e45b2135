package app

import (
	"context"
	"maps"
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// need is what a mentor's use case needs a share to show or allow.
type need func(model.ShareScope) bool

func needNothing(model.ShareScope) bool       { return true }
func needRating(scope model.ShareScope) bool  { return scope.Rating }
func needResult(scope model.ShareScope) bool  { return scope.Result }
func needHistory(scope model.ShareScope) bool { return scope.History }
func needBoth(scope model.ShareScope) bool    { return scope.Result && scope.Rating }

// grantedShare reads a share that a mentor has opened, live or not. One that they never opened is model.ErrNotFound, and
// so is one of a manager for whom their browser has acted: however it came here, nobody reads what others say of them before
// it is sent, or rates themselves. One that opens for one person alone, or through which they would
// read what they wrote by such a link, is model.ErrShareAddressed wherever they aren't signed in as that person.
func grantedShare(ctx context.Context, data *store.Store, mentor model.Mentor, shareID string) (*model.Share, error) {
	share, err := data.GrantedShare(ctx, mentor.ID, shareID)
	if err != nil {
		return nil, err
	}
	if mentor.Is(share.ManagerID) {
		return nil, model.ErrNotFound
	}
	opens, err := data.OpensTo(ctx, mentor, shareID)
	if err == nil && !opens {
		err = model.ErrShareAddressed
	}
	if err != nil {
		return nil, err
	}
	return share, nil
}

// openedShare reads a share that a mentor has opened. One that they never opened, or that doesn't show or
// allow what is needed, is model.ErrNotFound; one that has ended is model.ErrShareEnded.
func (a *App) openedShare(ctx context.Context, data *store.Store, mentor model.Mentor, shareID string, needs need) (*model.Share, error) {
	share, err := grantedShare(ctx, data, mentor, shareID)
	if err != nil {
		return nil, err
	}
	if !needs(share.Scope) {
		return nil, model.ErrNotFound
	}
	if share.State(a.now()) != model.ShareLive {
		return nil, model.ErrShareEnded
	}
	return share, nil
}

// Received lists the shares that a mentor has opened, the latest first, including those that have ended, but none of a
// manager for whom their browser has acted, and none that opens for another person than who is signed in.
func (a *App) Received(ctx context.Context, mentor model.Mentor) ([]model.Received, error) {
	list, err := a.store.ReceivedShares(ctx, mentor, a.now())
	list = slices.DeleteFunc(list, func(one model.Received) bool { return mentor.Is(one.ManagerID) })
	for i := range list {
		list[i].ManagerID = "" // no mentor is told whose it is but by the name that was given
	}
	return list, err
}

// ClosedToVisitor reports whether a mentor has opened or written something that opens for one person alone, and not in their
// browser, since they aren't signed in there as that person.
func (a *App) ClosedToVisitor(ctx context.Context, mentor model.Mentor) (bool, error) {
	return a.store.ClosedToVisitor(ctx, mentor)
}

// reviewOf reads what a mentor says of the assessment of a share, with what was revealed to them; one
// without a word if they haven't begun.
func (a *App) reviewOf(ctx context.Context, data *store.Store, mentor model.Mentor, share *model.Share) (*model.MentorReview, error) {
	return a.reviewBy(ctx, data, mentor.ID, share.AssessmentID)
}

// reviewBy is reviewOf for whichever link to an assessment.
func (a *App) reviewBy(ctx context.Context, data *store.Store, mentorID, assessmentID string) (*model.MentorReview, error) {
	review, err := data.Review(ctx, mentorID, assessmentID, a.now())
	if err != nil {
		return nil, err
	}
	if review == nil {
		review = newReview(mentorID, assessmentID)
	}
	revealed, err := data.Reveals(ctx, mentorID, assessmentID)
	for competency, at := range revealed {
		rating := review.Rating(competency)
		rating.RevealedAt = at
		review.Ratings[competency] = rating
	}
	if err != nil {
		return nil, err
	}
	glimpsed, err := data.Glimpses(ctx, mentorID, assessmentID)
	for competency, at := range glimpsed {
		rating := review.Rating(competency)
		rating.GlimpsedAt = at
		review.Ratings[competency] = rating
	}
	return review, err
}

func newReview(mentorID, assessmentID string) *model.MentorReview {
	return &model.MentorReview{
		AssessmentID: assessmentID, MentorID: mentorID, Live: true,
		Constants: measure.MentorDefaults(), Ratings: map[string]model.Rating{},
	}
}

// sharing is what a mentor's use case works on: the share and the assessment as they are, the mentor's review, and
// what the mentor is shown of them.
type sharing struct {
	share  *model.Share
	review *model.MentorReview
	shown  *model.Shared
}

// sharing reads a share for its mentor; its errors are those of openedShare.
func (a *App) sharing(ctx context.Context, mentor model.Mentor, shareID string, needs need) (*sharing, error) {
	share, err := a.openedShare(ctx, a.store, mentor, shareID, needs)
	if err != nil {
		return nil, err
	}
	review, err := a.reviewOf(ctx, a.store, mentor, share)
	if err != nil {
		return nil, err
	}
	shown, err := a.shown(ctx, share, review)
	if err == nil && share.Scope.Rating {
		err = a.addLast(ctx, mentor, share, shown)
	}
	return &sharing{share, review, shown}, err
}

// shown reads what a share is about and returns it as its mentor sees it.
func (a *App) shown(ctx context.Context, share *model.Share, review *model.MentorReview) (*model.Shared, error) {
	assessment, err := a.store.Assessment(ctx, share.ManagerID, share.AssessmentID)
	if err != nil {
		return nil, err
	}
	if len(share.Commitments) == 0 { // a share that isn't made yet has them
		if share.Commitments, err = a.store.ShownCommitments(ctx, share.ManagerID, share.ID); err != nil {
			return nil, err
		}
	}
	if share.Scope.Log && len(share.Entries) == 0 { // likewise
		if share.Entries, err = a.store.ShownLog(ctx, share.ManagerID, share.ID); err != nil {
			return nil, err
		}
	}
	shown := a.reports.SharedFrom(share, assessment, review)
	if share.Scope.History {
		shown.Earlier, err = a.earlier(ctx, share.ManagerID, share.AssessmentID)
	}
	return shown, err
}

// earlier counts the finished assessments of a manager before one of them.
func (a *App) earlier(ctx context.Context, managerID, assessmentID string) (int, error) {
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	for i, assessment := range finished { // the latest first
		if assessment.ID == assessmentID {
			return len(finished) - i - 1, err
		}
	}
	return 0, err
}

// Shared returns a share as its mentor sees it. One that they never opened is model.ErrNotFound, one that has
// ended model.ErrShareEnded, here and in every use case of a mentor. A rating that what it shows could lean, and that they
// change from then on, is kept apart.
func (a *App) Shared(ctx context.Context, mentor model.Mentor, shareID string) (*model.Shared, error) {
	found, err := a.sharing(ctx, mentor, shareID, needNothing)
	if err != nil {
		return nil, err
	}
	if err := a.leanLater(ctx, mentor, found, slices.Collect(maps.Values(found.review.Ratings))); err != nil {
		return nil, err
	}
	return found.shown, a.glimpses(ctx, mentor, found, report.ListLeans(found.shown))
}

// SharedToRate is Shared for a page of those that let a mentor rate; a share that doesn't is model.ErrNotFound,
// also once it has ended.
func (a *App) SharedToRate(ctx context.Context, mentor model.Mentor, shareID string) (*model.Shared, error) {
	found, err := a.sharing(ctx, mentor, shareID, needRating)
	if err != nil {
		return nil, err
	}
	if found.review.Revision == 0 {
		found.shown.KnownAs, err = a.store.LastNameOf(ctx, mentor)
	}
	return found.shown, err
}

// EndedShare tells a mentor of a share that they had opened and that has ended; any other is
// model.ErrNotFound.
func (a *App) EndedShare(ctx context.Context, mentor model.Mentor, shareID string) (*model.EndedShare, error) {
	share, err := grantedShare(ctx, a.store, mentor, shareID)
	if err != nil {
		return nil, err
	}
	if share.State(a.now()) == model.ShareLive {
		return nil, model.ErrNotFound
	}
	review, err := a.reviewOf(ctx, a.store, mentor, share)
	if err != nil {
		return nil, err
	}
	return &model.EndedShare{Sharer: share.Sharer, EndedAt: share.EndedAt(), Sent: !review.SentAt.IsZero()}, nil
}

// ForgetShare takes a share off the list of its mentor, whether it is still live or not; withdraw removes what they
// wrote of its assessment, too. What was revealed to them stays noted, so that nobody counts as blind again.
func (a *App) ForgetShare(ctx context.Context, mentor model.Mentor, shareID string, withdraw bool) error {
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := grantedShare(ctx, tx, mentor, shareID)
		if err != nil {
			return err
		}
		if withdraw {
			if err := a.takeBack(ctx, tx, mentor, share); err != nil {
				return err
			}
		}
		return tx.TakeGrant(ctx, mentor.ID, shareID)
	})
	if err == nil && withdraw {
		_ = a.store.ListErasures(context.WithoutCancel(ctx)) // as erasing does
	}
	return err
}

// takeBack deletes what a mentor wrote of the assessment of a share, and notes it for a restored backup.
func (a *App) takeBack(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share) error {
	review, err := tx.Review(ctx, mentor.ID, share.AssessmentID, a.now())
	if err != nil || review == nil {
		return err
	}
	if err := tx.DeleteReview(ctx, mentor.ID, share.AssessmentID); err != nil {
		return err
	}
	return tx.NoteErasure(ctx, a.now(), review.ID)
}
