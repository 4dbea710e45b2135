package app

import (
	"context"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// creation is something that anybody can have the database keep, without being known to anybody.
type creation string

// What is made is counted by client, each kind by itself.
const (
	newManager    creation = "new manager"
	newSession    creation = "new session"
	newAssessment creation = "new assessment"
	newTeam       creation = "new team"
	newPlace      creation = "new place in a team"
	newTeamThing  creation = "new invitation or cycle"
	newShare      creation = "new share"
)

// creationWindow is the time in which what one client makes is counted.
const creationWindow = attemptWindow

// creationLimit is how many of a kind one client makes in a window. A client is a network address, and so a whole
// office: a hall full of people who all begin in the same ten minutes passes, and what a program fills the disk
// with is a thousandth of what it could. Few of an office make a team.
func creationLimit(kind creation) int {
	if kind == newTeam {
		return 20
	}
	return 100
}

// admit counts something that a client is about to have made, in the transaction that makes it. One more than the
// limit of its kind is a model.Crowded error. Nobody's client, "", stands for what no request asked for.
func (a *App) admit(ctx context.Context, tx *store.Store, from string, kinds ...creation) error {
	if from == "" {
		return nil
	}
	now := a.now()
	start := now.Truncate(creationWindow)
	for _, kind := range kinds {
		count, err := tx.Attempts(ctx, string(kind), from, start)
		if err != nil {
			return err
		}
		if count >= creationLimit(kind) {
			return &model.Error{Kind: model.Crowded, Wait: start.Add(creationWindow).Sub(now)}
		}
		if err := tx.CountAttempt(ctx, string(kind), from, start); err != nil {
			return err
		}
	}
	return nil
}

// roomForAssessment is a model.Invalid error on the field "room" for a manager who has as many drafts, or as many
// assessments, as one person can have. Who has more, from before there was a limit, keeps them.
func roomForAssessment(ctx context.Context, tx *store.Store, managerID string) error {
	drafts, all, err := tx.AssessmentCounts(ctx, managerID)
	if err != nil {
		return err
	}
	err = tooMany(drafts, model.DraftLimit, "room", "You have %d drafts or more, as many as one person can have. Finish one or delete one; they stand in your assessments.")
	if err != nil {
		return err
	}
	return tooMany(all, model.AssessmentLimit, "room", "You have %d assessments or more, as many as one person can have. Delete one that you don’t need any more, at the foot of its result; the history page gives you a copy of all before.")
}

// emptyLife is how long a manager is kept who has nothing at all: somebody may look at a first question and come
// back to it within the week.
const emptyLife = 7 * 24 * time.Hour

// deleteEmpty deletes the managers who have nothing at all and weren't there since a moment.
func (a *App) deleteEmpty(ctx context.Context, before time.Time) error {
	return a.deleteListed(ctx, func(ctx context.Context, after string) ([]string, error) {
		return a.store.EmptyManagers(ctx, after, before)
	}, func(tx *store.Store, ctx context.Context, ids []string) error {
		return tx.DeleteEmptyManagers(ctx, before, ids)
	})
}
