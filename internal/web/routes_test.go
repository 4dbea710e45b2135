package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/paths"
	"whetstone/internal/web"
)

// access is what each role gets from a route. Owner is whom the assessment in the address belongs to;
// other is another manager, who has assessments too, and nobody has no session.
type access struct {
	// fields is the form that a POST sends; nil for a GET.
	fields func(world) url.Values

	nobody, other                 int
	ownerOfDraft, ownerOfFinished int
}

// world is what an address of the table can mean.
type world struct {
	site       *site
	assessment string
	// second is another assessment of the same kind and owner, for what takes two.
	second string
}

func (w world) path(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	competency, _ := w.site.firstItems("first-team")
	path = w.site.paths.Base + strings.NewReplacer(
		"{$}", "", "{assessment}", w.assessment, "{competency}", competency, "{scope}", "first-team",
		"{guide}", "architecture-review",
	).Replace(path)
	if strings.HasSuffix(pattern, paths.ComparePattern) {
		path += "?" + url.Values{"from": {w.assessment}, "to": {w.second}}.Encode()
	}
	return path
}

// same gives every role the same.
func same(status int) access { return access{nil, status, status, status, status} }

func (a access) sending(fields func(world) url.Values) access {
	a.fields = fields
	return a
}

func nothing(world) url.Values { return url.Values{} }

// meant finishes a draft though it has few answers.
func meant(world) url.Values { return url.Values{"meant": {"yes"}} }

func startFields(w world) url.Values {
	return url.Values{"questionnaire": {"first-team"}, "craft": {"software"}, "form": {"full"}}
}

func oneAnswer(w world) url.Values {
	_, items := w.site.firstItems("first-team")
	return url.Values{"item": {items[1].ID}, "level": {"2"}}
}

func pageOfAnswers(w world) url.Values {
	_, items := w.site.firstItems("first-team")
	return url.Values{"level." + items[1].ID: {"2"}}
}

func targetFields(w world) url.Values {
	fields := url.Values{}
	chosen, _ := w.site.library.Questionnaire("first-team")
	for _, section := range chosen.For("software").Sections {
		fields.Set("target."+section.Competency, "3.0")
		fields.Set("importance."+section.Competency, "2")
	}
	return fields
}

func allowed(world) url.Values { return url.Values{"allow": {"yes"}} }

func skipped(world) url.Values { return url.Values{"go": {"skip"}} }

func aZone(world) url.Values { return url.Values{"zone": {"Pacific/Auckland"}} }

func usualRhythm(world) url.Values { return url.Values{"rhythm": {"usual"}} }

// staleKey would replace a recovery key, or the address of a calendar, that is not the one in force.
func staleKey(world) url.Values { return url.Values{"replaces": {"another"}} }

func anAddress(world) url.Values { return url.Values{"address": {"ada@example.com"}} }

func newName(world) url.Values { return url.Values{"name": {"A name of one’s own"}} }

const (
	ok       = http.StatusOK
	onward   = http.StatusSeeOther
	missing  = http.StatusNotFound
	conflict = http.StatusConflict
	invalid  = http.StatusUnprocessableEntity
)

// routes is who gets what. What is someone else's is missing, and so is everything for nobody.
var routes = map[string]access{
	"GET " + paths.HomePattern:               same(ok),
	"GET " + paths.MethodPattern:             same(ok),
	"POST " + paths.ReliabilityPattern:       {allowed, missing, onward, onward, onward},
	"GET " + paths.AboutPattern:              same(ok),
	"GET " + paths.LandingPattern:            same(ok),
	"GET " + paths.InstallationPattern:       same(missing), // they don't organise it
	"POST " + paths.InstallationPattern:      same(missing).sending(nothing),
	"GET " + paths.OrganisePattern:           same(ok),
	"POST " + paths.OrganisePattern:          same(invalid).sending(nothing), // no code
	"GET " + paths.GuidesPattern:             same(ok),
	"GET " + paths.GuidePattern:              same(ok),
	"GET " + paths.StartPattern:              same(ok),
	"POST " + paths.StartPattern:             same(onward).sending(startFields),
	"GET " + paths.AssessmentsPattern:        same(ok),
	"GET " + paths.AssessmentPattern:         {nil, missing, missing, ok, onward},
	"GET " + paths.BeginPattern:              {nil, missing, missing, onward, onward},
	"GET " + paths.ExamplePattern:            {nil, missing, missing, ok, onward},
	"GET " + paths.QuestionsPattern:          {nil, missing, missing, ok, onward},
	"POST " + paths.QuestionsPattern:         {pageOfAnswers, missing, missing, onward, conflict},
	"GET " + paths.AnswersPattern:            {nil, missing, missing, ok, conflict},
	"POST " + paths.AnswersPattern:           {oneAnswer, missing, missing, ok, conflict},
	"GET " + paths.ReviewPattern:             {nil, missing, missing, ok, onward},
	"POST " + paths.FinishPattern:            {meant, missing, missing, onward, onward},
	"GET " + paths.DeletePattern:             {nil, missing, missing, ok, ok},
	"POST " + paths.DeletePattern:            {nothing, missing, missing, onward, invalid}, // not confirmed
	"GET " + paths.ResultPattern:             {nil, missing, missing, missing, ok},
	"GET " + paths.OnePagePattern:            {nil, missing, missing, missing, ok},
	"GET " + paths.ResultJSONPattern:         {nil, missing, missing, missing, ok},
	"GET " + paths.ResultCSVPattern:          {nil, missing, missing, missing, ok},
	"GET " + paths.ResultScoresPattern:       {nil, missing, missing, missing, ok},
	"GET " + paths.RenamePattern:             {nil, missing, missing, missing, ok},
	"POST " + paths.RenamePattern:            {newName, missing, missing, missing, onward},
	"GET " + paths.ReratingPattern:           {nil, missing, missing, missing, ok},
	"POST " + paths.ReratingPattern:          {skipped, missing, missing, missing, onward},
	"GET " + paths.HistoryPattern:            same(ok),
	"GET " + paths.HistoryJSONPattern:        {nil, missing, ok, ok, ok},
	"GET " + paths.HistoryCSVPattern:         {nil, missing, ok, ok, ok},
	"GET " + paths.HistoryScoresPattern:      {nil, missing, ok, ok, ok},
	"GET " + paths.HistorySchemaPattern:      same(ok),
	"GET " + paths.ExportPattern:             {nil, missing, ok, ok, ok},
	"GET " + paths.ComparePattern:            {nil, missing, missing, missing, ok},
	"GET " + paths.TargetsPattern:            same(ok),
	"POST " + paths.TargetsPattern:           {targetFields, missing, onward, onward, onward},
	"GET " + paths.SettingsPattern:           {nil, missing, ok, ok, ok},
	"GET " + paths.ZonesPattern:              {nil, missing, ok, ok, ok},
	"POST " + paths.ZonesPattern:             {aZone, missing, onward, onward, onward},
	"GET " + paths.RemindersPattern:          {nil, missing, ok, ok, ok},
	"POST " + paths.RemindersPattern:         {usualRhythm, missing, onward, onward, onward},
	"GET " + paths.RemindersFilePattern:      {nil, missing, missing, missing, missing},   // nothing is due
	"POST " + paths.CalendarAddressPattern:   {staleKey, missing, onward, onward, onward}, // it would replace another
	"POST " + paths.EndCalendarPattern:       {nothing, missing, onward, onward, onward},
	"GET " + paths.CalendarPattern:           same(missing),                  // no address of this secret
	"POST " + paths.MailRemindersPattern:     same(missing).sending(nothing), // no address of theirs
	"POST " + paths.EndMailRemindersPattern:  {nothing, missing, onward, onward, onward},
	"GET " + paths.StopRemindersPattern:      same(missing), // no mail has this secret
	"POST " + paths.StopRemindersPattern:     same(missing).sending(nothing),
	"GET " + paths.KeyPattern:                {nil, missing, ok, ok, ok},
	"POST " + paths.KeyPattern:               {staleKey, missing, onward, onward, onward},
	"GET " + paths.DevicesPattern:            {nil, missing, ok, ok, ok},
	"POST " + paths.EndDevicePattern:         same(missing).sending(nothing), // no device of this name
	"POST " + paths.EndOthersPattern:         {nothing, missing, onward, onward, onward},
	"GET " + paths.ErasePattern:              {nil, missing, ok, ok, ok},
	"POST " + paths.ErasePattern:             {nothing, missing, invalid, invalid, invalid}, // not confirmed
	"GET " + paths.WaysInPattern:             {nil, missing, ok, ok, ok},
	"GET " + paths.RemoveWayInPattern:        same(missing), // no way in of this name
	"POST " + paths.RemoveWayInPattern:       same(missing).sending(nothing),
	"POST " + paths.PasskeysPattern:          {nothing, missing, invalid, invalid, invalid}, // no device answered
	"GET " + paths.PasskeyPattern:            same(missing),                                 // no passkey of this name
	"POST " + paths.PasskeyPattern:           same(missing).sending(nothing),
	"GET " + paths.RemovePasskeyPattern:      same(missing),
	"POST " + paths.RemovePasskeyPattern:     same(missing).sending(nothing),
	"POST " + paths.SignInWithPasskeyPattern: same(invalid).sending(nothing),
	"GET " + paths.SignInPattern:             same(ok),
	"GET " + paths.MailPattern:               same(ok),
	"POST " + paths.MailPattern:              same(ok).sending(anAddress),
	"GET " + paths.MailLinkPattern:           same(http.StatusForbidden), // this browser didn’t ask
	"POST " + paths.MailLinkPattern:          same(http.StatusForbidden).sending(nothing),
	"GET " + paths.ChoicePattern:             same(missing), // nobody has signed in
	"POST " + paths.ChoicePattern:            same(missing).sending(nothing),
	"GET " + paths.TogetherPattern:           same(missing), // likewise
	"POST " + paths.TogetherPattern:          same(missing).sending(nothing),
	"GET " + paths.ApartPattern:              same(missing), // nothing was laid together
	"POST " + paths.ApartPattern:             same(missing).sending(nothing),
	"POST " + paths.StayTogetherPattern:      same(missing).sending(nothing),
	"POST " + paths.SignInWithPattern:        same(missing).sending(nothing), // no provider of this name
	"GET " + paths.SignInBackPattern:         same(missing),
	"GET " + paths.RecoverPattern:            same(ok),
	"POST " + paths.RecoverPattern:           same(invalid).sending(nothing),
	"POST " + paths.DemonstrationPattern:     same(onward).sending(nothing),
	"GET " + paths.HealthPattern:             same(ok),
	"GET " + paths.ReadyPattern:              same(ok),
	"GET " + paths.ImportPattern:             same(ok),
	"POST " + paths.ImportPattern:            same(http.StatusBadRequest).sending(nothing), // no form that brings a file
	"GET " + paths.CheckFilePattern:          same(missing),                                // they sent no file
	"POST " + paths.CheckFilePattern:         same(missing).sending(nothing),
}

// demonstrating makes an installation one that holds demonstration data, so that it has every route.
func demonstrating(s *site) {
	manager, err := s.useCases.NewManager(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	s.configuration.DemonstrationManager = manager
}

// finishedTwice takes an assessment and, a quarter later, the one that the addresses are about.
func (b *browser) finishedTwice() world {
	b.t.Helper()
	first := b.finished("first-team", "full")
	b.site.clock.advance(91 * day)
	return world{b.site, b.finished("first-team", "full"), first}
}

func (b *browser) ask(w world, pattern string, row access) *page {
	b.t.Helper()
	if row.fields == nil {
		return b.get(w.path(pattern))
	}
	return b.post(w.path(pattern), row.fields(w))
}

func TestEveryRouteByRole(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	if registered, listed := web.Patterns(s.configuration), everyPattern(); !slices.Equal(registered, listed) {
		t.Fatalf("the table must list every route:\n%q are registered,\n%q are listed", registered, listed)
	}
	another, author := s.browser(), s.browser()
	another.finished("first-team", "pulse")
	mine := author.finishedTwice()
	begun := world{s, author.begun("first-team", "full"), author.begun("first-team", "full")}
	fork := s.forked()
	for pattern, row := range routes {
		t.Run(pattern, func(t *testing.T) {
			s := fork(t, mailing)
			nobody, other, owner := s.browser(), another.in(s), author.in(s)
			finished, draft := mine, begun
			finished.site, draft.site = s, s
			kept := owner.answers(draft.assessment)
			for _, one := range []struct {
				who     string
				browser *browser
				world   world
				want    int
			}{
				{"nobody, of a draft", nobody, draft, row.nobody},
				{"nobody, of a finished one", s.browser(), finished, row.nobody},
				{"another manager, of a draft", other, draft, row.other},
				{"another manager, of a finished one", other, finished, row.other},
			} {
				if got := one.browser.ask(one.world, pattern, row); got.status != one.want {
					t.Errorf("%s: status %d, want %d", one.who, got.status, one.want)
				}
			}
			if now := owner.answers(draft.assessment); !maps.Equal(now, kept) {
				t.Errorf("others changed the owner’s draft from %v to %v", kept, now)
			}
			if got := owner.ask(finished, pattern, row); got.status != row.ownerOfFinished {
				t.Errorf("the owner, of a finished one: status %d, want %d", got.status, row.ownerOfFinished)
			}
			if got := owner.ask(draft, pattern, row); got.status != row.ownerOfDraft {
				t.Errorf("the owner, of a draft: status %d, want %d", got.status, row.ownerOfDraft)
			}
		})
	}
}

// requestID is the one part of an error page that is new each time.
var requestID = regexp.MustCompile(`Request [A-Z0-9]{12}`)

func (p *page) withoutRequestID() string {
	return requestID.ReplaceAllString(p.body, "Request")
}

// Nobody learns from an answer whether an id of someone else's exists.
func TestSomeoneElsesIsLikeMissing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other, nobody := s.browser(), s.browser(), s.browser()
	finished := owner.finishedTwice()
	draft := world{s, owner.begun("first-team", "full"), owner.begun("first-team", "full")}
	other.finished("first-team", "pulse")
	never := world{s, strings.Repeat("A", len(draft.assessment)), strings.Repeat("B", len(draft.assessment))}
	for pattern, row := range routes {
		if !strings.Contains(pattern, "{assessment}") && !strings.HasSuffix(pattern, paths.ComparePattern) {
			continue
		}
		for who, browser := range map[string]*browser{"another manager": other, "nobody": nobody} {
			want := browser.ask(never, pattern, row)
			for state, world := range map[string]world{"a draft": draft, "a finished one": finished} {
				got := browser.ask(world, pattern, row)
				if got.status != http.StatusNotFound || want.status != http.StatusNotFound {
					t.Errorf("%s as %s: status %d of %s, %d of a missing one", pattern, who, got.status, state, want.status)
				}
				if got.withoutRequestID() != want.withoutRequestID() {
					t.Errorf("%s as %s: the page of %s differs from that of a missing one:\n%s\n%s", pattern, who, state, got.body, want.body)
				}
				if !maps.EqualFunc(got.header, want.header, slices.Equal) {
					t.Errorf("%s as %s: the headers of %s differ from those of a missing one:\n%v\n%v", pattern, who, state, got.header, want.header)
				}
			}
		}
	}
}

// What takes two of one's own assessments gives nothing of a second one that is someone else's.
func TestCompareWithSomeoneElses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other := s.browser(), s.browser()
	own, theirs := owner.finished("first-team", "pulse"), other.finished("first-team", "pulse")
	for _, pair := range [][2]string{{own, theirs}, {theirs, own}} {
		path := world{s, pair[0], pair[1]}.path("GET " + paths.ComparePattern)
		owner.get(path).wantStatus(http.StatusNotFound)
	}
}

// An unknown page of one's own draft, and unknown targets, are missing too.
func TestUnknownPartsAreMissing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	for _, path := range []string{
		s.paths.Questions(id, "nonsense"), s.paths.Targets("nonsense"), "/nothing", "/assessments/", "/start/", "//start/..//nothing",
	} {
		owner.get(path).follow().wantStatus(http.StatusNotFound).wantText("There is nothing at this address")
	}
	unknownItem := url.Values{"item": {"nonsense"}, "level": {"3"}}
	owner.post(s.paths.Answers(id), unknownItem).wantStatus(http.StatusNotFound)
	owner.post(s.paths.Targets("nonsense"), url.Values{}).wantStatus(http.StatusNotFound)
	owner.post("/demonstration", url.Values{}).wantStatus(http.StatusNotFound)
}

// Reading changes nothing: a GET of any page leaves the data as they were.
func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	draft := world{s, owner.begun("first-team", "full"), owner.begun("first-team", "full")}
	before := owner.get(s.paths.Assessments()).body
	kept := owner.answers(draft.assessment)
	for pattern := range routes {
		if strings.HasPrefix(pattern, "GET ") {
			owner.get(draft.path(pattern))
		}
	}
	if after := owner.get(s.paths.Assessments()).body; after != before {
		t.Error("reading changed the list of assessments")
	}
	if now := owner.answers(draft.assessment); !maps.Equal(now, kept) {
		t.Errorf("reading changed the draft from %v to %v", kept, now)
	}
}
