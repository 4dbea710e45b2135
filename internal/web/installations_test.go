package web_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/securecookie"
	"github.com/pressly/goose/v3"

	"whetstone/internal/store/storetest"
)

// signed makes an installation sign its cookies with a secret of its own.
func signed(letter string) func(*site) {
	return func(s *site) { s.configuration.Secret = bytes.Repeat([]byte(letter), 32) }
}

// besides is the browser as it goes to another installation: it keeps its cookies in one place.
func (b *browser) besides(s *site) *browser {
	other := s.browser()
	other.client.Jar = b.client.Jar
	return other
}

// cookieNames lists the cookies that a browser sends, in order.
func (b *browser) cookieNames() []string {
	base := *b.site.configuration.BaseURL
	var names []string
	for _, cookie := range b.client.Jar.Cookies(&base) {
		names = append(names, cookie.Name)
	}
	slices.Sort(names)
	return names
}

// Cookies ignore ports: installations at several ports of one host, with one secret or several, and a demonstration
// among them, leave each other's sessions alone, a manager's as well as a mentor's.
func TestInstallationsOnOneHostKeepApart(t *testing.T) {
	t.Parallel()
	for what, secrets := range map[string][3]string{"with a secret each": {"a", "b", "c"}, "with one secret": {"a", "a", "a"}} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			here := newSite(t, at("http://127.0.0.1:8080/"), signed(secrets[0]))
			there := newSite(t, at("http://127.0.0.1:8081/"), signed(secrets[1]))
			demo := newSite(t, at("http://127.0.0.1:8082/"), signed(secrets[2]), demonstrating)
			person := here.browser()
			finished := person.finished("first-team", "full")
			sharer := here.browser()
			share := sharer.shares(sharer.finished("first-team", "full"), everything())
			person.opens(share)

			visiting := person.besides(demo)
			visiting.get(demo.paths.Home()).press("Open the demonstration").wantStatus(http.StatusOK)
			visiting.finished("first-team", "full")
			visiting.get(demo.paths.Home()).press("Look as a mentor").wantStatus(http.StatusOK)

			moving := person.besides(there)
			if moving.get(there.paths.Assessments()).holds(there) {
				t.Error("the session of one installation opens another")
			}
			theirs := moving.finished("first-team", "full")
			moving.opens(func() madeShare {
				sharer := there.browser()
				return sharer.shares(sharer.finished("first-team", "full"), everything())
			}())
			moving.visit(there.paths.Result(theirs)).wantStatus(http.StatusOK)
			moving.visit(there.paths.Erase()).press("Delete everything", "meant", "yes").wantText("Everything is deleted")

			person.visit(here.paths.Result(finished)).wantAt(here.paths.Result(finished))
			person.visit(here.paths.Shared(share.id)).wantAt(here.paths.Shared(share.id))
			visiting.visit(demo.paths.Assessments()).wantStatus(http.StatusOK)
			if !visiting.get(demo.paths.Home()).holds(demo) {
				t.Error("the demonstration’s session is gone")
			}
			want := []string{here.cookieName(""), here.cookieName("-mentor"), there.cookieName("-mentor"), "whetstone-demonstration", "whetstone-demonstration-mentor"}
			slices.Sort(want)
			if got := person.cookieNames(); !slices.Equal(got, want) {
				t.Errorf("the browser has the cookies %v, want %v", got, want)
			}
		})
	}
}

// former gives a browser its cookies as the version before named them, and none else.
func (b *browser) former(s *site) *browser {
	b.t.Helper()
	base := *s.configuration.BaseURL
	codec := securecookie.New(s.configuration.Secret, nil)
	older := s.browser()
	for _, kind := range []string{"", "-mentor"} {
		name := s.cookieName(kind)
		for _, cookie := range b.client.Jar.Cookies(&base) {
			if cookie.Name != name {
				continue
			}
			var token string
			if err := codec.Decode(name, cookie.Value, &token); err != nil {
				b.t.Fatal(err)
			}
			value, err := codec.Encode("whetstone"+kind, token)
			if err != nil {
				b.t.Fatal(err)
			}
			older.client.Jar.SetCookies(&base, []*http.Cookie{{Name: "whetstone" + kind, Value: value, Path: "/"}})
		}
	}
	return older
}

// An upgrade keeps the sessions of the version before, whose cookies had one name everywhere: they are sent again
// under the name of the installation, once, and are never taken away but with the session that they stand for.
func TestSessionsOfTheVersionBefore(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("http://127.0.0.1:8080/"))
	now, sharer := s.browser(), s.browser()
	finished := now.finished("first-team", "full")
	share := sharer.shares(sharer.finished("first-team", "full"), everything())
	now.opens(share)
	owner := now.former(s)
	if names := owner.cookieNames(); !slices.Equal(names, []string{"whetstone", "whetstone-mentor"}) {
		t.Fatalf("the browser of the version before sends %v", names)
	}
	// A file has no menu, which would ask for the mentor, too.
	got := owner.get(s.paths.ResultJSON(finished)).wantStatus(http.StatusOK)
	if cookie := got.cookie(); cookie.Name != s.cookieName("") || cookie.MaxAge <= 0 {
		t.Errorf("the cookie is sent again as %v", cookie)
	}
	if got := owner.get(s.paths.Shared(share.id)).wantStatus(http.StatusOK).cookie(); got.Name != s.cookieName("-mentor") {
		t.Errorf("the mentor’s cookie is sent again as %v", got)
	}
	for _, path := range []string{s.paths.Result(finished), s.paths.Shared(share.id)} {
		if owner.get(path).wantStatus(http.StatusOK).setsCookie() {
			t.Errorf("%s sends the cookie once more", path)
		}
	}
	every := []string{"whetstone", s.cookieName(""), s.cookieName("-mentor"), "whetstone-mentor"}
	slices.Sort(every)
	if names := owner.cookieNames(); !slices.Equal(names, every) {
		t.Errorf("the browser sends %v, want %v", names, every)
	}
	owner.visit(s.paths.Erase()).press("Delete everything", "meant", "yes").wantText("Everything is deleted")
	mentors := []string{s.cookieName("-mentor"), "whetstone-mentor"}
	slices.Sort(mentors)
	if names := owner.cookieNames(); !slices.Equal(names, mentors) {
		t.Errorf("after everything was deleted the browser sends %v, want %v", names, mentors)
	}
}

// lastShared is the schema of the last version whose installations shared the names of their cookies.
const lastShared = 7

// A database that the version before wrote goes on with its sessions, and gets a mark.
func TestDatabaseOfTheVersionBefore(t *testing.T) {
	t.Parallel()
	address := storetest.SQLiteAddress(t)
	path, _ := strings.CutPrefix(address, "sqlite:")
	file, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	migrator, err := goose.NewProvider(goose.DialectSQLite3, file, os.DirFS("../database/migrations/sqlite"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.UpTo(t.Context(), lastShared); err != nil {
		t.Fatal(err)
	}
	hashed := sha256.Sum256([]byte("a token of the version before"))
	for _, statement := range []string{
		`INSERT INTO managers (id, created_at) VALUES ('manager', 0)`,
		`INSERT INTO browsers (id, created_at, label) VALUES ('browser', 0, 'Firefox on Linux')`,
		`INSERT INTO sessions (id, token_hash, browser_id, manager_id, created_at, seen_at)
			VALUES ('session', '` + hex.EncodeToString(hashed[:]) + `', 'browser', 'manager', 0, ` + fmt.Sprint(opening.UnixMilli()) + `)`,
	} {
		if _, err := file.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, func(s *site) { s.keptAt(address) })
	value, err := securecookie.New(s.configuration.Secret, nil).Encode("__Host-whetstone", "a token of the version before")
	if err != nil {
		t.Fatal(err)
	}
	owner := s.browser()
	got := owner.get(s.paths.Settings(), carrying("__Host-whetstone", value)).wantStatus(http.StatusOK)
	if cookie := got.cookie(); cookie.Name != "__Host-"+s.cookieName("") {
		t.Errorf("the cookie is sent again as %v", cookie)
	}
	owner.get(s.paths.Devices()).wantStatus(http.StatusOK).wantText("Firefox on Linux")
}

// A cookie of the version before that opens nothing here may be another installation's: it is left alone, whatever
// the browser does here.
func TestFormerCookieOfAnotherInstallation(t *testing.T) {
	t.Parallel()
	for what, secret := range map[string]string{"with another secret": "b", "with the same secret": "a"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			here := newSite(t, at("http://127.0.0.1:8080/"), signed("a"))
			there := newSite(t, at("http://127.0.0.1:8081/"), signed(secret))
			before := there.browser()
			finished := before.finished("first-team", "full")
			kept := before.former(there)
			visiting := kept.besides(here)
			for _, path := range []string{here.paths.Home(), here.paths.Assessments(), here.paths.Received()} {
				if got := visiting.get(path).wantStatus(http.StatusOK); got.setsCookie() || got.holds(here) {
					t.Errorf("%s takes it for its own", path)
				}
			}
			visiting.finished("first-team", "full")
			visiting.visit(here.paths.Erase()).press("Delete everything", "meant", "yes").wantText("Everything is deleted")
			kept.get(there.paths.Result(finished)).wantStatus(http.StatusOK)
			if names := kept.cookieNames(); !slices.Contains(names, "whetstone") {
				t.Errorf("the browser sends %v", names)
			}
		})
	}
}

// Making a key changes what a session may do: the browser gets another token, and the one before ends once that one
// has come.
func TestKeyRenewsTheCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.finished("first-team", "full")
	name := "__Host-" + s.cookieName("")
	before := owner.sent(name)
	owner.makeKey()
	after := owner.sent(name)
	if after == before {
		t.Fatal("the cookie is the one before")
	}
	owner.get(s.paths.Result(id)).wantStatus(http.StatusOK)
	if got := s.browser().get(s.paths.Result(id), carrying(name, before)); got.status != http.StatusNotFound {
		t.Errorf("with the cookie before the key was made, the status is %d", got.status)
	}
	s.browser().get(s.paths.Result(id), carrying(name, after)).wantStatus(http.StatusOK)
	if devices := owner.get(s.paths.Devices()).text(); strings.Contains(devices, "Sign out all others") {
		t.Errorf("a second device is listed:\n%s", devices)
	}
}
