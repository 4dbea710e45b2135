package disclosure

import (
	"math"
	"slices"

	"whetstone/internal/rounding"
)

const (
	// HighEnd and LowEnd are where printed means end, in levels of the answer
	// scale: "4.6 or more" and "1.4 or less". An average at the very end of the
	// scale would say of everybody that they answered so.
	HighEnd, LowEnd = 4.6, 1.4
	// SpreadPeople is the number of people from which on quartiles and spread are
	// published, and below which no standard error is.
	SpreadPeople = 10
	// SpreadStep is how coarsely quartiles and spread are rounded, in levels.
	SpreadStep = 0.5
)

// Rounded is a number as it may be printed, in levels of the answer scale.
type Rounded struct {
	// Value is a multiple of the step, or an end of what is printed.
	Value float64
	// AtLeast is true when it stands for "Value or more", AtMost for "Value or less". The page provides the words.
	AtLeast, AtMost bool
}

// Round rounds a mean to a step, one of [Steps] or SpreadStep, in levels. Halfway between two multiples it goes to the
// one further from zero, like every number that people read. What is rounded to HighEnd or above stands for "HighEnd
// or more", and LowEnd or below likewise, so that a figure never reveals more than the rounded mean that the gate
// counted.
func Round(mean, step float64) Rounded {
	rounded := rounding.To(mean, step)
	switch {
	case rounded >= HighEnd:
		return Rounded{Value: HighEnd, AtLeast: true}
	case rounded <= LowEnd:
		return Rounded{Value: LowEnd, AtMost: true}
	}
	return Rounded{Value: rounded}
}

// Result is what is published of one competency, area or whole of a set. For a withheld level it is the zero value,
// whatever the answers were: two of them are equal, and so are the pages made from them.
type Result struct {
	Published bool
	// People is the number of contributors.
	People int
	// Step is how coarsely Mean is rounded, in levels.
	Step   float64
	Mean   Rounded
	Spread Spread
}

// Spread says how far the answers of a set lie apart, in steps of SpreadStep. It is
// the zero value below SpreadPeople contributors.
type Spread struct {
	Published bool
	// LowerQuartile, Median and UpperQuartile are rounded as means are.
	LowerQuartile, Median, UpperQuartile Rounded
	// Deviation is the standard deviation between people, in levels, rounded.
	Deviation float64
}

// Publish computes the result of one competency, area or whole from the answers of a set, one per person, in levels of
// the answer scale and in any order. The decision has to be the one about that set. Nothing else should be kept of the
// answers.
//
// finer are the answers to the competencies or areas of the finest level that the decision publishes of which this one
// is the mean. Where a level follows from that one, its mean is that of their rounded means: it reveals nothing that
// those don't.
//
// Quartiles are those of linear interpolation between the ordered answers, at
// places (n-1)/4, (n-1)/2 and 3(n-1)/4 counted from 0 (Hyndman and Fan 1996,
// "Sample quantiles in statistical packages", The American Statistician 50, type
// 7). The deviation is the root of the squared distances from the mean, divided by
// n-1.
func (d Decision) Publish(level Level, answers []float64, finer ...[]float64) Result {
	step, published := d.Step(level)
	if !published || len(answers) < SmallestGroup || d.derived[level] && len(finer) == 0 {
		return Result{}
	}
	ordered := slices.Clone(answers)
	slices.Sort(ordered)
	mean, squared := meanOf(ordered), 0.0
	printed := mean
	if d.derived[level] {
		var rounded []float64
		for _, one := range finer {
			rounded = append(rounded, rounding.To(meanOf(slices.Sorted(slices.Values(one))), d.steps[d.Finest()]))
		}
		printed = meanOf(rounded)
	}
	result := Result{Published: true, People: len(ordered), Step: step, Mean: Round(printed, step)}
	if len(ordered) < SpreadPeople {
		return result
	}
	for _, answer := range ordered {
		squared += float64((answer - mean) * (answer - mean))
	}
	result.Spread = Spread{
		Published:     true,
		LowerQuartile: Round(quantile(ordered, 0.25), SpreadStep),
		Median:        Round(quantile(ordered, 0.5), SpreadStep),
		UpperQuartile: Round(quantile(ordered, 0.75), SpreadStep),
		Deviation:     rounding.To(math.Sqrt(squared/float64(len(ordered)-1)), SpreadStep),
	}
	return result
}

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// quantile interpolates between the ordered answers.
func quantile(ordered []float64, share float64) float64 {
	place := share * float64(len(ordered)-1)
	below := int(place)
	above := min(below+1, len(ordered)-1)
	return ordered[below] + float64((place-float64(below))*(ordered[above]-ordered[below]))
}
