package app

import (
	"context"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/text"
)

// Roster returns a team's members, with what a steward can't do about each of them now. Anyone who isn't a confirmed
// member gets model.ErrNotFound.
func (a *App) Roster(ctx context.Context, managerID, teamID string) (*model.TeamRoster, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	members, err := a.members(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	roster := &model.TeamRoster{TeamPage: *page, Roster: members, Counted: map[string]bool{}}
	cycles, err := a.store.Cycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	if roster.Enough, err = a.enough(ctx, page.Members, a.nextThresholds(a.Installation(ctx), page.Team, cycles)); err != nil || page.Me.Role != model.Steward {
		return roster, err
	}
	for _, member := range members {
		if member.ID != page.Me.ID && counted(member, cycles, page.Now) {
			roster.Counted[member.ID] = true
		}
	}
	return roster, nil
}

// StewardRoster is Roster for stewards. Anyone else gets model.ErrNotFound.
func (a *App) StewardRoster(ctx context.Context, managerID, teamID string) (*model.TeamRoster, error) {
	roster, err := a.Roster(ctx, managerID, teamID)
	if err == nil && roster.Me.Role != model.Steward {
		return nil, model.ErrNotFound
	}
	return roster, err
}

// ConfirmMember confirms a member who waits: they count in the cycles that open from then on. Where another confirmed
// member goes by the same name, nobody could tell the two apart: a model.Invalid error on the field "member". Anyone
// who isn't a steward gets model.ErrNotFound.
func (a *App) ConfirmMember(ctx context.Context, managerID, teamID, memberID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		members, err := tx.Members(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		for _, member := range members {
			if member.ID == memberID && !member.Confirmed() && taken(members, member.Name, memberID) {
				return refused("member", "Another member goes by this name. Ask the one who waits to change theirs, so that all can tell the two apart.")
			}
		}
		if err := a.roomForMember(ctx, tx, teamID); err != nil {
			return err
		}
		return tx.ConfirmMember(ctx, managerID, teamID, memberID, a.now())
	})
}

// DeclineAll declines everybody who was waiting to be confirmed at a moment, except those confirmed since. Anyone who
// isn't a steward gets model.ErrNotFound.
func (a *App) DeclineAll(ctx context.Context, managerID, teamID string, waitedAt time.Time) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		return tx.DeclineWaiting(ctx, managerID, teamID, waitedAt)
	})
}

// taken reports whether a confirmed member other than this one goes by a name, or by one that readers would take
// for it.
func taken(members []model.Membership, name, memberID string) bool {
	for _, member := range members {
		if member.Confirmed() && member.ID != memberID && text.Alike(member.Name, name) {
			return true
		}
	}
	return false
}

// RemoveMember removes somebody else from a team, or declines one who waits. Closed cycles stay as they are. While a
// cycle counts the member it is a model.Invalid error on the field "member", whether they take part or not: the number
// of contributors before and after would show whether they did. Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) RemoveMember(ctx context.Context, managerID, teamID, memberID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.stewardPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		cycles, err := tx.Cycles(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		members, err := tx.Members(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		for _, member := range members {
			if member.ID == memberID && member.ID != page.Me.ID && counted(member, cycles, page.Now) {
				return refused("member", "A cycle is open that counts this member. To remove them now would tell whether they take part, by the number of those who do. "+
					"Close or cancel the cycle first; they can also leave by themselves.")
			}
		}
		return tx.RemoveMember(ctx, managerID, teamID, memberID)
	})
}

// counted reports whether a cycle that has opened and isn't closed counts a member.
func counted(member model.Membership, cycles []*model.Cycle, now time.Time) bool {
	return slices.ContainsFunc(cycles, func(cycle *model.Cycle) bool {
		state := cycle.State(now)
		return (state == model.CycleOpen || state == model.CycleDue) && cycle.Counts(member)
	})
}

// MakeSteward makes a confirmed member a steward. Anyone who isn't a steward gets model.ErrNotFound, and so does a
// steward who names a member who still waits.
func (a *App) MakeSteward(ctx context.Context, managerID, teamID, memberID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.MakeSteward(ctx, managerID, teamID, memberID) })
}

// RenameMyself changes what a member calls themself before a team. A name that is missing, too long or
// that another confirmed member goes by is a model.Invalid error on the field "name"; where it was changed elsewhere
// since the page saw it, it is a model.Conflict error on the same.
func (a *App) RenameMyself(ctx context.Context, managerID, teamID, name, seen string) error {
	var fields fieldErrors
	name = fields.memberName("name", name)
	return a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.teamPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		if err := fields.err(); err != nil {
			return err
		}
		merged, err := mergeFields(seen, []string{"name"}, []string{page.Me.Name}, []string{name})
		if err != nil {
			return err
		}
		name := merged[0]
		// One who waits isn't told who is in the team, not even by a refusal.
		if page.Me.Confirmed() {
			members, err := tx.Members(ctx, managerID, teamID)
			if err != nil {
				return err
			}
			if taken(members, name, page.Me.ID) {
				return refused("name", "Another member goes by this name. Choose one that tells you apart.")
			}
		}
		return tx.RenameMember(ctx, managerID, teamID, name)
	})
}

// StepDown makes a steward a member. The last steward has to hand over first: a model.Invalid error on the field
// "step-down". Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) StepDown(ctx context.Context, managerID, teamID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		done, err := tx.StepDown(ctx, managerID, teamID)
		if err != nil || done {
			return err
		}
		return refused("step-down", "You are the only steward. Make another member a steward first; leaving the team is free at any time.")
	})
}

// TakeOver makes a confirmed member the steward of a team that has none. If somebody else was first, it is a
// model.Invalid error on the field "take-over". Anyone who isn't confirmed gets model.ErrNotFound.
func (a *App) TakeOver(ctx context.Context, managerID, teamID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.confirmedPage(ctx, tx, managerID, teamID)
		if err != nil || page.Me.Role == model.Steward {
			return err
		}
		done, err := tx.TakeOver(ctx, managerID, teamID)
		if err != nil || done {
			return err
		}
		return refused("take-over", "The team has a steward by now, so there is nothing to take over.")
	})
}

// LeaveTeam ends a manager's place in a team. What they contribute to an open cycle and what they show by name goes
// with them; closed cycles stay as they are. The team goes with its last confirmed member. Anyone who isn't a member
// gets model.ErrNotFound.
func (a *App) LeaveTeam(ctx context.Context, managerID, teamID string) error {
	return a.changeContributions(ctx, teamID, func(tx *store.Store) error { return tx.LeaveTeam(ctx, managerID, teamID) })
}
