package browsertest

import (
	"slices"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// Budgets over the wire, in bytes, headers included; the font and the icon count.
const (
	questionsFirstBudget   = 45 << 10
	questionsFirstRequests = 5
	questionsLaterBudget   = 12 << 10
	placesFirstBudget      = 50 << 10
	resultBudget           = 60 << 10
	resultChartsBudget     = 280 << 10
)

// weigh sums what a tab has loaded since the last look, once everything has arrived.
func weigh(t *testing.T, opened *tab, what string) (bytes float64, requests int) {
	t.Helper()
	var breakdown []string
	told := opened.profile.server.base + to.Zones() // what tells the zone lives on without its page, and Chromium says nothing of its end
	opened.until("everything has arrived", func() bool {
		seen := opened.watcher.seen()
		return !slices.ContainsFunc(seen, func(one request) bool { return !one.ended && one.address != told })
	})
	for _, seen := range opened.watcher.takeRequests() {
		if strings.HasPrefix(seen.address, "data:") || seen.bytes == 0 {
			continue // nothing came over the wire
		}
		bytes += seen.bytes
		requests++
		breakdown = append(breakdown, strings.TrimPrefix(seen.address, opened.profile.server.base))
	}
	t.Logf("%s: %.1f KB in %d requests (%s)", what, bytes/1024, requests, strings.Join(breakdown, " "))
	return bytes, requests
}

func within(t *testing.T, what string, bytes, budget float64) {
	t.Helper()
	if bytes > budget {
		t.Errorf("%s weighs %.1f KB, more than %.0f KB", what, bytes/1024, budget/1024)
	}
	if bytes == 0 {
		t.Errorf("%s weighs nothing: the measurement is wrong", what)
	}
}

func TestWeightOfQuestions(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.start("first-team", model.FullForm)
	opened := served.newTabOf(t, manager)
	opened.open(to.Questions(id, "tradeoffs")) // the longest page
	opened.showsIcon()
	bytes, requests := weigh(t, opened, "a question page, first visit")
	within(t, "a question page on a first visit", bytes, questionsFirstBudget)
	if requests > questionsFirstRequests {
		t.Errorf("a question page takes %d requests, more than %d", requests, questionsFirstRequests)
	}
	opened.follow("button", "Save and continue")
	bytes, _ = weigh(t, opened, "a question page, later visit")
	within(t, "a later question page", bytes, questionsLaterBudget)
}

func TestWeightOfResult(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	opened.showsIcon()
	bytes, _ := weigh(t, opened, "a result, first visit")
	within(t, "a result without charts", bytes, resultBudget)
	opened.openFold(radarFold)
	charts, _ := weigh(t, opened, "its charts")
	within(t, "a result with charts", bytes+charts, resultChartsBudget)
}

// showsIcon waits until the browser has asked for the page's icon, which it does when it has the rest.
func (tab *tab) showsIcon() {
	tab.t.Helper()
	icon := eval[string](tab, `document.querySelector("link[rel=icon]").href`)
	tab.until("the icon is asked for", func() bool {
		return slices.ContainsFunc(tab.watcher.seen(), func(one request) bool { return one.address == icon })
	})
}

// A page where domains are placed weighs little more than one of questions, though it asks of all of them, and a finished map
// what a result may.
func TestWeightOfDepthMap(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	manager.fillsMap("first-team", 20, 0)
	last := manager.fillsMap("wider-scope", 20, 1)
	id := manager.beginsMap("wider-scope")
	opened := served.newTabOf(t, manager)
	opened.open(to.Places(id))
	opened.showsIcon()
	bytes, _ := weigh(t, opened, "placing domains, first visit")
	within(t, "a page to place domains on a first visit", bytes, placesFirstBudget)
	opened.follow("button", "Save, and go on later")
	bytes, _ = weigh(t, opened, "placing domains, later visit")
	within(t, "a later page to place domains", bytes, questionsLaterBudget)

	opened = served.newTabOf(t, manager)
	opened.open(to.DepthMap(last))
	opened.showsIcon()
	bytes, _ = weigh(t, opened, "a depth map, first visit")
	within(t, "a depth map without its chart", bytes, resultBudget)
	opened.openFold("All lines in one chart, and their figures")
	chart, _ := weigh(t, opened, "its chart")
	within(t, "a depth map with its chart", bytes+chart, resultChartsBudget)
}
