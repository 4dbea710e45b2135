package store_test

import (
	"slices"
	"strings"
	"testing"

	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// joinedBy are the tables whose rows belong to a manager, each with what becomes of them when two histories are laid together.
var joinedBy = map[string]string{
	"assessments": "moves", "shares": "moves", "commitments": "moves", "log_entries": "moves", "depth_maps": "moves",
	"identities": "moves", "sessions": "moves", "team_members": "moves, or two places become one",
	"targets": "moves for scopes without", "cadences": "moves, or is taken out", "calendar_feeds": "moves, or is taken out",
	"calendar_versions": "moves, or is taken out", "recovery_keys": "moves, or is one beside the other", "further_keys": "moves",
	"ledger_persons": "moves, or two tokens become one", "former_managers": "moves",
	"mentor_ties": "moves, or is taken out", "mentor_owners": "moves", "passkeys": "moves", "imports": "ends", "arrivals": "ends", "mail_links": "ends",
	"mail_reminders": "moves, or is taken out", "reminder_mails": "moves", "reminded_things": "moves, unless both were reminded",
	"organisers": "moves, or is taken out",
	"joinings":   "has to be settled before",
}

// A table that somebody adds has to be thought of, else its rows would go with the manager who is laid together.
func TestWhatBecomesOfEachTableIsDecided(t *testing.T) {
	s := storetest.SQLite(t)
	var tables []string
	err := s.Query(t.Context(), func(row func(...any) error) error {
		var one string
		err := row(&one)
		tables = append(tables, one)
		return err
	}, `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'manager_id' WHERE m.type = 'table' ORDER BY m.name`)
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		if joinedBy[table] == "" {
			t.Errorf("JoinHistories doesn’t say what becomes of %s", table)
		}
	}
	for table := range joinedBy {
		if !slices.Contains(tables, table) {
			t.Errorf("%s is no table of a manager’s", table)
		}
	}
}

// A row that is taken out is kept with all its columns.
func TestRowsAreTakenOutWhole(t *testing.T) {
	s := storetest.SQLite(t)
	for table, columns := range store.WholeRows() {
		var all []string
		err := s.Query(t.Context(), func(row func(...any) error) error {
			var one string
			err := row(&one)
			all = append(all, one)
			return err
		}, `SELECT name FROM pragma_table_info('`+table+`') ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		columns = slices.Sorted(slices.Values(columns))
		if !slices.Equal(all, columns) {
			t.Errorf("%s has %s, and %s are kept", table, strings.Join(all, ", "), strings.Join(columns, ", "))
		}
	}
}
