package app

import (
	"context"

	"whetstone/internal/model"
)

// ProposeLevel is not built yet.
func (a *App) ProposeLevel(ctx context.Context, managerID, assessmentID, reviewID, competency string, input model.AgreementInput) error {
	return errUnbuilt
}

// ConfirmLevel is not built yet.
func (a *App) ConfirmLevel(ctx context.Context, managerID, assessmentID, reviewID, competency, revision string) error {
	return errUnbuilt
}

// WithdrawLevel is not built yet.
func (a *App) WithdrawLevel(ctx context.Context, managerID, assessmentID, reviewID, competency string) error {
	return errUnbuilt
}

// MentorProposeLevel is not built yet.
func (a *App) MentorProposeLevel(ctx context.Context, mentor model.Mentor, shareID, competency string, input model.AgreementInput) error {
	return errUnbuilt
}

// MentorConfirmLevel is not built yet.
func (a *App) MentorConfirmLevel(ctx context.Context, mentor model.Mentor, shareID, competency, revision string) error {
	return errUnbuilt
}

// MentorWithdrawLevel is not built yet.
func (a *App) MentorWithdrawLevel(ctx context.Context, mentor model.Mentor, shareID, competency string) error {
	return errUnbuilt
}
