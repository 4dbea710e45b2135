package main

import (
	"bytes"
	"log"
	"log/slog"
	"strings"
	"testing"
)

// What net/http has to say is logged without whom it is about.
func TestServerLogHoldsNoAddresses(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	logger := log.New(withoutAddresses{slog.New(slog.NewTextHandler(&written, nil))}, "", 0)
	logger.Print("http: panic serving 192.0.2.7:4711: a bug")
	logger.Print("http: TLS handshake error from [2001:db8::7]:4711: EOF")
	logger.Printf("read tcp %s: i/o timeout", "[fe80::7%eth0]:80->192.0.2.7:4711")
	got := written.String()
	for _, want := range []string{`panic serving (an address): a bug`, `error from (an address): EOF`, `read tcp (an address)->(an address): i/o timeout`} {
		if !strings.Contains(got, want) {
			t.Errorf("the log doesn’t say %q", want)
		}
	}
	for _, address := range []string{"192.0.2.7", "db8", "fe80", "4711"} {
		if strings.Contains(got, address) {
			t.Errorf("the log holds %q", address)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}
