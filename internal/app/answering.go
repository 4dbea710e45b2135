package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// longestPageTime bounds the time that one save can add: a page left open overnight is not reading.
const longestPageTime = 10 * time.Minute

// AnswerInput is what a page sends for one item: what stands on the page now, and what the page had
// seen of the answer before.
type AnswerInput struct {
	Item  string
	Level model.Level
	Note  string
	// Seen is the mark that the page was given with the answer (see Seen). It tells which part of the
	// answer was changed on this page, and whether another tab has changed it in between.
	Seen string
	// Spent is the time spent on the page since the last save, as attributed to this item.
	Spent time.Duration
}

// SavedAnswer is what became of an AnswerInput.
type SavedAnswer struct {
	model.Answer
	// Elsewhere tells that another tab or device had changed what this save changes, since the page saw
	// it: its choice was overwritten.
	Elsewhere bool
}

// Seen marks what a page saw of an answer: revision, level, and a digest of the note.
func Seen(answer model.Answer) string {
	return fmt.Sprintf("%d.%d.%s", answer.Revision, answer.Level, noteDigest(answer.Note))
}

func noteDigest(note string) string {
	sum := sha256.Sum256([]byte(note))
	return hex.EncodeToString(sum[:6])
}

// SaveAnswers keeps answers of a draft, all or none, durably before it returns. What a page left as
// it saw it never overwrites what another tab wrote since; of two changes the later wins, and the
// result says so. Bad input is a model.Invalid error that names each field; a finished assessment
// is model.ErrFinished.
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

// requireDraft refuses what is no draft of the manager's: a finished assessment is model.ErrFinished,
// any other model.ErrNotFound.
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
	page, marked := parseSeen(input.Seen)
	levelChanged := !marked || page.level != input.Level
	noteChanged := !marked || page.noteDigest != noteDigest(input.Note)
	next := current
	if levelChanged {
		next.Level = input.Level
	}
	if noteChanged {
		next.Note = input.Note
	}
	result := SavedAnswer{Answer: current}
	result.Elsewhere = levelChanged && current.Level != page.level && current.Level != input.Level ||
		noteChanged && noteDigest(current.Note) != page.noteDigest && current.Note != input.Note
	if next == current && (input.Spent == 0 || current.Revision == 0) {
		// Nothing to keep. The time is dropped with a blank answer, which counts for nothing.
		return result, nil
	}
	next.Spent, next.UpdatedAt = input.Spent, a.now()
	result.Answer, err = tx.PutAnswer(ctx, managerID, id, next)
	return result, err
}

// seen is what a page saw of an answer, read from its mark.
type seen struct {
	level      model.Level
	noteDigest string
}

// parseSeen reads a mark. A page without a readable one counts as having seen a blank answer, and as
// having changed everything.
func parseSeen(mark string) (page seen, readable bool) {
	blank := seen{model.Blank, noteDigest("")}
	parts := strings.Split(mark, ".")
	if len(parts) != 3 {
		return blank, false
	}
	level, err := strconv.Atoi(parts[1])
	if err != nil {
		return blank, false
	}
	return seen{model.Level(level), parts[2]}, true
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
