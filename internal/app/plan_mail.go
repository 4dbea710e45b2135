package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// A reminder reaches people at a decent hour of theirs, from firstHour on and before lastHour.
const (
	firstHour = 8
	lastHour  = 20
)

const (
	// lead is how many days ahead somebody is told what ends: on the day itself it may be too late.
	lead = 1
	// lateDays is for how many days after its day something is still told, if it couldn't be before.
	lateDays = 3
	// lyingFor is for how long a draft may lie before it is said to wait.
	lyingFor = 3 * 24 * time.Hour
	// remindersKept is how long it is known of what somebody was reminded, and how long a mail ends further ones.
	remindersKept = 400 * 24 * time.Hour
	// reminderTries is how often in a row a mail that its server doesn't take is tried again, each time after twice as
	// many hours as before.
	reminderTries = 5
)

// errTold rolls back a mail that would say nothing new.
var errTold = errors.New("nothing to tell")

// MailReminders says whether and where a manager is reminded by mail, and which addresses there are to choose from.
func (a *App) MailReminders(ctx context.Context, managerID string) (reminders model.MailReminders, err error) {
	if reminders, err = a.store.MailReminders(ctx, managerID); err != nil {
		return reminders, err
	}
	identities, err := a.store.Identities(ctx, managerID)
	for _, identity := range identities {
		known := slices.ContainsFunc(reminders.Addresses, func(one model.Identity) bool { return one.Address == identity.Address })
		if identity.Address != "" && !known {
			reminders.Addresses = append(reminders.Addresses, identity)
		}
	}
	return reminders, err
}

// RemindByMail has a manager reminded at the mail address that one of their ways in has confirmed; model.ErrNotFound for any
// other.
func (a *App) RemindByMail(ctx context.Context, managerID, identityID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.PutMailReminders(ctx, managerID, identityID, a.now()) })
}

// EndMailReminders has a manager reminded by mail no more.
func (a *App) EndMailReminders(ctx context.Context, managerID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndMailReminders(ctx, managerID) })
}

// StoppedReminders reports whether whoever got the mail with this secret is reminded no more. A secret of no mail is
// model.ErrNotFound and counts as a guess; after too many of those any other such is a model.Throttled error.
func (a *App) StoppedReminders(ctx context.Context, secret, from string) (stopped bool, err error) {
	managerID, err := a.store.ManagerByStop(ctx, hashToken(secret))
	if errors.Is(err, model.ErrNotFound) {
		return false, a.missed(ctx, stopPurpose, from)
	}
	if err != nil {
		return false, err
	}
	reminders, err := a.store.MailReminders(ctx, managerID)
	return !reminders.On(), err
}

// StopReminders ends the reminders of whoever got the mail with this secret, without a session. A secret of no mail is
// refused as StoppedReminders does.
func (a *App) StopReminders(ctx context.Context, secret, from string) error {
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		managerID, err := tx.ManagerByStop(ctx, hashToken(secret))
		if err != nil {
			return err
		}
		return tx.EndMailReminders(ctx, managerID)
	})
	if errors.Is(err, model.ErrNotFound) {
		return a.missed(ctx, stopPurpose, from)
	}
	return err
}

// SendReminders has send send what people are to be reminded of: each thing once, one mail a day to each, at a decent hour
// of theirs. Call it about hourly; several processes may do so. What a mail reminds of is noted before it is sent. So
// nothing is sent twice, and what was on its way when a process died is not sent at all. A mail that was surely not taken
// is tried again: at the next call if the server is the reason, else some times, ever later.
func (a *App) SendReminders(ctx context.Context, send func(context.Context, model.ReminderMail) error) error {
	var failures error
	for after := ""; ; {
		list, err := a.store.RemindedByMail(ctx, after, a.now())
		if err != nil || len(list) == 0 {
			return errors.Join(failures, err)
		}
		for _, one := range list {
			if ctx.Err() != nil {
				return failures
			}
			after = one.ManagerID
			if err := a.remind(ctx, one, send); err != nil {
				failures = errors.Join(failures, err)
				if failure, is := errors.AsType[*mail.Failure](err); !is || failure.Problem != mail.Refused {
					return failures // the next one would fail as well
				}
			}
		}
	}
}

// remind sends a manager a mail, if there is something to say.
func (a *App) remind(ctx context.Context, to model.MailReminders, send func(context.Context, model.ReminderMail) error) error {
	zone, err := a.store.LatestZone(ctx, to.ManagerID)
	if err != nil {
		return err
	}
	now := a.now()
	if hour := zone.Hour(now); hour < firstHour || hour >= lastHour {
		return nil
	}
	today := zone.Day(now)
	reminded, err := a.store.RemindedSince(ctx, to.ManagerID, zone.Begin(today))
	if err != nil || reminded {
		return err
	}
	things, err := a.toRemind(ctx, to.ManagerID, zone)
	if err != nil || len(things) == 0 {
		return err
	}
	message := model.ReminderMail{To: to.To.Address, Today: today, Stop: a.secret()}
	err = a.store.InTx(ctx, func(tx *store.Store) (err error) {
		// The others' mails may have taken a while, in which another address was chosen.
		if now, err := tx.MailReminders(ctx, to.ManagerID); err != nil || now.To.Address != to.To.Address {
			return cmp.Or(err, errTold)
		}
		message.Reminders, err = a.claimReminders(ctx, tx, to.ManagerID, hashToken(message.Stop), things)
		return err
	})
	if errors.Is(err, errTold) || errors.Is(err, model.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	sendErr := send(ctx, message)
	// What became of it is noted even if the server is being stopped.
	ctx = context.WithoutCancel(ctx)
	err = a.store.InTx(ctx, func(tx *store.Store) error { return a.noteReminding(ctx, tx, to, hashToken(message.Stop), sendErr) })
	if sendErr != nil {
		sendErr = fmt.Errorf("a reminder was not handed over: %w", sendErr)
	}
	return errors.Join(sendErr, err)
}

// claimReminders notes a mail and what it reminds of, and returns what nobody was reminded of before; errTold if all was told.
func (a *App) claimReminders(ctx context.Context, tx *store.Store, managerID, stopHash string, things []model.Reminder) (fresh []model.Reminder, err error) {
	if err := tx.PutReminderMail(ctx, managerID, stopHash, a.now()); err != nil {
		return nil, err
	}
	for _, thing := range things {
		claimed, err := tx.ClaimReminder(ctx, managerID, hashToken(thing.Key), stopHash)
		if err != nil {
			return nil, err
		}
		if claimed {
			fresh = append(fresh, thing)
		}
	}
	if len(fresh) == 0 {
		return nil, errTold
	}
	return fresh, nil
}

// noteReminding notes what became of a mail.
func (a *App) noteReminding(ctx context.Context, tx *store.Store, to model.MailReminders, stopHash string, sendErr error) error {
	failure, known := errors.AsType[*mail.Failure](sendErr)
	switch {
	case sendErr == nil && to.Failures == 0:
		return nil
	case sendErr == nil:
		return tx.NoteReminding(ctx, to.ManagerID, 0, a.now())
	case !known || !failure.Again():
		return nil
	case failure.Problem == mail.Refused:
		to.Failures++
		wait := time.Hour << min(to.Failures-1, reminderTries)
		if err := tx.NoteReminding(ctx, to.ManagerID, to.Failures, a.now().Add(wait)); err != nil || to.Failures > reminderTries {
			return err
		}
	}
	return tx.DeleteReminderMail(ctx, stopHash)
}

// toRemind lists what a manager may be reminded of now: what falls on these days, and what waits.
func (a *App) toRemind(ctx context.Context, managerID string, zone model.Zone) (things []model.Reminder, err error) {
	today := zone.Day(a.now())
	entries, err := a.calendarEntries(ctx, managerID, zone)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		from := entry.Day
		if entry.Kind == model.CycleEnds || entry.Kind == model.ShareEnds {
			from = entry.Day.AddDate(0, 0, -lead)
		}
		if !from.After(today) && !entry.Day.AddDate(0, 0, lateDays).Before(today) {
			things = append(things, model.Reminder{Kind: model.ReminderKind(entry.Kind), Day: entry.Day, Key: entry.UID + " " + entry.Day.Format(model.DateLayout)})
		}
	}
	waiting, err := a.waitingToRemind(ctx, managerID, today)
	return append(things, waiting...), err
}

// waitingToRemind lists what waits for a manager, as Home does. A commitment whose day has come is told by its day.
func (a *App) waitingToRemind(ctx context.Context, managerID string, today time.Time) (things []model.Reminder, err error) {
	home := &model.Home{Today: today}
	if err := a.addWaiting(ctx, home, managerID); err != nil {
		return nil, err
	}
	add := func(kind model.ReminderKind, parts ...any) {
		things = append(things, model.Reminder{Kind: kind, Key: string(kind) + " " + strings.TrimSuffix(fmt.Sprintln(parts...), "\n")})
	}
	for _, notice := range home.Mentors.Reviews {
		add(model.MentorWrote, notice.ReviewID, notice.At.UnixMilli())
	}
	for _, notice := range home.Mentors.Levels {
		for i, competency := range notice.Competencies {
			add(model.LevelsProposed, notice.ReviewID, competency.ID, notice.ProposedAt[i].UnixMilli())
		}
	}
	for _, offer := range home.ToJoin() {
		add(model.CycleAsks, offer.Cycle.ID)
	}
	for _, team := range home.ToConfirm {
		add(model.MembersWait, team.TeamID, team.Latest.UnixMilli())
	}
	for _, team := range home.ToCompare {
		add(model.TeamAsks, team.TeamID, team.OtherID, team.Since.UnixMilli())
	}
	for _, draft := range home.Drafts {
		if a.now().Sub(draft.WorkedAt) >= lyingFor {
			add(model.DraftWaits, draft.Assessment.ID)
		}
	}
	if home.MapDraft != nil && a.now().Sub(home.MapDraft.StartedAt) >= lyingFor {
		add(model.MapWaits, home.MapDraft.ID)
	}
	return things, nil
}
