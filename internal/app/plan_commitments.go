package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Plan gives what a manager is at, what became of what they were at before, and how their bets came out.
func (a *App) Plan(ctx context.Context, managerID string) (*model.Plan, error) {
	all, bets, err := a.commitmentsWithBets(ctx, managerID)
	if err != nil {
		return nil, err
	}
	plan := &model.Plan{Bets: bets}
	for _, commitment := range all {
		if commitment.Open() {
			plan.Open = append(plan.Open, commitment)
		} else {
			plan.Closed = append(plan.Closed, commitment)
		}
	}
	slices.SortStableFunc(plan.Closed, func(one, other model.Commitment) int { return other.ClosedAt.Compare(one.ClosedAt) })
	return plan, nil
}

// ExportPlan gives all of a manager's commitments, and their cadence, as an export has them.
func (a *App) ExportPlan(ctx context.Context, managerID string) (*report.ExportedPlan, error) {
	all, bets, err := a.commitmentsWithBets(ctx, managerID)
	if err != nil {
		return nil, err
	}
	cadence, err := a.store.Cadence(ctx, managerID)
	return report.ExportPlan(all, bets, cadence), err
}

func (a *App) commitmentsWithBets(ctx context.Context, managerID string) ([]model.Commitment, model.Bet, error) {
	all, err := a.commitments(ctx, a.store, managerID)
	if err != nil {
		return nil, model.Bet{}, err
	}
	if !slices.ContainsFunc(all, func(commitment model.Commitment) bool { return commitment.Bet != 0 }) {
		return all, a.reports.Bets(nil, nil), nil
	}
	assessments, err := a.store.Levels(ctx, managerID)
	return all, a.reports.Bets(assessments, all), err
}

// commitments lists all of a manager's commitments, with the names of their competencies, the oldest first.
func (a *App) commitments(ctx context.Context, data *store.Store, managerID string) ([]model.Commitment, error) {
	all, err := data.Commitments(ctx, managerID)
	for i := range all {
		all[i].Competency = a.reports.Named(all[i].Competency.ID)
	}
	return all, err
}

// openCommitments lists those that a manager is at, the oldest first.
func (a *App) openCommitments(ctx context.Context, data *store.Store, managerID string) ([]model.Commitment, error) {
	all, err := a.commitments(ctx, data, managerID)
	return slices.DeleteFunc(all, func(commitment model.Commitment) bool { return !commitment.Open() }), err
}

// Commitment reads one of a manager's commitments; any other is model.ErrNotFound.
func (a *App) Commitment(ctx context.Context, managerID, id string) (model.Commitment, error) {
	return a.commitment(ctx, a.store, managerID, id)
}

func (a *App) commitment(ctx context.Context, data *store.Store, managerID, id string) (model.Commitment, error) {
	all, err := a.commitments(ctx, data, managerID)
	if err != nil {
		return model.Commitment{}, err
	}
	for _, commitment := range all {
		if commitment.ID == id {
			return commitment, nil
		}
	}
	return model.Commitment{}, model.ErrNotFound
}

// CommitmentForm gives what the page of a new commitment offers; a practice or a competency that is known fills it in.
func (a *App) CommitmentForm(ctx context.Context, managerID, practiceID, competencyID string, zone model.Zone) (*model.CommitmentForm, error) {
	form := &model.CommitmentForm{Competencies: a.reports.Competencies()}
	for i := range a.reports.Library.Practices {
		if practice := &a.reports.Library.Practices[i]; practice.ID == practiceID {
			form.Practice, competencyID = practice, practice.Competency
			form.Input.Practice = practice.ID
		}
	}
	if _, known := a.reports.Library.Model.Competency(competencyID); known {
		form.Input.Competency = competencyID
	}
	form.Input.Until = zone.Day(a.now()).AddDate(0, 0, model.UsualCommitment).Format(model.DateLayout)
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil {
		return nil, err
	}
	form.Bets = slices.ContainsFunc(finished, func(assessment *model.Assessment) bool { return assessment.Form == model.FullForm })
	form.Open, err = a.openCommitments(ctx, a.store, managerID)
	return form, err
}

// Commit makes a commitment and gives its id. Bad input is a model.Invalid error on the field; where the manager is at
// as many as can be, or keeps as many, it is one on "room".
func (a *App) Commit(ctx context.Context, managerID string, input model.CommitmentInput, zone model.Zone) (string, error) {
	commitment, fields := a.readCommitment(input, zone)
	commitment.ID, commitment.MadeAt, commitment.Competency.ID = a.random(), a.now(), input.Competency
	if _, known := a.reports.Library.Model.Competency(input.Competency); !known {
		fields = append(fieldErrors{{Field: "competency", Message: "Choose the competency that it serves."}}, fields...)
	}
	if slices.ContainsFunc(a.reports.Library.Practices, isPractice(input.Practice)) {
		commitment.Practice = input.Practice
	}
	if input.Bet != "" {
		commitment.Bet, _ = strconv.Atoi(input.Bet)
		if !slices.Contains(model.Bets, commitment.Bet) || strconv.Itoa(commitment.Bet) != input.Bet {
			fields.add("bet", "Choose one of the chances from 10 to 90 %, or no bet.")
		}
	}
	if err := fields.err(); err != nil {
		return "", err
	}
	return commitment.ID, a.store.InTx(ctx, func(tx *store.Store) error {
		all, err := tx.Commitments(ctx, managerID)
		if err != nil {
			return err
		}
		open := slices.DeleteFunc(slices.Clone(all), func(one model.Commitment) bool { return !one.Open() })
		if err := tooMany(len(open), model.OpenLimit, "room", "You are working on %d things already. Close one first: more of them compete for the same hours."); err != nil {
			return err
		}
		if err := tooMany(len(all), model.CommitmentLimit, "room", "Your plan keeps %d commitments, as many as it can. Delete one that you don’t need any more."); err != nil {
			return err
		}
		return tx.CreateCommitment(ctx, managerID, commitment)
	})
}

// readCommitment reads what can be said of a commitment at any time, and all that is wrong with it.
func (a *App) readCommitment(input model.CommitmentInput, zone model.Zone) (model.Commitment, fieldErrors) {
	commitment := model.Commitment{Occasion: cleanLine(input.Occasion), Action: cleanLine(input.Action), Notice: cleanLine(input.Notice)}
	var fields fieldErrors
	fields.require("occasion", "the occasion", commitment.Occasion, model.OccasionLimit, "Say on what occasion, such as “I am sent a design to review”.")
	fields.require("action", "what you will do", commitment.Action, model.ActionLimit, "Say what you will do when it comes.")
	fields.bound("notice", "how you would notice", commitment.Notice, model.NoticeLimit)
	var wrong string
	if commitment.Until, wrong = readUntil(input.Until, zone.Day(a.now())); wrong != "" {
		fields.add("until", wrong)
	}
	return commitment, fields
}

// readUntil reads the last day of a commitment; wrong says what to do if it can't be one.
func readUntil(typed string, today time.Time) (until time.Time, wrong string) {
	until, err := time.Parse(model.DateLayout, strings.TrimSpace(typed))
	last := today.AddDate(0, 0, model.LongestCommitment)
	if err != nil || until.Before(today) || until.After(last) {
		return time.Time{}, fmt.Sprintf("Enter a day from %s to %s, as year, month and day: %s.",
			model.LongDay(today), model.LongDay(last), today.AddDate(0, 0, model.UsualCommitment).Format(model.DateLayout))
	}
	return until, ""
}

// changedElsewhere is the error for a page that shows a commitment as it isn't any more.
func changedElsewhere(field string) error {
	return model.InvalidFields([]model.FieldError{{
		Field: field, Message: "This commitment was changed in another tab or on another device since this page was shown. What was saved there stands above; save again if yours is to count.",
	}})
}

// ChangeCommitment sets the words and the last day of one of a manager's commitments that is open. Bad input is a
// model.Invalid error on the field; one that was changed since the page was shown, or is closed, is one on "changed".
func (a *App) ChangeCommitment(ctx context.Context, managerID, id string, input model.CommitmentInput, zone model.Zone) error {
	change, fields := a.readCommitment(input, zone)
	return a.store.InTx(ctx, func(tx *store.Store) error {
		current, err := a.commitment(ctx, tx, managerID, id)
		if err != nil {
			return err
		}
		if len(fields) > 0 && change.Until.IsZero() && input.Until == current.Until.Format(model.DateLayout) {
			// Its day has come, and stays as it is.
			change.Until = current.Until
			fields = slices.DeleteFunc(fields, func(field model.FieldError) bool { return field.Field == "until" })
		}
		if err := fields.err(); err != nil {
			return err
		}
		if change.Occasion == current.Occasion && change.Action == current.Action && change.Notice == current.Notice && change.Until.Equal(current.Until) {
			return nil
		}
		if current.Seen() != input.Seen {
			return changedElsewhere("changed")
		}
		change.ID, change.Revision = id, current.Revision
		done, err := tx.ChangeCommitment(ctx, managerID, change)
		if err == nil && !done {
			return changedElsewhere("changed")
		}
		return err
	})
}

// DeleteCommitment removes one of a manager's commitments for good, also from links that show it. meant says that they
// confirmed it; without it, it is a model.Invalid error on the field "meant".
func (a *App) DeleteCommitment(ctx context.Context, managerID, id string, meant bool) error {
	if _, err := a.Commitment(ctx, managerID, id); err != nil {
		return err
	}
	if !meant {
		return model.InvalidFields([]model.FieldError{{
			Field: "meant", Message: "Tick the box to say that this commitment may be deleted.",
		}})
	}
	return a.erasing(ctx, id, func(tx *store.Store) error { return tx.DeleteCommitment(ctx, managerID, id) })
}
