package app

import (
	"context"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// chooseLevel says what to do where a level is none that a form offers.
const chooseLevel = "Choose a level from 1 to 5, or “It did not come up”."

// longestPageTime bounds the time that one save can add: a page left open overnight is not reading.
const longestPageTime = 10 * time.Minute

// AnswerInput is what a page sends for one item: what stands on the page now, and what the page had
// seen of the answer before.
type AnswerInput struct {
	Item string
	// Level is as model.ReadLevel reads it.
	Level string
	Note  string
	// Seen is the seen token that the page was given with the answer (see Seen). It shows which part of the answer was
	// changed on this page and which was changed elsewhere in the meantime.
	Seen string
	// Spent is the time spent on the page since the last save, as attributed to this item.
	Spent time.Duration
}

// SavedAnswer is what became of an AnswerInput: the answer as it is kept now.
type SavedAnswer struct {
	model.Answer
	// Conflict reports whether a part of it was changed elsewhere since the page saw it, and to something else on the
	// page. That part stays as it was saved elsewhere. The person chooses: to keep the page's version they send it
	// again with this answer's seen token.
	Conflict bool
}

// Seen says what a page saw of an answer: its revision, level and note.
func Seen(answer model.Answer) string {
	return seenToken(answer.Revision, answer.Level.Typed(), answer.Note)
}

// SaveAnswers keeps answers of a draft, all or none, durably before it returns. What a page left untouched never
// overwrites what another tab has written since; what both changed is a conflict, and the result says so. Bad input is
// a model.Invalid error that names each field; a finished assessment is model.ErrFinished.
func (a *App) SaveAnswers(ctx context.Context, managerID, id string, inputs []AnswerInput) ([]SavedAnswer, error) {
	var saved []SavedAnswer
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		err := requireDraft(ctx, tx, managerID, id)
		if err == nil {
			saved, err = a.saveAnswers(ctx, tx, managerID, id, inputs)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// SavePage is SaveAnswers for the page of a draft that asks about a competency, and tells where that page stands;
// model.ErrNotFound if there is none. What the page doesn't ask is left out.
func (a *App) SavePage(ctx context.Context, managerID, id, competencyID string, inputs []AnswerInput) (saved []SavedAnswer, place model.QuestionPlace, err error) {
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		draft, err := tx.Assessment(ctx, managerID, id)
		if err != nil {
			return err
		}
		if draft.State != model.Draft {
			return model.ErrFinished
		}
		var asked []model.Section
		if place, asked, err = a.placed(draft, competencyID); err != nil {
			return err
		}
		saved, err = a.saveAnswers(ctx, tx, managerID, id, inOrder(inputs, asked))
		return err
	})
	if err != nil {
		return nil, place, err
	}
	return saved, place, nil
}

// inOrder puts what a page sends into the order in which its sections ask, without the rest.
func inOrder(inputs []AnswerInput, sections []model.Section) (ordered []AnswerInput) {
	for _, section := range sections {
		for _, item := range section.Items {
			for _, input := range inputs {
				if input.Item == item.ID {
					ordered = append(ordered, input)
				}
			}
		}
	}
	return ordered
}

// saveAnswers is the part of SaveAnswers that checks and writes.
func (a *App) saveAnswers(ctx context.Context, tx *store.Store, managerID, id string, inputs []AnswerInput) ([]SavedAnswer, error) {
	for i := range inputs {
		inputs[i].Note = cleanText(inputs[i].Note)
		inputs[i].Spent = min(max(inputs[i].Spent, 0), longestPageTime)
	}
	if err := checkAnswers(inputs); err != nil {
		return nil, err
	}
	saved := make([]SavedAnswer, 0, len(inputs))
	for _, input := range inputs {
		one, err := a.saveAnswer(ctx, tx, managerID, id, input)
		if err != nil {
			return nil, err
		}
		saved = append(saved, one)
	}
	return saved, nil
}

// requireDraft refuses anything but a draft of the manager's: a finished assessment is model.ErrFinished, anything
// else model.ErrNotFound.
func requireDraft(ctx context.Context, tx *store.Store, managerID, id string) error {
	state, err := tx.State(ctx, managerID, id)
	if err == nil && state != model.Draft {
		return model.ErrFinished
	}
	return err
}

func (a *App) saveAnswer(ctx context.Context, tx *store.Store, managerID, id string, input AnswerInput) (SavedAnswer, error) {
	current, err := tx.Answer(ctx, managerID, id, input.Item)
	if err != nil {
		return SavedAnswer{}, err
	}
	sent, _ := model.ReadLevel(input.Level) // it is one that was checked, and so is what was merged
	merged, conflict := merge(input.Seen, []string{current.Level.Typed(), current.Note}, []string{sent.Typed(), input.Note})
	next := current
	next.Level, _ = model.ReadLevel(merged[0])
	next.Note = merged[1]
	result := SavedAnswer{current, conflict}
	if next == current && (input.Spent == 0 || current.Revision == 0) {
		// There is nothing to keep. A blank answer counts for nothing, so its time is dropped.
		return result, nil
	}
	next.Spent, next.UpdatedAt = input.Spent, a.now()
	result.Answer, err = tx.PutAnswer(ctx, managerID, id, next)
	return result, err
}

func checkAnswers(inputs []AnswerInput) error {
	var fields fieldErrors
	for _, input := range inputs {
		if _, valid := model.ReadLevel(input.Level); !valid {
			fields.add("level."+input.Item, chooseLevel)
		}
		fields.bound("note."+input.Item, "this note", input.Note, model.NoteLimit)
	}
	return fields.err()
}

// Answers reads all answers of one of a manager's drafts, for a page that checks whether another tab
// has changed them.
func (a *App) Answers(ctx context.Context, managerID, id string) (model.Answers, error) {
	_, answers, err := a.draft(ctx, managerID, id)
	return answers, err
}
