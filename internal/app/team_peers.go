package app

import (
	"context"
	"errors"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// nothingToCompare is the message for a team that has nothing to be compared by.
const nothingToCompare = "Your team has no closed cycle yet in which enough people took part, so it has nothing to set beside another’s. Ask again once it has."

// PeerOffer returns the team that made a code, as a steward of another team sees it before agreeing. Errors are those of
// AgreeToCompare; the code stays as it is.
func (a *App) PeerOffer(ctx context.Context, managerID, teamID, code, from string) (*model.PeerOffer, error) {
	page, found, err := a.openOffer(ctx, managerID, teamID, code, from)
	if err != nil {
		return nil, err
	}
	offer := &model.PeerOffer{TeamPage: *page, Code: readCode(code), Other: found.terms.Team, Members: found.terms.Members}
	cycles, err := a.store.OfferedCycles(ctx, found.invitation.ID, a.now())
	for _, cycle := range cycles {
		if cycle.Aggregate.Contributors > 0 {
			offer.Cycles = append(offer.Cycles, cycle)
		}
	}
	return offer, err
}

// openOffer opens the code of another team for a steward whose own team has something to compare.
func (a *App) openOffer(ctx context.Context, managerID, teamID, code, from string) (*model.TeamPage, opened, error) {
	page, err := a.stewardPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, opened{}, err
	}
	found, err := a.openInvitation(ctx, model.JoinInput{Secret: code, Kind: model.CompareCode, From: from})
	if err != nil {
		return nil, found, err
	}
	if found.terms.Team.ID == teamID {
		return nil, found, wrongCode("This is a code of your own team. Give it to a steward of the other team, or enter theirs here.")
	}
	compares, err := hasPublished(ctx, a.store, managerID, teamID)
	if err == nil && !compares {
		err = wrongCode(nothingToCompare)
	}
	return page, found, err
}

// hasPublished reports whether a team has a closed cycle in which enough people took part.
func hasPublished(ctx context.Context, data *store.Store, managerID, teamID string) (bool, error) {
	closed, err := data.ClosedCycles(ctx, managerID, teamID)
	return slices.ContainsFunc(closed, func(one model.ClosedCycle) bool { return one.Aggregate.Contributors > 0 }), err
}

// AgreeToCompare takes the code that a steward of another team made, and lets both teams see each other's aggregates,
// until either ends it. A code serves once. One that opens nothing, or the team's own, is a model.Invalid error on the
// field "code", and so is any where the own team has nothing to compare; after too many of them it is a model.Throttled
// error. Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) AgreeToCompare(ctx context.Context, managerID, teamID, code, from string) error {
	_, found, err := a.openOffer(ctx, managerID, teamID, code, from)
	if err != nil {
		return err
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
