package measure

import (
	"math"
	"testing"
)

// The specification's example: one competency of five, after eight of five.
func TestChangeOfOneCompetency(t *testing.T) {
	constants := Defaults()
	noise := constants.EstimateNoise(eightByFive(0))
	change := constants.Change(pairsOf("a", 0, 1, 1, 1, 2), noise)
	near(t, "mean change", change.MeanChange, 1, 1e-12)
	near(t, "standard error", change.StandardError, 0.507, 0.0005)
	near(t, "limit at 95 %", change.Limit(0.05), 1.02, 0.005)
	near(t, "limit at 80 %", change.Limit(0.20), 0.66, 0.005)
	if change.Shared != 5 || change.Degrees != 44 {
		t.Errorf("%d shared items and %v degrees, want 5 and 44", change.Shared, change.Degrees)
	}
	if !(0.05 < change.P && change.P < 0.20) {
		t.Errorf("P = %v of a change between the two limits", change.P)
	}
}

func TestChange(t *testing.T) {
	tests := []struct {
		name          string
		pairs         []Paired
		meanChange    float64
		standardError float64
		p             float64
	}{
		{"nothing shared", nil, 0, 0, 1},
		{"no change", evenPairs(4, 3, 0), 0, math.Sqrt(0.82/12 + 0.025 + 0.04), 1},
		{"changes that cancel", pairsOf("a", -2, 2), 0, math.Sqrt(0.41 + 0.14), 1},
		// 2.1788128 is t(0.975, 12), and 0.96 is 0.82 + 2*0.05 + 2*0.02.
		{"one item at the limit", pairsOf("a", 2.1788128*math.Sqrt(0.96)), 2.134792, math.Sqrt(0.96), 0.05},
		{"one item at the limit, down", pairsOf("a", -2.1788128*math.Sqrt(0.96)), -2.134792, math.Sqrt(0.96), 0.05},
		{"unequal competencies", append(pairsOf("a", 1, 1, 1), pairsOf("b", -3)...), 0, math.Sqrt(0.205 + 0.0625 + 0.04), 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			change := constants.Change(test.pairs, constants.PriorNoise())
			if change.Shared != len(test.pairs) {
				t.Errorf("shared = %d, want %d", change.Shared, len(test.pairs))
			}
			near(t, "mean change", change.MeanChange, test.meanChange, 1e-6)
			near(t, "standard error", change.StandardError, test.standardError, 1e-12)
			near(t, "P", change.P, test.p, 1e-6)
		})
	}
}

func TestChangeWithoutAnyNoise(t *testing.T) {
	var still Constants
	noise := Noise{ItemVariance: 0, Degrees: 12}
	near(t, "P of no change", still.Change(pairsOf("a", 0, 0), noise).P, 1, 0)
	near(t, "P of a change", still.Change(pairsOf("a", 1, 1), noise).P, 0, 0)
}

func TestLimitOfNothingShared(t *testing.T) {
	if limit := Defaults().Change(nil, Defaults().PriorNoise()).Limit(0.05); !math.IsInf(limit, 1) {
		t.Errorf("limit of nothing shared = %v, want +Inf", limit)
	}
}

// A change is beyond the limit of a level exactly when its P is below the level.
func TestLimitAndPAgree(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 500 {
		pairs := evenPairs(1+random.IntN(5), 1+random.IntN(5), 0)
		for i := range pairs {
			pairs[i].Change = float64(random.IntN(9) - 4)
		}
		change := constants.Change(pairs, constants.EstimateNoise(pairs))
		for _, level := range []float64{0.05, 0.20} {
			beyond := math.Abs(change.MeanChange) > change.Limit(level)
			if beyond != (change.P < level) {
				t.Errorf("mean change %v, limit %v, but P = %v at level %v",
					change.MeanChange, change.Limit(level), change.P, level)
			}
		}
	}
}

func TestChangeOfSwappedAssessments(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 200 {
		pairs := evenPairs(1+random.IntN(5), 1+random.IntN(5), 0)
		for i := range pairs {
			pairs[i].Change = float64(random.IntN(9) - 4)
		}
		forth := constants.Change(pairs, constants.EstimateNoise(pairs))
		for i := range pairs {
			pairs[i].Change = -pairs[i].Change
		}
		back := constants.Change(pairs, constants.EstimateNoise(pairs))
		near(t, "mean change of swapped assessments", back.MeanChange, -forth.MeanChange, 0)
		near(t, "P of swapped assessments", back.P, forth.P, 1e-12)
	}
}

func TestMoreNoiseRaisesP(t *testing.T) {
	constants := Defaults()
	pairs := evenPairs(4, 3, 1)
	previous := 0.0
	for _, variance := range []float64{0.1, 0.5, 0.82, 2, 8} {
		p := constants.Change(pairs, Noise{ItemVariance: variance, Degrees: 12}).P
		if p <= previous {
			t.Errorf("P = %v at an item variance of %v, not above %v", p, variance, previous)
		}
		previous = p
	}
}
