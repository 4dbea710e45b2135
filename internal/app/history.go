package app

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// History gives all of a manager's finished assessments, each compared with the one before, as lines
// of trends. Of the answers it has the levels alone, without notes. managerID may be "": nobody has none.
func (a *App) History(ctx context.Context, managerID string) (*model.History, error) {
	sittings, err := a.store.Levels(ctx, managerID)
	if err != nil {
		return nil, err
	}
	history := a.history(sittings)
	drafts, err := a.store.Assessments(ctx, managerID, model.Draft)
	history.Drafts = len(drafts)
	return history, err
}

// history says what sittings mean together, the oldest first.
func (r reports) history(sittings []store.Sitting) *model.History {
	history := &model.History{TrendNeeds: measure.Defaults().MinimumTrendSittings}
	for i, sitting := range sittings {
		result := r.result(sitting.Assessment, sitting.Answers)
		if i > 0 {
			r.compare(result, sittings[i-1].Assessment, sittings[i-1].Answers, sitting.Assessment.Noise)
		}
		if sitting.Rerating != nil {
			result.Rerating = r.lookBackAmong(sittings[:i], sitting)
		}
		history.Snapshots = append(history.Snapshots, result)
		r.addToStretch(history, result)
	}
	r.addTrends(history)
	return history
}

// addTrends adds the trend of the latest stretch that has one.
func (r reports) addTrends(history *model.History) {
	for i := len(history.Stretches) - 1; i >= 0; i-- {
		trend := r.trend(history.Stretches[i])
		if trend == nil {
			continue
		}
		if i == len(history.Stretches)-1 {
			history.Trend = trend
		} else {
			history.EarlierTrend = trend
		}
		return
	}
}

// lookBackAmong says what an answered look back says, of the sitting before that it looks back at; nil if
// that is not among them.
func (r reports) lookBackAmong(before []store.Sitting, sitting store.Sitting) *model.Rerating {
	for _, earlier := range before {
		if earlier.Assessment.ID == sitting.Rerating.EarlierID {
			rerating := *sitting.Rerating
			r.lookBack(&rerating, sitting.Assessment, earlier.Assessment, earlier.Answers)
			return &rerating
		}
	}
	return nil
}

// addToStretch continues the latest stretch with a result, or starts a new one beside it.
func (r reports) addToStretch(history *model.History, result *model.Result) {
	reason := model.FirstStretch
	if count := len(history.Stretches); count > 0 {
		last := &history.Stretches[count-1]
		before := last.Snapshots[len(last.Snapshots)-1].Assessment
		switch {
		case before.Scope != result.Assessment.Scope:
			reason = model.ScopeBreak
		case !comparable(before, result.Assessment):
			reason = model.VersionBreak
		default:
			last.Snapshots = append(last.Snapshots, result)
			return
		}
	}
	history.Stretches = append(history.Stretches, model.Stretch{
		Scope: result.Scope, QuestionnaireName: result.Assessment.QuestionnaireName,
		Break: reason, Snapshots: []*model.Result{result},
	})
}

// comparable tells whether two sittings ask enough of the same questions to be read as one line: the
// rule by which pairs are compared, on what was asked.
func comparable(earlier, later *model.Assessment) bool {
	shared := countItems(later, func(item *model.Item) bool { return earlier.Asks(item.ID) })
	shorter := min(earlier.Asked(), later.Asked())
	return float64(shared) >= later.Constants.MinimumShareOfShorterForm*float64(shorter)
}

// Compare sets any two of a manager's finished assessments side by side, the later one against the
// earlier, whichever is named first.
func (a *App) Compare(ctx context.Context, managerID, oneID, otherID string) (*model.Comparison, error) {
	sittings, err := a.store.History(ctx, managerID)
	if err != nil {
		return nil, err
	}
	comparison := &model.Comparison{}
	var chosen []int
	for i, sitting := range sittings {
		comparison.All = append(comparison.All, sitting.Assessment)
		if sitting.Assessment.ID == oneID || sitting.Assessment.ID == otherID {
			chosen = append(chosen, i)
		}
	}
	if len(chosen) < 2 {
		return nil, model.ErrNotFound
	}
	earlier, later := sittings[chosen[0]], sittings[chosen[1]]
	noise := noiseBetween(sittings, chosen[0], chosen[1])
	comparison.Earlier = a.result(earlier.Assessment, earlier.Answers)
	comparison.Later = a.result(later.Assessment, later.Answers)
	a.compare(comparison.Later, earlier.Assessment, earlier.Answers, noise)
	comparison.Items = a.comparedItems(comparison.Earlier, comparison.Later)
	return comparison, nil
}

// comparedItems lists the questions of either sitting by competency: first those of the later one,
// then those that only the earlier one asked.
func (a *App) comparedItems(earlier, later *model.Result) []model.ComparedSection {
	var sections []model.ComparedSection
	compared := func(id string) *model.ComparedSection {
		i := slices.IndexFunc(sections, func(section model.ComparedSection) bool { return section.ID == id })
		if i < 0 {
			competency, _ := a.place(id)
			i, sections = len(sections), append(sections, model.ComparedSection{ID: competency.ID, Name: competency.Name})
		}
		return &sections[i]
	}
	for _, section := range later.Assessment.Sections {
		own := compared(section.Competency)
		for _, item := range section.Items {
			row := model.ComparedItem{Item: item, Later: answerOf(later, item.ID)}
			if then, _, found := earlier.Assessment.Item(item.ID); found {
				row.Earlier = answerOf(earlier, item.ID)
				row.Then, row.Reworded = then, then.Hash() != item.Hash()
			}
			own.Items = append(own.Items, row)
		}
	}
	for _, section := range earlier.Assessment.Sections {
		for _, item := range section.Items {
			if !later.Assessment.Asks(item.ID) {
				own := compared(section.Competency)
				own.Items = append(own.Items, model.ComparedItem{Item: item, Then: item, Earlier: answerOf(earlier, item.ID)})
			}
		}
	}
	return sections
}

func answerOf(result *model.Result, item string) *model.Answer {
	answer := result.Answers.Get(item)
	return &answer
}

// Rename gives a finished assessment a name of the manager's own; an empty one takes it away. A name
// that is too long is a model.Invalid error on the field "name".
func (a *App) Rename(ctx context.Context, managerID, id, name string) error {
	name = cleanLine(name)
	if length := utf8.RuneCountInString(name); length > model.NameLimit {
		return model.InvalidFields([]model.FieldError{{
			Field: "name", Message: fmt.Sprintf("Shorten the name to %d characters; it has %d.", model.NameLimit, length),
		}})
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.Rename(ctx, managerID, id, name) })
}
