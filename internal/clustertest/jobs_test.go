package clustertest_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"os/exec"
	"strings"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/clustertest"
	"whetstone/internal/demonstration"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// Three at once on an empty database: one migrates, and the others wait for it and find nothing left to do.
func TestConcurrentMigrate(t *testing.T) {
	// Several rounds, since whether they meet depends on the machine.
	for range 3 {
		database := emptyDatabase(t)
		var runs []*exec.Cmd
		var said []*strings.Builder
		for range 3 {
			run, words := clustertest.Command(t, binary, "migrate", "--database", database), &strings.Builder{}
			run.Stdout, run.Stderr = words, words
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			runs, said = append(runs, run), append(said, words)
		}
		for i, run := range runs {
			if err := run.Wait(); err != nil || !strings.HasPrefix(said[i].String(), "The schema has version ") {
				t.Errorf("one of three migrations: %v\n%s", err, said[i])
			}
		}
		if output, err := clustertest.Command(t, binary, "migrate", "--status", "--database", database).CombinedOutput(); err != nil {
			t.Errorf("afterwards: %v\n%s", err, output)
		}
	}
}

// queried returns the one number that a query counts.
func queried(t *testing.T, database *sql.DB, query string) (count int) {
	t.Helper()
	if err := database.QueryRowContext(t.Context(), query).Scan(&count); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return count
}

func direct(t *testing.T, address string) *sql.DB {
	t.Helper()
	database, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = database.Close() })
	return database
}

// Three processes that start at once all find the same cycles past their last day: each is closed once, and what is
// published of it once. In the same moment all three do their upkeep, and find the same people whom nothing reaches
// any more.
func TestACycleClosesOnce(t *testing.T) {
	address := emptyDatabase(t)
	const past = 40 * 24 * time.Hour // longer than the demonstration's open cycles last
	fill(t, address, time.Now().Add(-past))
	database := direct(t, address)
	open := queried(t, database, `SELECT count(*) FROM cycles WHERE closed_at IS NULL`)
	turns := queried(t, database, `SELECT turns FROM ledger_turns`)
	closed := queried(t, database, `SELECT count(*) FROM cycle_aggregates`)
	people := queried(t, database, `SELECT count(*) FROM managers`) - unreachable
	if open < 2 {
		t.Fatalf("%d cycles are open, want two or more", open)
	}

	cluster := clustertest.Start(t, binary, address, 3)
	until(t, "all cycles are closed", func() bool {
		return queried(t, database, `SELECT count(*) FROM cycles WHERE closed_at IS NULL`) == 0
	})
	// A stop lets the jobs finish what they are about.
	for _, process := range cluster.Processes {
		process.Stop()
		if log := process.Log(); strings.Contains(log, "level=WARN") || strings.Contains(log, "level=ERROR") {
			t.Errorf("%s complains:\n%s", process.Address, log)
		}
	}
	if got := queried(t, database, `SELECT count(*) FROM cycle_aggregates`); got != closed+open {
		t.Errorf("published are %d cycles, want %d", got, closed+open)
	}
	// Whoever comes to late to close a cycle takes a turn and finds nothing to do.
	if got := queried(t, database, `SELECT turns FROM ledger_turns`); got < turns+open || got > turns+3*open {
		t.Errorf("%d turns were taken for %d cycles by three processes", got-turns, open)
	}
	if got := queried(t, database, `SELECT count(*) FROM (SELECT set_id, kind, level, step, count(*) FROM ledger_observations
		GROUP BY set_id, kind, level, step HAVING count(*) > 1) AS doubled`); got > 0 {
		t.Errorf("%d things stand twice in the ledger", got)
	}
	if got := queried(t, database, `SELECT count(*) FROM (SELECT people, count(*) FROM (
			SELECT set_id, string_agg(person || ' ' || sitting, ',' ORDER BY person) AS people FROM ledger_answers GROUP BY set_id
		) AS sets GROUP BY people HAVING count(*) > 1) AS doubled`); got > 0 {
		t.Errorf("%d sets of people stand twice in the ledger", got)
	}
	if got := queried(t, database, `SELECT count(*) FROM managers`); got != people {
		t.Errorf("%d people are left of %d", got, people)
	}
	if got := queried(t, database, `SELECT count(*) FROM erasures`); got != unreachable {
		t.Errorf("%d deletions are noted of %d", got, unreachable)
	}
}

// unreachable is how many people fill adds who have neither a session nor a key.
const unreachable = 25

// fill adds the made-up people and teams of the demonstration as of a moment, each with a session, and people
// without one, whom the upkeep deletes.
func fill(t *testing.T, address string, now time.Time) {
	t.Helper()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	if _, err := demonstration.Fill(t.Context(), opened, library, now); err != nil {
		t.Fatal(err)
	}
	useCases := app.New(opened, library, time.Now, rand.Text, app.Secret)
	for _, manager := range managers(t.Context(), t, address) {
		if _, _, err := useCases.OpenSession(t.Context(), manager, "a test"); err != nil {
			t.Fatal(err)
		}
	}
	for range unreachable {
		if _, err := useCases.NewManager(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func managers(ctx context.Context, t *testing.T, address string) (ids []string) {
	t.Helper()
	rows, err := direct(t, address).QueryContext(ctx, `SELECT id FROM managers`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}
