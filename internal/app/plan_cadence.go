package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// NextAssessment says which assessment of a manager's is due next, and when. Where they haven't chosen a cadence it is
// worked out by the proposed one, as something to choose: then nothing is due (see model.NextAssessment.Dated). Today is
// that of the zone.
func (a *App) NextAssessment(ctx context.Context, managerID string, zone model.Zone) (model.NextAssessment, error) {
	cadence, err := a.store.Cadence(ctx, managerID)
	if err != nil {
		return model.NextAssessment{}, err
	}
	proposed := a.Installation(ctx).Proposed()
	if !cadence.Chosen() {
		cadence = proposed
	}
	finished, err := a.store.LatestOf(ctx, managerID)
	next := report.Next(cadence, finished, zone.Day(a.now()))
	next.Proposed = proposed
	return next, err
}

// SeenCadence says what a page saw of a cadence, as Seen does of an answer.
func SeenCadence(cadence model.Cadence) string { return seenToken(0, cadenceField(cadence)) }

// cadenceField is a cadence as one field; "" for none.
func cadenceField(cadence model.Cadence) string {
	if !cadence.Chosen() {
		return ""
	}
	return fmt.Sprintf("%d weeks %d weeks", cadence.PulseWeeks, cadence.FullWeeks)
}

// SaveCadence keeps how often a manager means to be assessed. Bad input is a model.Invalid error on "rhythm", "pulse" or
// "full". If it was set to something else since the page saw it, that is a model.Conflict error on "rhythm".
func (a *App) SaveCadence(ctx context.Context, managerID string, input model.CadenceInput) error {
	chosen, err := a.readCadence(input, a.Installation(ctx).Proposed())
	if err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := tx.Cadence(ctx, managerID)
		if err != nil {
			return err
		}
		before := cadenceField(stored)
		merged, err := mergeFields(input.Seen, []string{"rhythm"}, []string{before}, []string{cadenceField(chosen)})
		if err != nil || merged[0] == before {
			return err
		}
		return tx.PutCadence(ctx, managerID, chosen)
	})
}

// readCadence reads the form of a cadence under what is proposed, and reports everything that is wrong with it.
func (a *App) readCadence(input model.CadenceInput, proposed model.Cadence) (model.Cadence, error) {
	cadence := model.Cadence{ChosenAt: a.now()}
	var fields fieldErrors
	switch input.Rhythm {
	case model.UsualRhythm:
		cadence.PulseWeeks, cadence.FullWeeks = proposed.PulseWeeks, proposed.FullWeeks
	case model.NoRhythm:
	case model.OwnRhythm:
		cadence.PulseWeeks = fields.weeks("pulse", "pulses", input.Pulse)
		cadence.FullWeeks = fields.weeks("full", "full assessments", input.Full)
		if len(fields) == 0 {
			fields.intervals(cadence, "Enter the weeks for a pulse, for a full assessment or for both; or choose not to be reminded.")
		}
	default:
		fields.add("rhythm", "Choose how often.")
	}
	return cadence, fields.err()
}

// intervals adds an error for two intervals that make no cadence; missing says what to do where there is none.
func (f *fieldErrors) intervals(cadence model.Cadence, missing string) {
	switch {
	case cadence.Off():
		f.add("pulse", missing)
	case cadence.Pulseless():
		f.add("pulse", fmt.Sprintf("A full assessment every %s leaves no room for a pulse, since it counts as one. Enter fewer weeks, or leave this empty.", weeks(cadence.FullWeeks)))
	}
}

// weeks reads the interval between assessments of a kind; nothing typed is none. The message names the kind, since two such
// fields stand beside each other.
func (f *fieldErrors) weeks(field, kind, typed string) int {
	if strings.TrimSpace(typed) == "" {
		return 0
	}
	return f.number(field, "weeks between "+kind, typed, 1, model.LongestInterval)
}

func weeks(count int) string {
	if count == 1 {
		return "week"
	}
	return strconv.Itoa(count) + " weeks"
}
