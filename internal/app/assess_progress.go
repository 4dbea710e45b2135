package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// Progress returns how far one of a manager's drafts has come. A finished assessment is model.ErrFinished.
func (a *App) Progress(ctx context.Context, managerID, id string) (*model.Progress, error) {
	draft, answers, err := a.draft(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	return a.progress(draft, answers), nil
}

// draft reads one of a manager's drafts with its answers.
func (a *App) draft(ctx context.Context, managerID, id string) (*model.Assessment, model.Answers, error) {
	draft, err := a.store.Assessment(ctx, managerID, id)
	if err != nil {
		return nil, nil, err
	}
	if draft.State != model.Draft {
		return nil, nil, model.ErrFinished
	}
	answers, err := a.store.Answers(ctx, managerID, id)
	return draft, answers, err
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
	listed, err := a.store.Drafts(ctx, managerID)
	if err != nil {
		return nil, err
	}
	var drafts []*model.Progress
	for _, draft := range listed {
		progress := a.progress(draft.Assessment, draft.Answers)
		progress.WorkedAt = draft.WorkedAt
		drafts = append(drafts, progress)
	}
	slices.SortStableFunc(drafts, func(one, other *model.Progress) int { return other.WorkedAt.Compare(one.WorkedAt) })
	return drafts, nil
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
			progress.Next, progress.NextItem = section.Competency, firstBlank(section, answers)
		}
	}
	progress.Minutes = report.MinutesLeft(draft, answers)
	return progress
}

// firstBlank is the first item of a section without an answer.
func firstBlank(section model.Section, answers model.Answers) string {
	for _, item := range section.Items {
		if answers.Get(item.ID).Level == model.Blank {
			return item.ID
		}
	}
	return ""
}

// Begin returns where a draft that was just started leads: to its first question; before that, to what became of the
// manager's commitments; and for a manager without another assessment, to how a level is chosen. A manager with another
// one has already seen that.
func (a *App) Begin(ctx context.Context, managerID, id string) (model.Beginning, error) {
	progress, err := a.Progress(ctx, managerID, id)
	if err != nil {
		return model.Beginning{}, err
	}
	follow, err := a.toFollow(ctx, a.store, managerID, progress.Assessment.StartedAt)
	if err != nil {
		return model.Beginning{}, err
	}
	_, all, err := a.store.AssessmentCounts(ctx, managerID)
	return model.Beginning{Next: progress.Next, Follow: len(follow) > 0, Example: all == 1 && progress.Given == 0}, err
}

// QuestionPage returns the page of a draft that asks about a competency. A finished assessment is model.ErrFinished.
func (a *App) QuestionPage(ctx context.Context, managerID, id, competencyID string) (*model.QuestionPage, error) {
	draft, err := a.store.Underway(ctx, managerID, id, competencyID)
	if err != nil {
		return nil, err
	}
	if draft.State != model.Draft {
		return nil, model.ErrFinished
	}
	place, sections, err := a.placed(draft.Assessment, competencyID)
	if err != nil {
		return nil, err
	}
	page := &model.QuestionPage{Progress: a.progress(draft.Assessment, draft.Answers), QuestionPlace: place, Answers: draft.Answers, Again: draft.Finished != ""}
	if err := a.fill(ctx, page, sections, draft.Finished); err != nil || !draft.Noted {
		return page, err
	}
	return page, a.addNoted(ctx, page, draft.Last)
}

// placed finds the page of a draft that asks about a competency, and what it asks; model.ErrNotFound if none does.
func (a *App) placed(draft *model.Assessment, competencyID string) (place model.QuestionPlace, asked []model.Section, err error) {
	for _, sections := range a.pagesOf(draft) {
		place.Count++
		first := sections[0].Competency
		switch {
		case slices.ContainsFunc(sections, func(section model.Section) bool { return section.Competency == competencyID }):
			place.Position, asked = place.Count, sections
		case asked == nil:
			place.Before = first
		case place.After == "":
			place.After = first
		}
	}
	if asked == nil {
		return place, nil, model.ErrNotFound
	}
	return place, asked, nil
}

// pagesOf splits a draft into its pages: one a competency, in a pulse one an area.
func (a *App) pagesOf(draft *model.Assessment) [][]model.Section {
	pages := make([][]model.Section, 0, len(draft.Sections))
	first, last := 0, ""
	for i, section := range draft.Sections {
		_, area := a.reports.Place(section.Competency)
		if draft.Form == model.PulseForm && area.ID != "" && area.ID == last {
			pages[len(pages)-1] = draft.Sections[first : i+1]
		} else {
			first = i
			pages = append(pages, draft.Sections[i:i+1])
		}
		last = area.ID
	}
	return pages
}

// fill puts the competencies of some sections on a page, with the answers of last time. finished are the
// manager's finished assessments, as store.Underway names them.
func (a *App) fill(ctx context.Context, page *model.QuestionPage, sections []model.Section, finished string) error {
	managerID := page.Assessment.ManagerID
	for _, section := range sections {
		part := model.QuestionPart{Section: section}
		part.Competency, page.Area = a.reports.Place(section.Competency)
		var err error
		if part.Earlier, err = a.store.EarlierAnswers(ctx, managerID, page.Assessment.ID, section.Competency, finished); err != nil {
			return err
		}
		for _, earlier := range part.Earlier {
			id := earlier.Of
			if !earlier.Reworded || part.EarlierAsked[id] != nil {
				continue
			}
			if part.EarlierAsked == nil {
				part.EarlierAsked = map[string]*model.Assessment{}
			}
			if part.EarlierAsked[id], err = a.store.Assessment(ctx, managerID, id); err != nil {
				return err
			}
		}
		page.Parts = append(page.Parts, part)
	}
	page.Name = page.Parts[0].Competency.Name
	if page.Assessment.Form == model.PulseForm && page.Area.Name != "" {
		page.Name = page.Area.Name
	}
	return nil
}
