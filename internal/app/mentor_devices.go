package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"whetstone/internal/mnemonic"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// mentorCodeLife is how long the code holds by which a mentor goes on with another device.
const mentorCodeLife = 15 * time.Minute

// MentorDevices lists the browsers of a mentor, with what is kept of their key; managerID is whom the
// session acts for in the one that asks, "" for nobody. Nobody's are model.ErrNotFound.
func (a *App) MentorDevices(ctx context.Context, mentor model.Mentor, managerID string) (*model.MentorDevices, error) {
	if mentor.ID == "" {
		return nil, model.ErrNotFound
	}
	browsers, err := a.store.MentorBrowsers(ctx, mentor.ID, a.now().Add(-model.SessionIdle))
	if err != nil {
		return nil, err
	}
	for i := range browsers {
		browsers[i].Here = browsers[i].ID == mentor.BrowserID
	}
	key, err := a.store.MentorKey(ctx, mentor.ID)
	if err != nil {
		return nil, err
	}
	holder, err := a.store.TiedManager(ctx, mentor.ID)
	devices := &model.MentorDevices{Browsers: browsers, Key: key, Signed: managerID != ""}
	devices.Kept, devices.KeptElsewhere = holder != "" && holder == managerID, holder != "" && holder != managerID
	return devices, err
}

// MakeMentorCode makes the code by which a mentor goes on with another device, in place of any before it. It opens once,
// and for some minutes only; nothing but its hash is kept.
func (a *App) MakeMentorCode(ctx context.Context, mentor model.Mentor) (*model.MentorCode, error) {
	if mentor.ID == "" {
		return nil, model.ErrNotFound
	}
	made := &model.MentorCode{Code: newCode(a.random), ExpiresAt: a.now().Add(mentorCodeLife)}
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		return tx.PutMentorCode(ctx, mentor, hashToken(made.Code), made.ExpiresAt)
	})
	return made, err
}

// ContinueAsMentor lets a browser go on as the mentor of another one, by a code from there or by the mentor's key, and
// returns the token that it needs from now on; "" if it is that mentor's already. What it has opened and written itself
// comes along: two browsers of one person are one mentor. Bad input is a model.Invalid error on "code", and a second view
// of the same result, which has to be laid together with the first, one on "drop". After too many failed tries it is a model.Throttled error.
func (a *App) ContinueAsMentor(ctx context.Context, input model.ContinueInput) (token string, err error) {
	find, message := a.mentorCode(input.Code)
	if message != "" {
		return "", refused("code", message)
	}
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		token, refusal, err = a.continueAs(ctx, tx, find, input)
		return err
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// mentorFinder finds the mentor to whom a code or a key leads, with the browser that it was made in.
type mentorFinder func(context.Context, *store.Store) (model.Mentor, error)

// mentorCode reads a code or a key and returns how to find whose it is; message says what seems wrong with it.
func (a *App) mentorCode(typed string) (find mentorFinder, message string) {
	if isKey(typed) {
		words, message := readRecoveryKey(typed)
		return func(ctx context.Context, tx *store.Store) (model.Mentor, error) {
			return tx.MentorByKey(ctx, hashToken(strings.Join(words, " ")))
		}, message
	}
	code := readCode(typed)
	if code == "" {
		return nil, "Enter the code that the other device shows, ten letters and digits, or the twelve words of your key."
	}
	return func(ctx context.Context, tx *store.Store) (model.Mentor, error) {
		return tx.MentorByCode(ctx, hashToken(code), a.now())
	}, ""
}

// isKey reports whether what was typed is meant as a key: a code has few parts.
func isKey(typed string) bool { return len(strings.Fields(typed)) > mnemonic.Words/2 }

// continueAs is the part of ContinueAsMentor that works in one transaction.
func (a *App) continueAs(ctx context.Context, tx *store.Store, find mentorFinder, input model.ContinueInput) (token string, refusal, err error) {
	if refusal, err := a.throttled(ctx, tx, sharePurpose, input.From); refusal != nil || err != nil {
		return "", refusal, err
	}
	found, err := find(ctx, tx)
	if errors.Is(err, model.ErrNotFound) {
		message := "This opens nothing. A code holds for a quarter of an hour and opens once; make a new one on the other device."
		if isKey(input.Code) {
			message = "These words open nothing. A key ends once another one is made; compare them with what you kept."
		}
		return "", refused("code", message), a.countFailure(ctx, tx, sharePurpose, input.From)
	}
	if err != nil || found.ID == input.Mentor.ID {
		return "", nil, err
	}
	if refusal, err := a.mayContinue(ctx, tx, found.ID, input); refusal != nil || err != nil {
		return "", refusal, err
	}
	if err := a.admit(ctx, tx, input.From, newSession); err != nil {
		return "", nil, err
	}
	if err := tx.DropMentorCode(ctx, found.ID); err != nil {
		return "", nil, err
	}
	token = a.random()
	return token, nil, a.joinBrowser(ctx, tx, found, hashToken(token), input)
}

// mayContinue refuses to make a manager their own mentor, whichever browser of the two mentors has ever acted for them, and
// to lay two views together that nobody said may be. A browser in which nobody was ever signed in can't be told from a
// mentor's, until somebody is: there the form's own warning has to do.
func (a *App) mayContinue(ctx context.Context, tx *store.Store, mentorID string, input model.ContinueInput) (refusal, err error) {
	here, err := tx.MentorOwners(ctx, input.Mentor.ID)
	if err != nil {
		return nil, err
	}
	owns, err := shareWith(ctx, tx, slices.Concat(here, input.Mentor.Owners, []string{input.ManagerID}), mentorID)
	if err != nil {
		return nil, err
	}
	if owns {
		return refused("code", "This browser, or another that it goes on with, belongs to a manager who shared with them. Go on in a browser of your own."), nil
	}
	there, err := tx.MentorOwners(ctx, mentorID)
	if err != nil {
		return nil, err
	}
	if owns, err = shareWith(ctx, tx, there, input.Mentor.ID); err != nil {
		return nil, err
	}
	if owns {
		return refused("code", "This leads to a browser of a manager who shared with you: there they would read what you write of them. Enter only a code from a device of your own."), nil
	}
	if refusal, err := keptApart(ctx, tx, input, mentorID, there); refusal != nil || err != nil {
		return refusal, err
	}
	both, err := tx.ReviewedByBoth(ctx, input.Mentor.ID, mentorID)
	if err == nil && both > 0 && !input.Drop {
		return refused("drop", "Both browsers hold a view of the same result. Tick the box to lay them together, or stay with this browser."), nil
	}
	return nil, err
}

// shareWith reports whether one of the managers has shared something with a mentor.
func shareWith(ctx context.Context, tx *store.Store, managers []string, mentorID string) (bool, error) {
	sharers, err := tx.SharersWith(ctx, mentorID)
	return slices.ContainsFunc(sharers, func(id string) bool { return slices.Contains(managers, id) }), err
}

// joinBrowser makes the browser one of a mentor's, with all that it has of its own. For whom the browser has acted in which
// the code was made, this one has from now on, too: it may well be another of the same person's.
func (a *App) joinBrowser(ctx context.Context, tx *store.Store, found model.Mentor, tokenHash string, input model.ContinueInput) error {
	joined := model.Mentor{ID: found.ID, BrowserID: input.Mentor.BrowserID, TokenHash: tokenHash, CreatedAt: a.now(), SeenAt: a.now()}
	if input.Mentor.ID == "" {
		joined.BrowserID = a.random()
		if err := tx.AddMentorBrowser(ctx, joined, input.Label); err != nil {
			return err
		}
		return tx.InheritMentorOwners(ctx, joined, found.BrowserID)
	}
	if err := tx.JoinMentors(ctx, input.Mentor.ID, found.ID, a.now()); err != nil {
		return err
	}
	if err := tx.ReplaceMentorToken(ctx, joined, tokenHash, a.now()); err != nil {
		return err
	}
	return tx.InheritMentorOwners(ctx, joined, found.BrowserID)
}

// EndOtherMentorBrowsers ends all browsers of a mentor but the one that asks.
func (a *App) EndOtherMentorBrowsers(ctx context.Context, mentor model.Mentor) error {
	if mentor.ID == "" {
		return model.ErrNotFound
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndOtherMentorBrowsers(ctx, mentor) })
}

// MakeMentorKey makes a mentor's key and returns its words, as MakeRecoveryKey does for a manager.
func (a *App) MakeMentorKey(ctx context.Context, mentor model.Mentor, replaces string) (words []string, token string, err error) {
	if mentor.ID == "" {
		return nil, "", model.ErrNotFound
	}
	made, renewed := newRecoveryKey(a.random), a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		words, token = nil, ""
		present, err := tx.MentorKey(ctx, mentor.ID)
		if err != nil || present.Mark() != replaces {
			return err
		}
		words, token = made, renewed
		if err := tx.PutMentorKey(ctx, mentor, hashToken(strings.Join(made, " ")), a.now()); err != nil {
			return err
		}
		return tx.ReplaceMentorToken(ctx, mentor, hashToken(renewed), a.now())
	})
	if err != nil {
		return nil, "", err
	}
	return words, token, nil
}
