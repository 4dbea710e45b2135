package report_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

func on(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

func finished(form model.Form, scope string, day time.Time) *model.Assessment {
	return &model.Assessment{Form: form, Scope: scope, PeriodEnd: day}
}

// The cases are worked by hand with a calendar of 2026: the first Monday is 5 January.
func TestNextAssessment(t *testing.T) {
	full, pulse := model.FullForm, model.PulseForm
	usual := model.ProposedCadence
	first, wider := "first-team", "several-teams"
	for _, one := range []struct {
		what     string
		cadence  model.Cadence
		finished []*model.Assessment
		today    time.Time
		due      model.Due
		then     model.Due
	}{
		{"never assessed", usual, nil, on(1, 5), model.Due{Form: full}, model.Due{}},
		{"never assessed, pulses alone", model.Cadence{PulseWeeks: 2}, nil, on(1, 5), model.Due{Form: pulse}, model.Due{}},
		{"off", model.Cadence{}, []*model.Assessment{finished(full, first, on(1, 5))}, on(1, 5), model.Due{}, model.Due{}},
		{"after a full one, which counts as a pulse, too", usual,
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(1, 5),
			model.Due{Form: pulse, Day: on(2, 16)}, model.Due{Form: full, Day: on(4, 6)}},
		{"after a pulse in time, the next would come a week before the full one", usual,
			[]*model.Assessment{finished(pulse, first, on(2, 16)), finished(full, first, on(1, 5))}, on(2, 16),
			model.Due{Form: full, Day: on(4, 6)}, model.Due{}},
		{"a pulse that is overdue", usual,
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(3, 9),
			model.Due{Form: pulse, Day: on(2, 16)}, model.Due{Form: full, Day: on(4, 6)}},
		{"a pulse that was left out until just a third of its interval before the full one", usual,
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(3, 23),
			model.Due{Form: pulse, Day: on(2, 16)}, model.Due{Form: full, Day: on(4, 6)}},
		{"and a day longer", usual,
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(3, 24),
			model.Due{Form: full, Day: on(4, 6)}, model.Due{}},
		{"both overdue", usual,
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(8, 1),
			model.Due{Form: full, Day: on(4, 6)}, model.Due{}},
		{"pulses have gone on, but no full one", usual,
			[]*model.Assessment{finished(pulse, first, on(5, 4)), finished(pulse, first, on(2, 16)), finished(full, first, on(1, 5))}, on(5, 5),
			model.Due{Form: full, Day: on(4, 6)}, model.Due{}},
		{"pulses alone, and never a full one", usual,
			[]*model.Assessment{finished(pulse, first, on(1, 5))}, on(1, 5),
			model.Due{Form: full, Day: on(2, 16)}, model.Due{}},
		{"a full one of the new scope", usual,
			[]*model.Assessment{finished(full, wider, on(3, 2)), finished(full, first, on(1, 5))}, on(3, 2),
			model.Due{Form: pulse, Day: on(4, 13)}, model.Due{Form: full, Day: on(6, 1)}},
		{"of the new scope a pulse alone", usual,
			[]*model.Assessment{finished(pulse, wider, on(3, 2)), finished(full, first, on(1, 5))}, on(3, 2),
			model.Due{Form: full, Day: on(4, 13)}, model.Due{}},
		{"back in the former scope", usual,
			[]*model.Assessment{finished(pulse, first, on(3, 2)), finished(full, wider, on(2, 23)), finished(full, first, on(1, 5))}, on(3, 2),
			model.Due{Form: full, Day: on(4, 6)}, model.Due{}},
		{"full ones alone", model.Cadence{FullWeeks: 26},
			[]*model.Assessment{finished(pulse, first, on(3, 2)), finished(full, first, on(1, 5))}, on(3, 2),
			model.Due{Form: full, Day: on(7, 6)}, model.Due{}},
		{"pulses alone, chosen so", model.Cadence{PulseWeeks: 1},
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(1, 5),
			model.Due{Form: pulse, Day: on(1, 12)}, model.Due{}},
		{"pulses less often than full ones", model.Cadence{PulseWeeks: 10, FullWeeks: 4},
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(1, 5),
			model.Due{Form: full, Day: on(2, 2)}, model.Due{}},
		{"both on the same day", model.Cadence{PulseWeeks: 4, FullWeeks: 4},
			[]*model.Assessment{finished(full, first, on(1, 5))}, on(1, 5),
			model.Due{Form: full, Day: on(2, 2)}, model.Due{}},
	} {
		t.Run(one.what, func(t *testing.T) {
			got := report.Next(one.cadence, one.finished, one.today)
			if got.Due != one.due || got.Then != one.then || got.First != (one.finished == nil) || got.Cadence != one.cadence {
				t.Errorf("due are %+v, then %+v; want %+v, then %+v", got.Due, got.Then, one.due, one.then)
			}
		})
	}
}
