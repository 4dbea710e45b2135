package app

import (
	"context"
	"errors"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Organising says whether somebody organises this installation: the configuration names an identity by which their session
// came, or they entered a code of the operator's.
func (a *App) Organising(ctx context.Context, caller model.Caller) (model.Organising, error) {
	return a.organising(ctx, a.store, caller)
}

func (a *App) organising(ctx context.Context, data *store.Store, caller model.Caller) (model.Organising, error) {
	session := caller.Session
	if session.ManagerID == "" {
		return model.NotOrganising, nil
	}
	granted, known, address, err := data.Organising(ctx, session)
	if err != nil || granted {
		return organisingIf(granted), err
	}
	identity := model.Identity{Way: session.Way, Issuer: session.Issuer, Subject: session.Subject, Address: address}
	named := slices.ContainsFunc(a.operator.Organisers, func(one model.Organiser) bool { return one.Is(identity) })
	if !known || !named || !caller.Open.Brought(session) {
		return model.NotOrganising, nil
	}
	if caller.Again > 0 && a.now().Sub(session.CreatedAt) > caller.Again {
		return model.SignInAgain, nil
	}
	return model.IsOrganising, nil
}

func organisingIf(is bool) model.Organising {
	if is {
		return model.IsOrganising
	}
	return model.NotOrganising
}

// mayOrganise is refusal for who is no organiser, and model.ErrSignedInLongAgo for one who has to sign in again.
func (a *App) mayOrganise(ctx context.Context, data *store.Store, caller model.Caller, refusal error) error {
	organising, err := a.organising(ctx, data, caller)
	switch {
	case err != nil:
		return err
	case organising == model.SignInAgain:
		return model.ErrSignedInLongAgo
	case organising == model.NotOrganising:
		return refusal
	}
	return nil
}

// MakeOrganiserCode makes a code by which one person becomes an organiser. It works once, within
// model.OrganiserCodeLife; nothing but its hash is kept. It is for the operator alone.
func (a *App) MakeOrganiserCode(ctx context.Context) (code string, err error) {
	code = newCode(a.random)
	return code, a.store.InTx(ctx, func(tx *store.Store) error {
		return tx.PutOrganiserCode(ctx, hashToken("organise "+code), a.now().Add(model.OrganiserCodeLife))
	})
}

// EndOrganisers lets nobody organise by a code any more, and returns how many did. It is for the operator alone.
func (a *App) EndOrganisers(ctx context.Context) (ended int64, err error) {
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		ended, err = tx.EndOrganisers(ctx)
		return err
	})
	return ended, err
}

// BecomeOrganiser lets somebody organise this installation who enters a code of its operator's, and returns the token that
// their session has from now on, since it may do more. Who has no manager yet becomes one, in a browser that calls itself
// label. A code that opens nothing is a
// model.Invalid error on the field "code"; after too many of them it is a model.Throttled error.
func (a *App) BecomeOrganiser(ctx context.Context, session model.Session, typed, from, label string) (token string, err error) {
	code := readCode(typed)
	if code == "" {
		return "", refused("code", "A code has ten letters and digits, such as 7KQ2M-9XW4T. Check it once more.")
	}
	token, newID := a.random(), a.random()
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if refusal, err = a.throttled(ctx, tx, organisePurpose, from); refusal != nil || err != nil {
			return err
		}
		err := tx.UseOrganiserCode(ctx, hashToken("organise "+code), a.now())
		if errors.Is(err, model.ErrNotFound) {
			refusal = refused("code", "Nothing opens with this code. It may be mistyped, used already, or older than an hour; whoever runs this server can make a new one.")
			return a.countFailure(ctx, tx, organisePurpose, from)
		}
		if err != nil {
			return err
		}
		managerID := session.ManagerID
		if managerID == "" {
			managerID = newID
			err = a.beginManager(ctx, tx, model.Manager{ID: managerID, CreatedAt: a.now()}, token, label, from, model.ToldZone{}, newSession)
		} else {
			err = a.renewed(ctx, tx, session, token, false)
		}
		if err != nil {
			return err
		}
		return tx.MakeOrganiser(ctx, managerID, a.now())
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return "", err
	}
	a.settings.forget()
	return token, nil
}
