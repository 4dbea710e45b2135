package rounding_test

import (
	"math"
	"math/big"
	"testing"

	"whetstone/internal/rounding"
)

func TestDecimal(t *testing.T) {
	for value, want := range map[float64]string{
		3.25: "3.3", 3.75: "3.8", -3.25: "-3.3", -3.75: "-3.8", 2.25: "2.3", 2.5: "2.5", 3.24999: "3.2", 3.2501: "3.3", 0: "0.0",
		0.05: "0.1", -0.05: "-0.1", 0.04: "0.0", -0.04: "0.0", 4.95: "5.0", 1: "1.0", 43.0 / 20: "2.2", 1.15: "1.2", 12.0 / 9: "1.3",
	} {
		if got := rounding.Decimal(value); got != want {
			t.Errorf("%v is written %s, want %s", value, got, want)
		}
	}
}

func TestRoundToSteps(t *testing.T) {
	for _, one := range []struct{ value, step, want float64 }{
		{3.25, 0.1, 3.3}, {3.3, 0.2, 3.4}, {3.5, 0.2, 3.6}, {3.1, 0.2, 3.2}, {3.25, 0.5, 3.5}, {3.75, 0.5, 4}, {3.2, 0.5, 3}, {3.24, 0.5, 3},
		{-3.25, 0.5, -3.5}, {0.7, 0.1, 0.7},
	} {
		if got := rounding.To(one.value, one.step); got != one.want {
			t.Errorf("%v in steps of %v is %v, want %v", one.value, one.step, got, one.want)
		}
	}
}

// Every mean that answers can have is rounded as its fraction is, however it was summed, and its mirror image likewise.
func TestMeansAreRoundedAsFractions(t *testing.T) {
	for count := int64(1); count <= 60; count++ {
		for sum := count; sum <= 5*count; sum++ {
			// Half a tenth up, in whole numbers: floor((20*sum + n) / 2n).
			tenths := new(big.Int).Div(big.NewInt(20*sum+count), big.NewInt(2*count)).Int64()
			want := float64(tenths) / 10
			one, inParts := float64(sum)/float64(count), 0.0
			for range sum {
				inParts += 1 / float64(count)
			}
			for _, mean := range []float64{one, inParts} {
				if got := rounding.To(mean, 0.1); got != want {
					t.Errorf("%d of %d answers is rounded to %v, want %v", sum, count, got, want)
				}
				if got := rounding.To(-mean, 0.1); got != -want {
					t.Errorf("-%d of %d answers is rounded to %v, want %v", sum, count, got, -want)
				}
			}
		}
	}
	if got := rounding.To(-0.01, 0.1); got != 0 || math.Signbit(got) {
		t.Errorf("next to nothing is rounded to %v", got)
	}
}
