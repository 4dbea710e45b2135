package app

import (
	"context"

	"whetstone/internal/model"
)

// ContributionOffers lists the open cycles that an assessment could be contributed to.
func (a *App) ContributionOffers(ctx context.Context, managerID, assessmentID string) ([]model.ContributionOffer, error) {
	return nil, errNotBuilt
}

// Contribute contributes an assessment to a cycle.
func (a *App) Contribute(ctx context.Context, managerID, teamID, cycleID, assessmentID string) error {
	return errNotBuilt
}

// WithdrawContribution takes a contribution back.
func (a *App) WithdrawContribution(ctx context.Context, managerID, teamID, cycleID string) error {
	return errNotBuilt
}
