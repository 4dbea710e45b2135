package web_test

import (
	"crypto/rand"
	"database/sql"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mattn/go-sqlite3"

	"whetstone/internal/app"
	"whetstone/internal/database"
	"whetstone/internal/store/storetest"
)

// request is one row of a table of routes, asked by somebody who gets something of it.
type request struct {
	who string
	ask func() *page
}

// A database that fails never reads as "not found": each statement of a request fails in turn, and a visitor who finds
// something when none fails is either told of a failure or notices nothing, but is never told that there is nothing.
func TestAFailingDatabaseIsNeverNotFound(t *testing.T) {
	t.Parallel()
	for name, world := range map[string]func(s *site) []request{
		"own":    ownRequests,
		"shares": shareRequests,
		"teams":  teamRequests,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked, failing atomic.Int64 // statements since the last request began, and the number of the one that fails
			s := newSite(t, func(s *site) {
				s.store = storetest.Watched(t, s.address, func() error {
					if asked.Add(1) == failing.Load() {
						return sqlite3.Error{Code: sqlite3.ErrIoErr}
					}
					return nil
				})
				s.useCases = app.New(s.store, s.library, s.clock.far, rand.Text, app.Secret)
			}, demonstrating)
			requests := world(s)
			requests = slices.Concat( // what ends something comes last, so that the others find it
				slices.DeleteFunc(slices.Clone(requests), request.ends),
				slices.DeleteFunc(slices.Clone(requests), func(one request) bool { return !one.ends() }),
			)
			failed := 0
			for _, one := range requests {
				for number := int64(1); ; number++ {
					asked.Store(0)
					failing.Store(number)
					status := one.status(t)
					reached := asked.Load() >= number
					failing.Store(0)
					if !reached {
						break
					}
					if status >= http.StatusInternalServerError {
						failed++
					}
					if status != http.StatusNotFound {
						continue
					}
					// What has ended isn't found when nothing fails either; a link, until too many were tried.
					if again := one.ask().status; again != http.StatusNotFound && again != http.StatusTooManyRequests {
						t.Errorf("%s, when statement %d fails: not found; otherwise %d", one.who, number, again)
					}
				}
			}
			t.Logf("%d requests: %d statements failed", len(requests), failed)
			if failed < len(requests) {
				t.Errorf("only %d statements of %d requests failed", failed, len(requests))
			}
		})
	}
}

// ending finds the addresses of forms that end something.
var ending = regexp.MustCompile(`POST .*(delete|leave|forget|revoke|remove|finish|end|decline|close)`)

func (r request) ends() bool { return ending.MatchString(r.who) }

// status asks, and returns the status of the answer; an answer that is broken off tells of a failure, too.
func (r request) status(t *testing.T) (status int) {
	t.Helper()
	defer func() {
		if broken := recover(); broken == http.ErrAbortHandler {
			status = http.StatusInternalServerError
		} else if broken != nil {
			panic(broken)
		}
	}()
	return r.ask().status
}

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
	moving(w) // the map has been looked at
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
