package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

func isPractice(id string) func(questionnaire.Practice) bool {
	return func(practice questionnaire.Practice) bool { return practice.ID == id }
}

// FollowUp notes what became of one of a manager's commitments that is open, and closes it or carries it on. Bad input
// is a model.Invalid error on "became", "line" or "until", which may be left out for the usual time; one that was changed since the page was shown, or is closed,
// is one on "changed".
func (a *App) FollowUp(ctx context.Context, managerID string, input model.FollowUpInput, zone model.Zone) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		return a.followUp(ctx, tx, managerID, input, zone, func(field string) string { return field })
	})
}

// followUp is FollowUp in a transaction; field gives the names by which the form knows its fields.
func (a *App) followUp(ctx context.Context, tx *store.Store, managerID string, input model.FollowUpInput, zone model.Zone, field func(string) string) error {
	current, err := a.commitment(ctx, tx, managerID, input.Commitment)
	if err != nil {
		return err
	}
	followUp := model.FollowUp{Became: model.Became(input.Became), Line: cleanLine(input.Line), Carried: input.Carry, ToldAt: a.now()}
	var fields fieldErrors
	switch followUp.Became {
	case model.Kept, model.PartlyKept, model.NotKept:
	case model.Dropped:
		followUp.Carried = false
		if followUp.Line == "" {
			fields.add(field("line"), "Say in a line why you drop it: that is what you will want to know later.")
		}
	default:
		fields.add(field("became"), "Say what became of it.")
	}
	fields.bound(field("line"), "the line", followUp.Line, model.LineLimit)
	if today := zone.Day(a.now()); followUp.Carried && input.Until == "" {
		current.Until = current.Carried(today)
	} else if followUp.Carried {
		var wrong string
		if current.Until, wrong = readUntil(input.Until, today); wrong != "" {
			fields.add(field("until"), wrong)
		}
	}
	if err := fields.err(); err != nil {
		return err
	}
	if !current.Open() {
		return closedElsewhere(field("changed"))
	}
	if current.Seen() != input.Seen {
		return changedElsewhere(field("changed"))
	}
	done, err := tx.AddFollowUp(ctx, managerID, current, followUp)
	if err == nil && !done {
		return changedElsewhere(field("changed"))
	}
	return err
}

// Following gives what an assessment asks before its first question: what became of the commitments that were made
// before it was begun, and of which nothing was said since. A finished assessment is model.ErrFinished.
func (a *App) Following(ctx context.Context, managerID, assessmentID string, zone model.Zone) (*model.Following, error) {
	progress, err := a.Progress(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	following := &model.Following{Progress: progress, Today: zone.Day(a.now()), Inputs: map[string]model.FollowUpInput{}}
	following.Commitments, err = a.toFollow(ctx, a.store, managerID, progress.Assessment.StartedAt)
	return following, err
}

// toFollow lists a manager's open commitments that were made before a moment and of which nothing was said since.
func (a *App) toFollow(ctx context.Context, data *store.Store, managerID string, since time.Time) ([]model.Commitment, error) {
	open, err := a.openCommitments(ctx, data, managerID)
	return slices.DeleteFunc(open, func(commitment model.Commitment) bool {
		last, told := commitment.Last()
		return !commitment.MadeAt.Before(since) || told && !last.ToldAt.Before(since)
	}), err
}

// FollowUpAll notes what is said of several commitments before an assessment's first question, all or none. Of those
// of which nothing is said nothing is noted; one that is to be carried on or closed otherwise than was chosen beforehand
// takes a word on what became of it. The fields of its errors are those of FollowUp, each followed by a dot and
// the id of the commitment. It is kept, too, where the assessment was finished meanwhile.
func (a *App) FollowUpAll(ctx context.Context, managerID, assessmentID string, inputs []model.FollowUpInput, zone model.Zone) error {
	if _, err := a.store.State(ctx, managerID, assessmentID); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		var fields fieldErrors
		for _, input := range inputs {
			untold, err := a.untold(ctx, tx, managerID, input, zone.Day(a.now()))
			if err != nil {
				return err
			}
			if untold {
				continue
			}
			err = a.followUp(ctx, tx, managerID, input, zone, func(field string) string { return field + "." + input.Commitment })
			if invalid, is := errors.AsType[*model.Error](err); is && invalid.Kind == model.Invalid {
				fields = append(fields, invalid.Fields...)
			} else if err != nil {
				return err
			}
		}
		return fields.err()
	})
}

// untold tells whether a form says nothing of a commitment: neither what became of it nor a line, and of carrying it on or
// closing it only what was chosen beforehand. Whoever chose otherwise is asked what became of it, so that it isn't lost.
func (a *App) untold(ctx context.Context, tx *store.Store, managerID string, input model.FollowUpInput, today time.Time) (bool, error) {
	if input.Became != "" || cleanLine(input.Line) != "" {
		return false, nil
	}
	commitment, err := a.commitment(ctx, tx, managerID, input.Commitment)
	return err == nil && (!commitment.Open() || input.Carry != commitment.Due(today)), err
}

// Followed gives the commitments that belong beside a result, see report.Reports.Followed.
func (a *App) Followed(ctx context.Context, result *model.Result) ([]model.Followed, error) {
	all, err := a.store.Commitments(ctx, result.Assessment.ManagerID)
	return a.reports.Followed(result, all), err
}

// FollowedAt is Followed for each result of a history, by the id of the assessment.
func (a *App) FollowedAt(ctx context.Context, managerID string, history *model.History) (map[string][]model.Followed, error) {
	followed := map[string][]model.Followed{}
	all, err := a.store.Commitments(ctx, managerID)
	for _, snapshot := range history.Results {
		if list := a.reports.Followed(snapshot, all); len(list) > 0 {
			followed[snapshot.Assessment.ID] = list
		}
	}
	return followed, err
}
