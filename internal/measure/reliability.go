package measure

import "gonum.org/v1/gonum/stat/distuv"

// The steps at which the reliability in this instance is computed, and the share of cases in which its interval is
// meant to hold the true value. They are not among the Constants: no person's score or verdict rests on them.
const (
	// ReliabilityMinimum is the number of persons below which no reliability is
	// stated.
	ReliabilityMinimum = 30
	// ReliabilityIncrement is how many more persons make the next step.
	ReliabilityIncrement = 10
	// ReliabilityLevel is the level of the interval.
	ReliabilityLevel = 0.95
)

// ReliabilityStep is the largest step that is not above count: 30, 40, 50 and so on, and 0 while count is below 30. A
// reliability is computed when a step is reached and then stays until the next, so that nobody can infer one person's
// answers from two figures that differ by that person.
func ReliabilityStep(count int) int {
	if count < ReliabilityMinimum {
		return 0
	}
	return count - (count-ReliabilityMinimum)%ReliabilityIncrement
}

// Reliability is how well the items of one area agree in telling persons apart.
type Reliability struct {
	// Known is false when there are fewer than ReliabilityMinimum persons or
	// than two items, or when all persons have the same mean. Alpha, Lower and
	// Upper are then 0 and not to be shown.
	Known bool
	// Alpha is Cronbach's, at most 1 and without a unit. It is below 0 when the
	// items disagree more than chance would have them.
	Alpha float64
	// Lower and Upper are the ends of the interval of ReliabilityLevel.
	Lower, Upper float64
	// Persons (N) is the number of persons it rests on: those who answered every
	// item.
	Persons int
	// LeftOut is the number of persons who did not.
	LeftOut int
	// Items (k) is the number of items of the area.
	Items int
}

// CronbachAlpha is the reliability of one area. answers holds a row for each
// person and in it a level for each of the area's items, in one order for all;
// the persons come in any order, each once.
//
// Complete cases only: a person with a missing item, which is a level off the scale, is left out of this area, and may
// still count in another. With fewer items the person's mean would be noisier than the formula assumes, and nothing is
// imputed.
//
//	alpha = 1 - MS_residual / MS_persons
//	      = k/(k - 1) * (1 - sum(variance of an item) / variance of the sum)
//
// where MS_persons is the mean square between persons, of N - 1 degrees, and
// MS_residual that of the person-by-item residual, of (N - 1)(k - 1) degrees. The
// interval is Feldt's,
//
//	Lower = 1 - (1 - alpha) * F(0.975)
//	Upper = 1 - (1 - alpha) * F(0.025)
//
// with F's quantiles for N - 1 and (N - 1)(k - 1) degrees of freedom. It takes
// the items as equally noisy and equally correlated; where they are not, it is
// an approximation. None of the figures is rounded.
//
// A row of another length than the first belongs to another questionnaire version. That is the caller's mistake, and
// the person counts as left out.
//
// Sources: Cronbach (1951), "Coefficient alpha and the internal structure of
// tests", Psychometrika 16; Hoyt (1941), "Test reliability estimated by analysis
// of variance", Psychometrika 6, for alpha by mean squares; Feldt (1965), "The
// approximate sampling distribution of Kuder-Richardson reliability coefficient
// twenty", Psychometrika 30.
func CronbachAlpha(answers [][]int) Reliability {
	if len(answers) == 0 {
		return Reliability{}
	}
	items := len(answers[0])
	persons := complete(answers, items)
	reliability := Reliability{
		Persons: len(persons),
		LeftOut: len(answers) - len(persons),
		Items:   items,
	}
	if len(persons) < ReliabilityMinimum || items < 2 {
		return reliability
	}
	betweenPersons, residual := twoWay(persons)
	if betweenPersons == 0 {
		return reliability
	}
	// Both mean squares have N - 1 in their degrees, which leaves k - 1.
	unreliable := residual / float64(items-1) / betweenPersons
	reliability.Known = true
	reliability.Alpha = 1 - unreliable
	reliability.Lower, reliability.Upper = feldtInterval(reliability.Alpha, len(persons), items)
	return reliability
}

// complete returns the rows of table that have columns levels, all of them on the scale, in their order. table is not
// changed.
func complete(table [][]int, columns int) [][]int {
	var kept [][]int
	for _, row := range table {
		if isComplete(row, columns) {
			kept = append(kept, row)
		}
	}
	return kept
}

// feldtInterval is the interval of ReliabilityLevel around alpha; see
// CronbachAlpha.
func feldtInterval(alpha float64, persons, items int) (lower, upper float64) {
	ratio := distuv.F{
		D1: float64(persons - 1),
		D2: float64((persons - 1) * (items - 1)),
	}
	tail := (1 - ReliabilityLevel) / 2
	return 1 - (1-alpha)*ratio.Quantile(1-tail), 1 - (1-alpha)*ratio.Quantile(tail)
}
