package store_test

import (
	"reflect"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// someShown is what is shown of someMap.
func someShown(id, mapID string) model.ShownMap {
	return model.ShownMap{ID: id, MapID: mapID, PlacedAt: noon, Reliances: []model.Reliance{
		{Domain: "own-1", Own: true, Name: "漢字 'quotes' $1 ?", InText: "漢字 'quotes' $1 ?"},
		{Domain: "ux", Name: "UX and product design", InText: "UX and product design", Whom: "the UX partner"},
	}}
}

// shows shows a team what is copied of a map.
func shows(t *testing.T, s *store.Store, manager, team string, shown model.ShownMap) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error { return tx.ShowMap(t.Context(), manager, team, shown) })
}

// What is shown of maps is read by the confirmed members of the team alone, and taken away by whose it is; it goes with the
// map, with the place and with its manager.
func TestShownMapsAreTheTeams(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl", "eve")
		someTeam(t, s, "one", "ann", "bea")
		someTeam(t, s, "two", "eve")
		inTx(t, s, func(tx *store.Store) error {
			return tx.AddMember(t.Context(), model.Membership{ID: "w", TeamID: "one", ManagerID: "carl", Name: "Carl", Role: model.Member, JoinedAt: noon})
		})
		for _, manager := range []string{"ann", "bea", "carl", "eve"} {
			mapped(t, s, someMap("map of "+manager, manager))
		}
		show := func(manager, team string) func(*store.Store) error {
			return func(tx *store.Store) error {
				return tx.ShowMap(t.Context(), manager, team, someShown("another by "+manager, "map of "+manager))
			}
		}
		hide := func(manager, id string) func(*store.Store) error {
			return func(tx *store.Store) error { return tx.HideMap(t.Context(), manager, id) }
		}
		shows(t, s, "bea", "one", someShown("a", "map of bea"))
		for what, work := range map[string]func(*store.Store) error{
			"one who waits shows": show("carl", "one"), "an outsider shows": show("eve", "one"), "a second at a time": show("bea", "one"),
			"the steward takes away": hide("ann", "a"), "an outsider takes away": hide("eve", "a"),
		} {
			refused(t, s, what, work)
		}
		read := func(manager string) []model.ShownMap {
			t.Helper()
			shown, err := s.ShownMaps(t.Context(), manager, "one")
			if err != nil {
				t.Fatal(err)
			}
			return shown
		}
		shows(t, s, "ann", "one", someShown("b", "map of ann"))
		for _, manager := range []string{"ann", "bea"} {
			shown := read(manager)
			if len(shown) != 2 || shown[0].MemberID == "" || shown[0].MemberID == shown[1].MemberID {
				t.Fatalf("%s reads %+v", manager, shown)
			}
			shown[0].MemberID = ""
			if want := someShown("a", "map of bea"); !reflect.DeepEqual(shown[0], want) {
				t.Errorf("%s reads %+v, want %+v", manager, shown[0], want)
			}
		}
		for _, manager := range []string{"carl", "eve"} {
			if shown := read(manager); len(shown) != 0 {
				t.Errorf("%s reads %+v", manager, shown)
			}
		}
		inTx(t, s, hide("bea", "a"))
		shows(t, s, "bea", "one", someShown("c", "map of bea"))
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteDepthMap(t.Context(), "bea", "map of bea") })
		if shown := read("ann"); len(shown) != 1 || shown[0].ID != "b" {
			t.Errorf("with the map deleted, shown are %+v", shown)
		}
		mapped(t, s, someMap("next of bea", "bea"))
		shows(t, s, "bea", "one", someShown("d", "next of bea"))
		inTx(t, s, func(tx *store.Store) error { return tx.LeaveTeam(t.Context(), "bea", "one") })
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		if s.Count(t, "shown_maps")+s.Count(t, "shown_reliances") != 0 {
			t.Error("what is shown outlives the place and the manager")
		}
	})
}
