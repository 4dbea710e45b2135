package measure

import (
	"math"
	"slices"
	"testing"
)

func TestReliabilityStep(t *testing.T) {
	for count, want := range map[int]int{
		-1: 0, 0: 0, 29: 0, 30: 30, 31: 30, 39: 30, 40: 40, 49: 40, 50: 50, 1234: 1230,
	} {
		if got := ReliabilityStep(count); got != want {
			t.Errorf("ReliabilityStep(%d) = %d, want %d", count, got, want)
		}
	}
}

// persons repeats the rows until there are count of them.
func persons(count int, rows ...[]int) [][]int {
	var answers [][]int
	for i := range count {
		answers = append(answers, rows[i%len(rows)])
	}
	return answers
}

func TestCronbachAlpha(t *testing.T) {
	tests := []struct {
		name    string
		answers [][]int
		want    Reliability
	}{
		{"nobody", nil, Reliability{}},
		{"no items", persons(30, []int{}), Reliability{Persons: 30}},
		{"one short", persons(29, []int{1, 2}, []int{3, 4}), Reliability{Persons: 29, Items: 2}},
		{"one item", persons(30, []int{1}, []int{3}), Reliability{Persons: 30, Items: 1}},
		{"persons with the same mean", persons(30, []int{1, 3}, []int{3, 1}), Reliability{Persons: 30, Items: 2}},
		{"one short by a missing item", append(persons(29, []int{1, 2}, []int{3, 4}), []int{0, 2}),
			Reliability{Persons: 29, LeftOut: 1, Items: 2}},
		{"perfect agreement, items of other means", persons(30, []int{1, 2}, []int{3, 4}),
			Reliability{Known: true, Alpha: 1, Lower: 1, Upper: 1, Persons: 30, Items: 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := CronbachAlpha(test.answers); got != test.want {
				t.Errorf("reliability %+v, want %+v", got, test.want)
			}
		})
	}
}

// By hand: three sorts of person, ten of each, with the answers 1 2, 3 3 and
// 5 4. The items vary by 8/3 and 2/3 and their sum by 6 (sums 3, 6 and 9), so
// alpha = 2*(1 - (10/3)/6) = 8/9.
func TestCronbachAlphaByHand(t *testing.T) {
	answers := persons(30, []int{1, 2}, []int{3, 3}, []int{5, 4})
	reliability := CronbachAlpha(answers)
	near(t, "alpha", reliability.Alpha, 8.0/9, 1e-12)
	if !reliability.Known || reliability.Persons != 30 || reliability.LeftOut != 0 || reliability.Items != 2 {
		t.Errorf("reliability %+v of 30 persons and 2 items", reliability)
	}

	answers = append(answers, []int{5, 0}, []int{0, 0}, []int{6, 1}, []int{1}, []int{1, 1, 1})
	incomplete := CronbachAlpha(answers)
	near(t, "alpha beside incomplete persons", incomplete.Alpha, reliability.Alpha, 0)
	if incomplete.Persons != 30 || incomplete.LeftOut != 5 {
		t.Errorf("%d persons and %d left out, want 30 and 5", incomplete.Persons, incomplete.LeftOut)
	}
}

// Items that contradict each other: the sums are 5, 6 and 6.
func TestCronbachAlphaBelowZero(t *testing.T) {
	reliability := CronbachAlpha(persons(30, []int{1, 4}, []int{5, 1}, []int{3, 3}))
	if !reliability.Known || reliability.Alpha >= 0 {
		t.Errorf("reliability %+v, want a known alpha below 0", reliability)
	}
}

// F's quantiles for 2 and d degrees are d/2*((1 - p)^(-2/d) - 1), which makes the
// interval of three persons one to work out by hand. The other one is published:
// the output of Evans's function in the statistics wiki of the MRC Cognition and
// Brain Sciences Unit.
func TestFeldtInterval(t *testing.T) {
	tests := []struct {
		alpha          float64
		persons, items int
		lower, upper   float64
	}{
		{0.8, 3, 4, 1 - 0.2*3*(math.Pow(0.025, -1.0/3)-1), 1 - 0.2*3*(math.Pow(0.975, -1.0/3)-1)},
		{0.913, 873, 20, 0.9044024, 0.9211588},
	}
	for _, test := range tests {
		lower, upper := feldtInterval(test.alpha, test.persons, test.items)
		near(t, "lower end", lower, test.lower, 5e-8)
		near(t, "upper end", upper, test.upper, 5e-8)
	}
}

// someAnswers returns the answers of persons who differ, to items that agree.
func someAnswers(count, items int) [][]int {
	random := seeded()
	answers := make([][]int, count)
	for i := range answers {
		person := random.NormFloat64()
		for range items {
			answers[i] = append(answers[i], answer(3+person+random.NormFloat64()))
		}
	}
	return answers
}

// Alpha by variances, as Cronbach wrote it, and by mean squares are one.
func TestCronbachAlphaByVariances(t *testing.T) {
	const items = 5
	answers := someAnswers(60, items)
	var sums []float64
	columns := make([][]float64, items)
	for _, row := range answers {
		sum := 0.0
		for i, level := range row {
			sum += float64(level)
			columns[i] = append(columns[i], float64(level))
		}
		sums = append(sums, sum)
	}
	within := 0.0
	for _, column := range columns {
		within += sumOfSquares(column)
	}
	reliability := CronbachAlpha(answers)
	near(t, "alpha", reliability.Alpha, items/(items-1.0)*(1-within/sumOfSquares(sums)), 1e-12)
	if !(reliability.Lower < reliability.Alpha && reliability.Alpha < reliability.Upper && reliability.Upper < 1) {
		t.Errorf("alpha %v is not within its interval %v to %v",
			reliability.Alpha, reliability.Lower, reliability.Upper)
	}
	slices.Reverse(answers)
	if reversed := CronbachAlpha(answers); reversed != reliability {
		t.Errorf("of persons in reverse order %+v, not %+v", reversed, reliability)
	}
}

func TestMorePersonsNarrowTheInterval(t *testing.T) {
	previous := math.Inf(1)
	for _, persons := range []int{30, 40, 100, 1000} {
		lower, upper := feldtInterval(0.8, persons, 9)
		if upper-lower >= previous {
			t.Errorf("the interval of %d persons is %v wide, not below %v", persons, upper-lower, previous)
		}
		previous = upper - lower
	}
}
