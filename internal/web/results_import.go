package web

import (
	"errors"
	"net/http"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/views/kit"
	resultsview "whetstone/views/results"
)

// importPage is the page on which a file is sent.
func (s *Server) importPage(who visitor) kit.Page {
	page := s.page(who, "Bring in a history")
	page.Current = "history"
	return page
}

func (s *Server) importForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusOK, resultsview.Import(s.importPage(who), resultsview.ImportProps{}))
}

// sendFile keeps the file that was sent, for its sender to look at what is new in it. That of a visitor who is nobody yet
// makes the manager and the session that it belongs to.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, who visitor) error {
	sent := factsOf(r).sent
	switch {
	case sent == nil:
		return errMalformed
	case sent.problem != nil:
		return sent.problem
	case sent.large:
		return s.refuseFile(w, r, who, http.StatusRequestEntityTooLarge, resultsview.TooLarge(), nil)
	case sent.file.Digest == "":
		return s.refuseFile(w, r, who, http.StatusUnprocessableEntity, "Choose the file that you exported.", nil)
	}
	var err error
	if who.known() {
		err = s.app.SendFile(r.Context(), who.manager, sent.file, s.clientCode(r))
	} else {
		var token string
		token, err = s.app.SendFileAsNew(r.Context(), deviceLabel(r.UserAgent()), who.zone(), sent.file, s.clientCode(r))
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if bad, is := errors.AsType[*report.BadFile](err); is {
		return s.refuseFile(w, r, who, http.StatusUnprocessableEntity, "This file can’t be brought in. What is wrong with it stands below; nothing of it was kept.", bad.Errors)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.CheckFile())
}

// refuseFile shows the form again, with what is wrong with the file.
func (s *Server) refuseFile(w http.ResponseWriter, r *http.Request, who visitor, status int, message string, wrong []model.FileError) error {
	page := s.importPage(who)
	page.ErrorsTitle = "Before it can be brought in"
	page.Errors = []model.FieldError{{Field: fileField, Message: message}}
	return s.render(w, r, status, resultsview.Import(page, resultsview.ImportProps{Wrong: wrong}))
}

// checkFile says what is new in the file that was sent, or what was brought in of it.
func (s *Server) checkFile(w http.ResponseWriter, r *http.Request, who visitor) error {
	check, err := s.app.Import(r.Context(), who.manager)
	if errors.Is(err, model.ErrNotFound) {
		return s.render(w, r, http.StatusNotFound, resultsview.Import(s.importPage(who), resultsview.ImportProps{Gone: true}))
	}
	if err != nil {
		return err
	}
	page := s.page(who, resultsview.CheckTitle(check))
	page.Current = "history"
	return s.render(w, r, http.StatusOK, resultsview.CheckFile(page, check))
}

// bringIn brings in what is new in the file that was sent, or lets go of it.
func (s *Server) bringIn(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if fields.Get("go") == "discard" {
		if err := s.app.DiscardFile(r.Context(), who.manager); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Import())
	}
	err = s.app.BringIn(r.Context(), who.manager, fields.Get("seen"))
	switch model.KindOf(err) {
	case model.NotFound:
		return s.render(w, r, http.StatusNotFound, resultsview.Import(s.importPage(who), resultsview.ImportProps{Gone: true}))
	case model.Conflict, model.Invalid:
		return s.checkAgain(w, r, who, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.CheckFile())
}

// checkAgain shows what is so now, where that isn't what the page had shown.
func (s *Server) checkAgain(w http.ResponseWriter, r *http.Request, who visitor, refusal error) error {
	check, err := s.app.Import(r.Context(), who.manager)
	if err != nil {
		return err
	}
	page := s.page(who, resultsview.CheckTitle(check))
	page.Current, page.ErrorsTitle = "history", "Nothing was brought in"
	status := http.StatusUnprocessableEntity
	page.Errors = []model.FieldError{{Field: "go", Message: "There is no room for it: see below."}}
	if model.KindOf(refusal) == model.Conflict {
		status = http.StatusConflict
		page.Errors[0].Message = "Something of yours, or the file, was changed since that page was shown. Look once more at what is so now, then press again."
	}
	return s.render(w, r, status, resultsview.CheckFile(page, check))
}
