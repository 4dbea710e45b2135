package measure

import (
	"testing"
)

// eightByFive is the worked example of the specification: 8 competencies of 5
// items whose changes have a sum of squares of 2 around each competency's mean,
// 16 in all.
func eightByFive(meanChange float64) []Paired {
	var pairs []Paired
	for _, competency := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		pairs = append(pairs, pairsOf(competency,
			meanChange-1, meanChange, meanChange, meanChange, meanChange+1)...)
	}
	return pairs
}

func TestPriorNoise(t *testing.T) {
	if got, want := Defaults().PriorNoise(), (Noise{ItemVariance: 0.82, Degrees: 12}); got != want {
		t.Errorf("PriorNoise() = %+v, want %+v", got, want)
	}
}

func TestEstimateNoise(t *testing.T) {
	tests := []struct {
		name                  string
		pairs                 []Paired
		itemVariance, degrees float64
	}{
		{"no earlier assessment", nil, 0.82, 12},
		{"worked example, 8 by 5", eightByFive(0), 0.587, 44},
		{"a shared shift is no noise", eightByFive(2), 0.587, 44},
		{"a pulse, one item a competency", evenPairs(12, 1, 3), 0.82, 12},
		{"one pair of opposites", pairsOf("a", -1, 1), (12*0.82 + 2) / 13, 13},
		{"a single item beside a pair", append(pairsOf("a", -1, 1), pairsOf("b", 4)...), (12*0.82 + 2) / 13, 13},
		{"answers that never move", evenPairs(8, 5, 0), 12 * 0.82 / 44, 44},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			noise := Defaults().EstimateNoise(test.pairs)
			near(t, "item variance", noise.ItemVariance, test.itemVariance, 0.0005)
			near(t, "degrees of freedom", noise.Degrees, test.degrees, 0)
		})
	}
}

func TestEstimateNoiseOrderDoesNotMatter(t *testing.T) {
	random := seeded()
	for range 200 {
		pairs := evenPairs(1+random.IntN(6), 1+random.IntN(5), 0)
		for i := range pairs {
			pairs[i].Change = float64(random.IntN(9) - 4)
		}
		want := Defaults().EstimateNoise(pairs)
		random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		got := Defaults().EstimateNoise(pairs)
		near(t, "item variance of shuffled pairs", got.ItemVariance, want.ItemVariance, 1e-12)
		near(t, "degrees of shuffled pairs", got.Degrees, want.Degrees, 0)
	}
}

// The printed tables of Student's t, to the three digits that they give.
func TestStudent(t *testing.T) {
	tests := []struct{ probability, degrees, want float64 }{
		{0.90, 12, 1.356},
		{0.975, 12, 2.179},
		{0.90, 44, 1.301},
		{0.975, 44, 2.015},
		{0.975, 1, 12.706},
		{0.90, 1000, 1.282},
		{0.10, 12, -1.356},
		{0.50, 12, 0},
	}
	for _, test := range tests {
		got := studentQuantile(test.probability, test.degrees)
		near(t, "quantile", got, test.want, 0.0005)
		wantP := 2 * min(test.probability, 1-test.probability)
		near(t, "two-sided p of the quantile", twoSidedP(got, test.degrees), wantP, 1e-9)
	}
}

func TestShape(t *testing.T) {
	tests := []struct {
		name                 string
		counts               tally
		items, concentration float64
	}{
		{"one competency", tally{{"a", 3}}, 3, 1},
		{"equal competencies", tally{{"a", 3}, {"b", 3}, {"c", 3}, {"d", 3}}, 12, 0.25},
		{"unequal competencies", tally{{"a", 3}, {"b", 1}}, 4, 0.625},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			items, concentration := shape(test.counts)
			near(t, "items", items, test.items, 0)
			near(t, "concentration", concentration, test.concentration, 1e-15)
		})
	}
}
