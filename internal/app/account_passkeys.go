package app

import (
	"context"
	"errors"
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// passkeyRefused says that a passkey opens nothing, without saying why: nobody learns which ones there are.
const passkeyRefused = "This passkey opens nothing here. It may have been removed, or made for another installation. Come in by another way."

// PasskeyHandle is what devices call a manager who has some passkeys: the same as before, or something random.
func (a *App) PasskeyHandle(have []model.Passkey) string {
	if len(have) > 0 {
		return have[0].Handle
	}
	return a.random()
}

// AddPasskey gives a session's manager a passkey that their device has just made. What the session may do has changed, so
// it gets another token. Bad input is a model.Invalid error on "name" or "passkey".
func (a *App) AddPasskey(ctx context.Context, session model.Session, made model.Registration) (token string, err error) {
	var fields fieldErrors
	made.Name = cleanLine(made.Name)
	fields.require("name", "the name", made.Name, model.LabelLimit, "Enter what you call it, such as the device that it is on.")
	if err := fields.err(); err != nil {
		return "", err
	}
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		have, err := tx.Passkeys(ctx, session.ManagerID)
		if err != nil {
			return err
		}
		if len(have) >= model.PasskeyLimit {
			return refused("passkey", fmt.Sprintf("You have %d passkeys, as many as one person can have. Remove one that you don’t use.", len(have)))
		}
		_, _, err = tx.PasskeyByCredential(ctx, made.CredentialID)
		if err == nil {
			return refused("passkey", "This passkey is kept already.")
		}
		if !errors.Is(err, model.ErrNotFound) {
			return err
		}
		if first, err := tx.AnswerChallenge(ctx, hashToken(made.Challenge), made.Expires); err != nil || !first {
			return errors.Join(err, refused("passkey", "This page was sent before. Begin once more."))
		}
		made.ID, made.Made = a.random(), a.now()
		if err := tx.PutPasskey(ctx, session.ManagerID, made.Passkey); err != nil {
			return err
		}
		return a.renewed(ctx, tx, session, token, made.Others)
	})
	return token, err
}

// renewed gives a session another token after its ways in have changed, and ends all others if its manager asks for it.
func (a *App) renewed(ctx context.Context, tx *store.Store, session model.Session, token string, others bool) error {
	if others {
		if err := tx.EndOtherSessions(ctx, session.ManagerID, session.ID); err != nil {
			return err
		}
	}
	return tx.ReplaceToken(ctx, session, hashToken(token))
}

// ArriveByPasskey lets in whom a passkey proves to be its owner, as Arrive does. One that doesn't hold, that is unknown,
// or of which a copy is in use, is a model.Invalid error on "passkey". After too many of those it is a model.Throttled error.
func (a *App) ArriveByPasskey(ctx context.Context, session model.Session, assertion model.Assertion, arrival model.Arrival) (arrived model.Arrived, err error) {
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		arrived, refusal, err = a.arriveByPasskey(ctx, tx, session, assertion, arrival)
		return err
	})
	if err == nil {
		err = refusal
	}
	return arrived, err
}

// arriveByPasskey is the part of ArriveByPasskey that works in one transaction.
func (a *App) arriveByPasskey(ctx context.Context, tx *store.Store, session model.Session, assertion model.Assertion, arrival model.Arrival) (arrived model.Arrived, refusal, err error) {
	if refusal, err := a.throttled(ctx, tx, passkeyPurpose, arrival.From); refusal != nil || err != nil {
		return arrived, refusal, err
	}
	kept, managerID, err := tx.PasskeyByCredential(ctx, assertion.CredentialID)
	if err != nil && !errors.Is(err, model.ErrNotFound) {
		return arrived, nil, err
	}
	if err != nil || kept.Handle != assertion.Handle {
		return arrived, refused("passkey", passkeyRefused), a.countFailure(ctx, tx, passkeyPurpose, arrival.From)
	}
	first, err := tx.AnswerChallenge(ctx, hashToken(assertion.Challenge), assertion.Expires)
	if err != nil {
		return arrived, nil, err
	}
	used, cloned, broken := assertion.Verify(kept)
	if broken != nil || !first {
		return arrived, refused("passkey", passkeyRefused), a.countFailure(ctx, tx, passkeyPurpose, arrival.From)
	}
	if cloned {
		if used.Refused.IsZero() {
			used.Refused = a.now()
		}
		return arrived, refused("passkey", "A copy of this passkey seems to be in use, so it opens nothing any more. Come in by another way, remove it there, and make a new one."), tx.UsePasskey(ctx, used)
	}
	used.Used = a.now()
	if err := tx.UsePasskey(ctx, used); err != nil {
		return arrived, nil, err
	}
	arrival.ManagerID = managerID
	arrival.Identity = model.Identity{Way: model.ByPasskey, Subject: used.CredentialID, Name: used.Name}
	arrived, err = a.arrive(ctx, tx, session, arrival)
	return arrived, nil, err
}

// Passkey returns one of a manager's passkeys; model.ErrNotFound if they have none of this id.
func (a *App) Passkey(ctx context.Context, session model.Session, id string) (*model.Passkey, model.WaysIn, error) {
	ways, err := a.WaysIn(ctx, session)
	if err != nil {
		return nil, ways, err
	}
	for _, passkey := range ways.Passkeys {
		if passkey.ID == id {
			return &passkey, ways, nil
		}
	}
	return nil, ways, model.ErrNotFound
}

// RenamePasskey changes what a manager calls one of their passkeys; seen is what the page had seen. A name that was
// changed elsewhere since is a model.Conflict error.
func (a *App) RenamePasskey(ctx context.Context, session model.Session, id, name, seen string) error {
	var fields fieldErrors
	name = cleanLine(name)
	fields.require("name", "the name", name, model.LabelLimit, "Enter what you call it, such as the device that it is on.")
	if err := fields.err(); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		all, err := tx.Passkeys(ctx, session.ManagerID)
		if err != nil {
			return err
		}
		for _, passkey := range all {
			if passkey.ID != id {
				continue
			}
			merged, err := mergeFields(seen, []string{"name"}, []string{passkey.Name}, []string{name})
			if err != nil {
				return err
			}
			return tx.RenamePasskey(ctx, session.ManagerID, id, merged[0])
		}
		return model.ErrNotFound
	})
}

// RemovePasskey takes a passkey from a session's manager, as RemoveWayIn does with an identity.
func (a *App) RemovePasskey(ctx context.Context, session model.Session, id string, others bool) (token string, err error) {
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.DeletePasskey(ctx, session.ManagerID, id); err != nil {
			return err
		}
		return a.renewed(ctx, tx, session, token, others)
	})
	return token, err
}
