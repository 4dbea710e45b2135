package web_test

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"
)

// tellsZone is what the script of a page does where the browser is in another zone than the server knows.
func (b *browser) tellsZone(zone string) *page {
	b.t.Helper()
	return b.post(b.site.paths.Zones(), url.Values{"zone": {zone}}, acceptJSON)
}

// saturday is Sunday noon in Auckland.
var saturday = time.Date(2026, time.November, 28, 23, 0, 0, 0, time.UTC)

// What is finished in Auckland on Sunday noon is dated Sunday, on every page and for the period; an export keeps
// the moment.
func TestFinishIsDatedByItsPersonsDay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.clock.advance(saturday.Sub(s.clock.now()))
	owner := s.browser()
	id := owner.start("first-team", "full")
	owner.tellsZone("Pacific/Auckland").wantStatus(http.StatusNoContent)
	owner.answerAll(id, "first-team", varied)
	owner.post(s.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	for _, path := range []string{
		s.paths.Result(id), s.paths.Assessments(), s.paths.History(), s.paths.Rename(id), s.paths.Delete(id), s.paths.NewShare(id), s.paths.Home(),
	} {
		got := owner.get(path).wantStatus(http.StatusOK).wantText("29 November 2026")
		if strings.Contains(got.text(), "28 November") {
			t.Errorf("%s speaks of Saturday:\n%s", path, got.text())
		}
	}
	if json := owner.get(s.paths.ResultJSON(id)); !strings.Contains(json.body, `"finished_at": "2026-11-28T23:00:00Z"`) ||
		!strings.Contains(json.body, `"period_end": "2026-11-29"`) || !strings.Contains(json.header.Get("Content-Disposition"), "2026-11-29") {
		t.Errorf("the export says otherwise:\n%v\n%.800s", json.header, json.body)
	}
}

// A new visitor's browser sends its zone with the form that begins their first assessment or team.
func TestFirstFormTellsTheZone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.clock.advance(saturday.Sub(s.clock.now()))
	newcomer := s.browser()
	fields := startFields(world{})
	fields.Set("browser-zone", "Pacific/Auckland")
	newcomer.post(s.paths.Start(), fields).wantStatus(http.StatusSeeOther)
	newcomer.get(s.paths.Settings()).wantText("Your days are counted as this browser tells: Pacific/Auckland.")
	fields.Set("browser-zone", "Mars/Olympus")
	s.browser().post(s.paths.Start(), fields).wantStatus(http.StatusSeeOther)
}

// A cycle that opens today is open, by the day of its team.
func TestCycleOpensOnItsTeamsDay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.clock.advance(saturday.Sub(s.clock.now()))
	steward := s.browser()
	steward.get(s.paths.NewTeam()).press("Make the team", "name", "Crew", "member-name", "Ann", "zone", "Pacific/Auckland").wantStatus(http.StatusOK)
	team := path.Base(steward.get(s.paths.Teams()).link("Crew"))
	form := steward.get(s.paths.NewCycle(team)).wantText("Days here are counted in Pacific/Auckland.")
	if closes := attribute(form.byID("closes"), "value"); closes != "2026-12-13" {
		t.Errorf("a cycle of two weeks would close on %s", closes)
	}
	form.press("Make the cycle", "name", "Now", "opens", "2026-11-28", "closes", "2026-12-13").
		wantMistakes(map[string]string{"opens": "Choose today or a later day"})
	form.press("Make the cycle", "name", "Now", "opens", "2026-11-29", "closes", "2026-12-13").wantStatus(http.StatusOK)
	home := steward.get(s.paths.Team(team)).wantText("open until the end of 13 December 2026").wantText("finished since 15 November 2026").
		wantText("Days here are counted in Pacific/Auckland.")
	if strings.Contains(home.text(), "planned") {
		t.Errorf("the cycle is planned:\n%s", home.text())
	}
	// It closes when Sunday ends in Auckland, at eleven in the morning UTC.
	for _, step := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, time.December, 13, 10, 59, 59, 0, time.UTC), "It is open until"},
		{time.Date(2026, time.December, 13, 11, 0, 0, 0, time.UTC), "It ended on 13 December 2026"},
	} {
		s.clock.advance(step.at.Sub(s.clock.now()))
		steward.get(s.paths.Team(team)).wantText(step.want)
	}
	// Another zone names the same moments.
	steward.get(s.paths.ChangeTeam(team)).press("Save", "zone", "America/Lima").wantStatus(http.StatusOK).
		wantText("It ended on 13 December 2026").wantText("Days here are counted in America/Lima.")
	steward.get(s.paths.ChangeTeam(team)).press("Save", "zone", "Mars/Olympus").
		wantMistakes(map[string]string{"zone": "Choose the time zone"})
}

// A mentor reads days in the zone of their own browser, and may choose another.
func TestMentorsDays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.clock.advance(saturday.Sub(s.clock.now()))
	owner, mentor := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	if mentor.tellsZone("Asia/Tokyo").status != http.StatusNotFound {
		t.Error("nobody told a zone")
	}
	mentor.opens(share).wantText("Opens until 12 December 2026")
	mentor.tellsZone("Asia/Tokyo").wantStatus(http.StatusNoContent)
	for _, path := range []string{s.paths.Shared(share.id), s.paths.Received(), s.paths.SharedHistory(share.id), s.paths.SharedResult(share.id)} {
		got := mentor.get(path)
		if strings.Contains(got.text(), "12 December") {
			t.Errorf("%s counts days in UTC:\n%s", path, got.text())
		}
	}
	mentor.get(s.paths.Shared(share.id)).wantText("Opens until 13 December 2026")
	owner.get(s.paths.Share(share.id)).wantText("28 November 2026, 23:00 UTC").wantText("Opens until 12 December 2026")
	owner.tellsZone("Europe/Berlin")
	owner.get(s.paths.Share(share.id)).wantText("29 November 2026, 00:00").wantText("Opens until 13 December 2026")

	got := mentor.get(s.paths.Received()).wantText("Your days are counted as this browser tells: Asia/Tokyo.")
	mentor.get(got.link("Choose another zone")).press("Save", "zone", "America/New_York").
		wantText("Saved. Your days are counted in the zone that you chose: America/New York.")
	mentor.tellsZone("Asia/Tokyo").wantStatus(http.StatusNoContent)
	mentor.get(s.paths.Shared(share.id)).wantText("Opens until 12 December 2026")
}

// A zone that was chosen stays until its owner lets the browser decide again, also in a session that a recovery key
// begins; a page asks the browser to tell its zone only where that counts.
func TestChosenZone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	tells := func(path string) (told string, asked bool) {
		t.Helper()
		for _, script := range find(owner.get(path).root(), tagged("script")) {
			if told, asked = lookup(script, "data-zone"); asked {
				return told, true
			}
		}
		return "", false
	}
	if told, asked := tells(s.paths.Settings()); !asked || told != "" {
		t.Errorf("the page asks: %t, and knows %q", asked, told)
	}
	owner.get(s.paths.Settings()).wantText("Your days are counted in UTC until your browser tells its time zone")
	owner.tellsZone("Europe/Berlin")
	if told, asked := tells(s.paths.Settings()); !asked || told != "Europe/Berlin" {
		t.Errorf("the page asks: %t, and knows %q", asked, told)
	}
	owner.get(s.paths.Zones()).press("Save", "zone", "Asia/Tokyo").wantText("Saved.")
	if _, asked := tells(s.paths.Settings()); asked {
		t.Error("the page asks for a zone though one is chosen")
	}
	owner.tellsZone("Europe/Berlin")
	owner.post(s.paths.Recover(), url.Values{"words": {owner.makeKey()}, "leave": {"yes"}}).wantStatus(http.StatusSeeOther)
	owner.get(s.paths.Settings()).wantText("in the zone that you chose: Asia/Tokyo")
	owner.get(s.paths.Zones()).press("Save", "zone", "").wantText("Your days are counted in UTC until")
	owner.post(s.paths.Zones(), url.Values{"zone": {"Mars/Olympus"}}).wantMistakes(map[string]string{"zone": "Choose one of the time zones"})
	owner.tellsZone("Mars/Olympus").wantStatus(http.StatusUnprocessableEntity)
	// A name of the database that no form offers is as good.
	owner.tellsZone("Asia/Calcutta").wantStatus(http.StatusNoContent)
	owner.get(s.paths.Settings()).wantText("as this browser tells: Asia/Calcutta")
}

// Results of one day go by names that tell them apart, wherever people choose among them.
func TestResultsOfOneDayAreToldApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	var ids []string
	for range 2 {
		ids = append(ids, owner.finished("first-team", "full"))
		s.clock.advance(3 * time.Hour)
	}
	ids = append(ids, owner.finished("first-team", "full"), owner.finished("first-team", "full")) // two in one minute
	owner.tellsZone("Europe/Berlin")
	mentor := s.browser()
	for _, id := range ids {
		mentor.opens(owner.shares(id, onlyResult()))
	}
	want := []string{"16 November 2026, 10:30", "16 November 2026, 13:30", "16 November 2026, 16:30, no. 1", "16 November 2026, 16:30, no. 2"}
	for _, path := range []string{s.paths.Assessments(), s.paths.History(), s.paths.Compare(ids[0], ids[1]), s.paths.Shares()} {
		got := owner.get(path).wantStatus(http.StatusOK)
		for _, name := range want {
			got.wantText(name)
		}
	}
	options := find(owner.get(s.paths.History()).byID("from"), tagged("option"))
	seen := map[string]bool{}
	for _, option := range options {
		seen[rawText(option)] = true
	}
	if len(options) != 4 || len(seen) != 4 {
		t.Errorf("of four results one chooses among %v", seen)
	}
	mentor.tellsZone("Europe/Berlin")
	entries := map[string]bool{}
	for _, link := range find(mentor.get(s.paths.Received()).root(), tagged("a")) {
		if address, _ := lookup(link, "href"); strings.HasPrefix(address, s.paths.Received()+"/") && !strings.HasSuffix(address, "/forget") {
			entries[rawText(link)] = true
		}
	}
	if len(entries) != len(ids) {
		t.Errorf("of four results a mentor chooses among %v", entries)
	}
	// Names of one's own that are the same get their day first.
	for _, id := range ids[:2] {
		owner.post(s.paths.Rename(id), url.Values{"name": {"Autumn"}}).wantStatus(http.StatusSeeOther)
	}
	owner.get(s.paths.Assessments()).wantText("Autumn, 16 November 2026, 10:30").wantText("Autumn, 16 November 2026, 13:30")
}
