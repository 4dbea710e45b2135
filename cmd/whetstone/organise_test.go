package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/store/storetest"
)

// Each mistake in the settings of an organisation is named with its setting.
func TestOrganisationSettingsThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for wrong, words := range map[string]string{
		"WHETSTONE_ORGANISERS=ada@example.org":              `--organiser "ada@example.org": nobody vouches for mail addresses here`,
		"WHETSTONE_ORGANISERS=ada":                          `--organiser "ada": it is neither a mail address nor`,
		"WHETSTONE_ORGANISERS=https://id.example.org one":   "the first must be the issuer of a provider here",
		"WHETSTONE_ORGANISATION=" + strings.Repeat("x", 61): "--organisation",
		"WHETSTONE_WELCOME=two\nlines":                      "--welcome",
		"WHETSTONE_CONTACT=" + strings.Repeat("x", 121):     "--contact",
		"WHETSTONE_PULSE_WEEKS=53":                          "--pulse-weeks 53",
		"WHETSTONE_FULL_WEEKS=-1":                           "--full-weeks -1",
		"WHETSTONE_TEAMS=nobody":                            "--teams",
	} {
		got := withSettings(t, folder, []string{wrong}, "serve", "--listen", "127.0.0.1:0")
		got.wantOneLine(t, statusUsage, words)
		if !strings.HasPrefix(wrong, "WHETSTONE_TEAMS") {
			withSettings(t, folder, []string{wrong}, "doctor").wants(t, statusFailed, map[string]string{"problem  configuration: --": ""})
		}
	}
	withSettings(t, folder, []string{"WHETSTONE_PULSE_WEEKS=13", "WHETSTONE_FULL_WEEKS=13"}, "serve").wantOneLine(t, statusUsage, "make no rhythm")
}

// A code of the operator's makes an organiser of a running server, and can be taken back; what is fixed shows.
func TestOrganiseARunningServer(t *testing.T) {
	t.Parallel()
	storetest.Addresses(t, func(t *testing.T, database string) {
		folder := t.TempDir()
		s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0", "--database", database, "--organisation", "Example Works", "--full-weeks", "26"))
		address := strings.TrimSuffix(s.address, "/")
		printed := end(t, program(t, folder, "organise", "--database", database, "--base-url", "https://whetstone.example/tools/"))
		code := regexp.MustCompile(`\b[0-9A-Z]{5}-[0-9A-Z]{5}\b`).FindString(printed.out)
		if printed.status != 0 || code == "" || !strings.Contains(printed.out, "https://whetstone.example/tools/organise") {
			t.Fatalf("printed %q and %q", printed.out, printed.errors)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Jar: jar}
		become := func() int {
			t.Helper()
			response, err := client.PostForm(address+"/organise", url.Values{"code": {code}})
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			return response.StatusCode
		}
		see := func() int {
			t.Helper()
			response, err := client.Get(address + "/installation")
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			return response.StatusCode
		}
		if got := see(); got != http.StatusNotFound {
			t.Errorf("who comes first gets %d", got)
		}
		if got := become(); got != http.StatusOK {
			t.Errorf("with the code they get %d", got)
		}
		end(t, program(t, folder, "doctor", "--database", database)).wants(t, 0, map[string]string{"ok       organisers: 0 are named": "1 came by a code"})
		ended := end(t, program(t, folder, "organise", "--end", "--database", database))
		if ended.status != 0 || ended.out != "No code opens anything any more, and 1 who came by one organises no longer.\n" {
			t.Errorf("printed %q and %q", ended.out, ended.errors)
		}
		if got := see(); got != http.StatusNotFound {
			t.Errorf("once all have ended they get %d", got)
		}
		s.stop()
	})
}

// Without a database there is nothing to organise, and none is made.
func TestOrganiseNeedsADatabase(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	end(t, program(t, folder, "organise")).wantOneLine(t, statusFailed, "there is no such file")
	if left := names(t, folder); len(left) != 0 {
		t.Errorf("it made %v", left)
	}
}
