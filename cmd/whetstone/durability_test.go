package main

import (
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"whetstone/internal/store/storetest"
)

// A server that acknowledges before it has written is reported.
func TestDoctorLooksAtDurability(t *testing.T) {
	t.Parallel()
	address := storetest.PostgreSQLAddress(t)
	storetest.Open(t, address)
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	set := exec.Command("psql", "--quiet", "--command", "ALTER DATABASE "+strings.TrimPrefix(parsed.Path, "/")+" SET synchronous_commit = off", address)
	if output, err := set.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	end(t, program(t, t.TempDir(), "doctor", "--database", address)).wants(t, 0, map[string]string{
		"warning  durability": "synchronous_commit in its postgresql.conf"})
}
