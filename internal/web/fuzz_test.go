package web_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/web"
)

// fuzzed is one installation for all inputs of a fuzz test, with an assessment and a draft, a link that a
// mentor has opened, and a team.
type fuzzed struct {
	owner, mentor     *browser
	finished, earlier string
	draft, competency string
	share             madeShare
	team, joinLink    string
	browsers          []*browser
}

// fuzzing returns what makes the installation at the first input, and hands it to each. Its database lives as
// long as the fuzz test, not as the input.
func fuzzing(f *testing.F) func(*testing.T) *fuzzed {
	f.Helper()
	opened, err := store.Open(f.Context(), "sqlite:"+f.TempDir()+"/whetstone.db")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = opened.Close() })
	library, err := shipped()
	if err != nil {
		f.Fatal(err)
	}
	s := &site{library: library, store: opened, clock: &clock{at: opening}, log: &siteLog{}}
	s.useCases = app.New(opened, library, s.clock.now, rand.Text, app.Secret)
	s.configuration = web.Configuration{
		BaseURL: &url.URL{Scheme: "https", Host: "whetstone.test", Path: "/"}, Secret: bytes.Repeat([]byte("k"), 32),
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Now: s.clock.now, Random: rand.Text,
	}
	if s.handler, err = web.New(s.useCases, s.configuration); err != nil {
		f.Fatal(err)
	}
	var once sync.Once
	var world *fuzzed
	return func(t *testing.T) *fuzzed {
		s.t = t
		once.Do(func() { world = newFuzzed(s) })
		for _, b := range world.browsers {
			b.t = t
			b.site.log.Reset()
		}
		return world
	}
}

func newFuzzed(s *site) *fuzzed {
	w := &fuzzed{owner: s.browser(), mentor: s.browser()}
	w.browsers = []*browser{w.owner, w.mentor, s.browser()}
	w.earlier = w.owner.finished("first-team", "full")
	s.clock.advance(91 * day)
	w.finished = w.owner.finished("first-team", "full")
	w.share = w.owner.shares(w.finished, changed(everything(), "days", "90"))
	w.mentor.opens(w.share)
	w.draft = w.owner.begun("first-team", "full")
	w.competency, _ = s.firstItems("first-team")
	crew := s.newCrew("Crew", 1)
	w.browsers = append(w.browsers, crew.steward())
	w.team, w.joinLink = crew.team, crew.link
	return w
}

// fails ends the test if a request was answered by a failure of the server's.
func (w *fuzzed) fails(t *testing.T, what string, got *page) {
	t.Helper()
	if got.status >= http.StatusInternalServerError || !utf8.ValidString(got.body) || strings.ContainsRune(got.body, 0) {
		t.Fatalf("%s: status %d, or no text\n%s", what, got.status, got.browser.site.log)
	}
	// Tries at secrets add up, until every secret is refused for a while.
	got.browser.site.clock.advance(time.Second)
}

// forms are the routes that take forms, but for those that end what the other inputs need.
func (w *fuzzed) forms() (forms []string) {
	ends := []string{"/delete", "/delete-everything", "/revoke", "/revoke-all", "/forget", "/end", "/end-others", "/leave", "/recover", "/finish", "/close", "/cancel"}
	for _, pattern := range web.Patterns(w.owner.site.configuration) {
		method, path, _ := strings.Cut(pattern, " ")
		if method == http.MethodPost && !slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(path, end) }) {
			forms = append(forms, path)
		}
	}
	return forms
}

// address fills in a pattern: an assessment is the draft where that takes the form.
func (w *fuzzed) address(path string) string {
	assessment := w.finished
	if strings.HasSuffix(path, "/answers") || strings.Contains(path, "/questions/") {
		assessment = w.draft
	}
	_, secret, _ := strings.Cut(w.joinLink, "/join/")
	if strings.HasPrefix(path, "/open/") {
		secret = w.share.secret
	}
	return strings.NewReplacer(
		"{assessment}", assessment, "{competency}", w.competency, "{share}", w.share.id, "{team}", w.team, "{secret}", secret,
		"{scope}", "first-team", "{review}", "none", "{member}", "none", "{cycle}", "none", "{invitation}", "none", "{peer}", "none", "{proposal}", "none", "{device}", "none", "{way}", "none", "{passkey}", "none",
	).Replace(path)
}

// FuzzForms sends anything as the body of any form, as somebody who may send it. No form fails, and what is
// kept of a draft is what a draft can hold.
func FuzzForms(f *testing.F) {
	const form = "application/x-www-form-urlencoded"
	ready := fuzzing(f)
	bodies := []string{
		"", "%", "%zz", "a", "=&=&==", "a;b", strings.Repeat("a=b&", 20_000), "level.%00=%ff", "note.x=%00%ff%ed%a0%80", "item=design.1&level=99999999999999999999",
		"name=%3Cscript%3E&member-name=%F0%9F%98%80&smallest-group=-1", "days=1e9&kind=join-link", "opens=0000-00-00&closes=9999-99-99&form=full&name=x",
		"label=a&sharer=b&days=14&result=yes&notes=yes&competency=design&competency=design", "level=5&comment=x&revision=-1", "what=all", "what=%00",
		"level=3.5&sentence=x&go=propose", "overall=x&go=send", "questionnaire=first-team&craft=software&form=full", "count=yes&assessment=%2F..",
		"target.design=NaN&importance.design=1e9", "spent=-9223372036854775808&opened=9223372036854775807&level.a=1", "do=confirm", "show=yes", "code=AAAAA-AAAAA&join=yes&name=x&agreed=yes",
	}
	for number := range 60 {
		f.Add(uint8(number), form, []byte(bodies[number%len(bodies)]))
	}
	for number, kind := range []string{"", "text/plain", "multipart/form-data; boundary=x", form + "; charset=\xff", "application/json"} {
		f.Add(uint8(number), kind, []byte("name=x"))
	}
	f.Fuzz(func(t *testing.T, which uint8, kind string, body []byte) {
		if strings.ContainsFunc(kind, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Skip("no such header can be sent")
		}
		w := ready(t)
		forms := w.forms()
		path := forms[int(which)%len(forms)]
		for _, b := range w.browsers {
			got := b.request(http.MethodPost, w.address(path), bytes.NewReader(body), func(r *http.Request) { r.Header.Set("Content-Type", kind) })
			w.fails(t, path, got)
		}
		for item, answer := range w.owner.answers(w.draft) {
			if level := model.Level(answer.Level); !level.Valid() || !utf8.ValidString(answer.Note) || utf8.RuneCountInString(answer.Note) > model.NoteLimit {
				t.Fatalf("%s: of %s is kept %+v", path, item, answer)
			}
		}
	})
}

// FuzzQueries asks for any page with anything behind the question mark. None fails, and two assessments are
// compared only if both are one's own.
func FuzzQueries(f *testing.F) {
	ready := fuzzing(f)
	for _, query := range []string{
		"", "from=a&to=b", "from=OWN&to=EARLIER", "from=OWN&to=OWN", "from=OWN", "from=%00&to=%ff", "from=OWN&from=x&to=EARLIER", "changed=design.1&changed=%ff", "then=review",
		"saved", "sent&changed", "again&extended", "%zz", ";", "a=" + strings.Repeat("x", 5000), "from=' OR 1=1 --&to=%27",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		w := ready(t)
		query := strings.NewReplacer("OWN", w.finished, "EARLIER", w.earlier).Replace(typed)
		if _, err := url.ParseRequestURI("/x?" + query); err != nil || strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '#' || r == utf8.RuneError }) {
			t.Skip("no such address can be asked for")
		}
		s := w.owner.site
		for _, path := range []string{s.paths.CompareForm(), s.paths.Questions(w.draft, w.competency), s.paths.Targets("first-team"), s.paths.Share(w.share.id), s.paths.Shared(w.share.id), s.paths.Words(w.share.id)} {
			for _, b := range w.browsers {
				got := b.get(path + "?" + query)
				w.fails(t, path, got)
				if path == s.paths.CompareForm() && b != w.owner && got.status == http.StatusOK {
					t.Fatalf("%s: somebody else compares:\n%s", query, got.excerpt())
				}
			}
		}
	})
}

// FuzzSecrets tries anything as the secret of a link, a code, or the words of a recovery key. It opens nothing
// unless it is the one.
func FuzzSecrets(f *testing.F) {
	ready := fuzzing(f)
	for _, secret := range []string{"x", "%", "%00", "\xff", "SHARE", "JOIN", "SHARE ", "share", "../shares", "a/b", ".", "..", strings.Repeat("A", 43), strings.Repeat("A", 5000), "ABCDE-FGHJK", "' OR ''='"} {
		f.Add(secret)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		w := ready(t)
		s := w.owner.site
		_, join, _ := strings.Cut(w.joinLink, "/join/")
		secret := strings.NewReplacer("SHARE", w.share.secret, "JOIN", join).Replace(typed)
		for _, link := range []struct{ path, right string }{{s.paths.OpenShare(secret), w.share.secret}, {s.paths.Join(secret), join}} {
			for method, send := range map[string]func(*browser) *page{
				"GET":  func(b *browser) *page { return b.get(link.path) },
				"POST": func(b *browser) *page { return b.post(link.path, url.Values{}) },
			} {
				s.clock.advance(11 * time.Minute)
				got := send(s.browser())
				w.fails(t, link.path, got)
				opens := got.status == http.StatusOK || got.status == http.StatusSeeOther || got.status == http.StatusUnprocessableEntity
				right := secret == link.right
				// An invitation to a team lives for a week, and the clock goes on from try to try.
				if opens && !right || !opens && right && s.clock.now().Before(opening.Add((91+6)*day)) {
					t.Fatalf("%s %s: status %d, and the secret is right: %t", method, link.path, got.status, right)
				}
			}
		}
		s.clock.advance(11 * time.Minute)
		for path, fields := range map[string]url.Values{s.paths.JoinCode(): {"code": {secret}}, s.paths.Recover(): {"words": {secret}}} {
			got := s.browser().post(path, fields)
			w.fails(t, path, got)
			if got.status != http.StatusUnprocessableEntity && got.status != http.StatusRequestEntityTooLarge {
				t.Fatalf("%s: status %d\n%s", path, got.status, got.excerpt())
			}
		}
	})
}

// FuzzCookies sends anything as the cookies of a manager and of a mentor. Whoever they are not finds what
// nobody finds.
func FuzzCookies(f *testing.F) {
	ready := fuzzing(f)
	for _, value := range []string{"", "x", "OWNER", "MENTOR", "OWNERx", "xMENTOR", "OWNER|MENTOR", "MTc=", "\"OWNER\"", strings.Repeat("A", 4000), "\xff", "a;b", "a=b", "%00"} {
		f.Add(value, value)
		f.Add("OWNER", value)
		f.Add(value, "MENTOR")
	}
	f.Fuzz(func(t *testing.T, manager, mentor string) {
		w := ready(t)
		s := w.owner.site
		ofManager, ofMentor := "__Host-"+s.cookieName(""), "__Host-"+s.cookieName("-mentor")
		owners, mentors := w.owner.sent(ofManager), w.mentor.sent(ofMentor)
		fill := strings.NewReplacer("OWNER", owners, "MENTOR", mentors)
		manager, mentor = fill.Replace(manager), fill.Replace(mentor)
		header := ofManager + "=" + manager + "; " + ofMentor + "=" + mentor
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Skip("no such header can be sent")
		}
		b := s.browser()
		for path, is := range map[string]bool{
			s.paths.Result(w.finished): sameToken(manager, owners), s.paths.Shared(w.share.id): sameToken(mentor, mentors),
		} {
			b.client.Jar, _ = cookiejar.New(nil)
			got := b.get(path, func(r *http.Request) { r.Header.Set("Cookie", header) })
			w.fails(t, path, got)
			if got.status != http.StatusOK && got.status != http.StatusNotFound || got.status == http.StatusOK && !is {
				t.Fatalf("%s with %q: status %d, and it is the cookie: %t", path, header, got.status, is)
			}
		}
	})
}

// sent is the value of a cookie that a browser sends.
func (b *browser) sent(name string) string {
	base := *b.site.configuration.BaseURL
	for _, cookie := range b.client.Jar.Cookies(&base) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	b.t.Fatalf("the browser sends no cookie %q", name)
	return ""
}

// sameToken reports whether a cookie says what the right one does: the code that it is in has more than one way
// to write the same bytes, and what stands around a header's values is no part of them.
func sameToken(typed, right string) bool {
	typed, _, _ = strings.Cut(typed, ";")
	read, err := base64.URLEncoding.DecodeString(strings.Trim(typed, "\" \t"))
	want, wrong := base64.URLEncoding.DecodeString(right)
	return err == nil && wrong == nil && bytes.Equal(read, want)
}
