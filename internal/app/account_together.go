package app

import (
	"context"
	"errors"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Together returns what there is to see before the history of a browser is laid together with that of who has signed in
// there. mentor is whom the browser is known as. It is model.ErrNotFound if nobody has signed in, or somebody new, or where
// somebody else signs in to the browser's history in the same way.
func (a *App) Together(ctx context.Context, session model.Session, mentor model.Mentor) (*model.TwoHistories, error) {
	choice, err := a.Choice(ctx, session)
	if err != nil {
		return nil, err
	}
	arrival, err := a.store.Arrival(ctx, session.ID, a.now())
	if err != nil {
		return nil, err
	}
	if !choice.Known || choice.Taken || arrival.ManagerID == session.ManagerID {
		return nil, model.ErrNotFound
	}
	together := &model.TwoHistories{Choice: *choice}
	if together.Waits, err = a.joiningOf(ctx, a.store, session.ManagerID, arrival.ManagerID); err != nil {
		return nil, err
	}
	if together.HereFinished, err = a.store.Assessments(ctx, session.ManagerID, model.Complete); err != nil {
		return nil, err
	}
	if together.ThereFinished, err = a.store.Assessments(ctx, arrival.ManagerID, model.Complete); err != nil {
		return nil, err
	}
	if together.Clashes, err = a.store.Clashes(ctx, session.ManagerID, arrival.ManagerID); err != nil {
		return nil, err
	}
	for i, id := range together.Scopes {
		if scope, known := a.reports.Library.Model.Scope(id); known {
			together.Scopes[i] = scope.Name
		}
	}
	mentors, err := theirMentors(ctx, a.store, mentor, session.ManagerID, arrival.ManagerID)
	if err != nil {
		return nil, err
	}
	for _, id := range mentors {
		views, err := a.store.ViewsBy(ctx, id, session.ManagerID, arrival.ManagerID)
		if err != nil {
			return nil, err
		}
		together.OwnViews += views
	}
	return together, nil
}

// theirMentors are those who are known to be the person of two histories: the browser's, those in whose browsers either
// has acted, and who is kept under either's sign-in.
func theirMentors(ctx context.Context, data *store.Store, mentor model.Mentor, managers ...string) (ids []string, err error) {
	if mentor.ID != "" {
		ids = append(ids, mentor.ID)
	}
	for _, manager := range managers {
		acted, err := data.MentorsOf(ctx, manager)
		if err != nil {
			return nil, err
		}
		for _, id := range acted {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, manager := range managers {
		kept, err := data.TiedMentor(ctx, manager)
		if errors.Is(err, model.ErrNotFound) || slices.Contains(ids, kept) {
			continue
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, kept)
	}
	return ids, nil
}

// joiningOf finds what either of two managers can still undo; zero if there is nothing.
func (a *App) joiningOf(ctx context.Context, data *store.Store, managers ...string) (joined model.Joining, err error) {
	for _, id := range managers {
		joined, err = data.Joining(ctx, id, a.now())
		if !errors.Is(err, model.ErrNotFound) {
			return joined, err
		}
	}
	return model.Joining{}, nil
}

// LayTogether lays the history of a browser together with that of who has signed in there, and returns the token that
// the browser needs from now on. It can be undone for a day; while another one of either can be undone, it is a
// model.Invalid error on the field "together". It is model.ErrNotFound where Together is.
func (a *App) LayTogether(ctx context.Context, session model.Session, mentor model.Mentor) (token string, err error) {
	if session.ID == "" {
		return "", model.ErrNotFound
	}
	token = a.random()
	return token, a.store.InTx(ctx, func(tx *store.Store) error {
		arrival, err := tx.Arrival(ctx, session.ID, a.now())
		if err != nil {
			return err
		}
		kept := arrival.ManagerID
		taken, err := identified(ctx, tx, session.ManagerID, arrival.Identity)
		if err != nil {
			return err
		}
		if kept == "" || kept == session.ManagerID || taken {
			return model.ErrNotFound
		}
		waits, err := a.joiningOf(ctx, tx, session.ManagerID, kept)
		if err != nil {
			return err
		}
		if waits.Any() {
			return refused("together", "One of the two was laid together with another history a short time ago. Undo that first, or say there that it stays so.")
		}
		// One whose time has run out may not be gone yet.
		for _, id := range []string{session.ManagerID, kept} {
			if err := tx.EndJoining(ctx, id); err != nil && !errors.Is(err, model.ErrNotFound) {
				return err
			}
		}
		mentors, err := theirMentors(ctx, tx, mentor, session.ManagerID, kept)
		if err != nil {
			return err
		}
		now := a.now()
		if err := tx.JoinHistories(ctx, session.ManagerID, kept, session.ID, arrival.Identity, mentors, now, now.Add(model.UndoJoining)); err != nil {
			return err
		}
		if err := tx.SeeIdentity(ctx, arrival.Identity, now); err != nil {
			return err
		}
		opened := session
		opened.ManagerID = kept
		return tx.ReplaceToken(ctx, opened, hashToken(token))
	})
}

// Joining returns what a manager can still undo of two histories that were laid together; the zero value for nothing.
func (a *App) Joining(ctx context.Context, managerID string) (model.Joining, error) {
	return a.joiningOf(ctx, a.store, managerID)
}

// Undoing returns the same, with what the session's browser opens after it: reopens says that this is the history that it
// held before. model.ErrNotFound if there is nothing to undo.
func (a *App) Undoing(ctx context.Context, session model.Session) (joined model.Joining, reopens bool, err error) {
	if joined, err = a.store.Joining(ctx, session.ManagerID, a.now()); err != nil {
		return joined, false, err
	}
	reopens, err = a.store.CameAlong(ctx, session)
	return joined, reopens, err
}

// UndoTogether takes two histories of a session's manager apart again, and returns the token that the browser needs from
// now on. A browser that held the other history opens that again. model.ErrNotFound if it can't be undone any more; where
// nothing would lead to the history that stays, it is a model.Invalid error on the field "undo".
func (a *App) UndoTogether(ctx context.Context, session model.Session) (token string, err error) {
	token = a.random()
	return token, a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := tx.UndoJoining(ctx, session, a.now()); err != nil {
			return err
		}
		lost, err := tx.Unreachable(ctx, session.ManagerID)
		if err != nil {
			return err
		}
		if lost {
			return refused("undo", "Nothing would lead to the other history any more. Make a recovery key first: it opens that one.")
		}
		opened := session
		if opened.ManagerID, err = tx.ManagerOf(ctx, session.ID); err != nil {
			return err
		}
		return tx.ReplaceToken(ctx, opened, hashToken(token))
	})
}

// KeepTogether ends the time in which two histories of a manager can be taken apart; model.ErrNotFound if it has ended.
func (a *App) KeepTogether(ctx context.Context, managerID string) error {
	err := a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndJoining(ctx, managerID) })
	if err == nil {
		a.erase(ctx)
	}
	return err
}
