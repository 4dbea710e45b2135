package app

import (
	"context"
	"fmt"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Acquaintances returns the other confirmed members of a team, and which of them a member ticked as people they know.
// It holds only that member's own ticks. Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) Acquaintances(ctx context.Context, managerID, teamID string) (*model.TeamAcquaintances, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	members, err := a.members(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	known, err := a.store.Acquaintances(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	cycles, err := a.store.Cycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	found := &model.TeamAcquaintances{TeamPage: *page, Known: known, Needed: a.nextThresholds(a.Installation(ctx), page.Team, cycles).Known}
	for _, member := range members {
		if member.Confirmed() && member.ID != page.Me.ID {
			found.Others = append(found.Others, member)
		}
	}
	closed, err := a.store.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	found.Current, err = a.current(ctx, page, managerID, cycles, closed)
	return found, err
}

// SaveAcquaintances notes whom of a team a member knows, by the ids of their places. A tick that the page left as it
// saw it stays as it is stored. Nobody else is told. More than model.KnownLimit are a model.Invalid error on the field
// "known". Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) SaveAcquaintances(ctx context.Context, managerID, teamID string, input model.AcquaintancesInput) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.confirmedPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		members := input.Ticked
		if input.Seen != nil {
			noted, err := tx.Acquaintances(ctx, managerID, teamID)
			if err != nil {
				return err
			}
			members = mergeTicks(input.Ticked, input.Seen, noted)
		}
		members = slices.Compact(slices.Sorted(slices.Values(members)))
		if len(members) > model.KnownLimit {
			return refused("known", fmt.Sprintf("Tick %d people at the most: those whom you know best.", model.KnownLimit))
		}
		return tx.PutAcquaintances(ctx, managerID, teamID, members)
	})
}

// mergeTicks merges the ticks of a page with the stored ones: a tick that the page left as it saw it stays as it is
// stored. There is nothing to choose, since a tick that both sides changed was changed to the same.
func mergeTicks(ticked, seen []string, noted map[string]bool) (merged []string) {
	for one := range noted {
		if slices.Contains(ticked, one) || !slices.Contains(seen, one) {
			merged = append(merged, one)
		}
	}
	for _, one := range ticked {
		if !slices.Contains(seen, one) {
			merged = append(merged, one)
		}
	}
	return merged
}
