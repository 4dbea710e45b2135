package store_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func someMap(id, manager string) model.DepthMap {
	return model.DepthMap{
		ID: id, ManagerID: manager, Scope: "first-team", Craft: "software", StartedAt: noon.Add(-time.Hour), FinishedAt: noon,
		Placements: []model.Placement{
			{Domain: "ux", Name: "UX and product design", InText: "UX and product design", Depth: model.Conversant, Weight: model.High, Role: "ux-partner", Whom: "the UX partner", Asked: true},
			{Domain: "own-1", Own: true, Name: "漢字 'quotes' $1 ?", InText: "漢字 'quotes' $1 ?", Depth: model.Deep, Weight: model.Low, Whom: "whoever – “asks”", Year: 2022},
		},
	}
}

// mapped adds depth maps.
func mapped(t *testing.T, s *store.Store, all ...model.DepthMap) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		for _, one := range all {
			if err := tx.CreateDepthMap(t.Context(), one); err != nil {
				return err
			}
		}
		return nil
	})
}

func depthMaps(t *testing.T, s *store.Store, manager string) []model.DepthMap {
	t.Helper()
	all, err := s.DepthMaps(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDepthMaps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		old, draft := someMap("old", "ann"), someMap("draft", "ann")
		draft.FinishedAt = time.Time{}
		draft.Placements[0].Weight = "" // said in part
		empty := model.DepthMap{ID: "empty", ManagerID: "bea", Scope: "wider-scope", Craft: "software", StartedAt: noon}
		newer := someMap("newer", "ann")
		newer.FinishedAt = noon.Add(time.Hour)
		mapped(t, s, old, draft, newer, empty)
		want := []model.DepthMap{draft, newer, old}
		for i := range want {
			want[i].Among = []time.Time{newer.FinishedAt, old.FinishedAt}
		}
		if got := depthMaps(t, s, "ann"); !reflect.DeepEqual(got, want) {
			t.Errorf("kept are %+v, want %+v", got, want)
		}
		if got := depthMaps(t, s, "bea"); !reflect.DeepEqual(got, []model.DepthMap{empty}) {
			t.Errorf("another has %+v", got)
		}
		draft.Placements, draft.FinishedAt = draft.Placements[1:], noon.Add(2*time.Hour)
		inTx(t, s, func(tx *store.Store) error { return tx.PutDepthMap(t.Context(), draft) })
		if got, err := s.DepthMap(t.Context(), "ann", "draft"); err != nil || !reflect.DeepEqual(got, draft) {
			t.Errorf("finished is %+v, %v", got, err)
		}
		for name, act := range map[string]func(tx *store.Store) error{
			"changing a finished one":  func(tx *store.Store) error { return tx.PutDepthMap(t.Context(), draft) },
			"reading somebody else’s":  func(tx *store.Store) error { _, err := tx.DepthMap(t.Context(), "bea", "old"); return err },
			"deleting somebody else’s": func(tx *store.Store) error { return tx.DeleteDepthMap(t.Context(), "bea", "old") },
			"changing somebody else’s": func(tx *store.Store) error {
				return tx.PutDepthMap(t.Context(), model.DepthMap{ID: "empty", ManagerID: "ann"})
			},
			"reading one that never was": func(tx *store.Store) error { _, err := tx.DepthMap(t.Context(), "ann", "none"); return err },
		} {
			if err := s.InTx(t.Context(), act); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteDepthMap(t.Context(), "ann", "old") })
		if got := depthMaps(t, s, "ann"); len(got) != 2 || s.Count(t, "depth_placements") != 3 {
			t.Errorf("left are %+v, and %d placements", got, s.Count(t, "depth_placements"))
		}
	})
}

// A map with anything placed in it keeps its manager; one that was merely begun doesn't.
func TestAMapIsSomething(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "nobody", "begun", "placed", "finished")
		empty := someMap("empty", "begun")
		empty.FinishedAt, empty.Placements = time.Time{}, nil
		draft := someMap("draft", "placed")
		draft.FinishedAt, draft.Placements = time.Time{}, []model.Placement{{Domain: "ux", Depth: model.Deep}}
		for _, m := range []model.DepthMap{empty, draft, someMap("whole", "finished")} {
			mapped(t, s, m)
		}
		got, err := s.EmptyManagers(t.Context(), "", noon.AddDate(1, 0, 0))
		if err != nil || !slices.Equal(got, []string{"begun", "nobody"}) {
			t.Errorf("empty are %v, %v", got, err)
		}
		offers := func(manager string) bool {
			offered, err := s.OffersMap(t.Context(), manager)
			if err != nil {
				t.Fatal(err)
			}
			return offered
		}
		inTx(t, s, func(tx *store.Store) error {
			return tx.PutPlacement(t.Context(), "nobody", "draft", 0, model.Placement{Domain: "ux"})
		})
		inTx(t, s, func(tx *store.Store) error {
			return tx.PutPlacement(t.Context(), "placed", "draft", 3, model.Placement{Domain: "ux", Depth: model.Working, Revision: 2})
		})
		read, err := s.DepthMap(t.Context(), "placed", "draft")
		if want := (model.Placement{Domain: "ux", Depth: model.Working, Revision: 2}); err != nil || len(read.Placements) != 1 || read.Placements[0] != want {
			t.Errorf("placed is %+v, %v", read.Placements, err)
		}
		if !offers("nobody") || offers("begun") || offers("nobody at all") {
			t.Error("a map is offered to whoever began one, or not to who didn’t")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.EndMapOffer(t.Context(), "nobody") })
		if offers("nobody") {
			t.Error("the offer hasn’t ended")
		}
	})
}
