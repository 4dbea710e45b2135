package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Reminders returns what the page of a manager's reminders shows.
func (a *App) Reminders(ctx context.Context, managerID string, zone model.Zone) (*model.Reminders, error) {
	minutes := a.reports.Library.Questionnaires[0].Minutes
	reminders := &model.Reminders{PulseMinutes: minutes.Pulse, FullMinutes: minutes.Full}
	var err error
	if reminders.Next, err = a.NextAssessment(ctx, managerID, zone); err != nil {
		return nil, err
	}
	if reminders.Feed, err = a.store.CalendarFeed(ctx, managerID); err != nil {
		return nil, err
	}
	reminders.Mail, err = a.MailReminders(ctx, managerID)
	return reminders, err
}

// MakeCalendarFeed makes the address from which a manager's calendar reads what is due, and returns its secret, which is
// kept nowhere: only its hash is. The address that it replaces, named by its mark, ends. If the one to replace is no longer
// the one in force, the form was sent before: the address made then must hold, so there is no secret.
func (a *App) MakeCalendarFeed(ctx context.Context, managerID, replaces string) (secret string, err error) {
	made := a.secret()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		secret = ""
		present, err := tx.CalendarFeed(ctx, managerID)
		if err != nil || present.Mark() != replaces {
			return err
		}
		secret = made
		return tx.PutCalendarFeed(ctx, managerID, model.CalendarFeed{SecretHash: hashToken(made), MadeAt: a.now()})
	})
	return secret, err
}

// EndCalendarFeed ends the address of a manager's calendar, named by its mark; another one that was made meanwhile stays.
func (a *App) EndCalendarFeed(ctx context.Context, managerID, mark string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		present, err := tx.CalendarFeed(ctx, managerID)
		if err != nil || present.Mark() != mark {
			return err
		}
		return tx.EndCalendarFeed(ctx, managerID, present.SecretHash)
	})
}

// DueCalendar is a manager's due assessments for a calendar. Where none is due, not by their own choice, it is
// model.ErrNotFound.
func (a *App) DueCalendar(ctx context.Context, managerID string, zone model.Zone) (model.Calendar, error) {
	calendar, err := a.calendar(ctx, managerID, zone)
	if err != nil {
		return model.Calendar{}, err
	}
	calendar.Entries = slices.DeleteFunc(calendar.Entries, func(entry model.CalendarEntry) bool {
		return entry.Kind != model.PulseDue && entry.Kind != model.FullDue
	})
	if len(calendar.Entries) == 0 {
		return model.Calendar{}, model.ErrNotFound
	}
	return calendar, nil
}

// CalendarOf is what a calendar reads at the address with this secret: all that falls on a day. A secret that opens
// nothing, whether it has ended or never was, is model.ErrNotFound and counts as a guess; after too many of those from one
// client any other that opens nothing is a model.Throttled error. A right one never is for what others tried: calendars
// go on reading addresses that have ended, and those of a whole office may come from one client. It is one only if it is
// itself read far too often.
func (a *App) CalendarOf(ctx context.Context, secret, from string) (model.Calendar, error) {
	managerID, feed, err := a.store.FeedBySecret(ctx, hashToken(secret))
	if errors.Is(err, model.ErrNotFound) {
		return model.Calendar{}, a.missed(ctx, calendarPurpose, from)
	}
	if err != nil {
		return model.Calendar{}, err
	}
	if wait := a.calendarReads.take(feed.SecretHash, a.now()); wait > 0 {
		return model.Calendar{}, &model.Error{Kind: model.Throttled, Wait: wait}
	}
	if err := a.seeCalendarFeed(ctx, feed); err != nil {
		return model.Calendar{}, err
	}
	zone, err := a.store.LatestZone(ctx, managerID)
	if err != nil {
		return model.Calendar{}, err
	}
	return a.calendar(ctx, managerID, zone)
}

// seeCalendarFeed notes that an address was read, to about a day.
func (a *App) seeCalendarFeed(ctx context.Context, feed model.CalendarFeed) error {
	now := a.now()
	if now.Sub(feed.ReadAt) < seenPrecision {
		return nil
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.SeeCalendarFeed(ctx, feed.SecretHash, now) })
}

// calendar is all that falls on a day of a manager's, with how new that is. What calendars were told last is known by its
// digest alone, so nothing else has to remember when it changed.
func (a *App) calendar(ctx context.Context, managerID string, zone model.Zone) (model.Calendar, error) {
	entries, err := a.calendarEntries(ctx, managerID, zone)
	if err != nil {
		return model.Calendar{}, err
	}
	calendar, digest := model.Calendar{Entries: entries}, digestOf(entries)
	told, version, err := a.store.CalendarVersion(ctx, managerID)
	if err == nil && told != digest {
		err = a.store.InTx(ctx, func(tx *store.Store) error {
			version, err = tx.RenewCalendarVersion(ctx, managerID, digest, a.now())
			return err
		})
	}
	calendar.CalendarVersion = version
	return calendar, err
}

// calendarEntries lists what falls on a day of a manager's, the first day first.
func (a *App) calendarEntries(ctx context.Context, managerID string, zone model.Zone) (entries []model.CalendarEntry, err error) {
	add := func(kind model.CalendarKind, id string, day time.Time) {
		entries = append(entries, model.CalendarEntry{Kind: kind, UID: calendarUID(managerID, kind, id), Day: day})
	}
	next, err := a.NextAssessment(ctx, managerID, zone)
	if err != nil {
		return nil, err
	}
	for _, due := range next.Dated() {
		kind := model.FullDue
		if due.Form == model.PulseForm {
			kind = model.PulseDue
		}
		add(kind, "", due.Day)
	}
	commitments, err := a.openCommitments(ctx, a.store, managerID)
	if err != nil {
		return nil, err
	}
	for _, commitment := range commitments {
		add(model.CommitmentDue, commitment.ID, commitment.Until)
	}
	cycles, err := a.store.OpenCycles(ctx, managerID, a.now())
	if err != nil {
		return nil, err
	}
	for _, open := range cycles {
		add(model.CycleEnds, open.Cycle.ID, open.Team.Zone.Day(open.Cycle.LastMoment()))
	}
	shares, err := a.store.Shares(ctx, managerID)
	if err != nil {
		return nil, err
	}
	for _, share := range shares {
		if share.State(a.now()) == model.ShareLive {
			add(model.ShareEnds, share.ID, zone.Day(share.ExpiresAt))
		}
	}
	slices.SortStableFunc(entries, func(one, other model.CalendarEntry) int {
		if order := one.Day.Compare(other.Day); order != 0 {
			return order
		}
		return strings.Compare(one.UID, other.UID)
	})
	return entries, nil
}

// calendarUID names something in a manager's calendar. Nobody reads an id out of it, and two managers' calendars don't
// show that both are in one team.
func calendarUID(managerID string, kind model.CalendarKind, id string) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("calendar %s %s %s", managerID, kind, id)))
	return hex.EncodeToString(sum[:16]) + "@whetstone"
}

// digestOf stands for all that a calendar is told.
func digestOf(entries []model.CalendarEntry) string {
	sum := sha256.New()
	for _, entry := range entries {
		_, _ = fmt.Fprintln(sum, entry.UID, entry.Day.Format(model.DateLayout)) // never fails
	}
	return hex.EncodeToString(sum.Sum(nil))
}
