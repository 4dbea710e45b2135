package browsertest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"

	"whetstone/internal/model"
)

// connected cuts the tab's network, or restores it.
func (tab *tab) connected(yes bool) {
	tab.t.Helper()
	speed := -1.0 // no limit
	call(tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: !yes, DownloadThroughput: speed, UploadThroughput: speed}},
	})
	call(tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: !yes, DownloadThroughput: speed, UploadThroughput: speed,
	})
}

// draft opens a page of questions of a new draft.
func draft(t *testing.T, served *server) (opened *tab, manager *visitor, id string) {
	t.Helper()
	return draftIn(t, served.newProfile(t))
}

// draftIn is draft in a profile without a session.
func draftIn(t *testing.T, p *profile) (opened *tab, manager *visitor, id string) {
	t.Helper()
	manager = p.server.newVisitor(t)
	id = manager.start("first-team", model.FullForm)
	p.becomes(manager)
	opened = p.newTab(t)
	opened.open(to.Questions(id, "design"))
	return opened, manager, id
}

// The network is cut during an autosave: nothing chosen is lost, and the page never claims otherwise.
func TestNetworkCutAndRestored(t *testing.T) {
	t.Parallel()
	opened, _, id := draft(t, newServer(t))
	items := opened.items()
	opened.choose(items[0], "2", opened.click)
	opened.saved(items[0])

	opened.watcher.expectFailure(to.Answers(id))
	opened.connected(false)
	opened.choose(items[0], "4", opened.click)
	opened.wait(stateOf(items[0]) + `.startsWith("Not saved")`)
	opened.choose(items[1], "5", opened.click)
	opened.wait(stateOf(items[1]) + `.startsWith("Not saved")`)

	here := eval[string](opened, `location.href`)
	opened.click("button", "Save and continue")
	opened.wait(element("#unsaved", "Some answers on this page are not saved yet") + ` === document.activeElement`)
	if got := eval[string](opened, `location.href`); got != here {
		t.Fatalf("the page was left for %s with answers that are not saved", got)
	}
	for number, want := range []string{"4", "5"} {
		if got := opened.checked(items[number]); got != want {
			t.Errorf("question %d shows %q while it can't be saved, not the choice %s", number+1, got, want)
		}
	}

	opened.connected(true)
	opened.saved(items[0])
	opened.saved(items[1])
	opened.wait(`document.getElementById("unsaved").hidden`)
	opened.reload()
	for number, want := range []string{"4", "5"} {
		if got := opened.checked(items[number]); got != want {
			t.Errorf("question %d was kept as %q, not %s", number+1, got, want)
		}
	}
	opened.follow("button", "Save and continue")
	opened.wait(`location.href !== "` + here + `"`)
}

// Of two tabs with the same question, each is told what the other changes, and the later choice counts.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	first, _, id := draft(t, newServer(t))
	second := first.profile.newTab(t)
	second.open(to.Questions(id, "design"))
	item := first.items()[0]

	first.choose(item, "2", first.click)
	first.saved(item)
	second.wait(radioChecked(item, "2"))
	second.wait(stateOf(item) + `.startsWith("Changed in another tab")`)

	second.choose(item, "5", second.click)
	second.saved(item)
	first.wait(radioChecked(item, "5"))
	first.wait(stateOf(item) + `.startsWith("Changed in another tab")`)

	for _, opened := range []*tab{first, second} {
		opened.reload()
		if got := opened.checked(item); got != "5" {
			t.Errorf("after loading again a tab shows %q, not the later choice 5", got)
		}
	}
}

// Another device is not told at once: its save says that the answer was changed in between, shows what to, and asks
// which counts. Until then nothing is overwritten, and nothing that was chosen or typed goes.
func TestTwoDevices(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	first, manager, id := draft(t, served)
	second := served.newTabOf(t, manager)
	second.open(to.Questions(id, "design"))
	item := first.items()[0]
	collide := func(level, other string) {
		t.Helper()
		first.choose(item, level, first.click)
		first.saved(item)
		first.writes(item, "First "+level+".")
		first.saved(item)
		second.watcher.expectFailure(to.Answers(id))
		second.choose(item, other, second.click)
		second.wait(stateOf(item) + `.startsWith("Not saved: it was changed elsewhere")`)
		second.says(".conflict", level)
		manager.kept(id, item, number(level), "First "+level+".")
	}
	collide("2", "3")
	second.writes(item, "Second.")
	second.wait(stateOf(item) + `.startsWith("Not saved: it was changed elsewhere")`)
	second.click(".conflict label", "What stands here")
	second.saved(item)
	manager.kept(id, item, 3, "Second.")
	first.reload()
	if got := first.checked(item); got != "3" {
		t.Errorf("the first device shows %q after loading again, not the later choice 3", got)
	}

	collide("4", "5")
	second.click(".conflict label", "What was saved elsewhere")
	second.saved(item)
	if got := second.checked(item); got != "4" {
		t.Errorf("the second device shows %q, not 4, for which it was decided", got)
	}
	if got := eval[string](second, noteOf(item)+`.value`); got != "First 4." {
		t.Errorf("the second device shows the note %q", got)
	}
	manager.kept(id, item, 4, "First 4.")
	second.choose(item, "1", second.click)
	second.saved(item)
	manager.kept(id, item, 1, "First 4.")
}

// number is a level as the server keeps it.
func number(level string) int {
	value, err := strconv.Atoi(level)
	if err != nil {
		return int(model.Blank)
	}
	return value
}

// One leaves in the middle, closes the tab, and goes on days later where one left.
func TestLeaveAndResume(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.open(to.Home())
	opened.begin(opened.click, firstTeam(t, served), model.FullForm)
	answerByMouse(opened, mixed)
	left := opened.competency()
	opened.follow("button", "Save and continue")
	next := opened.competency()
	opened.close()

	served.clock.advance(quarter / 13)
	again := opened.profile.newTab(t)
	again.open(to.Home())
	again.says("main", "One thing waits for you")
	again.follow("main a", "Resume")
	again.says(".task-list li:first-child", "Done")
	again.follow("a", "Continue")
	if got := again.competency(); got != next {
		t.Errorf("the draft goes on at %s, not at %s", got, next)
	}
	item := again.items()[0]
	again.choose(item, "3", again.click)
	again.saved(item)
	again.follow("button", "Save and leave")
	again.heading("Your assessments")
	again.says("main", "In progress")
	if left == next || !strings.Contains(again.text("main"), "4 of 38 answered") && !strings.Contains(again.text("main"), "5 of 38 answered") {
		t.Error("the list does not say how far the draft is\n" + again.where())
	}
}
