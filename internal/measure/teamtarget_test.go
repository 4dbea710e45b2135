package measure

import "testing"

// The specification's example, and two by hand: t is 1.3562, SE_score^2 of four items 0.1725.
func TestTeamTargetLimitByHand(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		people, items int
		step, want    float64
	}{{7, 3, 0.1, 0.2363}, {7, 0, 0.1, 0.2363}, {5, 4, 0.5, 0.3187}, {20, 3, 0.1, 0.1433}} {
		near(t, "the limit", Defaults().TeamTargetLimit(one.people, one.items, one.step), one.want, 0.0005)
	}
}
