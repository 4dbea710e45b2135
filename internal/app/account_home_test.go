package app_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
)

func TestLandingShowsAWholeSample(t *testing.T) {
	w := newWorld(t)
	welcome := must(w.Welcome(t.Context(), "", model.Mentor{}))(t)
	if welcome.FullItems != 38 || welcome.PulseItems != 12 || welcome.FullMinutes != 13 || welcome.PulseMinutes != 4 {
		t.Errorf("%d and %d items in %d and %d minutes", welcome.FullItems, welcome.PulseItems, welcome.FullMinutes, welcome.PulseMinutes)
	}
	sample := welcome.Sample
	if len(sample.Carries) == 0 || sample.First == "" || len(sample.Competencies) != 12 || sample.Previous != nil ||
		sample.Whole.Score.Answered != 38 {
		t.Errorf("the sample: %q first, what carries %v", sample.First, sample.Carries)
	}
	if welcome.Draft != nil || welcome.Latest != nil {
		t.Errorf("nobody has a draft %+v, a result %+v", welcome.Draft, welcome.Latest)
	}
}

func TestLandingKnowsWhatWaits(t *testing.T) {
	w := newWorld(t)
	if welcome := must(w.Welcome(t.Context(), w.manager, model.Mentor{}))(t); welcome.Draft != nil || welcome.Latest != nil {
		t.Errorf("at first: %+v, %+v", welcome.Draft, welcome.Latest)
	}
	w.sit("first-team", model.FullForm, varied)
	latest := w.sit("first-team", model.PulseForm, variedPulse)
	w.start("first-team", model.FullForm)
	w.now = w.now.Add(time.Hour)
	draft := w.start("wider-scope", model.FullForm)
	welcome := must(w.Welcome(t.Context(), w.manager, model.Mentor{}))(t)
	if welcome.Draft == nil || welcome.Draft.Assessment.ID != draft || welcome.Latest == nil || welcome.Latest.ID != latest {
		t.Errorf("waiting: %+v, latest %+v", welcome.Draft, welcome.Latest)
	}
	// The sample is nobody's: it is not made from the manager's own answers.
	if welcome.Sample.Assessment.ManagerID != "" {
		t.Error("the sample belongs to someone")
	}
}
