package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// The size of a LargeTeam: its members, and its closed cycles.
const (
	LargeTeamMembers = 500
	LargeTeamCycles  = 20
)

// LargeTeam is an instance, in an SQLite file of its own, with one team, its closed cycles, which the use cases
// closed, and one that is open. Its people and their answers are copied in SQL: doing it through the use cases would
// take an hour.
type LargeTeam struct {
	*app.App
	// Steward and Member are managers; both took part in the latest closed cycle.
	Steward, Member string
	// TeamID is the team, Open its open cycle, Closed the latest one before.
	TeamID, Open, Closed string

	tb  testing.TB
	raw *sql.DB
	now time.Time
}

// NewLargeTeam makes a LargeTeam, which goes with the test.
func NewLargeTeam(tb testing.TB) *LargeTeam {
	tb.Helper()
	l := &LargeTeam{tb: tb, now: time.Date(2026, time.March, 3, 9, 30, 0, 0, time.UTC)}
	library, err := questionnaire.Load(data.Files)
	l.Must(err)
	path := tb.TempDir() + "/whetstone.db"
	opened, err := store.Open(context.Background(), "sqlite:"+path)
	l.Must(err)
	tb.Cleanup(func() { _ = opened.Close() })
	l.App = app.New(opened, library, l.Now, rand.Text, app.Secret)
	l.raw, err = sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000&_synchronous=OFF")
	l.Must(err)
	l.raw.SetMaxOpenConns(1) // a temporary table is seen by its own connection alone
	tb.Cleanup(func() { _ = l.raw.Close() })
	template := l.addPeople()
	for number := range LargeTeamCycles + 1 {
		l.now = l.now.AddDate(0, 3, 0)
		l.Closed = l.Open
		l.Open, err = l.MakeCycle(context.Background(), l.Steward, l.TeamID, model.CycleInput{
			Name: fmt.Sprint("Cycle ", number), Form: "full", Closes: l.now.AddDate(0, 0, 14).Format(model.DateLayout),
		})
		l.Must(err)
		l.addContributions(template, number)
		l.now = l.now.AddDate(0, 0, 1)
		if number < LargeTeamCycles {
			l.Must(l.CloseCycle(context.Background(), l.Steward, l.TeamID, l.Open))
		}
	}
	return l
}

// Now is the time in the instance.
func (l *LargeTeam) Now() time.Time { return l.now }

// Must ends the test on an error.
func (l *LargeTeam) Must(err error) {
	l.tb.Helper()
	if err != nil {
		l.tb.Fatal(err)
	}
}

// Exec runs statements directly, without the use cases.
func (l *LargeTeam) Exec(statements ...string) {
	l.tb.Helper()
	for _, statement := range statements {
		_, err := l.raw.ExecContext(context.Background(), statement)
		l.Must(err)
	}
}

// Bare returns how long a query takes by itself, in nanoseconds: the best of several runs.
func (l *LargeTeam) Bare(query string) float64 {
	l.tb.Helper()
	best := time.Hour
	for range 5 {
		started := time.Now()
		rows, err := l.raw.QueryContext(context.Background(), query)
		l.Must(err)
		for rows.Next() {
			var value any
			l.Must(rows.Scan(&value))
		}
		l.Must(rows.Close())
		best = min(best, time.Since(started))
	}
	return float64(best.Nanoseconds())
}

// addPeople makes the team and its people, and returns the assessment that the others' are copies of.
func (l *LargeTeam) addPeople() (template string) {
	ctx := context.Background()
	var err error
	l.Steward, err = l.NewManager(ctx)
	l.Must(err)
	template, err = l.Start(ctx, l.Steward, model.StartInput{Questionnaire: "first-team", Craft: "software", Form: "full"})
	l.Must(err)
	draft, err := l.Progress(ctx, l.Steward, template)
	l.Must(err)
	var inputs []app.AnswerInput
	for _, section := range draft.Assessment.Sections {
		for _, item := range section.Items {
			inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: "3", Spent: time.Minute})
		}
	}
	_, err = l.SaveAnswers(ctx, l.Steward, template, inputs)
	l.Must(err)
	l.Must(l.Finish(ctx, l.Steward, template, true, model.Zone{}))
	l.TeamID, err = l.MakeTeam(ctx, l.Steward, model.TeamInput{Name: "Large", SmallestGroup: "5", MemberName: "Ann"})
	l.Must(err)
	l.Member = "m-2"
	before := fmt.Sprint(l.now.UnixMilli())
	l.Exec(
		fmt.Sprintf(`CREATE TEMP TABLE people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n`, LargeTeamMembers-1),
		`INSERT INTO managers (id, created_at) SELECT 'm-' || i, 0 FROM people`,
		`INSERT INTO team_members SELECT 'p-' || i, '`+l.TeamID+`', 'm-' || i, 'Member ' || i, 'member', `+before+`, `+before+` FROM people`,
		`INSERT INTO ledger_persons (manager_id, token) SELECT 'm-' || i, hex(randomblob(16)) FROM people`,
		`INSERT INTO ledger_persons (manager_id, token) VALUES ('`+l.Steward+`', hex(randomblob(16)))`,
		// The steward takes part like the others.
		`INSERT INTO people VALUES (0)`,
		`UPDATE team_members SET id = 'p-0' WHERE manager_id = '`+l.Steward+`'`,
		// Each one knows the next ten.
		fmt.Sprintf(`INSERT INTO team_acquaintances SELECT 'p-' || a.i, 'p-' || b.i FROM people a JOIN people b
			ON (b.i - a.i + %d) %% %d BETWEEN 1 AND 10`, LargeTeamMembers, LargeTeamMembers))
	return template
}

// addContributions lets everybody contribute an assessment of their own to the open cycle; about one in twenty
// doesn't take part.
func (l *LargeTeam) addContributions(template string, number int) {
	manager := `CASE i WHEN 0 THEN '` + l.Steward + `' ELSE 'm-' || i END`
	taking := fmt.Sprintf(`people WHERE (i + %d) %% 20 <> 1`, number*7)
	id := fmt.Sprintf(`'a-%d-' || i`, number)
	finished := fmt.Sprint(l.now.Add(time.Hour).UnixMilli())
	l.Exec(
		`INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants)
			SELECT `+id+`, `+manager+`, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, `+finished+`, item_variance, degrees, constants
			FROM assessments t, `+taking+` AND t.id = '`+template+`'`,
		`INSERT INTO assessment_sections SELECT `+id+`, position, competency, content_hash, target, importance FROM assessment_sections t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO assessment_items SELECT `+id+`, position, competency, item_id, content_hash FROM assessment_items t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO answers SELECT `+id+`, item_id, 1 + abs(random()) % 5, note, revision, spent, updated_at FROM answers t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO ledger_sittings SELECT `+id+`, hex(randomblob(16)) FROM `+taking,
		`INSERT INTO cycle_contributions SELECT '`+l.Open+`', 'p-' || i, `+id+` FROM `+taking)
}
