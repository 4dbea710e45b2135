package app

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

const (
	// reratedCompetencies is how many competencies a look back asks about.
	reratedCompetencies = 2
	// reratedItems is how many shared answers a competency needs to be asked about.
	reratedItems = 2
)

// offerRerating chooses, at the finish of an assessment, competencies of an earlier one to look back at: the latest of
// the same scope that shares enough, chosen at random so that nobody can prepare. A change of scope in between ends
// the search.
func (a *App) offerRerating(ctx context.Context, tx *store.Store, finished *model.Assessment, answers model.Answers) error {
	before, err := tx.Assessments(ctx, finished.ManagerID, model.Complete)
	if err != nil {
		return err
	}
	for _, earlier := range before {
		if earlier.ID == finished.ID {
			continue
		}
		if earlier.Scope != finished.Scope {
			return nil
		}
		earlierAnswers, err := tx.Answers(ctx, finished.ManagerID, earlier.ID)
		if err != nil {
			return err
		}
		shared := map[string]int{}
		for _, pair := range report.AllPairs(finished, answers, earlierAnswers) {
			shared[pair.Competency]++
		}
		var candidates []string
		for _, section := range finished.Sections {
			if shared[section.Competency] >= reratedItems {
				candidates = append(candidates, section.Competency)
			}
		}
		if len(candidates) < reratedCompetencies {
			continue // a pulse in between: the full assessment before it is the one to look back at
		}
		chosen := a.chance().Perm(len(candidates))[:reratedCompetencies]
		return tx.OfferRerating(ctx, &model.Rerating{
			AssessmentID: finished.ID, EarlierID: earlier.ID,
			Competencies: []string{candidates[min(chosen[0], chosen[1])], candidates[max(chosen[0], chosen[1])]},
		})
	}
	return nil
}

// chance is a source of random numbers, seeded by the app's own randomness.
func (a *App) chance() *rand.Rand {
	var seed [32]byte
	copy(seed[:], a.random())
	return rand.New(rand.NewChaCha8(seed))
}

// Rerating returns the look back that goes with one of a manager's finished assessments;
// model.ErrNotFound if none was offered. An open offer ends with the next assessment: "now" has passed.
func (a *App) Rerating(ctx context.Context, managerID, id string) (*model.Rerating, error) {
	later, err := a.store.Assessment(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	return a.rerating(ctx, later, nil)
}

// rerating returns the look back of an assessment. before is the assessment before it, if it has been read already:
// most look backs are at that one.
func (a *App) rerating(ctx context.Context, later *model.Assessment, before *model.Answered) (*model.Rerating, error) {
	rerating, err := a.store.Rerating(ctx, later.ManagerID, later.ID)
	if err != nil {
		return nil, err
	}
	if rerating.State == model.ReratingOffered {
		latest, err := a.store.IsLatest(ctx, later.ManagerID, later.ID)
		if err != nil {
			return nil, err
		}
		if !latest {
			return nil, model.ErrNotFound
		}
	}
	if before == nil || before.Assessment.ID != rerating.EarlierID {
		earlier, err := a.finished(ctx, later.ManagerID, rerating.EarlierID)
		if err != nil {
			return nil, err
		}
		before = &earlier
	}
	a.reports.LookBack(rerating, later, before.Assessment, before.Answers)
	return rerating, nil
}

// AnswerRerating keeps the answers of a look back, once. Unanswered items are left out. Levels are as model.ReadLevel
// reads them; one that no form offers is a model.Invalid error. Once the look back has ended, the answers that it was
// given change nothing, and others are a model.Conflict error.
func (a *App) AnswerRerating(ctx context.Context, managerID, id string, levels map[string]string) error {
	rerating, err := a.Rerating(ctx, managerID, id)
	if err != nil {
		return err
	}
	var fields fieldErrors
	answered := map[string]model.Level{}
	for _, section := range rerating.Sections {
		for _, item := range section.Section.Items {
			level, valid := model.ReadLevel(levels[item.ID])
			if !valid {
				fields.add("level."+item.ID, chooseLevel)
			} else if level != model.Blank {
				answered[item.ID] = level
			}
		}
	}
	if rerating.State != model.ReratingOffered {
		return endedWith(rerating, answered)
	}
	rerating.State, rerating.Levels = model.ReratingAnswered, answered
	if len(fields) == 0 && len(answered) == 0 {
		fields.add(report.FirstItem(rerating), "Answer at least one of these questions, or skip them all.")
	}
	if err := fields.err(); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		done, err := tx.AnswerRerating(ctx, managerID, rerating)
		if err != nil || done {
			return err
		}
		ended, err := tx.Rerating(ctx, managerID, id)
		if err != nil {
			return err
		}
		return endedWith(ended, answered)
	})
}

// endedWith is a model.Conflict error unless a look back that has ended holds the answers that were sent.
func endedWith(ended *model.Rerating, sent map[string]model.Level) error {
	if len(sent) == 0 || maps.Equal(ended.Levels, sent) {
		return nil
	}
	return model.ConflictIn()
}

// SkipRerating declines a look back; it is not offered again. One that has ended stays as it is.
func (a *App) SkipRerating(ctx context.Context, managerID, id string) error {
	rerating, err := a.Rerating(ctx, managerID, id)
	if err != nil {
		return err
	}
	rerating.State = model.ReratingSkipped
	return a.store.InTx(ctx, func(tx *store.Store) error {
		_, err := tx.AnswerRerating(ctx, managerID, rerating)
		return err
	})
}

// addRerating puts a result's look back beside it, if there is one.
func (a *App) addRerating(ctx context.Context, result *model.Result, before *model.Answered) error {
	rerating, err := a.rerating(ctx, result.Assessment, before)
	if errors.Is(err, model.ErrNotFound) {
		return nil
	}
	result.Rerating = rerating
	return err
}
