package measure

// Forecast is a chance that was given before, and what came.
type Forecast struct {
	// Chance is from 0 to 1.
	Chance float64
	Came   bool
}

// Calibration says how well forecasts agreed with what came. Both scores are from 0, for forecasts that were certain
// and right, to 1; who always says 1/2 has 1/4.
type Calibration struct {
	// Count is the number of forecasts.
	Count int
	// Score is the mean squared distance of the chances from what came.
	Score float64
	// Share is how often it came, from 0 to 1; Average is the score of who had always given that as the chance.
	Share, Average float64
}

// Calibrate scores forecasts: with the chances p and o = 1 where it came and 0 where not,
//
//	Score = mean (p - o)^2        Share = mean o        Average = Share*(1 - Share)
//
// Average is what the same sum gives for p = Share throughout. No forecasts give the zero Calibration.
//
// Source: Brier 1950; for the average as the measure of skill, Murphy 1973.
func Calibrate(forecasts []Forecast) Calibration {
	calibration := Calibration{Count: len(forecasts)}
	if calibration.Count == 0 {
		return calibration
	}
	for _, forecast := range forecasts {
		came := 0.0
		if forecast.Came {
			came = 1
		}
		calibration.Score += (forecast.Chance - came) * (forecast.Chance - came)
		calibration.Share += came
	}
	calibration.Score /= float64(calibration.Count)
	calibration.Share /= float64(calibration.Count)
	calibration.Average = calibration.Share * (1 - calibration.Share)
	return calibration
}
