package app_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// maps finishes a depth map of somebody's.
func (w *teamWorld) maps(name string, inputs ...model.PlacementInput) string {
	w.t.Helper()
	id := must(w.BeginMap(w.t.Context(), w.people[name], model.BeginMapInput{Scope: "first-team", Craft: "software"}))(w.t).ID
	w.ok(w.SavePlaces(w.t.Context(), w.people[name], id, inputs, true))
	return id
}

// shows shows the team some domains of a map, as a page that showed nothing ticked sends them.
func (w *teamWorld) shows(name, mapID string, domains ...string) error {
	return w.ShowMap(w.t.Context(), w.people[name], w.team, model.ReliancesInput{Map: mapID, Ticked: domains})
}

func (w *teamWorld) reliances(name string) *model.TeamReliances {
	w.t.Helper()
	return must(w.TeamReliances(w.t.Context(), w.people[name], w.team))(w.t)
}

func (w *teamWorld) ownReliances(name string) *model.OwnReliances {
	w.t.Helper()
	return must(w.OwnReliances(w.t.Context(), w.people[name], w.team))(w.t)
}

// Nothing of a map stands in a team until its manager ticks it there: then those lines do, word for word, and no more.
func TestReliancesAreShownByOnesOwnAct(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, "bo", "cy")
		if own := w.ownReliances("bo"); own.Map != nil || own.Shown != nil || len(own.Offered) != 0 {
			t.Errorf("without a map: %+v", own)
		}
		expectFields(t, "without a map", w.shows("bo", "", "ux"), "domain")
		bo := w.maps("bo",
			model.PlacementInput{Domain: "ux", Depth: "none", Weight: "high", Role: "ux-partner", Asked: true},
			model.PlacementInput{Domain: "security-privacy", Depth: "deep", Weight: "medium"},
			model.PlacementInput{Domain: "backend", Depth: "deep", Weight: "low"},
			model.PlacementInput{Domain: "own-1", Name: "Rockets", Depth: "none", Weight: "high", Whom: "whoever built them"})
		own := w.ownReliances("bo")
		want := []model.Reliance{
			{Domain: "security-privacy", Name: "Security and privacy", InText: "security and privacy"},
			{Domain: "ux", Name: "UX and product design", InText: "UX and product design", Whom: "the UX partner"},
			{Domain: "own-1", Own: true, Name: "Rockets", InText: "Rockets", Whom: "whoever built them"},
		}
		if !reflect.DeepEqual(own.Offered, want) || own.Shown != nil {
			t.Errorf("offered are %+v, want %+v", own.Offered, want)
		}
		for _, name := range []string{"bo", "cy"} {
			if got := w.reliances(name); len(got.Maps)+len(got.Domains) != 0 || got.Shows {
				t.Errorf("before anybody shows anything %s sees %+v", name, got)
			}
		}
		expectFields(t, "nothing ticked", w.shows("bo", bo), "domain")
		expectFields(t, "what hardly matters", w.shows("bo", bo, "backend"), "domain")
		expectFields(t, "somebody else’s map", w.shows("cy", bo, "ux"), "domain")
		w.ok(w.shows("bo", bo, "security-privacy", "own-1", "backend"))
		got := w.reliances("cy")
		if len(got.Maps) != 1 || got.Maps[0].Name != "bo" || !got.Maps[0].PlacedAt.Equal(own.Map.FinishedAt) || got.Shows {
			t.Errorf("maps are %+v", got.Maps)
		}
		if len(got.Domains) != 2 || !slices.Equal(got.Domains[0].Alone, []string{"bo"}) || got.Domains[1].Relying[0] != (model.NamedReliance{Name: "bo", Whom: "whoever built them"}) {
			t.Errorf("domains are %+v", got.Domains)
		}
		if !w.reliances("bo").Shows || !w.ownReliances("bo").Ticked["own-1"] || w.ownReliances("bo").Ticked["ux"] {
			t.Error("whoever shows is told something else")
		}
		cy := w.maps("cy", model.PlacementInput{Domain: "security-privacy", Depth: "none", Weight: "high"}, model.PlacementInput{Domain: "own-2", Name: "ROCKETS", Depth: "none", Weight: "medium"})
		w.ok(w.shows("cy", cy, "security-privacy", "own-2"))
		got = w.reliances(steward)
		if len(got.Domains) != 2 || !slices.Equal(got.Domains[0].Alone, []string{"bo", "cy"}) || got.Domains[1].Name != "Rockets" || !slices.Equal(got.Domains[1].Alone, []string{"cy"}) {
			t.Errorf("side by side: %+v", got.Domains)
		}
		w.ok(w.HideMap(t.Context(), w.people["bo"], w.team))
		w.ok(w.HideMap(t.Context(), w.people["bo"], w.team)) // nothing is left to hide
		if got := w.reliances("cy"); len(got.Maps) != 1 || got.Maps[0].Name != "cy" {
			t.Errorf("hidden again, and yet: %+v", got.Maps)
		}
	})
}

// What is shown stays as it was shown: a newer map takes its place by another such act, and begins with the same domains
// ticked, found by name where they are one's own.
func TestANewerMapIsShownByAnotherAct(t *testing.T) {
	t.Parallel()
	w := newTeam(t, "bo")
	first := w.maps("bo", model.PlacementInput{Domain: "ux", Depth: "none", Weight: "high"}, model.PlacementInput{Domain: "own-1", Name: "Rockets", Depth: "none", Weight: "high"})
	w.ok(w.shows("bo", first, "own-1"))
	w.now = w.now.AddDate(0, 1, 0)
	begun := must(w.BeginMap(t.Context(), w.people["bo"], model.BeginMapInput{Scope: "first-team", Craft: "software"}))(t).ID
	if own := w.ownReliances("bo"); own.Newer || own.Map.ID != first {
		t.Error("a draft counts as a newer map")
	}
	w.ok(w.SavePlaces(t.Context(), w.people["bo"], begun, []model.PlacementInput{
		{Domain: "own-1", Name: "Boats", Depth: "none", Weight: "high"}, {Domain: "own-2", Name: "rockets", Depth: "none", Weight: "high", Whom: "a friend"},
	}, true))
	if got := w.reliances(steward); len(got.Domains) != 1 || len(got.Domains[0].Alone) != 1 {
		t.Errorf("a newer map shows itself: %+v", got.Domains)
	}
	own := w.ownReliances("bo")
	if !own.Newer || own.Ticked["own-1"] || !own.Ticked["own-2"] || own.Ticked["ux"] {
		t.Errorf("offered of the newer map: %+v", own.Ticked)
	}
	expectFields(t, "the older map", w.shows("bo", first, "ux"), "domain")
	w.ok(w.ShowMap(t.Context(), w.people["bo"], w.team, model.ReliancesInput{Map: begun, Ticked: []string{"own-2"}, Seen: []string{"own-2"}}))
	if got := w.reliances(steward); len(got.Domains) != 1 || got.Domains[0].Relying[0].Whom != "a friend" || !got.Maps[0].PlacedAt.Equal(w.now) {
		t.Errorf("shown instead: %+v of %+v", got.Domains, got.Maps)
	}
}

// Two pages tick: what only one changed is kept.
func TestTicksOfTwoPagesAreMerged(t *testing.T) {
	t.Parallel()
	w := newTeam(t, "bo")
	id := w.maps("bo", model.PlacementInput{Domain: "ux", Depth: "none", Weight: "high"}, model.PlacementInput{Domain: "backend", Depth: "none", Weight: "high"})
	w.ok(w.shows("bo", id, "ux"))
	w.ok(w.shows("bo", id, "backend")) // a page that had seen nothing ticked
	if got := w.reliances(steward); len(got.Domains) != 2 {
		t.Errorf("shown are %+v", got.Domains)
	}
	w.ok(w.ShowMap(t.Context(), w.people["bo"], w.team, model.ReliancesInput{Map: id, Ticked: []string{"ux"}, Seen: []string{"backend", "ux"}}))
	if got := w.reliances(steward); len(got.Domains) != 1 || got.Domains[0].Name != "UX and product design" {
		t.Errorf("shown are %+v", got.Domains)
	}
}

// Only confirmed members see or show anything; what is shown goes with the map and with the place, and what was taken away
// is listed, so that a restored backup doesn't show it again.
func TestShownReliancesGo(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	list := store.NewErasureList(filepath.Join(t.TempDir(), "erasures"))
	s.KeepErasureList(list)
	w := newTeamOn(t, s, "bo", "cy")
	w.join("di")
	w.people["eve"] = w.newManager()
	ux := model.PlacementInput{Domain: "ux", Depth: "none", Weight: "high"}
	for _, name := range []string{"di", "eve"} {
		id := w.maps(name, ux)
		_, read := w.TeamReliances(t.Context(), w.people[name], w.team)
		_, own := w.OwnReliances(t.Context(), w.people[name], w.team)
		for _, err := range []error{read, own, w.shows(name, id, "ux"), w.HideMap(t.Context(), w.people[name], w.team)} {
			if !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	bo, cy := w.maps("bo", ux), w.maps("cy", ux)
	w.ok(w.shows("bo", bo, "ux"))
	w.ok(w.shows("cy", cy, "ux"))
	w.ok(w.shows("cy", cy, "ux"))
	if listed := len(must(list.Read())(t)); listed != 1 {
		t.Errorf("what was replaced is listed %d times", listed)
	}
	w.deletesMap(w.people["bo"], bo)
	if got := w.reliances(steward); len(got.Maps) != 1 || got.Maps[0].Name != "cy" {
		t.Errorf("with the map deleted: %+v", got.Maps)
	}
	w.ok(w.LeaveTeam(t.Context(), w.people["cy"], w.team))
	if got := w.reliances(steward); len(got.Maps)+len(got.Domains) != 0 {
		t.Errorf("after leaving: %+v", got)
	}
}
