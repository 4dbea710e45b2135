package web_test

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/web"
	"whetstone/views/kit"
)

// filledForm is a form of a page with something typed into each of its fields.
type filledForm struct {
	browser *browser
	path    string
	fields  url.Values
	// labels are what the page calls the fields that people type in, or choose a level or a target in, by their names.
	labels map[string]string
}

// filledForms returns a form of every route that takes one with fields to type in, by the route's pattern.
func filledForms(t *testing.T, s *site) map[string]filledForm {
	t.Helper()
	routes := http.NewServeMux()
	for _, pattern := range web.Patterns(s.configuration) {
		routes.Handle(pattern, http.NotFoundHandler())
	}
	pages := everyPage(t, s)
	crew, guest := s.newCrew("Guests", 1), s.browser()
	pages["the terms of a team"] = guest.visit(crew.link)
	code := crew.steward().invitation(crew.team, "join-code")
	pages["the terms behind a code"] = guest.post(s.paths.JoinCode(), url.Values{"code": {code}}).wantStatus(http.StatusOK)
	planner := newPlanWorld(s)
	pages["what became of the plan"] = planner.owner.visit(s.paths.Following(planner.draft))
	forms := map[string]filledForm{}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		p := pages[name]
		if p.root() == nil || p.address.Path == "/favicon.ico" || strings.HasSuffix(p.address.Path, "/preview") {
			continue
		}
		for _, node := range find(p.root(), tagged("form")) {
			if attribute(node, "method") != "post" || attribute(node, "enctype") != "" { // a file is nothing that is typed
				continue
			}
			target, err := p.address.Parse(attribute(node, "action"))
			if err != nil {
				t.Fatal(err)
			}
			_, pattern := routes.Handler(&http.Request{Method: http.MethodPost, URL: target})
			filled := filledForm{p.browser, target.Path, url.Values{}, map[string]string{}}
			if earlier, seen := forms[pattern]; seen && earlier.path != target.Path {
				continue
			} else if seen { // one address may have forms that differ
				filled = earlier
			}
			p.fill(node, filled)
			if len(filled.labels) > 0 {
				forms[pattern] = filled
			}
		}
	}
	return forms
}

// wrongKey could be a recovery key, and is nobody's.
var wrongKey = strings.Repeat("abandon ", 11) + "about"

// fewChoices are fields in which one of a few is chosen or ticked: nobody loses anything in them.
var fewChoices = []string{
	"agreed", "allow", "asked", "assessment", "became", "bet", "carry", "commitment", "competency", "count", "craft", "form", "history", "kind", "known", "leave", "log", "map", "meant", "notes",
	"questionnaire", "rating", "result", "rhythm", "scope", "teams", "then", "withdraw",
}

// fill types into the fields of a form.
func (p *page) fill(form *html.Node, into filledForm) {
	for _, node := range find(form, tagged("input", "textarea", "select")) {
		name, kind := untied(attribute(node, "name")), attribute(node, "type")
		if strings.HasPrefix(name, "counts.") {
			continue // which of two counts is asked anew
		}
		label := p.labelOf(node)
		value := "typed <b>&amp; “" + name + "”\nin two lines"
		switch {
		case kind == "hidden":
			if !into.fields.Has(name) {
				into.fields.Set(name, attribute(node, "value"))
			}
			continue
		case kind == "checkbox", slices.Contains(fewChoices, strings.SplitN(name, ".", 2)[0]):
			continue
		case kind == "radio":
			value, label = "3", text(find(legendOf(node), tagged("legend"))[0])
			if strings.HasPrefix(name, "level.") {
				label = "Your level, to: " + label
			} else {
				label = "Your level"
			}
		case strings.Contains(name, ".own-"):
			_, number, _ := strings.Cut(name, ".own-")
			value, label = "typed <b>&amp; “"+name+"”", label+" for domain "+number+" of your own"
		case strings.HasPrefix(name, "whom."), strings.HasPrefix(name, "year."):
			value, label = "typed <b>&amp; “"+name+"”", label+" for "+text(find(legendOf(node), tagged("legend"))[0])
		case node.Data == "select" && within(node, "fieldset"):
			value, label = "3.0", label+" for "+text(find(legendOf(node), tagged("legend"))[0])
		case node.Data == "select":
			value = "3.5"
		case strings.HasPrefix(name, "note."):
			label += " To: " + text(find(legendOf(node), tagged("legend"))[0])
		case node.Data == "input":
			value = "typed <b>&amp; “" + name + "”"
		case name == "words":
			value = wrongKey
		case name == "overall":
			label = "What do you want them to take away?"
		case name == "answer":
			label = "What they ask you"
		}
		into.fields.Set(name, value)
		into.labels[name] = label
	}
}

// legendOf is the group that a control stands in.
func legendOf(node *html.Node) *html.Node {
	for ancestor := range node.Ancestors() {
		if ancestor.Data == "fieldset" {
			return ancestor
		}
	}
	return nil
}

// labelOf is what a page calls a control.
func (p *page) labelOf(control *html.Node) string {
	for _, label := range find(p.root(), tagged("label")) {
		if id := attribute(control, "id"); id != "" && attribute(label, "for") == id {
			return text(label)
		}
	}
	return ""
}

// givenBack reads what a page gives back, by its labels.
func (p *page) givenBack() map[string]string {
	given := map[string]string{}
	for _, node := range find(p.root(), tagged("input", "textarea")) {
		if _, readonly := lookup(node, "readonly"); !readonly {
			continue
		}
		value := attribute(node, "value")
		if node.Data == "textarea" {
			value = rawText(node)
		}
		given[p.labelOf(node)] = value
	}
	return given
}

// sends sends a filled form as somebody.
func (f filledForm) sends(b *browser, edit ...func(*http.Request)) *page {
	return b.post(f.path, f.fields, edit...)
}

// with adds to the end of a form's body.
func with(more string) func(*http.Request) {
	return func(r *http.Request) {
		r.Body = io.NopCloser(io.MultiReader(r.Body, strings.NewReader(more)))
		r.ContentLength += int64(len(more))
	}
}

// tooSlow is the end of a body that didn't come in time.
type tooSlow struct{}

// Read implements io.Reader.
func (tooSlow) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

// Whatever happens to a form, the page that answers shows what was typed, under the form's own labels; and none of it
// if another site sent the form.
func TestEveryFormIsGivenBackWithEveryStatus(t *testing.T) {
	t.Parallel()
	s := newSite(t, mailing)
	forms := filledForms(t, s)
	scripts := []string{"POST " + paths.AnswersPattern, "POST " + paths.RatingsPattern, "POST " + paths.PlacedPattern}
	for pattern, fields := range web.Fields(s.configuration) {
		given := slices.ContainsFunc(fields, func(field kit.Field) bool {
			return !field.Few && field.Kind != kit.Options && field.Kind != kit.Boxes && field.Kind != kit.File
		})
		if _, found := forms[pattern]; given && !found && !slices.Contains(scripts, pattern) {
			t.Errorf("no page has the form of %s", pattern)
		}
	}
	fromElsewhere := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	fromPort := func(r *http.Request) { r.Header.Set("Origin", "https://whetstone.test:8443") }
	breaksOff := func(r *http.Request) { r.Body = io.NopCloser(io.MultiReader(r.Body, tooSlow{})) }
	check := func(pattern, what string, got *page, status int) {
		t.Helper()
		if count := strings.Count(got.text(), "was not saved"); count > 1 {
			t.Errorf("%s, %s: the page says %d times that it was not saved", pattern, what, count)
		}
		if got.status != status {
			t.Errorf("%s, %s: status %d, want %d", pattern, what, got.status, status)
		}
		given := got.givenBack()
		for name, label := range forms[pattern].labels {
			sent := forms[pattern].fields.Get(name)
			if back, found := given[label]; !found || back != sent && back != strings.ReplaceAll(sent, "\n", " ") {
				t.Errorf("%s, %s: %s (%q) is given back as %q of %v", pattern, what, name, label, back, slices.Sorted(maps.Keys(given)))
			}
		}
	}
	sessions, whole := 0, s.handler
	for pattern, form := range forms {
		check(pattern, "a bad escape", form.sends(form.browser, with("&more=%zz")), http.StatusBadRequest)
		check(pattern, "by another port", form.sends(form.browser, fromPort), http.StatusForbidden)
		check(pattern, "too slow", form.sends(form.browser, breaksOff), http.StatusRequestTimeout)
		check(pattern, "too long", form.sends(form.browser, with("&more="+strings.Repeat("x", 1<<20))), http.StatusRequestEntityTooLarge)
		if got := form.sends(s.browser()); got.status == http.StatusNotFound {
			check(pattern, "without a session", got, http.StatusNotFound)
			sessions++
		}
		got := form.sends(form.browser, fromElsewhere).wantStatus(http.StatusForbidden)
		if given := got.givenBack(); len(given) > 0 || strings.Contains(got.body, "typed") {
			t.Errorf("%s: another site’s form is given back: %v", pattern, given)
		}
	}
	if sessions < 14 {
		t.Errorf("%d forms ask for a session", sessions)
	}
	s.handler = web.Refused(s.useCases, s.configuration, model.UnreachableError(errors.New("away")))
	for pattern, form := range forms {
		check(pattern, "no database in time", form.sends(s.browser()), http.StatusServiceUnavailable)
	}
	if log := s.log.String(); strings.Count(log, "level=ERROR") != len(forms) { // of the database, once each
		t.Errorf("the log has %d errors for %d forms", strings.Count(log, "level=ERROR"), len(forms))
	}
	s.handler = web.Refused(s.useCases, s.configuration, model.NoRoomError(errors.New("full")))
	for pattern, form := range forms {
		got := form.sends(s.browser()).wantText("The disk of this server is full").wantText("was not saved")
		check(pattern, "a full disk", got, http.StatusInsufficientStorage)
	}
	s.handler = whole
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	for pattern, form := range forms {
		check(pattern, "a failing database", form.sends(form.browser), http.StatusInternalServerError)
	}
}

// Where the thing itself has changed meanwhile (finished, deleted, ended, tried too often), what was typed is given
// back too.
func TestWhatChangedMeanwhileGivesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	competency, items := s.firstItems("first-team")
	typed := url.Values{"level." + items[0].ID: {"4"}, "note." + items[0].ID: {"typed <last>"}}
	want := func(what string, got *page, status int, label, value string) {
		t.Helper()
		if back := got.wantStatus(status).givenBack()[label]; back != value {
			t.Errorf("%s: %q is given back as %q", what, label, back)
		}
	}
	note := "Which occasion? A few words. To: " + items[0].Text
	finished := owner.finished("first-team", "full")
	want("finished elsewhere", owner.post(s.paths.Questions(finished, competency), typed), http.StatusConflict, note, "typed <last>")
	deleted := owner.begun("first-team", "full")
	owner.post(s.paths.Delete(deleted), url.Values{}).wantStatus(http.StatusSeeOther)
	want("deleted elsewhere", owner.post(s.paths.Questions(deleted, competency), typed), http.StatusNotFound, note, "typed <last>")
	want("the level chosen", owner.post(s.paths.Questions(deleted, competency), typed), http.StatusNotFound, "Your level, to: "+items[0].Text, "4")
	absent := url.Values{"level." + items[0].ID: {"0"}}
	want("no level chosen", owner.post(s.paths.Questions(deleted, competency), absent), http.StatusNotFound, "Your level, to: "+items[0].Text, "It did not come up")

	share := owner.shares(finished, everything())
	mentor := s.browser()
	mentor.opens(share)
	owner.post(s.paths.RevokeShare(share.id), url.Values{}).wantStatus(http.StatusSeeOther)
	want("a share that ended", mentor.post(s.paths.Rate(share.id, "design"), url.Values{"level": {"0"}, "comment": {"seen & typed"}}),
		http.StatusGone, "What have you seen? If you like, one example.", "seen & typed")

	words := url.Values{"words": {wrongKey}}
	link, joining := s.newCrew("Crew", 1).link, url.Values{"name": {"Zoë <Z>"}}
	nobody := s.browser()
	for range 10 {
		nobody.post(s.paths.Recover(), words).wantStatus(http.StatusUnprocessableEntity)
		nobody.get(s.paths.Join("nonsense"))
	}
	want("too many keys", nobody.post(s.paths.Recover(), words), http.StatusTooManyRequests, "The twelve words", wrongKey)
	want("too many links", nobody.post(link, joining), http.StatusTooManyRequests, "Your name in this team", "Zoë <Z>")
	s.clock.advance(time.Hour)
	want("a dead link", nobody.post(s.paths.Join("nonsense"), joining), http.StatusNotFound, "Your name in this team", "Zoë <Z>")
}

// A form that breaks off in the middle of a character gives back what came of it, whole characters alone.
func TestAFormThatBreaksOffIsGivenBackAsFarAsItCame(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	for sent, want := range map[string]string{
		"a+b%20c": "a b c", "a%": "a", "a%C": "a", "a%C3": "a", "a%C3%": "a", "a%C3%BC": "aü", "%F0%9F%98": "", "a%00b%FFc": "ab�c",
	} {
		body := io.MultiReader(strings.NewReader("go=continue&note."+items[0].ID+"="+sent), tooSlow{})
		got := owner.request(http.MethodPost, s.paths.Questions(id, competency), body, urlEncoded, func(r *http.Request) { r.ContentLength = 500 })
		got.wantStatus(http.StatusRequestTimeout).wantText("took too long")
		if count := strings.Count(got.text(), "was not saved"); count != 1 {
			t.Errorf("%q: the page says %d times that it was not saved", sent, count)
		}
		if back := got.givenBack()["Which occasion? A few words. To: "+items[0].Text]; back != want {
			t.Errorf("%q is given back as %q, want %q", sent, back, want)
		}
	}
}
