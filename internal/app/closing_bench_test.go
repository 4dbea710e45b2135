package app_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// closingBench is an instance with one team of nine whose cycle is to be closed, and somebody who saves.
type closingBench struct {
	*app.App
	b              *testing.B
	raw            *sql.DB
	now            time.Time
	steward, saver string
	team, draft    string
	item           string
}

func newClosingBench(b *testing.B) *closingBench {
	b.Helper()
	path := filepath.Join(b.TempDir(), "whetstone.db")
	opened, err := store.Open(b.Context(), "sqlite:"+path)
	c := &closingBench{b: b, now: time.Date(2026, time.March, 3, 9, 30, 0, 0, time.UTC)}
	c.must(err)
	b.Cleanup(func() { _ = opened.Close() })
	c.raw, err = sql.Open("sqlite3", "file:"+path+"?_busy_timeout=10000&_synchronous=OFF")
	c.must(err)
	c.raw.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = c.raw.Close() })
	library, err := shipped()
	c.must(err)
	c.App = app.New(opened, library, func() time.Time { return c.now }, rand.Text, app.Secret)
	c.saver, err = c.NewManager(b.Context())
	c.must(err)
	c.draft, c.item = c.start(c.saver)
	return c
}

func (c *closingBench) must(err error) {
	c.b.Helper()
	if err != nil {
		c.b.Fatal(err)
	}
}

// start begins an assessment, and returns one of its items.
func (c *closingBench) start(manager string) (id, item string) {
	ctx := c.b.Context()
	id, err := c.Start(ctx, manager, model.StartInput{Questionnaire: "first-team", Craft: "software", Form: "full"})
	c.must(err)
	draft, err := c.Progress(ctx, manager, id)
	c.must(err)
	return id, draft.Assessment.Sections[0].Items[0].ID
}

// save saves one answer, as a page does while somebody answers.
func (c *closingBench) save(ctx context.Context, level model.Level) error {
	_, err := c.SaveAnswers(ctx, c.saver, c.draft, []app.AnswerInput{{Item: c.item, Level: level.Typed(), Spent: time.Second}})
	return err
}

// fill makes the team of nine with all that they answered, and lets so many sets of nine connected with it: each
// person is in about eight.
func (c *closingBench) fill(sets int) (cycle string) {
	ctx := c.b.Context()
	var people []string
	for len(people) < 9 {
		manager, err := c.NewManager(ctx)
		c.must(err)
		people = append(people, manager)
	}
	c.steward = people[0]
	var err error
	c.team, err = c.MakeTeam(ctx, c.steward, model.TeamInput{Name: "Team", SmallestGroup: "5", MemberName: "Ann"})
	c.must(err)
	_, err = c.raw.ExecContext(ctx, `UPDATE team_members SET id = 'p-0' WHERE manager_id = $1`, c.steward)
	c.must(err)
	for i, manager := range people[1:] {
		_, err := c.raw.ExecContext(ctx, `INSERT INTO team_members VALUES ($1, $2, $3, $1, 'member', 0, 1)`, fmt.Sprint("p-", i+1), c.team, manager)
		c.must(err)
	}
	_, err = c.raw.ExecContext(ctx, `UPDATE team_members SET confirmed_at = 1`)
	c.must(err)
	_, err = c.raw.ExecContext(ctx, `INSERT INTO team_acquaintances SELECT a.id, b.id FROM team_members a JOIN team_members b ON a.id <> b.id`)
	c.must(err)
	cycle, err = c.MakeCycle(ctx, c.steward, c.team, model.CycleInput{Name: "Cycle", Form: "full", Closes: c.now.AddDate(0, 0, 14).Format(model.DateLayout)})
	c.must(err)
	for _, manager := range people {
		id, _ := c.start(manager)
		draft, err := c.Progress(ctx, manager, id)
		c.must(err)
		var inputs []app.AnswerInput
		for _, section := range draft.Assessment.Sections {
			for _, item := range section.Items {
				inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: "3", Spent: time.Minute})
			}
		}
		_, err = c.SaveAnswers(ctx, manager, id, inputs)
		c.must(err)
		c.must(c.Finish(ctx, manager, id, true, model.Zone{}))
		c.must(c.Contribute(ctx, manager, c.team, cycle, counting(id)))
	}
	for _, statement := range []string{
		fmt.Sprintf(`CREATE TEMP TABLE sets AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n`, sets),
		`CREATE TEMP TABLE places AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 8) SELECT i FROM n`,
		fmt.Sprintf(`INSERT OR IGNORE INTO ledger_answers (set_id, person, sitting)
			SELECT 's' || s.i, 'q' || (abs(s.i * 7919 + p.i * 104729 + s.i * s.i * p.i * 31) %% %d), 's' || s.i || '-' || p.i FROM sets s, places p`, max(9, sets*9/8)),
		`INSERT INTO ledger_observations (id, set_id, kind, level, step, smallest_group, smallest_effective_group, rules, smallest_known)
			SELECT 'o' || i, 's' || i, 0, 0, 0.1, 5, 3, 2, 4 FROM sets`,
		// One of the team is one of them.
		`UPDATE ledger_answers SET person = (SELECT min(token) FROM ledger_persons) WHERE person = 'q1'`,
		`DROP TABLE sets`, `DROP TABLE places`,
	} {
		_, err := c.raw.ExecContext(ctx, statement)
		c.must(err)
	}
	return cycle
}

// BenchmarkClosing closes a cycle of a team whose members are connected with 100, 1,000 and 5,000 published sets,
// while somebody saves one answer after the other, and prints how long the close took and the longest wait of a save
// beside it, which is to stay below 100 ms.
func BenchmarkClosing(b *testing.B) {
	for _, sets := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprint(sets), func(b *testing.B) {
			var took, longest time.Duration
			for b.Loop() {
				b.StopTimer()
				c := newClosingBench(b)
				cycle := c.fill(sets)
				var closed atomic.Bool
				done := make(chan error)
				b.StartTimer()
				started := time.Now()
				go func() {
					err := c.CloseCycle(b.Context(), c.steward, c.team, cycle)
					closed.Store(true)
					done <- err
				}()
				for number := 0; !closed.Load(); number++ {
					began := time.Now()
					c.must(c.save(b.Context(), model.Level(1+number%5)))
					longest = max(longest, time.Since(began))
				}
				took = max(took, time.Since(started))
				c.must(<-done)
				result, err := c.TeamResult(b.Context(), c.steward, c.team, cycle)
				c.must(err)
				if want := sets >= 5000; (result.Aggregate.Withheld == model.TooLarge) != want {
					b.Fatalf("withheld is %q", result.Aggregate.Withheld)
				}
			}
			b.ReportMetric(float64(took.Milliseconds()), "ms/close")
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms/longest-save")
			b.ReportMetric(0, "ns/op")
		})
	}
}
