package web

import (
	"context"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"whetstone/internal/paths"
)

// answerTime is within what an answer has to be found, sendTime how long it may be on its way to its reader. A server
// ends its connections no sooner (cmd/whetstone: 30 seconds), and so an error can still be told to whoever waits for
// a database.
const (
	answerTime = 20 * time.Second
	sendTime   = 10 * time.Second
)

// contentPolicy allows nothing but the app's own files: no inline script or style anywhere.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secure sets the headers that every response carries.
func (s *Server) secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", s.referrer(r.URL.Path))
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		// Pages are personal; the assets say otherwise for themselves.
		header.Set("Cache-Control", "no-store")
		if s.BaseURL.Scheme == "https" {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// referrer is the referrer policy of a page. None of a mentor's pages tells another site, or another page of ours,
// where it is.
func (s *Server) referrer(path string) string {
	for _, mentors := range []string{s.paths.Received(), s.paths.Base + strings.TrimSuffix(paths.OpenSharePattern, "{secret}")} {
		if strings.HasPrefix(path, mentors) {
			return s.mentorReferrer()
		}
	}
	return "same-origin"
}

// Served is what is told of a request: nothing of who asked, and of the address only its route.
type Served struct {
	Method string
	// Route is the pattern of the route, "none" where there is none.
	Route    string
	Status   int
	Duration time.Duration
}

// requestKey is the context's key of a request's own facts.
type requestKey struct{}

// requestFacts are what the log says of a request. The pattern is of the route, not the address: an
// address holds ids of people's assessments.
type requestFacts struct {
	id      string
	pattern string
	// quiet leaves the request out of the log: it is a probe, and all is well.
	quiet bool
	// sent is the form that the request brought, once a route took it.
	sent *sentForm
}

func factsOf(r *http.Request) *requestFacts {
	if facts, ok := r.Context().Value(requestKey{}).(*requestFacts); ok {
		return facts
	}
	return &requestFacts{}
}

// observe gives each request an id, logs it, and turns a panic into the page for an internal error.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := s.Now()
		facts := &requestFacts{id: s.Random()[:12], pattern: "none"}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, facts))
		counted := &countingWriter{ResponseWriter: w}
		defer func() {
			if problem := recover(); problem != nil {
				if problem == http.ErrAbortHandler {
					panic(problem)
				}
				s.Log.Error("panic", "request", facts.id, "route", facts.pattern, "problem", problem, "stack", string(debug.Stack()))
				if counted.status == 0 {
					s.renderError(counted, r, visitor{}, http.StatusInternalServerError)
				}
			}
			if s.Served != nil {
				s.Served(Served{Method: r.Method, Route: facts.pattern, Status: counted.status, Duration: s.Now().Sub(started)})
			}
			if facts.quiet {
				return
			}
			s.Log.Info("request", "request", facts.id, "method", r.Method, "route", facts.pattern,
				"status", counted.status, "bytes", counted.bytes,
				"milliseconds", float64(s.Now().Sub(started).Microseconds())/float64(time.Millisecond/time.Microsecond))
		}()
		next.ServeHTTP(counted, r)
	})
}

// countingWriter remembers what was sent.
type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader implements http.ResponseWriter.
func (w *countingWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *countingWriter) Write(content []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	written, err := w.ResponseWriter.Write(content)
	w.bytes += written
	return written, err
}

// Unwrap lets http.ResponseController reach the writer beneath.
func (w *countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
