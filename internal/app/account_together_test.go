package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// dump is every row of every table but those that tell of comings and goings, as text.
func (w *world) dump() map[string][]string {
	w.t.Helper()
	listed := `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2`
	if w.store.Engine() == database.PostgreSQL {
		listed = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2`
	}
	columns := map[string][]string{}
	w.ok(w.store.Query(w.t.Context(), func(row func(...any) error) error {
		var table, column string
		err := row(&table, &column)
		if !strings.HasPrefix(table, "sqlite_") && !slices.Contains([]string{"arrivals", "attempts", "ledger_turns", "compactions", "goose_db_version"}, table) &&
			!slices.Contains([]string{"token_hash", "former_hash"}, column) && (table != "identities" || column != "used_at") {
			columns[table] = append(columns[table], column)
		}
		return err
	}, listed))
	all := map[string][]string{}
	for table, names := range columns {
		w.ok(w.store.Query(w.t.Context(), func(row func(...any) error) error {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			err := row(into...)
			all[table] = append(all[table], fmt.Sprint(values...))
			return err
		}, `SELECT `+strings.Join(names, ", ")+` FROM `+table))
		slices.Sort(all[table])
	}
	return all
}

// same reports where two states of the database differ.
func (w *world) same(what string, before, after map[string][]string) {
	w.t.Helper()
	for table := range before {
		if !slices.Equal(before[table], after[table]) {
			w.t.Errorf("%s: %s was\n%s\nand is\n%s", what, table, strings.Join(before[table], "\n"), strings.Join(after[table], "\n"))
		}
	}
}

// together lays the history of a browser together with the one that an identity opens.
func (w *world) together(session model.Session, identity model.Identity, mentor model.Mentor) model.Session {
	w.t.Helper()
	w.asked(session, identity)
	return w.session(must(w.LayTogether(w.t.Context(), session, mentor))(w.t))
}

// full gives a manager something of everything.
func (w *world) full(manager, suffix string) string {
	w.t.Helper()
	w.manager = manager
	id := w.sit("first-team", model.FullForm, steady)
	w.ok(w.store.InTx(w.t.Context(), func(tx *store.Store) error {
		_, told := tx.RenewCalendarVersion(w.t.Context(), manager, "digest "+suffix, w.now)
		return errors.Join(told, tx.PutCadence(w.t.Context(), manager, model.Cadence{PulseWeeks: 6, ChosenAt: w.now}),
			tx.PutTargets(w.t.Context(), manager, "first-team", []model.Target{{Competency: "debt", Value: 3.5, Importance: 2}}))
	}))
	must(w.MakeCalendarFeed(w.t.Context(), manager, ""))(w.t)
	w.commit("debt", 0)
	w.jot("debt", "The cron job "+suffix+".")
	w.maps("deep")
	w.link(id, blindly)
	w.start("first-team", model.PulseForm)
	w.key()
	w.ok(w.store.InTx(w.t.Context(), func(tx *store.Store) error {
		return tx.PutPasskey(w.t.Context(), manager, model.Passkey{ID: "passkey " + suffix, CredentialID: suffix, Handle: suffix, Credential: "{}", Name: "The laptop", Made: w.now})
	}))
	// A mentor, too, in a browser of their own, and in another one that is kept under no sign-in.
	w.manager = w.newManager()
	theirs := w.sit("first-team", model.FullForm, contrast)
	mentor, aside := w.visitor(), w.visitor()
	mentor.open(w.link(theirs, blindly))
	w.ok(mentor.keeps(w.openedFor(manager), false))
	aside.open(w.link(theirs, blindly))
	aside.signsIn(manager)
	w.manager = manager
	return id
}

// Whatever two histories have, undoing gives back to the last value; on either engine.
func TestTwoHistoriesAreLaidTogetherAndTakenApart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newTeamOn(t, opened, append(names(5), "here", "there")...)
		here, there := w.people["here"], w.people["there"]
		first := w.run(alike(3, append(names(5), "here", "there")...))
		must(w.Arrive(t.Context(), w.openedFor(there), model.Arrival{Identity: anIdentity("one"), Adding: true}))(t)
		hereID, thereID := w.full(here, "here"), w.full(there, "there")
		w.ok(w.ShowScores(t.Context(), here, w.team, first, true))
		w.ok(w.ShowScores(t.Context(), there, w.team, first, true))
		w.ok(w.Propose(t.Context(), here, w.team, model.ProposalInput{Words: "We look back."}))
		w.now = w.now.Add(time.Hour)
		for _, name := range []string{"here", "there"} {
			w.ok(w.shows(name, w.maps(name, model.PlacementInput{Domain: "ux", Depth: "conversant", Weight: "medium", Role: "ux-partner"}), "ux"))
		}
		sister := w.sister(append(names(5), "here")...)
		sister.run(alike(2, append(names(5), "here")...))
		cycle := w.open(model.FullForm)
		w.contribute(cycle, "here", levels{"": {2}})
		w.contribute(cycle, "there", levels{"": {4}})
		session := w.openedFor(here)
		w.openedFor(here)
		before := w.dump()

		w.asked(session, anIdentity("one"))
		preview := must(w.Together(t.Context(), session, model.Mentor{}))(t)
		if len(preview.HereFinished) != 4 || len(preview.ThereFinished) != 3 || !preview.Keys || len(preview.Teams) != 1 || preview.Teams[0].Here != "here" {
			t.Errorf("the preview is %d and %d, %+v", len(preview.HereFinished), len(preview.ThereFinished), preview.Clashes)
		}
		now := w.session(must(w.LayTogether(t.Context(), session, model.Mentor{}))(t))
		if now.ManagerID != there || now.ID != session.ID || now.CameAs != "one@example.org" {
			t.Errorf("the browser opens %+v", now)
		}
		joined := w.dump()
		held := must(w.Holdings(t.Context(), there))(t)
		if held.Finished != 7 || held.Drafts != 2 || held.Commitments != 2 || held.Entries != 2 || held.Shares != 2 || held.Teams != 2 || held.Keys != 2 {
			t.Errorf("together they hold %+v", held)
		}
		for _, id := range []string{hereID, thereID} {
			w.manager = there
			w.result(id)
		}
		if _, err := w.Result(t.Context(), here, hereID); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the former manager’s still opens: %v", err)
		}
		if counted := must(w.store.ClosingContributors(t.Context(), cycle))(t); len(counted) != 1 {
			t.Errorf("one person counts %d times", len(counted))
		}
		undone := w.session(must(w.UndoTogether(t.Context(), now))(t))
		if undone.ManagerID != here {
			t.Errorf("after undoing the browser opens %+v", undone)
		}
		w.same("undone", before, w.dump())
		for _, table := range []string{"assessments", "shares", "commitments", "log_entries", "depth_maps", "sessions", "targets", "cadences",
			"calendar_feeds", "recovery_keys", "team_members", "team_acquaintances", "team_proposals", "shown_scores", "cycle_contributions",
			"ledger_persons", "ledger_answers", "managers", "passkeys", "mentor_ties", "mentor_owners", "shown_maps", "shown_reliances"} {
			if slices.Equal(before[table], joined[table]) {
				t.Errorf("nothing became of %s, so that undoing it shows nothing", table)
			}
		}
	})
}

// laid makes two histories of which the second has an identity, each with one assessment, and the browser of the first.
func (w *world) laid() (here, there, hereID, thereID string, session model.Session) {
	w.t.Helper()
	here, there = w.newManager(), w.newManager()
	must(w.Arrive(w.t.Context(), w.openedFor(there), model.Arrival{Identity: anIdentity("one"), Adding: true}))(w.t)
	w.manager = there
	thereID = w.sit("first-team", model.FullForm, contrast)
	w.manager = here
	hereID = w.sit("first-team", model.FullForm, contrast)
	return here, there, hereID, thereID, w.openedFor(here)
}

// What somebody wrote as a mentor in the same browser was of themself: it counts no more, and opens no more, until undone.
func TestNobodyBecomesTheirOwnMentor(t *testing.T) {
	w := newWorld(t)
	_, there, hereID, thereID, session := w.laid()
	w.manager = there
	own, friend := w.visitor(), w.visitor()
	link := w.link(thereID, blindly)
	share := own.open(link)
	own.rate(share, "debt", "4", "I am quite good.")
	own.send(share, "A friend")
	honest := friend.open(link)
	friend.rate(honest, "debt", "2", "")
	friend.send(honest, "Bo")
	code := own.code()
	before := w.dump()

	w.asked(session, anIdentity("one"))
	if preview := must(w.Together(t.Context(), session, own.mentor))(t); preview.OwnViews != 1 {
		t.Errorf("the preview tells of %d views", preview.OwnViews)
	}
	now := w.session(must(w.LayTogether(t.Context(), session, own.mentor))(t))
	said := w.conversation(thereID)
	if len(said.Reviews) != 2 || said.Rows[0].Agreement.Mentors != 1 {
		t.Errorf("of %d views %d count", len(said.Reviews), said.Rows[0].Agreement.Mentors)
	}
	if _, err := w.Shared(t.Context(), own.mentor, share); err == nil {
		t.Error("the share still opens for its own manager as a mentor")
	}
	if _, err := w.Shared(t.Context(), friend.mentor, honest); err != nil {
		t.Errorf("the friend’s is closed: %v", err)
	}
	opened := must(w.OpenShare(t.Context(), model.OpenInput{Secret: link.Secret, Mentor: own.mentor, ManagerID: now.ManagerID, From: "a place"}))(t)
	if !opened.Own || opened.Token != "" {
		t.Errorf("opened again it is %+v", opened)
	}
	// Neither by the other history's, which is the manager's now.
	w.manager = there
	if opened := must(w.OpenShare(t.Context(), model.OpenInput{Secret: w.link(hereID).Secret, ManagerID: now.ManagerID, From: "a place"}))(t); !opened.Own {
		t.Errorf("the former history’s opens as %+v", opened)
	}
	if _, err := w.ContinueAsMentor(t.Context(), model.ContinueInput{Code: code, ManagerID: there, From: "a place"}); err == nil {
		t.Error("a code leads to their own view")
	}
	must(w.UndoTogether(t.Context(), now))(t)
	after := w.dump()
	for _, table := range []string{"reviews", "ratings", "grants", "reveals"} {
		w.same("undone", map[string][]string{table: before[table]}, after)
	}
}

// A code that was made in the browser of a history that is another's now is still known for the manager's own.
func TestAMarkOutlivesLayingTogether(t *testing.T) {
	w := newWorld(t)
	here, there, _, thereID, session := w.laid()
	_ = there
	other := w.newManager()
	w.manager = other
	theirs := w.visitor()
	share := theirs.open(w.link(w.sit("first-team", model.FullForm, contrast), blindly))
	_ = share
	theirs.signsIn(here)
	code := theirs.code() // in the browser of here, who shares with nobody yet
	w.together(session, anIdentity("one"), model.Mentor{})
	w.manager = there
	mentor := w.visitor()
	mentor.open(w.link(thereID, blindly))
	if err := mentor.continues(code, false); err == nil {
		t.Error("the manager reads along with their own mentor")
	}
}

// Neither a merge nor its undoing lets one assessment count in two cycles of a team.
func TestOneAssessmentCountsOnceWhoeverItsPersonIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newTeamOn(t, opened, append(names(5), "here", "there")...)
		there := w.people["there"]
		must(w.Arrive(t.Context(), w.openedFor(there), model.Arrival{Identity: anIdentity("one"), Adding: true}))(t)
		cycle := w.open(model.FullForm)
		spent := map[string]string{}
		for _, name := range append(names(5), "here", "there") {
			spent[name] = w.contribute(cycle, name, levels{"": {3}})
		}
		w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, cycle))
		w.now = w.now.Add(24 * time.Hour)
		session := w.openedFor(w.people["here"])
		now := w.together(session, anIdentity("one"), model.Mentor{})
		next := must(w.MakeCycle(t.Context(), w.people[steward], w.team, model.CycleInput{
			Name: "Next", Form: "full", Closes: w.now.AddDate(0, 0, 14).Format(model.DateLayout), Before: "14",
		}))(t)
		for name, id := range map[string]string{"here": spent["here"], "there": spent["there"]} {
			if err := w.Contribute(t.Context(), there, w.team, next, counting(id)); err == nil {
				t.Errorf("that of %s counts twice", name)
			}
		}
		must(w.UndoTogether(t.Context(), now))(t)
		if err := w.Contribute(t.Context(), w.people["here"], w.team, next, counting(spent["here"])); err == nil {
			t.Error("after undoing it counts twice")
		}
	})
}

// For a day it can be undone, by whoever opens the history, and by nobody else; what was made since stays.
func TestUndoingHoldsForADay(t *testing.T) {
	w := newWorld(t)
	here, there, hereID, thereID, session := w.laid()
	words := strings.Join(w.key(), " ")
	w.manager = here
	draft := w.start("first-team", model.FullForm)
	stranger, third := w.openedFor(w.newManager()), w.newManager()
	w.manager = third
	w.sit("first-team", model.PulseForm, steady)
	if _, err := w.LayTogether(t.Context(), session, model.Mentor{}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("nobody has come, and it is laid together: %v", err)
	}
	now := w.together(session, anIdentity("one"), model.Mentor{})
	for _, one := range []model.Session{stranger, session} {
		if _, err := w.UndoTogether(t.Context(), one); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("undone by %+v: %v", one, err)
		}
	}
	// A third waits until this is settled.
	another := w.openedFor(third)
	w.asked(another, anIdentity("one"))
	if preview := must(w.Together(t.Context(), another, model.Mentor{}))(t); !preview.Waits.Any() {
		t.Error("the preview doesn’t say that it has to wait")
	}
	if _, err := w.LayTogether(t.Context(), another, model.Mentor{}); !wrongOn(err, "together") {
		t.Errorf("a third: %v", err)
	}
	w.manager = there
	w.answer(draft, contrast)
	w.now = w.now.Add(time.Hour)
	w.finish(draft)
	since := w.start("first-team", model.FullForm)
	w.answer(since, contrast)
	w.finish(since)
	came := w.arrives(model.Session{}, anIdentity("one"))
	if home := w.home(); home.Laid.Until.Sub(home.Laid.MadeAt) != 24*time.Hour {
		t.Errorf("home says %+v", home.Laid)
	}
	w.now = w.home().Laid.Until.Add(-time.Second)
	undone := w.session(must(w.UndoTogether(t.Context(), now))(t))
	if undone.ManagerID != here {
		t.Errorf("the browser opens %s", undone.ManagerID)
	}
	for id, owner := range map[string]string{hereID: here, draft: here, thereID: there, since: there} {
		must(w.Result(t.Context(), owner, id))(t)
	}
	if offered := w.result(since).Rerating; offered != nil && offered.EarlierID != thereID {
		t.Errorf("a look back leads from one to the other: %+v", offered)
	}
	w.ended(came)
	if _, err := w.recover(words, "here"); err != nil {
		t.Errorf("the key opens nothing: %v", err)
	}
	again := w.together(undone, anIdentity("one"), model.Mentor{})
	w.now = w.now.Add(model.UndoJoining)
	if _, err := w.UndoTogether(t.Context(), again); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a day later: %v", err)
	}
	w.upkeep()
	if left := w.dump()["joinings"]; len(left) > 0 {
		t.Errorf("kept are %v", left)
	}
}

// Whoever's device undoes it, neither history is left with no way to it.
func TestUndoingLeavesNothingUnreachable(t *testing.T) {
	w := newWorld(t)
	here, there, hereID, _, session := w.laid()
	now := w.together(session, anIdentity("one"), model.Mentor{})
	elsewhere := w.arrives(model.Session{}, anIdentity("one"))
	w.ok(w.EndDevice(t.Context(), elsewhere, now.ID))
	undone := w.session(must(w.UndoTogether(t.Context(), elsewhere))(t))
	if undone.ManagerID != here {
		t.Errorf("nothing leads to the former history, and the device opens %s", undone.ManagerID)
	}
	w.upkeep()
	must(w.Result(t.Context(), here, hereID))(t)
	if came := w.arrives(model.Session{}, anIdentity("one")); came.ManagerID != there {
		t.Error("the other is gone")
	}
}

// Whoever deletes everything while it can be undone deletes both, also from a backup of before.
func TestDeletingEverythingDeletesBoth(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		here, there, _, _, session := w.laid()
		w.full(here, "here")
		w.together(session, anIdentity("one"), model.Mentor{})
		must(w.DeleteEverything(t.Context(), there, true))(t)
		for table, rows := range w.dump() {
			for _, row := range rows {
				if strings.Contains(row, here) || strings.Contains(row, there) {
					t.Errorf("%s still has %s", table, row)
				}
			}
		}
		// As if an older state had come back.
		w.ok(w.store.InTx(t.Context(), func(tx *store.Store) error {
			return tx.CreateManager(t.Context(), model.Manager{ID: here, CreatedAt: w.now})
		}))
		list := must(w.store.Erasures(t.Context(), time.UnixMilli(0)))(t)
		if replayed := must(w.store.Replay(t.Context(), list))(t); replayed.Managers != 1 {
			t.Errorf("again deleted are %+v", replayed)
		}
	})
}

// Both keys open what was laid together; a new one ends both, also for what is taken apart.
func TestBothKeysOpenUntilThereIsANewOne(t *testing.T) {
	w := newWorld(t)
	here, there, _, _, session := w.laid()
	keys := map[string]string{}
	for _, id := range []string{here, there} {
		w.manager = id
		keys[id] = strings.Join(w.key(), " ")
	}
	w.together(session, anIdentity("one"), model.Mentor{})
	for _, words := range keys {
		if got := w.session(must(w.recover(words, "here"))(t)); got.ManagerID != there {
			t.Errorf("it opens %s", got.ManagerID)
		}
	}
	w.manager = there
	present := strings.Join(w.key(), " ")
	for _, words := range keys {
		if _, err := w.recover(words, "here"); err == nil {
			t.Error("a key that was replaced opens")
		}
	}
	must(w.UndoTogether(t.Context(), w.session(must(w.recover(present, "here"))(t))))(t)
	if _, err := w.recover(keys[here], "here"); err == nil {
		t.Error("undoing brings back a key that was ended")
	}
}

// What somebody else signs in to in the same way becomes nobody's who comes next, in no way.
func TestWhatSomebodyElseSignsInToIsNotLaidTogether(t *testing.T) {
	w := newWorld(t)
	here, _, hereID, _, session := w.laid()
	must(w.Arrive(t.Context(), session, model.Arrival{Identity: anIdentity("two"), Adding: true}))(t)
	session = w.openedFor(here)
	w.asked(session, anIdentity("one"))
	if choice := must(w.Choice(t.Context(), session))(t); !choice.Taken || !choice.Known {
		t.Errorf("the choice is %+v", choice)
	}
	_, err := w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.BothMine})
	expectFields(t, "laying together", err, "choice")
	_, err = w.Together(t.Context(), session, model.Mentor{})
	notFound(t, "the preview", err)
	_, err = w.LayTogether(t.Context(), session, model.Mentor{})
	notFound(t, "doing it all the same", err)
	must(w.Result(t.Context(), here, hereID))(t)
}

// A session that came to another history is known by whom it came for: a proxy that names them goes on naming them.
func TestASessionIsOpenedForWhomItCame(t *testing.T) {
	w := newWorld(t)
	_, there, _, _, session := w.laid()
	now := w.together(session, anIdentity("one"), model.Mentor{})
	if now.ManagerID != there || now.Way != model.ByOpenID || now.Issuer != anIdentity("one").Issuer || now.Subject != "one" {
		t.Errorf("the session is %+v", now)
	}
	undone := w.session(must(w.UndoTogether(t.Context(), now))(t))
	if undone.Way != session.Way || undone.Issuer != session.Issuer || undone.Subject != session.Subject {
		t.Errorf("after undoing it is %+v", undone)
	}
}
