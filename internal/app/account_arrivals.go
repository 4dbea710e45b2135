package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// arrivalLife is how long somebody who came to a browser that holds other answers may take to choose.
const arrivalLife = time.Hour

// Arrive lets somebody in who has just proved who they are, in the browser of a session, the zero value for none. Who
// isn't known yet becomes known: with the answers of this browser if they say that these are theirs, else as somebody
// new. A browser that holds other answers than theirs keeps them until they have chosen; then there is no token.
func (a *App) Arrive(ctx context.Context, session model.Session, arrival model.Arrival) (arrived model.Arrived, err error) {
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		arrived, err = a.arrive(ctx, tx, session, arrival)
		return err
	})
	return arrived, err
}

// arrive is the part of Arrive that works in one transaction.
func (a *App) arrive(ctx context.Context, tx *store.Store, session model.Session, arrival model.Arrival) (arrived model.Arrived, err error) {
	if arrival.ManagerID == "" {
		arrival.ManagerID, err = tx.ManagerByIdentity(ctx, arrival.Identity)
		if err != nil && !errors.Is(err, model.ErrNotFound) {
			return arrived, err
		}
	}
	if session.ManagerID == "" || arrival.ManagerID == session.ManagerID {
		return a.letIn(ctx, tx, session, arrival)
	}
	held, err := tx.Holdings(ctx, session.ManagerID, a.now().Add(-model.SessionIdle), a.now())
	switch {
	case err != nil:
		return arrived, err
	case arrival.ManagerID == "" && arrival.Adding:
		return a.keepHere(ctx, tx, session, arrival)
	case arrival.ManagerID == "" && held.Alone():
		return a.keepHere(ctx, tx, session, arrival)
	case held.Alone(), !held.Any() && session.WayBack && held.Files == 0:
		// Who has a way back is somebody already, even with nothing: who comes next is another.
		return a.letIn(ctx, tx, session, arrival)
	}
	return arrived, tx.PutArrival(ctx, session.ID, arrival, a.now().Add(arrivalLife))
}

// letIn opens a session for whom an arrival is known to be, or for somebody new, in place of the browser's.
func (a *App) letIn(ctx context.Context, tx *store.Store, session model.Session, arrival model.Arrival) (model.Arrived, error) {
	arrived := model.Arrived{Token: a.random()}
	kinds := []creation{newSession}
	if arrival.ManagerID == "" {
		kinds = append(kinds, newManager)
	}
	if err := a.admit(ctx, tx, arrival.From, kinds...); err != nil {
		return arrived, err
	}
	if arrival.ManagerID == "" {
		arrival.ManagerID = a.random()
		if err := tx.CreateManager(ctx, model.Manager{ID: arrival.ManagerID, CreatedAt: a.now()}); err != nil {
			return arrived, err
		}
		if err := a.addIdentity(ctx, tx, arrival.ManagerID, arrival); err != nil {
			return arrived, err
		}
	} else if err := tx.SeeIdentity(ctx, arrival.Identity, a.now()); err != nil {
		return arrived, err
	}
	return arrived, a.replaceSession(ctx, tx, session, arrival.ManagerID, arrived.Token, arrival)
}

// keepHere gives the manager of a browser a new identity. What the session may do changes, so its token does.
func (a *App) keepHere(ctx context.Context, tx *store.Store, session model.Session, arrival model.Arrival) (model.Arrived, error) {
	arrived := model.Arrived{Token: a.random()}
	if err := a.addIdentity(ctx, tx, session.ManagerID, arrival); err != nil {
		return arrived, err
	}
	return arrived, a.replaceSession(ctx, tx, session, session.ManagerID, arrived.Token, arrival)
}

func (a *App) addIdentity(ctx context.Context, tx *store.Store, managerID string, arrival model.Arrival) error {
	identity := arrival.Identity
	identity.ID, identity.Made = a.random(), a.now()
	return tx.PutIdentity(ctx, managerID, identity)
}

// identified reports whether a manager comes in by the same way, and by the same issuer, as an identity that isn't theirs.
// Two people who use one browser are told apart by that.
func identified(ctx context.Context, data *store.Store, managerID string, other model.Identity) (bool, error) {
	identities, err := data.Identities(ctx, managerID)
	return slices.ContainsFunc(identities, func(own model.Identity) bool {
		return own.Way == other.Way && own.Issuer == other.Issuer && own.Subject != other.Subject
	}), err
}

// Choice returns what somebody has to choose who came to this browser; model.ErrNotFound if there is nothing.
func (a *App) Choice(ctx context.Context, session model.Session) (*model.Choice, error) {
	if session.ID == "" {
		return nil, model.ErrNotFound
	}
	now := a.now()
	arrival, err := a.store.Arrival(ctx, session.ID, now)
	if err != nil {
		return nil, err
	}
	taken, err := identified(ctx, a.store, session.ManagerID, arrival.Identity)
	if err != nil {
		return nil, err
	}
	choice := &model.Choice{Taken: taken, Identity: arrival.Identity, Known: arrival.ManagerID != "", WayBack: session.WayBack}
	choice.Here, err = a.store.Standing(ctx, session.ManagerID, now.Add(-model.SessionIdle), now)
	if err == nil && choice.Known {
		choice.There, err = a.store.Standing(ctx, arrival.ManagerID, now.Add(-model.SessionIdle), now)
	}
	return choice, err
}

// Choose carries out what somebody chose who came to a browser that holds other answers; there is no token if nothing
// changes. No choice is a model.Invalid error on the field "choice", and a browser that holds answers to which nothing
// else leads, and that was not told to leave them, one on the field "leave".
func (a *App) Choose(ctx context.Context, session model.Session, input model.ChoiceInput) (arrived model.Arrived, err error) {
	if session.ID == "" {
		return arrived, model.ErrNotFound
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		arrived, err = a.choose(ctx, tx, session, input)
		return err
	})
	return arrived, err
}

// choose is the part of Choose that works in one transaction.
func (a *App) choose(ctx context.Context, tx *store.Store, session model.Session, input model.ChoiceInput) (arrived model.Arrived, err error) {
	arrival, err := tx.Arrival(ctx, session.ID, a.now())
	if err != nil {
		return arrived, err
	}
	arrival.From, arrival.Label = input.From, input.Label
	switch input.Choice {
	case model.StayHere:
		return arrived, tx.EndArrival(ctx, session.ID)
	case model.KeepHere, model.BothMine:
		taken, err := identified(ctx, tx, session.ManagerID, arrival.Identity)
		if err != nil {
			return arrived, err
		}
		switch known := arrival.ManagerID != ""; {
		case taken:
		case input.Choice == model.BothMine && known:
			return model.Arrived{Together: true}, nil
		case input.Choice == model.KeepHere && !known:
			return a.keepHere(ctx, tx, session, arrival)
		}
	case model.OpenThere:
		if !session.WayBack && !input.Leave {
			return arrived, refused("leave", "Tick the box if this browser may leave the answers that it holds now.")
		}
		return a.letIn(ctx, tx, session, arrival)
	}
	return arrived, refused("choice", "Choose what becomes of the answers in this browser.")
}

// waysIn returns those by which a manager comes back.
func (a *App) waysIn(ctx context.Context, managerID string) (ways model.WaysIn, err error) {
	if ways.Key, err = a.store.RecoveryKey(ctx, managerID); err != nil {
		return ways, err
	}
	if ways.Identities, err = a.store.Identities(ctx, managerID); err != nil {
		return ways, err
	}
	ways.Passkeys, err = a.store.Passkeys(ctx, managerID)
	return ways, err
}

// WaysIn returns those by which the manager of a session comes back, with how many other devices they have.
func (a *App) WaysIn(ctx context.Context, session model.Session) (model.WaysIn, error) {
	ways, err := a.waysIn(ctx, session.ManagerID)
	if err != nil {
		return ways, err
	}
	devices, err := a.Devices(ctx, session)
	if err == nil {
		ways.Others = len(devices.Others)
	}
	return ways, err
}

// WayIn returns one of the identities by which a session's manager comes back, and counts their other devices and ways;
// model.ErrNotFound if they have none of this id.
func (a *App) WayIn(ctx context.Context, session model.Session, id string) (*model.Identity, model.WaysIn, error) {
	ways, err := a.WaysIn(ctx, session)
	if err != nil {
		return nil, ways, err
	}
	for _, identity := range ways.Identities {
		if identity.ID == id {
			return &identity, ways, nil
		}
	}
	return nil, ways, model.ErrNotFound
}

// RemoveWayIn takes an identity from a session's manager and, if they ask for it, signs out their other devices. What
// the session may do has changed, so it gets another token. Reminders by mail go on where the address is theirs by another
// way in, too.
func (a *App) RemoveWayIn(ctx context.Context, session model.Session, id string, others bool) (token string, err error) {
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.keepReminders(ctx, tx, session.ManagerID, id); err != nil {
			return err
		}
		if err := tx.DeleteIdentity(ctx, session.ManagerID, id); err != nil {
			return err
		}
		return a.renewed(ctx, tx, session, token, others)
	})
	return token, err
}

// keepReminders lets a manager's reminders by mail outlive one of their identities, where another one has its address.
func (a *App) keepReminders(ctx context.Context, tx *store.Store, managerID, ending string) error {
	reminders, err := tx.MailReminders(ctx, managerID)
	if err != nil || reminders.To.ID != ending {
		return err
	}
	identities, err := tx.Identities(ctx, managerID)
	if err != nil {
		return err
	}
	for _, other := range identities {
		if other.ID != ending && other.Address == reminders.To.Address {
			return tx.PutMailReminders(ctx, managerID, other.ID, a.now())
		}
	}
	return nil
}
