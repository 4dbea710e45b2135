package app_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// tick lets somebody tick these, in the place of whom they ticked before.
func (w *teamWorld) tick(name string, others ...string) {
	w.t.Helper()
	var places []string
	for _, other := range others {
		places = append(places, w.places[other])
	}
	w.ok(w.SaveAcquaintances(w.t.Context(), w.people[name], w.team, model.AcquaintancesInput{Ticked: places}))
}

// A stranger's invented members protect nobody: five of the same names tick each other and the one real person, who
// ticks only whom she knows. Without the rule all of her scores would be published; with it nothing is, and she is told
// before she contributes.
func TestInventedMembersHideNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newTeamOn(t, opened, append(names(4), "victim")...)
		cycle := w.open(model.FullForm)
		w.tick("victim")
		mine := w.take("victim", "first-team", model.FullForm, levels{"": {2}})
		expectFields(t, "contributing without knowing anybody", w.Contribute(t.Context(), w.people["victim"], w.team, cycle, counting(mine)), "known")
		if offers := w.offers("victim", mine); len(offers) != 1 || !offers[0].KnownShort() || offers[0].Known != 0 {
			t.Errorf("offered is %+v", offers)
		}
		w.tick("victim", append(names(3), steward)...)
		w.ok(w.Contribute(t.Context(), w.people["victim"], w.team, cycle, counting(mine)))
		for _, name := range append(names(4), steward) {
			w.contribute(cycle, name, levels{"": {4}})
		}
		// She finds out that one of them is nobody, and takes the tick away, before the close.
		w.tick("victim", names(3)...)
		w.close(cycle)
		got := w.outcome("victim", cycle).Aggregate
		if got.Withheld != model.Published || got.Contributors != 5 || got.Whole.Mean.Value != 4 {
			t.Errorf("published is %+v, want that of the five others", got)
		}
		if hidden := w.outcome("victim", cycle).Hidden; hidden != 0 {
			t.Errorf("she is hidden among %d, want nothing published about her", hidden)
		}
	})
}

// Where too few are left of whom each knows four, nothing is published, and it says why.
func TestStrangersPublishNothing(t *testing.T) {
	w := newTeam(t, names(5)...)
	cycle := w.open(model.FullForm)
	for _, name := range append(names(5), steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	w.tick("m1", "m2", "m3", "m4")
	w.tick("m2", "m3", "m4", "m5")
	w.tick("m3", "m4", "m5", steward)
	w.close(cycle)
	if got := w.outcome("m1", cycle).Aggregate; got.Withheld != model.Strangers || got.Contributors != 0 || got.Whole.Withheld != model.Strangers {
		t.Errorf("published is %+v", got)
	}
}

// Nobody can tick themselves, people who wait, or people in another team; and ticks are private.
func TestTicksAreOfConfirmedOthers(t *testing.T) {
	w := newTeam(t, names(2)...)
	w.join("waits")
	second := w.stranger("elsewhere")
	places := []string{w.places[steward], w.places["m1"], w.places["m1"], w.places["waits"], second.places["elsewhere"], "nothing"}
	w.ok(w.SaveAcquaintances(t.Context(), w.people[steward], w.team, model.AcquaintancesInput{Ticked: places}))
	known := must(w.Acquaintances(t.Context(), w.people[steward], w.team))(t)
	if len(known.Known) != 1 || !known.Known[w.places["m1"]] || known.Ticked() != 1 || len(known.Others) != 2 || known.Needed != 4 {
		t.Errorf("ticked are %+v", known)
	}
	if other := must(w.Acquaintances(t.Context(), w.people["m1"], w.team))(t); len(other.Known) != 0 {
		t.Errorf("somebody else sees %+v", other.Known)
	}
	for _, name := range []string{"waits"} {
		if _, err := w.Acquaintances(t.Context(), w.people[name], w.team); err == nil {
			t.Errorf("%s sees the members", name)
		}
		if err := w.SaveAcquaintances(t.Context(), w.people[name], w.team, model.AcquaintancesInput{Ticked: nil}); err == nil {
			t.Errorf("%s ticks", name)
		}
	}
	many := slices.Repeat([]string{""}, model.KnownLimit+1)
	for i := range many {
		many[i] = string(rune('a'+i%26)) + string(rune('0'+i))
	}
	expectFields(t, "ticking more than one can know", w.SaveAcquaintances(t.Context(), w.people["m1"], w.team, model.AcquaintancesInput{Ticked: many}), "known")
	w.ok(w.LeaveTeam(t.Context(), w.people["m1"], w.team))
	if known := must(w.Acquaintances(t.Context(), w.people[steward], w.team))(t); len(known.Known) != 0 {
		t.Errorf("who has left is still ticked: %+v", known.Known)
	}
}

// Two cycles within days of each other that differ by one person would give that person away. They count as one.
func TestCyclesNearEachOtherCountAsOne(t *testing.T) {
	w := newTeam(t, names(6)...)
	everybody := append(names(6), steward)
	w.run(alike(3, everybody...))
	w.now = w.now.Add(10*24*time.Hour - quarter)
	second := w.run(alike(3, everybody[1:]...))
	if got := w.outcome("m2", second).Aggregate; got.Withheld != model.TooSoon || got.Contributors != 6 {
		t.Errorf("ten days later, without one: %+v", got)
	}
	third := w.run(alike(3, everybody...))
	if got := w.outcome("m2", third).Aggregate; got.Withheld != model.Published {
		t.Errorf("a quarter later: %+v", got)
	}
	w.now = w.now.Add(10*24*time.Hour - quarter)
	fourth := w.run(alike(3, everybody...))
	if got := w.outcome("m2", fourth).Aggregate; got.Withheld != model.Published {
		t.Errorf("the same people ten days later: %+v", got)
	}
}

// One assessment counts in at most one cycle of a team: not in another one that is open at the time, nor in one after
// the first was closed early.
func TestOneAssessmentCountsInOneCycleOfATeam(t *testing.T) {
	w := newTeam(t, names(5)...)
	everybody := append(names(5), steward)
	w.now = w.now.AddDate(0, 0, 2)
	first := w.open(model.FullForm)
	taken := map[string]string{}
	for _, name := range everybody {
		taken[name] = w.contribute(first, name, levels{"": {3}})
	}
	w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, first))
	// As if it had been planned on the day before, when it could have been.
	w.now = w.now.AddDate(0, 0, -1)
	second := w.open(model.FullForm)
	w.now = w.now.AddDate(0, 0, 1)
	expectFields(t, "once more", w.Contribute(t.Context(), w.people["m1"], w.team, second, counting(taken["m1"])), "assessment")
	if offers := w.offers("m1", taken["m1"]); len(offers) != 0 {
		t.Errorf("offered is %+v", offers)
	}
	if page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, second))(t); len(page.Suitable) != 0 {
		t.Errorf("suitable are %+v", page.Suitable)
	}
	again := w.take("m1", "first-team", model.FullForm, levels{"": {3}})
	w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, second, counting(again)))
}

// A cycle that was open at the upgrade closes by the rules it opened with: nobody has to have ticked anybody. One that had
// not opened yet, and those made later, have today's.
func TestCycleClosesByTheRulesItOpenedWith(t *testing.T) {
	address := storetest.SQLiteAddress(t)
	w := newTeamOn(t, storetest.Open(t, address), names(5)...)
	cycle := w.open(model.FullForm)
	raw := must(sql.Open("sqlite3", strings.TrimPrefix(address, "sqlite:")+"?_busy_timeout=5000"))(t)
	defer func() { _ = raw.Close() }()
	for _, statement := range []string{`DELETE FROM team_acquaintances`, `UPDATE cycles SET rules = 1, smallest_known = 0`} {
		must(raw.ExecContext(t.Context(), statement))(t)
	}
	if page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t); !page.Cycle.Earlier() {
		t.Errorf("the cycle is %+v", page.Cycle)
	}
	for _, name := range append(names(5), steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	w.close(cycle)
	if got := w.outcome("m1", cycle).Aggregate; got.Withheld != model.Published || got.Contributors != 6 {
		t.Errorf("published is %+v", got)
	}
	later := w.open(model.FullForm)
	if page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, later))(t); page.Cycle.Earlier() || page.Cycle.SmallestKnown != 4 {
		t.Errorf("the next cycle is %+v", page.Cycle)
	}
}

// Something that is published while a closing decides, about one of the same people, makes it decide anew; what has
// nothing to do with them doesn't. Contributions that change meanwhile do too.
func TestClosingDecidesAnewWhereTheLedgerMoved(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := newTeamOn(t, storetest.Open(t, address), names(5)...)
		second := w.sister(names(5)...)
		third := w.stranger(names(5)...)
		everybody := append(names(5), steward)
		cycles := map[*teamWorld]string{w: w.open(model.FullForm), second: second.open(model.FullForm), third: third.open(model.FullForm)}
		for team, cycle := range cycles {
			for _, name := range everybody {
				team.contribute(cycle, name, levels{"": {3}})
			}
		}
		elsewhere := w.process(storetest.Open(t, address))
		for _, err := range atOnce(
			func() error { return w.CloseCycle(t.Context(), w.people[steward], w.team, cycles[w]) },
			func() error {
				return elsewhere.CloseCycle(t.Context(), second.people[steward], second.team, cycles[second])
			},
			func() error {
				return elsewhere.CloseCycle(t.Context(), third.people[steward], third.team, cycles[third])
			},
			func() error { return w.LeaveTeam(t.Context(), w.people["m5"], w.team) },
		) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := w.outcome("m1", cycles[w]).Aggregate.Contributors; got != 6 && got != 5 {
			t.Errorf("%d contributed", got)
		}
		if got := third.outcome("m1", cycles[third]).Aggregate; got.Withheld != model.Published {
			t.Errorf("strangers are %+v", got)
		}
	})
}

// A closing whose deadline has passed changes nothing, and can be repeated.
func TestClosingKeepsItsDeadline(t *testing.T) {
	w := newTeam(t, names(5)...)
	cycle := w.open(model.FullForm)
	for _, name := range append(names(5), steward) {
		w.contribute(cycle, name, levels{"": {3}})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.CloseCycle(ended, w.people[steward], w.team, cycle); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t); page.State != model.CycleOpen {
		t.Errorf("afterwards it is %v", page.State)
	}
	w.close(cycle)
	if got := w.outcome("m1", cycle).Aggregate; got.Contributors != 6 {
		t.Errorf("afterwards %d contributed", got.Contributors)
	}
}
