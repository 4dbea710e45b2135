package app_test

import (
	"errors"
	"math"
	"testing"

	"whetstone/internal/model"
)

func TestTargetsAreTheShippedOnesUntilChanged(t *testing.T) {
	w := newWorld(t)
	for _, manager := range []string{"", w.manager} {
		choices := must(w.Targets(t.Context(), manager, "wider-scope"))(t)
		if choices.Own || choices.Scope.ID != "wider-scope" || len(choices.Rows) != 12 {
			t.Fatalf("choices: own %v, %s, %d rows", choices.Own, choices.Scope.ID, len(choices.Rows))
		}
		bridge := choices.Rows[6]
		if want := (model.Target{Competency: "bridge", Value: 3.5, Importance: 3}); bridge.Shipped != want || bridge.Chosen != want ||
			bridge.Competency.ID != "bridge" || bridge.Area.ID != "people" || bridge.Definition == "" {
			t.Errorf("bridge: %+v", bridge)
		}
	}
	if _, err := w.Targets(t.Context(), w.manager, "third-team"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("an unknown scope gives %v, want not found", err)
	}
}

func TestOwnTargetsHoldForOneScopeAndOneManager(t *testing.T) {
	w := newWorld(t)
	own := model.Target{Competency: "debt", Value: 2.5, Importance: 2}
	same := model.Target{Competency: "design", Value: 3.5, Importance: 3} // as shipped
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(own, same)); err != nil {
		t.Fatal(err)
	}
	choices := must(w.Targets(t.Context(), w.manager, "first-team"))(t)
	if debt := choices.Rows[4]; !choices.Own || debt.Chosen != own || debt.Shipped.Value != 3.5 {
		t.Errorf("debt: %+v", debt)
	}
	// A target that equals the shipped one follows it, should it ever change.
	if kept := must(w.store.Targets(t.Context(), w.manager, "first-team"))(t); len(kept) != 1 {
		t.Errorf("kept: %v, want the one that differs", kept)
	}
	for manager, scope := range map[string]string{w.newManager(): "first-team", w.manager: "wider-scope"} {
		if must(w.Targets(t.Context(), manager, scope))(t).Own {
			t.Errorf("%s has targets of their own at %s", manager, scope)
		}
	}
	ours := []model.TargetInput{{Target: model.Target{Competency: "debt"}, Shipped: true, Seen: choices.Rows[4].Seen}}
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", ours); err != nil {
		t.Fatal(err)
	}
	if must(w.Targets(t.Context(), w.manager, "first-team"))(t).Own {
		t.Error("the targets could not be given up")
	}
}

func TestTargetsOutOfBoundsAreRefused(t *testing.T) {
	w := newWorld(t)
	for _, value := range []float64{1.5, 4.5, 3.25, 0, -3, math.NaN(), math.Inf(1)} {
		err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(model.Target{Competency: "debt", Value: value, Importance: 2}))
		expectFields(t, "a target out of bounds", err, "target.debt")
	}
	for _, importance := range []int{0, 4, -1} {
		err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(model.Target{Competency: "debt", Value: 2.5, Importance: importance}))
		expectFields(t, "an importance out of bounds", err, "importance.debt")
	}
	err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(
		model.Target{Competency: "debt", Value: 9, Importance: 9}, model.Target{Competency: "vision", Value: 2, Importance: 1}, model.Target{Competency: "design"},
	))
	expectFields(t, "several", err, "target.design", "importance.design", "target.debt", "importance.debt")
	if must(w.Targets(t.Context(), w.manager, "first-team"))(t).Own {
		t.Error("something was kept")
	}
	for _, value := range []float64{2, 2.5, 3, 3.5, 4} {
		input := changing(model.Target{Competency: "debt", Value: value, Importance: 1})
		input[0].Seen = must(w.Targets(t.Context(), w.manager, "first-team"))(t).Rows[4].Seen
		err := w.SaveTargets(t.Context(), w.manager, "first-team", input)
		if err != nil {
			t.Errorf("%v: %v", value, err)
		}
	}
}

func TestTargetsOfWhatIsNotAskedAreNotFound(t *testing.T) {
	w := newWorld(t)
	target := []model.Target{{Competency: "juggling", Value: 3, Importance: 1}}
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(target...)); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("an unknown competency gives %v, want not found", err)
	}
	if err := w.SaveTargets(t.Context(), w.manager, "third-team", nil); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("an unknown scope gives %v, want not found", err)
	}
}

// changing is what a form sends of these targets.
func changing(targets ...model.Target) (inputs []model.TargetInput) {
	for _, target := range targets {
		inputs = append(inputs, model.TargetInput{Target: target})
	}
	return inputs
}
