package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store/storetest"
)

// atOnce runs all of these at the same time and returns their errors.
func atOnce(work ...func() error) []error {
	results := make([]error, len(work))
	var running sync.WaitGroup
	start := make(chan struct{})
	for i, one := range work {
		running.Go(func() {
			<-start
			results[i] = one()
		})
	}
	close(start)
	running.Wait()
	return results
}

// Two stewards, and servers of several processes whose clocks have come to the last day, close a cycle at
// once: there is one result, and the ledger knows of it once.
func TestCycleIsClosedOnce(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := newTeamOn(t, storetest.Open(t, address), names(5)...)
		w.ok(w.MakeSteward(t.Context(), w.people[steward], w.team, w.places["m1"]))
		second := storetest.Open(t, address)
		processes := []*app.App{w.App, w.process(w.store), w.process(second), w.process(second)}
		for round := range 3 {
			cycle := w.open(model.FullForm)
			for _, name := range append(names(5), steward) {
				w.contribute(cycle, name, levels{"": {3}})
			}
			if round > 0 {
				w.now = w.now.AddDate(0, 0, 15)
			}
			var work []func() error
			for i, process := range processes {
				who := w.people[[]string{steward, "m1"}[i%2]]
				work = append(work, func() error { return process.CloseCycle(t.Context(), who, w.team, cycle) })
				if round > 0 {
					work = append(work, func() error { return process.CloseDueCycles(t.Context()) })
				}
			}
			for _, err := range atOnce(work...) {
				if err != nil {
					t.Error(err)
				}
			}
			before := string(must(json.Marshal(w.outcome("m2", cycle)))(t))
			if again := w.outcome("m2", cycle).Aggregate; again.Contributors != 6 || again.Withheld != "" {
				t.Errorf("round %d: %+v", round, again)
			}
			w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, cycle))
			w.ok(w.CloseDueCycles(t.Context()))
			if after := string(must(json.Marshal(w.outcome("m2", cycle)))(t)); after != before {
				t.Errorf("closing once more changed\n%s\nto\n%s", before, after)
			}
			w.now = w.now.Add(quarter)
		}
		if got := w.outcome("m2", w.cycles()[0]).Hidden; got != 6 {
			t.Errorf("hidden among %d, want 6", got)
		}
	})
}

// A cycle whose closing takes as long as it may keeps no other open: another process closes them meanwhile, and this one
// as soon as its time is over. Who saves doesn't wait at all.
func TestSlowCycleKeepsNoOtherOpen(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := newTeamOn(t, storetest.Open(t, address), names(5)...)
		another := w.process(storetest.Open(t, address))
		closed := func(cycle string) bool { return w.outcome("m2", cycle).Aggregate != nil }
		for _, round := range []struct {
			what string
			by   func(cycle string) error
			// waits tells that it has to wait for the end of the slow one.
			waits bool
		}{
			{"the other process, every minute", func(string) error { return another.CloseDueCycles(t.Context()) }, false},
			{"the same process, every minute", func(string) error { return w.CloseDueCycles(t.Context()) }, true},
			{"a steward, by the same process", func(cycle string) error {
				return w.CloseCycle(t.Context(), w.people[steward], w.team, cycle)
			}, true},
		} {
			cycle := w.open(model.FullForm)
			for _, name := range append(names(5), steward) {
				w.contribute(cycle, name, levels{"": {3}})
			}
			w.now = w.now.AddDate(0, 0, 15)
			ctx, end := context.WithCancel(t.Context())
			begun, slow, done := make(chan struct{}), make(chan error, 1), make(chan error, 1)
			go func() { slow <- w.CloseSlowly(ctx, begun) }()
			<-begun
			w.start("first-team", model.FullForm) // who saves doesn't wait
			go func() { done <- round.by(cycle) }()
			if !round.waits {
				w.ok(<-done)
			}
			end()
			if err := <-slow; !errors.Is(err, context.Canceled) {
				t.Errorf("the slow one ended with %v", err)
			}
			if round.waits {
				w.ok(<-done)
			}
			if !closed(cycle) {
				t.Errorf("%s: the cycle is not closed", round.what)
			}
			w.now = w.now.Add(quarter)
		}
	})
}

// cycles are the ids of all cycles, the latest first.
func (w *teamWorld) cycles() (ids []string) {
	w.t.Helper()
	for _, cycle := range must(w.Team(w.t.Context(), w.people[steward], w.team))(w.t).Cycles {
		ids = append(ids, cycle.ID)
	}
	return ids
}

// Cycles of teams that share people, closed at once by several processes: whichever comes second knows of the
// first, so the same assessments of six and of five of them are not both published.
func TestTeamsThatShareAssessmentsKnowOfEachOther(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := newTeamOn(t, storetest.Open(t, address), names(5)...)
		second := w.sister(names(4)...)
		cycle, other := w.open(model.FullForm), second.open(model.FullForm)
		for _, name := range append(names(5), steward) {
			id := w.contribute(cycle, name, levels{"": {3}})
			if name != "m5" {
				w.ok(w.Contribute(t.Context(), w.people[name], second.team, other, counting(id)))
			}
		}
		elsewhere := w.process(storetest.Open(t, address))
		for _, err := range atOnce(
			func() error { return w.CloseCycle(t.Context(), w.people[steward], w.team, cycle) },
			func() error { return elsewhere.CloseCycle(t.Context(), w.people[steward], second.team, other) },
		) {
			if err != nil {
				t.Error(err)
			}
		}
		published := 0
		for _, aggregate := range []*model.TeamAggregate{w.outcome("m1", cycle).Aggregate, second.outcome("m1", other).Aggregate} {
			if aggregate.Withheld == "" {
				published++
			} else if aggregate.Withheld != model.Protected {
				t.Errorf("withheld is %q", aggregate.Withheld)
			}
		}
		if published != 1 {
			t.Errorf("%d of the two are published, want one", published)
		}
	})
}

// The same people with the same assessments in two teams say the same twice, which tells nobody more.
func TestOneAssessmentCountsInTwoTeams(t *testing.T) {
	w := newTeam(t, names(5)...)
	second := w.sister(names(5)...)
	cycle, other := w.open(model.FullForm), second.open(model.FullForm)
	for _, name := range append(names(5), steward) {
		id := w.contribute(cycle, name, levels{"": {3}})
		if offers := w.offers(name, id); len(offers) != 2 {
			t.Errorf("offered are %+v", offers)
		}
		w.ok(w.Contribute(t.Context(), w.people[name], second.team, other, counting(id)))
	}
	w.close(cycle)
	second.close(other)
	for _, aggregate := range []*model.TeamAggregate{w.outcome("m1", cycle).Aggregate, second.outcome("m1", other).Aggregate} {
		if aggregate.Withheld != "" || aggregate.Whole.Mean.Value != 3 {
			t.Errorf("published is %+v", aggregate)
		}
	}
	if hidden := w.outcome("m1", cycle).Hidden; hidden < 3 {
		t.Errorf("hidden among %d", hidden)
	}
}

// A team that has shrunk below the smallest group publishes nothing, and stays as it is.
func TestTeamThatShrinksPublishesNothing(t *testing.T) {
	w := newTeam(t, names(5)...)
	first := w.run(alike(3, append(names(5), steward)...))
	before := string(must(json.Marshal(w.outcome("m1", first).Aggregate))(t))
	second := w.open(model.FullForm)
	for _, name := range append(names(3), steward) {
		w.contribute(second, name, levels{"": {3}})
	}
	w.ok(w.LeaveTeam(t.Context(), w.people["m4"], w.team))
	w.ok(w.LeaveTeam(t.Context(), w.people["m5"], w.team))
	w.close(second)
	if got := w.outcome("m1", second).Aggregate; got.Withheld != model.TooFew || got.Contributors != 0 || got.ComparedWithheld != "" {
		t.Errorf("four people publish %+v", got)
	}
	if after := string(must(json.Marshal(w.outcome("m1", first).Aggregate))(t)); after != before {
		t.Errorf("the frozen aggregate changed from\n%s\nto\n%s", before, after)
	}
	w.join("m4", "m6")
	w.confirm("m4", "m6")
	third := w.run(alike(3, append(names(4), steward, "m6")...))
	if got := w.outcome("m1", third).Aggregate; got.Contributors != 6 || got.ComparedWithheld != model.TooFew {
		t.Errorf("grown again, six people publish %+v", got)
	}
}

// The number of contributors before and after a removal would tell a steward whether somebody took part. So nobody
// is removed from a cycle that counts them, whether they take part or not, in the same words.
func TestNobodyIsRemovedToSeeWhetherTheyTookPart(t *testing.T) {
	w := newTeam(t, names(7)...)
	cycle := w.open(model.FullForm)
	w.now = w.now.Add(time.Minute)
	w.join("late", "waiting")
	w.confirm("late")
	for _, name := range append(names(5), steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	remove := func(name string) error {
		return w.RemoveMember(t.Context(), w.people[steward], w.team, w.places[name])
	}
	refusals := map[string]bool{}
	refused := func(when string) {
		t.Helper()
		for _, name := range []string{"m1", "m7"} {
			err := remove(name)
			expectFields(t, "removing "+name+" "+when, err, "member")
			refusals[fmt.Sprint(err)] = true
		}
	}
	refused("while it is open")
	w.ok(remove("late"))
	w.ok(remove("waiting"))
	closes := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t).Cycle.ClosesAt
	w.now = closes
	refused("while it is due")
	if len(refusals) != 1 {
		t.Errorf("the refusals differ: %v", refusals)
	}
	w.ok(w.CloseDueCycles(t.Context()))
	if got := w.outcome("m1", cycle).Aggregate.Contributors; got != 6 {
		t.Errorf("%d contributors, want 6", got)
	}
	w.ok(remove("m1"))
	w.ok(remove("m7"))
}

// Leaving takes out what one contributed to an open cycle; what is closed stays.
func TestLeavingWithAndWithoutAContribution(t *testing.T) {
	w := newTeam(t, names(7)...)
	cycle := w.open(model.FullForm)
	for _, name := range append(names(6), steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	w.ok(w.LeaveTeam(t.Context(), w.people["m6"], w.team))
	w.ok(w.LeaveTeam(t.Context(), w.people["m7"], w.team))
	if _, err := w.Team(t.Context(), w.people["m6"], w.team); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("whoever left still sees the team: %v", err)
	}
	w.close(cycle)
	if got := w.outcome("m1", cycle).Aggregate; got.Contributors != 6 {
		t.Errorf("%d contributors, want 6", got.Contributors)
	}
	w.ok(w.LeaveTeam(t.Context(), w.people["m1"], w.team))
	if got := w.outcome("m2", cycle); got.Aggregate.Contributors != 6 || got.Members != 5 {
		t.Errorf("afterwards: %+v", got.Aggregate)
	}
	// A member who comes back is new: confirmed before an opening, or not counted.
	w.join("m1")
	if page := must(w.TeamPage(t.Context(), w.people["m1"], w.team))(t); page.Me.Confirmed() {
		t.Error("whoever comes back is confirmed already")
	}
}
