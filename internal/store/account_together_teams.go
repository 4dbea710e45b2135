package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// joinPlaces moves a manager's places in teams. In a team in which both are, one place is left, the second's: there is
// one person in it, who counts once.
func (j *joining) joinPlaces(ctx context.Context, former, kept string) error {
	twice, err := j.texts(ctx, `SELECT m.team_id FROM team_members m JOIN team_members o ON o.team_id = m.team_id
		WHERE m.manager_id = $1 AND o.manager_id = $2 ORDER BY m.team_id`, former, kept)
	if err != nil {
		return err
	}
	for _, team := range twice {
		if err := j.joinPlace(ctx, former, kept, team); err != nil {
			return err
		}
	}
	return j.move(ctx, "team_members", "manager_id", "id", former, kept, "")
}

// joinPlace makes two places in a team one: the rights and the date are those of the older and the greater, what is
// contributed and shown is the second's where both do, and whom either knows, or who knows either, is known.
func (j *joining) joinPlace(ctx context.Context, former, kept, team string) error {
	goes, err := j.wholeRows(ctx, "team_members", "manager_id = $1 AND team_id = $2", former, team)
	if err != nil {
		return err
	}
	stays, err := j.wholeRows(ctx, "team_members", "manager_id = $1 AND team_id = $2", kept, team)
	if err != nil || len(goes) != 1 || len(stays) != 1 {
		return err
	}
	one, other := stays[0], goes[0]
	from, to := fmt.Sprint(other["id"]), fmt.Sprint(one["id"])
	for _, step := range []func() error{
		func() error {
			const taken = "cycle_id NOT IN (SELECT t.cycle_id FROM cycle_contributions t WHERE t.member_id = $2)"
			return j.move(ctx, "cycle_contributions", "member_id", "cycle_id", from, to, taken)
		},
		func() error { return j.takeOut(ctx, "cycle_contributions", "member_id = $1", from) },
		func() error { return j.moveShown(ctx, from, to) },
		func() error { return j.takeOut(ctx, "shown_scores", "member_id = $1", from) },
		func() error { return j.moveShownMap(ctx, from, to) },
		func() error { return j.move(ctx, "team_proposals", "member_id", "id", from, to, "") },
		func() error { return j.joinAcquaintances(ctx, from, to) },
		func() error {
			was := map[string]any{"role": one["role"], "confirmed_at": one["confirmed_at"], "joined_at": one["joined_at"]}
			is := map[string]any{"role": one["role"], "confirmed_at": earlierOf(one["confirmed_at"], other["confirmed_at"]), "joined_at": earlierOf(one["joined_at"], other["joined_at"])}
			if other["role"] == "steward" {
				is["role"] = "steward"
			}
			return j.change(ctx, "team_members", map[string]any{"id": to}, was, is)
		},
		func() error { return j.takeOut(ctx, "team_members", "id = $1", from) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// earlierOf is the earlier of two moments as they are stored; nil is none.
func earlierOf(one, other any) any {
	first, isFirst := one.(int64)
	second, isSecond := other.(int64)
	switch {
	case isFirst && isSecond:
		return min(first, second)
	case isFirst:
		return first
	case isSecond:
		return second
	}
	return nil
}

// moveShown moves what is shown by name of cycles of which the other place shows nothing.
func (j *joining) moveShown(ctx context.Context, from, to string) error {
	cycles, err := j.texts(ctx, `SELECT DISTINCT cycle_id FROM shown_scores WHERE member_id = $1
		AND cycle_id NOT IN (SELECT s.cycle_id FROM shown_scores s WHERE s.member_id = $2) ORDER BY cycle_id`, from, to)
	for _, cycle := range cycles {
		if err == nil {
			err = j.move(ctx, "shown_scores", "member_id", "area", from, to, "cycle_id = $3", cycle)
		}
		if last := len(j.steps) - 1; err == nil {
			j.steps[last].Row = map[string]any{"cycle_id": cycle}
		}
	}
	return err
}

// moveShownMap moves on whom one place shows that it relies, where the other shows nothing of that.
func (j *joining) moveShownMap(ctx context.Context, from, to string) error {
	err := j.move(ctx, "shown_maps", "member_id", "id", from, to, "NOT EXISTS (SELECT 1 FROM shown_maps x WHERE x.member_id = $2)")
	if err == nil {
		err = j.takeOut(ctx, "shown_reliances", "shown_id IN (SELECT id FROM shown_maps WHERE member_id = $1)", from)
	}
	if err == nil {
		err = j.takeOut(ctx, "shown_maps", "member_id = $1", from)
	}
	return err
}

// joinAcquaintances gives one place whom the other knows, and who knows the other.
func (j *joining) joinAcquaintances(ctx context.Context, from, to string) error {
	rows, err := j.wholeRows(ctx, "team_acquaintances", "member_id = $1 OR known_id = $1", from)
	if err != nil {
		return err
	}
	if err := j.takeOut(ctx, "team_acquaintances", "member_id = $1 OR known_id = $1", from); err != nil {
		return err
	}
	for _, row := range rows {
		member, known := fmt.Sprint(row["member_id"]), fmt.Sprint(row["known_id"])
		if member == from {
			member = to
		} else {
			known = to
		}
		if member == known {
			continue
		}
		added, err := j.Exec(ctx, `INSERT INTO team_acquaintances (member_id, known_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, member, known)
		if err != nil {
			return err
		}
		if added > 0 {
			j.made("team_acquaintances", map[string]any{"member_id": member, "known_id": known})
		}
	}
	return nil
}

// joinTokens makes two people of the ledger one, so that the gate knows what was published of the one for what was
// published of the other. Only in a set that has both, which was published of the two as of two people, they stay two.
func (j *joining) joinTokens(ctx context.Context, former, kept string) error {
	goes, err := j.wholeRows(ctx, "ledger_persons", "manager_id = $1", former)
	if err != nil || len(goes) == 0 {
		return err
	}
	// Whoever publishes meanwhile waits: a decision has to know the two for one, or be there before.
	if _, err := j.TakeTurn(ctx); err != nil {
		return err
	}
	stays, err := j.wholeRows(ctx, "ledger_persons", "manager_id = $1", kept)
	if err != nil {
		return err
	}
	from := fmt.Sprint(goes[0]["token"])
	if len(stays) == 0 {
		return j.move(ctx, "ledger_persons", "manager_id", "token", former, kept, "")
	}
	to := fmt.Sprint(stays[0]["token"])
	before := len(j.steps)
	if err := j.move(ctx, "ledger_answers", "person", "set_id", from, to, "set_id NOT IN (SELECT l.set_id FROM ledger_answers l WHERE l.person = $2)"); err != nil {
		return err
	}
	for _, step := range slices.Clone(j.steps[before:]) {
		for _, set := range step.Keys {
			if err := j.renameKnown(ctx, set, from, to); err != nil {
				return err
			}
		}
	}
	if hidden, other := stays[0]["hidden"].(int64), goes[0]["hidden"].(int64); other > 0 && (hidden == 0 || other < hidden) {
		if err := j.change(ctx, "ledger_persons", map[string]any{"token": to}, map[string]any{"hidden": hidden}, map[string]any{"hidden": other}); err != nil {
			return err
		}
	}
	return j.takeOut(ctx, "ledger_persons", "token = $1", from)
}

// renameKnown puts one token for another among those whom the people of a set knew.
func (j *joining) renameKnown(ctx context.Context, set, from, to string) error {
	known := map[string]string{}
	err := j.Query(ctx, func(row func(...any) error) error {
		var person, list string
		err := row(&person, &list)
		if slices.Contains(strings.Split(list, "\n"), from) {
			known[person] = list
		}
		return err
	}, `SELECT person, known FROM ledger_answers WHERE set_id = $1 ORDER BY person`, set)
	for person, list := range known {
		if err != nil {
			return err
		}
		lines := strings.Split(list, "\n")
		lines[slices.Index(lines, from)] = to
		slices.Sort(lines)
		err = j.change(ctx, "ledger_answers", map[string]any{"set_id": set, "person": person},
			map[string]any{"known": list}, map[string]any{"known": strings.Join(lines, "\n")})
	}
	return err
}
