package app

import (
	"context"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// creation is something that any visitor can have the database keep, without signing in.
type creation string

// Creations are counted by client and by kind.
const (
	newManager    creation = "new manager"
	newSession    creation = "new session"
	newAssessment creation = "new assessment"
	newTeam       creation = "new team"
	newPlace      creation = "new place in a team"
	newTeamThing  creation = "new invitation or cycle"
	newShare      creation = "new share"
	newMailLink   creation = "new link in a mail"
	newSignIn     creation = "new sign-in"
)

// creationWindow is the period over which one client's creations are counted.
const creationWindow = attemptWindow

// creationLimit is how many of each kind one client may make in a window. A client is a network address, and so may be
// a whole office: a hall full of people who all begin within ten minutes get through, while a program can fill the
// disk with a thousandth of what it otherwise could. Few people in an office make a team or bring in a file, so those
// limits are lower; so is that of mails, which trouble others than this server.
func creationLimit(kind creation) int {
	switch kind {
	case newTeam, newFile:
		return 20
	case newMailLink:
		return 50
	}
	return 100
}

// admit counts something that a client is about to make, in the transaction that makes it. Beyond the limit of its
// kind it is a model.Crowded error. The client is "" where no request asked for it.
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
// assessments, as one person can have. A manager who already had more when the limit came keeps them.
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

// emptyLife is how long a manager with nothing at all is kept: somebody may look at the first question and come back
// within the week.
const emptyLife = 7 * 24 * time.Hour

// deleteEmpty deletes the managers who have nothing at all and haven't been seen since a moment.
func (a *App) deleteEmpty(ctx context.Context, before time.Time) error {
	return a.deleteListed(ctx, func(ctx context.Context, after string) ([]string, error) {
		return a.store.EmptyManagers(ctx, after, before)
	}, func(tx *store.Store, ctx context.Context, ids []string) error {
		return tx.DeleteEmptyManagers(ctx, before, ids)
	})
}
