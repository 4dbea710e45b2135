package store_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func someProposal(id string) model.TeamProposal {
	return model.TeamProposal{ID: id, Words: "Words of " + id, Practice: "design.silent-worries", Competency: model.NamedCompetency{ID: "design"}, MadeAt: noon}
}

func somePractice(id string) model.TeamPractice {
	return model.TeamPractice{ID: id, Words: "Words of " + id, Practice: "design.silent-worries", Competency: model.NamedCompetency{ID: "design"}, SetAt: noon}
}

// What is proposed and agreed on is read by the confirmed members, and changed by whose it is.
func TestTeamPracticesAreTheTeams(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl", "eve")
		someTeam(t, s, "one", "ann", "bea")
		someTeam(t, s, "two", "eve")
		inTx(t, s, func(tx *store.Store) error {
			return tx.AddMember(t.Context(), model.Membership{ID: "w", TeamID: "one", ManagerID: "carl", Name: "Carl", Role: model.Member, JoinedAt: noon})
		})
		propose := func(manager, team, id string) func(*store.Store) error {
			return func(tx *store.Store) error { return tx.CreateProposal(t.Context(), manager, team, someProposal(id)) }
		}
		set := func(manager, team, id string) func(*store.Store) error {
			return func(tx *store.Store) error { return tx.SetTeamPractice(t.Context(), manager, team, somePractice(id)) }
		}
		end := func(manager, team, id string) func(*store.Store) error {
			return func(tx *store.Store) error {
				return tx.EndTeamPractice(t.Context(), manager, team, id, model.Kept, "A line.", noon.Add(time.Hour))
			}
		}
		withdraw := func(manager, team, id string) func(*store.Store) error {
			return func(tx *store.Store) error { return tx.DeleteProposal(t.Context(), manager, team, id) }
		}
		inTx(t, s, propose("bea", "one", "of bea"))
		inTx(t, s, propose("bea", "one", "of bea, too"))
		inTx(t, s, set("ann", "one", "first"))
		for what, work := range map[string]func(*store.Store) error{
			"one who waits proposes": propose("carl", "one", "x"), "an outsider proposes": propose("eve", "one", "x"),
			"a member sets": set("bea", "one", "x"), "an outsider sets": set("eve", "one", "x"), "a second at a time": set("ann", "one", "x"),
			"a member ends": end("bea", "one", "first"), "an outsider ends": end("eve", "one", "first"), "through another team": end("eve", "two", "first"),
			"one who waits withdraws": withdraw("carl", "one", "of bea"), "another team’s steward withdraws": withdraw("eve", "two", "of bea"),
		} {
			refused(t, s, what, work)
		}
		read := func(manager string) (proposals []model.TeamProposal, practices []model.TeamPractice) {
			t.Helper()
			proposals, err := s.Proposals(t.Context(), manager, "one")
			if err == nil {
				practices, err = s.TeamPractices(t.Context(), manager, "one")
			}
			if err != nil {
				t.Fatal(err)
			}
			return proposals, practices
		}
		for manager, mine := range map[string]bool{"ann": false, "bea": true} {
			want := someProposal("of bea")
			want.By, want.Mine = "bea", mine
			proposals, practices := read(manager)
			if len(proposals) != 2 || proposals[0] != want || len(practices) != 1 || practices[0] != somePractice("first") {
				t.Errorf("%s reads %+v and %+v", manager, proposals, practices)
			}
		}
		for _, manager := range []string{"carl", "eve"} {
			if proposals, practices := read(manager); len(proposals)+len(practices) != 0 {
				t.Errorf("%s reads %+v and %+v", manager, proposals, practices)
			}
		}
		inTx(t, s, withdraw("bea", "one", "of bea"))
		inTx(t, s, withdraw("ann", "one", "of bea, too")) // the steward
		inTx(t, s, end("ann", "one", "first"))
		refused(t, s, "ended twice", end("ann", "one", "first"))
		inTx(t, s, set("ann", "one", "second"))
		ended := somePractice("first")
		ended.EndedAt, ended.Became, ended.Line = noon.Add(time.Hour), model.Kept, "A line."
		if proposals, practices := read("bea"); len(proposals) != 0 || len(practices) != 2 || practices[0] != ended {
			t.Errorf("left are %+v and %+v", proposals, practices)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.LeaveTeam(t.Context(), "bea", "one") })
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		if s.Count(t, "team_practices")+s.Count(t, "team_proposals") != 0 {
			t.Error("they outlive the team")
		}
	})
}
