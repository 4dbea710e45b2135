package measure

import (
	"math"
	"testing"
)

// Worked values: whole today, half after the half-life, a quarter after two; after a month 2^(-1/6), after a quarter
// 2^(-91/180), after a year 2^(-365/180).
func TestFreshness(t *testing.T) {
	for days, want := range map[int]float64{
		-3: 1, 0: 1, 30: .890898718, 91: .704389, EvidenceHalfLife: .5, 2 * EvidenceHalfLife: .25, EvidenceYear: .245233,
	} {
		if got := Freshness(days); math.Abs(got-want) > 1e-6 {
			t.Errorf("after %d days it is %v, want %v", days, got, want)
		}
	}
}

// What was noted within the quarter that an assessment asks about is fresh, and what was noted before isn't.
func TestAQuarterIsFresh(t *testing.T) {
	if Freshness(92) < FreshFrom || Freshness(94) >= FreshFrom {
		t.Errorf("after 92 days it is %v, after 94 %v", Freshness(92), Freshness(94))
	}
}
