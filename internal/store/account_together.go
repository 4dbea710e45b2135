package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"whetstone/internal/model"
)

// owned are the tables whose rows have an id and belong to a manager: they move as they are. What of the other tables of
// a manager's becomes, JoinHistories says one by one.
var owned = []string{"assessments", "shares", "commitments", "log_entries", "depth_maps", "identities", "passkeys", "sessions"}

// JoinHistories gives everything of one manager to another, who have turned out to be one person, in the browser of a
// session of the first. Where only one can be kept, the second's is: targets of the same competency, the cadence, the
// calendar's address, the place in a team in which both are. Both recovery keys go on opening the history. What the
// mentors among them said of either no longer counts, since nobody is their own mentor. A record of it allows undoing
// it until a moment.
func (s *Store) JoinHistories(ctx context.Context, former, kept, formerSession string, arrival model.Identity, mentors []string, now, until time.Time) error {
	j := &joining{Store: s}
	for _, step := range []func() error{
		func() error { return j.forgetArrivals(ctx, former, kept) },
		func() error { return j.noteCame(ctx, formerSession, arrival) },
		func() error { return j.joinManagers(ctx, former, kept) },
		func() error { return j.joinTokens(ctx, former, kept) },
		func() error { return j.joinPlaces(ctx, former, kept) },
		func() error { return j.moveOwned(ctx, former, kept) },
		func() error { return j.joinSettings(ctx, former, kept) },
		func() error { return j.joinReminded(ctx, former, kept) },
		func() error { return j.joinKeys(ctx, former, kept) },
		func() error { return j.joinTies(ctx, former, kept) },
		func() error { return j.joinOwners(ctx, former, kept) },
		func() error { return j.setOwnViewsAside(ctx, kept, mentors, now) },
		func() error { return j.move(ctx, "former_managers", "manager_id", "id", former, kept, "") },
		func() error { return j.takeOut(ctx, "managers", "id = $1", former) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if _, err := s.Exec(ctx, `INSERT INTO former_managers (id, manager_id) VALUES ($1, $2)`, former, kept); err != nil {
		return err
	}
	s.erased = true // what is remembered says whose it was
	record, err := json.Marshal(j.steps)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `INSERT INTO joinings (manager_id, former_id, made_at, undo_until, record) VALUES ($1, $2, $3, $4, $5)`,
		kept, former, milliseconds(now), milliseconds(until), string(record))
	return err
}

// forgetArrivals ends what browsers of the two have yet to choose: it was between what is one now.
func (j *joining) forgetArrivals(ctx context.Context, former, kept string) error {
	_, err := j.Exec(ctx, `DELETE FROM arrivals WHERE manager_id IN ($1, $2)
		OR session_id IN (SELECT id FROM sessions WHERE manager_id IN ($1, $2))`, former, kept)
	return err
}

// noteCame notes on a session how it came to the history that it opens from now on.
func (j *joining) noteCame(ctx context.Context, session string, arrival model.Identity) error {
	was := map[string]any{}
	err := j.Query(ctx, func(row func(...any) error) error {
		var way, as, issuer, subject string
		err := row(&way, &as, &issuer, &subject)
		was["way"], was["came_as"], was["issuer"], was["subject"] = way, as, issuer, subject
		return err
	}, `SELECT way, came_as, issuer, subject FROM sessions WHERE id = $1`, session)
	if err != nil || len(was) == 0 {
		return err
	}
	return j.change(ctx, "sessions", map[string]any{"id": session}, was, map[string]any{
		"way": string(arrival.Way), "came_as": arrival.Name, "issuer": arrival.Issuer, "subject": arrival.Subject,
	})
}

// joinManagers lays together what is noted of the managers themselves: what counts in reliability figures is what both
// allowed, and numbers of one rest on no answers of the other, so that an export can't tell any more.
func (j *joining) joinManagers(ctx context.Context, former, kept string) error {
	var one, other [3]int64
	for id, into := range map[string]*[3]int64{former: &one, kept: &other} {
		err := j.QueryRow(ctx, `SELECT counts_for_reliability,
			CASE WHEN thinned = 1 OR EXISTS (SELECT 1 FROM assessments a WHERE a.manager_id = managers.id AND a.state = 'finished') THEN 1 ELSE 0 END, map_offer_over
			FROM managers WHERE id = $1`, []any{id}, &into[0], &into[1], &into[2])
		if err != nil {
			return err
		}
	}
	rows, err := j.wholeRows(ctx, "managers", "id = $1", kept)
	if err != nil || len(rows) == 0 {
		return err
	}
	was := map[string]any{"counts_for_reliability": rows[0]["counts_for_reliability"], "thinned": rows[0]["thinned"], "map_offer_over": rows[0]["map_offer_over"]}
	is := map[string]any{"counts_for_reliability": min(one[0], other[0]), "thinned": was["thinned"], "map_offer_over": max(one[2], other[2])}
	if one[1] == 1 && other[1] == 1 {
		is["thinned"] = int64(1)
	}
	return j.change(ctx, "managers", map[string]any{"id": kept}, was, is)
}

func (j *joining) moveOwned(ctx context.Context, former, kept string) error {
	for _, table := range owned {
		if err := j.move(ctx, table, "manager_id", "id", former, kept, ""); err != nil {
			return err
		}
	}
	return nil
}

// joinSettings moves what the second has none of, and takes the rest out.
func (j *joining) joinSettings(ctx context.Context, former, kept string) error {
	scopes, err := j.texts(ctx, `SELECT DISTINCT scope FROM targets WHERE manager_id = $1 ORDER BY scope`, former)
	if err != nil {
		return err
	}
	for _, scope := range scopes {
		if err := j.moveTargets(ctx, former, kept, scope); err != nil {
			return err
		}
	}
	for _, table := range []string{"cadences", "calendar_feeds", "calendar_versions", "mail_reminders", "organisers"} {
		there := 0
		err := j.QueryRow(ctx, fmt.Sprintf(`SELECT count(*) FROM %s WHERE manager_id = $1`, table), []any{kept}, &there)
		if err == nil && there > 0 {
			err = j.takeOut(ctx, table, "manager_id = $1", former)
		} else if err == nil {
			err = j.moveRow(ctx, table, former, kept)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// joinReminded has nobody reminded again of what either was reminded of.
func (j *joining) joinReminded(ctx context.Context, former, kept string) error {
	if err := j.move(ctx, "reminder_mails", "manager_id", "stop_hash", former, kept, ""); err != nil {
		return err
	}
	return j.move(ctx, "reminded_things", "manager_id", "thing", former, kept,
		`NOT EXISTS (SELECT 1 FROM reminded_things o WHERE o.manager_id = $2 AND o.thing = reminded_things.thing)`)
}

// moveTargets moves the targets of a scope where the second has none in it at all: they are chosen together.
func (j *joining) moveTargets(ctx context.Context, former, kept, scope string) error {
	there := 0
	if err := j.QueryRow(ctx, `SELECT count(*) FROM targets WHERE manager_id = $1 AND scope = $2`, []any{kept, scope}, &there); err != nil {
		return err
	}
	if there > 0 {
		return j.takeOut(ctx, "targets", "manager_id = $1 AND scope = $2", former, scope)
	}
	rows, err := j.wholeRows(ctx, "targets", "manager_id = $1 AND scope = $2", former, scope)
	for _, row := range rows {
		if err == nil {
			err = j.pass(ctx, "targets", row, former, kept)
		}
	}
	return err
}

// moveRow moves the one row that a manager has in a table.
func (j *joining) moveRow(ctx context.Context, table, former, kept string) error {
	rows, err := j.wholeRows(ctx, table, "manager_id = $1", former)
	if err != nil || len(rows) == 0 {
		return err
	}
	// A calendar that reads it in between changes nothing, nor does a mail that is sent.
	for _, column := range []string{"read_at", "failures", "retry_at"} {
		delete(rows[0], column)
	}
	return j.pass(ctx, table, rows[0], former, kept)
}

// pass gives a row to another manager; it comes back as long as it stays as it is.
func (j *joining) pass(ctx context.Context, table string, row map[string]any, former, kept string) error {
	delete(row, "manager_id")
	j.steps = append(j.steps, joiningStep{Table: table, Row: row, Was: map[string]any{"manager_id": former}, Is: map[string]any{"manager_id": kept}})
	condition, arguments := matching(row, []any{kept, former})
	_, err := j.Exec(ctx, fmt.Sprintf(`UPDATE %s SET manager_id = $1 WHERE manager_id = $2 AND %s`, table, condition), arguments...)
	return err
}

// joinKeys lets the recovery keys of both open the history.
func (j *joining) joinKeys(ctx context.Context, former, kept string) error {
	if err := j.move(ctx, "further_keys", "manager_id", "key_hash", former, kept, ""); err != nil {
		return err
	}
	there, err := j.RecoveryKey(ctx, kept)
	if err != nil {
		return err
	}
	if there.Made.IsZero() {
		return j.moveRow(ctx, "recovery_keys", former, kept)
	}
	key, err := j.RecoveryKey(ctx, former)
	if err != nil || key.Made.IsZero() {
		return err
	}
	_, err = j.Exec(ctx, `INSERT INTO further_keys (key_hash, manager_id, created_at) VALUES ($1, $2, $3)`, key.Hash, kept, milliseconds(key.Made))
	if err != nil {
		return err
	}
	j.made("further_keys", map[string]any{"key_hash": key.Hash})
	if err := j.takeOut(ctx, "recovery_keys", "manager_id = $1", former); err != nil {
		return err
	}
	j.steps[len(j.steps)-1].WhileKey = key.Hash
	return nil
}

// joinTies moves the mentor who is kept under the first's sign-in, unless there is one under the second's.
func (j *joining) joinTies(ctx context.Context, former, kept string) error {
	_, err := j.TiedMentor(ctx, kept)
	if errors.Is(err, model.ErrNotFound) {
		return j.move(ctx, "mentor_ties", "manager_id", "mentor_id", former, kept, "")
	}
	if err != nil {
		return err
	}
	return j.takeOut(ctx, "mentor_ties", "manager_id = $1", former)
}

// joinOwners lets the browsers of mentors that have acted for the first have acted for the second.
func (j *joining) joinOwners(ctx context.Context, former, kept string) error {
	rows, err := j.wholeRows(ctx, "mentor_owners", "manager_id = $1", former)
	if err != nil {
		return err
	}
	if err := j.takeOut(ctx, "mentor_owners", "manager_id = $1", former); err != nil {
		return err
	}
	for _, row := range rows {
		added, err := j.Exec(ctx, `INSERT INTO mentor_owners (mentor_id, browser_id, manager_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			row["mentor_id"], row["browser_id"], kept)
		if err != nil {
			return err
		}
		if added > 0 {
			j.made("mentor_owners", map[string]any{"mentor_id": row["mentor_id"], "browser_id": row["browser_id"], "manager_id": kept})
		}
	}
	return nil
}

// setOwnViewsAside lets nothing count that mentors, who are the manager themself, said of the history, and closes it to
// them as mentors.
func (j *joining) setOwnViewsAside(ctx context.Context, managerID string, mentors []string, now time.Time) error {
	for _, mentor := range mentors {
		views, err := j.texts(ctx, `SELECT r.id FROM reviews r JOIN assessments a ON a.id = r.assessment_id
			WHERE a.manager_id = $1 AND r.mentor_id = $2 AND r.set_aside_at IS NULL ORDER BY r.id`, managerID, mentor)
		if err != nil {
			return err
		}
		for _, view := range views {
			is := map[string]any{"set_aside_at": now.UnixMilli()}
			if err := j.change(ctx, "reviews", map[string]any{"id": view}, map[string]any{"set_aside_at": nil}, is); err != nil {
				return err
			}
		}
		err = j.takeOut(ctx, "grants", "mentor_id = $1 AND share_id IN (SELECT id FROM shares WHERE manager_id = $2)", mentor, managerID)
		if err != nil {
			return err
		}
	}
	return nil
}

// Joining finds that two histories were laid together, of which a manager's came; model.ErrNotFound if none were, or
// if it can't be undone any more.
func (s *Store) Joining(ctx context.Context, managerID string, now time.Time) (joined model.Joining, err error) {
	var made, until sql.NullInt64
	err = s.QueryRow(ctx, `SELECT former_id, made_at, undo_until FROM joinings WHERE manager_id = $1 AND undo_until > $2`,
		[]any{managerID, milliseconds(now)}, &joined.FormerID, &made, &until)
	joined.MadeAt, joined.Until = moment(made), moment(until)
	return joined, err
}

// EndJoining forgets how a manager's history was laid together; model.ErrNotFound if nothing is kept of it.
func (s *Store) EndJoining(ctx context.Context, managerID string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM joinings WHERE manager_id = $1`, managerID)))
}

// DeleteJoiningsBefore forgets a batch of those that could be undone until a moment, and reports whether there may be more.
func (s *Store) DeleteJoiningsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	deleted, err := s.Exec(ctx, `DELETE FROM joinings WHERE manager_id IN
		(SELECT manager_id FROM joinings WHERE undo_until <= $1 ORDER BY undo_until LIMIT $2)`, milliseconds(limit), batchRows)
	if err == nil && deleted > 0 {
		err = s.NoteRemains(ctx, nil)
	}
	return deleted == batchRows, err
}

// FormerIDs are those by which a manager was known before histories were laid together.
func (s *Store) FormerIDs(ctx context.Context, managerID string) ([]string, error) {
	return s.texts(ctx, `SELECT id FROM former_managers WHERE manager_id = $1 ORDER BY id`, managerID)
}

// Clashes are what a manager has of which another has its like, so that one of the two can't be kept.
func (s *Store) Clashes(ctx context.Context, here, there string) (clashes model.Clashes, err error) {
	clashes.Scopes, err = s.texts(ctx, `SELECT DISTINCT scope FROM targets WHERE manager_id = $1
		AND scope IN (SELECT o.scope FROM targets o WHERE o.manager_id = $2) ORDER BY scope`, here, there)
	if err != nil {
		return clashes, err
	}
	both := map[string]*bool{"cadences": &clashes.Cadence, "calendar_feeds": &clashes.Calendar, "recovery_keys": &clashes.Keys}
	for table, into := range both {
		count := 0
		err := s.QueryRow(ctx, fmt.Sprintf(`SELECT count(*) FROM %s WHERE manager_id IN ($1, $2)`, table), []any{here, there}, &count)
		if err != nil {
			return clashes, err
		}
		*into = count == 2
	}
	return clashes, s.Query(ctx, func(row func(...any) error) error {
		var one model.TwiceIn
		err := row(&one.Team, &one.Here, &one.There)
		clashes.Teams = append(clashes.Teams, one)
		return err
	}, `SELECT t.name, m.name, o.name FROM team_members m JOIN team_members o ON o.team_id = m.team_id JOIN teams t ON t.id = m.team_id
		WHERE m.manager_id = $1 AND o.manager_id = $2 ORDER BY t.name, t.id`, here, there)
}

// ViewsBy counts what a mentor has written of the assessments of two managers.
func (s *Store) ViewsBy(ctx context.Context, mentorID, one, other string) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM reviews r JOIN assessments a ON a.id = r.assessment_id
		WHERE r.mentor_id = $1 AND a.manager_id IN ($2, $3)`, []any{mentorID, one, other}, &count)
	return count, err
}
