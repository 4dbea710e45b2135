package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/sessions"

	"whetstone/internal/model"
)

// actedLimit is for how many managers a browser is kept from being their mentor's; the latest stay.
const actedLimit = 8

// acted lists for which managers the browser has acted, by a cookie of its own: it outlives their sessions, so that nobody
// becomes their own mentor by signing out first.
func (s *Server) acted(r *http.Request) []string {
	kept, _, found := s.owners.token(r)
	if !found {
		return nil
	}
	return strings.Fields(kept)
}

// notesActed notes in the browser for which manager it acts, where there is something of theirs that a mentor could open.
func (s *Server) notesActed(w http.ResponseWriter, r *http.Request, managerID string) error {
	kept := s.acted(r)
	if managerID == "" || managerID == s.DemonstrationManager || slices.Contains(kept, managerID) {
		return nil
	}
	shared, err := s.app.HasShared(r.Context(), managerID)
	if err != nil || !shared {
		return err
	}
	kept = append(kept, managerID)
	return s.sendActed(w, kept[max(0, len(kept)-actedLimit):])
}

// forgetsActed takes that from the browser where a manager is gone.
func (s *Server) forgetsActed(w http.ResponseWriter, r *http.Request, managerID string) error {
	kept := s.acted(r)
	if !slices.Contains(kept, managerID) {
		return nil
	}
	return s.sendActed(w, slices.DeleteFunc(kept, func(id string) bool { return id == managerID }))
}

func (s *Server) sendActed(w http.ResponseWriter, managers []string) error {
	encoded, err := s.owners.codec.Encode(s.owners.name, strings.Join(managers, " "))
	if err != nil {
		return err
	}
	options := s.owners.options
	if len(managers) == 0 {
		encoded, options.MaxAge = "", -1
	}
	http.SetCookie(w, sessions.NewCookie(s.owners.name, encoded, &options))
	return nil
}

// actsFor notes of a mentor's browser for whom it acts, and for whom it has acted. A browser that is nobody's yet is told
// apart by the latter alone.
func (s *Server) actsFor(r *http.Request, mentor model.Mentor, managerID string) (model.Mentor, error) {
	acted := s.acted(r)
	if mentor.ID == "" {
		mentor.Owners = acted
		return mentor, nil
	}
	var err error
	for _, id := range append(acted, managerID) {
		if err == nil {
			mentor, err = s.app.ActsFor(r.Context(), mentor, id)
		}
	}
	return mentor, err
}
