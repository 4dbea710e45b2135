package main

import (
	"net/http"
	"strings"
	"testing"

	"whetstone/internal/store/storetest"
)

// A server goes on with its data on another engine: sessions and answers are there.
func TestCopyToAnotherEngine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	address := storetest.PostgreSQLAddress(t)
	in := func(arguments ...string) ended { return end(t, program(t, folder, arguments...)) }
	move := func(from, to string) ended { return in("copy", "--from", from, "--to", to) }
	first := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0"))
	draft := first.start()
	move("sqlite:var/whetstone.db", address).wantOneLine(t, statusFailed, "--from", "running process", "stop it first")
	first.stop()
	for _, pair := range [][2]string{{"sqlite:var/whetstone.db", address}, {address, "sqlite:back.db"}} {
		got := move(pair[0], pair[1])
		if got.status != 0 || got.errors != "" || !strings.HasPrefix(got.out, "Copied ") {
			t.Fatalf("%v: status %d, printing %q and %q", pair, got.status, got.out, got.errors)
		}
		move(pair[0], pair[1]).wantOneLine(t, statusFailed, "nothing was copied", "not empty")
		next := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0", "--database", pair[1]))
		next.client = first.client
		if status, _ := next.get(draft); status != http.StatusOK {
			t.Errorf("%s: the draft gives status %d", pair[1], status)
		}
		next.stop()
	}
	move("sqlite:none.db", "sqlite:other.db").wantOneLine(t, statusFailed, "--from", "no such file")
	move("sqlite:back.db", "mysql://x").wantOneLine(t, statusFailed, "--to", `"sqlite:" or "postgres://"`)
	in("copy", "--from", "sqlite:back.db").wantOneLine(t, statusUsage, "--to")
}
