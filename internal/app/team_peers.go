package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// nothingToCompare is the message for a team that has nothing to be compared by.
const nothingToCompare = "Your team has no closed cycle yet in which enough people took part, so it has nothing to set beside another’s. Ask again once it has."

// PeerOffer returns the team that made a code, as a steward of another team sees it before asking. Errors are those of
// AskToCompare; the code stays as it is.
func (a *App) PeerOffer(ctx context.Context, managerID, teamID, code, from string) (*model.PeerOffer, error) {
	page, found, err := a.openOffer(ctx, managerID, teamID, code, from)
	if err != nil {
		return nil, err
	}
	offer := &model.PeerOffer{TeamPage: *page, Code: readCode(code), Other: found.terms.Team, Members: found.terms.Members}
	cycles, err := a.store.OfferedCycles(ctx, found.invitation.ID, a.now())
	offer.Cycles = published(cycles)
	return offer, err
}

// published are the closed cycles in which enough people took part.
func published(closed []model.ClosedCycle) []model.ClosedCycle {
	return slices.DeleteFunc(closed, func(one model.ClosedCycle) bool { return one.Aggregate.Contributors == 0 })
}

// peerRequests are what a team has asked others or they have asked it. The stewards who are asked see of the other team what
// its own saw of theirs before they asked.
func (a *App) peerRequests(ctx context.Context, page *model.TeamPage, managerID string) ([]model.PeerRequest, error) {
	list, err := a.store.PeerRequests(ctx, managerID, page.Team.ID)
	for i := range list {
		if err != nil || list[i].Ours {
			continue
		}
		list[i].Cycles, err = a.store.AskingCycles(ctx, managerID, page.Team.ID, list[i].Other.ID)
		list[i].Cycles = published(list[i].Cycles)
	}
	return list, err
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
	return len(published(closed)) > 0, err
}

// AskToCompare takes the code that a steward of another team made, and asks that team to compare; its stewards see who asks
// and agree or decline, and until they agree nothing is compared. Where they had asked the same, both have agreed with that. A
// code serves once. One that opens nothing, or the team's own, is a model.Invalid error on the
// field "code", and so is any where the own team has nothing to compare; after too many of them it is a model.Throttled
// error. Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) AskToCompare(ctx context.Context, managerID, teamID, code, from string) error {
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
			return wrongCode(usedCode)
		}
		return tx.AskPeer(ctx, managerID, teamID, found.terms.Team.ID, a.now())
	})
}

// AgreeToCompare agrees to what another team has asked, and lets both teams see each other's aggregates, until either ends
// it. It reports whether they compare then: what isn't asked any more can't be agreed to. Anyone who isn't a steward of the
// one that was asked gets model.ErrNotFound.
func (a *App) AgreeToCompare(ctx context.Context, managerID, teamID, peerTeamID string) (compares bool, err error) {
	err = a.asSteward(ctx, managerID, teamID, func(tx *store.Store) error {
		if err := tx.AgreePeer(ctx, managerID, teamID, peerTeamID, a.now()); err != nil && !errors.Is(err, model.ErrNotFound) {
			return err
		}
		peers, err := tx.Peers(ctx, managerID, teamID)
		compares = slices.ContainsFunc(peers, func(peer model.TeamPeer) bool { return peer.Team.ID == peerTeamID })
		return err
	})
	return compares, err
}

// declinedFor is how long those who asked to compare read that it was declined.
const declinedFor = 90 * 24 * time.Hour

// declinedPeers are the teams that declined what a team had asked.
func (a *App) declinedPeers(ctx context.Context, managerID, teamID string) ([]model.PeerRefusal, error) {
	return a.store.DeclinedPeers(ctx, managerID, teamID, a.now().Add(-declinedFor))
}

// EndComparison ends what two teams agreed, for both, or what one of them asked: it is taken back, or declined, which the members of the team that asked read. Anyone who isn't
// a steward of the first gets model.ErrNotFound; what has ended is no error.
func (a *App) EndComparison(ctx context.Context, managerID, teamID, peerTeamID string) error {
	return a.asSteward(ctx, managerID, teamID, func(tx *store.Store) error { return tx.DeletePeer(ctx, managerID, teamID, peerTeamID, a.now()) })
}

// asSteward does something about another team that a steward may; that there is nothing left to do is no error.
func (a *App) asSteward(ctx context.Context, managerID, teamID string, do func(*store.Store) error) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		if err := do(tx); !errors.Is(err, model.ErrNotFound) {
			return err
		}
		return nil
	})
}
