package app

import (
	"context"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Settings returns what the settings page shows on the manager's day in zone.
func (a *App) Settings(ctx context.Context, managerID string, zone model.Zone) (*model.Settings, error) {
	ways, err := a.waysIn(ctx, managerID)
	if err != nil {
		return nil, err
	}
	next, err := a.NextAssessment(ctx, managerID, zone)
	if err != nil {
		return nil, err
	}
	held, err := a.Holdings(ctx, managerID)
	return &model.Settings{Next: next, Scopes: a.reports.Library.Model.Scopes, Ways: ways, Devices: held.Devices, Finished: held.Finished}, err
}

// Devices lists where a manager is signed in; session is that of the browser that asks.
func (a *App) Devices(ctx context.Context, session model.Session) (*model.Devices, error) {
	all, err := a.store.Devices(ctx, session.ManagerID, a.now().Add(-model.SessionIdle))
	devices := &model.Devices{WayBack: session.WayBack, Keyed: session.Keyed}
	for _, device := range all {
		if device.SessionID == session.ID {
			devices.This = device
		} else {
			devices.Others = append(devices.Others, device)
		}
	}
	return devices, err
}

// EndDevice ends the session of one of a manager's devices: the next request from there has no session. Someone else's
// is model.ErrNotFound, and so is the one in use where nothing leads back in.
func (a *App) EndDevice(ctx context.Context, session model.Session, deviceID string) error {
	if deviceID == session.ID && !session.WayBack {
		return model.ErrNotFound
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndSession(ctx, session.ManagerID, deviceID) })
}

// EndOtherDevices ends the sessions of all of a manager's devices but the one that asks.
func (a *App) EndOtherDevices(ctx context.Context, session model.Session) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		return tx.EndOtherSessions(ctx, session.ManagerID, session.ID)
	})
}

// Holdings counts what is kept of a manager.
func (a *App) Holdings(ctx context.Context, managerID string) (model.Holdings, error) {
	now := a.now()
	return a.store.Holdings(ctx, managerID, now.Add(-model.SessionIdle), now)
}

// DeleteEverything removes a manager with all that is theirs, and says how far that reached. meant says
// that they confirmed it; without it, it is a model.Invalid error on the field "meant".
func (a *App) DeleteEverything(ctx context.Context, managerID string, meant bool) (model.Erasure, error) {
	if !meant {
		return model.Erasure{}, refused("meant", "Tick the box to say that everything may be deleted.")
	}
	var held model.Holdings
	err := a.erasing(ctx, managerID, func(tx *store.Store) (err error) {
		if held, err = tx.Holdings(ctx, managerID, a.now(), a.now()); err != nil {
			return err
		}
		former, err := tx.FormerIDs(ctx, managerID)
		if err != nil {
			return err
		}
		if err := tx.NoteErasure(ctx, a.now(), former...); err != nil {
			return err
		}
		return tx.DeleteManager(ctx, managerID)
	})
	switch {
	case err != nil:
		return model.Erasure{}, err
	case a.store.Engine() == database.SQLite && !held.Written():
		return model.Erasure{Reach: model.ErasedUnwritten}, nil
	}
	return a.erase(ctx), nil
}
