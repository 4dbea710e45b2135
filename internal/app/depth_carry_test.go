package app_test

import (
	"slices"
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// begins begins a map of the world's manager.
func (w *world) begins(scope, craft string) string {
	w.t.Helper()
	return must(w.BeginMap(w.t.Context(), w.manager, model.BeginMapInput{Scope: scope, Craft: craft}))(w.t).ID
}

// sent is what a page without a script sends: what stands in the fields of each of its rows.
func sent(page model.PlacesPage) (inputs []model.PlacementInput) {
	for _, row := range page.Rows {
		inputs = append(inputs, row.Input)
	}
	return inputs
}

// What the last map has of domains about which the next one doesn't ask is named there. It goes along as a domain of one's
// own, is compared with what it was, and becomes what it was where it is asked about again.
func TestDomainsThatAreNotAskedAboutGoAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.begins("wider-scope", "software")
	w.ok(w.SavePlaces(t.Context(), w.manager, first, []model.PlacementInput{
		{Domain: "contracts", Depth: "working", Weight: "high", Role: "another-lead", Asked: true}, {Domain: "platforms-vendors", Depth: "none", Weight: "low"},
		{Domain: "ux", Depth: "none", Weight: "high"}, {Domain: "own-1", Name: "Rockets", Depth: "deep", Weight: "low"},
	}, true))
	next := w.begins("first-team", "software")
	page, placed := w.placesOf(next)
	if len(page.Left) != 2 || page.Left[0].Domain != "contracts" || page.Left[1].Domain != "platforms-vendors" || page.Room != model.OwnDomains-1 || len(placed) != 2 {
		t.Fatalf("left are %+v, room is %d, placed is %v", page.Left, page.Room, placed)
	}
	inputs := sent(page)
	ux := slices.IndexFunc(inputs, func(input model.PlacementInput) bool { return input.Domain == "ux" })
	inputs[ux].Depth = "working"
	for range 2 { // a second arrival adds nothing
		w.ok(w.CarryPlaces(t.Context(), w.manager, next, inputs, "contracts"))
	}
	page, placed = w.placesOf(next)
	if got := placed["own-2"]; got.Name != "Contracts between teams" || got.Depth != "working" || got.Role != "another-lead" || got.Asked {
		t.Errorf("it goes along as %+v", got)
	}
	if placed["ux"].Depth != "working" || len(placed) != 3 || len(page.Left) != 1 || page.Room != model.OwnDomains-2 {
		t.Errorf("the rest of the page is %v, left are %+v", placed, page.Left)
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, next, sent(page), true))
	read := must(w.DepthMap(t.Context(), w.manager, next, ""))(t)
	moves := read.Moves
	if len(moves.Unasked) != 1 || moves.Unasked[0].Domain != "platforms-vendors" || len(moves.Gone)+len(moves.New) != 0 || len(moves.Moved) != 1 {
		t.Errorf("since the last map: %+v", moves)
	}
	if got, _ := read.Map.Placement("own-2"); got.InText != "contracts between teams" {
		t.Errorf("inside a sentence it is %q", got.InText)
	}

	back := w.begins("wider-scope", "software")
	page, placed = w.placesOf(back)
	if placed["contracts"].Depth != "working" || placed["own-2"].Name != "" || placed["own-1"].Name != "Rockets" || len(page.Left) != 0 {
		t.Errorf("where it is asked about again: %v, left are %+v", placed, page.Left)
	}
}

// As many go along as there is room for, and it is said where there is none.
func TestDomainsGoAlongWhileThereIsRoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.begins("wider-scope", "applied-science")
	var inputs []model.PlacementInput
	for _, row := range must(w.Places(t.Context(), w.manager, first))(t).Rows {
		if !row.Own {
			inputs = append(inputs, model.PlacementInput{Domain: row.Domain.ID, Depth: "none", Weight: "low"})
		}
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, first, inputs, true))
	next := w.begins("first-team", "software")
	page, _ := w.placesOf(next)
	w.ok(w.CarryPlaces(t.Context(), w.manager, next, sent(page), ""))
	after, _ := w.placesOf(next)
	if gone := len(page.Left) - len(after.Left); gone != model.OwnDomains || after.Room != 0 || len(after.Left) == 0 {
		t.Fatalf("%d went along, %d are left", gone, len(after.Left))
	}
	for _, domain := range []string{"", after.Left[0].Domain} {
		if err := w.CarryPlaces(t.Context(), w.manager, next, sent(after), domain); !wrongOn(err, "left") {
			t.Errorf("%q goes along where there is no room: %v", domain, err)
		}
	}
}

// What was placed of a domain, or on whom one relies in a role, that the operator has removed meanwhile stays on a map
// under way, saved as a whole or by itself.
func TestWhatTheOperatorRemovedStaysOnADraft(t *testing.T) {
	t.Parallel()
	w := newWorldToChange(t)
	id := w.begins("first-team", "software")
	w.ok(w.SavePlaces(t.Context(), w.manager, id, []model.PlacementInput{
		{Domain: "ux", Depth: "none", Weight: "high", Role: "ux-partner", Asked: true}, {Domain: "frontend", Depth: "deep", Weight: "high"},
		{Domain: "own-1", Name: "Rockets", Depth: "deep", Weight: "low"},
	}, false))
	opened, _ := w.placesOf(id)
	depths := &w.library.Depths
	depths.Domains = slices.DeleteFunc(slices.Clone(depths.Domains), func(d questionnaire.Domain) bool { return d.ID == "frontend" || d.ID == "backend" })
	depths.Roles = slices.DeleteFunc(slices.Clone(depths.Roles), func(r questionnaire.Role) bool { return r.ID == "ux-partner" })

	page, placed := w.placesOf(id)
	if placed["frontend"].Depth != "deep" || placed["ux"].Whom != "the UX partner" || placed["ux"].Role != "" || !placed["ux"].Asked {
		t.Fatalf("the page of the draft has %v", placed)
	}
	at := slices.IndexFunc(page.Rows, func(row model.PlacementRow) bool { return row.Domain.ID == "frontend" })
	if page.Rows[at].Domain.Name != "Front end" || page.Rows[at].Own || page.Rows[at+1].Domain.ID != "own-1" {
		t.Errorf("it stands there as %+v", page.Rows[at])
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, id, sent(page), false))
	_, _, err := w.SavePlace(t.Context(), w.manager, id, model.PlacementInput{Domain: "frontend", Depth: "deep", Weight: "medium", Seen: placed["frontend"].Seen})
	w.ok(err)
	// A page that was opened before asks about a domain that is gone now, and says nothing of it.
	old := slices.DeleteFunc(sent(opened), func(input model.PlacementInput) bool { return input.Domain != "backend" })
	if len(old) != 1 {
		t.Fatal("the page that was opened before does not ask about what is removed")
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, id, old, true))
	read := must(w.DepthMap(t.Context(), w.manager, id, ""))(t)
	frontend, _ := read.Map.Placement("frontend")
	ux, _ := read.Map.Placement("ux")
	if frontend.Weight != model.Medium || frontend.InText != "the front end" || ux.Whom != "the UX partner" || !ux.Asked {
		t.Errorf("finished, it is %+v and %+v", frontend, ux)
	}
	// The next map does not ask about it, and says so.
	next, _ := w.placesOf(w.begins("first-team", "software"))
	if len(next.Left) != 1 || !strings.Contains(next.Left[0].Name, "Front end") {
		t.Errorf("left of it are %+v", next.Left)
	}
}

// A domain is left out by its depth alone, whatever else was said of it.
func TestLeavingADomainOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.ok(w.SavePlaces(t.Context(), w.manager, w.begins("first-team", "software"), []model.PlacementInput{
		{Domain: "ux", Depth: "none", Weight: "high", Whom: "the one who draws"}, {Domain: "own-1", Name: "Rockets", Depth: "deep", Weight: "low"}, {Domain: "backend", Depth: "deep", Weight: "high"},
	}, true))
	next := w.begins("first-team", "software")
	page, _ := w.placesOf(next)
	inputs := sent(page)
	for i := range inputs {
		if inputs[i].Domain != "backend" {
			inputs[i].Depth = ""
		}
	}
	w.ok(w.SavePlaces(t.Context(), w.manager, next, inputs, true))
	read := must(w.DepthMap(t.Context(), w.manager, next, ""))(t)
	if len(read.Map.Placements) != 1 || len(read.Moves.Gone) != 2 {
		t.Errorf("the map is %+v, no longer placed are %+v", read.Map.Placements, read.Moves.Gone)
	}
}
