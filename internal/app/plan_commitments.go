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
	if err != nil {
		return nil, err
	}
	references, err := a.store.References(ctx, managerID)
	export := report.ExportPlan(all, bets, cadence)
	for i := range export.Commitments {
		export.Commitments[i].Refer(references)
	}
	return export, err
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

// CommitmentForm gives what the page of a new commitment offers. What is known of the beginning fills it in.
func (a *App) CommitmentForm(ctx context.Context, managerID string, start model.CommitmentStart, zone model.Zone) (*model.CommitmentForm, error) {
	form := &model.CommitmentForm{Competencies: a.reports.Competencies()}
	practiceID, competencyID := start.Practice, start.Competency
	for i := range a.reports.Library.Practices {
		if practice := &a.reports.Library.Practices[i]; practice.ID == practiceID {
			form.Practice, competencyID = practice, practice.Competency
			form.Input.Practice = practice.ID
		}
	}
	if _, known := a.reports.Library.Model.Competency(competencyID); known {
		form.Input.Competency = competencyID
	}
	if start.Map != "" {
		placed, err := a.store.DepthMap(ctx, managerID, start.Map)
		if err != nil && model.KindOf(err) != model.NotFound {
			return nil, err
		}
		placement, _ := placed.Placement(start.Domain)
		form.Input.Domain = placement.Name
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
	commitment.Domain = cleanLine(input.Domain)
	fields.bound("for-domain", "the domain", commitment.Domain, model.DomainLimit)
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

// commitmentFields are the names of what can be changed of a commitment; commitmentTexts returns what they hold.
var commitmentFields = []string{"occasion", "action", "notice", "until"}

func commitmentTexts(commitment model.Commitment) []string {
	return []string{commitment.Occasion, commitment.Action, commitment.Notice, commitment.Until.Format(model.DateLayout)}
}

// SeenCommitment says what a page saw of a commitment that it offers to change, as Seen does of an answer.
func SeenCommitment(commitment model.Commitment) string {
	return seenToken(0, commitmentTexts(commitment)...)
}

// changedElsewhere is the error for a page that says what became of a commitment as it isn't any more.
func changedElsewhere(field string) error {
	return refused(field, "This commitment was changed in another tab or on another device since this page was shown. What was saved there stands above; save again if yours is to count.")
}

// closedElsewhere is the error for a page of a commitment that isn't open any more.
func closedElsewhere(field string) error {
	return refused(field, "This commitment was closed in another tab or on another device since this page was shown, and stays as it stands above.")
}

// ChangeCommitment sets the words and the last day of one of a manager's commitments that is open. Bad input is a
// model.Invalid error on the field, and a commitment that is closed one on "changed"; what was changed elsewhere since
// the page saw it is a model.Conflict error that names the fields.
func (a *App) ChangeCommitment(ctx context.Context, managerID, id string, input model.CommitmentInput, zone model.Zone) error {
	change, fields := a.readCommitment(input, zone)
	return a.store.InTx(ctx, func(tx *store.Store) error {
		current, err := a.commitment(ctx, tx, managerID, id)
		if err != nil {
			return err
		}
		if !current.Open() {
			return closedElsewhere("changed")
		}
		stored := commitmentTexts(current)
		sent := []string{change.Occasion, change.Action, change.Notice, strings.TrimSpace(input.Until)}
		wrong := withoutOldDay(fields, input.Seen, stored, sent)
		if err := wrong.err(); err != nil {
			return err
		}
		merged, err := mergeFields(input.Seen, commitmentFields, stored, sent)
		if err != nil || slices.Equal(merged, stored) {
			return err
		}
		current.Occasion, current.Action, current.Notice = merged[0], merged[1], merged[2]
		if current.Until, err = time.Parse(model.DateLayout, merged[3]); err != nil {
			return err
		}
		done, err := tx.ChangeCommitment(ctx, managerID, current)
		if err == nil && !done {
			return model.ConflictIn(commitmentFields...)
		}
		return err
	})
}

// withoutOldDay leaves out what is wrong with a last day that the page shows as it saw it: it has come, and stays.
func withoutOldDay(fields fieldErrors, seen string, stored, sent []string) fieldErrors {
	const until = 3
	if sent[until] != stored[until] && digest(sent[until]) != digests(seen, len(stored))[until] {
		return fields
	}
	return slices.DeleteFunc(slices.Clone(fields), func(field model.FieldError) bool { return field.Field == commitmentFields[until] })
}

// DeleteCommitment removes one of a manager's commitments for good, also from links that show it. meant says that they
// confirmed it; without it, it is a model.Invalid error on the field "meant". One that was changed since the page saw it,
// or of which something was said, is a model.Conflict error on the same: what is newer is not deleted unseen.
func (a *App) DeleteCommitment(ctx context.Context, managerID, id, seen string, meant bool) error {
	return a.erasing(ctx, id, func(tx *store.Store) error {
		stored, err := a.commitment(ctx, tx, managerID, id)
		switch {
		case err != nil:
			return err
		case stored.Seen() != seen:
			return model.ConflictIn("meant")
		case !meant:
			return refused("meant", "Tick the box to say that this commitment may be deleted.")
		}
		return tx.DeleteCommitment(ctx, managerID, id)
	})
}
