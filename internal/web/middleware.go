package web

import (
	"context"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"whetstone/internal/paths"
)

// answerTime is how long an answer may take to be found, sendTime how long it may take to reach its reader. The server
// ends connections no sooner (cmd/whetstone: 30 seconds), so a client that waits for a database can still be sent an
// error.
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
		// Pages are personal. The assets set their own caching.
		header.Set("Cache-Control", "no-store")
		if s.BaseURL.Scheme == "https" {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// referrer is the referrer policy of a page. A mentor's pages, and the address of a calendar, reveal their address neither
// to other sites nor to other pages of ours.
func (s *Server) referrer(path string) string {
	beforeSecret := func(pattern string) string {
		before, _, _ := strings.Cut(pattern, "{secret}")
		return s.paths.Base + before
	}
	for _, silent := range []string{s.paths.Received(), s.paths.Mentoring(), beforeSecret(paths.OpenSharePattern), beforeSecret(paths.CalendarPattern)} {
		if strings.HasPrefix(path, silent) {
			return s.mentorReferrer()
		}
	}
	return "same-origin"
}

// Served is what is reported of a request: nothing about who asked, and only the route of its address.
type Served struct {
	Method string
	// Route is the pattern of the route, "none" where there is none.
	Route    string
	Status   int
	Duration time.Duration
}

// requestKey is the context's key of a request's own facts.
type requestKey struct{}

// requestFacts are what the log says of a request. It has the route's pattern, not the address, which holds ids of
// people's assessments.
type requestFacts struct {
	id      string
	pattern string
	// quiet keeps the request out of the log: it is a successful probe.
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

// observe gives each request an id, logs it, and turns a panic into the internal error's page.
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
					s.renderError(counted, r, s.stranger(r), http.StatusInternalServerError)
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
