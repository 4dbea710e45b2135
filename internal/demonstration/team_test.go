package demonstration_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// The demonstration's manager stewards a team of nine with four closed cycles and an open one, in one of
// which fewer than nine took part; a sister team agreed to compare. Whatever the day, the gate lets the same
// be seen.
func TestDemonstrationHasTwoTeams(t *testing.T) {
	for _, now := range []time.Time{today, time.Date(2028, time.February, 29, 0, 0, 0, 0, time.UTC)} {
		useCases, manager := made(t, now)
		teams, err := useCases.Teams(t.Context(), manager)
		if err != nil || len(teams) != 1 || teams[0].Role != model.Steward || teams[0].Members != 9 || teams[0].Open == nil {
			t.Fatalf("the teams are %+v, %v", teams, err)
		}
		team := teams[0].Team.ID
		home, err := useCases.Team(t.Context(), manager, team)
		if err != nil {
			t.Fatal(err)
		}
		if home.Current.Contributors != 7 || home.Current.Counting != 9 || len(home.Current.Suitable) != 1 || home.Current.Mine != nil || home.Hidden < 3 {
			t.Errorf("the open cycle is %+v, hidden among %d", home.Current, home.Hidden)
		}
		roster, err := useCases.Roster(t.Context(), manager, team)
		if err != nil || len(roster.Roster) != home.Members+home.Waiting {
			t.Fatalf("the roster is %+v, %v", roster, err)
		}
		for _, member := range roster.Roster {
			if !strings.HasPrefix(member.Name, "Example member ") {
				t.Errorf("the name %q may be taken for a person’s", member.Name)
			}
		}
		trends, err := useCases.TeamTrends(t.Context(), manager, team)
		if err != nil || len(trends.Results) != 4 || len(trends.Peers) != 1 || len(trends.Peers[0].Results) != 4 {
			t.Fatalf("the trends have %d cycles and %d peers, %v", len(trends.Results), len(trends.Peers), err)
		}
		for number, want := range []int{9, 8, 9, 9} {
			aggregate := trends.Results[number].Aggregate
			if aggregate.Contributors != want || aggregate.Withheld != "" || aggregate.Whole.Withheld != "" || aggregate.Areas[0].Withheld != "" || aggregate.Competencies[0].Withheld != "" {
				t.Errorf("cycle %d: %+v", number+1, aggregate)
			}
		}
		var became []model.Became
		for _, practice := range trends.Practices {
			became = append(became, practice.Became)
		}
		if want := []model.Became{model.Dropped, model.Kept, model.PartlyKept, ""}; !slices.Equal(became, want) || home.Practice == nil || home.Proposals != 1 {
			t.Errorf("what the team agreed on became %q, want %q; %d are proposed", became, want, home.Proposals)
		}
		if beside := trends.Results[3].Practices; len(beside) != 1 || beside[0].Competency.ID != "coaching" {
			t.Errorf("beside the last cycle stands %+v", beside)
		}
		last := trends.Results[3]
		if people, _ := last.Aggregate.Figure("people"); people.Change != string(measure.TeamRose) || len(last.Gaps) != 3 {
			t.Errorf("the last cycle shows %+v and the gaps %+v", people, last.Gaps)
		}
		result, err := useCases.TeamResult(t.Context(), manager, team, last.Cycle.ID)
		if err != nil || len(result.Named) != 1 || !result.MayShow {
			t.Errorf("shown by name are %+v, %v", result.Named, err)
		}
	}
}
