package store_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Ticks are of a confirmed member about other confirmed ones, read only by the closing, and go with either place in
// the team and with the manager.
func TestAcquaintances(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl", "waits", "eve")
		someTeam(t, s, "one", "ann", "bea", "carl")
		inTx(t, s, func(tx *store.Store) error {
			return tx.AddMember(t.Context(), model.Membership{ID: "w", TeamID: "one", ManagerID: "waits", Name: "Waits", Role: model.Member, JoinedAt: noon})
		})
		members, err := s.Members(t.Context(), "ann", "one")
		if err != nil {
			t.Fatal(err)
		}
		var places []string
		for _, member := range members {
			places = append(places, member.ID)
		}
		tick := func(manager string, places ...string) {
			inTx(t, s, func(tx *store.Store) error { return tx.PutAcquaintances(t.Context(), manager, "one", places) })
		}
		count := func(manager string) int {
			known, err := s.Acquaintances(t.Context(), manager, "one")
			if err != nil {
				t.Fatal(err)
			}
			return len(known)
		}
		for _, manager := range []string{"ann", "bea", "waits", "eve"} {
			tick(manager, append(places, "nobody", places[0])...)
		}
		for manager, want := range map[string]int{"ann": 2, "bea": 2, "carl": 0, "waits": 0, "eve": 0} {
			if got := count(manager); got != want {
				t.Errorf("%s ticked %d, want %d", manager, got, want)
			}
		}
		before := &model.Cycle{TeamID: "one", OpensAt: noon.Add(-time.Hour)}
		for cycle, want := range map[*model.Cycle]int{{TeamID: "one", OpensAt: noon}: 2, before: 0, {TeamID: "two", OpensAt: noon}: 0} {
			if got, err := s.CountKnown(t.Context(), "ann", cycle); got != want || err != nil {
				t.Errorf("%d of those whom ann ticked are counted, want %d, %v", got, want, err)
			}
		}
		tick("bea")
		if got := count("bea"); got != 0 {
			t.Errorf("after taking them back bea ticked %d", got)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "bea") })
		inTx(t, s, func(tx *store.Store) error { return tx.LeaveTeam(t.Context(), "carl", "one") })
		if got := count("ann"); got != 0 {
			t.Errorf("ann ticked %d who are gone", got)
		}
	})
}

// That one assessment counts in one cycle of a team stands in the statement, while the other is open and once it is closed.
func TestOneAssessmentInOneCycleStandsInTheStatement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		someTeam(t, s, "one", "ann", "bea")
		cycle := someCycle(t, s, "ann", "one", "c")
		second := *cycle
		second.ID = "d"
		inTx(t, s, func(tx *store.Store) error { return tx.CreateCycle(t.Context(), "ann", &second) })
		inside := noon.Add(2 * time.Hour)
		finishedIn(t, s, "bea", "b", noon.Add(time.Hour))
		again := func() (done bool) {
			inTx(t, s, func(tx *store.Store) (err error) {
				done, err = tx.PutContribution(t.Context(), "bea", "one", "d", "b", inside)
				return err
			})
			return done
		}
		if !contribute(t, s, "bea", "b", inside) || again() {
			t.Error("one assessment isn’t contributed just once while both are open")
		}
		inTx(t, s, func(tx *store.Store) error {
			answers, err := tx.ClosingContributors(t.Context(), "c")
			if err != nil {
				return err
			}
			if _, err := tx.MarkClosed(t.Context(), "one", "c", inside); err != nil {
				return err
			}
			if err := tx.DropContributions(t.Context(), "c"); err != nil {
				return err
			}
			if err := tx.PutSet(t.Context(), "set", answers, nil); err != nil {
				return err
			}
			return tx.PutAggregate(t.Context(), &model.TeamAggregate{CycleID: "c"}, "set")
		})
		counted, err := s.CountedInAnotherCycle(t.Context(), "bea", "one", "d", "b")
		if again() || err != nil || !counted {
			t.Errorf("what has counted may count again: %v, %v", counted, err)
		}
		if here, err := s.CountedInAnotherCycle(t.Context(), "bea", "one", "c", "b"); here || err != nil {
			t.Errorf("what counts in a cycle counts in another one: %v", err)
		}
	})
}
