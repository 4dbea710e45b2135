package app_test

import "testing"

// The sample is nobody's: it is the same for everybody, and made of invented answers.
func TestLandingShowsAWholeSample(t *testing.T) {
	w := newWorld(t)
	welcome := w.Welcome()
	if welcome.FullItems != 38 || welcome.PulseItems != 12 || welcome.FullMinutes != 13 || welcome.PulseMinutes != 4 {
		t.Errorf("%d and %d items in %d and %d minutes", welcome.FullItems, welcome.PulseItems, welcome.FullMinutes, welcome.PulseMinutes)
	}
	sample := welcome.Sample
	if len(sample.Carries) == 0 || sample.First == "" || len(sample.Competencies) != 12 || sample.Previous != nil ||
		sample.Whole.Score.Answered != 38 {
		t.Errorf("the sample: %q first, what carries %v", sample.First, sample.Carries)
	}
	if sample.Assessment.ManagerID != "" {
		t.Error("the sample belongs to someone")
	}
}
