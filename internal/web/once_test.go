package web_test

import (
	"io/fs"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/paths"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// onceOnPage is the field by which a form is known when it is sent again. It is new on each page.
var onceOnPage = regexp.MustCompile(`<input type="hidden" name="once-[^"]*" value="yes">`)

// sending is a form on its way: what a browser sends, before it has got any answer.
type sending struct {
	browser *browser
	path    string
	fields  url.Values
	cookies []*http.Cookie
}

// form makes a form on its way of what a page would send.
func (b *browser) form(path string, fields url.Values) sending {
	base := *b.site.configuration.BaseURL
	fields = maps.Clone(fields)
	fields.Set("once-AAAABBBBCCCCDDDDEEEEFFFFGG", "yes")
	return sending{b, path, fields, b.client.Jar.Cookies(&base)}
}

// to sends the form to a process, with the cookies that the browser had when it was first pressed.
func (f sending) to(process http.Handler) *http.Response {
	r := httptest.NewRequest(http.MethodPost, f.browser.site.configuration.BaseURL.Scheme+"://"+f.browser.site.configuration.BaseURL.Host+f.path, strings.NewReader(f.fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range f.cookies {
		r.AddCookie(cookie)
	}
	recorder := httptest.NewRecorder()
	process.ServeHTTP(recorder, r)
	response := recorder.Result()
	response.Request = r
	return response
}

// said is what an answer amounts to: where it leads or what it shows, and which cookies it sets.
func said(response *http.Response) string {
	var body strings.Builder
	_ = response.Write(&body) // from memory into memory
	return onceOnPage.ReplaceAllString(body.String(), "")
}

// arrives sends a form at the same time to two processes, then once more to one of them, and after that as the browser
// sends it that got the answer. All answers are the same, and nothing is done after the first.
func (f sending) arrives(t *testing.T) *http.Response {
	t.Helper()
	s := f.browser.site
	other := s.beside()
	answers := make([]*http.Response, 2, 4)
	var together sync.WaitGroup
	for i, process := range []http.Handler{s.handler, other} {
		together.Go(func() { answers[i] = f.to(process) })
	}
	together.Wait()
	counted := func() map[string]int64 {
		counts, err := s.store.CountRows(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return counts
	}
	before := counted()
	answers = append(answers, f.to(other))
	base := *s.configuration.BaseURL
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(&base, f.cookies)
	jar.SetCookies(&base, answers[0].Cookies())
	f.cookies = jar.Cookies(&base)
	answers = append(answers, f.to(s.handler))
	var first string
	for i, answer := range answers {
		got := said(answer)
		if answer.StatusCode >= http.StatusBadRequest {
			t.Fatalf("answer %d: status %d\n%s", i, answer.StatusCode, got)
		}
		if i == 0 {
			first = got
		}
		if got != first {
			t.Errorf("answer %d is another one:\n%s\nthe first was\n%s", i, got, first)
		}
	}
	if after := counted(); !maps.Equal(after, before) {
		t.Errorf("arriving again changed the rows from %v to %v", before, after)
	}
	return answers[0]
}

// Every form may arrive twice, in any order, at any process: what it does is done once, and each answer is the first
// one's. A new route is among them, or is excepted with a reason.
func TestEveryFormMayArriveTwice(t *testing.T) {
	t.Parallel()
	patterns := web.Patterns(newSite(t, demonstrating).configuration)
	for _, pattern := range web.RepeatablePatterns() {
		if !slices.Contains(patterns, pattern) || web.Repeatable(pattern) == "" {
			t.Errorf("%s is excepted without a reason, or is no route", pattern)
		}
	}
	team, plan, shares := newTeamWorld(newSite(t, demonstrating)), newPlanWorld(newSite(t, demonstrating)), newShareWorld(newSite(t, demonstrating))
	teamFork, planFork, sharesFork := team.site.forked(), plan.site.forked(), shares.site.forked()
	// made is a form for a route that is taken, on a site of its own: from the tables of routes where it has none of its own.
	made := func(t *testing.T, pattern string) (s *site, sent sending) {
		switch own := arriving[pattern]; {
		case own != nil:
			s = newSite(t, demonstrating)
			return s, own(s)
		case teamRoutes[pattern].fields != nil:
			s = teamFork(t)
			return s, team.in(s).arriving(pattern)
		case planRoutes[pattern].fields != nil:
			s = planFork(t)
			return s, plan.in(s).arriving(pattern)
		case shareRoutes[pattern].fields != nil:
			s = sharesFork(t)
			return s, shares.in(s).arriving(pattern)
		}
		s = newSite(t, demonstrating)
		owner := s.browser()
		return s, owner.finishedTwice().arriving(owner, pattern)
	}
	for _, pattern := range patterns {
		if !strings.HasPrefix(pattern, "POST ") || strings.HasPrefix(web.Repeatable(pattern), "saves ") || pattern == "POST "+paths.SignInWithPattern {
			continue // a form that saves by itself reports whether another page has saved since, and a sign-in begins each time, which is tested elsewhere
		}
		if pattern == "POST "+paths.PasskeysPattern || pattern == "POST "+paths.SignInWithPasskeyPattern {
			continue // only a device can fill it in, and its answer holds once
		}
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			s, sent := made(t, pattern)
			known := s.submissions()
			sent.arrives(t)
			want := 1
			if web.Repeatable(pattern) != "" {
				want = 0
			}
			if got := s.submissions() - known; got != want {
				t.Errorf("%d forms are known when they are sent again, want %d", got, want)
			}
		})
	}
	for what, make := range alsoArriving {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			make(newSite(t, demonstrating)).arrives(t)
		})
	}
}

// submissions counts the forms that are known when they are sent again.
func (s *site) submissions() int {
	s.t.Helper()
	counts, err := s.store.CountRows(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return int(counts["submissions"])
}

// postedForm is a form in the source of a page, from its tag to its end.
var postedForm = regexp.MustCompile(`(?s)<form\b[^>]*?method="post".*?</form>`)

// onceInForm is what tells that a form is sent again; in package kit it has no prefix.
var onceInForm = regexp.MustCompile(`@(kit\.)?Once\(page\)`)

// Every form on every page is known when it is sent again, but for those that save what is typed, and one that sets what it
// says.
func TestEveryFormTellsThatItIsSentAgain(t *testing.T) {
	t.Parallel()
	saving := map[string]bool{"assess/questions.templ": true, "mentor/rating.templ": true, "mentor/mentorwords.templ": true, "mentor/sharedmap.templ": true, "plan/look_again.templ": true, "account/vouched.templ": true}
	forms := 0
	err := fs.WalkDir(os.DirFS("../../views"), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".templ") {
			return err
		}
		source, err := os.ReadFile("../../views/" + name)
		for _, form := range postedForm.FindAllString(string(source), -1) {
			forms++
			if tells := onceInForm.MatchString(form); tells == saving[name] {
				t.Errorf("%s: a form that tells that it is sent again: %t\n%s", name, tells, form)
			}
		}
		return err
	})
	if err != nil || forms < 50 {
		t.Errorf("%d forms, %v", forms, err)
	}
}

// The answer of a form is for the browser that sent it: another one that knows all that was in the form is carried
// out as if it came first, and what is kept of the answer is sealed.
func TestAnswerIsForWhoSentTheForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	other.finished("first-team", "pulse")
	sent := owner.form(s.paths.NewShare(assessment), everything())
	answer := said(sent.to(s.handler))
	secret := regexp.MustCompile(`/open/([\w-]{43})`).FindStringSubmatch(answer)
	if secret == nil || said(sent.to(s.handler)) != answer {
		t.Fatalf("the owner isn’t told the same again:\n%s", answer)
	}
	for who, cookies := range map[string][]*http.Cookie{"nobody": nil, "another manager": other.form("", url.Values{}).cookies} {
		theirs := sent
		theirs.cookies = cookies
		if got := theirs.to(s.handler); got.StatusCode != http.StatusNotFound || strings.Contains(said(got), secret[1]) {
			t.Errorf("%s is answered %d:\n%s", who, got.StatusCode, said(got))
		}
	}
	file, _ := strings.CutPrefix(s.address, "sqlite:")
	for _, name := range []string{file, file + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil || strings.Contains(string(content), secret[1]) {
			t.Errorf("%s holds the secret in the open (%v)", name, err)
		}
	}
}

// After a minute a form leads on and tells no secret, nor signs in anybody whom the first answer didn't reach.
func TestAnswerIsToldForAMinute(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	sent := s.browser().form(s.paths.NewTeam(), url.Values{"name": {"A team"}, "smallest-group": {"5"}, "member-name": {"Somebody"}})
	first := sent.to(s.handler)
	reached := sent
	reached.cookies = first.Cookies()
	s.clock.advance(time.Minute + time.Second)
	if got := reached.to(s.handler); got.Header.Get("Location") != first.Header.Get("Location") || len(got.Cookies()) != 0 {
		t.Errorf("whom the answer reached is answered %s", said(got))
	}
	if got := sent.to(s.handler); got.Header.Get("Location") == first.Header.Get("Location") || len(got.Cookies()) != 1 {
		t.Errorf("whom the answer didn’t reach is answered %s", said(got))
	}
}

// What was not done may be tried again, and what somebody goes back to and changes is another form.
func TestFormThatWasNotTakenMayBeSentAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	form := owner.visit(s.paths.NewTeam())
	form.press("Make the team", "name", "", "member-name", "Owner").wantStatus(http.StatusUnprocessableEntity)
	one := form.press("Make the team", "name", "One", "member-name", "Owner").wantText("One").address.Path
	if again := form.press("Make the team", "name", "One", "member-name", "Owner").address.Path; again != one {
		t.Errorf("the form leads to %s, and then to %s", one, again)
	}
	if other := form.press("Make the team", "name", "Other", "member-name", "Owner").wantText("Other").address.Path; other == one {
		t.Error("a form that was changed is taken for the one before")
	}
	if after := owner.visit(s.paths.NewTeam()).press("Make the team", "name", "One", "member-name", "Owner").address.Path; after == one {
		t.Error("a form of another page is taken for the one before")
	}
}

// After everything is deleted there is nobody left, and a second press is told so all the same. The browser is asked
// to drop what it kept, but for its cookies.
func TestDeletingEverythingTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	asked := owner.visit(s.paths.Erase())
	sent := owner.form(s.paths.Erase(), url.Values{"meant": {"yes"}})
	for range 3 {
		got := asked.press("Delete everything", "meant", "yes").wantStatus(http.StatusOK).wantText("Everything is deleted")
		if clears := got.header.Get("Clear-Site-Data"); clears != `"cache", "storage"` {
			t.Errorf("the browser is asked to clear %s", clears)
		}
		if cookie := got.cookie(); cookie.Name != "__Host-"+s.cookieName("") || cookie.MaxAge >= 0 {
			t.Errorf("the cookie %v is set", cookie)
		}
		s.clock.advance(2 * time.Minute)
	}
	if got := sent.to(s.handler); got.StatusCode != http.StatusNotFound || strings.Contains(said(got), "happened to your answers") {
		t.Errorf("a form of another page is answered %s", said(got))
	}
}

// What holds forms together are the processes' common database's rows, on either engine.
func TestFormsArriveTwiceOnEachEngine(t *testing.T) {
	t.Parallel()
	storetest.Addresses(t, func(t *testing.T, address string) {
		s := newSite(t, func(s *site) { s.keptAt(address) })
		for _, pattern := range []string{paths.KeyPattern, paths.RecoverPattern, paths.ErasePattern, paths.JoinPattern} {
			arriving["POST "+pattern](s).arrives(t)
		}
		for _, what := range []string{"a first assessment", "a first team", "a first cycle"} {
			alsoArriving[what](s).arrives(t)
		}
	})
}

// The page for an address without content knows nothing about answers, and says nothing about them.
func TestUnknownAddressClaimsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	owner.visit(s.paths.Delete(id)).press("Delete the draft").wantAt(s.paths.Assessments())
	for path, got := range map[string]*page{
		"a draft that is gone": owner.get(s.paths.Assessment(id)), "nothing": owner.get("/nothing"),
		"its form": owner.post(s.paths.Delete(id), url.Values{}),
	} {
		got.wantStatus(http.StatusNotFound)
		for _, claim := range []string{"Nothing happened", "is kept", "Nothing was changed"} {
			if strings.Contains(got.text(), claim) {
				t.Errorf("the page of %s says %q", path, claim)
			}
		}
	}
}
