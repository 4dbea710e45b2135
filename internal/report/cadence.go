package report

import (
	"time"

	"whetstone/internal/model"
)

// Next says which assessment is due next by a cadence, and when, as of today. finished are the manager's, the latest
// first; the latest of all and the latest full one of its scope are enough.
//
// A full assessment counts as a pulse, too. A pulse that would come, or was left out until, shortly before a full
// assessment (less than a third of its own interval) gives way to it: nobody needs both within days. The scope of the
// latest assessment is the one that counts: a new scope begins a new line, so after a pulse alone its first full
// assessment is what comes next.
func Next(cadence model.Cadence, finished []*model.Assessment, today time.Time) model.NextAssessment {
	next := model.NextAssessment{Cadence: cadence, First: len(finished) == 0}
	if !next.First {
		next.Latest = finished[0].ID
	}
	switch {
	case cadence.Off():
		return next
	case next.First:
		next.Due.Form = firstForm(cadence)
		return next
	}
	pulse, full := pulseDue(cadence, finished), fullDue(cadence, finished)
	switch {
	case pulse.Day.IsZero():
		next.Due = full
	case full.Day.IsZero():
		next.Due = pulse
	case givesWay(cadence, pulse.Day, full.Day, today):
		next.Due = full
	default:
		next.Due, next.Then = pulse, full
	}
	return next
}

// firstForm is what the first assessment should be: a full one, unless the cadence has none.
func firstForm(cadence model.Cadence) model.Form {
	if cadence.FullWeeks == 0 {
		return model.PulseForm
	}
	return model.FullForm
}

// pulseDue is when the next pulse is due, whatever the last assessment was; zero for never.
func pulseDue(cadence model.Cadence, finished []*model.Assessment) model.Due {
	if cadence.PulseWeeks == 0 {
		return model.Due{}
	}
	return model.Due{Form: model.PulseForm, Day: model.After(finished[0].PeriodEnd, cadence.PulseWeeks)}
}

// fullDue is when the next full assessment is due; zero for never. Where the latest scope has none yet, that is at the
// next occasion of all.
func fullDue(cadence model.Cadence, finished []*model.Assessment) model.Due {
	if cadence.FullWeeks == 0 {
		return model.Due{}
	}
	latest := finished[0]
	for _, assessment := range finished {
		if assessment.Form == model.FullForm && assessment.Scope == latest.Scope {
			return model.Due{Form: model.FullForm, Day: model.After(assessment.PeriodEnd, cadence.FullWeeks)}
		}
	}
	weeks := cadence.FullWeeks
	if cadence.PulseWeeks > 0 {
		weeks = min(weeks, cadence.PulseWeeks)
	}
	return model.Due{Form: model.FullForm, Day: model.After(latest.PeriodEnd, weeks)}
}

// givesWay reports whether a pulse is left out for the full assessment that follows it.
func givesWay(cadence model.Cadence, pulse, full, today time.Time) bool {
	if pulse.Before(today) {
		pulse = today
	}
	return model.NearFull*full.Sub(pulse) < model.After(pulse, cadence.PulseWeeks).Sub(pulse)
}
