package web

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/paths"
	siteview "whetstone/views/site"
)

// statusGone is for the log only: the client went away before there was an answer, and gets none.
const statusGone = 499

// statusOf maps an error to a status. This is the only such table.
func statusOf(err error) int {
	switch {
	case errors.Is(err, errCrossOrigin):
		return http.StatusForbidden
	case errors.Is(err, errSignIn):
		return http.StatusForbidden
	case errors.Is(err, errMalformed):
		return http.StatusBadRequest
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errSlow):
		return http.StatusRequestTimeout
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable
	}
	if refused, is := errors.AsType[*openid.Error](err); is {
		return statusOfSignIn(refused.Problem)
	}
	switch model.KindOf(err) {
	case model.NotFound:
		return http.StatusNotFound
	case model.Invalid:
		return http.StatusUnprocessableEntity
	case model.Finished, model.Conflict:
		return http.StatusConflict
	case model.Throttled, model.Crowded:
		return http.StatusTooManyRequests
	case model.ShareEnded:
		return http.StatusGone
	case model.ShareFull, model.ShareAddressed, model.OrganisersOnly:
		return http.StatusForbidden
	case model.Unreachable:
		return http.StatusServiceUnavailable
	case model.NoRoom:
		return http.StatusInsufficientStorage
	}
	return http.StatusInternalServerError
}

// statusOfSignIn maps what is in the way of a sign-in by a provider to a status.
func statusOfSignIn(problem openid.Problem) int {
	switch problem {
	case openid.Used:
		return http.StatusConflict
	case openid.Declined, openid.Unwelcome:
		return http.StatusForbidden
	case openid.Away, openid.Clock:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadGateway
}

// scripted reports whether a script asked, and reads JSON.
func scripted(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// fail answers an error with its page, or as JSON where a script asked. Only what the visitor didn't cause is logged
// as an error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, who visitor, err error) {
	if errors.Is(r.Context().Err(), context.Canceled) {
		w.WriteHeader(statusGone)
		return
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, errBusy) {
		s.Log.Error("failed", "request", factsOf(r).id, "route", factsOf(r).pattern, "error", err)
	}
	retryAfter(w, err)
	problem := problemOf(err)
	if scripted(r) {
		message := problem.What
		if said, found := saveMessages[status]; found && !errors.Is(err, errBusy) {
			message = said
		}
		if invalid, ok := errors.AsType[*model.Error](err); ok && len(invalid.Fields) > 0 {
			message = invalid.Fields[0].Message
		}
		_ = s.writeJSON(w, status, map[string]string{"message": message})
		return
	}
	s.renderProblem(w, r, who, status, problem)
}

// busyWait is after how many seconds there may be room for a form again.
const busyWait = 5

// retryAfter says when to try again, if that may help.
func retryAfter(w http.ResponseWriter, err error) {
	if throttled, ok := errors.AsType[*model.Error](err); ok && throttled.Wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(throttled.Wait.Seconds()))))
	}
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", strconv.Itoa(busyWait))
	}
}

// saveMessages say next to an answer why a script could not save it, where the words of the status's page don't fit.
var saveMessages = map[int]string{
	http.StatusNotFound:            "this browser can’t open this any more.",
	http.StatusConflict:            "this is finished, and never changes any more.",
	http.StatusGone:                "the link has ended.",
	http.StatusRequestTimeout:      "it took too long on its way. What you typed stays on this page, and is tried again.",
	http.StatusServiceUnavailable:  "the database can’t be reached just now. What you typed stays on this page, and is tried again.",
	http.StatusInsufficientStorage: "the server’s disk is full. What you typed stays on this page, and is tried again.",
}

// problems are the words for each status that has a page.
var problems = map[int]siteview.ErrorProps{
	http.StatusBadRequest: {
		Heading: "That could not be read",
		What:    "What was sent is not a form that a browser sends.",
		Answers: "Nothing was changed.",
	},
	http.StatusForbidden: {
		Heading: "This form came from somewhere else",
		What:    "The request was sent by another site or window, so it was not carried out.",
		Answers: "Nothing was changed. Open the page here and try once more.",
	},
	http.StatusRequestTimeout: {
		Heading: "That took too long to arrive",
		What:    "What you sent was on its way for too long and had not come whole, so it was not taken.",
		Unsaved: true,
		Answers: "What the page called saved before is kept.",
	},
	http.StatusNotFound: {
		Heading: "There is nothing at this address",
		What:    "The page may have been moved or deleted, or it belongs to answers that this browser can’t open.",
		Answers: "Look at the address once more, or go on from here.",
	},
	http.StatusMethodNotAllowed: {
		Heading: "This address takes no such request",
		What:    "The address exists, but not for what was asked of it.",
		Answers: "Nothing was changed.",
	},
	http.StatusConflict: {
		Heading: "This is finished already",
		What:    "A finished assessment or depth map never changes, so nothing more can be saved in it.",
		Answers: "What it says is kept as it was when it was finished; you find it in your assessments, or among your depth maps.",
	},
	http.StatusGone: {
		Heading: "This link has ended",
		What:    "What was shared with you can’t be opened through it any more.",
		Answers: "What you had saved is kept, and the person who shared can read it.",
	},
	http.StatusRequestEntityTooLarge: {
		Heading: "That was too much at once",
		What:    "What was sent is longer than this form takes.",
		Unsaved: true,
		Answers: "What the page called saved before is kept.",
	},
	http.StatusUnprocessableEntity: {
		Heading: "Something in this form can’t be taken",
		What:    "A value that was sent is not one that the form offers.",
		Unsaved: true,
		Answers: "What the page called saved before is kept.",
	},
	http.StatusTooManyRequests: {
		Heading: "Too many tries in a short time",
		What:    "Wait ten minutes, then try again.",
		Answers: "Your answers are kept.",
	},
	http.StatusInternalServerError: {
		Heading: "Something went wrong here",
		What:    "The server could not do what was asked. It is not your doing.",
		Answers: "What a page called saved is kept. What was on its way was not saved: go back and try again.",
		Unsure:  true,
	},
	http.StatusServiceUnavailable: {
		Heading: "The database can’t be reached just now",
		What:    "So nothing can be shown or saved at the moment. It is not your doing, and usually passes by itself: try again in a little while.",
		Answers: "What a page called saved is kept. Look at what you sent just now before you send it again: whether it was saved can’t be said.",
		Unsure:  true,
	},
	http.StatusInsufficientStorage: {
		Heading: "There is no room to save anything",
		What:    "The disk of this server is full. It is not your doing, and whoever runs it has to make room; what is saved can be read meanwhile.",
		Unsaved: true,
		Answers: "What a page called saved is kept.",
	},
}

// busy holds the words for the one problem that shares its status with another.
var busy = siteview.ErrorProps{
	Heading: "Too much is on its way just now",
	What:    "So many forms are being sent that there was no room for this one. That passes by itself: wait a few seconds and reload this page, and your browser sends the form once more.",
	Unsaved: true,
	Answers: "What a page called saved before is kept.",
}

// signInFirst holds the words for who has to sign in, which shares its status with another, too.
var signInFirst = siteview.ErrorProps{
	Heading: "Sign in to go on",
	What:    "You aren’t signed in here any more, or not yet, so this was not taken.",
	Unsaved: true,
	Answers: "What the page called saved before is kept.",
}

// organisersOnly holds the words for who may open no team here; it shares its status, too.
var organisersOnly = siteview.ErrorProps{
	Heading: "Organisers alone make teams here",
	What:    "Those who organise this installation have chosen that nobody else opens a team. You can join one by a link or a code.",
	Answers: "Teams that there are go on as before.",
}

// addressedTo holds the words for who isn't signed in as the one person for whom something opens, likewise.
var addressedTo = siteview.ErrorProps{
	Heading: "This link is for somebody else",
	What:    "It opens only for the person that it was made for, once they have signed in here.",
	Unsaved: true,
	Answers: "What the page called saved before is kept.",
}

// problemOf returns the words for an error.
func problemOf(err error) siteview.ErrorProps {
	if errors.Is(err, errBusy) {
		return busy
	}
	if errors.Is(err, errSignIn) {
		return signInFirst
	}
	switch model.KindOf(err) {
	case model.Crowded:
		return crowded(err)
	case model.OrganisersOnly:
		return organisersOnly
	case model.ShareAddressed:
		return addressedTo
	}
	return problems[statusOf(err)]
}

// renderError answers with the page of a status.
func (s *Server) renderError(w http.ResponseWriter, r *http.Request, who visitor, status int) {
	problem, found := problems[status]
	if !found {
		problem = problems[http.StatusInternalServerError]
	}
	s.renderProblem(w, r, who, status, problem)
}

// renderProblem says what went wrong. Going back may reload a page without what was typed into it, or fail to reach
// it, so what was typed is given back here.
func (s *Server) renderProblem(w http.ResponseWriter, r *http.Request, who visitor, status int, props siteview.ErrorProps) {
	props.RequestID, props.Typed = factsOf(r).id, s.typed(r)
	if props.Way == nil {
		props.Way = s.wayOn(factsOf(r).pattern)
	}
	who.here, who.noted = "", false // it is the same whatever was asked for
	who.waiting = nil               // a database that can't be reached would be asked once more
	page := s.page(who, props.Heading)
	if !page.Known {
		props.Way = s.wayIn(who, status)
	}
	if err := s.render(w, r, status, siteview.ErrorPage(page, props)); err != nil {
		s.Log.Error("the error page failed", "request", props.RequestID, "error", err)
	}
}

// wayIn leads whoever opens nothing here, and asks for what may be their own, to where it opens: they may have signed out,
// or have another device. nil for what went wrong in another way.
func (s *Server) wayIn(who visitor, status int) *siteview.Way {
	if status != http.StatusNotFound {
		return nil
	}
	words := "Open your history"
	if s.signInOnly(who) {
		words = "Sign in"
	}
	return &siteview.Way{Words: words, Address: s.paths.SignIn()}
}

// wayOn leads from what can't be opened or saved any more to the others of its kind: a map that was deleted in another tab to
// the maps. It tells by the route alone, which is the same for what there isn't and for what is somebody else's.
func (s *Server) wayOn(pattern string) *siteview.Way {
	_, path, _ := strings.Cut(pattern, " ")
	for _, list := range []struct{ pattern, words string }{
		{paths.DepthMapsPattern, "Go to your depth maps"}, {paths.PlanPattern, "Go to your plan"}, {paths.LogPattern, "Go to your log"},
		{paths.SharesPattern, "Go to your shares"}, {paths.TeamsPattern, "Go to your teams"},
	} {
		if address := s.paths.Base + list.pattern; strings.HasPrefix(path, address+"/") {
			return &siteview.Way{Words: list.words, Address: address}
		}
	}
	return nil
}

// notFound answers addresses and methods without a route with the app's own pages.
func (s *Server) notFound(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fallback, pattern := mux.Handler(r)
		if pattern != "" {
			factsOf(r).pattern = pattern
			mux.ServeHTTP(w, r)
			return
		}
		answer := &headWriter{header: http.Header{}}
		fallback.ServeHTTP(answer, r)
		if answer.status < http.StatusBadRequest { // it redirects to the clean form of an address
			mux.ServeHTTP(w, r)
			return
		}
		if allow := answer.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		s.answering(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, err := s.visitor(w, r)
			if err != nil {
				s.fail(w, r, who, err)
				return
			}
			s.renderError(w, r, who, answer.status)
		})).ServeHTTP(w, r)
	})
}

// headWriter keeps the head of a response and drops its body.
type headWriter struct {
	header http.Header
	status int
}

// Header implements http.ResponseWriter.
func (w *headWriter) Header() http.Header { return w.header }

// Write implements http.ResponseWriter.
func (w *headWriter) Write(content []byte) (int, error) { return len(content), nil }

// WriteHeader implements http.ResponseWriter.
func (w *headWriter) WriteHeader(status int) { w.status = status }
