package web

import (
	"net/http"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
	"whetstone/views/kit"
)

// settingsPage is a page of the settings.
func (s *Server) settingsPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Current = "settings"
	return page
}

func (s *Server) settings(w http.ResponseWriter, r *http.Request, who visitor) error {
	settings, err := s.app.Settings(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	props := accountview.SettingsProps{Settings: settings, Days: who.days(), Today: who.zone().Day(s.Now()), Shared: s.shared(who)}
	if props.Organises, err = s.organises(r, who); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, accountview.Settings(s.settingsPage(who, "Settings"), props))
}

// shared reports whether the visitor acts for the made-up manager of a demonstration, as others do.
func (s *Server) shared(who visitor) bool {
	return who.known() && who.manager == s.DemonstrationManager
}

func (s *Server) devices(w http.ResponseWriter, r *http.Request, who visitor) error {
	devices, err := s.app.Devices(r.Context(), who.session)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, accountview.Devices(s.settingsPage(who, "Devices"), devices))
}

// endDevice signs out one device. If it is this one, the visitor is signed out.
func (s *Server) endDevice(w http.ResponseWriter, r *http.Request, who visitor) error {
	device := r.PathValue("device")
	if err := s.app.EndDevice(r.Context(), who.session, device); err != nil {
		return err
	}
	if device != who.session.ID {
		return redirect(w, r, s.paths.Devices())
	}
	if err := s.notesActed(w, r, who.manager); err != nil {
		return err
	}
	if err := s.signOut(w, r); err != nil {
		return err
	}
	if found, err := s.signOutElsewhere(w, r, who); found || err != nil {
		return err
	}
	return redirect(w, r, s.paths.Home())
}

func (s *Server) endOtherDevices(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.EndOtherDevices(r.Context(), who.session); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Devices())
}

const eraseTitle = "Delete everything"

func (s *Server) eraseForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	if s.shared(who) {
		return model.ErrNotFound // a demonstration stays for the others
	}
	held, err := s.app.Holdings(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, accountview.Erase(s.settingsPage(who, eraseTitle), held))
}

// erase deletes everything of a manager's. It answers with the page itself instead of redirecting: afterwards there is
// nobody left to show an address to.
func (s *Server) erase(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if s.shared(who) {
		return model.ErrNotFound
	}
	erasure, err := s.app.DeleteEverything(r.Context(), who.manager, fields.Get("meant") == "yes")
	if page, bad := withErrors(s.settingsPage(who, eraseTitle), err); bad {
		page.ErrorsTitle = "Before anything is deleted"
		held, err := s.app.Holdings(r.Context(), who.manager)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusUnprocessableEntity, accountview.Erase(page, held))
	}
	if err != nil {
		return err
	}
	s.noteErasure(r, erasure)
	if err := s.forgetsActed(w, r, who.manager); err != nil {
		return err
	}
	if err := s.signOut(w, r); err != nil {
		return err
	}
	told(w, "")
	// The browser's cached pages go, too. Its cookies must stay: other installations on this host may have theirs, and
	// ours has just been removed by name.
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return s.render(w, r, http.StatusOK, accountview.Erased(s.page(who.nobody(), "Everything is deleted"), erasure))
}
