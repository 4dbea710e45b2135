package app_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// What a manager does over the quarters works the same on either engine: one SQL text serves both.
func TestQuartersOfAManagerOnEachEngine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		if err := w.AllowReliability(t.Context(), w.manager, true); err != nil {
			t.Fatal(err)
		}
		first := w.sit("first-team", model.FullForm, levels{"": {2}})
		for _, level := range []model.Level{3, 4} {
			w.sit("first-team", model.FullForm, levels{"": {level}})
		}
		w.sit("first-team", model.PulseForm, steady)
		last := w.sit("first-team", model.FullForm, levels{"": {5}})

		if err := w.Rename(t.Context(), w.manager, first, "The first", ""); err != nil {
			t.Fatal(err)
		}
		offer := w.result(last).Rerating
		if offer == nil {
			t.Fatal("no look back is offered")
		}
		if err := w.AnswerRerating(t.Context(), w.manager, last, lookBack(offer, 3)); err != nil {
			t.Fatal(err)
		}
		draft := w.start("wider-scope", model.PulseForm)

		history := w.history()
		if len(history.Results) != 5 || history.Drafts != 1 || history.Results[0].Assessment.Name != "The first" ||
			history.Trend == nil || history.Trend.Groups[0].Judgement.Verdict != measure.Changed {
			t.Errorf("the history has %d assessments, %d drafts, trend %+v", len(history.Results), history.Drafts, history.Trend)
		}
		comparison := must(w.Compare(t.Context(), w.manager, first, last))(t)
		if whole := comparison.Later.Whole.Judgement; whole.Verdict != measure.Changed || whole.Change.MeanChange != 3 {
			t.Errorf("three levels up read %q, %g", whole.Verdict, whole.Change.MeanChange)
		}
		export := must(json.Marshal(must(w.WholeHistory(t.Context(), w.manager))(t)))(t)
		if again := must(report.Recompute(bytes.NewReader(export)))(t); len(again.Differences) > 0 || again.Assessments != 5 {
			t.Errorf("the export recomputes as %+v", again)
		}
		if err := w.DeleteDraft(t.Context(), w.manager, draft); err != nil {
			t.Fatal(err)
		}
		if _, err := w.DeleteEverything(t.Context(), w.manager, true); err != nil {
			t.Fatal(err)
		}
		if left := w.history(); len(left.Results) != 0 || left.Drafts != 0 {
			t.Errorf("after deleting everything %d assessments and %d drafts are left", len(left.Results), left.Drafts)
		}
	})
}
