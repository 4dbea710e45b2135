package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
)

// Result returns what one of a manager's finished assessments means. A draft is model.ErrNotFound.
func (a *App) Result(ctx context.Context, managerID, id string) (*model.Result, error) {
	answered, err := a.finished(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	result := a.reports.WithPractices(a.reports.Result(answered.Assessment, answered.Answers))
	before, err := a.compareWithPrevious(ctx, result)
	if err != nil {
		return nil, err
	}
	if err := a.addAgreed(ctx, result); err != nil {
		return nil, err
	}
	return result, a.addRerating(ctx, result, before)
}

// addAgreed puts the levels beside a result that manager and mentors have agreed on, but for reviews that were set aside.
func (a *App) addAgreed(ctx context.Context, result *model.Result) error {
	agreements, err := a.store.Agreements(ctx, result.Assessment.ManagerID, result.Assessment.ID)
	for _, agreed := range agreements {
		if agreed.ConfirmedAt.IsZero() || agreed.SetAside {
			continue
		}
		if result.Agreed == nil {
			result.Agreed = map[string][]model.AgreedLevel{}
		}
		result.Agreed[agreed.Competency] = append(result.Agreed[agreed.Competency], agreed)
	}
	return err
}

// finished reads one of a manager's finished assessments. A draft is model.ErrNotFound.
func (a *App) finished(ctx context.Context, managerID, id string) (model.Answered, error) {
	assessment, err := a.store.Assessment(ctx, managerID, id)
	if err != nil {
		return model.Answered{}, err
	}
	if assessment.State != model.Complete {
		return model.Answered{}, model.ErrNotFound
	}
	answers, err := a.store.AnswersOf(ctx, assessment)
	return model.Answered{Assessment: assessment, Answers: answers}, err
}

// Results lists a manager's drafts, the one last worked on first, and finished assessments, the latest first.
func (a *App) Results(ctx context.Context, managerID string) (*model.Summaries, error) {
	summaries := &model.Summaries{}
	var err error
	if summaries.Drafts, err = a.drafts(ctx, managerID); err != nil {
		return nil, err
	}
	history, err := a.History(ctx, managerID)
	if err != nil {
		return nil, err
	}
	summaries.Finished = slices.Clone(history.Results)
	slices.Reverse(summaries.Finished)
	summaries.Mentors, err = a.MentorNews(ctx, managerID)
	return summaries, err
}
