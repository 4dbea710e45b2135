package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// History returns all of a manager's finished assessments, each compared with the one before, as lines of trends. Of
// the answers it has the levels alone, without notes. For managerID "" the history is empty.
func (a *App) History(ctx context.Context, managerID string) (*model.History, error) {
	assessments, err := a.store.Levels(ctx, managerID)
	if err != nil {
		return nil, err
	}
	history := a.reports.History(assessments)
	drafts, err := a.store.Assessments(ctx, managerID, model.Draft)
	history.Drafts = len(drafts)
	return history, err
}

// Compare sets any two of a manager's finished assessments side by side, the later one against the earlier, in
// whichever order they are named.
func (a *App) Compare(ctx context.Context, managerID, oneID, otherID string) (*model.Comparison, error) {
	assessments, err := a.store.History(ctx, managerID)
	if err != nil {
		return nil, err
	}
	comparison := &model.Comparison{}
	var chosen []int
	for i, answered := range assessments {
		comparison.All = append(comparison.All, answered.Assessment)
		if answered.Assessment.ID == oneID || answered.Assessment.ID == otherID {
			chosen = append(chosen, i)
		}
	}
	if len(chosen) < 2 {
		return nil, model.ErrNotFound
	}
	earlier, later := assessments[chosen[0]], assessments[chosen[1]]
	noise := report.NoiseBetween(assessments, chosen[0], chosen[1])
	comparison.Earlier = a.reports.Result(earlier.Assessment, earlier.Answers)
	comparison.Later = a.reports.Result(later.Assessment, later.Answers)
	a.reports.Compare(comparison.Later, earlier.Assessment, earlier.Answers, noise)
	comparison.Items = a.comparedItems(comparison.Earlier, comparison.Later)
	return comparison, nil
}

// comparedItems lists the questions of either assessment by competency: first those of the later one,
// then those that only the earlier one asked.
func (a *App) comparedItems(earlier, later *model.Result) []model.ComparedSection {
	var sections []model.ComparedSection
	compared := func(id string) *model.ComparedSection {
		i := slices.IndexFunc(sections, func(section model.ComparedSection) bool { return section.ID == id })
		if i < 0 {
			competency, _ := a.reports.Place(id)
			i, sections = len(sections), append(sections, model.ComparedSection{ID: competency.ID, Name: competency.Name})
		}
		return &sections[i]
	}
	for _, section := range later.Assessment.Sections {
		own := compared(section.Competency)
		for _, item := range section.Items {
			row := model.ComparedItem{Item: item, Later: report.AnswerOf(later, item.ID)}
			if then, _, found := earlier.Assessment.Item(item.ID); found {
				row.Earlier = report.AnswerOf(earlier, item.ID)
				row.Then, row.Reworded = then, then.Hash() != item.Hash()
			}
			own.Items = append(own.Items, row)
		}
	}
	for _, section := range earlier.Assessment.Sections {
		for _, item := range section.Items {
			if !later.Assessment.Asks(item.ID) {
				own := compared(section.Competency)
				own.Items = append(own.Items, model.ComparedItem{Item: item, Then: item, Earlier: report.AnswerOf(earlier, item.ID)})
			}
		}
	}
	return sections
}

// SeenName says what a page saw of a name, as Seen does of an answer.
func SeenName(name string) string { return seenToken(0, name) }

// Rename gives a finished assessment a name of the manager's own; an empty one takes it away. A name
// that is too long is a model.Invalid error on the field "name"; where another was given since the page saw it, it is a
// model.Conflict error on the same.
func (a *App) Rename(ctx context.Context, managerID, id, name, seen string) error {
	name = cleanLine(name)
	var fields fieldErrors
	fields.bound("name", "the name", name, model.NameLimit)
	if err := fields.err(); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		assessment, err := tx.Assessment(ctx, managerID, id)
		if err != nil {
			return err
		}
		merged, err := mergeFields(seen, []string{"name"}, []string{assessment.Name}, []string{name})
		if err != nil {
			return err
		}
		return tx.Rename(ctx, managerID, id, merged[0])
	})
}
