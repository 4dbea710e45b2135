package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"whetstone/internal/model"
)

var (
	// errCrossOrigin refuses a form that another site sent.
	errCrossOrigin = errors.New("a form from another origin")
	// errMalformed refuses a body that isn't a form.
	errMalformed = errors.New("a malformed form")
	// errNobody refuses what is somebody's own to a visitor who is nobody.
	errNobody = fmt.Errorf("nobody's own: %w", model.ErrNotFound)
)

// visitor is the person or program behind a request.
type visitor struct {
	// manager is the manager that the session acts for, "" for none.
	manager string
	// session is the browser's, zero if it has none.
	session model.Session
	// mentoring reports whether the browser brings a mentor's token; mentor is that mentor, looked up only where it
	// matters and zero otherwise.
	mentoring bool
	// replaced reports that the browser holds what was opened for somebody else than whom a proxy names now: none of it
	// counts, a mentor's no more than a manager's.
	replaced bool
	mentor   model.Mentor
	// named is whom a trusted proxy names, "" where none does.
	named string
	// posts reports whether the request sends a form.
	posts bool
	// here is the address of the page that is got, to come back to it; noted tells that something was noted from it just
	// now.
	here  string
	noted bool
	// holds is what is set for this installation, open the ways in that are open by it.
	holds model.Installation
	open  model.Offered
	// waiting counts what waits for the visitor as things are when it is called; nil where a page doesn't say it.
	waiting func() int
}

// nobody is the visitor once they are nobody any more, as the answer to a form.
func (v visitor) nobody() visitor { return visitor{posts: true, holds: v.holds, open: v.open} }

// known reports whether the visitor has a manager.
func (v visitor) known() bool { return v.manager != "" }

// days says which zone the visitor's days are counted in, and why.
func (v visitor) days() model.ToldZone {
	if v.session.ID != "" {
		return v.session.Days
	}
	return v.mentor.Days
}

// zone is the one that the visitor's days are counted in.
func (v visitor) zone() model.Zone { return v.days().Zone }

// handler is a page or an action. An error that it returns becomes a status and a page, in one place.
type handler func(w http.ResponseWriter, r *http.Request, who visitor) error

// handle adapts a handler: it finds the visitor, and answers an error with its page.
func (s *Server) handle(next handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.visitor(w, r)
		who.posts = r.Method == http.MethodPost
		who.here, who.noted = whereFrom(r)
		who.waiting = func() int { return s.countWaiting(w, r, who) }
		if err == nil && !isText(r.URL.Path) {
			err = model.ErrNotFound // no id of ours looks like that, and PostgreSQL would refuse the query
		}
		if err == nil {
			err = s.signedIn(w, r, who, next(w, r, who))
		}
		if err != nil {
			s.fail(w, r, who, err)
		}
	})
}

// isText reports whether an address can be looked up: valid UTF-8 without a NUL.
func isText(address string) bool {
	return utf8.ValidString(address) && !strings.ContainsRune(address, 0)
}

// manager admits only visitors with a manager. Others have nothing of their own, so every address is unknown to them.
func manager(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if !who.known() {
			return errNobody
		}
		return next(w, r, who)
	}
}

// own admits only a manager who is one person. Everybody acts for the made-up manager of a demonstration, so there
// nobody may sign others out or keep a key.
func (s *Server) own(next handler) handler {
	return manager(func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if s.shared(who) {
			return model.ErrNotFound
		}
		return next(w, r, who)
	})
}

// unshared admits everybody who may begin something here, but for the made-up manager of a demonstration, for whom everybody
// acts.
func (s *Server) unshared(next handler) handler {
	return s.guest(func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if s.shared(who) {
			return model.ErrNotFound
		}
		return next(w, r, who)
	})
}
