package web

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// form returns the fields of the form that a request brought, without bytes that aren't text, which PostgreSQL
// refuses. A body of another kind is refused: read as a form without fields, it would blank a page's answers.
func form(r *http.Request) (url.Values, error) {
	sent := factsOf(r).sent
	if sent == nil { // its route takes none
		return nil, errMalformed
	}
	if sent.problem != nil {
		return nil, sent.problem
	}
	if len(sent.content) > 0 && !isForm(r) {
		return nil, errMalformed
	}
	fields, err := url.ParseQuery(string(sent.content))
	if err != nil {
		return nil, errMalformed
	}
	for _, values := range fields {
		for i, value := range values {
			values[i] = plainText(value)
		}
	}
	untie(fields)
	return fields, nil
}

// isForm reports whether a body claims to be what a browser's form sends.
func isForm(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "application/x-www-form-urlencoded"
}

// plainText returns what was sent without the bytes that aren't text.
func plainText(sent string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(sent, "\uFFFD"), "\x00", "")
}

// seenField is the field of what a page saw of another.
func seenField(name string) string { return "seen." + name }

// untie strips the seen tokens from the names of a form's fields, and puts each token into a field of its own.
func untie(fields url.Values) {
	for _, sent := range slices.Sorted(maps.Keys(fields)) {
		name, seen, tied := kit.Untied(sent)
		if !tied {
			continue
		}
		fields[name] = append(fields[name], fields[sent]...)
		fields.Set(seenField(name), seen)
		delete(fields, sent)
	}
}

// counted returns the seen token that a form has for something. If the form asked which of two versions counts, it is
// the token of the version that the page's is to replace; keeps reports whether the version saved elsewhere is to stay
// instead.
func counted(fields url.Values, item, seen string) (token string, keeps bool) {
	switch choice := fields.Get(kit.ChangedField(item)); choice {
	case "":
		return seen, false
	case kit.KeepSaved:
		return seen, true
	default:
		return choice, false
	}
}

// conflictJSON is the answer to a script that sends something that was also changed elsewhere.
type conflictJSON struct {
	Message string `json:"message"`
	Answer  any    `json:"answer"`
	// Choice is the part of a page that asks which counts.
	Choice string `json:"choice"`
}

// refuseConflict tells a script that what it sends was also changed elsewhere.
func (s *Server) refuseConflict(w http.ResponseWriter, r *http.Request, changed *kit.Changed) error {
	var choice strings.Builder
	if err := kit.ConflictChoice(*changed).Render(r.Context(), &choice); err != nil {
		return err
	}
	return s.writeJSON(w, http.StatusPreconditionFailed, conflictJSON{
		Message: "it was changed in another tab or on another device. Open this page anew to see both.",
		Answer:  changed.Answer, Choice: choice.String(),
	})
}

// inConflict makes a page ask, at each of some fields, which of two versions counts.
func inConflict(page kit.Page, fields ...string) kit.Page {
	page.ErrorsTitle = "Changed elsewhere meanwhile"
	for _, field := range fields {
		page.Errors = append(page.Errors, model.FieldError{Field: field, Message: "Choose which counts: what stands here, or what was saved elsewhere."})
	}
	return page
}

// refused puts on a page why its form was not taken, and returns the status for it: something is wrong with the form, or
// what it changes was changed elsewhere in the meantime. The status is 0 for an error of another kind.
func refused(page kit.Page, err error) (kit.Page, int) {
	if page, bad := withErrors(page, err); bad {
		return page, http.StatusUnprocessableEntity
	}
	if model.KindOf(err) == model.Conflict {
		return inConflict(page, kit.FormConflictID), http.StatusConflict
	}
	return page, 0
}

// refusedDeletion is refused for a page that asks before something is deleted: it asks again, also where that was changed
// since it was asked about.
func refusedDeletion(page kit.Page, err error) (kit.Page, int) {
	page.ErrorsTitle = "Before it is deleted"
	if model.KindOf(err) == model.Conflict {
		page.Errors = []model.FieldError{{Field: "meant", Message: "It was changed in another tab or on another device since you were asked. Read it once more as it stands now: delete this, too?"}}
		return page, http.StatusConflict
	}
	return refused(page, err)
}

// redirect answers a form by leading on: the answer to a POST is always another page to get.
func redirect(w http.ResponseWriter, r *http.Request, address string) error {
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}
