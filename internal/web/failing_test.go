package web_test

import (
	"database/sql"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the engine whose tables are taken away

	"whetstone/internal/database"
)

// request is one row of a table of routes, asked by somebody who gets something of it.
type request struct {
	who string
	ask func() *page
}

// A database that fails never reads as "not found": each table is taken away in turn, and a visitor who finds
// something when all tables are there is either told of a failure or notices nothing, but is never told that there is
// nothing.
func TestAFailingDatabaseIsNeverNotFound(t *testing.T) {
	t.Parallel()
	for name, world := range map[string]func(s *site) []request{
		"own":    ownRequests,
		"shares": shareRequests,
		"teams":  teamRequests,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demonstrating)
			requests := world(s)
			file := s.file()
			tables := tablesOf(t, file)
			failed := 0
			without := func(table string, requests []request) {
				rename(t, file, table, "taken_away")
				var suspects []request
				for _, one := range requests {
					switch status := one.ask().status; {
					case status >= http.StatusInternalServerError:
						failed++
					case status == http.StatusNotFound:
						suspects = append(suspects, one)
					}
				}
				rename(t, file, "taken_away", table)
				for _, one := range suspects { // what an earlier request ended isn't there with all tables either
					if one.ask().status != http.StatusNotFound {
						t.Errorf("%s, without the table %s: not found", one.who, table)
					}
				}
			}
			// What ends something comes last, and one after the other, so that the others find it.
			lasting := slices.DeleteFunc(slices.Clone(requests), request.ends)
			for _, table := range tables {
				without(table, lasting)
			}
			for _, one := range requests {
				for _, table := range tables {
					if one.ends() {
						without(table, []request{one})
					}
				}
			}
			t.Logf("%d requests with each of %d tables gone: %d failed", len(requests), len(tables), failed)
			if failed < len(requests) {
				t.Errorf("only %d of %d requests failed", failed, len(requests))
			}
		})
	}
}

// ending finds the addresses of forms that end something.
var ending = regexp.MustCompile(`POST .*(delete|leave|forget|revoke|remove|finish|end|decline|close)`)

func (r request) ends() bool { return ending.MatchString(r.who) }

func ownRequests(s *site) (requests []request) {
	owner := s.browser()
	finished := owner.finishedTwice()
	draft := world{s, owner.begun("first-team", "full"), owner.begun("first-team", "full")}
	for pattern, row := range routes {
		if row.ownerOfDraft != missing {
			requests = append(requests, request{pattern + " of a draft", func() *page { return owner.ask(draft, pattern, row) }})
		}
		if row.ownerOfFinished != missing {
			requests = append(requests, request{pattern + " of a finished one", func() *page { return owner.ask(finished, pattern, row) }})
		}
	}
	return requests
}

func shareRequests(s *site) (requests []request) {
	w := newShareWorld(s)
	for pattern, row := range shareRoutes {
		if row.owner != missing {
			requests = append(requests, request{pattern + " as the owner", func() *page { return w.ask(w.owner, w.allShare, pattern, row) }})
		}
		if row.all != missing {
			requests = append(requests, request{pattern + " as the mentor", func() *page { return w.ask(w.all, w.allShare, pattern, row) }})
		}
		if row.ended != missing {
			requests = append(requests, request{pattern + " as one whose link has ended", func() *page { return w.ask(w.ended, w.endedShare, pattern, row) }})
		}
	}
	return requests
}

func teamRequests(s *site) (requests []request) {
	w := newTeamWorld(s)
	for pattern, row := range teamRoutes {
		if row.steward != missing {
			requests = append(requests, request{pattern + " as the steward", func() *page { return w.steward().askTeam(w, pattern, row) }})
		}
		if row.waiting != missing {
			requests = append(requests, request{pattern + " as who waits", func() *page { return w.waits.askTeam(w, pattern, row) }})
		}
	}
	return requests
}

// A visitor who guesses at a link is told "not found" once the guess is counted, and not if it can't be counted.
func TestAGuessThatCannotBeCountedIsAFailure(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	guess := s.paths.OpenShare("AAAAAAAAAAAAAAAAAAAAAAAAAA")
	s.browser().get(guess).wantStatus(http.StatusNotFound)
	if _, err := s.file().ExecContext(t.Context(), `CREATE TRIGGER broken BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'out of order'); END`); err != nil {
		t.Fatal(err)
	}
	s.browser().get(guess).wantStatus(http.StatusInternalServerError)
	if !strings.Contains(s.log.String(), "out of order") {
		t.Error("the log says nothing of it")
	}
}

// file opens the site's database beside the site.
func (s *site) file() *sql.DB {
	s.t.Helper()
	path, _ := database.SQLitePath(s.address)
	file, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000&_synchronous=OFF")
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := file.Close(); err != nil {
			s.t.Error(err)
		}
	})
	return file
}

// tablesOf lists the tables of a database, but for those of SQLite and of the migrations.
func tablesOf(t *testing.T, file *sql.DB) (names []string) {
	t.Helper()
	rows, err := file.QueryContext(t.Context(), `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(name, "sqlite_") && !strings.HasPrefix(name, "goose_") {
			names = append(names, name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return names
}

func rename(t *testing.T, file *sql.DB, table, name string) {
	t.Helper()
	if _, err := file.ExecContext(t.Context(), `ALTER TABLE `+table+` RENAME TO `+name); err != nil {
		t.Fatal(err)
	}
}
