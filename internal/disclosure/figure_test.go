package disclosure

import (
	"testing"
)

func TestRound(t *testing.T) {
	tests := []struct {
		mean, step float64
		want       Rounded
	}{
		{3.14, 0.1, Rounded{Value: 3.1}},
		{3.16, 0.1, Rounded{Value: 3.2}},
		{3.25, 0.1, Rounded{Value: 3.3}}, // halfway, away from zero
		{3.75, 0.1, Rounded{Value: 3.8}},
		{3.14, 0.2, Rounded{Value: 3.2}},
		{3.09, 0.2, Rounded{Value: 3}},
		{3.14, 0.5, Rounded{Value: 3}},
		{3.26, 0.5, Rounded{Value: 3.5}},
		{3.25, 0.5, Rounded{Value: 3.5}},
		{3.75, 0.5, Rounded{Value: 4}},
		{4.54, 0.1, Rounded{Value: 4.5}},
		{4.56, 0.1, Rounded{Value: 4.6, AtLeast: true}},
		{5, 0.1, Rounded{Value: 4.6, AtLeast: true}},
		{4.74, 0.5, Rounded{Value: 4.5}},
		{4.76, 0.5, Rounded{Value: 4.6, AtLeast: true}},
		{1.46, 0.1, Rounded{Value: 1.5}},
		{1.44, 0.1, Rounded{Value: 1.4, AtMost: true}},
		{1, 0.2, Rounded{Value: 1.4, AtMost: true}},
	}
	for _, test := range tests {
		if got := Round(test.mean, test.step); got != test.want {
			t.Errorf("Round(%v, %v) = %+v, want %+v", test.mean, test.step, got, test.want)
		}
	}
}

func TestPublish(t *testing.T) {
	answers := []float64{3, 2, 4, 3, 5, 1, 3, 2, 4, 3}
	_, ten := decided(t, nil, one(people("1", 1, 10)), Floor())
	want := Result{
		Published: true, People: 10, Step: 0.1, Mean: Rounded{Value: 3},
		Spread: Spread{
			Published:     true,
			LowerQuartile: Rounded{Value: 2.5}, // 2.25, halfway
			Median:        Rounded{Value: 3},
			UpperQuartile: Rounded{Value: 4}, // 3.75
			Deviation:     1,                 // 1.15
		},
	}
	if got := ten.Publish(Competency, answers); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	// An area follows from its competencies as they are printed: 3.04 and twice 3.06 are 3.0 and 3.1.
	parts := [][]float64{{}, {}, {}}
	for _, answer := range answers {
		parts[0] = append(parts[0], answer+0.04)
		parts[1] = append(parts[1], answer+0.04)
		parts[2] = append(parts[2], answer+0.06)
	}
	if got := ten.Publish(Area, parts[1], parts...).Mean; got != (Rounded{Value: 3}) {
		t.Errorf("an area is %+v", got)
	}
	if got := ten.Publish(Area, answers); got.Published {
		t.Error("an area is published by itself beside its competencies")
	}
	_, nine := decided(t, nil, one(people("1", 1, 9)), Floor())
	if got := nine.Publish(Competency, answers[:9]); !got.Published || got.Spread != (Spread{}) {
		t.Errorf("of nine people %+v is published", got)
	}
}

func TestMeansOfPrintedFiguresAreAsFineAsTheseMakeThem(t *testing.T) {
	for _, test := range []struct {
		step          float64
		finest, level Level
		want          float64
	}{
		{0.1, Competency, Competency, 0.1}, {0.5, Whole, Whole, 0.5},
		{0.1, Competency, Area, 0.1}, {0.2, Competency, Area, 0.1}, {0.5, Competency, Area, 0.2},
		{0.1, Competency, Whole, 0.1}, {0.5, Competency, Whole, 0.1}, {0.5, Area, Whole, 0.2}, {0.2, Area, Whole, 0.1},
	} {
		if got := derivedStep(test.step, test.finest, test.level); got != test.want {
			t.Errorf("from %v in %v to %v: %v, want %v", test.finest, test.step, test.level, got, test.want)
		}
	}
}

// What is withheld is the same value, to the last bit, whatever people answered.
func TestWithheldTellsNothing(t *testing.T) {
	_, none := decided(t, nil, one(people("1", 1, 4)), Floor())
	for _, level := range Levels() {
		for _, answers := range [][]float64{{1, 1, 1, 1}, {5, 5, 5, 5}, {1, 2, 3, 4, 5, 1, 2, 3, 4, 5}, nil} {
			if got := none.Publish(level, answers); got != (Result{}) {
				t.Errorf("%v of %v: %+v", level, answers, got)
			}
		}
	}
	_, five := decided(t, nil, one(people("1", 1, 5)), Floor())
	if got := five.Publish(Whole, []float64{1, 2, 3, 4}); got != (Result{}) {
		t.Errorf("four answers are published by a decision about five people: %+v", got)
	}
}
