package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// joiningStep is one thing that laying two histories together did, so that it can be undone. Which fields it has tells
// what it was: rows that were moved, a row that was changed, made or taken out.
type joiningStep struct {
	Table string
	// Moved rows: Column went From one value To another, in those whose Key column is one of Keys, and that have all of Row.
	Column, From, To, Key string   `json:",omitempty"`
	Keys                  []string `json:",omitempty"`
	// Row is the key of a row that was changed or made, or the whole of one that was taken out.
	Row map[string]any `json:",omitempty"`
	// Was is what a row that was changed had, Is what it was given: it is put back only where it still has that.
	Was, Is map[string]any `json:",omitempty"`
	Made    bool           `json:",omitempty"`
	// WhileKey is the hash of the further key without which the row isn't put back: whoever ended that one ended this.
	WhileKey string `json:",omitempty"`
}

// joining records its steps.
type joining struct {
	*Store
	steps []joiningStep
}

// wholeRows are the columns of the tables of which rows are taken out.
var wholeRows = map[string][]string{
	"managers":            {"id", "created_at", "counts_for_reliability", "thinned", "map_offer_over"},
	"targets":             {"manager_id", "scope", "competency", "value", "importance"},
	"cadences":            {"manager_id", "pulse_weeks", "full_weeks", "chosen_at"},
	"calendar_feeds":      {"manager_id", "secret_hash", "made_at", "read_at"},
	"calendar_versions":   {"manager_id", "digest", "changes", "changed_at"},
	"mail_reminders":      {"manager_id", "identity_id", "chosen_at", "failures", "retry_at"},
	"organisers":          {"manager_id", "made_at"},
	"recovery_keys":       {"manager_id", "key_hash", "created_at"},
	"ledger_persons":      {"manager_id", "token", "hidden"},
	"team_members":        {"id", "team_id", "manager_id", "name", "role", "joined_at", "confirmed_at"},
	"team_acquaintances":  {"member_id", "known_id"},
	"cycle_contributions": {"cycle_id", "member_id", "assessment_id"},
	"shown_scores":        {"cycle_id", "member_id", "area", "score"},
	"grants":              {"mentor_id", "share_id", "granted_at"},
	"mentor_ties":         {"manager_id", "mentor_id", "tied_at"},
	"mentor_owners":       {"mentor_id", "browser_id", "manager_id"},
	"shown_maps":          {"id", "member_id", "map_id", "placed_at"},
	"shown_reliances":     {"shown_id", "domain", "position", "own", "name", "in_text", "whom"},
}

// parentsOf are the tables to whose ids columns of a table lead: a row is put back only where those still are.
var parentsOf = map[string]map[string]string{
	"team_members":        {"team_id": "teams"},
	"team_acquaintances":  {"member_id": "team_members", "known_id": "team_members"},
	"cycle_contributions": {"cycle_id": "cycles", "member_id": "team_members", "assessment_id": "assessments"},
	"shown_scores":        {"cycle_id": "cycles", "member_id": "team_members"},
	"grants":              {"mentor_id": "mentors", "share_id": "shares"},
	"mentor_ties":         {"mentor_id": "mentors"},
	"mentor_owners":       {"mentor_id": "mentors"},
	"shown_maps":          {"member_id": "team_members", "map_id": "depth_maps"},
	"shown_reliances":     {"shown_id": "shown_maps"},
}

// texts reads one column of texts.
func (s *Store) texts(ctx context.Context, query string, arguments ...any) (list []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one string
		err := row(&one)
		list = append(list, one)
		return err
	}, query, arguments...)
	return list, err
}

// move gives a column of a table another value, where a condition holds, whose arguments begin with $3. key is the column
// that tells its rows apart.
func (j *joining) move(ctx context.Context, table, column, key, from, to, condition string, arguments ...any) error {
	if condition != "" {
		condition = " AND " + condition
	}
	keys, err := j.texts(ctx, fmt.Sprintf(`UPDATE %s SET %s = $2 WHERE %s = $1%s RETURNING %s`, table, column, column, condition, key),
		append([]any{from, to}, arguments...)...)
	if len(keys) > 0 {
		j.steps = append(j.steps, joiningStep{Table: table, Column: column, From: from, To: to, Key: key, Keys: keys})
	}
	return err
}

// change gives a row other values. was has the same columns as is.
func (j *joining) change(ctx context.Context, table string, row, was, is map[string]any) error {
	if maps.Equal(was, is) {
		return nil
	}
	j.steps = append(j.steps, joiningStep{Table: table, Row: row, Was: was, Is: is})
	return j.update(ctx, table, is, row)
}

// made notes a row that was made.
func (j *joining) made(table string, row map[string]any) {
	j.steps = append(j.steps, joiningStep{Table: table, Row: row, Made: true})
}

// wholeRows reads whole rows for which a condition holds.
func (s *Store) wholeRows(ctx context.Context, table, condition string, arguments ...any) (list []map[string]any, err error) {
	columns := wholeRows[table]
	err = s.Query(ctx, func(row func(...any) error) error {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		err := row(into...)
		one := map[string]any{}
		for i, column := range columns {
			if text, isBytes := values[i].([]byte); isBytes {
				values[i] = string(text)
			}
			one[column] = values[i]
		}
		list = append(list, one)
		return err
	}, fmt.Sprintf(`SELECT %s FROM %s WHERE %s`, strings.Join(columns, ", "), table, condition), arguments...)
	return list, err
}

// takeOut deletes the rows for which a condition holds, and keeps them in the record.
func (j *joining) takeOut(ctx context.Context, table, condition string, arguments ...any) error {
	rows, err := j.wholeRows(ctx, table, condition, arguments...)
	if err != nil || len(rows) == 0 {
		return err
	}
	for _, row := range rows {
		j.steps = append(j.steps, joiningStep{Table: table, Row: row})
	}
	_, err = j.Exec(ctx, fmt.Sprintf(`DELETE FROM %s WHERE %s`, table, condition), arguments...)
	return err
}

// undo takes a step back.
func (s *Store) undo(ctx context.Context, step joiningStep) error {
	switch {
	case len(step.Keys) > 0:
		for keys := range slices.Chunk(step.Keys, argumentLimit) {
			chosen, arguments := among(step.Key, keys, step.To, step.From)
			if len(step.Row) > 0 {
				var more string
				more, arguments = matching(step.Row, arguments)
				chosen += " AND " + more
			}
			_, err := s.Exec(ctx, fmt.Sprintf(`UPDATE %s SET %s = $2 WHERE %s = $1 %s`, step.Table, step.Column, step.Column, chosen), arguments...)
			if err != nil {
				return err
			}
		}
		return nil
	case step.Made:
		condition, arguments := matching(step.Row, nil)
		_, err := s.Exec(ctx, fmt.Sprintf(`DELETE FROM %s WHERE %s`, step.Table, condition), arguments...)
		return err
	case step.Was != nil:
		row := maps.Clone(step.Row)
		maps.Copy(row, step.Is)
		return s.update(ctx, step.Table, step.Was, row)
	}
	return s.putBack(ctx, step)
}

// putBack inserts a row that was taken out, where what it belongs to is still there.
func (s *Store) putBack(ctx context.Context, step joiningStep) error {
	if step.WhileKey != "" {
		keys, err := s.texts(ctx, `SELECT key_hash FROM further_keys WHERE key_hash = $1`, step.WhileKey)
		if err != nil || len(keys) == 0 {
			return err
		}
	}
	for column, parent := range parentsOf[step.Table] {
		found := 0
		err := s.QueryRow(ctx, fmt.Sprintf(`SELECT count(*) FROM %s WHERE id = $1`, parent), []any{step.Row[column]}, &found)
		if err != nil || found == 0 {
			return err
		}
	}
	columns := slices.Sorted(maps.Keys(step.Row))
	marks, arguments := make([]string, len(columns)), make([]any, len(columns))
	for i, column := range columns {
		marks[i], arguments[i] = fmt.Sprintf("$%d", i+1), step.Row[column]
	}
	_, err := s.Exec(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING`, step.Table, strings.Join(columns, ", "), strings.Join(marks, ", ")), arguments...)
	return err
}

// update gives the rows that have some values others.
func (s *Store) update(ctx context.Context, table string, to, row map[string]any) error {
	var sets []string
	var arguments []any
	for _, column := range slices.Sorted(maps.Keys(to)) {
		arguments = append(arguments, to[column])
		sets = append(sets, fmt.Sprintf("%s = $%d", column, len(arguments)))
	}
	condition, arguments := matching(row, arguments)
	_, err := s.Exec(ctx, fmt.Sprintf(`UPDATE %s SET %s WHERE %s`, table, strings.Join(sets, ", "), condition), arguments...)
	return err
}

// matching holds for rows that have some values, and adds these to the arguments.
func matching(row map[string]any, arguments []any) (string, []any) {
	var conditions []string
	for _, column := range slices.Sorted(maps.Keys(row)) {
		if row[column] == nil {
			conditions = append(conditions, column+" IS NULL")
			continue
		}
		arguments = append(arguments, row[column])
		conditions = append(conditions, fmt.Sprintf("%s = $%d", column, len(arguments)))
	}
	return strings.Join(conditions, " AND "), arguments
}

// readSteps reads a record, with whole numbers as such.
func readSteps(record string) (steps []joiningStep, err error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(record)))
	decoder.UseNumber()
	if err := decoder.Decode(&steps); err != nil {
		return nil, fmt.Errorf("the record of two histories: %w", err)
	}
	for _, step := range steps {
		for _, values := range []map[string]any{step.Row, step.Was, step.Is} {
			for column, value := range values {
				if number, isNumber := value.(json.Number); isNumber {
					values[column] = readNumber(number)
				}
			}
		}
	}
	return steps, nil
}

func readNumber(number json.Number) any {
	if whole, err := number.Int64(); err == nil {
		return whole
	}
	fraction, _ := number.Float64()
	return fraction
}
