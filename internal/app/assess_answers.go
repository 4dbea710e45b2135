package app

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// longestPageTime bounds the time that one save can add: a page left open overnight is not being read.
const longestPageTime = 10 * time.Minute

// AnswerInput is what a page sends for one item: what stands on the page now, and what the page had
// seen of the answer before.
type AnswerInput struct {
	Item  string
	Level model.Level
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
	return seenToken(answer.Revision, levelText(answer.Level), answer.Note)
}

// SaveAnswers keeps answers of a draft, all or none, durably before it returns. What a page left untouched never
// overwrites what another tab has written since; what both changed is a conflict, and the result says so. Bad input is
// a model.Invalid error that names each field; a finished assessment is model.ErrFinished.
func (a *App) SaveAnswers(ctx context.Context, managerID, id string, inputs []AnswerInput) ([]SavedAnswer, error) {
	for i := range inputs {
		inputs[i].Note = cleanText(inputs[i].Note)
		inputs[i].Spent = min(max(inputs[i].Spent, 0), longestPageTime)
	}
	if err := checkAnswers(inputs); err != nil {
		return nil, err
	}
	var saved []SavedAnswer
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		if err := requireDraft(ctx, tx, managerID, id); err != nil {
			return err
		}
		saved = make([]SavedAnswer, 0, len(inputs))
		for _, input := range inputs {
			one, err := a.saveAnswer(ctx, tx, managerID, id, input)
			if err != nil {
				return err
			}
			saved = append(saved, one)
		}
		return nil
	})
	if err != nil {
		return nil, err
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
	merged, conflict := merge(input.Seen, []string{levelText(current.Level), current.Note}, []string{levelText(input.Level), input.Note})
	next := current
	next.Level, _ = parseLevel(merged[0]) // it is one that was checked
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
	var fields []model.FieldError
	for _, input := range inputs {
		if !input.Level.Valid() {
			fields = append(fields, model.FieldError{
				Field: "level." + input.Item, Message: "Choose a level from 1 to 5, or “It did not come up”.",
			})
		}
		if length := utf8.RuneCountInString(input.Note); length > model.NoteLimit {
			fields = append(fields, model.FieldError{
				Field:   "note." + input.Item,
				Message: fmt.Sprintf("Shorten this note to %d characters; it has %d. It is not saved yet.", model.NoteLimit, length),
			})
		}
	}
	return model.InvalidFields(fields)
}

// Answers reads all answers of one of a manager's drafts, for a page that checks whether another tab
// has changed them.
func (a *App) Answers(ctx context.Context, managerID, id string) (model.Answers, error) {
	_, answers, err := a.draft(ctx, managerID, id)
	return answers, err
}
