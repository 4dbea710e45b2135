package app_test

import (
	"errors"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// placesOf is what a map of the world's manager that is under way says of each domain of which it says anything.
func (w *world) placesOf(id string) (model.PlacesPage, map[string]model.PlacementInput) {
	w.t.Helper()
	page := must(w.Places(w.t.Context(), w.manager, id))(w.t)
	placed := map[string]model.PlacementInput{}
	for _, row := range page.Rows {
		if row.Input.Depth != "" || row.Input.Whom != "" || row.Input.Name != "" {
			placed[row.Domain.ID] = row.Input
		}
	}
	return *page, placed
}

// Another beginning, as from a page that was opened before, loses nothing that was placed on the map that is under way: it
// leads to that map, gives it another scope where all of it has its place there, and else says what would be lost.
func TestAnotherBeginningKeepsWhatWasPlaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	begins := func(scope, craft string) (model.BegunMap, error) {
		return w.BeginMap(t.Context(), w.manager, model.BeginMapInput{Scope: scope, Craft: craft})
	}
	first := must(begins("wider-scope", "software"))(t)
	w.ok(w.SavePlaces(t.Context(), w.manager, first.ID, []model.PlacementInput{
		{Domain: "contracts", Depth: "working", Weight: "high"}, {Domain: "ux", Depth: "none", Weight: "high", Role: "ux-partner", Asked: true},
	}, true))

	// What is carried from the last map is no reason to refuse: it stands in that map.
	begun := must(begins("wider-scope", "software"))(t)
	again := must(begins("first-team", "software"))(t)
	page, placed := w.placesOf(begun.ID)
	if begun.UnderWay || !again.UnderWay || again.ID != begun.ID || page.Map.Scope != "first-team" || len(placed) != 1 || placed["ux"].Role != "ux-partner" {
		t.Errorf("what is carried keeps a map from another scope: %+v, %v", again, placed)
	}
	// And back again: what the wider scope offers is carried as on the first beginning.
	must(begins("wider-scope", "software"))(t)
	if _, placed := w.placesOf(begun.ID); len(placed) != 2 || placed["contracts"].Depth != "working" {
		t.Errorf("a scope that is widened again carries %v", placed)
	}

	// What was placed on this map itself stays, with one’s own domains and the words for whom one relies.
	w.ok(w.SavePlaces(t.Context(), w.manager, begun.ID, []model.PlacementInput{
		{Domain: "ux", Depth: "deep", Weight: "high", Role: "ux-partner"}, {Domain: "own-1", Name: "Rockets", Depth: "none", Weight: "low", Whom: "whoever built them"},
	}, false))
	must(begins("considering", "software"))(t)
	_, placed = w.placesOf(begun.ID)
	if placed["ux"].Depth != "deep" || placed["own-1"].Whom != "whoever built them" {
		t.Errorf("another scope loses what was placed: %v", placed)
	}

	// Where something has no place any more, nothing is changed, and it is named.
	must(begins("wider-scope", "software"))(t)
	w.ok(w.SavePlaces(t.Context(), w.manager, begun.ID, []model.PlacementInput{{Domain: "contracts", Depth: "deep", Weight: "high"}}, false))
	_, err := begins("first-team", "software")
	if failure, found := errors.AsType[*model.Error](err); !wrongOn(err, "under-way") || !found || !strings.Contains(failure.Fields[0].Message, "Contracts between teams") {
		t.Errorf("another scope takes what has no place in it: %v", err)
	}
	if page, placed := w.placesOf(begun.ID); page.Map.Scope != "wider-scope" || placed["contracts"].Depth != "deep" || placed["own-1"].Name != "Rockets" {
		t.Errorf("a refused beginning changes the map: %v", placed)
	}
	if same := must(begins("wider-scope", "software"))(t); same.ID != begun.ID || !same.UnderWay {
		t.Error("the same beginning doesn’t lead to the map under way")
	}
}

// A role that another craft doesn’t offer stands in its words there, so that the page on which it isn't offered keeps it.
func TestAnotherCraftKeepsOnWhomOneRelies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := must(w.BeginMap(t.Context(), w.manager, model.BeginMapInput{Scope: "first-team", Craft: "applied-science"}))(t)
	w.ok(w.SavePlaces(t.Context(), w.manager, first.ID, []model.PlacementInput{{Domain: "architecture", Depth: "none", Weight: "high", Role: "scientist"}}, true))
	next := must(w.BeginMap(t.Context(), w.manager, model.BeginMapInput{Scope: "first-team", Craft: "software"}))(t)
	page, placed := w.placesOf(next.ID)
	if got := placed["architecture"]; got.Role != "" || got.Whom != "a scientist in the team" {
		t.Errorf("whom one relies on is carried as %+v", got)
	}
	// A page without a script sends what stands in its fields.
	var inputs []model.PlacementInput
	for _, row := range page.Rows {
		inputs = append(inputs, row.Input)
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, next.ID, inputs, true))
	read := must(w.DepthMap(t.Context(), w.manager, next.ID, ""))(t)
	if whom := read.Map.Placements[0].Whom; whom != "a scientist in the team" {
		t.Errorf("a page that is sent as it came says %q", whom)
	}
}
