package measure

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

func TestHolmAdjust(t *testing.T) {
	tests := []struct {
		name          string
		pValues, want []float64
	}{
		{"none", nil, nil},
		{"one is left alone", []float64{0.03}, []float64{0.03}},
		// By hand: 4*0.005 = 0.02, 3*0.01 = 0.03, 2*0.03 = 0.06, and 1*0.04 is
		// raised to 0.06, as it may not come before a smaller p.
		{"four, unsorted", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		// By hand: 5*0.009 = 0.045, 4*0.012 = 0.048, 3*0.02 = 0.06,
		// 2*0.15 = 0.3, 1*0.6 = 0.6.
		{"five", []float64{0.6, 0.012, 0.15, 0.009, 0.02}, []float64{0.6, 0.048, 0.3, 0.045, 0.06}},
		{"capped at 1", []float64{0.5, 0.6, 1}, []float64{1, 1, 1}},
		{"equal stay equal", []float64{0.02, 0.02, 0.5}, []float64{0.06, 0.06, 0.5}},
		{"zeros", []float64{0, 0}, []float64{0, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given := slices.Clone(test.pValues)
			got := holmAdjust(test.pValues)
			if len(got) != len(test.want) {
				t.Fatalf("%d adjusted values, want %d", len(got), len(test.want))
			}
			for i := range got {
				near(t, "adjusted p", got[i], test.want[i], 1e-12)
			}
			if !slices.Equal(given, test.pValues) {
				t.Errorf("the p-values were changed to %v", test.pValues)
			}
		})
	}
}

// rejectStepwise is Holm's procedure as he wrote it: sorted upwards, reject as
// long as p(i) is below alpha/(m - i + 1), and stop at the first that is not.
func rejectStepwise(pValues []float64, alpha float64) int {
	sorted := slices.Sorted(slices.Values(pValues))
	for rank, p := range sorted {
		if p*float64(len(sorted)-rank) >= alpha {
			return rank
		}
	}
	return len(sorted)
}

func FuzzHolmAdjust(f *testing.F) {
	f.Add([]byte{0, 10, 0, 10, 8, 0, 255, 255, 1, 0})
	f.Add([]byte{0, 0, 3, 1, 9, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		var pValues []float64
		for chunk := range slices.Chunk(data, 2) {
			if len(chunk) == 2 {
				pValues = append(pValues, float64(binary.BigEndian.Uint16(chunk))/math.MaxUint16)
			}
		}
		adjusted := holmAdjust(pValues)
		for i := range pValues {
			if !(pValues[i] <= adjusted[i] && adjusted[i] <= 1) {
				t.Errorf("p = %v was adjusted to %v", pValues[i], adjusted[i])
			}
			for j := range pValues {
				if pValues[i] <= pValues[j] && adjusted[i] > adjusted[j] {
					t.Errorf("%v before %v, but adjusted %v after %v",
						pValues[i], pValues[j], adjusted[i], adjusted[j])
				}
			}
		}
		for _, alpha := range []float64{0.05, 0.20} {
			rejected := 0
			for _, p := range adjusted {
				if p < alpha {
					rejected++
				}
			}
			if want := rejectStepwise(pValues, alpha); rejected != want {
				t.Errorf("%d of %v rejected at %v, want %d", rejected, pValues, alpha, want)
			}
		}
	})
}
