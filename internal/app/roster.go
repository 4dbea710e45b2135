package app

import (
	"context"
)

// ConfirmMember confirms a member.
func (a *App) ConfirmMember(ctx context.Context, managerID, teamID, memberID string) error {
	return errNotBuilt
}

// RemoveMember removes a member.
func (a *App) RemoveMember(ctx context.Context, managerID, teamID, memberID string) error {
	return errNotBuilt
}

// MakeSteward makes a member a steward.
func (a *App) MakeSteward(ctx context.Context, managerID, teamID, memberID string) error {
	return errNotBuilt
}

// RenameMyself changes the name of a member.
func (a *App) RenameMyself(ctx context.Context, managerID, teamID, name string) error {
	return errNotBuilt
}

// StepDown makes a steward a member.
func (a *App) StepDown(ctx context.Context, managerID, teamID string) error {
	return errNotBuilt
}

// TakeOver makes a member the steward of a team that has none.
func (a *App) TakeOver(ctx context.Context, managerID, teamID string) error {
	return errNotBuilt
}

// LeaveTeam ends a membership.
func (a *App) LeaveTeam(ctx context.Context, managerID, teamID string) error {
	return errNotBuilt
}
