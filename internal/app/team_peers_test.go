package app_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

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
		expectFields(t, "a code of one’s own team", w.AskToCompare(ctx, second.people[steward], second.team, made.Secret, "x"), "code")
		expectFields(t, "no code", w.AskToCompare(ctx, w.people[steward], w.team, "", "x"), "code")
		expectFields(t, "a wrong code", w.AskToCompare(ctx, w.people[steward], w.team, "00000-00000", "x"), "code")
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
		expectFields(t, "asking for one", empty.AskToCompare(ctx, empty.people[steward], empty.team, made.Secret, "x"), "code")
		notFound(t, "asking as a member", w.AskToCompare(ctx, w.people["m1"], w.team, made.Secret, "x"))
		w.ok(w.AskToCompare(ctx, w.people[steward], w.team, made.Secret, "x"))
		askedAt := w.now
		spent := w.AskToCompare(ctx, w.people[steward], w.team, made.Secret, "x")
		expectFields(t, "a code that was used", spent, "code")
		if invalid, ok := errors.AsType[*model.Error](spent); !ok || !strings.Contains(invalid.Message("code"), "was used") {
			t.Errorf("a code that was used reads: %v", spent)
		}
		third := w.stranger("o1", "o2", "o3", "o4")
		third.run(alike(4, "o1", "o2", "o3", "o4", steward))
		expectFields(t, "a code that was used", w.AskToCompare(ctx, third.people[steward], third.team, made.Secret, "x"), "code")

		requests := func(of *teamWorld, name string) []model.PeerRequest {
			t.Helper()
			asked := must(w.TeamTrends(ctx, of.people[name], of.team))(t).Requests
			if home := must(w.Team(ctx, of.people[name], of.team))(t).Requests; len(home) != len(asked) {
				t.Errorf("%s reads %d requests at first, and %d among the other teams", name, len(home), len(asked))
			}
			return asked
		}
		declined := func(of *teamWorld, name string) []model.PeerRefusal {
			t.Helper()
			told := must(w.TeamTrends(ctx, of.people[name], of.team))(t).Declined
			if home := must(w.Team(ctx, of.people[name], of.team))(t).Declined; len(home) != len(told) {
				t.Errorf("%s reads %d refusals at first, and %d among the other teams", name, len(home), len(told))
			}
			return told
		}
		waits := func(of *teamWorld, name string) int {
			t.Helper()
			home := must(w.Home(ctx, of.people[name], model.Mentor{}, model.Zone{}))(t)
			if count := must(w.Waiting(ctx, of.people[name], model.Mentor{}, model.Zone{}))(t); count != home.Waiting() {
				t.Errorf("%d wait, and %d are listed", count, home.Waiting())
			}
			return len(home.ToCompare)
		}
		// Until the team that made the code agrees, too, nothing is compared; its stewards see who asks, and its members that.
		if len(peers(w, "m1"))+len(peers(second, "n1")) != 0 {
			t.Error("the teams compare before the one that made the code has seen who asks")
		}
		asked := requests(second, steward)
		if len(asked) != 1 || asked[0].Ours || asked[0].Other.Name != "Platform" || asked[0].Other.Purpose == "" || asked[0].Members != 6 || !asked[0].AskedAt.Equal(askedAt) ||
			len(asked[0].Cycles) != 1 || asked[0].Cycles[0].Aggregate.Contributors != 6 {
			t.Errorf("who asks is %+v", asked)
		}
		if told := requests(second, "n1"); len(told) != 1 || len(told[0].Cycles) != 0 {
			t.Errorf("its members are told %+v", told)
		}
		if own := requests(w, "m1"); len(own) != 1 || !own[0].Ours || own[0].Other.Name != "Data" || len(own[0].Cycles) != 0 {
			t.Errorf("and those of the team that asked %+v", own)
		}
		if waits(second, steward) != 1 || waits(second, "n1")+waits(w, steward) != 0 {
			t.Error("it waits for somebody else than the stewards who are asked")
		}
		_, err = w.AgreeToCompare(ctx, second.people["n1"], second.team, w.team)
		notFound(t, "agreeing as a member", err)
		// Who asked can't agree.
		if must(w.AgreeToCompare(ctx, w.people[steward], w.team, second.team))(t) || len(peers(w, "m1")) != 0 {
			t.Error("the team that asked agreed for the other")
		}
		// Taken back: who agrees on a page from before is told, and nobody has declined.
		w.ok(w.EndComparison(ctx, w.people[steward], w.team, second.team))
		if must(w.AgreeToCompare(ctx, second.people[steward], second.team, w.team))(t) || len(declined(w, "m1"))+len(declined(second, "n1")) != 0 {
			t.Error("what was taken back is agreed to, or declined")
		}
		// Declined, which those who asked are told, and asked again.
		made = must(w.Invite(ctx, second.people[steward], second.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"}))(t)
		w.ok(w.AskToCompare(ctx, w.people[steward], w.team, made.Secret, "x"))
		w.ok(w.EndComparison(ctx, second.people[steward], second.team, w.team))
		if told := declined(w, "m1"); len(told) != 1 || told[0].Other != "Data" || !told[0].At.Equal(w.now) || len(declined(second, "n1")) != 0 {
			t.Errorf("those who asked are told %+v", told)
		}
		if must(w.AgreeToCompare(ctx, second.people[steward], second.team, w.team))(t) {
			t.Error("what was declined is agreed to")
		}
		if len(requests(w, "m1"))+len(requests(second, "n1"))+len(peers(w, "m1")) != 0 {
			t.Error("what was declined is still asked")
		}
		made = must(w.Invite(ctx, second.people[steward], second.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"}))(t)
		w.ok(w.AskToCompare(ctx, w.people[steward], w.team, made.Secret, "x"))
		if len(declined(w, "m1")) != 0 {
			t.Error("what is asked again is still declined")
		}
		w.now = w.now.Add(time.Hour)
		for range 2 { // the second time changes nothing
			if !must(w.AgreeToCompare(ctx, second.people[steward], second.team, w.team))(t) {
				t.Error("they don’t compare once both agreed")
			}
		}
		if len(requests(w, "m1"))+waits(second, steward) != 0 {
			t.Error("what is agreed is still asked")
		}
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
		if home := must(w.Team(ctx, w.people["m1"], w.team))(t); len(home.Peers) != 1 || home.Peers[0].Team.ID != second.team || !home.Peers[0].Since.Equal(w.now) {
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
