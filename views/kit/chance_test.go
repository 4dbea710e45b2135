package kit_test

import (
	"testing"

	"whetstone/internal/measure"
	"whetstone/views/kit"
)

// The words follow the figure that is shown, and each figure has its words.
func TestChanceWords(t *testing.T) {
	for below, want := range map[float64]string{
		0.99: "very likely below, more than 19 in 20",
		0.95: "very likely below, more than 19 in 20",
		0.94: "very likely below, 9 in 10",
		0.85: "very likely below, 9 in 10",
		0.84: "likely below, 8 in 10",
		0.65: "likely below, 7 in 10",
		0.64: "could be either, 6 in 10",
		0.36: "could be either, 4 in 10",
		0.34: "likely at or above, 3 in 10",
		0.15: "likely at or above, 2 in 10",
		0.14: "very likely at or above, 1 in 10",
		0.06: "very likely at or above, 1 in 10",
		0.05: "very likely at or above, fewer than 1 in 20",
	} {
		if got := kit.Against(measure.Chance{Known: true, Below: below}, measure.Open); got != want {
			t.Errorf("%v: got %q, want %q", below, got, want)
		}
	}
	if got := kit.Against(measure.Chance{}, measure.Open); got != "too close to call" {
		t.Errorf("without a chance: %q", got)
	}
}

func TestChancesInASentence(t *testing.T) {
	for below, want := range map[float64]string{
		0.96: "more than 19 chances in 20", 0.8: "8 chances in 10", 0.1: "1 chance in 10", 0.01: "fewer than 1 chance in 20",
	} {
		if got := kit.Chances(measure.Chance{Known: true, Below: below}); got != want {
			t.Errorf("%v: got %q, want %q", below, got, want)
		}
	}
}
