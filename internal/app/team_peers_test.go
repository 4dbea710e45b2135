package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Two teams see each other's aggregates once stewards of both agreed, and until either ends it: aggregates, and
// nothing of the members.
func TestTeamsCompareByAgreement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newTeamOn(t, s, names(5)...)
		second := w.stranger("n1", "n2", "n3", "n4")
		own := w.run(alike(3, append(names(5), steward)...))
		theirs := second.run(alike(2, "n1", "n2", "n3", "n4", steward))

		peers := func(of *teamWorld, name string) []model.PeerTrends {
			t.Helper()
			return must(w.TeamTrends(ctx, of.people[name], of.team))(t).Peers
		}
		made, err := w.Invite(ctx, second.people[steward], second.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"})
		w.ok(err)
		if len(peers(w, "m1"))+len(peers(second, "n1")) != 0 {
			t.Error("the teams compare before both agreed")
		}
		expectFields(t, "a made.Secret of one’s own team", w.AgreeToCompare(ctx, second.people[steward], second.team, made.Secret, "x"), "code")
		expectFields(t, "no code", w.AgreeToCompare(ctx, w.people[steward], w.team, "", "x"), "code")
		expectFields(t, "a wrong code", w.AgreeToCompare(ctx, w.people[steward], w.team, "00000-00000", "x"), "code")
		offer := must(w.PeerOffer(ctx, w.people[steward], w.team, made.Secret, "x"))(t)
		if offer.Other.Name != "Data" || offer.Other.Purpose != "Another purpose." || offer.Members != 5 || len(offer.Cycles) != 1 || offer.Cycles[0].Aggregate.Contributors != 5 {
			t.Errorf("offered is %+v", offer)
		}
		if len(peers(w, "m1"))+len(peers(second, "n1")) != 0 {
			t.Error("the teams compare once one has looked")
		}
		_, err = w.PeerOffer(ctx, w.people["m1"], w.team, made.Secret, "x")
		notFound(t, "looking as a member", err)
		empty := w.stranger()
		_, err = empty.Invite(ctx, empty.people[steward], empty.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"})
		expectFields(t, "a code of a team that has published nothing", err, "days")
		expectFields(t, "agreeing for one", empty.AgreeToCompare(ctx, empty.people[steward], empty.team, made.Secret, "x"), "code")
		notFound(t, "agreeing as a member", w.AgreeToCompare(ctx, w.people["m1"], w.team, made.Secret, "x"))
		w.ok(w.AgreeToCompare(ctx, w.people[steward], w.team, made.Secret, "x"))
		third := w.stranger("o1", "o2", "o3", "o4")
		third.run(alike(4, "o1", "o2", "o3", "o4", steward))
		expectFields(t, "a made.Secret that was used", w.AgreeToCompare(ctx, third.people[steward], third.team, made.Secret, "x"), "code")

		got := peers(w, "m1")
		if len(got) != 1 || got[0].Team.Name != "Data" || len(got[0].Results) != 1 || got[0].Results[0].Aggregate.Whole.Mean.Value != 2 {
			t.Fatalf("the other team shows %+v", got)
		}
		if back := peers(second, "n1"); len(back) != 1 || back[0].Results[0].Cycle.ID != own {
			t.Errorf("and this one to the other: %+v", back)
		}
		text := string(must(json.Marshal(got))(t))
		for what, secret := range map[string]string{"a member": "n1", "its purpose": "Another purpose", "a manager": second.people["n1"], "a place": second.places["n2"]} {
			if strings.Contains(text, `"`+secret) {
				t.Errorf("the other team shows %s: %s", what, text)
			}
		}
		if home := must(w.Team(ctx, w.people["m1"], w.team))(t); len(home.Peers) != 1 || home.Peers[0].Team.ID != second.team || home.Peers[0].Since.IsZero() {
			t.Errorf("the home lists %+v", home.Peers)
		}
		if rows := must(w.TeamTrendsCSV(ctx, w.people["m1"], w.team))(t); len(rows) != 1+2*17 {
			t.Errorf("the table has %d rows", len(rows))
		}
		// Their cycle has no address with us.
		_, err = w.TeamResult(ctx, w.people["m1"], w.team, theirs)
		notFound(t, "a result of the other team under this one", err)
		_, err = w.TeamResult(ctx, w.people["m1"], second.team, theirs)
		notFound(t, "a result of the other team", err)

		notFound(t, "ending it as a member", w.EndComparison(ctx, second.people["n1"], second.team, w.team))
		w.ok(w.EndComparison(ctx, second.people[steward], second.team, w.team))
		w.ok(w.EndComparison(ctx, w.people[steward], w.team, second.team))
		if len(peers(w, "m1"))+len(peers(second, "n1")) != 0 {
			t.Error("the teams compare after one ended it")
		}
	})
}
