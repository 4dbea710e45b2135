package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	planview "whetstone/views/plan"
)

// notedParameter tells a page that something was noted from it.
const notedParameter = "noted"

// longestAddress bounds the address of a page that is come back to.
const longestAddress = 500

// whereFrom is the address of the page that a request gets, to come back to it, "" for one that has none or that holds a
// secret; noted tells that something was noted from it just now.
func whereFrom(r *http.Request) (here string, noted bool) {
	query := r.URL.Query()
	noted = query.Has(notedParameter)
	if r.Method == http.MethodPost || strings.Contains(r.Pattern, "{secret}") || strings.HasSuffix(r.Pattern, "/log/new") {
		return "", noted
	}
	query.Del(notedParameter)
	back := url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: query.Encode()}
	if address := back.String(); len(address) <= longestAddress {
		here = address
	}
	return here, noted
}

// backTo reads where somebody was when they began to note something: a page of ours; nil for anything else.
func (s *Server) backTo(from string) *url.URL {
	address, err := url.Parse(from)
	if err != nil || len(from) > longestAddress || address.Scheme != "" || address.Host != "" || address.User != nil ||
		!strings.HasPrefix(from, s.paths.Base+"/") || strings.HasPrefix(from, "//") || strings.ContainsAny(from, "\\\r\n\t") {
		return nil
	}
	return address
}

func (s *Server) log(w http.ResponseWriter, r *http.Request, who visitor) error {
	query := r.URL.Query()
	number, _ := strconv.Atoi(query.Get("page"))
	log, err := s.app.Log(r.Context(), who.manager, model.LogQuery{
		Words: plainText(query.Get("words")), Competency: query.Get("competency"), Page: number,
	}, who.zone())
	if err != nil {
		return err
	}
	page := about(s.planPage(who, "Your log"), log.Competency.ID)
	props := planview.LogProps{Log: log, Competencies: s.app.Competencies(), Done: query.Get("done")}
	return s.render(w, r, http.StatusOK, planview.Log(page, props))
}

func (s *Server) logJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportLog(r.Context(), who.manager)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, "whetstone-log", who.zone().Day(s.Now()), "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

func (s *Server) logCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	rows, err := s.app.LogRows(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	return sendRows(w, r, "whetstone-log", who.zone().Day(s.Now()), rows)
}

const noteTitle = "Note something"

// noteProps is what the page of an entry offers.
func (s *Server) noteProps(input model.EntryInput, from string) planview.NoteProps {
	return planview.NoteProps{Competencies: s.app.Competencies(), Input: input, From: from}
}

func (s *Server) noteForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	query := r.URL.Query()
	input := model.EntryInput{
		Day: who.zone().Day(s.Now()).Format(model.DateLayout), Competency: s.app.KnownCompetency(query.Get("competency")),
	}
	from := query.Get("from")
	if s.backTo(from) == nil {
		from = ""
	}
	return s.render(w, r, http.StatusOK, planview.Note(s.planPage(who, noteTitle), s.noteProps(input, from)))
}

func (s *Server) note(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input, back := entryInput(fields), s.backTo(fields.Get("from"))
	input.From = s.clientCode(r)
	_, err = s.app.Note(r.Context(), who.manager, input, who.zone())
	if page, bad := withErrors(s.planPage(who, noteTitle), err); bad {
		props := s.noteProps(input, "")
		if back != nil {
			props.From = back.String()
		}
		return s.render(w, r, http.StatusUnprocessableEntity, planview.Note(page, props))
	}
	if err != nil {
		return err
	}
	if back == nil {
		back = &url.URL{Path: s.paths.Log()}
	}
	back.RawQuery = strings.TrimPrefix(back.RawQuery+"&"+notedParameter, "&")
	return redirect(w, r, back.String())
}

func entryInput(fields url.Values) model.EntryInput {
	return model.EntryInput{Words: fields.Get("noted"), Day: fields.Get("day"), Competency: fields.Get("competency")}
}

const changeEntryTitle = "Change what you noted"

func (s *Server) entryForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	entry, err := s.app.LogEntry(r.Context(), who.manager, r.PathValue("entry"))
	if err != nil {
		return err
	}
	props := planview.EntryProps{NoteProps: s.noteProps(model.EntryInput{
		Words: entry.Words, Day: entry.Day.Format(model.DateLayout), Competency: entry.Competency.ID, Seen: app.SeenEntry(entry),
	}, ""), ID: entry.ID}
	return s.render(w, r, http.StatusOK, planview.ChangeEntry(about(s.planPage(who, changeEntryTitle), entry.Competency.ID), props))
}

func (s *Server) changeEntry(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("entry"), entryInput(fields)
	var keeps bool
	if input.Seen, keeps = counted(fields, planview.EntryItem, fieldsSeen(fields, "noted")); !keeps {
		err = s.app.ChangeLogEntry(r.Context(), who.manager, id, input, who.zone())
	}
	page, status := refused(s.planPage(who, changeEntryTitle), err)
	if status == 0 && err != nil {
		return err
	}
	if status == 0 {
		return redirect(w, r, s.paths.Log()+"?done=changed")
	}
	entry, err := s.app.LogEntry(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	props := planview.EntryProps{NoteProps: s.noteProps(input, ""), ID: id}
	if status == http.StatusConflict {
		props.Changed = &kit.Changed{Item: planview.EntryItem, Seen: app.SeenEntry(entry), Level: planview.EntryWords(entry), Texts: []string{entry.Words}}
	}
	return s.render(w, r, status, planview.ChangeEntry(page, props))
}

const deleteEntryTitle = "Delete what you noted"

func (s *Server) deleteEntryForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askToDeleteEntry(w, r, who, http.StatusOK, s.planPage(who, deleteEntryTitle))
}

func (s *Server) askToDeleteEntry(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page) error {
	entry, err := s.app.LogEntry(r.Context(), who.manager, r.PathValue("entry"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, planview.DeleteEntry(about(page, entry.Competency.ID), entry, app.SeenEntry(entry)))
}

func (s *Server) deleteEntry(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.DeleteLogEntry(r.Context(), who.manager, r.PathValue("entry"), fieldsSeen(fields, "entry"), fields.Get("meant") == "yes")
	if page, status := refusedDeletion(s.planPage(who, deleteEntryTitle), err); status != 0 {
		return s.askToDeleteEntry(w, r, who, status, page)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Log()+"?done=deleted")
}
