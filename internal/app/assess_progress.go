package app

import (
	"context"
	"errors"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// Progress tells how far one of a manager's drafts is. A finished assessment is model.ErrFinished.
func (a *App) Progress(ctx context.Context, managerID, id string) (*model.Progress, error) {
	draft, answers, err := a.draft(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	return a.progress(draft, answers), nil
}

// draft reads one of a manager's drafts with its answers.
func (a *App) draft(ctx context.Context, managerID, id string) (*model.Assessment, model.Answers, error) {
	assessment, err := a.store.Assessment(ctx, managerID, id)
	if err != nil {
		return nil, nil, err
	}
	if assessment.State != model.Draft {
		return nil, nil, model.ErrFinished
	}
	answers, err := a.store.Answers(ctx, managerID, id)
	return assessment, answers, err
}

// latestDraft is the manager's draft that was last worked on, nil if there is none.
func (a *App) latestDraft(ctx context.Context, managerID string) (*model.Progress, error) {
	drafts, err := a.drafts(ctx, managerID)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	return drafts[0], nil
}

// drafts are all of a manager's drafts, the one last worked on first.
func (a *App) drafts(ctx context.Context, managerID string) ([]*model.Progress, error) {
	listed, err := a.store.Assessments(ctx, managerID, model.Draft)
	if err != nil {
		return nil, err
	}
	var drafts []*model.Progress
	for _, draft := range listed {
		progress, err := a.ifStillDraft(ctx, managerID, draft.ID)
		if err != nil {
			return nil, err
		}
		if progress != nil {
			drafts = append(drafts, progress)
		}
	}
	slices.SortStableFunc(drafts, func(one, other *model.Progress) int { return other.WorkedAt.Compare(one.WorkedAt) })
	return drafts, nil
}

// ifStillDraft is Progress of what was listed as a draft; nil where it has been finished or deleted
// since, as in another window.
func (a *App) ifStillDraft(ctx context.Context, managerID, id string) (*model.Progress, error) {
	progress, err := a.Progress(ctx, managerID, id)
	if errors.Is(err, model.ErrFinished) || errors.Is(err, model.ErrNotFound) {
		return nil, nil
	}
	return progress, err
}

func (a *App) progress(draft *model.Assessment, answers model.Answers) *model.Progress {
	progress := &model.Progress{Assessment: draft, WorkedAt: draft.StartedAt}
	for _, answer := range answers {
		if answer.UpdatedAt.After(progress.WorkedAt) {
			progress.WorkedAt = answer.UpdatedAt
		}
	}
	progress.Scope, _ = a.reports.Library.Model.Scope(draft.Scope)
	progress.Craft, _ = a.reports.Library.Model.Craft(draft.Craft)
	for _, section := range draft.Sections {
		competency, area := a.reports.Place(section.Competency)
		own := model.CompetencyProgress{
			Competency: competency, Section: section,
			Given: answers.Given(section), Asked: len(section.Items),
		}
		last := len(progress.Areas) - 1
		if last < 0 || progress.Areas[last].Area.ID != area.ID {
			progress.Areas = append(progress.Areas, model.AreaProgress{Area: area})
			last++
		}
		current := &progress.Areas[last]
		current.Competencies = append(current.Competencies, own)
		current.Given += own.Given
		current.Asked += own.Asked
		progress.Given += own.Given
		progress.Asked += own.Asked
		if progress.Next == "" && own.Given < own.Asked {
			progress.Next = section.Competency
		}
	}
	progress.Minutes = report.MinutesLeft(draft, answers)
	return progress
}

// QuestionPage gives the page of one competency of a draft. A finished assessment is model.ErrFinished.
func (a *App) QuestionPage(ctx context.Context, managerID, id, competencyID string) (*model.QuestionPage, error) {
	draft, err := a.store.Assessment(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	if draft.State != model.Draft {
		return nil, model.ErrFinished
	}
	page := &model.QuestionPage{Assessment: draft, Count: len(draft.Sections)}
	area := ""
	for i, section := range draft.Sections {
		competency, own := a.reports.Place(section.Competency)
		if i == 0 || own.ID != area {
			page.AreaCount++
			area = own.ID
		}
		switch {
		case section.Competency == competencyID:
			page.Section, page.Competency, page.Area = section, competency, own
			page.Position, page.AreaPosition = i+1, page.AreaCount
		case page.Position == 0:
			page.Before = section.Competency
		case page.After == "":
			page.After = section.Competency
		}
	}
	if page.Position == 0 {
		return nil, model.ErrNotFound
	}
	if page.Answers, err = a.store.SectionAnswers(ctx, managerID, id, competencyID); err != nil {
		return nil, err
	}
	reworded := ""
	page.Earlier, page.EarlierAt, reworded, err = a.store.EarlierAnswers(ctx, managerID, id, competencyID)
	if err == nil && reworded != "" {
		page.EarlierAsked, err = a.store.Assessment(ctx, managerID, reworded)
	}
	return page, err
}
