package web

import (
	"cmp"
	"errors"
	"net/http"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
)

const (
	togetherTitle = "Lay two histories together"
	apartTitle    = "Take two histories apart"
	decidedTitle  = "There is nothing left to decide here"
)

// deciding is for what is decided once, about the histories that a browser could open. It says so to whoever comes back to
// that by Back, or sends it from another tab.
func (s *Server) deciding(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		err := next(w, r, who)
		if !errors.Is(err, model.ErrNotFound) {
			return err
		}
		return s.render(w, r, statusOf(err), accountview.Decided(s.page(who, decidedTitle)))
	}
}

func (s *Server) togetherForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.together(w, r, who, http.StatusOK, nil)
}

// together shows what lies in two histories; failure is why they could not be laid together, nil before that.
func (s *Server) together(w http.ResponseWriter, r *http.Request, who visitor, status int, failure error) error {
	mentor, err := s.mentor(w, r, who)
	if err != nil {
		return err
	}
	together, err := s.app.Together(r.Context(), who.session, mentor)
	if err != nil {
		return err
	}
	page, bad := withErrors(s.page(who, togetherTitle), failure)
	if bad {
		page.ErrorsTitle = "Nothing was laid together"
	}
	return s.render(w, r, status, accountview.Together(page, accountview.TogetherProps{TwoHistories: together, To: s.onward(r.URL.Query().Get("to"))}))
}

func (s *Server) layTogether(w http.ResponseWriter, r *http.Request, who visitor) error {
	mentor, err := s.mentor(w, r, who)
	if err != nil {
		return err
	}
	token, err := s.app.LayTogether(r.Context(), who.session, mentor)
	if model.KindOf(err) == model.Invalid {
		return s.together(w, r, who, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.comesIn(w, r, token, cmp.Or(s.onward(r.URL.Query().Get("to")), s.paths.Home()))
}

func (s *Server) apartForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.apart(w, r, who, http.StatusOK, nil)
}

// apart shows what can be undone; failure is why it could not be, nil before that.
func (s *Server) apart(w http.ResponseWriter, r *http.Request, who visitor, status int, failure error) error {
	joined, reopens, err := s.app.Undoing(r.Context(), who.session)
	if err != nil {
		return err
	}
	page, bad := withErrors(s.settingsPage(who, apartTitle), failure)
	if bad {
		page.ErrorsTitle = "They are still together"
	}
	return s.render(w, r, status, accountview.Apart(page, accountview.ApartProps{Joining: joined, Reopens: reopens}))
}

func (s *Server) takeApart(w http.ResponseWriter, r *http.Request, who visitor) error {
	token, err := s.app.UndoTogether(r.Context(), who.session)
	if model.KindOf(err) == model.Invalid {
		return s.apart(w, r, who, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Home())
}

func (s *Server) stayTogether(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.KeepTogether(r.Context(), who.manager); err != nil {
		return err
	}
	return redirect(w, r, s.paths.WaysIn())
}
