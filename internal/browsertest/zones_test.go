package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"whetstone/internal/model"
)

// in puts the tab's browser into a time zone.
func (tab *tab) in(zone string) {
	tab.t.Helper()
	call(tab, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
}

// The browser tells its time zone by itself, once it has a session and whenever it has moved, until another zone is
// chosen; before, with the forms that begin something.
func TestBrowserTellsItsZone(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	manager.start("first-team", model.FullForm)
	opened := served.newTabOf(t, manager)
	knows := func(words string) {
		t.Helper()
		opened.until("the server knows "+words, func() bool { return strings.Contains(manager.get(to.Settings()), words) })
	}
	for _, zone := range []string{"Pacific/Auckland", "America/Lima"} {
		opened.in(zone)
		opened.open(to.Settings())
		knows("as this browser tells: " + zone)
	}
	opened.open(to.Zones())
	run(opened, `document.querySelector("#zone").value = "Asia/Tokyo"`)
	opened.follow("button", "Save")
	knows("the zone that you chose: Asia/Tokyo")
	opened.open(to.Settings())
	if opened.holds(`document.querySelector("script[data-tell]")`) {
		t.Error("the page asks for a zone though one is chosen")
	}

	nobody := served.newTab(t)
	nobody.in("Pacific/Auckland")
	nobody.open(to.Start())
	nobody.wait(`document.querySelector("[name=browser-zone]").value === "Pacific/Auckland"`)
	nobody.open(to.NewTeam())
	nobody.wait(`document.querySelector("#zone").value === "Pacific/Auckland"`)
}
