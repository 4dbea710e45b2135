package browsertest

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver by which the test writes long words everywhere

	"whetstone/internal/database"
	"whetstone/internal/store/storetest"
)

// typedColumns is every column that holds what people typed.
var typedColumns = map[string][]string{
	"assessments": {"name"}, "answers": {"note"}, "teams": {"name", "purpose"}, "team_members": {"name"}, "cycles": {"name"},
	"shares": {"label", "sharer", "question"}, "reviews": {"name", "overall", "question", "asked", "answer", "reply"}, "ratings": {"comment"}, "agreements": {"sentence"}, "map_moves": {"words"},
}

// A word of 80 letters breaks no page at the width of the narrowest phone, wherever what people typed stands: as the
// whole of a name, and in a sentence of ours.
func TestLongWordsFit(t *testing.T) {
	t.Parallel()
	address := storetest.SQLiteAddress(t)
	served := serveOver(t, storetest.Open(t, address), false, "http")
	pages := kinds(t, served)
	path, _ := database.SQLitePath(address)
	database, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	// Each name keeps its end, so that no two become one.
	word := strings.Repeat("W", 72)
	for table, columns := range typedColumns {
		for _, column := range columns {
			_, err := database.ExecContext(t.Context(), "UPDATE "+table+" SET "+column+" = '"+word+"' || substr(replace("+column+", ' ', ''), -8)")
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
	for _, kind := range pages {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			kind.words = "" // names are other ones by now
			opened := served.newTabOf(t, kind.visitor)
			opened.phone(narrowestWidth)
			kind.show(opened)
			opened.unfold()
			opened.fits(narrowestWidth)
		})
	}
}
