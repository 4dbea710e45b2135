package clustertest_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"whetstone/internal/clustertest"
	"whetstone/internal/store/storetest"
)

// beyond has the tests of this package run through a pooler, and a replica take over: "make test-cluster" sets it.
var beyond = flag.Bool("beyond", false, "run through PgBouncer in transaction mode, and let a replica take over")

// emptyDatabase makes a database on the server of the environment, and returns an address that leads to it as the tests
// are told to: directly, or through a pooler.
func emptyDatabase(t *testing.T) string {
	t.Helper()
	return throughPooler(t, storetest.PostgreSQLAddress(t))
}

// throughPooler returns an address that leads through a pooler of the test's own, if the tests are told to.
func throughPooler(t *testing.T, address string) string {
	t.Helper()
	if !*beyond {
		return address
	}
	return pooled(t, address)
}

// poolerConfiguration lets everybody in who reaches it, and gives each transaction the next connection that is free: of
// few, so that one client's transactions do meet on different ones.
const poolerConfiguration = `[databases]
* = %[1]s
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %[2]d
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
logfile = %[3]s/pgbouncer.log
pidfile = %[3]s/pgbouncer.pid
`

// pooled starts PgBouncer in transaction mode before a server, until the test ends, and returns an address through it.
func pooled(t *testing.T, address string) string {
	t.Helper()
	program := ""
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
		}
	}
	if program == "" {
		t.Fatal("no PgBouncer (Debian: apt install pgbouncer)")
	}
	server, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	host, port := server.Query().Get("host"), server.Query().Get("port")
	if host == "" {
		host, port = server.Hostname(), server.Port()
	}
	if port == "" {
		port = "5432"
	}
	parts := []string{"host=" + host, "port=" + port, "user=" + server.User.Username()}
	if password, given := server.User.Password(); given && password != "" {
		parts = append(parts, "password="+password)
	}
	folder, err := os.MkdirTemp("", "whetstone-pooler-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	free := freePort(t)
	configuration := filepath.Join(folder, "pgbouncer.ini")
	content := fmt.Sprintf(poolerConfiguration, strings.Join(parts, " "), free, folder)
	if err := os.WriteFile(configuration, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	owner := notRoot(t, folder, configuration)
	ctx, cancel := context.WithTimeout(context.Background(), longestPooler)
	command := exec.CommandContext(ctx, program, configuration)
	command.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) } // at once, without waiting for clients
	command.WaitDelay = patience
	if err := command.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = command.Wait()
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(folder, "pgbouncer.log"))
			t.Logf("PgBouncer said:\n%s", log)
		}
	})
	through := net.JoinHostPort("127.0.0.1", fmt.Sprint(free))
	until(t, "PgBouncer answers", func() bool {
		connection, err := net.Dial("tcp", through)
		if err == nil {
			_ = connection.Close()
		}
		return err == nil
	})
	return (&url.URL{
		Scheme: "postgres", User: url.User("anybody"), Host: through, Path: server.Path,
		RawQuery: url.Values{"sslmode": {"disable"}, "default_query_exec_mode": {"exec"}}.Encode(),
	}).String()
}

// longestPooler bounds how long a pooler is there.
const longestPooler = 5 * patience

// freePort is a port that is free now, below those that systems give to clients, so that no connection of another test
// takes it before the server does.
func freePort(t *testing.T) int {
	t.Helper()
	for {
		port := 20000 + rand.IntN(12000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if errors.Is(err, syscall.EADDRINUSE) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		return port
	}
}

// The doctor tells a pooler from a server, and what the address needs for either.
func TestDoctorLooksBetween(t *testing.T) {
	direct := storetest.PostgreSQLAddress(t)
	with := func(address, name, value string) string {
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		query := parsed.Query()
		query.Set(name, value)
		parsed.RawQuery = query.Encode()
		return parsed.String()
	}
	host := os.Getenv("PGHOST")
	want := map[string]string{
		direct:                              "ok       way to the server: the server answers itself",
		with(direct, "host", host+","+host): "warning  way to the server: the address (--database) names several servers: add target_session_attrs=read-write",
		with(with(direct, "host", host+","+host), "target_session_attrs", "read-write"): "ok       way to the server",
	}
	if *beyond {
		through := pooled(t, direct)
		want[through] = "ok       way to the server: a pooler stands before the server"
		want[with(through, "default_query_exec_mode", "simple_protocol")] = "ok       way to the server: a pooler stands before the server"
		want[with(through, "default_query_exec_mode", "cache_statement")] = "problem  way to the server: a pooler (such as PgBouncer) answers in the server's place"
	}
	for address, line := range want {
		said, _ := clustertest.Command(t, binary, "doctor", "--database", address).CombinedOutput() // other things may be wrong
		if !strings.Contains(string(said), line) {
			t.Errorf("of %s the doctor says\n%s\nwant %q", address, said, line)
		}
	}
}
