package app_test

import (
	"maps"
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// raised returns the answers with other ones for some competencies.
func (l levels) raised(other levels) levels {
	changed := maps.Clone(l)
	maps.Copy(changed, other)
	return changed
}

func TestReansweringIsNoise(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, varied)
	result := w.result(w.sit("first-team", model.FullForm,
		varied.raised(levels{"design": {3, 3, 3}, "roadmap": {3, 4, 3}, "learning": {3, 2, 3, 3}})))
	if result.Previous == nil || result.Previous.ScopeChanged || result.Previous.Shared != 38 || len(result.Previous.Targets) != 0 {
		t.Fatalf("compared with %+v", result.Previous)
	}
	for _, one := range append([]model.GroupResult{result.Whole}, result.Areas...) {
		if one.Judgement == nil || one.Judgement.Verdict != measure.WithinNoise || one.Judgement.Direction != "" {
			t.Errorf("%s: %+v, want noise without a direction", one.ID, one.Judgement)
		}
	}
}

// By hand: all ten items of Judgement rise by one and nothing else moves. Then s2 = 12*0.82/38 = 0.2589,
// SE_change = sqrt(0.02589 + 2*0.05*0.34 + 0.04) = 0.3161 and t = 3.16, far beyond the limits also as
// one of five.
func TestRealRiseOfAnArea(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	result := w.result(w.sit("first-team", model.FullForm, levels{"": {3}, "design": {4}, "tradeoffs": {4}, "systems": {4}}))
	judgement := group(t, result.Areas, "judgement").Judgement
	if judgement.Verdict != measure.Changed || judgement.Direction != measure.Rose || judgement.Change.Shared != 10 {
		t.Errorf("Judgement: %+v, want a rise", judgement)
	}
	near(t, "its mean change", judgement.Change.MeanChange, 1)
	near(t, "its standard error", judgement.Change.StandardError, 0.3161)
	// Holm: it is the smallest p of five.
	near(t, "its adjusted p", judgement.AdjustedP, 5*judgement.Change.P)
	for _, other := range []string{"direction", "people", "self"} {
		if got := group(t, result.Areas, other).Judgement; got.Verdict != measure.WithinNoise {
			t.Errorf("%s: %+v", other, got)
		}
	}
	if result.Whole.Judgement.Verdict != measure.WithinNoise {
		t.Errorf("the whole, risen by a quarter: %+v", result.Whole.Judgement)
	}
	// Single competencies are no family: what is shown in the table is their plain p.
	design := competency(t, result, "design").Judgement
	if design.AdjustedP != design.Change.P || design.Change.Shared != 3 {
		t.Errorf("design: %+v", design)
	}
}

// A change that would pass alone does not pass as the best of five.
func TestBestOfFiveIsHeldToMore(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	result := w.result(w.sit("first-team", model.FullForm,
		levels{"": {3}, "design": {4, 4, 3}, "tradeoffs": {4, 4, 4, 3}, "systems": {4, 4, 3}}))
	judgement := group(t, result.Areas, "judgement").Judgement
	if judgement.Change.P >= 0.05 || judgement.Verdict != measure.Possible || judgement.Direction != measure.Rose {
		t.Errorf("Judgement, risen by 0.7: %+v, want p < 0.05 and only a possible rise", judgement)
	}
}

func TestFallIsSaidToo(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {4}})
	result := w.result(w.sit("first-team", model.FullForm, levels{"": {3}}))
	if got := result.Whole.Judgement; got.Verdict != measure.Changed || got.Direction != measure.Fell {
		t.Errorf("the whole, fallen by one: %+v", got)
	}
}

// Across a change of scope only the twelve link items are compared, and only the whole.
func TestChangeOfScopeComparesLinkItems(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	// The link item is the first of each competency; what stands beside it is another matter.
	wider := levels{"": {3, 1, 1}, "tradeoffs": {3, 1, 1, 1}, "learning": {3, 1, 1, 1}}
	result := w.result(w.sit("wider-scope", model.FullForm, wider))
	if !result.Previous.ScopeChanged || result.Previous.Shared != 12 {
		t.Fatalf("compared with %+v", result.Previous)
	}
	if got := result.Whole.Judgement; got.Verdict != measure.WithinNoise || got.Change.Shared != 12 || got.Change.MeanChange != 0 {
		t.Errorf("the whole: %+v, want no change on twelve items", got)
	}
	for _, groups := range [][]model.GroupResult{result.Areas, result.Outcomes, result.Pillars} {
		for _, one := range groups {
			if one.Judgement != nil {
				t.Errorf("%s is compared across scopes", one.ID)
			}
		}
	}
	for _, one := range result.Competencies {
		if one.Judgement != nil {
			t.Errorf("%s is compared across scopes", one.ID)
		}
	}
	// The shipped targets of the two scopes differ in these.
	want := map[string][2]float64{
		"design": {3.5, 3}, "debt": {3.5, 3}, "roadmap": {3, 3.5}, "vision": {3, 3.5}, "bridge": {3, 3.5},
		"coaching": {3.5, 3}, "ownership": {3, 3.5}, "credibility": {3.5, 3}, "authenticity": {3, 3.5},
	}
	for _, target := range result.Previous.Targets {
		if want[target.Competency] != [2]float64{target.From, target.To} || target.Name == "" {
			t.Errorf("target %+v, want %v", target, want[target.Competency])
		}
	}
	if len(result.Previous.Targets) != len(want) {
		t.Errorf("%d targets differ, want %d", len(result.Previous.Targets), len(want))
	}
}

func TestRealRiseAcrossScopes(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	result := w.result(w.sit("wider-scope", model.PulseForm, levels{"": {5}}))
	if got := result.Whole.Judgement; got.Verdict != measure.Changed || got.Direction != measure.Rose || got.Change.MeanChange != 2 {
		t.Errorf("the whole: %+v, want a rise by two", got)
	}
}

func TestScopesWithoutLinkItemsAreNotCompared(t *testing.T) {
	w := newWorld(t)
	w.sit("considering", model.FullForm, levels{"": {3}})
	result := w.result(w.sit("first-team", model.FullForm, levels{"": {5}}))
	if got := result.Whole.Judgement; got.Verdict != measure.NotComparable || got.Obstacle != measure.TooFewShared || result.Previous.Shared != 0 {
		t.Errorf("the whole: %+v", got)
	}
}

func TestPulseIsComparedWithTheFullForm(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	result := w.result(w.sit("first-team", model.PulseForm, levels{"": {3}, "bridge": {5}, "coaching": {5}, "ownership": {5}}))
	if got := result.Whole.Judgement; got.Verdict != measure.WithinNoise || got.Change.Shared != 12 {
		t.Errorf("the whole: %+v", got)
	}
	people := group(t, result.Areas, "people").Judgement
	if people.Verdict != measure.Changed || people.Direction != measure.Rose || people.Change.Shared != 3 {
		t.Errorf("People: %+v, want a rise", people)
	}
	if got := competency(t, result, "bridge").Judgement; got.Verdict != measure.NotComparable {
		t.Errorf("a competency of one item is compared: %+v", got)
	}
}

func TestTooFewSharedAnswersAreNotCompared(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	// Fifteen of 38 are more than the twelve that the whole needs, and less than the 60 % of the form.
	result := w.result(w.sit("first-team", model.FullForm,
		levels{"": {model.Blank}, "design": {3}, "tradeoffs": {3, 3, 3, model.Blank}, "systems": {3}, "bridge": {3}, "debt": {3}}))
	if got := result.Whole.Judgement; got.Verdict != measure.NotComparable || got.Obstacle != measure.TooSmallShare || got.Change.Shared != 15 {
		t.Errorf("the whole: %+v", got)
	}
	if got := group(t, result.Areas, "judgement").Judgement; got.Verdict != measure.WithinNoise {
		t.Errorf("Judgement, of which nine are shared: %+v", got)
	}
	if got := group(t, result.Areas, "self").Judgement; got.Verdict != measure.NotComparable || got.Obstacle != measure.TooFewShared {
		t.Errorf("Self, of which none is shared: %+v", got)
	}
}

// What stands in an old comparison is not touched by what comes later.
func TestEachIsComparedWithTheOneBefore(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, varied)
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(model.Target{Competency: "debt", Value: 3, Importance: 3})); err != nil {
		t.Fatal(err)
	}
	second := w.sit("first-team", model.FullForm, varied.raised(levels{"roadmap": {4, 3, 3}}))
	third := w.sit("first-team", model.FullForm, varied)
	if got := w.result(first).Previous; got != nil {
		t.Errorf("the first is compared with %+v", got.Assessment.ID)
	}
	if got := w.result(second).Previous; got.Assessment.ID != first || len(got.Targets) != 1 ||
		got.Targets[0] != (model.TargetChange{Competency: "debt", Name: "Technical debt", From: 3.5, To: 3}) {
		t.Errorf("the second is compared with %s, targets %+v", got.Assessment.ID, got.Targets)
	}
	if got := w.result(third).Previous; got.Assessment.ID != second || len(got.Targets) != 0 {
		t.Errorf("the third is compared with %s, targets %+v", got.Assessment.ID, got.Targets)
	}
}
