package measure

import (
	"math"
	"testing"
)

// By hand, for three shared items with the prior noise, nu = 12:
//
//	SE_change^2 = 0.82/3 + 2*0.05 + 2*0.02 = 0.4133
//	SE          = sqrt(0.4133 + 2*0.2)     = 0.902
//
// and limits of 2.179*0.902 = 1.965 and 1.356*0.902 = 1.223.
func TestGapChange(t *testing.T) {
	tests := []struct {
		name                         string
		earlierSelf, laterSelf       float64
		earlierRating, laterRating   int
		earlier, later, wantedChange float64
		verdict                      GapVerdict
	}{
		{"nothing", 3, 3, 3, 3, 0, 0, 0, GapSteady},
		{"both rose alike", 2, 4, 3, 5, -1, -1, 0, GapSteady},
		{"a level", 4, 3, 2, 2, 2, 1, -1, GapSteady},
		{"four thirds closer", 4, 8.0 / 3, 2, 2, 2, 2.0 / 3, -4.0 / 3, GapMayHaveNarrowed},
		{"the mentor came closer", 5, 5, 2, 4, 3, 1, -2, GapNarrowed},
		{"both came closer", 5, 4, 2, 3, 3, 1, -2, GapNarrowed},
		{"closer from below", 1, 3, 4, 4, -3, -1, 2, GapNarrowed},
		{"to no gap at all", 4, 3, 2, 3, 2, 0, -2, GapNarrowed},
		{"across, and much smaller", 4, 8.0 / 3, 2, 3, 2, -1.0 / 3, -7.0 / 3, GapNarrowed},
		{"across, to half of what it was", 10.0 / 3, 7.0 / 3, 2, 3, 4.0 / 3, -2.0 / 3, -2, GapNarrowed},
		{"across, a little smaller", 10.0 / 3, 2, 2, 3, 4.0 / 3, -1, -7.0 / 3, GapTurned},
		{"across, as large", 3, 3, 2, 4, 1, -1, -2, GapTurned},
		{"across, larger", 3, 2, 2, 4, 1, -2, -3, GapTurned},
		{"across, upwards", 2, 4, 3, 3, -1, 1, 2, GapTurned},
		{"perhaps across", 8.0 / 3, 7.0 / 3, 2, 3, 2.0 / 3, -2.0 / 3, -4.0 / 3, GapMayHaveTurned},
		{"wider", 3, 5, 2, 2, 1, 3, 2, GapWidened},
		{"wider from none", 3, 3, 3, 1, 0, 2, 2, GapWidened},
		{"wider, downwards", 3, 1, 3, 3, 0, -2, -2, GapWidened},
		{"perhaps wider", 3, 13.0 / 3, 2, 2, 1, 7.0 / 3, 4.0 / 3, GapMayHaveWidened},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			moved := test.laterSelf - test.earlierSelf
			change := constants.Change(pairsOf("a", moved, moved, moved), constants.PriorNoise())
			got := constants.GapChange(MentorDefaults(), change, test.earlierSelf, test.laterSelf, test.earlierRating, test.laterRating)
			near(t, "earlier gap", got.Earlier, test.earlier, 1e-12)
			near(t, "later gap", got.Later, test.later, 1e-12)
			near(t, "change", got.Change, test.wantedChange, 1e-12)
			near(t, "standard error", got.StandardError, 0.902, 0.0005)
			near(t, "degrees", got.Degrees, 12, 0)
			if got.Verdict != test.verdict {
				t.Errorf("verdict %q with P = %v, want %q", got.Verdict, got.P, test.verdict)
			}
		})
	}
}

func TestGapNotComparable(t *testing.T) {
	constants := Defaults()
	two := constants.Change(pairsOf("a", 1, 1), constants.PriorNoise())
	one := constants.Change(pairsOf("a", 1), constants.PriorNoise())
	for _, test := range []struct {
		name           string
		change         Change
		earlier, later int
		comparable     bool
	}{
		{"two shared items", two, 3, 3, true},
		{"one shared item", one, 3, 3, false},
		{"none", Change{P: 1}, 3, 3, false},
		{"not observed before", two, 0, 3, false},
		{"not observed now", two, 3, 0, false},
		{"off the scale", two, 3, 6, false},
	} {
		got := constants.GapChange(MentorDefaults(), test.change, 3, 4, test.earlier, test.later)
		if (got.Verdict != GapNotComparable) != test.comparable {
			t.Errorf("%s: verdict %q", test.name, got.Verdict)
		}
		if want := (GapChange{P: 1, Verdict: GapNotComparable}); !test.comparable && got != want {
			t.Errorf("%s: %+v, want no numbers", test.name, got)
		}
	}
}

// The items shared fell by two levels each, while other items kept the later score
// up: with the scores' own gaps on screen, no word for the change may stand there.
func TestGapOfScoresThatMoveOtherwise(t *testing.T) {
	constants := Defaults()
	change := constants.Change(pairsOf("a", -2, -2), constants.PriorNoise())
	got := constants.GapChange(MentorDefaults(), change, 3.5, 4, 2, 2)
	near(t, "earlier gap", got.Earlier, 1.5, 1e-9)
	near(t, "later gap", got.Later, 2, 1e-9)
	near(t, "change", got.Change, -2, 1e-9)
	if got.P >= 0.20 || got.Verdict != GapSteady {
		t.Errorf("verdict %q with P = %v, want %q in spite of a small P", got.Verdict, got.P, GapSteady)
	}
	if got := constants.GapChange(MentorDefaults(), change, 4, 4, 2, 2); got.Verdict != GapSteady {
		t.Errorf("verdict %q on equal gaps, want %q", got.Verdict, GapSteady)
	}
}

// Whatever the item sets, the words fit the gaps that stand beside them.
func TestGapVerdictsFitTheGaps(t *testing.T) {
	constants, random := Defaults(), seeded()
	seen := make(map[GapVerdict]int)
	for range 20_000 {
		pairs := evenPairs(1, 2+random.IntN(2), 0)
		for i := range pairs {
			pairs[i].Change = float64(random.IntN(9) - 4)
		}
		change := constants.Change(pairs, constants.PriorNoise())
		got := constants.GapChange(MentorDefaults(), change,
			1+float64(random.IntN(13))/3, 1+float64(random.IntN(9))/2, 1+random.IntN(5), 1+random.IntN(5))
		seen[got.Verdict]++
		smaller := math.Abs(got.Later) < math.Abs(got.Earlier)
		crossed := got.Earlier*got.Later < 0
		fits := true
		switch got.Verdict {
		case GapNarrowed, GapMayHaveNarrowed:
			fits = smaller
		case GapWidened, GapMayHaveWidened:
			fits = !smaller && !crossed && got.Later != got.Earlier
		case GapTurned, GapMayHaveTurned:
			fits = crossed
		}
		if !fits || got.Verdict != GapSteady && (got.P >= 0.20 || got.Change*(got.Later-got.Earlier) <= 0) {
			t.Fatalf("%+v", got)
		}
	}
	if len(seen) != 7 {
		t.Errorf("verdicts seen: %v, want all seven", seen)
	}
}
