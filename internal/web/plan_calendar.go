package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"whetstone/internal/calendar"
	"whetstone/internal/model"
)

// remindersFile sends what is due next as a file for a calendar.
func (s *Server) remindersFile(w http.ResponseWriter, r *http.Request, who visitor) error {
	due, err := s.app.DueCalendar(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	content, err := calendar.Write(due, s.calendarPage)
	if err != nil {
		return err
	}
	attachment(w, "whetstone", due.Entries[0].Day, "ics")
	return send(w, r, http.StatusOK, calendar.Type, content)
}

// calendar is what a calendar reads by itself, without a session. It may keep it, and asks each time whether it has
// changed.
func (s *Server) calendar(w http.ResponseWriter, r *http.Request, _ visitor) error {
	days, err := s.app.CalendarOf(r.Context(), r.PathValue("secret"), s.clientCode(r))
	if err != nil {
		return err
	}
	content, err := calendar.Write(days, s.calendarPage)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	header := w.Header()
	header.Set("Content-Type", calendar.Type)
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(w, r, "", days.ChangedAt, bytes.NewReader(content))
	return nil
}

// calendarPage is the page that a calendar leads to: where such things are listed, so that no id of them stands in it.
func (s *Server) calendarPage(kind model.CalendarKind) string {
	switch kind {
	case model.CommitmentDue:
		return s.absolute(s.paths.Plan())
	case model.CycleEnds:
		return s.absolute(s.paths.Teams())
	case model.ShareEnds:
		return s.absolute(s.paths.Shares())
	}
	return s.absolute(s.paths.Start())
}

// absolute is an address as it is read outside the app.
func (s *Server) absolute(path string) string {
	return s.BaseURL.Scheme + "://" + s.BaseURL.Host + path
}
