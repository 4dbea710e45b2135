package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"whetstone/internal/paths"
)

// probeTimeout bounds how long a readiness check may take.
const probeTimeout = 3 * time.Second

// probes are the routes that ask after the server itself, by pattern. They have no sessions and reveal nothing about
// the inside: anybody may ask.
func (s *Server) probes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET " + paths.HealthPattern: s.healthy,
		"GET " + paths.ReadyPattern:  s.ready,
	}
}

// healthy answers as long as the process does: if it doesn't, it should be restarted.
func (s *Server) healthy(w http.ResponseWriter, r *http.Request) {
	s.answerProbe(w, r, http.StatusOK, "alive\n")
}

// ready reports whether requests should be sent here: the database answers, with the schema that this program needs,
// and takes what is written. What is in the way goes only to the log.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), probeTimeout)
	defer cancel()
	if err := s.app.Ready(ctx); err != nil {
		s.Log.Warn("not ready", "request", factsOf(r).id, "error", err)
		s.answerProbe(w, r, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	s.answerProbe(w, r, http.StatusOK, "ready\n")
}

// answerProbe answers in plain text. Probes come every few seconds, so that only a bad answer is logged.
func (s *Server) answerProbe(w http.ResponseWriter, r *http.Request, status int, text string) {
	factsOf(r).quiet = status == http.StatusOK
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, text)
	}
}
