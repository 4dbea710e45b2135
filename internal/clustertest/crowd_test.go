package clustertest_test

import (
	"crypto/rand"
	"fmt"
	"sync"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store/storetest"
)

// A whole department follows one link in the same moment, on three processes: everybody gets in, and each is
// counted. All of them change the same row, so that each has to try again after others.
func TestACrowdJoinsAtOnce(t *testing.T) {
	address := emptyDatabase(t)
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	var processes []*app.App
	for range 3 {
		processes = append(processes, app.New(storetest.Open(t, address), library, time.Now, rand.Text, app.Secret))
	}
	manager := func() string {
		t.Helper()
		id, err := processes[0].NewManager(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	steward := manager()
	team, err := processes[0].MakeTeam(t.Context(), steward, model.TeamInput{
		Name: "Platform", Purpose: "See where we stand.", SmallestGroup: "5", MemberName: "Ann",
	})
	if err != nil {
		t.Fatal(err)
	}
	made, err := processes[0].Invite(t.Context(), steward, team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	if err != nil {
		t.Fatal(err)
	}
	const crowd = 45
	begin := make(chan struct{})
	var joining sync.WaitGroup
	for number := range crowd {
		person := manager()
		joining.Go(func() {
			<-begin
			_, err := processes[number%3].JoinTeam(t.Context(), person, model.JoinInput{
				Secret: made.Secret, Kind: model.JoinLink, Name: fmt.Sprintf("Member %d", number), Agreed: true, From: "tests",
			})
			if err != nil {
				t.Errorf("member %d: %v", number, err)
			}
		})
	}
	start := time.Now()
	close(begin)
	joining.Wait()
	t.Logf("%d people joined in %v", crowd, time.Since(start).Round(time.Millisecond))
	if got := queried(t, direct(t, address), `SELECT uses FROM team_invitations`); got != crowd {
		t.Errorf("the link counts %d uses of %d", got, crowd)
	}
}
