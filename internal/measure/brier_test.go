package measure

import (
	"math"
	"testing"
)

// Five bets by hand: squared distances .09, .36, .01, .25 and .64 from what came make a mean of .27; it came in two of
// five, and always saying 2/5 scores (2*.36 + 3*.16)/5 = .24.
func TestCalibration(t *testing.T) {
	got := Calibrate([]Forecast{{.7, true}, {.6, false}, {.9, true}, {.5, false}, {.8, false}})
	want := Calibration{Count: 5, Score: .27, Share: .4, Average: .24}
	if got.Count != want.Count || math.Abs(got.Score-want.Score) > 1e-12 || math.Abs(got.Share-want.Share) > 1e-12 || math.Abs(got.Average-want.Average) > 1e-12 {
		t.Errorf("it is %+v, want %+v", got, want)
	}
	if got := Calibrate(nil); got != (Calibration{}) {
		t.Errorf("of nothing it is %+v", got)
	}
}

// Whoever always gives the same chance does best by giving the share itself: so Average is a fair mark to beat.
func TestTheShareIsTheBestSteadyForecast(t *testing.T) {
	for came := range 8 {
		steadily := func(chance float64) Calibration {
			var forecasts []Forecast
			for i := range 7 {
				forecasts = append(forecasts, Forecast{Chance: chance, Came: i < came})
			}
			return Calibrate(forecasts)
		}
		share := steadily(0).Share
		if at := steadily(share); math.Abs(at.Score-at.Average) > 1e-12 {
			t.Errorf("%d of 7: always saying the share scores %v, not %v", came, at.Score, at.Average)
		}
		for percent := range 101 {
			if other := steadily(float64(percent) / 100); other.Score < other.Average-1e-12 {
				t.Errorf("%d of 7: always saying %d %% scores %v, less than %v", came, percent, other.Score, other.Average)
			}
		}
	}
}
