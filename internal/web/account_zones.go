package web

import (
	"net/http"
	"strings"

	"whetstone/internal/app"
	"whetstone/internal/model"
	accountview "whetstone/views/account"
	"whetstone/views/kit"
)

// ofBrowser finds the manager and the mentor that the browser is known as; a browser that is neither counts nobody's
// days.
func (s *Server) ofBrowser(w http.ResponseWriter, r *http.Request, who visitor) (visitor, error) {
	var err error
	if who.mentor, err = s.mentor(w, r, who); err != nil {
		return who, err
	}
	if who.session.ID == "" && who.mentor.ID == "" {
		return who, model.ErrNotFound
	}
	return who, nil
}

// zonesPage is the page for choosing a time zone; a browser known only as a mentor's has it among the mentor's pages.
func (s *Server) zonesPage(who visitor) kit.Page {
	if who.known() {
		return s.settingsPage(who, "Your days")
	}
	return s.mentorPage(who, "Your days")
}

func (s *Server) zones(w http.ResponseWriter, r *http.Request, who visitor) error {
	who, err := s.ofBrowser(w, r, who)
	if err != nil {
		return err
	}
	props := accountview.ZonesProps{Days: who.days(), Seen: app.SeenZone(who.days()), Saved: r.URL.Query().Has("saved")}
	if props.Days.Chosen {
		props.Typed = props.Days.Zone.Name()
	}
	return s.render(w, r, http.StatusOK, accountview.Zones(s.zonesPage(who), props))
}

// setZone takes the zone that a browser's script reports, or that somebody chooses.
func (s *Server) setZone(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if who, err = s.ofBrowser(w, r, who); err != nil {
		return err
	}
	zone := fields.Get("zone")
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		if err := s.app.TellZone(r.Context(), who.session, who.mentor, zone); err != nil {
			return err
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	seen, keeps := counted(fields, accountview.ZoneItem, fieldsSeen(fields, "zone"))
	if !keeps {
		err = s.app.ChooseZone(r.Context(), who.session, who.mentor, zone, seen)
	}
	if page, status := refused(s.zonesPage(who), err); status != 0 {
		props := accountview.ZonesProps{Days: who.days(), Typed: zone, Seen: seen}
		if status == http.StatusConflict {
			props.Changed = &kit.Changed{Item: accountview.ZoneItem, Seen: app.SeenZone(who.days()), Level: kit.DaysWords(who.days())}
		}
		return s.render(w, r, status, accountview.Zones(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Zones()+"?saved")
}
