package app

import (
	"context"
	"errors"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// RecoveryKey returns what is kept of a manager's recovery key; the zero value if they have none.
func (a *App) RecoveryKey(ctx context.Context, managerID string) (model.RecoveryKey, error) {
	return a.store.RecoveryKey(ctx, managerID)
}

// MakeRecoveryKey makes a recovery key for a session's manager and returns its words, which are kept nowhere: only
// their hash is. The key that it replaces, named by its mark, opens nothing from then on. What the session may do
// has changed, so it gets another token; the one before holds until the new one has come, since a browser that the
// answer doesn't reach must not lose its history. If the key to replace is no longer the one in force, the form was
// sent before: the words made then must hold, so there are none, and no token.
func (a *App) MakeRecoveryKey(ctx context.Context, session model.Session, replaces string) (words []string, token string, err error) {
	made := newRecoveryKey(a.random)
	renewed := a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		words, token = nil, ""
		present, err := tx.RecoveryKey(ctx, session.ManagerID)
		if err != nil || present.Mark() != replaces {
			return err
		}
		words, token = made, renewed
		if err := tx.PutRecoveryKey(ctx, session.ManagerID, hashKey(made), a.now()); err != nil {
			return err
		}
		return tx.ReplaceToken(ctx, session, hashToken(renewed))
	})
	if err != nil {
		return nil, "", err
	}
	return words, token, nil
}

// hashKey returns what is stored of a key. A key is random and long, so a plain hash is enough.
func hashKey(words []string) string { return hashToken(strings.Join(words, " ")) }

// Recovery returns what opening another history in this browser would leave behind. The session is the browser's; the
// zero value is nobody's.
func (a *App) Recovery(ctx context.Context, session model.Session) (model.Recovery, error) {
	if session.ManagerID == "" {
		return model.Recovery{}, nil
	}
	held, err := a.Holdings(ctx, session.ManagerID)
	return model.Recovery{Held: held.Any(), WayBack: session.WayBack}, err
}

// Recover opens the history of a recovery key: it ends the browser's session (the zero value if it has none) and
// returns the token of a new one that acts for the key's manager. A browser that holds other answers, and was not told to
// leave them, keeps them until somebody has chosen what becomes of them, see Choice; then there is no token. Words that
// aren't a key, or that open nothing, are a model.Invalid error on the field "words". After too many failed tries it is a model.Throttled error, even for the right words.
func (a *App) Recover(ctx context.Context, session model.Session, input model.RecoveryInput) (token string, err error) {
	words, message := readRecoveryKey(input.Words)
	if message != "" {
		return "", refused("words", message)
	}
	left, err := a.Recovery(ctx, session)
	if err != nil {
		return "", err
	}
	input.Leave = input.Leave || !left.Held
	token = a.random()
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	asked := false
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		asked, refusal, err = a.recover(ctx, tx, session, input, words, token)
		return err
	})
	switch {
	case err != nil:
		return "", err
	case refusal != nil:
		return "", refusal
	case asked:
		return "", nil
	}
	return token, nil
}

// recover is the part of Recover that works in one transaction; asked reports whether there is a choice to make first.
func (a *App) recover(ctx context.Context, tx *store.Store, session model.Session, input model.RecoveryInput, words []string, token string) (asked bool, refusal, err error) {
	if refusal, err := a.throttled(ctx, tx, recoveryPurpose, input.From); refusal != nil || err != nil {
		return false, refusal, err
	}
	managerID, err := tx.ManagerByRecoveryKey(ctx, hashKey(words))
	if errors.Is(err, model.ErrNotFound) {
		return false, refused("words", "No history opens with these words. Check them once more; if a newer key was made, only that one opens it."), a.countFailure(ctx, tx, recoveryPurpose, input.From)
	}
	if err != nil {
		return false, nil, err
	}
	arrival := model.Arrival{Identity: model.Identity{Way: model.ByKey}, ManagerID: managerID, Label: input.Label}
	if !input.Leave && managerID != session.ManagerID {
		return true, nil, tx.PutArrival(ctx, session.ID, arrival, a.now().Add(arrivalLife))
	}
	if err := a.admit(ctx, tx, input.From, newSession); err != nil {
		return false, nil, err
	}
	return false, nil, a.replaceSession(ctx, tx, session, managerID, token, arrival)
}

// replaceSession opens a session with this token in the browser of an earlier one, which ends, or in a new browser. It
// keeps the earlier one's time zone. The token is new because what the session may do changes.
func (a *App) replaceSession(ctx context.Context, tx *store.Store, earlier model.Session, managerID, token string, arrival model.Arrival) error {
	now := a.now()
	browserID := earlier.BrowserID
	if browserID == "" {
		browserID = a.random()
		if err := tx.CreateBrowser(ctx, model.Browser{ID: browserID, CreatedAt: now, Label: arrival.Label}); err != nil {
			return err
		}
	}
	if err := tx.CreateSession(ctx, model.Session{
		ID: a.random(), BrowserID: browserID, ManagerID: managerID,
		TokenHash: hashToken(token), CreatedAt: now, SeenAt: now, Days: earlier.Days,
		Way: arrival.Way, CameAs: arrival.Name, Issuer: arrival.Issuer, Subject: arrival.Subject,
	}); err != nil || earlier.ManagerID == "" {
		return err
	}
	// The browser has its new session by now, so that one stays. If the form was sent twice, the earlier session has
	// already ended.
	if err := tx.EndSession(ctx, earlier.ManagerID, earlier.ID); !errors.Is(err, model.ErrNotFound) {
		return err
	}
	return nil
}
