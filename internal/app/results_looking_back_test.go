package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

func TestALookBackIsOfferedFromTheSecondAssessmentOfAScope(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, steady)
	if w.result(first).Rerating != nil {
		t.Error("a look back at nothing is offered")
	}
	second := w.sit("first-team", model.FullForm, steady)
	offer := w.result(second).Rerating
	if offer == nil || offer.State != model.ReratingOffered || offer.EarlierID != first || len(offer.Sections) != 2 {
		t.Fatalf("offer %+v", offer)
	}
	if offer.Sections[0].Section.Competency == offer.Sections[1].Section.Competency {
		t.Error("the same competency is offered twice")
	}
	third := w.sit("wider-scope", model.FullForm, steady)
	if w.result(third).Rerating != nil {
		t.Error("a look back across a change of scope is offered")
	}
	if w.result(second).Rerating != nil {
		t.Error("an offer outlives the next assessment")
	}
}

// lookBack answers every question of an offer with one level.
func lookBack(offer *model.Rerating, level model.Level) map[string]string {
	given := map[string]string{}
	for _, section := range offer.Sections {
		for _, item := range section.Section.Items {
			given[item.ID] = level.Typed()
		}
	}
	return given
}

func TestALookBackTellsWhetherTheStandardMovedAndReplacesNothing(t *testing.T) {
	for name, trial := range map[string]struct {
		level     model.Level
		verdict   measure.Verdict
		direction measure.Direction
	}{
		"a standard that rose": {1, measure.Changed, measure.Fell},
		"the same":             {3, measure.WithinNoise, ""},
		"harsher then":         {5, measure.Changed, measure.Rose},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := w.sit("first-team", model.FullForm, steady)
			second := w.sit("first-team", model.FullForm, steady)
			before := w.result(first)
			if err := w.AnswerRerating(t.Context(), w.manager, second, lookBack(w.result(second).Rerating, trial.level)); err != nil {
				t.Fatal(err)
			}
			// The same once more changes nothing, another answer neither: it is told of.
			if err := w.AnswerRerating(t.Context(), w.manager, second, lookBack(w.result(second).Rerating, trial.level)); err != nil {
				t.Fatal(err)
			}
			if err := w.AnswerRerating(t.Context(), w.manager, second, lookBack(w.result(second).Rerating, 2)); model.KindOf(err) != model.Conflict {
				t.Errorf("a second answer: %v", err)
			}
			for _, section := range w.result(second).Rerating.Sections {
				if section.Judgement.Verdict != trial.verdict || section.Judgement.Direction != trial.direction {
					t.Errorf("%s: %q %q", section.Name, section.Judgement.Verdict, section.Judgement.Direction)
				}
				if section.Then != 3 || section.Hindsight != float64(trial.level) {
					t.Errorf("%s: %g then, %g now", section.Name, section.Then, section.Hindsight)
				}
			}
			after := w.result(first)
			if after.Whole.Score != before.Whole.Score || after.Answers["design.link.hardest-to-change"] != before.Answers["design.link.hardest-to-change"] {
				t.Error("the look back changed the assessment that it looks back at")
			}
		})
	}
}

func TestALookBackRefusesWhatItCannotTake(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	second := w.sit("first-team", model.FullForm, steady)
	offer := w.result(second).Rerating
	for name, given := range map[string]map[string]string{"nothing": {}, "a level of 9": lookBack(offer, 9), "another item": {"none": "3"}} {
		if err := w.AnswerRerating(t.Context(), w.manager, second, given); model.KindOf(err) != model.Invalid {
			t.Errorf("%s: want invalid, got %v", name, err)
		}
	}
	stranger := w.newManager()
	if err := w.AnswerRerating(t.Context(), stranger, second, lookBack(offer, 3)); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("someone else answering: %v", err)
	}
	if err := w.SkipRerating(t.Context(), stranger, second); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("someone else skipping: %v", err)
	}
	if err := w.SkipRerating(t.Context(), w.manager, second); err != nil {
		t.Fatal(err)
	}
	if err := w.AnswerRerating(t.Context(), w.manager, second, lookBack(offer, 3)); model.KindOf(err) != model.Conflict {
		t.Errorf("answering what was skipped elsewhere: %v", err)
	}
	if kept := must(w.Rerating(t.Context(), w.manager, second))(t); kept.State != model.ReratingSkipped || len(kept.Levels) != 0 {
		t.Errorf("a skipped look back was answered: %+v", kept)
	}
}

func TestALookBackReachesOverAPulse(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, steady)
	if pulse := w.sit("first-team", model.PulseForm, steady); w.result(pulse).Rerating != nil {
		t.Error("a pulse, with one question a competency, offers a look back")
	}
	last := w.sit("first-team", model.FullForm, steady)
	if offer := w.result(last).Rerating; offer == nil || offer.EarlierID != first {
		t.Errorf("want a look back at the full assessment, got %+v", offer)
	}
}

func TestAnOpenOfferEndsWithTheNextAssessment(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	second := w.sit("first-team", model.FullForm, steady)
	offer := w.result(second).Rerating
	w.sit("first-team", model.FullForm, steady)
	for name, err := range map[string]error{
		"answering": w.AnswerRerating(t.Context(), w.manager, second, lookBack(offer, 2)),
		"skipping":  w.SkipRerating(t.Context(), w.manager, second),
	} {
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s: want not found, got %v", name, err)
		}
	}
}

func TestALookBackIsExportedAndRecomputes(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, steady)
	second := w.sit("first-team", model.FullForm, steady)
	offer := w.result(second).Rerating
	if err := w.AnswerRerating(t.Context(), w.manager, second, lookBack(offer, 1)); err != nil {
		t.Fatal(err)
	}
	export := must(w.WholeHistory(t.Context(), w.manager))(t)
	exported := export.Assessments[1].LookingBack
	if exported == nil || exported.Earlier != first || len(exported.Competencies) != 2 || exported.Competencies[0].Change.Verdict != measure.Changed {
		t.Fatalf("exported %+v", exported)
	}
	marked := 0
	rows := export.Rows()
	column := slices.Index(rows[0], "level_looking_back")
	for _, row := range rows[1:] {
		if row[0] == first && row[column] == "1" {
			marked++
		}
	}
	if asked := len(lookBack(offer, 1)); marked != asked {
		t.Errorf("%d rows hold the look back, want %d", marked, asked)
	}
	content := must(json.Marshal(export))(t)
	if again := must(report.Recompute(bytes.NewReader(content)))(t); len(again.Differences) > 0 {
		t.Errorf("it does not recompute: %v", again.Differences)
	}
	forged := bytes.Replace(content, []byte(`"level":1}],"`), []byte(`"level":5}],"`), 1)
	forged = bytes.Replace(forged, []byte(`"level":1}]}`), []byte(`"level":5}]}`), 1)
	if again := must(report.Recompute(bytes.NewReader(forged)))(t); bytes.Equal(forged, content) || len(again.Differences) == 0 {
		t.Error("a changed look back was not found")
	}
}
