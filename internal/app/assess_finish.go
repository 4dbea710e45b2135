package app

import (
	"context"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Review returns a whole draft, to be checked before it is finished.
func (a *App) Review(ctx context.Context, managerID, id string) (*model.Review, error) {
	draft, answers, err := a.draft(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	review := &model.Review{Progress: *a.progress(draft, answers), Answers: answers}
	review.Scored = len(report.ScoredLevels(draft, answers))
	review.Few = report.Few(review.Given, review.Asked)
	review.Unread = report.Unread(&review.Progress, answers)
	review.Careless, err = a.careless(ctx, a.store, draft, answers)
	return review, err
}

// careless looks for signs that a draft was answered without reading.
func (a *App) careless(ctx context.Context, data *store.Store, draft *model.Assessment, answers model.Answers) ([]measure.CarelessReason, error) {
	previous, err := a.previousLevels(ctx, data, draft)
	if err != nil {
		return nil, err
	}
	var spent time.Duration
	for _, answer := range answers {
		spent += answer.Spent
	}
	return measure.Defaults().Careless(report.ScoredLevels(draft, answers), previous, spent), nil
}

// previousLevels returns the answers of the manager's latest finished assessment, nil if there is none.
func (a *App) previousLevels(ctx context.Context, data *store.Store, draft *model.Assessment) (map[string]int, error) {
	finished, err := data.Assessments(ctx, draft.ManagerID, model.Complete)
	if err != nil || len(finished) == 0 {
		return nil, err
	}
	latest, err := data.Assessment(ctx, draft.ManagerID, finished[0].ID)
	if err != nil {
		return nil, err
	}
	answers, err := data.Answers(ctx, draft.ManagerID, latest.ID)
	return report.ScoredLevels(latest, answers), err
}

// Finish ends a draft, all or nothing and once: it freezes the targets, the noise and the constants of measurement. A
// second call finds it finished and does nothing more. meant says that the manager stands by answers that look
// careless or are few; without it such a draft is a model.Invalid error on the field "meant". The period ends on the
// manager's current day in zone. A draft without any answer on the scale is a model.Invalid error on the field
// "answers".
func (a *App) Finish(ctx context.Context, managerID, id string, meant bool, zone model.Zone) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		draft, err := tx.Assessment(ctx, managerID, id)
		if err != nil || draft.State == model.Complete {
			return err
		}
		answers, err := tx.Answers(ctx, managerID, id)
		if err != nil {
			return err
		}
		if err := a.checkFinish(ctx, tx, draft, answers, meant); err != nil {
			return err
		}
		if err := applyTargets(ctx, tx, draft); err != nil {
			return err
		}
		draft.Constants = measure.Defaults()
		if draft.Noise, err = a.personalNoise(ctx, tx, draft, answers); err != nil {
			return err
		}
		draft.FinishedAt = a.now()
		draft.PeriodEnd = zone.Day(draft.FinishedAt)
		if _, err := tx.Finish(ctx, draft); err != nil {
			return err
		}
		if err := a.offerRerating(ctx, tx, draft, answers); err != nil {
			return err
		}
		return a.countForReliability(ctx, tx, draft)
	})
}

func (a *App) checkFinish(ctx context.Context, tx *store.Store, draft *model.Assessment, answers model.Answers, meant bool) error {
	if len(report.ScoredLevels(draft, answers)) == 0 {
		return refused("answers", "Answer at least one question with a level from 1 to 5; without one there is no result to show.")
	}
	if meant {
		return nil
	}
	given := 0
	for _, section := range draft.Sections {
		given += answers.Given(section)
	}
	if report.Few(given, draft.Asked()) {
		return refused("meant", "Say that you want to finish with these answers, or go back and give some more.")
	}
	reasons, err := a.careless(ctx, tx, draft, answers)
	if err != nil {
		return err
	}
	if len(reasons) > 0 {
		return refused("meant", "Say that these answers are meant, or go back and change some.")
	}
	return nil
}

// applyTargets puts a manager's own targets in the place of the shipped ones.
func applyTargets(ctx context.Context, tx *store.Store, draft *model.Assessment) error {
	own, err := tx.Targets(ctx, draft.ManagerID, draft.Scope)
	if err != nil {
		return err
	}
	for i := range draft.Sections {
		if target, found := own[draft.Sections[i].Competency]; found {
			draft.Sections[i].Target, draft.Sections[i].Importance = target.Value, target.Importance
		}
	}
	return nil
}

// personalNoise estimates how much this person's answers vary, from the latest finished assessment
// that shows it; the prior where there is none.
func (a *App) personalNoise(ctx context.Context, tx *store.Store, draft *model.Assessment, answers model.Answers) (measure.Noise, error) {
	finished, err := tx.Assessments(ctx, draft.ManagerID, model.Complete)
	if err != nil {
		return measure.Noise{}, err
	}
	for _, earlier := range finished {
		if !report.ShowsNoise(earlier, draft) {
			continue
		}
		earlierAnswers, err := tx.Answers(ctx, draft.ManagerID, earlier.ID)
		if err != nil {
			return measure.Noise{}, err
		}
		return draft.Constants.EstimateNoise(report.AllPairs(draft, answers, earlierAnswers)), nil
	}
	return draft.Constants.PriorNoise(), nil
}

// DeleteDraft removes one of a manager's drafts with its answers. A finished assessment is
// model.ErrFinished.
func (a *App) DeleteDraft(ctx context.Context, managerID, id string) error {
	return a.erasing(ctx, id, func(tx *store.Store) error {
		if err := requireDraft(ctx, tx, managerID, id); err != nil {
			return err
		}
		return tx.DeleteDraft(ctx, managerID, id)
	})
}
