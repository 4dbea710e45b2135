package web

import (
	"cmp"
	"net/http"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
)

func (s *Server) recoveryKey(w http.ResponseWriter, r *http.Request, who visitor) error {
	key, err := s.app.RecoveryKey(r.Context(), who.manager)
	if err != nil {
		return err
	}
	props := accountview.RecoveryKeyProps{RecoveryKey: key, Again: r.URL.Query().Has("again")}
	return s.render(w, r, http.StatusOK, accountview.RecoveryKey(s.settingsPage(who, "Recovery key"), props))
}

// makeRecoveryKey answers with the words themselves instead of redirecting: an address or a session would have to
// carry them. A form that is sent again, by a reload or a second press, leads back to its page.
func (s *Server) makeRecoveryKey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	words, token, err := s.app.MakeRecoveryKey(r.Context(), who.session, fields.Get("replaces"))
	if err != nil {
		return err
	}
	if words == nil {
		return redirect(w, r, s.paths.RecoveryKey()+"?again")
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	told(w, s.paths.RecoveryKey()+"?again")
	page := s.settingsPage(who, "Your recovery key")
	page.WayBack, page.Keyed = true, true
	address := s.absolute(s.paths.Recover())
	return s.render(w, r, http.StatusOK, accountview.NewRecoveryKey(page, accountview.NewRecoveryKeyProps{Words: words, Address: address}))
}

const recoverTitle = "Open your history with a recovery key"

func (s *Server) recoverForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	recovery, err := s.app.Recovery(r.Context(), who.session)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, accountview.Recover(s.page(who, recoverTitle), accountview.RecoverProps{Recovery: recovery, To: s.onward(r.URL.Query().Get("to"))}))
}

// recover opens the history of a key. The browser gets a new session, since what it may do changes.
func (s *Server) recover(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	to := s.onward(r.URL.Query().Get("to"))
	input := model.RecoveryInput{
		Words: fields.Get("words"), Leave: fields.Get("leave") == "yes",
		From: s.clientCode(r), Label: deviceLabel(r.UserAgent()),
	}
	token, err := s.app.Recover(r.Context(), who.session, input)
	if page, bad := withErrors(s.page(who, recoverTitle), err); bad {
		page.ErrorsTitle = "Before the history can be opened"
		recovery, err := s.app.Recovery(r.Context(), who.session)
		if err != nil {
			return err
		}
		props := accountview.RecoverProps{Recovery: recovery, Words: input.Words, Leave: input.Leave, To: to}
		return s.render(w, r, http.StatusUnprocessableEntity, accountview.Recover(page, props))
	}
	if err != nil {
		return err
	}
	if token == "" {
		return redirect(w, r, s.paths.ChoiceTo(to))
	}
	return s.comesIn(w, r, token, cmp.Or(to, s.paths.History()))
}
