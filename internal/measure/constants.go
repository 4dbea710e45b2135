// Package measure turns answers into scores, and differences between scores
// into verdicts, with formulae that a reader of an export can recompute by hand.
//
// It is pure: numbers in, numbers out. It knows nothing of items, people, words for the screen, clocks or storage. All
// functions are safe for concurrent use and change none of their arguments.
//
// Answers are whole levels from 1 to 5. "It did not come up" and blank are
// missing values: a caller leaves them out, and they lower no score.
//
// The idea of a reliable change is from Jacobson and Truax (1991), "Clinical
// significance: a statistical approach to defining meaningful change in
// psychotherapy research", Journal of Consulting and Clinical Psychology 59.
// They divide a change by a standard error that comes from a sample of people.
// Here the noise is estimated within the one person, because one person has no
// sample. The correction for several verdicts at once is from Holm (1979), "A
// simple sequentially rejective multiple test procedure", Scandinavian Journal
// of Statistics 6.
package measure

// LowestLevel and HighestLevel bound the answer scale. They are not among the Constants: every wording, target and
// prior is tied to this scale, so it cannot be tuned.
const (
	LowestLevel  = 1
	HighestLevel = 5
)

// onScale reports whether level is an answer. Anything else, such as a zero that stands for a blank, counts as
// missing, so that it cannot lower a score.
func onScale(level int) bool {
	return LowestLevel <= level && level <= HighestLevel
}

// Constants are the numbers that the formulae rest on. They are frozen, as
// JSON, with each finished assessment, so that an old verdict can be recomputed
// after a constant has changed. That is why every function takes them from its
// receiver and none reads a global, and why a JSON name, once released, stays.
//
// Variances are in squared levels, shares and probabilities run from 0 to 1, minimums are numbers of items, except
// MinimumTrendAssessments.
type Constants struct {
	// PriorItemVariance (s02) is the variance of one item's change between two
	// assessments that is expected before the person has shown their own.
	PriorItemVariance float64 `json:"prior_item_variance"`
	// PriorDegrees (nu0) is the weight of that expectation, in degrees of
	// freedom.
	PriorDegrees float64 `json:"prior_degrees_of_freedom"`
	// CompetencyMoodVariance (so2) is the variance of what one assessment adds to
	// all items of one competency.
	CompetencyMoodVariance float64 `json:"competency_mood_variance"`
	// DayMoodVariance (sg2) is the variance of what one assessment adds to all its
	// items.
	DayMoodVariance float64 `json:"day_mood_variance"`

	// CompetencySpreadVariance (tau2) is the variance of a person's competencies
	// around the person's own overall level. It came with chances: where it is 0,
	// none are said, and a result is read by Standing.
	CompetencySpreadVariance float64 `json:"competency_spread_variance,omitzero"`
	// PersonItemVariance (si2) is the variance of how much one item differs from
	// its competency for a person. It came with chances, too.
	PersonItemVariance float64 `json:"person_item_variance,omitzero"`

	// BandLevel is the share of cases in which the band of a score is meant to
	// hold the true value.
	BandLevel float64 `json:"band_level"`
	// ChangedLevel is the p below which a change reads "changed".
	ChangedLevel float64 `json:"changed_level"`
	// PossibleLevel is the p below which a change reads "possible".
	PossibleLevel float64 `json:"possible_level"`

	// MinimumAnsweredCompetency is what a competency needs for a score.
	MinimumAnsweredCompetency int `json:"minimum_answered_competency"`
	// MinimumAnsweredGroup is what an area, an outcome, a pillar or the whole
	// needs for a score.
	MinimumAnsweredGroup int `json:"minimum_answered_group"`
	// MinimumAnsweredPulseArea is what an area needs for a score in a pulse.
	MinimumAnsweredPulseArea int `json:"minimum_answered_pulse_area"`

	// MinimumSharedWhole is how many shared items the whole needs to be
	// compared; the next three are the same for the smaller kinds.
	MinimumSharedWhole           int `json:"minimum_shared_whole"`
	MinimumSharedOutcomeOrPillar int `json:"minimum_shared_outcome_or_pillar"`
	MinimumSharedArea            int `json:"minimum_shared_area"`
	MinimumSharedCompetency      int `json:"minimum_shared_competency"`
	// MinimumShareOfShorterForm is the part of the shorter form's items that
	// must be shared.
	MinimumShareOfShorterForm float64 `json:"minimum_share_of_shorter_form"`
	// MinimumTrendAssessments is how many assessments a trend needs.
	MinimumTrendAssessments int `json:"minimum_trend_sittings"`

	// CarelessMinimumAnswered is the number of answers below which no answers
	// are called careless.
	CarelessMinimumAnswered int `json:"careless_minimum_answered"`
	// CarelessIdenticalShare is the share of one and the same level above which
	// answers look careless.
	CarelessIdenticalShare float64 `json:"careless_identical_share"`
	// CarelessSecondsPerItem is the time per answer, in seconds, below which answers look careless.
	CarelessSecondsPerItem float64 `json:"careless_seconds_per_item"`
}

// Defaults returns the constants of a new assessment. An assessment that is
// finished is read with the constants frozen in it, never with these.
func Defaults() Constants {
	return Constants{
		PriorItemVariance:      0.82,
		PriorDegrees:           12,
		CompetencyMoodVariance: 0.05,
		DayMoodVariance:        0.02,

		CompetencySpreadVariance: 0.25,
		PersonItemVariance:       0.09,

		BandLevel:     0.80,
		ChangedLevel:  0.05,
		PossibleLevel: 0.20,

		MinimumAnsweredCompetency: 2,
		MinimumAnsweredGroup:      5,
		MinimumAnsweredPulseArea:  3,

		MinimumSharedWhole:           12,
		MinimumSharedOutcomeOrPillar: 5,
		MinimumSharedArea:            3,
		MinimumSharedCompetency:      2,
		MinimumShareOfShorterForm:    0.60,
		MinimumTrendAssessments:      4,

		CarelessMinimumAnswered: 12,
		CarelessIdenticalShare:  0.80,
		CarelessSecondsPerItem:  2,
	}
}
