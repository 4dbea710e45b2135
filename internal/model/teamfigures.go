package model

import "slices"

// Withheld says why a figure isn't published.
type Withheld string

const (
	// Published is not withheld.
	Published Withheld = ""
	// TooFew is withheld because fewer people took part than the smallest group.
	TooFew Withheld = "too-few"
	// Protected is withheld to protect people: from it and all that was published before, somebody's
	// answers could be read too closely.
	Protected Withheld = "protected"
	// Strangers is withheld because somebody who took part knows too few of the others.
	Strangers Withheld = "strangers"
	// TooSoon is withheld because another cycle is so close in time that the two count as one, and they differ by few
	// people.
	TooSoon Withheld = "too-soon"
	// TooLarge is withheld because too much was published about connected people to be checked.
	TooLarge Withheld = "too-large"
	// NotAsked has no data: the cycle's form doesn't measure it.
	NotAsked Withheld = "not-asked"
)

// Protective are the reasons for withholding something that protect people although enough took part.
func Protective() []Withheld { return []Withheld{Protected, Strangers, TooSoon, TooLarge} }

// Protects reports whether it is withheld for one of these.
func (w Withheld) Protects() bool { return slices.Contains(Protective(), w) }

// Figure is a published number: rounded to its step, and at the ends of the scale only known to lie there or beyond.
type Figure struct {
	Value float64 `json:"value"`
	// AtLeast and AtMost tell that the value lies at Value or beyond.
	AtLeast bool `json:"at_least,omitempty"`
	AtMost  bool `json:"at_most,omitempty"`
}

// TeamFigure is what is published about one competency, one area or the whole. Where it is withheld it
// holds nothing but its name and the reason.
type TeamFigure struct {
	ID       string   `json:"id"`
	Withheld Withheld `json:"withheld,omitempty"`
	Mean     Figure   `json:"mean"`
	// Step is the step that the mean is rounded to: 0.1, 0.2 or 0.5.
	Step float64 `json:"step"`
	// Quartiles (lower, middle, upper) and Spread are in steps of 0.5, from ten contributors; nil below.
	Quartiles []Figure `json:"quartiles,omitempty"`
	Spread    *float64 `json:"spread,omitempty"`
	// Change is the word for the change since the previous cycle, over the people in both; "" where there is none.
	Change string `json:"change,omitempty"`
}

// TeamScopeFigures are the figures of those of one scope.
type TeamScopeFigures struct {
	Scope   string       `json:"scope"`
	Figures []TeamFigure `json:"figures"`
}

// TeamAggregate is what one closed cycle publishes, computed once and frozen.
type TeamAggregate struct {
	CycleID string `json:"cycle"`
	// Contributors is their number; 0 where there are too few, and it is withheld.
	Contributors int      `json:"contributors"`
	Withheld     Withheld `json:"withheld,omitempty"`
	// Whole, Areas and Competencies are in the model's order.
	Whole        TeamFigure   `json:"whole"`
	Areas        []TeamFigure `json:"areas"`
	Competencies []TeamFigure `json:"competencies"`
	// Scopes are the figures by scope; none unless every scope's pass. ScopesWithheld says why not.
	Scopes         []TeamScopeFigures `json:"scopes,omitempty"`
	ScopesWithheld Withheld           `json:"scopes_withheld,omitempty"`
	// Compared is the cycle that the words of change refer to, "" for none; ComparedWithheld says why not.
	Compared         string   `json:"compared,omitempty"`
	ComparedWithheld Withheld `json:"compared_withheld,omitempty"`
	// Targets are the shipped targets by scope, for the distances: competency id to target.
	Targets map[string]map[string]float64 `json:"targets"`
}

// Figure finds the figure of a competency, an area or the whole.
func (a *TeamAggregate) Figure(id string) (TeamFigure, bool) {
	if id == WholeID {
		return a.Whole, true
	}
	for _, list := range [][]TeamFigure{a.Areas, a.Competencies} {
		for _, figure := range list {
			if figure.ID == id {
				return figure, true
			}
		}
	}
	return TeamFigure{}, false
}
