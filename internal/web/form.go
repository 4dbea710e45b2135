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

// form gives the fields of the form that a request brought, without the bytes that are no text: PostgreSQL refuses
// them. A body of another kind is refused: read as a form without fields it would blank the answers of a page.
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

// isForm tells whether a body says that it is what a browser's form sends.
func isForm(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "application/x-www-form-urlencoded"
}

// plainText is what was sent without the bytes that are no text.
func plainText(sent string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(sent, "\uFFFD"), "\x00", "")
}

// seenField is the field of what a page saw of another.
func seenField(name string) string { return "seen." + name }

// untie gives the fields of a form that carry a seen token their own names, and each token a field of its own.
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

// counted is the seen token of what a form saw of something. Where it asked which of two counts, it is that of what is
// to give way to what stands on the page; keeps tells that what was saved elsewhere is to stay instead.
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

// conflictJSON is what a script is told that sends what was changed elsewhere, too.
type conflictJSON struct {
	Message string `json:"message"`
	Answer  any    `json:"answer"`
	// Choice is the part of a page that asks which counts.
	Choice string `json:"choice"`
}

// refuseConflict tells a script that what it sends was changed elsewhere, too.
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

// inConflict makes a page one that asks which of two counts, at each of some fields.
func inConflict(page kit.Page, fields ...string) kit.Page {
	page.ErrorsTitle = "Changed elsewhere meanwhile"
	for _, field := range fields {
		page.Errors = append(page.Errors, model.FieldError{Field: field, Message: "Choose which counts: what stands here, or what was saved elsewhere."})
	}
	return page
}

// redirect leads on after a form: the answer to a POST is always another page to get.
func redirect(w http.ResponseWriter, r *http.Request, address string) error {
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}
