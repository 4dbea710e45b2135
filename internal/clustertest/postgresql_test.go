package clustertest_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
)

// postgreSQL is a server of a test's own, which it can break off. It listens on a socket in its folder alone.
type postgreSQL struct {
	t        *testing.T
	programs string
	folder   string
	// owner is whom its programs run as, which can't be root; nil for who runs the tests.
	owner *syscall.Credential
}

// newPostgreSQL makes a server and starts it until the test ends. Without PGHOST the test is skipped, as the
// others that need PostgreSQL are: "make test" sets it.
func newPostgreSQL(t *testing.T) *postgreSQL {
	t.Helper()
	if os.Getenv("PGHOST") == "" {
		t.Skip(`no PostgreSQL: run "make test", which starts one`)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl") // the pattern is valid
	if len(found) == 0 {
		t.Skip("no PostgreSQL server on this machine (Debian: apt install postgresql)")
	}
	// A socket's path is short, so not in the folder of the test.
	folder, err := os.MkdirTemp("", "whetstone-pg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	s := &postgreSQL{t: t, programs: filepath.Dir(found[len(found)-1]), folder: folder}
	s.owner = notRoot(t, folder)
	s.run("initdb", "--pgdata", s.data(), "--username=whetstone", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	file, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	// The last two concern only a database that doesn't wait for the disk: it gets to lose something.
	_, err = file.WriteString("port = 5432\nlisten_addresses = ''\nunix_socket_directories = '" + folder + "'\nmax_connections = 100\n" +
		"wal_writer_delay = 10s\nwal_writer_flush_after = '1GB'\n")
	if err != nil || file.Close() != nil {
		t.Fatal("writing postgresql.conf:", err)
	}
	s.start()
	t.Cleanup(s.end)
	return s
}

// notRoot gives whom a server runs as that refuses to run as root, Debian's user for PostgreSQL, and makes files theirs;
// nil for who runs the tests, where that isn't root.
func notRoot(t *testing.T, files ...string) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal("neither PostgreSQL nor PgBouncer runs as root:", err)
	}
	uid, _ := strconv.ParseUint(account.Uid, 10, 32)
	gid, _ := strconv.ParseUint(account.Gid, 10, 32)
	for _, file := range files {
		if err := os.Chown(file, int(uid), int(gid)); err != nil {
			t.Fatal(err)
		}
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// in has a subtest answer for what goes wrong with the server.
func (s *postgreSQL) in(t *testing.T) *postgreSQL {
	same := *s
	same.t = t
	return &same
}

func (s *postgreSQL) data() string { return filepath.Join(s.folder, "data") }

// run runs one of the server's programs.
func (s *postgreSQL) run(name string, arguments ...string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(s.programs, name), arguments...)
	command.Dir = s.folder
	// The variables of the server for the other tests, as PGPORT, would count for this one too.
	command.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "PG") })
	command.SysProcAttr = &syscall.SysProcAttr{Credential: s.owner}
	output, err := os.Create(filepath.Join(s.folder, name+".out"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = output.Close() }()
	// A file and no pipe: the server that pg_ctl leaves behind would keep a pipe open.
	command.Stdout, command.Stderr = output, output
	if err := command.Run(); err != nil {
		said, _ := os.ReadFile(output.Name())
		log, _ := os.ReadFile(s.log())
		s.t.Fatalf("%s: %v\n%s\n%s", name, err, said, log)
	}
}

func (s *postgreSQL) log() string { return filepath.Join(s.folder, "log") }

func (s *postgreSQL) start() {
	s.t.Helper()
	s.run("pg_ctl", "--pgdata", s.data(), "--log", s.log(), "--wait", "start")
}

// stop stops the server; "immediate" breaks it off, as a crash does.
func (s *postgreSQL) stop(mode string) {
	s.t.Helper()
	s.run("pg_ctl", "--pgdata", s.data(), "--wait", "--mode="+mode, "stop")
}

// end stops the server, unless a test has.
func (s *postgreSQL) end() {
	s.t.Helper()
	if _, err := os.Stat(filepath.Join(s.data(), "postmaster.pid")); !errors.Is(err, fs.ErrNotExist) {
		s.stop("fast")
	}
}

func (s *postgreSQL) address(database string) string {
	return (&url.URL{Scheme: "postgres", User: url.User("whetstone"), Path: "/" + database, RawQuery: url.Values{
		"host": {s.folder}, "port": {"5432"}, "sslmode": {"disable"},
	}.Encode()}).String()
}

// database makes a database in which settings hold, and returns its address.
func (s *postgreSQL) database(name string, settings map[string]string) string {
	s.t.Helper()
	server, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	ctx, cancel := context.WithTimeout(s.t.Context(), 30*time.Second)
	defer cancel()
	statements := []string{"CREATE DATABASE " + name}
	for setting, value := range settings {
		statements = append(statements, "ALTER DATABASE "+name+" SET "+setting+" = '"+value+"'")
	}
	for _, statement := range statements {
		if _, err := server.ExecContext(ctx, statement); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.address(name)
}
