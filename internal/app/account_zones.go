package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// TellZone keeps the zone that a browser tells, with the session and the mentor that it is known as, either of which
// may be zero; a zone that was chosen stays. A name that isn't a time zone is a model.Invalid error on the field
// "zone".
func (a *App) TellZone(ctx context.Context, session model.Session, mentor model.Mentor, name string) error {
	zone, found := model.ReadZone(name)
	if !found {
		return noZone
	}
	return a.keepZone(ctx, session, mentor, model.ToldZone{Zone: zone}, true)
}

// ChooseZone keeps the zone that somebody chooses instead of their browser's; with "" the browser decides again. A
// name that isn't a time zone is a model.Invalid error on the field "zone". If another zone was chosen since the page
// saw it, that is a model.Conflict error on the same field.
func (a *App) ChooseZone(ctx context.Context, session model.Session, mentor model.Mentor, name, seen string) error {
	stored := session.Days
	if session.ID == "" {
		stored = mentor.Days
	}
	merged, err := mergeFields(seen, []string{"zone"}, []string{chosenZone(stored)}, []string{name})
	if err != nil {
		return err
	}
	zone, found := model.ReadZone(merged[0])
	if !found && merged[0] != "" {
		return noZone
	}
	return a.keepZone(ctx, session, mentor, model.ToldZone{Zone: zone, Chosen: found}, false)
}

// SeenZone says what a page saw of a chosen zone, as Seen does of an answer.
func SeenZone(days model.ToldZone) string { return seenToken(0, chosenZone(days)) }

// chosenZone names the zone that somebody chose, "" where their browser decides.
func chosenZone(days model.ToldZone) string {
	if !days.Chosen {
		return ""
	}
	return days.Zone.Name()
}

var noZone = refused("zone", "Choose one of the time zones.")

func (a *App) keepZone(ctx context.Context, session model.Session, mentor model.Mentor, days model.ToldZone, told bool) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if session.ID != "" {
			if err := tx.SetSessionZone(ctx, session.ID, days, told); err != nil {
				return err
			}
		}
		if mentor.ID != "" {
			return tx.SetMentorZone(ctx, mentor.ID, days, told)
		}
		return nil
	})
}
