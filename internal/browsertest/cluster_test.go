package browsertest

import (
	"database/sql"
	"net/http"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver

	"whetstone/internal/clustertest"
	"whetstone/internal/store/storetest"
)

// The main job, whole, where each request is answered by another process than the one before.
func TestJourneyOverSeveralProcesses(t *testing.T) {
	t.Parallel()
	address := storetest.PostgreSQLAddress(t)
	binary, err := clustertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	content, err := library()
	if err != nil {
		t.Fatal(err)
	}
	cluster := clustertest.Start(t, binary, address, 3)
	journeyByMouse(t, &server{base: cluster.Base, library: content, engine: chromium, client: http.DefaultClient, pass: func(by time.Duration) { age(t, address, by) }})
	for _, process := range cluster.Processes {
		process.Stop()
	}
}

// age makes all assessments of a database older. Processes go by the machine's clock, which a test can't move
// on.
func age(t *testing.T, address string, by time.Duration) {
	t.Helper()
	database, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	_, err = database.ExecContext(t.Context(), `UPDATE assessments SET
		started_at = started_at - $1, finished_at = finished_at - $1,
		period_start = to_char(CAST(period_start AS DATE) - CAST($2 AS INTEGER), 'YYYY-MM-DD'),
		period_end = to_char(CAST(period_end AS DATE) - CAST($2 AS INTEGER), 'YYYY-MM-DD')`,
		by.Milliseconds(), int(by.Hours()/24))
	if err != nil {
		t.Fatal(err)
	}
}
