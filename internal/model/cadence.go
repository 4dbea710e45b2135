package model

import "time"

// Limits of a cadence.
const (
	// LongestInterval is how many weeks an interval has at most; it has one at least.
	LongestInterval = 52
	// NearFull is the part of its own interval, one over it, within which a pulse gives way to a full assessment.
	NearFull = 3
)

// daysAWeek turns weeks into days.
const daysAWeek = 7

// ProposedCadence is what is proposed to a manager who has chosen none, unless organisers propose another: a pulse every
// six weeks and a full assessment every three months.
var ProposedCadence = Cadence{PulseWeeks: 6, FullWeeks: 13}

// Cadence is how often a manager means to be assessed. The zero value is that of one who hasn't chosen.
type Cadence struct {
	// PulseWeeks and FullWeeks are the weeks from one to the next; 0 for none of this form.
	PulseWeeks, FullWeeks int
	// ChosenAt is zero where the manager hasn't chosen.
	ChosenAt time.Time
}

// Chosen reports whether the manager chose it.
func (c Cadence) Chosen() bool { return !c.ChosenAt.IsZero() }

// Off reports whether nothing is due by it.
func (c Cadence) Off() bool { return c.PulseWeeks == 0 && c.FullWeeks == 0 }

// Like reports whether it has the intervals of another.
func (c Cadence) Like(other Cadence) bool {
	return c.PulseWeeks == other.PulseWeeks && c.FullWeeks == other.FullWeeks
}

// Pulseless reports whether a pulse would never come by it, though it has an interval: each would be too near to a full
// assessment.
func (c Cadence) Pulseless() bool {
	return c.PulseWeeks > 0 && c.FullWeeks > 0 && NearFull*(c.FullWeeks-c.PulseWeeks) < c.PulseWeeks
}

// After is the day on which the next one is due, so many weeks after the last.
func After(last time.Time, weeks int) time.Time { return last.AddDate(0, 0, daysAWeek*weeks) }

// Due is an assessment that is due.
type Due struct {
	Form Form
	Day  time.Time
}

// NextAssessment says when a manager's next assessment is due.
type NextAssessment struct {
	// Cadence is the one that it follows: the proposed one where the manager hasn't chosen (see Cadence.Chosen), and
	// nothing may be said to be due then.
	Cadence Cadence
	// Proposed is the one that is proposed here.
	Proposed Cadence
	// First reports that nothing is finished yet: then any day will do, and Due has a form without a day.
	First bool
	// Due is the next; zero where the cadence is off.
	Due Due
	// Latest is the id of the latest finished assessment, "" for none.
	Latest string
	// Then is the full assessment that is due after a pulse; zero where there is none.
	Then Due
}

// Off reports whether the manager chose not to be reminded.
func (n NextAssessment) Off() bool { return n.Cadence.Off() }

// Dated lists what is due by the manager's own choice, with its days, the next first.
func (n NextAssessment) Dated() []Due {
	var dated []Due
	for _, due := range []Due{n.Due, n.Then} {
		if n.Cadence.Chosen() && !due.Day.IsZero() {
			dated = append(dated, due)
		}
	}
	return dated
}

// Come reports whether, by the manager's own choice, one is due on that day or was before.
func (n NextAssessment) Come(today time.Time) bool {
	return n.Cadence.Chosen() && !n.Due.Day.IsZero() && !today.Before(n.Due.Day)
}

// The rhythms that the form of a cadence offers.
const (
	UsualRhythm = "usual"
	OwnRhythm   = "own"
	NoRhythm    = "off"
)

// CadenceInput is what the form of a cadence sends, as typed.
type CadenceInput struct {
	// Rhythm is one of those on offer. Pulse and Full are weeks, "" for none of this form; they count for OwnRhythm alone.
	Rhythm, Pulse, Full string
	// Seen is the seen token of what the page had shown.
	Seen string
}
