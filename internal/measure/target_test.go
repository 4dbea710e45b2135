package measure

import (
	"slices"
	"testing"
)

func TestStanding(t *testing.T) {
	score := Score{Known: true, Value: 3, Lower: 2.5, Upper: 3.5}
	tests := []struct {
		name   string
		score  Score
		target float64
		want   Standing
	}{
		{"well above", score, 2.0, Above},
		{"the lower end on the target", score, 2.5, Above},
		{"the target inside the band", score, 3.0, Open},
		{"the upper end on the target", score, 3.5, Open},
		{"well below", score, 4.0, Below},
		{"no score", Score{Value: 3, Lower: 2.5, Upper: 3.5}, 4.0, Unknown},
		{"no answer", Score{}, 2.0, Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.score.Standing(test.target); got != test.want {
				t.Errorf("standing %q, want %q", got, test.want)
			}
			targeted := Targeted{Score: test.score, Target: test.target}
			if got := targeted.Standing(); got != test.want {
				t.Errorf("standing of the competency %q, want %q", got, test.want)
			}
		})
	}
}

// narrow is a known score with a band so narrow that it has no part in the test.
func narrow(value, standardError float64) Score {
	return Score{
		Known: true, Value: value, StandardError: standardError,
		Lower: value - 0.01, Upper: value + 0.01,
	}
}

func names(targeted []Targeted) []string {
	var names []string
	for _, t := range targeted {
		names = append(names, t.Competency)
	}
	return names
}

func TestGaps(t *testing.T) {
	tests := []struct {
		name     string
		targeted []Targeted
		want     []string
	}{
		{"none", nil, nil},
		{"only those below", []Targeted{
			{"above", narrow(4, 0.4), 3, 3},
			{"open", Score{Known: true, Value: 2, Lower: 1, Upper: 3}, 2.5, 3},
			{"unknown", Score{Value: 1, Lower: 0.5, Upper: 1.5}, 4, 3},
			{"below", narrow(2, 0.4), 3, 1},
		}, []string{"below"}},
		{"importance times gap", []Targeted{
			{"two", narrow(2, 0.4), 4, 1},
			{"two and a half", narrow(1.5, 0.4), 4, 1},
			{"three", narrow(2, 0.4), 3, 3},
			{"one", narrow(2.5, 0.4), 3, 2},
		}, []string{"three", "two and a half", "two", "one"}},
		{"ties by the smaller error", []Targeted{
			{"rough", narrow(2, 0.5), 3, 2},
			{"fine", narrow(1, 0.3), 3, 1},
		}, []string{"fine", "rough"}},
		{"ties that only rounding hides", []Targeted{
			{"rough", narrow(8.0/3, 0.5), 3, 3},
			{"fine", narrow(2, 0.3), 3, 1},
		}, []string{"fine", "rough"}},
		{"full ties in the order given", []Targeted{
			{"b", narrow(2, 0.4), 3, 1},
			{"a", narrow(2, 0.4), 3, 1},
			{"c", narrow(2, 0.4), 3, 1},
		}, []string{"b", "a", "c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given := slices.Clone(test.targeted)
			if got := names(Gaps(test.targeted)); !slices.Equal(got, test.want) {
				t.Errorf("gaps %q, want %q", got, test.want)
			}
			if !slices.Equal(given, test.targeted) {
				t.Errorf("the argument was changed to %+v", test.targeted)
			}
		})
	}
}

func TestTidy(t *testing.T) {
	// A variable, because Go computes with constants exactly.
	third := 8.0 / 3
	if gap := 3 * (3 - third); gap <= 1 {
		t.Errorf("3*(3 - 8/3) = %v needs no tidying, so TestGaps proves nothing by it", gap)
	}
	near(t, "three times a third, tidied", tidy(3*(3-third)), 1, 0)
	near(t, "a real difference", tidy(1.001), 1.001, 0)
}

func TestStrengths(t *testing.T) {
	tests := []struct {
		name     string
		targeted []Targeted
		want     []string
	}{
		{"none", nil, nil},
		{"only those above", []Targeted{
			{"below", narrow(2, 0.4), 3, 3},
			{"open", Score{Known: true, Value: 3, Lower: 2, Upper: 4}, 2.5, 3},
			{"unknown", Score{Value: 5, Lower: 4.5, Upper: 5.5}, 2, 3},
			{"above", narrow(4, 0.4), 3, 1},
		}, []string{"above"}},
		{"by distance, whatever the importance", []Targeted{
			{"half", narrow(3.5, 0.4), 3, 3},
			{"two", narrow(4, 0.4), 2, 1},
			{"one", narrow(4, 0.4), 3, 2},
		}, []string{"two", "one", "half"}},
		{"ties by the smaller error, then in the order given", []Targeted{
			{"rough", narrow(4, 0.5), 3, 3},
			{"b", narrow(3, 0.3), 2, 1},
			{"a", narrow(4, 0.3), 3, 3},
		}, []string{"b", "a", "rough"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := names(Strengths(test.targeted)); !slices.Equal(got, test.want) {
				t.Errorf("strengths %q, want %q", got, test.want)
			}
		})
	}
}
