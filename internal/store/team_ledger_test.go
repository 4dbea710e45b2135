package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// finishedIn adds an assessment of a manager that was finished at a moment: design 3 and 4, systems 2 and absent.
func finishedIn(t *testing.T, s *store.Store, manager, id string, at time.Time) {
	t.Helper()
	draft := addDraft(t, s, manager, id)
	for item, level := range map[string]model.Level{"design.0": 3, "design.1": 4, "systems.0": 2, "systems.1": model.Absent} {
		if err := put(t.Context(), s, manager, id, model.Answer{Item: item, Level: level, Note: "Secret.", UpdatedAt: noon}); err != nil {
			t.Fatal(err)
		}
	}
	finished := asFinished(draft)
	finished.FinishedAt = at
	finish(t, s, finished)
}

// contribute tries to contribute an assessment at a moment, with tokens made of the ids.
func contribute(t *testing.T, s *store.Store, manager, assessment string, at time.Time) (done bool) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) (err error) {
		if err := tx.PutTokens(t.Context(), manager, assessment, "P-"+manager, "S-"+assessment); err != nil {
			return err
		}
		done, err = tx.PutContribution(t.Context(), manager, "one", "c", assessment, at)
		return err
	})
	return done
}

// What may be contributed stands in the statement, whatever was checked before.
func TestContributionIsCheckedInItsStatement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "late", "eve")
		someTeam(t, s, "one", "ann", "bea")
		cycle := someCycle(t, s, "ann", "one", "c")
		inTx(t, s, func(tx *store.Store) error {
			return tx.AddMember(t.Context(), model.Membership{ID: "l", TeamID: "one", ManagerID: "late", Name: "Late", Role: model.Member, JoinedAt: noon, ConfirmedAt: noon})
		})
		for manager, id := range map[string]string{"bea": "b", "late": "l", "eve": "e"} {
			finishedIn(t, s, manager, id, noon.Add(time.Hour))
		}
		finishedIn(t, s, "bea", "before", noon.Add(-time.Millisecond))
		finishedIn(t, s, "bea", "after", cycle.ClosesAt)
		addDraft(t, s, "bea", "draft")
		inside := noon.Add(2 * time.Hour)
		for what, one := range map[string]struct {
			manager, assessment string
			at                  time.Time
		}{
			"confirmed at the opening": {"late", "l", inside}, "no member": {"eve", "e", inside}, "another’s assessment": {"bea", "e", inside},
			"finished before": {"bea", "before", inside}, "finished after": {"bea", "after", inside}, "a draft": {"bea", "draft", inside},
			"before the opening": {"bea", "b", noon.Add(-time.Millisecond)}, "at the end": {"bea", "b", cycle.ClosesAt},
		} {
			if contribute(t, s, one.manager, one.assessment, one.at) {
				t.Errorf("%s: contributed", what)
			}
		}
		for range 2 {
			if !contribute(t, s, "bea", "b", inside) {
				t.Error("not contributed")
			}
		}
		if own, err := s.Contributions(t.Context(), "bea"); err != nil || len(own) != 1 || own["c"] != "b" {
			t.Errorf("contributed are %v, %v", own, err)
		}
		withdraw := func(manager string, at time.Time) (done bool) {
			inTx(t, s, func(tx *store.Store) (err error) {
				done, err = tx.DeleteContribution(t.Context(), manager, "one", "c", at)
				return err
			})
			return done
		}
		if withdraw("ann", inside) || withdraw("bea", cycle.ClosesAt) || !withdraw("bea", inside) || withdraw("bea", inside) {
			t.Error("a contribution wasn’t withdrawn just once, by its manager, before the end")
		}
		offers, err := s.OpenCycles(t.Context(), "bea", inside)
		if err != nil || len(offers) != 1 || offers[0].Members != 2 || offers[0].Cycle.SmallestEffectiveGroup != 3.5 {
			t.Errorf("open are %+v, %v", offers, err)
		}
		for manager, at := range map[string]time.Time{"late": inside, "eve": inside, "ann": cycle.ClosesAt} {
			if offers, err := s.OpenCycles(t.Context(), manager, at); err != nil || len(offers) != 0 {
				t.Errorf("open for %s are %+v, %v", manager, offers, err)
			}
		}
	})
}

// The closing reads sums by competency and tokens, in no order that tells anything, and no notes.
func TestClosingReadsSumsOfContributors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl")
		someTeam(t, s, "one", "ann", "bea", "carl")
		someCycle(t, s, "ann", "one", "c")
		inside := noon.Add(2 * time.Hour)
		for _, manager := range []string{"ann", "bea", "carl"} {
			finishedIn(t, s, manager, manager+"’s", noon.Add(time.Hour))
		}
		if !contribute(t, s, "ann", "ann’s", inside) || !contribute(t, s, "bea", "bea’s", inside) {
			t.Fatal("not contributed")
		}
		var closed []bool
		for range 2 {
			inTx(t, s, func(tx *store.Store) error {
				if _, err := tx.TakeTurn(t.Context()); err != nil {
					return err
				}
				done, err := tx.MarkClosed(t.Context(), "one", "c", inside)
				closed = append(closed, done)
				return err
			})
		}
		if !slices.Equal(closed, []bool{true, false}) {
			t.Errorf("closed: %v", closed)
		}
		answers, err := s.ClosingContributors(t.Context(), "c")
		want := []model.LedgerAnswer{{Person: "P-ann", Assessment: "S-ann’s"}, {Person: "P-bea", Assessment: "S-bea’s"}}
		if err != nil || !slices.Equal(answers, want) {
			t.Fatalf("contributors are %v, %v", answers, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.PutSet(t.Context(), "set", answers, nil) })
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		sums, err := s.ContributedSums(t.Context(), "set")
		if err != nil || len(sums) != 1 || sums[0].LedgerAnswer != want[1] || sums[0].Scope != "first-team" ||
			sums[0].Sums["design"] != (model.LevelSum{Sum: 7, Count: 2}) || sums[0].Sums["systems"] != (model.LevelSum{Sum: 2, Count: 1}) {
			t.Errorf("the sums are %+v, %v", sums, err)
		}
		if left, err := s.SetAnswers(t.Context(), "set"); err != nil || !slices.Equal(left, want) {
			t.Errorf("the set is %v, %v", left, err)
		}
		if _, _, err := s.OwnAssessment(t.Context(), "carl", "set"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("one who isn’t in the set finds %v", err)
		}
		answer, assessment, err := s.OwnAssessment(t.Context(), "bea", "set")
		if err != nil || answer != want[1] || assessment != "bea’s" {
			t.Errorf("one’s own is %v of %q, %v", answer, assessment, err)
		}
	})
}

// The ledger is read by people, over whoever stands in a set with them, to the end and no further.
func TestLedgerFollowsWhoIsConnected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		// A chain of sets, each of which shares one person with the next, and one apart; long sets, so that the
		// people of one are more than one statement takes.
		const length, size = 4, 700
		set := func(name string, from int) (answers []model.LedgerAnswer) {
			for number := range size {
				person := fmt.Sprintf("%s %05d", name, from+number)
				answers = append(answers, model.LedgerAnswer{Person: person, Assessment: person + " then"})
			}
			return answers
		}
		observation := model.Observation{
			Kind: disclosure.Figure, Level: disclosure.Area, Step: 0.2, Thresholds: disclosure.Thresholds{Group: 6, EffectiveGroup: 3.5},
		}
		inTx(t, s, func(tx *store.Store) error {
			for number := range length {
				id := fmt.Sprintf("link %d", number)
				if err := tx.PutSet(t.Context(), id, set("chain", number*(size-1)), nil); err != nil {
					return err
				}
				if err := tx.PutObservation(t.Context(), 1, id+" seen", id, observation); err != nil {
					return err
				}
			}
			if err := tx.PutSet(t.Context(), "apart", set("apart", 0), nil); err != nil {
				return err
			}
			return tx.PutObservation(t.Context(), 1, "apart seen", "apart", observation)
		})
		for _, start := range []string{"chain 00000", "chain 01400", "chain 02796"} {
			sets, _, err := s.Connected(t.Context(), []string{start}, 10_000)
			if err != nil || len(sets) != length {
				t.Fatalf("from %s: %d sets, %v", start, len(sets), err)
			}
			for _, one := range sets {
				if len(one.Answers) != size || len(one.Observations) != 1 {
					t.Errorf("%s has %d answers and %d observations", one.ID, len(one.Answers), len(one.Observations))
					continue
				}
				got := one.Observations[0]
				if got.Kind != observation.Kind || got.Level != observation.Level || got.Step != observation.Step || got.Thresholds != observation.Thresholds || len(got.Answers) != size {
					t.Errorf("the observation is %+v", got)
				}
			}
		}
		if sets, _, err := s.Connected(t.Context(), []string{"nobody"}, 10_000); err != nil || len(sets) != 0 {
			t.Errorf("nobody is connected with %v, %v", sets, err)
		}
		if sets, _, err := s.Connected(t.Context(), nil, 10_000); err != nil || len(sets) != 0 {
			t.Errorf("without anybody: %v, %v", sets, err)
		}
	})
}

func TestAggregatesAreReadByTheirTeamAndItsPeers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "eve")
		someTeam(t, s, "one", "ann", "bea")
		someTeam(t, s, "two", "eve")
		cycle := someCycle(t, s, "ann", "one", "c")
		deviation := 0.5
		aggregate := &model.TeamAggregate{
			CycleID: "c", Contributors: 7, Whole: model.TeamFigure{ID: "whole", Mean: model.Figure{Value: 4.6, AtLeast: true}, Step: 0.1, Spread: &deviation},
			Areas: []model.TeamFigure{{ID: "self", Withheld: model.Protected}}, Targets: map[string]map[string]float64{"first-team": {"design": 3.5}},
		}
		inTx(t, s, func(tx *store.Store) error {
			if _, err := tx.MarkClosed(t.Context(), "one", "c", noon.Add(time.Hour)); err != nil {
				return err
			}
			return tx.PutAggregate(t.Context(), aggregate, "set")
		})
		closed, err := s.ClosedCycles(t.Context(), "bea", "one")
		if err != nil || len(closed) != 1 || closed[0].SetID != "set" || closed[0].Aggregate.Contributors != 7 || closed[0].Aggregate.Whole.Mean != aggregate.Whole.Mean ||
			*closed[0].Aggregate.Whole.Spread != 0.5 || closed[0].Aggregate.Areas[0].Withheld != model.Protected || !closed[0].Cycle.ClosedAt.Equal(noon.Add(time.Hour)) {
			t.Errorf("closed are %+v, %v", closed, err)
		}
		if got, err := s.ClosedBefore(t.Context(), "one", model.FullForm, cycle.OpensAt.Add(1e6)); err != nil || got.Cycle.ID != "c" {
			t.Errorf("before is %+v, %v", got.Cycle, err)
		}
		for what, one := range map[string]struct {
			form   model.Form
			opened time.Time
		}{"of another form": {model.PulseForm, noon.Add(time.Hour)}, "before the first": {model.FullForm, noon}} {
			if _, err := s.ClosedBefore(t.Context(), "one", one.form, one.opened); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		peers := func(manager string) int {
			closed, err := s.PeerCycles(t.Context(), manager, "two", "one")
			if err != nil {
				t.Fatal(err)
			}
			return len(closed)
		}
		if list, err := s.ClosedCycles(t.Context(), "eve", "one"); err != nil || len(list) != 0 || peers("eve") != 0 {
			t.Errorf("another team reads %+v, %v", list, err)
		}
		ask := func(manager, team, peer string, at time.Time) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) error { return tx.AskPeer(t.Context(), manager, team, peer, at) })
		}
		ask("eve", "two", "one", noon)
		ask("eve", "two", "one", noon.Add(time.Hour))
		asked, err := s.PeerRequests(t.Context(), "bea", "one")
		if err != nil || len(asked) != 1 || asked[0].Ours || asked[0].Other.ID != "two" || asked[0].Members != 1 || !asked[0].AskedAt.Equal(noon) {
			t.Errorf("asked is %+v, %v", asked, err)
		}
		if own, err := s.PeerRequests(t.Context(), "eve", "two"); err != nil || len(own) != 1 || !own[0].Ours {
			t.Errorf("and there %+v, %v", own, err)
		}
		if waits, err := s.PeersToAnswer(t.Context(), "ann"); err != nil || len(waits) != 1 || waits[0].TeamID != "one" || waits[0].Other == "" {
			t.Errorf("a steward has to answer %+v, %v", waits, err)
		}
		for _, who := range []string{"bea", "eve"} {
			if waits, err := s.PeersToAnswer(t.Context(), who); err != nil || len(waits) != 0 {
				t.Errorf("%s has to answer %+v, %v", who, waits, err)
			}
		}
		if list, err := s.Peers(t.Context(), "bea", "one"); err != nil || len(list) != 0 || peers("eve") != 0 {
			t.Errorf("what is only asked opens %+v, %v", list, err)
		}
		for team, manager := range map[string]string{"one": "bea", "two": "eve"} {
			if closed, err := s.AskingCycles(t.Context(), manager, team, map[string]string{"one": "two", "two": "one"}[team]); err != nil || len(closed) != 0 {
				t.Errorf("%s, who isn’t asked, reads %+v, %v", manager, closed, err)
			}
		}
		// Who asks the other way round agrees, and from then on the date stands.
		ask("ann", "one", "two", noon.Add(2*time.Hour))
		ask("eve", "two", "one", noon.Add(3*time.Hour))
		list, err := s.Peers(t.Context(), "bea", "one")
		if err != nil || len(list) != 1 || list[0].Team.ID != "two" || !list[0].Since.Equal(noon.Add(2*time.Hour)) || peers("eve") != 1 || peers("bea") != 0 {
			t.Errorf("the peers are %+v, %v", list, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeletePeer(t.Context(), "ann", "one", "two", noon) })
		if peers("eve") != 0 {
			t.Error("what was agreed has ended, and yet")
		}
	})
}

// Scores that are shown go with the place, stay as they were, and are read by the team alone.
func TestShownScores(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "eve")
		someTeam(t, s, "one", "ann", "bea")
		someCycle(t, s, "ann", "one", "c")
		show := func(manager string, score float64) {
			inTx(t, s, func(tx *store.Store) error {
				return tx.PutShownScores(t.Context(), manager, "one", "c", map[string]float64{"self": score, "people": score})
			})
		}
		shown := func(manager string) map[string]map[string]float64 {
			list, err := s.ShownScores(t.Context(), manager, "one", "c")
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		show("bea", 3.2)
		if len(shown("ann")) != 0 {
			t.Error("shown in an open cycle")
		}
		inTx(t, s, func(tx *store.Store) error { _, err := tx.MarkClosed(t.Context(), "one", "c", noon); return err })
		show("eve", 1)
		show("bea", 3.2)
		show("bea", 4)
		if got := shown("ann"); len(got) != 1 || got["one of bea"]["self"] != 3.2 || len(shown("eve")) != 0 {
			t.Errorf("shown are %v", got)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteShownScores(t.Context(), "ann", "one", "c") })
		if len(shown("ann")) != 1 {
			t.Error("another’s scores were hidden")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.LeaveTeam(t.Context(), "bea", "one") })
		if len(shown("ann")) != 0 || s.Count(t, "shown_scores") != 0 {
			t.Error("whoever left is still shown")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.LeaveTeam(t.Context(), "ann", "one") })
		if s.Count(t, "teams") != 0 || s.Count(t, "cycles") != 0 {
			t.Error("a team is left without anybody")
		}
	})
}
