package app

import (
	"context"
	"errors"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

const (
	// replacedTokenLife is how long a mentor's token still works after it was replaced: a form that was sent twice
	// carries the old one, and must not make a second mentor of the same browser.
	replacedTokenLife = time.Minute
	// openingPause is how long after an opening another one by the same mentor isn't counted.
	openingPause = time.Minute
)

// Mentor finds the mentor of a token and notes the visit, to about a day. fresh reports whether it was noted just
// now, so that the cookie should be sent again. An unknown or idle token is model.ErrNotFound.
func (a *App) Mentor(ctx context.Context, token string) (mentor model.Mentor, fresh bool, err error) {
	now := a.now()
	mentor, err = a.store.MentorByToken(ctx, hashToken(token), now.Add(-model.SessionIdle), now.Add(-replacedTokenLife))
	if err != nil {
		return model.Mentor{}, false, err
	}
	if now.Sub(mentor.SeenAt) < seenPrecision {
		return mentor, false, nil
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error { return tx.SeeMentor(ctx, mentor, now) })
	return mentor, true, err
}

// Invitation returns what the page behind a link says before its button is pressed. A secret that opens nothing,
// whether it is unknown, expired or revoked, is model.ErrNotFound and counts as a guess; after too many of those any
// secret, even a right one, is a model.Throttled error. Nothing else is changed.
func (a *App) Invitation(ctx context.Context, input model.OpenInput) (*model.Invitation, error) {
	share, refusal, err := a.bySecret(ctx, a.store, input)
	switch {
	case err != nil:
		return nil, err
	case errors.Is(refusal, model.ErrNotFound):
		if err := a.store.InTx(ctx, func(tx *store.Store) error { return a.countFailure(ctx, tx, sharePurpose, input.From) }); err != nil {
			return nil, err
		}
		return nil, refusal
	case refusal != nil:
		return nil, refusal
	}
	invitation := &model.Invitation{Sharer: share.Sharer, ExpiresAt: share.ExpiresAt, Scope: share.Scope, Asked: len(share.Competencies)}
	if share.ManagerID == input.ManagerID {
		invitation.Own, invitation.ShareID = true, share.ID
		return invitation, nil
	}
	if _, err := a.store.GrantedShare(ctx, input.Mentor.ID, share.ID); !errors.Is(err, model.ErrNotFound) {
		return invitation, err
	}
	others, err := a.store.OtherBrowsers(ctx, share.ID, input.Mentor.ID)
	invitation.Elsewhere = others > 0
	return invitation, err
}

// bySecret finds the live share that a secret opens. refusal is model.ErrNotFound if there is none, and a
// model.Throttled error for a client who has guessed too often.
func (a *App) bySecret(ctx context.Context, data *store.Store, input model.OpenInput) (share *model.Share, refusal, err error) {
	if refusal, err := a.throttled(ctx, data, sharePurpose, input.From); refusal != nil || err != nil {
		return nil, refusal, err
	}
	share, err = data.ShareBySecret(ctx, hashToken(input.Secret), a.now())
	if errors.Is(err, model.ErrNotFound) {
		return nil, err, nil
	}
	return share, nil, err
}

// OpenShare lets the visitor's browser into the share that a secret opens, as a mentor, and notes the opening. A
// browser that is new to the share gets a new token; one too many is model.ErrShareFull. A manager who opens their own
// share changes nothing. A secret that opens nothing is refused as Invitation does.
func (a *App) OpenShare(ctx context.Context, input model.OpenInput) (model.Opened, error) {
	var opened model.Opened
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err := a.store.InTx(ctx, func(tx *store.Store) (err error) {
		var share *model.Share
		opened = model.Opened{}
		share, refusal, err = a.bySecret(ctx, tx, input)
		switch {
		case err != nil:
			return err
		case errors.Is(refusal, model.ErrNotFound):
			return a.countFailure(ctx, tx, sharePurpose, input.From)
		case refusal != nil:
			return nil
		}
		opened.ShareID = share.ID
		if opened.Own = share.ManagerID == input.ManagerID; opened.Own {
			return nil
		}
		opened.Token, err = a.grant(ctx, tx, share, input)
		return err
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return model.Opened{}, err
	}
	return opened, nil
}

// grant grants a share to a mentor, a new one if need be, and returns the token that their browser needs from
// now on; "" if it keeps the one that it has.
func (a *App) grant(ctx context.Context, tx *store.Store, share *model.Share, input model.OpenInput) (token string, err error) {
	now, mentor := a.now(), input.Mentor
	others, err := tx.OtherBrowsers(ctx, share.ID, mentor.ID)
	if err != nil {
		return "", err
	}
	if others >= model.BrowserLimit {
		return "", model.ErrShareFull
	}
	current, err := tx.MentorToken(ctx, mentor)
	if err != nil {
		return "", err
	}
	token = a.random()
	if current == "" { // a new browser, or one that has idled too long meanwhile
		mentor = model.Mentor{ID: a.random(), BrowserID: a.random(), TokenHash: hashToken(token), CreatedAt: now, SeenAt: now}
		if err := tx.CreateMentor(ctx, mentor, input.Label); err != nil {
			return "", err
		}
	}
	added, err := tx.Grant(ctx, mentor.ID, share.ID, now)
	if err != nil {
		return "", err
	}
	switch {
	case current == "":
	case added || current != mentor.TokenHash:
		// What the token opens has changed, or the browser sent the former token and may never have received the new
		// one.
		if err := tx.ReplaceMentorToken(ctx, mentor, hashToken(token), now); err != nil {
			return "", err
		}
	default:
		token = ""
	}
	if err := tx.CountOpening(ctx, share.ID, mentor.ID, now, now.Add(-openingPause)); err != nil {
		return "", err
	}
	return token, a.revealAtOpening(ctx, tx, share, mentor.ID)
}

// revealAtOpening notes that a mentor sees everything in a share that asks for no rating. They are no longer blind,
// even if another share lets them rate.
func (a *App) revealAtOpening(ctx context.Context, tx *store.Store, share *model.Share, mentorID string) error {
	if !share.Scope.Result || share.Scope.Rating {
		return nil
	}
	return a.revealShown(ctx, tx, share, mentorID)
}

// revealShown notes that a mentor sees all scores that a share shows.
func (a *App) revealShown(ctx context.Context, tx *store.Store, share *model.Share, mentorID string) error {
	if share.Scope.History {
		return tx.RevealHistory(ctx, mentorID, share.AssessmentID, a.now())
	}
	return tx.RevealAssessment(ctx, mentorID, share.AssessmentID, a.now())
}
