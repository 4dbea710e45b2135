package app_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Sizes of the benchmark's instance: one large team, and many others.
const (
	largeTeam     = 500
	earlierCycles = 20
	otherTeams    = 999
	otherMembers  = 9
)

// largeInstance is an instance with one large team, its cycles closed by the use cases. Its people and their
// answers are copied in SQL: through the use cases it would take an hour.
type largeInstance struct {
	*app.App
	b             *testing.B
	raw           *sql.DB
	now           time.Time
	manager, team string
	// open is the cycle that is about to be closed, closed the latest before it.
	open, closed string
}

// BenchmarkTeams closes a cycle of a team of 500 with 20 earlier cycles, and reads what its pages show: alone
// in the database, and in an instance of 1,000 teams with 20 cycles each. It prints how many times that takes of
// a bare reading of what it rests on (the same answers, the same aggregates), and of what it takes alone.
func BenchmarkTeams(b *testing.B) {
	instance := newLargeInstance(b)
	answers := instance.bare(`SELECT sum(r.level) FROM cycle_contributions t JOIN answers r ON r.assessment_id = t.assessment_id
		WHERE t.cycle_id = '` + instance.open + `' GROUP BY r.assessment_id`)
	aggregates := instance.bare(`SELECT g.body FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id WHERE c.team_id = '` + instance.team + `'`)
	alone := map[string]float64{}
	for _, place := range []string{"alone", "in 1000 teams"} {
		if place != "alone" {
			instance.addOthers()
		}
		for _, one := range []struct {
			name string
			bare float64
			work func() error
		}{
			{"closing", answers, nil},
			{"home", aggregates, func() error { _, err := instance.Team(b.Context(), instance.manager, instance.team); return err }},
			{"result", aggregates, func() error {
				_, err := instance.TeamResult(b.Context(), instance.manager, instance.team, instance.closed)
				return err
			}},
			{"trends", aggregates, func() error { _, err := instance.TeamTrends(b.Context(), instance.manager, instance.team); return err }},
			{"open cycle", aggregates, func() error {
				_, err := instance.CurrentCycle(b.Context(), instance.manager, instance.team, instance.open)
				return err
			}},
		} {
			b.Run(one.name+" "+place, func(b *testing.B) {
				var took time.Duration
				rounds := 0
				for b.Loop() {
					if one.work == nil {
						b.StopTimer()
						instance.reopen()
						b.StartTimer()
					}
					started := time.Now()
					if one.work == nil {
						instance.must(instance.CloseCycle(b.Context(), instance.manager, instance.team, instance.open))
					} else {
						instance.must(one.work())
					}
					took += time.Since(started)
					rounds++
				}
				each := float64(took.Nanoseconds()) / float64(rounds)
				b.ReportMetric(each/one.bare, "times-bare")
				if place == "alone" {
					alone[one.name] = each
				} else {
					b.ReportMetric(each/alone[one.name], "times-alone")
				}
			})
			if one.work == nil {
				instance.reopen()
			}
		}
	}
}

func (i *largeInstance) must(err error) {
	i.b.Helper()
	if err != nil {
		i.b.Fatal(err)
	}
}

func (i *largeInstance) exec(statements ...string) {
	i.b.Helper()
	for _, statement := range statements {
		_, err := i.raw.ExecContext(i.b.Context(), statement)
		i.must(err)
	}
}

// bare tells how long a query takes by itself, in nanoseconds: the best of several.
func (i *largeInstance) bare(query string) float64 {
	best := time.Hour
	for range 5 {
		started := time.Now()
		rows, err := i.raw.QueryContext(i.b.Context(), query)
		i.must(err)
		for rows.Next() {
			var value any
			i.must(rows.Scan(&value))
		}
		i.must(rows.Close())
		best = min(best, time.Since(started))
	}
	return float64(best.Nanoseconds())
}

// reopen undoes a closing.
func (i *largeInstance) reopen() {
	i.exec(
		`DELETE FROM ledger_observations WHERE set_id IN (SELECT a.set_id FROM ledger_answers a JOIN ledger_sittings s ON s.token = a.sitting
			JOIN cycle_contributions t ON t.assessment_id = s.assessment_id WHERE t.cycle_id = '`+i.open+`')`,
		`DELETE FROM ledger_answers WHERE set_id IN (SELECT a.set_id FROM ledger_answers a JOIN ledger_sittings s ON s.token = a.sitting
			JOIN cycle_contributions t ON t.assessment_id = s.assessment_id WHERE t.cycle_id = '`+i.open+`')`,
		`DELETE FROM cycle_aggregates WHERE cycle_id = '`+i.open+`'`,
		`UPDATE cycles SET closed_at = NULL WHERE id = '`+i.open+`'`)
}

func newLargeInstance(b *testing.B) *largeInstance {
	b.Helper()
	library, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	path := b.TempDir() + "/whetstone.db"
	opened, err := store.Open(b.Context(), "sqlite:"+path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = opened.Close() })
	i := &largeInstance{b: b, now: time.Date(2026, time.March, 3, 9, 30, 0, 0, time.UTC)}
	i.App = app.New(opened, library, func() time.Time { return i.now }, rand.Text, app.Secret)
	i.raw, err = sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	i.must(err)
	i.raw.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = i.raw.Close() })
	template := i.addPeople()
	for number := range earlierCycles + 1 {
		i.now = i.now.AddDate(0, 3, 0)
		i.closed = i.open
		i.open, err = i.MakeCycle(b.Context(), i.manager, i.team, model.CycleInput{
			Name: fmt.Sprint("Cycle ", number), Form: "full", Closes: i.now.AddDate(0, 0, 14).Format(model.DateLayout),
		})
		i.must(err)
		i.addContributions(template, number)
		i.now = i.now.AddDate(0, 0, 1)
		if number < earlierCycles {
			i.must(i.CloseCycle(b.Context(), i.manager, i.team, i.open))
		}
	}
	return i
}

// addPeople makes the team and its people, and gives the assessment that the others' are copies of.
func (i *largeInstance) addPeople() (template string) {
	ctx := i.b.Context()
	var err error
	i.manager, err = i.NewManager(ctx)
	i.must(err)
	template, err = i.Start(ctx, i.manager, model.StartInput{Questionnaire: "first-team", Craft: "software", Form: "full", Since: "2026-01-01"})
	i.must(err)
	draft, err := i.Progress(ctx, i.manager, template)
	i.must(err)
	var inputs []app.AnswerInput
	for _, section := range draft.Assessment.Sections {
		for _, item := range section.Items {
			inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: 3, Spent: time.Minute})
		}
	}
	_, err = i.SaveAnswers(ctx, i.manager, template, inputs)
	i.must(err)
	i.must(i.Finish(ctx, i.manager, template, true))
	i.team, err = i.MakeTeam(ctx, i.manager, model.TeamInput{Name: "Large", SmallestGroup: "5", MemberName: "Ann"})
	i.must(err)
	before := fmt.Sprint(i.now.UnixMilli())
	i.exec(
		fmt.Sprintf(`CREATE TEMP TABLE people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n`, largeTeam-1),
		`INSERT INTO managers (id, created_at) SELECT 'm-' || i, 0 FROM people`,
		`INSERT INTO team_members SELECT 'p-' || i, '`+i.team+`', 'm-' || i, 'Member ' || i, 'member', `+before+`, `+before+` FROM people`,
		`INSERT INTO ledger_persons (manager_id, token) SELECT 'm-' || i, hex(randomblob(16)) FROM people`,
		`INSERT INTO ledger_persons (manager_id, token) VALUES ('`+i.manager+`', hex(randomblob(16)))`,
		// The steward takes part like the others.
		`INSERT INTO people VALUES (0)`,
		`UPDATE team_members SET id = 'p-0' WHERE manager_id = '`+i.manager+`'`)
	return template
}

// addContributions lets everybody contribute an assessment of their own to the open cycle; about one in twenty
// doesn't take part.
func (i *largeInstance) addContributions(template string, number int) {
	manager := `CASE i WHEN 0 THEN '` + i.manager + `' ELSE 'm-' || i END`
	taking := fmt.Sprintf(`people WHERE (i + %d) %% 20 <> 1`, number*7)
	id := fmt.Sprintf(`'a-%d-' || i`, number)
	finished := fmt.Sprint(i.now.Add(time.Hour).UnixMilli())
	i.exec(
		`INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants)
			SELECT `+id+`, `+manager+`, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, `+finished+`, item_variance, degrees, constants
			FROM assessments t, `+taking+` AND t.id = '`+template+`'`,
		`INSERT INTO assessment_sections SELECT `+id+`, position, competency, content_hash, target, importance FROM assessment_sections t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO assessment_items SELECT `+id+`, position, competency, item_id, content_hash FROM assessment_items t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO answers SELECT `+id+`, item_id, 1 + abs(random()) % 5, note, revision, spent, updated_at FROM answers t, `+taking+` AND t.assessment_id = '`+template+`'`,
		`INSERT INTO ledger_sittings SELECT `+id+`, hex(randomblob(16)) FROM `+taking,
		`INSERT INTO cycle_contributions SELECT '`+i.open+`', 'p-' || i, `+id+` FROM `+taking)
}

// addOthers adds many teams of nine, with as many cycles, who share nobody with the large one, or with each
// other. Every hundredth shares one person with the next.
func (i *largeInstance) addOthers() {
	sets := fmt.Sprintf(`WITH RECURSIVE t(team) AS (SELECT 0 UNION ALL SELECT team + 1 FROM t WHERE team < %d),
		c(cycle) AS (SELECT 0 UNION ALL SELECT cycle + 1 FROM c WHERE cycle < %d) `, otherTeams-1, earlierCycles-1)
	const levels = `(SELECT 0 AS level UNION ALL SELECT 1 UNION ALL SELECT 2)`
	i.exec(
		sets+`INSERT INTO teams SELECT 't-' || team, 'Team ' || team, '', 5, 0 FROM t`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO managers SELECT 'o-' || team || '-' || member, 0, 0, 0 FROM t, m`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO team_members SELECT 'q-' || team || '-' || member, 't-' || team, 'o-' || team || '-' || member, 'Member ' || member, 'member', 0, 0 FROM t, m`,
		sets+`INSERT INTO cycles SELECT 'c-' || team || '-' || cycle, 't-' || team, 'Cycle', 'full', '', cycle * 1000, cycle * 1000 + 500, cycle * 1000 + 500, 5, 3 FROM t, c`,
		sets+`INSERT INTO cycle_aggregates SELECT 'c-' || team || '-' || cycle, 's-' || team || '-' || cycle,
			(SELECT body FROM cycle_aggregates WHERE cycle_id = '`+i.closed+`') FROM t, c`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO ledger_answers SELECT 's-' || team || '-' || cycle,
				'x-' || CASE WHEN team % 100 = 99 AND member = 0 THEN team - 1 ELSE team END || '-' || member, 'y-' || team || '-' || cycle || '-' || member FROM t, c, m`,
		sets+`INSERT INTO ledger_observations SELECT 'z-' || team || '-' || cycle || '-' || level, 's-' || team || '-' || cycle, 0, level, 0.1, 5, 3 FROM t, c, `+levels)
}
