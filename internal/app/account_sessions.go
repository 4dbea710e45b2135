package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// seenPrecision is how stale the noted last visit may get before it is written again, so that most page views write
// nothing.
const seenPrecision = 24 * time.Hour

// Session finds the live session of a token and notes the visit, to about a day. fresh reports whether it
// was noted just now, so that the cookie should be sent again. An unknown or idle token is
// model.ErrNotFound. The first visit with a token that replaced another one ends that one.
func (a *App) Session(ctx context.Context, token string) (session model.Session, fresh bool, err error) {
	now := a.now()
	session, err = a.store.SessionByToken(ctx, hashToken(token), now.Add(-model.SessionIdle))
	if err != nil {
		return model.Session{}, false, err
	}
	fresh = now.Sub(session.SeenAt) >= seenPrecision
	if !fresh && !session.Renewed {
		return session, false, nil
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if session.Renewed {
			if err := tx.EndFormerToken(ctx, session.TokenHash); err != nil {
				return err
			}
		}
		return tx.SeeSession(ctx, session.ID, now)
	})
	return session, fresh, err
}

// OpenSession makes a session that acts for a manager, in a browser, labelled label, that has none yet. It returns the
// session's token, which is kept nowhere else.
func (a *App) OpenSession(ctx context.Context, managerID, label string) (token string, session model.Session, err error) {
	now := a.now()
	token = a.random()
	browser := model.Browser{ID: a.random(), CreatedAt: now, Label: label}
	session = model.Session{
		ID: a.random(), BrowserID: browser.ID, ManagerID: managerID,
		TokenHash: hashToken(token), CreatedAt: now, SeenAt: now,
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.CreateBrowser(ctx, browser); err != nil {
			return err
		}
		return tx.CreateSession(ctx, session)
	})
	return token, session, err
}

// NewManager adds a manager and returns their id.
func (a *App) NewManager(ctx context.Context) (string, error) {
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	err := a.store.InTx(ctx, func(tx *store.Store) error { return tx.CreateManager(ctx, manager) })
	return manager.ID, err
}

// EndIdleSessions removes the sessions that have idled too long, and the managers whom no session, no recovery key and no
// identity reaches any more, with everything of theirs: nobody could open it again. Managers who have nothing go after a week.
// If the context ends, the rest is left for the next call.
func (a *App) EndIdleSessions(ctx context.Context) error {
	now := a.now()
	limit := now.Add(-model.SessionIdle)
	if err := a.deleteOld(ctx, limit, (*store.Store).DeleteSessionsSeenBefore); err != nil {
		return err
	}
	if err := a.deleteEmpty(ctx, now.Add(-emptyLife)); err != nil {
		return err
	}
	err := a.deleteListed(ctx, a.store.BrowsersWithoutSession, (*store.Store).DeleteBrowsersWithoutSession)
	if err != nil {
		return err
	}
	return a.deleteListed(ctx, a.store.UnreachableManagers, func(tx *store.Store, ctx context.Context, ids []string) error {
		return tx.DeleteUnreachableManagers(ctx, a.now(), ids)
	})
}

// hashToken returns what is stored of a token. A token is random and long, so a plain hash is enough.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
