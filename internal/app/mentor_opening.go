package app

import (
	"context"
	"errors"
	"slices"
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

// ActsFor notes the first time that a mentor's browser is seen to act for a manager, too, and returns the mentor with all
// for whom it has. From then on nothing that the manager shares is opened in it, whoever is signed in, and what was written
// in it of them before is set aside, unless the mentor has another browser.
func (a *App) ActsFor(ctx context.Context, mentor model.Mentor, managerID string) (model.Mentor, error) {
	if mentor.ID == "" || managerID == "" || mentor.Is(managerID) {
		return mentor, nil
	}
	err := a.store.InTx(ctx, func(tx *store.Store) error { return tx.NoteMentorOwner(ctx, mentor, managerID, a.now()) })
	mentor.Owners = append(slices.Clone(mentor.Owners), managerID)
	return mentor, err
}

// HasShared reports whether a manager has ever shared anything.
func (a *App) HasShared(ctx context.Context, managerID string) (bool, error) {
	return a.store.HasShared(ctx, managerID)
}

// Invitation returns what the page behind a link says before its button is pressed. A secret that opens nothing,
// whether it is unknown, expired or revoked, is model.ErrNotFound and counts as a guess; after too many of those any
// secret, even a right one, is a model.Throttled error. One that is for somebody else than who is signed in is
// model.ErrShareAddressed. Nothing else is changed.
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
	own, err := a.own(ctx, a.store, share, input)
	if err != nil {
		return nil, err
	}
	if own {
		invitation.Own, invitation.ShareID = true, share.ID
		return invitation, nil
	}
	if invitation.Apart, err = a.apart(ctx, a.store, share, input); err != nil || invitation.Apart {
		return invitation, err
	}
	invitation.Addressed = share.Address != ""
	if invitation.Owned = input.Mentor.Is(share.ManagerID); invitation.Owned {
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
// share changes nothing, nor does a browser that has acted for them. A secret that opens nothing, or not for the visitor, is
// refused as Invitation does. What opens for one person alone is kept under their sign-in from then on.
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
		opened.Owned = input.Mentor.Is(share.ManagerID)
		if opened.Own, err = a.own(ctx, tx, share, input); err != nil || opened.Own {
			return err
		}
		if opened.Apart, err = a.apart(ctx, tx, share, input); err != nil || opened.Apart || opened.Owned {
			return err
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
		if err := a.newBrowser(ctx, tx, &mentor, share, input); err != nil {
			return "", err
		}
	}
	if share.Address != "" {
		if err := bindMentor(ctx, tx, mentor, input.ManagerID, input.SessionID, now); err != nil {
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

// newBrowser adds a browser to be a mentor's: a new one's, but that of whoever is signed in where a share opens for one
// person alone.
func (a *App) newBrowser(ctx context.Context, tx *store.Store, mentor *model.Mentor, share *model.Share, input model.OpenInput) error {
	if share.Address == "" {
		return tx.CreateMentor(ctx, *mentor, input.Label)
	}
	kept, err := tx.TiedMentor(ctx, input.ManagerID)
	if errors.Is(err, model.ErrNotFound) {
		if err := tx.CreateMentor(ctx, *mentor, input.Label); err != nil {
			return err
		}
		return tx.TieMentor(ctx, input.ManagerID, mentor.ID, a.now())
	}
	if err != nil {
		return err
	}
	mentor.ID = kept
	return tx.AddMentorBrowser(ctx, *mentor, input.Label)
}

// apart refuses a share to whom it isn't for, and reports whether it opens for one person alone, and the browser holds as a
// mentor's what isn't kept under their sign-in. Whose that is has to be said first.
func (a *App) apart(ctx context.Context, data *store.Store, share *model.Share, input model.OpenInput) (bool, error) {
	if share.Address == "" {
		return false, nil
	}
	theirs, err := data.HasAddress(ctx, input.ManagerID, share.Address)
	if err == nil && !theirs {
		err = model.ErrShareAddressed
	}
	if err != nil || input.Mentor.ID == "" {
		return false, err
	}
	holder, err := data.TiedManager(ctx, input.Mentor.ID)
	return holder != input.ManagerID, err
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
