package app_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// expectWritten fails the test unless the files of a history are to the last byte what they are where all of it is held
// in memory; it returns how many assessments they hold.
func expectWritten(t *testing.T, use *app.App, manager string) int {
	t.Helper()
	whole := must(use.WholeHistory(t.Context(), manager))(t)
	wantJSON := must(json.MarshalIndent(whole, "", "  "))(t)
	var wantCSV, gotJSON, gotCSV bytes.Buffer
	export := must(use.ExportHistory(t.Context(), manager))(t)
	err := errors.Join(csv.NewWriter(&wantCSV).WriteAll(whole.Rows()),
		export.WriteJSON(t.Context(), &gotJSON), export.WriteCSV(t.Context(), &gotCSV))
	if err != nil {
		t.Fatal(err)
	}
	for what, one := range map[string][2][]byte{"JSON": {gotJSON.Bytes(), wantJSON}, "CSV": {gotCSV.Bytes(), wantCSV.Bytes()}} {
		if got, want := one[0], one[1]; !bytes.Equal(got, want) {
			same := 0
			for same < min(len(got), len(want)) && got[same] == want[same] {
				same++
			}
			t.Errorf("%s differs after %d bytes of %d: …%s", what, same, len(want), got[max(0, same-80):min(len(got), same+80)])
		}
	}
	return len(whole.Assessments)
}

// An export is the same file as ever: without assessments, with one, with several scopes, forms, names and look backs,
// and with more than are read at once, of which one that another looks back at was long before it or is deleted.
func TestExportsAreWrittenAsEver(t *testing.T) {
	t.Parallel()
	recorded := record(t)
	if expectWritten(t, recorded.useCases, recorded.manager) < 9 {
		t.Error("too little was recorded")
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		if got := expectWritten(t, w.App, w.manager); got != 0 {
			t.Errorf("%d assessments of somebody who has none", got)
		}
		lookedBack := 0
		var all []string
		for number := range 35 {
			form := model.FullForm
			if number%5 == 3 {
				form = model.PulseForm
			}
			level := model.Level(1 + number%5)
			id := w.sit("first-team", form, levels{"": {level}, "debt": {3}, "design": {2}})
			all = append(all, id)
			if number == 0 {
				expectWritten(t, w.App, w.manager)
			}
			if w.looksBack(id) {
				lookedBack++
			}
		}
		if lookedBack == 0 {
			t.Fatal("nobody looked back")
		}
		if got := expectWritten(t, w.App, w.manager); got != len(all) {
			t.Errorf("%d assessments, want %d", got, len(all))
		}
		for _, deleted := range []string{all[15], all[16], all[34]} {
			must(w.DeleteAssessment(t.Context(), w.manager, deleted, true))(t)
		}
		expectWritten(t, w.App, w.manager)
		// A look back at an assessment of long ago, which is not among those read with it.
		late := must(s.Assessment(t.Context(), w.manager, all[18]))(t)
		section, _ := late.Section("debt")
		rerating := model.Rerating{
			AssessmentID: late.ID, EarlierID: all[0], Competencies: []string{"debt"}, State: model.ReratingAnswered,
			Sections: []model.ReratedSection{{Section: section}}, Levels: map[string]model.Level{section.Items[0].ID: 5},
		}
		w.ok(s.InTx(t.Context(), func(tx *store.Store) error {
			if err := tx.OfferRerating(t.Context(), &rerating); err != nil {
				return err
			}
			_, err := tx.AnswerRerating(t.Context(), w.manager, &rerating)
			return err
		}))
		expectWritten(t, w.App, w.manager)
	})
}

// looksBack answers the look back that an assessment offers, and reports whether it did.
func (w *world) looksBack(id string) bool {
	w.t.Helper()
	offer := w.result(id).Rerating
	if offer == nil || offer.State != model.ReratingOffered {
		return false
	}
	w.ok(w.AnswerRerating(w.t.Context(), w.manager, id, lookBack(offer, 4)))
	return true
}

// writing is a reader who does something in the middle of what is written for them.
type writing struct {
	after int
	do    func() error
}

// Write implements io.Writer.
func (w *writing) Write(content []byte) (int, error) {
	if w.after -= len(content); w.after < 0 {
		if err := w.do(); err != nil {
			return 0, err
		}
	}
	return len(content), nil
}

// What can't be written to the end ends at once: the reader has gone, their time is over, or an assessment was deleted
// meanwhile, without which the file would be incomplete.
func TestExportsEndWithTheirReader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var all []string
	for range 20 {
		all = append(all, w.sit("first-team", model.PulseForm, levels{"": {3}, "debt": {2}}))
	}
	gone := errors.New("gone")
	ctx, cancel := context.WithCancel(t.Context())
	for what, one := range map[string]struct {
		do   func() error
		want error
	}{
		"the reader has gone": {func() error { return gone }, gone},
		"the time is over":    {func() error { cancel(); return nil }, context.Canceled},
		"one was deleted": {func() error {
			_, err := w.DeleteAssessment(t.Context(), w.manager, all[18], true)
			return onlyOnce(err)
		}, model.ErrNotFound},
	} {
		export := must(w.ExportHistory(t.Context(), w.manager))(t)
		in := t.Context()
		if what == "the time is over" {
			in = ctx
		}
		if err := export.WriteJSON(in, &writing{after: 100_000, do: one.do}); !errors.Is(err, one.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// onlyOnce ignores the error for what is already deleted.
func onlyOnce(err error) error {
	if errors.Is(err, model.ErrNotFound) {
		return nil
	}
	return err
}

// A client that waits for its turn to export goes away when its time is over.
func TestExportsWaitForEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.ExportHistory(ctx, w.manager)
	if err == nil {
		t.Error("an export began after its time")
	}
	must(w.ExportHistory(t.Context(), w.manager))(t)
}
