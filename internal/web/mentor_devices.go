package web

import (
	"net/http"
	"slices"

	"whetstone/internal/model"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

func (s *Server) mentorDevices(w http.ResponseWriter, r *http.Request, who visitor) error {
	devices, err := s.app.MentorDevices(r.Context(), who.mentor, s.ownSession(who).ManagerID)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	props := mentorview.MentorDevicesProps{MentorDevices: devices, Again: query.Has("again"), Ended: query.Has("ended"), Saved: query.Has("saved")}
	return s.render(w, r, http.StatusOK, mentorview.MentorDevices(s.mentorPage(who, "Your devices"), props))
}

// makeMentorCode answers with the code itself instead of redirecting: an address or a session would have to carry it.
func (s *Server) makeMentorCode(w http.ResponseWriter, r *http.Request, who visitor) error {
	made, err := s.app.MakeMentorCode(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	origin := s.BaseURL.Scheme + "://" + s.BaseURL.Host
	code, err := qrCode(origin + s.paths.ContinueWith(made.Code))
	if err != nil {
		return err
	}
	told(w, s.paths.MentorDevices()+"?again")
	props := mentorview.MentorCodeProps{MentorCode: made, Address: origin + s.paths.Continue(), QR: code}
	return s.render(w, r, http.StatusOK, mentorview.MentorCode(s.mentorPage(who, "Go on with another device"), props))
}

func (s *Server) endMentorDevices(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.EndOtherMentorBrowsers(r.Context(), who.mentor); err != nil {
		return err
	}
	return redirect(w, r, s.paths.MentorDevices()+"?ended")
}

const continueTitle = "Go on here"

// continueForm takes a code; the address of a picture has it already. Nothing is opened before the button is pressed.
func (s *Server) continueForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	code := r.PathValue("code")
	return s.render(w, r, http.StatusOK, mentorview.Continue(s.mentorPage(who, continueTitle), mentorview.ContinueProps{Code: code, Scanned: code != ""}))
}

// continueHere lets the browser go on as the mentor of another one. It gets a new token, since what it opens changes.
func (s *Server) continueHere(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := model.ContinueInput{
		Code: fields.Get("code"), Drop: fields.Get("drop") == "yes", Mentor: who.mentor, ManagerID: who.manager,
		From: s.clientCode(r), Label: deviceLabel(r.UserAgent()),
	}
	token, err := s.app.ContinueAsMentor(r.Context(), input)
	if page, bad := withErrors(s.mentorPage(who, continueTitle), err); bad {
		if err := s.notesActed(w, r, who.manager); err != nil {
			return err
		}
		page.ErrorsTitle = "Before you can go on here"
		props := mentorview.ContinueProps{Code: input.Code, Drop: input.Drop, Asks: input.Drop || asksToDrop(page)}
		return s.render(w, r, http.StatusUnprocessableEntity, mentorview.Continue(page, props))
	}
	if err != nil {
		return err
	}
	if token != "" {
		if err := s.knowMentor(w, r, token); err != nil {
			return err
		}
	}
	return redirect(w, r, s.paths.Received())
}

func asksToDrop(page kit.Page) bool {
	return slices.ContainsFunc(page.Errors, func(field model.FieldError) bool { return field.Field == "drop" })
}

func (s *Server) mentorKey(w http.ResponseWriter, r *http.Request, who visitor) error {
	devices, err := s.app.MentorDevices(r.Context(), who.mentor, s.ownSession(who).ManagerID)
	if err != nil {
		return err
	}
	props := mentorview.MentorKeyProps{RecoveryKey: devices.Key, Again: r.URL.Query().Has("again")}
	return s.render(w, r, http.StatusOK, mentorview.MentorKey(s.mentorPage(who, "A key of your own"), props))
}

// makeMentorKey answers with the words themselves, as makeRecoveryKey does for a manager.
func (s *Server) makeMentorKey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	words, token, err := s.app.MakeMentorKey(r.Context(), who.mentor, fields.Get("replaces"))
	if err != nil {
		return err
	}
	if words == nil {
		return redirect(w, r, s.paths.MentorKey()+"?again")
	}
	if err := s.knowMentor(w, r, token); err != nil {
		return err
	}
	told(w, s.paths.MentorKey()+"?again")
	address := s.BaseURL.Scheme + "://" + s.BaseURL.Host + s.paths.Continue()
	return s.render(w, r, http.StatusOK, mentorview.NewMentorKey(s.mentorPage(who, "Your key"), mentorview.NewMentorKeyProps{Words: words, Address: address}))
}
