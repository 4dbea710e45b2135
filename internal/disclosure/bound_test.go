package disclosure

import (
	"fmt"
	"testing"
)

func TestOneMeanHidesAmongItsPeople(t *testing.T) {
	for n := 5; n <= 12; n++ {
		for _, level := range Levels() {
			prior := level.variances().person + level.variances().sitting
			noise := float64(n) * 0.1 * float64(n) * 0.1 / 12
			want := float64(n) + noise/prior
			near(t, fmt.Sprint(n, level), smallest(t, figures(people("1", 1, n), 0.1), level), want, 1e-9)
		}
	}
}
