package store_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestAnswerIsReadAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		want := model.Answers{}
		for item, answer := range map[string]model.Answer{
			"design.0":  {Level: 5, Note: "naïve 😀\n$1 ?1 'quoted'; -- \"double\""},
			"design.1":  {Level: model.Absent, Note: strings.Repeat("ü", model.NoteLimit)},
			"systems.0": {Level: model.Blank, Note: "a note alone"},
		} {
			answer.Item, answer.UpdatedAt, answer.Spent = item, noon, 1500*time.Millisecond
			if err := put(t.Context(), s, "ann", "one", answer); err != nil {
				t.Fatal(err)
			}
			answer.Revision = 1
			want[item] = answer
			if got, err := s.Answer(t.Context(), "ann", "one", item); err != nil || got != answer {
				t.Errorf("got %+v, %v, want %+v", got, err, answer)
			}
		}
		if got, err := s.Answers(t.Context(), "ann", "one"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		never, err := s.Answer(t.Context(), "ann", "one", "systems.1")
		if err != nil || never != (model.Answer{Item: "systems.1", Level: model.Blank}) {
			t.Errorf("an answer that was never given: %+v, %v", never, err)
		}
	})
}

// A page of questions shows the notes of what it asks as they were written, and of the rest the levels alone.
func TestPageOfQuestionsHasItsNotes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "full")
		pulse := someDraft("ann", "pulse")
		pulse.Form = model.PulseForm
		inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), pulse) })
		written := []model.Answer{
			{Item: "design.0", Level: 5, Note: "naïve 😀\ndesign.1 1 3 $1 ?1 'quoted'; -- \"double\""},
			{Item: "design.1", Level: model.Absent, Note: strings.Repeat("ü", model.NoteLimit)},
			{Item: "systems.0", Level: model.Blank, Note: " a note alone "},
			{Item: "systems.1", Level: 2},
		}
		for _, id := range []string{"full", "pulse"} {
			for _, answer := range written {
				answer.UpdatedAt = noon
				if err := put(t.Context(), s, "ann", id, answer); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, page := range []struct {
			id, competency string
			asks           []string
		}{
			{"full", "design", []string{"design.0", "design.1"}},
			{"full", "systems", []string{"systems.0", "systems.1"}},
			{"full", "none", nil},
			{"pulse", "design", []string{"design.0", "design.1", "systems.0", "systems.1"}},
		} {
			underway, err := s.Underway(t.Context(), "ann", page.id, page.competency)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range written {
				if want.Revision = 1; !slices.Contains(page.asks, want.Item) {
					want.Note, want.Revision = "", 0
				}
				if got := underway.Answers.Get(want.Item); got != want {
					t.Errorf("%s of %s: got %+v, want %+v", page.competency, page.id, got, want)
				}
			}
		}
	})
}

func TestEachWriteRaisesTheRevisionAndAddsTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		for i, level := range []model.Level{3, 4, model.Blank} {
			err := put(t.Context(), s, "ann", "one", model.Answer{
				Item: "design.0", Level: level, Note: strings.Repeat("x", i), Revision: 99,
				Spent: time.Second, UpdatedAt: noon.Add(time.Duration(i) * time.Minute),
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want := model.Answer{
			Item: "design.0", Level: model.Blank, Note: "xx", Revision: 3,
			Spent: 3 * time.Second, UpdatedAt: noon.Add(2 * time.Minute),
		}
		if got, err := s.Answer(t.Context(), "ann", "one", "design.0"); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	})
}

func TestAnswerIsRefusedWhereNoneIsAsked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "eve")
		addDraft(t, s, "ann", "one")
		answer := model.Answer{Item: "design.0", Level: 3, UpdatedAt: noon}
		notAsked := answer
		notAsked.Item = "design.7"
		for name, err := range map[string]error{
			"another manager's":   put(t.Context(), s, "eve", "one", answer),
			"no assessment":       put(t.Context(), s, "ann", "two", answer),
			"an item not asked":   put(t.Context(), s, "ann", "one", notAsked),
			"no manager, no item": put(t.Context(), s, "", "one", model.Answer{}),
		} {
			if !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s gives %v, want not found", name, err)
			}
		}
		if got := s.Count(t, "answers"); got != 0 {
			t.Errorf("%d answers were written", got)
		}
	})
}

func TestAnswersOfAnotherManagerAreNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "eve")
		addDraft(t, s, "ann", "one")
		if err := put(t.Context(), s, "ann", "one", model.Answer{Item: "design.0", Level: 3, Note: "candid", UpdatedAt: noon}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Answers(t.Context(), "eve", "one"); err != nil || len(got) != 0 {
			t.Errorf("another manager reads %+v, %v", got, err)
		}
		got, err := s.Answer(t.Context(), "eve", "one", "design.0")
		if err != nil || got.Level != model.Blank || got.Note != "" {
			t.Errorf("another manager reads %+v, %v", got, err)
		}
	})
}

// The last line of defence: what no use case lets through is refused by the schema too.
func TestLevelOffTheScaleIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		for _, level := range []model.Level{6, -2} {
			if err := put(t.Context(), s, "ann", "one", model.Answer{Item: "design.0", Level: level, UpdatedAt: noon}); err == nil {
				t.Errorf("level %d was kept", level)
			}
		}
	})
}

func TestTargetsAreReplacedByScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "eve")
		save := func(manager, scope string, targets ...model.Target) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) error { return tx.PutTargets(t.Context(), manager, scope, targets) })
		}
		expect := func(manager, scope string, want ...model.Target) {
			t.Helper()
			got, err := s.Targets(t.Context(), manager, scope)
			if err != nil {
				t.Fatal(err)
			}
			wanted := map[string]model.Target{}
			for _, target := range want {
				wanted[target.Competency] = target
			}
			if !reflect.DeepEqual(got, wanted) {
				t.Errorf("%s, %s: %v, want %v", manager, scope, got, wanted)
			}
		}
		design := model.Target{Competency: "design", Value: 2.5, Importance: 3}
		systems := model.Target{Competency: "systems", Value: 4, Importance: 1}
		save("ann", "first-team", design, systems)
		save("ann", "wider-scope", systems)
		expect("ann", "first-team", design, systems)
		expect("eve", "first-team")
		save("eve", "first-team")
		design.Value = 3
		save("ann", "first-team", design)
		expect("ann", "first-team", design)
		expect("ann", "wider-scope", systems)
		save("ann", "first-team")
		expect("ann", "first-team")
	})
}
