package clustertest_test

import (
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"whetstone/internal/clustertest"
)

// replicaName is what a replica calls itself to its primary.
const replicaName = "replica"

// configure adds settings to those of a server that doesn't run.
func (s *postgreSQL) configure(settings string) {
	s.t.Helper()
	file, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = file.WriteString(settings)
	if err != nil || file.Close() != nil {
		s.t.Fatal("writing postgresql.conf:", err)
	}
}

// execute runs statements on the server itself.
func (s *postgreSQL) execute(statements ...string) {
	s.t.Helper()
	server, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	for _, statement := range statements {
		if _, err := server.ExecContext(s.t.Context(), statement); err != nil {
			s.t.Fatalf("%s: %v", statement, err)
		}
	}
}

// replica copies a server that runs, and starts the copy as its streaming replica until the test ends.
func (s *postgreSQL) replica() *postgreSQL {
	s.t.Helper()
	folder, err := os.MkdirTemp("", "whetstone-pg-")
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = os.RemoveAll(folder) })
	copied := &postgreSQL{t: s.t, programs: s.programs, folder: folder, owner: notRoot(s.t, folder)}
	copied.run("pg_basebackup", "--host="+s.folder, "--port=5432", "--username=whetstone", "--pgdata="+copied.data(),
		"--wal-method=stream", "--checkpoint=fast", "--write-recovery-conf", "--no-sync")
	copied.configure("unix_socket_directories = '" + folder + "'\n" +
		"primary_conninfo = 'host=" + s.folder + " port=5432 user=whetstone application_name=" + replicaName + "'\n")
	// What pg_basebackup writes there would come before it.
	if err := os.WriteFile(filepath.Join(copied.data(), "postgresql.auto.conf"), nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
	copied.start()
	s.t.Cleanup(copied.end)
	return copied
}

// eitherOf is an address of a database on two servers, of which the one is meant that can be written to.
func eitherOf(one, other *postgreSQL, database string) string {
	return (&url.URL{Scheme: "postgres", User: url.User("whetstone"), Path: "/" + database, RawQuery: url.Values{
		"host": {one.folder + "," + other.folder}, "port": {"5432,5432"}, "sslmode": {"disable"},
		"target_session_attrs": {"read-write"}, "connect_timeout": {"3"},
	}.Encode()}).String()
}

// failsOver breaks off a primary in the middle of a load and has its replica take over; it returns how many answers are lost
// that were called saved. Nothing else is done for it: the processes find the way by themselves.
func failsOver(t *testing.T, synchronous bool) (lost int) {
	t.Helper()
	if !*beyond {
		t.Skip(`"make test-cluster" has a replica take over`)
	}
	primary := newPostgreSQL(t)
	primary.database("whetstone", nil)
	replica := primary.replica()
	if synchronous {
		primary.execute(`ALTER SYSTEM SET synchronous_standby_names = '`+replicaName+`'`, `SELECT pg_reload_conf()`)
	}
	until(t, "the replica follows", func() bool {
		server, err := sql.Open("pgx", primary.address("postgres"))
		if err != nil {
			return false
		}
		defer func() { _ = server.Close() }()
		var state string
		err = server.QueryRowContext(t.Context(), `SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'`).Scan(&state)
		return err == nil && (state == "sync") == synchronous
	})
	cluster := clustertest.Start(t, binary, eitherOf(primary, replica, "whetstone"), 3)
	load := startLoad(t, cluster.Base, writers)
	// These stop at the break, so that no later answer stands in the place of one that is lost.
	before := startLoad(t, cluster.Base, writers)
	load.goesOn(some)
	if !synchronous {
		// A replica that lags, as one far away does.
		replica.interruptReceiver()
		load.goesOn(some)
	}

	primary.stop("immediate")
	load.complains(writers)
	before.end()
	expectReady(t, cluster, http.StatusServiceUnavailable)
	replica.run("pg_ctl", "--pgdata", replica.data(), "--wait", "promote")
	expectReady(t, cluster, http.StatusOK)
	load.goesOn(some)

	if told := load.refusals(); told[internalError] > 0 || told[outOfReach] == 0 {
		t.Errorf("told are %v", told)
	}
	lost = before.lost() + load.lost()
	for _, process := range cluster.Processes {
		process.Stop()
	}
	return lost
}

// interruptReceiver keeps a replica from receiving any more, as a broken line does.
func (s *postgreSQL) interruptReceiver() {
	s.t.Helper()
	s.execute(`ALTER SYSTEM SET primary_conninfo = 'host=/nowhere'`, `SELECT pg_reload_conf()`)
	until(s.t, "the replica receives nothing", func() bool {
		server, err := sql.Open("pgx", s.address("postgres"))
		if err != nil {
			return false
		}
		defer func() { _ = server.Close() }()
		var receivers int
		err = server.QueryRowContext(s.t.Context(), `SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'`).Scan(&receivers)
		return err == nil && receivers == 0
	})
}

// A replica that is asked before each answer is called saved has them all: whoever takes over, nothing is lost.
func TestAReplicaTakesOver(t *testing.T) {
	if lost := failsOver(t, true); lost > 0 {
		t.Errorf("%d answers that were acknowledged are lost", lost)
	}
}

// One that follows at a distance lacks what it hadn't received: everything goes on, and the README says what is lost.
func TestALaggingReplicaLosesTheLast(t *testing.T) {
	lost := failsOver(t, false)
	t.Logf("%d answers that were acknowledged are lost without synchronous replication", lost)
	if lost == 0 {
		t.Error("nothing is lost where something must be, so that the other test proves nothing")
	}
}
