package app

import (
	"context"
	"errors"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// AgreeToCompare takes the code that a steward of another team made, and lets both teams see each other's aggregates,
// until either ends it. A code serves once. One that opens nothing, or the team's own, is a model.Invalid error on the
// field "code"; after too many of them it is a model.Throttled error. Anyone who isn't a steward gets
// model.ErrNotFound.
func (a *App) AgreeToCompare(ctx context.Context, managerID, teamID, code, from string) error {
	if _, err := a.stewardPage(ctx, a.store, managerID, teamID); err != nil {
		return err
	}
	found, err := a.openInvitation(ctx, model.JoinInput{Secret: code, Kind: model.CompareCode, From: from})
	if err != nil {
		return err
	}
	if found.terms.Team.ID == teamID {
		return wrongCode("This is a code of your own team. Give it to a steward of the other team, or enter theirs here.")
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.roomForPeers(ctx, tx, teamID, found.terms.Team.ID); err != nil {
			return err
		}
		live, err := tx.SpendInvitation(ctx, found.invitation.ID, a.now())
		if err != nil {
			return err
		}
		if !live {
			return wrongCode("This code has been used by now. Ask for a new one.")
		}
		return tx.AddPeer(ctx, managerID, teamID, found.terms.Team.ID, a.now())
	})
}

// EndComparison ends what two teams agreed, for both. Anyone who isn't a steward of the first gets model.ErrNotFound;
// an agreement that has ended is no error.
func (a *App) EndComparison(ctx context.Context, managerID, teamID, peerTeamID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		if err := tx.DeletePeer(ctx, managerID, teamID, peerTeamID); !errors.Is(err, model.ErrNotFound) {
			return err
		}
		return nil
	})
}
