package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// KeepMentor keeps what was shared with the mentor of a browser under the sign-in of the manager whom its session acts
// for: from then on it opens wherever they sign in, and ends there when they sign out. It returns the token that the
// browser needs from now on; "" if it keeps the one that it has. A mentor of theirs from elsewhere and this one become one.
// Nobody becomes their own mentor, and nobody takes what another keeps: a model.Invalid error on "keep". Two views of
// the same result, which have to be laid together, are one on "drop". Nobody's is model.ErrNotFound.
func (a *App) KeepMentor(ctx context.Context, session model.Session, mentor model.Mentor, drop bool) (token string, err error) {
	if session.ManagerID == "" || mentor.ID == "" {
		return "", model.ErrNotFound
	}
	renewed := a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		token = ""
		holder, err := tx.TiedManager(ctx, mentor.ID)
		switch {
		case err != nil || holder == session.ManagerID:
			return err
		case holder != "":
			return refused("keep", "What was shared with this browser is kept under another sign-in already.")
		}
		sharers, err := tx.SharersWith(ctx, mentor.ID)
		if err != nil {
			return err
		}
		if slices.Contains(sharers, session.ManagerID) {
			return refused("keep", "Something of your own was opened in this browser as a mentor’s. Nobody is their own mentor, so it can’t be kept under your sign-in.")
		}
		kept, err := tx.TiedMentor(ctx, session.ManagerID)
		if errors.Is(err, model.ErrNotFound) {
			if err := tx.TieMentor(ctx, session.ManagerID, mentor.ID, a.now()); err != nil {
				return err
			}
			return bindMentor(ctx, tx, mentor, session.ManagerID, session.ID, a.now())
		}
		if err != nil {
			return err
		}
		refusal, err := a.mayContinue(ctx, tx, kept, model.ContinueInput{Mentor: mentor, ManagerID: session.ManagerID, Drop: drop})
		if err != nil {
			return err
		}
		if invalid, ok := errors.AsType[*model.Error](refusal); ok && invalid.Message("drop") != "" {
			return refusal
		} else if ok {
			return refused("keep", invalid.Message("code"))
		}
		if err := tx.JoinMentors(ctx, mentor.ID, kept, a.now()); err != nil {
			return err
		}
		joined := mentor
		joined.ID = kept
		if _, err := tx.BindMentorBrowser(ctx, joined, session.ID); err != nil {
			return err
		}
		token = renewed
		return tx.ReplaceMentorToken(ctx, joined, hashToken(renewed), a.now())
	})
	return token, err
}

// OpenKept opens, in a browser in which somebody has just signed in, what was shared with them and is kept under their
// sign-in. It returns the token of a mentor that the browser needs; "" for none. A browser that is another mentor's stays
// that, since they can keep it under their sign-in themself, unless it is kept under somebody else's: that
// closes. From the same moment on nothing that the manager shares opens in it.
func (a *App) OpenKept(ctx context.Context, sessionToken string, mentor model.Mentor, label string) (token string, err error) {
	session, err := a.store.SessionByToken(ctx, hashToken(sessionToken), a.now().Add(-model.SessionIdle))
	if err != nil {
		return "", err
	}
	return a.OpenKeptFor(ctx, session, mentor, label)
}

// OpenKeptFor is OpenKept for a session.
func (a *App) OpenKeptFor(ctx context.Context, session model.Session, mentor model.Mentor, label string) (token string, err error) {
	if session.ManagerID == "" {
		return "", nil
	}
	now, renewed := a.now(), a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		token = ""
		if mentor.ID != "" { // a mentor's browser that becomes a manager's
			if err := tx.NoteMentorOwner(ctx, mentor, session.ManagerID, now); err != nil {
				return err
			}
		}
		kept, err := tx.TiedMentor(ctx, session.ManagerID)
		if errors.Is(err, model.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		bound, err := tx.BindMentorBrowser(ctx, model.Mentor{ID: kept, BrowserID: mentor.BrowserID}, session.ID)
		if err != nil || bound {
			return err
		}
		if mentor.ID != "" && mentor.ID != kept {
			holder, err := tx.TiedManager(ctx, mentor.ID)
			if err != nil {
				return err
			}
			if another, err := anotherSignsIn(ctx, tx, holder, session.ManagerID); err != nil || !another {
				return err
			}
			if err := tx.EndMentorBrowser(ctx, mentor); err != nil {
				return err
			}
		}
		opened := model.Mentor{ID: kept, BrowserID: a.random(), TokenHash: hashToken(renewed), CreatedAt: now, SeenAt: now}
		if err := tx.AddMentorBrowser(ctx, opened, label); err != nil {
			return err
		}
		token = renewed
		return bindMentor(ctx, tx, opened, session.ManagerID, session.ID, now)
	})
	return token, err
}

// bindMentor lets one of a mentor's browsers end with the session of who keeps them, and notes for whom that acts.
func bindMentor(ctx context.Context, tx *store.Store, mentor model.Mentor, managerID, sessionID string, now time.Time) error {
	if _, err := tx.BindMentorBrowser(ctx, mentor, sessionID); err != nil {
		return err
	}
	return tx.NoteMentorOwner(ctx, mentor, managerID, now)
}

// Keeping returns what a browser in which somebody is signed in holds as a mentor's, where it could be kept under the
// sign-in: model.ErrNotFound where there is nothing to ask, since it holds nothing, is kept already, is what the manager
// shared themselves, or is another's.
func (a *App) Keeping(ctx context.Context, session model.Session, mentor model.Mentor) (*model.Keeping, error) {
	if session.ManagerID == "" || mentor.ID == "" {
		return nil, model.ErrNotFound
	}
	holder, err := a.store.TiedManager(ctx, mentor.ID)
	if err != nil {
		return nil, err
	}
	if holder != "" {
		return nil, model.ErrNotFound
	}
	sharers, err := a.store.SharersWith(ctx, mentor.ID)
	if err != nil {
		return nil, err
	}
	if len(sharers) == 0 || slices.Contains(sharers, session.ManagerID) {
		return nil, model.ErrNotFound
	}
	keeping := &model.Keeping{}
	mentor.ManagerID = session.ManagerID
	keeping.Received, err = a.Received(ctx, mentor)
	return keeping, err
}

// KeepingAfter is Keeping for somebody who has just signed in, by the token of their session.
func (a *App) KeepingAfter(ctx context.Context, sessionToken string, mentor model.Mentor) (*model.Keeping, error) {
	session, err := a.store.SessionByToken(ctx, hashToken(sessionToken), a.now().Add(-model.SessionIdle))
	if err != nil {
		return nil, err
	}
	return a.Keeping(ctx, session, mentor)
}

// CloseMentor closes in a browser what was shared with somebody else than who is signed in there now. Nothing of it is
// deleted, and it opens where they have another device or a key, and by its links. What is kept under the session's own
// sign-in stays.
func (a *App) CloseMentor(ctx context.Context, session model.Session, mentor model.Mentor) error {
	holder, err := a.store.TiedManager(ctx, mentor.ID)
	if err != nil {
		return err
	}
	if session.ManagerID == "" || mentor.ID == "" || holder == session.ManagerID {
		return model.ErrNotFound
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndMentorBrowser(ctx, mentor) })
}

// LetGoMentor no longer keeps a mentor under the sign-in of a session's manager. Where it is open it stays so.
// model.ErrNotFound if it isn't kept there.
func (a *App) LetGoMentor(ctx context.Context, session model.Session, mentor model.Mentor) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.UntieMentor(ctx, session.ManagerID, mentor.ID); err != nil {
			return err
		}
		return tx.ReleaseMentorBrowsers(ctx, mentor.ID)
	})
}

// own reports whether a share is that of the person who opens it: of the manager whom the browser acts for, or under whose
// sign-in its mentor is kept.
func (a *App) own(ctx context.Context, data *store.Store, share *model.Share, input model.OpenInput) (bool, error) {
	if share.ManagerID == input.ManagerID {
		return true, nil
	}
	if input.Mentor.ID == "" {
		return false, nil
	}
	holder, err := data.TiedManager(ctx, input.Mentor.ID)
	return holder == share.ManagerID, err
}

// Theirs returns a mentor as a browser holds them in which a manager is signed in: nobody where they are kept under the
// sign-in of somebody else. However it came there, by a code, by a key or before the manager signed in, whoever has shown
// that they are another person than the mentor opens and ends nothing of theirs.
func (a *App) Theirs(ctx context.Context, mentor model.Mentor, managerID string) (model.Mentor, error) {
	if mentor.ID == "" || managerID == "" {
		return mentor, nil
	}
	holder, err := a.store.TiedManager(ctx, mentor.ID)
	if err != nil {
		return model.Mentor{}, err
	}
	others, err := anotherSignsIn(ctx, a.store, holder, managerID)
	if others {
		mentor = model.Mentor{Owners: mentor.Owners, ManagerID: mentor.ManagerID}
	}
	return mentor, err
}

// anotherSignsIn reports whether one of some managers is somebody else than the one under whose sign-in a mentor is kept, and
// signs in, too. holder is "" where they are kept under none.
func anotherSignsIn(ctx context.Context, data *store.Store, holder string, managers ...string) (bool, error) {
	for _, id := range managers {
		if holder == "" || id == "" || id == holder {
			continue
		}
		if signs, err := data.SignsIn(ctx, id); signs || err != nil {
			return signs, err
		}
	}
	return false, nil
}

// keptApart refuses to join two mentors who are kept under two sign-ins, or one of whom is kept under the sign-in of somebody
// else than who signs in where the other is: in the browser that asks, or in any of the other mentor's.
func keptApart(ctx context.Context, tx *store.Store, input model.ContinueInput, mentorID string, actedThere []string) (refusal, err error) {
	here, err := tx.TiedManager(ctx, input.Mentor.ID)
	if err != nil {
		return nil, err
	}
	there, err := tx.TiedManager(ctx, mentorID)
	if err != nil {
		return nil, err
	}
	if here != "" && there != "" && here != there {
		return refused("code", "The two are kept under different sign-ins, so they are two people’s."), nil
	}
	if apart, err := anotherSignsIn(ctx, tx, there, input.ManagerID); err != nil || apart {
		return refused("code", "This code belongs to somebody else’s sign-in. Sign out here, or sign in as that person."), err
	}
	if apart, err := anotherSignsIn(ctx, tx, here, actedThere...); err != nil || apart {
		return refused("code", "What was shared with you is kept under your sign-in, and this leads to a browser in which somebody else has signed in. Enter only a code from a device of your own."), err
	}
	return nil, nil
}
