package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/andybalholm/brotli"

	"whetstone/assets"
	"whetstone/internal/model"
	"whetstone/views"
)

var (
	// errCrossOrigin refuses a form that another site sent.
	errCrossOrigin = errors.New("a form from another origin")
	// errMalformed refuses a body that is no form.
	errMalformed = errors.New("a malformed form")
)

// visitor is who asks.
type visitor struct {
	// manager is whom the session acts for, "" for nobody.
	manager string
	// session is the browser's, zero if it has none.
	session model.Session
	// mentoring tells that the browser brings a mentor's token; mentor is whom that stands for, looked up
	// only where it matters and zero elsewhere.
	mentoring bool
	mentor    model.Mentor
	// posts tells that they send a form.
	posts bool
}

// known tells whether the visitor is somebody.
func (v visitor) known() bool { return v.manager != "" }

// days say which zone the visitor's days are counted in.
func (v visitor) days() model.ToldZone {
	if v.session.ID != "" {
		return v.session.Days
	}
	return v.mentor.Days
}

// zone is the one that the visitor's days are counted in.
func (v visitor) zone() model.Zone { return v.days().Zone }

// handler is a page or an action. An error it returns becomes a status and a page in one place.
type handler func(w http.ResponseWriter, r *http.Request, who visitor) error

// handle adapts a handler: it finds the visitor, and answers an error with its page.
func (s *Server) handle(next handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.visitor(w, r)
		who.posts = r.Method == http.MethodPost
		if err == nil && !isText(r.URL.Path) {
			err = model.ErrNotFound // no id of ours looks like it, and PostgreSQL would refuse to look
		}
		if err == nil {
			err = next(w, r, who)
		}
		if err != nil {
			s.fail(w, r, who, err)
		}
	})
}

// isText tells whether an address can be looked up: valid UTF-8 without a NUL.
func isText(address string) bool {
	return utf8.ValidString(address) && !strings.ContainsRune(address, 0)
}

// manager asks for somebody: nobody has nothing of their own, so to them every address is unknown.
func manager(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if !who.known() {
			return model.ErrNotFound
		}
		return next(w, r, who)
	}
}

// own asks for somebody who is one person. The made-up manager of a demonstration is everybody, so
// nobody signs others out or keeps a key to it.
func (s *Server) own(next handler) handler {
	return manager(func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if s.shared(who) {
			return model.ErrNotFound
		}
		return next(w, r, who)
	})
}

// statusGone is for the log alone: whoever asked has gone before there was an answer, and gets none.
const statusGone = 499

// statusOf maps an error to a status: the one table of it.
func statusOf(err error) int {
	switch {
	case errors.Is(err, errCrossOrigin):
		return http.StatusForbidden
	case errors.Is(err, errMalformed):
		return http.StatusBadRequest
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errSlow):
		return http.StatusRequestTimeout
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable
	}
	switch model.KindOf(err) {
	case model.NotFound:
		return http.StatusNotFound
	case model.Invalid:
		return http.StatusUnprocessableEntity
	case model.Finished:
		return http.StatusConflict
	case model.Throttled, model.Crowded:
		return http.StatusTooManyRequests
	case model.ShareEnded:
		return http.StatusGone
	case model.ShareFull:
		return http.StatusForbidden
	case model.Unreachable:
		return http.StatusServiceUnavailable
	case model.NoRoom:
		return http.StatusInsufficientStorage
	}
	return http.StatusInternalServerError
}

// scripted tells whether a script asked, and reads JSON.
func scripted(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// fail answers an error with its page, or as JSON where a script asked. Only what is not the
// visitor's doing is logged as an error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, who visitor, err error) {
	if errors.Is(r.Context().Err(), context.Canceled) {
		w.WriteHeader(statusGone)
		return
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, errBusy) {
		s.Log.Error("failed", "request", factsOf(r).id, "route", factsOf(r).pattern, "error", err)
	}
	retryAfter(w, err)
	problem := problemOf(err)
	if scripted(r) {
		message := problem.What
		if said, found := saveMessages[status]; found && !errors.Is(err, errBusy) {
			message = said
		}
		if invalid, ok := errors.AsType[*model.Error](err); ok && len(invalid.Fields) > 0 {
			message = invalid.Fields[0].Message
		}
		_ = s.writeJSON(w, status, map[string]string{"message": message})
		return
	}
	s.renderProblem(w, r, who, status, problem)
}

// busyWait is after how many seconds there may be room again for a form.
const busyWait = 5

// retryAfter says when another try may help.
func retryAfter(w http.ResponseWriter, err error) {
	if throttled, ok := errors.AsType[*model.Error](err); ok && throttled.Wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(throttled.Wait.Seconds()))))
	}
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", strconv.Itoa(busyWait))
	}
}

// saveMessages say beside an answer why a script could not save it, where the words of the status's page
// would not fit.
var saveMessages = map[int]string{
	http.StatusNotFound:            "this browser can’t open this assessment any more.",
	http.StatusConflict:            "this assessment is finished.",
	http.StatusGone:                "the link has ended.",
	http.StatusRequestTimeout:      "it took too long on its way. What you typed stays on this page, and is tried again.",
	http.StatusServiceUnavailable:  "the database can’t be reached just now. What you typed stays on this page, and is tried again.",
	http.StatusInsufficientStorage: "the server’s disk is full. What you typed stays on this page, and is tried again.",
}

// problems word each status that has a page.
var problems = map[int]views.ErrorProps{
	http.StatusBadRequest: {
		Heading: "That could not be read",
		What:    "What was sent is not a form that a browser sends.",
		Answers: "Nothing was changed.",
	},
	http.StatusForbidden: {
		Heading: "This form came from somewhere else",
		What:    "The request was sent by another site or window, so it was not carried out.",
		Answers: "Nothing was changed. Open the page here and try once more.",
	},
	http.StatusRequestTimeout: {
		Heading: "That took too long to arrive",
		What:    "What you sent was on its way for half a minute and had not come whole, so it was not taken.",
		Answers: "It was not saved. What the page called saved before is kept.",
	},
	http.StatusNotFound: {
		Heading: "There is nothing at this address",
		What:    "The page may have been moved or deleted, or it belongs to answers that this browser can’t open.",
		Answers: "Look at the address once more, or go on from here.",
	},
	http.StatusMethodNotAllowed: {
		Heading: "This address takes no such request",
		What:    "The address exists, but not for what was asked of it.",
		Answers: "Nothing was changed.",
	},
	http.StatusConflict: {
		Heading: "This assessment is finished",
		What:    "A finished assessment never changes, so nothing more can be saved in it.",
		Answers: "Its answers are kept as they were when it was finished; you find its result in your assessments.",
	},
	http.StatusGone: {
		Heading: "This link has ended",
		What:    "What was shared with you can’t be opened through it any more.",
		Answers: "What you had saved is kept, and the person who shared can read it.",
	},
	http.StatusRequestEntityTooLarge: {
		Heading: "That was too much at once",
		What:    "What was sent is longer than this form takes.",
		Answers: "It was not saved. What the page called saved before is kept.",
	},
	http.StatusUnprocessableEntity: {
		Heading: "Something in this form can’t be taken",
		What:    "A value that was sent is not one that the form offers.",
		Answers: "It was not saved. What the page called saved before is kept.",
	},
	http.StatusTooManyRequests: {
		Heading: "Too many tries in a short time",
		What:    "Wait ten minutes, then try again.",
		Answers: "Your answers are kept.",
	},
	http.StatusInternalServerError: {
		Heading: "Something went wrong here",
		What:    "The server could not do what was asked. It is not your doing.",
		Answers: "What a page called saved is kept. What was on its way was not saved: go back and try again.",
		Unsure:  true,
	},
	http.StatusServiceUnavailable: {
		Heading: "The database can’t be reached just now",
		What:    "So nothing can be shown or saved at the moment. It is not your doing, and usually passes by itself: try again in a little while.",
		Answers: "What a page called saved is kept. Look at what you sent just now before you send it again: whether it was saved can’t be said.",
		Unsure:  true,
	},
	http.StatusInsufficientStorage: {
		Heading: "There is no room to save anything",
		What:    "The disk of this server is full. It is not your doing, and whoever runs it has to make room; what is saved can be read meanwhile.",
		Answers: "What a page called saved is kept. What you sent just now was not saved.",
	},
}

// busy words the one problem that shares its status with another one.
var busy = views.ErrorProps{
	Heading: "Too much is on its way just now",
	What:    "So many forms are being sent that there was no room for this one. That passes by itself: wait a few seconds and reload this page, and your browser sends the form once more.",
	Answers: "It was not saved. What a page called saved before is kept.",
}

// problemOf words an error.
func problemOf(err error) views.ErrorProps {
	if errors.Is(err, errBusy) {
		return busy
	}
	if model.KindOf(err) == model.Crowded {
		return crowded(err)
	}
	return problems[statusOf(err)]
}

// renderError answers with the page of a status.
func (s *Server) renderError(w http.ResponseWriter, r *http.Request, who visitor, status int) {
	problem, found := problems[status]
	if !found {
		problem = problems[http.StatusInternalServerError]
	}
	s.renderProblem(w, r, who, status, problem)
}

// renderProblem says what went wrong. Going back may fetch a page anew, without what was typed into it, or out of
// reach: so that is given back here.
func (s *Server) renderProblem(w http.ResponseWriter, r *http.Request, who visitor, status int, props views.ErrorProps) {
	props.RequestID, props.Typed = factsOf(r).id, s.typed(r)
	page := s.page(who, props.Heading)
	if err := s.render(w, r, status, views.ErrorPage(page, props)); err != nil {
		s.Log.Error("the error page failed", "request", props.RequestID, "error", err)
	}
}

// notFound gives the addresses and methods without a route the app's own pages.
func (s *Server) notFound(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fallback, pattern := mux.Handler(r)
		if pattern != "" {
			factsOf(r).pattern = pattern
			mux.ServeHTTP(w, r)
			return
		}
		answer := &headWriter{header: http.Header{}}
		fallback.ServeHTTP(answer, r)
		if answer.status < http.StatusBadRequest { // it leads to the clean form of an address
			mux.ServeHTTP(w, r)
			return
		}
		if allow := answer.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		s.answering(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, err := s.visitor(w, r)
			if err != nil {
				s.fail(w, r, who, err)
				return
			}
			s.renderError(w, r, who, answer.status)
		})).ServeHTTP(w, r)
	})
}

// headWriter keeps the head of a response and drops its body.
type headWriter struct {
	header http.Header
	status int
}

// Header implements http.ResponseWriter.
func (w *headWriter) Header() http.Header { return w.header }

// Write implements http.ResponseWriter.
func (w *headWriter) Write(content []byte) (int, error) { return len(content), nil }

// WriteHeader implements http.ResponseWriter.
func (w *headWriter) WriteHeader(status int) { w.status = status }

// page is what every page starts from.
func (s *Server) page(who visitor, title string) views.Page {
	return views.Page{
		Paths: s.paths, Title: title, Once: s.Random(), Known: who.known(), Keyed: who.session.Keyed,
		Demonstration: s.DemonstrationManager != "",
		Shared:        s.shared(who),
		Sharing:       who.session.Sharing,
		Mentoring:     who.mentoring,
		Zone:          who.zone(),
		TellZone:      (who.session.ID != "" || who.mentor.ID != "") && !who.days().Chosen,
		Posted:        who.posts,
	}
}

// withErrors puts on a page what is wrong with its form; it tells whether err was of that kind.
func withErrors(page views.Page, err error) (views.Page, bool) {
	invalid, ok := errors.AsType[*model.Error](err)
	if !ok || invalid.Kind != model.Invalid {
		return page, false
	}
	page.Errors = invalid.Fields
	return page, true
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a page. It is rendered whole before anything is sent, so a failure never sends half
// a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, component templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() { buffer.Reset(); buffers.Put(buffer) }()
	// Rendering asks for nothing more, so a page is told also where its time has run out meanwhile: what it tells
	// of may be done, and may be told only once.
	if err := component.Render(context.WithoutCancel(r.Context()), buffer); err != nil {
		return err
	}
	return send(w, r, status, "text/html; charset=utf-8", buffer.Bytes())
}

// Levels of compression that pay for a page made for one reader: beyond them time grows and size
// hardly falls.
const (
	brotliLevel = 4
	gzipLevel   = 5
)

var (
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterLevel(io.Discard, brotliLevel) }}
	gzipWriters   = sync.Pool{New: func() any {
		writer, _ := gzip.NewWriterLevel(io.Discard, gzipLevel) // the level is valid
		return writer
	}}
)

// send writes content, compressed as the browser likes it. A reader who went away is no error.
func send(w http.ResponseWriter, r *http.Request, status int, contentType string, content []byte) error {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Vary", "Accept-Encoding")
	coding := assets.NegotiateEncoding(r.Header, "br", "gzip")
	if coding != "" {
		compressed := buffers.Get().(*bytes.Buffer)
		defer func() { compressed.Reset(); buffers.Put(compressed) }()
		if err := compress(compressed, coding, content); err != nil {
			return err
		}
		header.Set("Content-Encoding", coding)
		content = compressed.Bytes()
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
	return nil
}

// compressor is what the two codings' writers have in common.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

func compress(into io.Writer, coding string, content []byte) error {
	return compressing(into, coding, func(to io.Writer) error { _, err := to.Write(content); return err })
}

// compressing writes what write makes, in a coding.
func compressing(into io.Writer, coding string, write func(io.Writer) error) error {
	pool := &gzipWriters
	if coding == "br" {
		pool = &brotliWriters
	}
	writer := pool.Get().(compressor)
	defer pool.Put(writer)
	writer.Reset(into)
	if err := write(writer); err != nil {
		return err
	}
	return writer.Close()
}

func (s *Server) writeJSON(w http.ResponseWriter, status int, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(content)
	return nil
}

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

// untie gives the fields of a form that carry a mark their own names, and each mark a field of its own.
func untie(fields url.Values) {
	for _, sent := range slices.Sorted(maps.Keys(fields)) {
		name, seen, tied := views.Untied(sent)
		if !tied {
			continue
		}
		fields[name] = append(fields[name], fields[sent]...)
		fields.Set(seenField(name), seen)
		delete(fields, sent)
	}
}

// counted is the mark of what a form saw of something. Where it asked which of two counts, it is that of what is
// to give way to what stands on the page; keeps tells that what was saved elsewhere is to stay instead.
func counted(fields url.Values, item, seen string) (mark string, keeps bool) {
	switch choice := fields.Get(views.ChangedField(item)); choice {
	case "":
		return seen, false
	case views.KeepElsewhere:
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
func (s *Server) refuseConflict(w http.ResponseWriter, r *http.Request, changed *views.Changed) error {
	var choice strings.Builder
	if err := views.ChangedElsewhere(*changed).Render(r.Context(), &choice); err != nil {
		return err
	}
	return s.writeJSON(w, http.StatusPreconditionFailed, conflictJSON{
		Message: "it was changed in another tab or on another device. Open this page anew to see both.",
		Answer:  changed.Answer, Choice: choice.String(),
	})
}

// inConflict makes a page one that asks which of two counts, at each of some fields.
func inConflict(page views.Page, fields ...string) views.Page {
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
