package browsertest

import (
	"testing"

	"whetstone/internal/model"
)

// What a link in a mail is for: an anonymous history gets an address, and opens by it in another browser, where the link
// was asked for, and nowhere else.
func TestALinkInAMailOpensAHistory(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	result := manager.take("first-team", model.PulseForm, mixed)
	opened := served.newTabOf(t, manager)
	opened.open(to.WaysIn())
	run(opened, `document.querySelector("#address").select()`)
	opened.inserts("Ada@Example.com")
	opened.follow("button", "Send me a link")
	opened.says(".lede", "If mail for ada@example.com can be delivered, a link is on its way.")
	opened.open(served.mailedPath(t))
	opened.follow("button", "Add it")
	opened.says(".devices", "ada@example.com")

	elsewhere := served.newProfile(t).newTab(t)
	elsewhere.open(to.SignIn())
	run(elsewhere, `document.querySelector("#address").select()`)
	elsewhere.inserts("ada@example.com")
	elsewhere.follow("button", "Send me a link")
	link := served.mailedPath(t)
	stranger := served.newProfile(t).newTab(t)
	stranger.watcher.expectFailure(link)
	stranger.open(link)
	stranger.says("h1", "Open the link where you asked for it")
	elsewhere.open(link)
	elsewhere.follow("button", "Come in")
	elsewhere.open(to.Result(result))
	elsewhere.says("main", "Read roughly")
	elsewhere.watcher.expectFailure(link)
	elsewhere.open(link)
	elsewhere.says("h1", "This link opens nothing any more")
}
