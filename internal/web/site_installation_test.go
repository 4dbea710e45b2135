package web_test

import (
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/openid/openidtest"
	"whetstone/internal/paths"
)

// organiserCode is a code that the operator has printed.
func (s *site) organiserCode() string {
	s.t.Helper()
	code, err := s.useCases.MakeOrganiserCode(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return code
}

// organises makes whoever uses a browser an organiser.
func (b *browser) organises() {
	b.t.Helper()
	b.get(b.site.paths.Organise()).press("Become an organiser", "code", b.site.organiserCode()).wantStatus(http.StatusOK).wantAt(b.site.paths.Installation())
}

// namesOrganisers has the configuration name organisers, by mail address.
func namesOrganisers(s *site, addresses ...string) {
	var organisers []model.Organiser
	for _, address := range addresses {
		organisers = append(organisers, model.Organiser{Address: address})
	}
	s.useCases.Configure(app.Operator{Organisers: organisers})
}

// setting is what the form of the installation sends where nothing is set yet, with some fields changed.
func setting(pairs ...string) url.Values {
	fields := url.Values{"organisation": {""}, "welcome": {""}, "contact": {""}, "pulse": {"6"}, "full": {"13"}, "smallest-group": {"5"}, "teams": {"everybody"}, "ways": {"visit", "openid", "openid-2", "proxy", "mail", "passkey"}}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = strings.Fields(pairs[i+1])
		if pairs[i] != "ways" {
			fields.Set(pairs[i], pairs[i+1])
		}
	}
	return fields
}

// An organiser gets of every address what anybody else gets, but for the page of the installation: no answers, no names and
// nothing of a team.
func TestOrganisersSeeWhatEverybodySees(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating, mailing)
	owner, organiser, other := s.browser(), s.browser(), s.browser()
	other.begun("first-team", "full")
	organiser.begun("first-team", "full")
	organiser.organises()
	finished := owner.finishedTwice()
	draft := world{s, owner.begun("first-team", "full"), owner.begun("first-team", "full")}
	crew := newTeamWorld(s)
	own := map[string]bool{paths.InstallationPattern: true}
	for _, pattern := range slices.Sorted(maps.Keys(routes)) {
		_, path, _ := strings.Cut(pattern, " ")
		if own[path] || path == paths.ErasePattern || path == paths.DemonstrationPattern {
			continue
		}
		for _, world := range []world{finished, draft} {
			got, want := organiser.ask(world, pattern, routes[pattern]), other.ask(world, pattern, routes[pattern])
			if got.status != want.status {
				t.Errorf("%s: an organiser gets %d, another manager %d", pattern, got.status, want.status)
			}
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(teamRoutes)) {
		if strings.HasPrefix(pattern, "POST ") && teamRoutes[pattern].outsider < http.StatusBadRequest {
			continue // it makes the organiser a member, by an act of their own as anybody's
		}
		if got := organiser.askTeam(crew, pattern, teamRoutes[pattern]); got.status != teamRoutes[pattern].outsider {
			t.Errorf("%s: an organiser gets %d, another outsider %d", pattern, got.status, teamRoutes[pattern].outsider)
		}
	}
	shared, plan := newShareWorld(s), newPlanWorld(s)
	for _, pattern := range slices.Sorted(maps.Keys(shareRoutes)) {
		if pattern == "POST "+paths.OpenSharePattern {
			continue // it makes them a mentor, by an act of their own as anybody's
		}
		got, want := shared.ask(organiser, shared.allShare, pattern, shareRoutes[pattern]), shared.ask(other, shared.allShare, pattern, shareRoutes[pattern])
		if got.status != want.status {
			t.Errorf("%s: an organiser gets %d, another manager %d", pattern, got.status, want.status)
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(planRoutes)) {
		got, want := plan.ask(organiser, plan.openID, plan.draft, pattern, planRoutes[pattern]), plan.ask(other, plan.openID, plan.draft, pattern, planRoutes[pattern])
		if got.status != want.status {
			t.Errorf("%s: an organiser gets %d, another manager %d", pattern, got.status, want.status)
		}
	}
	page := organiser.get(s.paths.Installation()).wantStatus(ok)
	for _, secret := range []string{"Crew", "Waiting", "Ada", draft.assessment, finished.assessment, shared.assessment, plan.openID, plan.entryID} {
		if strings.Contains(page.body, secret) {
			t.Errorf("the page of the installation says %q", secret)
		}
	}
	other.get(s.paths.Installation()).wantStatus(missing)
	other.post(s.paths.Installation(), setting("organisation", "Mine")).wantStatus(missing)
	s.browser().get(s.paths.Installation()).wantStatus(missing)
	if strings.Contains(other.get(s.paths.Settings()).body, s.paths.Installation()) {
		t.Error("the settings lead somebody to the page of the installation who doesn’t organise it")
	}
}

// The first organiser is told what to set first, and everybody else finds the first page as it is.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.browser().get(s.paths.Home()).wantStatus(ok).wants("Still technical", "Start")
	organiser := s.browser()
	organiser.organises()
	organiser.get(s.paths.Home()).wants("nothing is set for it yet", "Set it up").pressLink("Set it up").wants("Nothing is set yet", "Three things")
	saved := organiser.get(s.paths.Installation()).press("Save", "organisation", "Example Works", "welcome", "Good that you are here.", "contact", "Ann@Example.org")
	saved.wantStatus(ok).wants("Saved.").wantNoText("Nothing is set yet")
	organiser.get(s.paths.Home()).wantNoText("nothing is set for it yet")

	stranger := s.browser()
	stranger.get(s.paths.Home()).wants("For Example Works", "Good that you are here.", "Still technical", "Start")
	for _, path := range []string{s.paths.About(), s.paths.SignIn(), s.paths.Base + "/nothing"} {
		if page := stranger.get(path).wants("Ask Ann@Example.org"); !strings.Contains(page.body, `href="mailto:ann@example.org"`) {
			t.Errorf("%s doesn’t lead to the contact", path)
		}
	}
	stranger.get(s.paths.SignIn()).wants("For Example Works")
	organiser.get(s.paths.Installation()).press("Save", "contact", "https://help.example.org/whetstone")
	if page := stranger.get(s.paths.About()); !strings.Contains(page.body, `href="https://help.example.org/whetstone"`) {
		t.Error("an address of the web is no link")
	}
	organiser.get(s.paths.Installation()).press("Save", "contact", "javascript:alert(1)")
	if page := stranger.get(s.paths.About()).wants("Ask javascript:alert(1)"); strings.Contains(page.body, `"javascript:`) {
		t.Error("words have become a link")
	}
}

// A code makes one organiser, once, within its hour; and nobody gets far by guessing.
func TestACodeMakesAnOrganiser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	code := s.organiserCode()
	first, second := s.browser(), s.browser()
	first.begun("first-team", "full")
	before := first.cookieNames()
	got := first.post(s.paths.Organise(), url.Values{"code": {" " + strings.ToLower(strings.ReplaceAll(code, "-", " "))}}).wantStatus(onward)
	if !got.setsCookie() || len(before) == 0 {
		t.Error("the session that may do more keeps its token")
	}
	first.get(s.paths.Installation()).wantStatus(ok)
	second.post(s.paths.Organise(), url.Values{"code": {code}}).wantStatus(invalid).wants("Nothing opens with this code").wantHeld("code", code)
	second.get(s.paths.Installation()).wantStatus(missing)
	late := s.organiserCode()
	s.clock.advance(model.OrganiserCodeLife + time.Second)
	second.post(s.paths.Organise(), url.Values{"code": {late}}).wantStatus(invalid)
	for range 10 {
		second.post(s.paths.Organise(), url.Values{"code": {"AAAAA-AAAAA"}})
	}
	second.post(s.paths.Organise(), url.Values{"code": {s.organiserCode()}}).wantStatus(http.StatusTooManyRequests)
	if log := s.log.String(); strings.Contains(log, code) {
		t.Error("the log has the code")
	}
	// The operator takes it back.
	if ended, err := s.useCases.EndOrganisers(t.Context()); err != nil || ended != 1 {
		t.Errorf("%d ended, %v", ended, err)
	}
	first.get(s.paths.Installation()).wantStatus(missing)
}

// Whom the configuration names by an address organises only where somebody vouches for that address.
func TestOrganisersAreVouchedFor(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real), mailingTo(server), func(s *site) {
		s.configuration.NameHeader, s.configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}
	})
	namesOrganisers(s, "ada@example.org")
	// By a provider that has confirmed the address.
	ada := s.browser()
	ada.comesBack(real, s.paths.SignInWith("openid", ""), "ada").follow().wants("You organise this installation")
	ada.get(s.paths.Installation()).wantStatus(ok)
	ada.get(s.paths.Settings()).wants("This installation", "You organise it")
	bo := s.browser()
	bo.comesBack(real, s.paths.SignInWith("openid", ""), "bo").follow()
	bo.get(s.paths.Installation()).wantStatus(missing)
	// By a link in a mail.
	byMail := s.browser()
	byMail.asksForMail(s.paths.SignIn(), "Ada@example.org")
	byMail.confirms(linkIn(t, server))
	byMail.get(s.paths.Installation()).wantStatus(ok)
	// By the gate, and only while it is the gate that says so.
	byGate, as := s.browser(), func(name string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("X-Remote-User", name) }
	}
	byGate.post(s.paths.SignInWith("proxy", ""), nil, as("ada@example.org")).wantStatus(onward)
	byGate.get(s.paths.Installation(), as("ada@example.org")).wantStatus(ok)
	byGate.get(s.paths.Installation(), as("bo@example.org")).wantStatus(missing)
	// A session of theirs that came in by what nobody vouches for is none of an organiser's.
	unvouched := s.browser()
	unvouched.post(s.paths.Recover(), url.Values{"words": {ada.makeKey()}}).wantStatus(onward)
	unvouched.get(s.paths.Devices()).wantStatus(ok)
	unvouched.get(s.paths.Installation()).wantStatus(missing)
	// A month later they sign in again, and are led there and back; what was typed is given back.
	page := ada.get(s.paths.Installation())
	s.clock.advance(30*day + time.Hour)
	if to := ada.get(s.paths.Installation()).wantStatus(onward).header.Get("Location"); to != s.paths.SignInTo(s.paths.Installation()) {
		t.Errorf("it leads to %s", to)
	}
	page.press("Save", "organisation", "Typed a month ago").wantStatus(http.StatusForbidden).wants("Sign in to go on", "was not saved")
}

// A name that looks like an address makes no organiser: anybody may choose it.
func TestANameMakesNoOrganiser(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, func(s *site) {
		s.clock.at = time.Now()
		people := []openidtest.Person{{Name: "ada@example.org", Unconfirmed: true}}
		real = openidtest.New(t, people, "https://whetstone.test/sign-in/openid/back", "https://whetstone.test/")
		s.configuration.Providers = []*openid.Provider{openid.New(real.Settings("openid", "Example"), s.clock.now)}
	})
	namesOrganisers(s, "ada@example.org", "ada@example.org@example.org")
	mallory := s.browser()
	mallory.comesBack(real, s.paths.SignInWith("openid", ""), "ada@example.org").follow()
	mallory.get(s.paths.WaysIn()).wants("ada@example.org")
	mallory.get(s.paths.Installation()).wantStatus(missing)
}

// By issuer and subject, or by what the gate calls them, exactly.
func TestOrganisersByIssuerAndByGate(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real), func(s *site) {
		s.configuration.NameHeader, s.configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}
	})
	s.useCases.Configure(app.Operator{Organisers: []model.Organiser{{Issuer: real.Issuer, Subject: "id of bo"}, {Named: "cleo"}}})
	for who, want := range map[string]int{"ada": missing, "bo": ok} {
		b := s.browser()
		b.comesBack(real, s.paths.SignInWith("openid", ""), who).follow()
		b.get(s.paths.Installation()).wantStatus(want)
	}
	for who, want := range map[string]int{"cleo": ok, "Cleo": missing, "id of bo": missing} {
		b, as := s.browser(), func(r *http.Request) { r.Header.Set("X-Remote-User", who) }
		b.post(s.paths.SignInWith("proxy", ""), nil, as).wantStatus(onward)
		b.get(s.paths.Installation(), as).wantStatus(want)
	}
}

// A way that is closed brings nobody in, in any process; nobody locks themselves or everybody out.
func TestClosingWaysIn(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real), mailingTo(server))
	namesOrganisers(s, "ada@example.org")
	anonymous, organiser, ada := s.browser(), s.browser(), s.browser()
	id := anonymous.finished("first-team", "pulse")
	organiser.organises() // by a code, without signing in
	elsewhere := s.browser()
	elsewhere.client.Transport = inProcess{s.beside()}
	elsewhere.get(s.paths.SignIn()).wants("A link by mail", "Passkey", "Recovery key")

	set := func(b *browser, ways string) *page { return b.post(s.paths.Installation(), setting("ways", ways)) }
	set(organiser, "openid mail").wantStatus(invalid).wants("You came in yourself by a way that you want to close")
	set(organiser, "mail passkey").wantStatus(invalid).wants("nobody could come in any more")
	set(organiser, "").wantStatus(invalid).wants("nobody could come in any more")
	set(organiser, "visit openid").wantStatus(onward)
	s.browser().get(s.paths.SignIn()).wants("Sign in with Example", "Recovery key").wantNoText("A link by mail").wantNoText("Passkey")
	s.browser().get(s.paths.Mail()).wantStatus(missing)
	s.browser().post(s.paths.Mail(), anAddress(world{})).wantStatus(missing)
	s.browser().post(s.paths.SignInWithPasskey(), nil).wantStatus(missing)
	s.clock.advance(6 * time.Second)
	elsewhere.get(s.paths.SignIn()).wantNoText("A link by mail")

	// Whoever signed in can make that the only way; who began without waits outside, with nothing lost.
	ada.comesBack(real, s.paths.SignInWith("openid", ""), "ada").follow()
	set(ada, "visit mail").wantStatus(invalid).wants("You came in yourself by a way that you want to close")
	set(ada, "openid").wantStatus(onward)
	anonymous.get(s.paths.Result(id)).wantStatus(onward).follow().wantAt(s.paths.SignInTo(s.paths.Result(id))).wants("Here everybody signs in")
	s.browser().get(s.paths.Start()).follow().wantAt(s.paths.SignInTo(s.paths.Start()))
	s.browser().get(s.paths.Recover()).wantStatus(missing)
	organiser.get(s.paths.Installation()).wantStatus(onward)
	ada.get(s.paths.Installation()).wantStatus(ok)
	s.browser().get(s.paths.Home()).wantStatus(ok).wants("Still technical", "Sign in")

	// An operator who takes that provider away locks nobody out by what organisers once chose.
	without := newSite(t, func(other *site) {
		other.keptAt(s.address)
		other.clock.at = s.clock.now()
	})
	without.browser().get(without.paths.Start()).wantStatus(ok)
	again := without.browser()
	again.organises()
	again.get(without.paths.Installation()).wants("would let nobody in")
	set(ada, "visit openid mail passkey").wantStatus(onward)
	anonymous.get(s.paths.Result(id)).wantStatus(ok)
}

// A provider that is closed ends what it vouched for: nobody organises by it, and it is said where people see their ways in.
func TestAClosedProviderVouchesForNobody(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	namesOrganisers(s, "ada@example.org")
	ada, organiser := s.browser(), s.browser()
	ada.comesBack(real, s.paths.SignInWith("openid", ""), "ada").follow()
	ada.get(s.paths.Installation()).wantStatus(ok)
	organiser.organises()
	organiser.post(s.paths.Installation(), setting("ways", "visit passkey")).wantStatus(onward)
	ada.get(s.paths.Installation()).wantStatus(missing)
	ada.get(s.paths.WaysIn()).wants("doesn’t offer it any more").wantNoText("Sign in with Example")
	ada.post(s.paths.SignInWith("openid", ""), nil).wantStatus(missing)
}

// Where organisers alone open teams, others are told, keep what they typed, and join as before.
func TestOrganisersAloneOpenTeams(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser, manager := s.browser(), s.browser()
	organiser.organises()
	manager.begun("first-team", "full")
	form := manager.get(s.paths.NewTeam()).wantStatus(ok)
	organiser.get(s.paths.Installation()).press("Save", "teams", "organisers", "contact", "teams@example.org").wantText("Saved.")
	for _, one := range []*browser{manager, s.browser()} {
		one.get(s.paths.NewTeam()).wantStatus(http.StatusForbidden).wants("Organisers alone make teams here", "teams@example.org")
		page := one.get(s.paths.Teams()).wants("Here organisers alone make teams.", "Join one by its code")
		if slices.Contains(page.linked(), s.paths.NewTeam()) {
			t.Error("the teams lead to what is refused")
		}
	}
	refused := form.press("Make the team", "name", "Typed before", "member-name", "Ann").wantStatus(http.StatusForbidden).wants("Organisers alone make teams here")
	if given := refused.givenBack(); given["The team’s name"] != "Typed before" {
		t.Errorf("given back is %v", given)
	}
	s.browser().post(s.paths.NewTeam(), url.Values{"name": {"New"}, "smallest-group": {"5"}, "member-name": {"Ann"}}).wantStatus(http.StatusForbidden)
	team := organiser.get(s.paths.NewTeam()).press("Make the team", "name", "Platform", "member-name", "Ora").wantStatus(ok)
	joiner := manager.visit(organiser.invitation(strings.TrimPrefix(team.address.Path, s.paths.Teams()+"/"), "join-link"))
	joiner.wantStatus(ok).wants("Platform")
}

// The smallest group is said wherever there is a number, and holds for what is made from then on.
func TestTheSmallestGroupIsSaidEverywhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser := s.browser()
	organiser.organises()
	crew := s.newCrew("Crew", 4)
	before := crew.open("Before", "full")
	organiser.get(s.paths.Installation()).press("Save", "smallest-group", "7").wantText("Saved.")
	organiser.post(s.paths.Installation(), setting("smallest-group", "4")).wantStatus(invalid).wants("from 5 to 20").wantHeld("smallest-group", "4")

	s.browser().get(s.paths.About()).wants("fewer than seven people").wantNoText("five people")
	s.browser().get(s.paths.Method()).wants("fewer than seven people", "at least seven people", "Seven is the number here", "at least seven too").wantNoText("than five people")
	s.browser().get(s.paths.Teams()).wants("fewer than seven people")
	s.browser().get(s.paths.NewTeam()).wants("7 or more", "from seven on")
	crew.steward().post(s.paths.NewTeam(), url.Values{"name": {"Small"}, "smallest-group": {"6"}, "member-name": {"Ann"}}).wantStatus(invalid)
	steward := crew.steward()
	steward.get(s.paths.Cycle(crew.team, before)).wants("fewer than five people", "at least five others")
	steward.get(s.paths.NewCycle(crew.team)).wants("seven")
	s.clock.advance(40 * day)
	later := laterCycle(teamWorld{crew: crew})
	made := steward.post(s.paths.NewCycle(crew.team), later).wantStatus(onward).header.Get("Location")
	steward.get(made).wants("fewer than seven people", "at least seven others")
}

// What is proposed to managers follows, and what somebody chose stays.
func TestTheProposedCadence(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser, chosen, later := s.browser(), s.browser(), s.browser()
	organiser.organises()
	chosen.begun("first-team", "pulse")
	chosen.choosesUsual()
	organiser.post(s.paths.Installation(), setting("pulse", "13", "full", "13")).wantStatus(invalid).wants("leaves no room for a pulse").wantHeld("pulse", "13")
	organiser.post(s.paths.Installation(), setting("pulse", "", "full", "26")).wantStatus(onward)
	later.begun("first-team", "pulse")
	later.get(s.paths.Reminders()).wants("A full assessment every six months, and no pulse.").wantNoText("every six weeks")
	later.choosesUsual()
	later.get(s.paths.Settings()).wants("You chose a full assessment every six months, and no pulse.")
	chosen.get(s.paths.Settings()).wants("You chose a pulse every six weeks and a full assessment every three months.")
	// It is theirs now, and no more what is proposed.
	reminders := chosen.get(s.paths.Reminders())
	own := control(reminders.controls(reminders.root()), "rhythm", model.OwnRhythm)
	if _, checked := lookup(own, "checked"); !checked {
		t.Error("what somebody chose is taken for what is proposed now")
	}
}

// What the operator has fixed is shown as such, has no field, and can't be sent either.
func TestWhatTheOperatorFixes(t *testing.T) {
	t.Parallel()
	s := newSite(t, mailing)
	all := map[string]bool{}
	for _, name := range []string{model.OrganisationSetting, model.WelcomeSetting, model.ContactSetting, model.CadenceSetting, model.GroupSetting, model.TeamsSetting, model.WaysSetting} {
		all[name] = true
	}
	organiser := s.browser()
	organiser.organises()
	organiser.post(s.paths.Installation(), setting("organisation", "Before", "ways", "visit passkey", "smallest-group", "9")).wantStatus(onward)
	s.useCases.Configure(app.Operator{Fixed: all, Set: model.Installation{Name: "Fixed Works", Welcome: "Fixed welcome", Contact: "fixed@example.org", FullWeeks: 20, OrganisersOnly: true}})
	page := organiser.get(s.paths.Installation()).wants("Fixed Works", "Fixed welcome", "fixed@example.org", "every twenty weeks", "Five people", "Organisers alone", "Links by mail")
	if count := strings.Count(page.text(), "Set by whoever runs this server"); count != len(all) {
		t.Errorf("%d settings are said to be fixed, want %d", count, len(all))
	}
	for _, field := range page.controls(page.byID("content")) {
		if kind := attribute(field, "type"); kind != "hidden" {
			t.Errorf("a field for what is fixed: %q", attribute(field, "name"))
		}
	}
	organiser.post(s.paths.Installation(), setting("organisation", "Mine", "teams", "everybody", "ways", "visit", "smallest-group", "12")).wantStatus(onward)
	s.browser().get(s.paths.Home()).wants("For Fixed Works", "Fixed welcome")
	s.browser().get(s.paths.SignIn()).wants("A link by mail")
	s.browser().get(s.paths.NewTeam()).wantStatus(http.StatusForbidden)
	s.browser().get(s.paths.About()).wants("fewer than five people")
}

// What is wrong with the form is said at its fields, and what was typed stays in it.
func TestMistakesInTheFormOfTheInstallation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser := s.browser()
	organiser.organises()
	long := strings.Repeat("x", 201)
	got := organiser.get(s.paths.Installation()).press("Save", "organisation", long, "welcome", long, "contact", long, "pulse", "99", "full", "many", "smallest-group", "21")
	got.wantStatus(invalid).wantMistakes(map[string]string{
		"organisation": "Shorten the name to 60 characters", "welcome": "Shorten the line of welcome to 200 characters", "contact": "Shorten the contact to 120 characters",
		"pulse": "Enter a whole number of weeks between pulses, from 1 to 52", "full": "Enter a whole number of weeks between full assessments, from 1 to 52", "smallest-group": "Enter a whole number of people, from 5 to 20",
	})
	for name, typed := range map[string]string{"organisation": long, "pulse": "99", "full": "many", "smallest-group": "21"} {
		got.wantHeld(name, typed)
	}
	organiser.get(s.paths.Installation()).wants("Nothing is set yet")
	organiser.post(s.paths.Installation(), setting("pulse", "", "full", "")).wantStatus(invalid).wants("Enter the weeks for a pulse")
	organiser.post(s.paths.Installation(), setting("teams", "nobody")).wantStatus(invalid).wants("Choose who opens teams")
}

// What one process sets holds in another within seconds, and while the database is away what was known last does.
func TestSettingsReachOtherProcesses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser, elsewhere := s.browser(), s.browser()
	elsewhere.client.Transport = inProcess{s.beside()}
	organiser.organises()
	elsewhere.get(s.paths.Home()).wantNoText("For Example Works")
	for _, name := range []string{"Example Works", "Other Works"} {
		organiser.get(s.paths.Installation()).press("Save", "organisation", name)
		organiser.get(s.paths.Landing()).wants("For " + name)
		s.clock.advance(5 * time.Second)
		elsewhere.get(s.paths.Home()).wants("For " + name)
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.clock.advance(time.Minute)
	s.browser().get(s.paths.About()).wantStatus(ok).wants("for Other Works")
}

// A demonstration is everybody's, so nobody organises it.
func TestNobodyOrganisesADemonstration(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.post(s.paths.Demonstration(), nil).wantStatus(onward)
	visitor.get(s.paths.Organise()).wantStatus(missing)
	visitor.post(s.paths.Organise(), url.Values{"code": {s.organiserCode()}}).wantStatus(missing)
	visitor.get(s.paths.Installation()).wantStatus(missing)
}
