package app_test

import (
	"fmt"
	"testing"
	"time"

	"whetstone/internal/store/storetest"
)

// How many other teams the benchmark's instance has, and their members.
const (
	otherTeams   = 999
	otherMembers = 9
)

// largeInstance is a large team, to which many others can be added.
type largeInstance struct{ *storetest.LargeTeam }

// BenchmarkTeams closes a cycle of a team of 500 with 20 earlier cycles, and reads what its pages show: alone
// in the database, and in an instance of 1,000 teams with 20 cycles each. It prints how many times that takes of
// a bare reading of what it rests on (the same answers, the same aggregates), and of what it takes alone.
func BenchmarkTeams(b *testing.B) {
	instance := largeInstance{storetest.NewLargeTeam(b)}
	answers := instance.Bare(`SELECT sum(r.level) FROM cycle_contributions t JOIN answers r ON r.assessment_id = t.assessment_id
		WHERE t.cycle_id = '` + instance.Open + `' GROUP BY r.assessment_id`)
	aggregates := instance.Bare(`SELECT g.body FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id WHERE c.team_id = '` + instance.TeamID + `'`)
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
			{"home", aggregates, func() error { _, err := instance.Team(b.Context(), instance.Steward, instance.TeamID); return err }},
			{"result", aggregates, func() error {
				_, err := instance.TeamResult(b.Context(), instance.Steward, instance.TeamID, instance.Closed)
				return err
			}},
			{"trends", aggregates, func() error {
				_, err := instance.TeamTrends(b.Context(), instance.Steward, instance.TeamID)
				return err
			}},
			{"open cycle", aggregates, func() error {
				_, err := instance.CurrentCycle(b.Context(), instance.Steward, instance.TeamID, instance.Open)
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
						instance.Must(instance.CloseCycle(b.Context(), instance.Steward, instance.TeamID, instance.Open))
					} else {
						instance.Must(one.work())
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

// reopen undoes a closing.
func (i largeInstance) reopen() {
	i.Exec(
		`DELETE FROM ledger_observations WHERE set_id IN (SELECT a.set_id FROM ledger_answers a JOIN ledger_sittings s ON s.token = a.sitting
			JOIN cycle_contributions t ON t.assessment_id = s.assessment_id WHERE t.cycle_id = '`+i.Open+`')`,
		`DELETE FROM ledger_answers WHERE set_id IN (SELECT a.set_id FROM ledger_answers a JOIN ledger_sittings s ON s.token = a.sitting
			JOIN cycle_contributions t ON t.assessment_id = s.assessment_id WHERE t.cycle_id = '`+i.Open+`')`,
		`DELETE FROM cycle_aggregates WHERE cycle_id = '`+i.Open+`'`,
		`UPDATE cycles SET closed_at = NULL WHERE id = '`+i.Open+`'`)
}

// addOthers adds many teams of nine, with as many cycles, who share nobody with the large one, or with each
// other. Every hundredth shares one person with the next.
func (i largeInstance) addOthers() {
	sets := fmt.Sprintf(`WITH RECURSIVE t(team) AS (SELECT 0 UNION ALL SELECT team + 1 FROM t WHERE team < %d),
		c(cycle) AS (SELECT 0 UNION ALL SELECT cycle + 1 FROM c WHERE cycle < %d) `, otherTeams-1, storetest.LargeTeamCycles-1)
	const levels = `(SELECT 0 AS level UNION ALL SELECT 1 UNION ALL SELECT 2)`
	i.Exec(
		sets+`INSERT INTO teams SELECT 't-' || team, 'Team ' || team, '', 5, 0 FROM t`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO managers SELECT 'o-' || team || '-' || member, 0, 0, 0 FROM t, m`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO team_members SELECT 'q-' || team || '-' || member, 't-' || team, 'o-' || team || '-' || member, 'Member ' || member, 'member', 0, 0 FROM t, m`,
		sets+`INSERT INTO cycles SELECT 'c-' || team || '-' || cycle, 't-' || team, 'Cycle', 'full', '', cycle * 1000, cycle * 1000 + 500, cycle * 1000 + 500, 5, 3, 1, 0 FROM t, c`,
		sets+`INSERT INTO cycle_aggregates SELECT 'c-' || team || '-' || cycle, 's-' || team || '-' || cycle,
			(SELECT body FROM cycle_aggregates WHERE cycle_id = '`+i.Closed+`') FROM t, c`,
		sets+`, m(member) AS (SELECT 0 UNION ALL SELECT member + 1 FROM m WHERE member < `+fmt.Sprint(otherMembers-1)+`)
			INSERT INTO ledger_answers SELECT 's-' || team || '-' || cycle,
				'x-' || CASE WHEN team % 100 = 99 AND member = 0 THEN team - 1 ELSE team END || '-' || member, 'y-' || team || '-' || cycle || '-' || member, '' FROM t, c, m`,
		sets+`INSERT INTO ledger_observations SELECT 'z-' || team || '-' || cycle || '-' || level, 's-' || team || '-' || cycle, 0, level, 0.1, 5, 3, 1, 0, 0, 0, 0 FROM t, c, `+levels)
}
