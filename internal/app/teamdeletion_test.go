package app_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// rows are all rows of all tables, as text, by table.
func rows(t *testing.T, address string) map[string][]string {
	t.Helper()
	driver, list := "pgx", `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	if path, isFile := strings.CutPrefix(address, "sqlite:"); isFile {
		driver, address, list = "sqlite3", "file:"+path, `SELECT name FROM sqlite_schema WHERE type = 'table'`
	}
	database, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	all := map[string][]string{}
	for _, table := range textsOf(t, database, list) {
		all[table[0]] = nil
		for _, row := range textsOf(t, database, `SELECT * FROM "`+table[0]+`"`) {
			all[table[0]] = append(all[table[0]], strings.Join(row, " | "))
		}
	}
	return all
}

// textsOf runs a query and returns all that it finds as text.
func textsOf(t *testing.T, database *sql.DB, query string) (texts [][]string) {
	t.Helper()
	found, err := database.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(values))
		for i, value := range values {
			if bytes, isBytes := value.([]byte); isBytes {
				value = string(bytes)
			}
			row[i] = fmt.Sprint(value)
		}
		texts = append(texts, row)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// holding lists the tables that hold a text.
func holding(all map[string][]string, text string) (tables []string) {
	for table, rows := range all {
		for _, row := range rows {
			if strings.Contains(row, text) {
				tables = append(tables, table)
				break
			}
		}
	}
	return tables
}

// Somebody deletes everything: frozen aggregates stay as they are, byte for byte, and in no row of any table is
// left who they were, where they were, or what they took; their tokens lead nowhere.
func TestDeletingEverythingLeavesAggregatesAndTokensOfNobody(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		ctx := t.Context()
		w := newTeamOn(t, storetest.Open(t, address), "bea-who-goes", "m2", "m3", "m4", "m5", "m6")
		bea := w.people["bea-who-goes"]
		first := w.open(model.FullForm)
		gone := map[string]string{"manager": bea, "place": w.places["bea-who-goes"], "name": "bea-who-goes"}
		for _, name := range []string{"bea-who-goes", "m2", "m3", "m4", "m5", "m6", steward} {
			id := w.contribute(first, name, levels{"": {3}, "design": {2, 4, 4}})
			if name == "bea-who-goes" {
				gone["assessment"] = id
			}
		}
		w.close(first)
		w.ok(w.ShowScores(ctx, bea, w.team, first, true))
		w.ok(w.Propose(ctx, bea, w.team, model.ProposalInput{Words: "What Bea proposes"}))
		gone["proposal"] = "What Bea proposes"
		second := w.open(model.FullForm)
		gone["second assessment"] = w.contribute(second, "bea-who-goes", levels{"": {5}})
		for _, name := range []string{"m2", "m3", "m4", "m5", steward} {
			w.contribute(second, name, levels{"": {3}})
		}
		if held := must(w.Holdings(ctx, bea))(t); held.Teams != 1 || held.Proposals != 1 {
			t.Errorf("held are %+v", held)
		}
		for what, text := range gone {
			if len(holding(rows(t, address), text)) == 0 {
				t.Errorf("no table held the %s to begin with", what)
			}
		}
		before, beforeRows := string(must(json.Marshal(w.outcome("m2", first).Aggregate))(t)), rows(t, address)
		must(w.DeleteEverything(ctx, bea, true))(t)
		all := rows(t, address)
		for what, text := range gone {
			if tables := holding(all, text); len(tables) > 0 {
				t.Errorf("the %s is still in %v", what, tables)
			}
		}
		if after := string(must(json.Marshal(w.outcome("m2", first).Aggregate))(t)); after != before {
			t.Errorf("the frozen aggregate changed from\n%s\nto\n%s", before, after)
		}
		for _, table := range []string{"ledger_answers", "ledger_observations", "cycle_aggregates"} {
			if len(all[table]) != len(beforeRows[table]) || len(all[table]) == 0 {
				t.Errorf("%s had %d rows and has %d", table, len(beforeRows[table]), len(all[table]))
			}
		}
		w.linkedToNothing(all)
		if got := w.outcome("m2", first); got.Named != nil || got.Members != 6 {
			t.Errorf("the page shows %+v of %d", got.Named, got.Members)
		}
		// Without what was deleted there are five left in the open cycle, of whom all were in the first.
		w.close(second)
		if got := w.outcome("m2", second).Aggregate; got.Contributors != 5 {
			t.Errorf("five are left, %d count", got.Contributors)
		}
	})
}

// linkedToNothing expects that the tokens in the ledger that lead to nobody any more stand in no other table.
func (w *teamWorld) linkedToNothing(all map[string][]string) {
	w.t.Helper()
	orphans := 0
	for _, row := range all["ledger_answers"] {
		for _, token := range strings.Split(row, " | ")[1:] {
			linked := len(holding(map[string][]string{"p": all["ledger_persons"], "s": all["ledger_sittings"]}, token)) > 0
			if linked {
				continue
			}
			orphans++
			if tables := holding(all, token); len(tables) != 1 {
				w.t.Errorf("a token of nobody stands in %v", tables)
			}
		}
	}
	if orphans == 0 {
		w.t.Error("every token still leads to somebody")
	}
}

// Deleting one assessment takes it out of an open cycle, and out of a comparison that would have needed it.
func TestDeletingOneAssessment(t *testing.T) {
	w := newTeam(t, names(7)...)
	everybody := append(names(7), steward)
	first := w.open(model.FullForm)
	ids := map[string]string{}
	for _, name := range everybody {
		ids[name] = w.contribute(first, name, levels{"": {2}})
	}
	w.close(first)
	second := w.open(model.FullForm)
	for _, name := range everybody {
		w.contribute(second, name, levels{"": {4}})
	}
	must(w.DeleteAssessment(t.Context(), w.people["m1"], ids["m1"], true))(t)
	w.close(second)
	got := w.outcome("m1", second).Aggregate
	if got.Contributors != 8 || got.Compared != "" || got.ComparedWithheld != model.Protected || got.Whole.Change != "" {
		t.Errorf("published is %+v", got)
	}
	third := w.open(model.FullForm)
	for _, name := range everybody {
		ids[name] = w.contribute(third, name, levels{"": {4}})
	}
	must(w.DeleteAssessment(t.Context(), w.people["m2"], ids["m2"], true))(t)
	w.close(third)
	if got := w.outcome("m2", third); got.Aggregate.Contributors != 7 || got.Contributed {
		t.Errorf("%d contributed", got.Aggregate.Contributors)
	}
}

// Managers whom nothing reaches any more go with their places; a team goes when nobody confirmed is left.
func TestIdleManagersLeaveTheirTeams(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(2)...)
		second := w.stranger("n1")
		_, session, err := w.OpenSession(t.Context(), w.people["m1"], "Firefox")
		w.ok(err)
		w.ok(w.EndIdleSessions(t.Context()))
		page := must(w.TeamPage(t.Context(), session.ManagerID, w.team))(t)
		if page.Members != 1 || page.Waiting != 0 || page.Stewards != 0 {
			t.Errorf("left are %+v", page)
		}
		w.ok(w.TakeOver(t.Context(), session.ManagerID, w.team))
		made, err := w.Invite(t.Context(), session.ManagerID, w.team, model.InvitationInput{Kind: model.JoinCode, Days: "7", Places: "100"})
		w.ok(err)
		must(w.JoinTerms(t.Context(), "", model.JoinInput{Secret: made.Secret, Kind: model.JoinCode, From: "x"}))(t)
		_, err = w.TeamPage(t.Context(), second.people[steward], second.team)
		notFound(t, "the page of a team without anybody", err)
		must(w.DeleteEverything(t.Context(), session.ManagerID, true))(t)
		_, err = w.JoinTerms(t.Context(), "", model.JoinInput{Secret: made.Secret, Kind: model.JoinCode, From: "x"})
		expectFields(t, "the made.Secret of a team that is gone", err, "code")
	})
}
