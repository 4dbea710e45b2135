package browsertest

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"whetstone/internal/model"
)

// sharing is a manager with a result, shared with a mentor who hasn't opened the link.
func sharing(t *testing.T, served *server) (manager *visitor, assessment string, share shared) {
	t.Helper()
	manager = served.newVisitor(t)
	assessment = manager.take("first-team", model.FullForm, mixed)
	return manager, assessment, manager.shares(assessment, shareFields("my mentor"))
}

// rating selects a level on a mentor's page.
func rating(level string) string { return fmt.Sprintf(`input[name^="level@"][value="%s"]`, level) }

// ratingSaved waits until the page says that the rating is saved.
func (tab *tab) ratingSaved() {
	tab.t.Helper()
	tab.wait(`document.querySelector("[data-item] [data-state]").textContent.trim() === "Saved"`)
}

// pastes puts text where the focus is, at once.
func (tab *tab) pastes(selector, text string) {
	tab.t.Helper()
	run(tab, fmt.Sprintf(`document.querySelector(%q).select()`, selector))
	tab.inserts(text)
}

// The ten minutes of a mentor on a phone: from the link to the review that is sent; every page on the way fits.
func TestMentorOnAPhone(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, assessment, share := sharing(t, served)
	opened := served.newTab(t)
	opened.phone(phoneWidth)
	press := func(selector, words string) {
		opened.fitsPhones()
		opened.leads(func() { opened.tap(selector, words) })
	}

	opened.open(share.link)
	opened.heading("Ada asks for your view")
	press("button", "Open it")
	opened.heading("How do you see Ada’s work?")
	opened.says("main", "Two competencies to begin with, about a minute each")
	opened.says("main", "Where did I hold on to a decision for too long?")
	press("a", "Begin")
	for _, level := range []string{"2", "4"} {
		opened.tap("label:has("+rating(level)+")", "")
		opened.ratingSaved()
		press("main button", "Save and go on")
	}
	opened.heading("How do you see Ada’s work?")
	opened.says("main", "Those are the two that they ask about")
	press("button", "See both side by side")
	opened.says("main", "a hidden strength")
	opened.wait(`document.querySelectorAll(".views-bar .mentor-mark").length === 2`)
	press("a", "Add a word on the whole, and send")
	opened.tap("[data-text=overall]", "")
	opened.pastes("[data-text=overall]", "You have the room when it gets technical.")
	opened.wait(`document.querySelector("#words [data-state]").textContent === "Saved"`)
	opened.tap("[data-text=name]", "")
	opened.pastes("[data-text=name]", "Mina")
	press("main button", "Send to Ada")
	opened.heading("Your view is with Ada")
	opened.fitsPhones()
	opened.tap("nav a", "Shared with you")
	opened.heading("People who shared with you")
	opened.fitsPhones()

	own := served.newTabOf(t, manager)
	own.open(to.Home())
	own.follow("main a", "Read it")
	own.says("h1", "technical debt lower")
	own.says("main", "You have the room when it gets technical.")
	own.follow("button", "I have read this")
	own.open(to.Conversation(assessment))
	own.wait(`!` + element(".new", "New"))
}

// The whole way without touching the mouse, a level agreed on among it.
func TestMentorByKeyboard(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, assessment, share := sharing(t, served)
	opened := served.newTab(t)

	opened.open(share.link)
	opened.enter("button", "Open it")
	opened.enter("a", "Begin")
	opened.tabTo(rating("1"), "")
	opened.types("5")
	opened.ratingSaved()
	opened.tabTo("[data-text=note]", "")
	opened.types("Seen in 3 reviews")
	opened.wait(`document.querySelector("[data-state]").textContent.trim() !== "Saved"`)
	opened.ratingSaved()
	opened.wait(`document.querySelector('` + rating("5") + `').checked`)
	opened.enter("main button", "Save and go on")
	opened.tabTo(rating("1"), "")
	opened.types("0") // not observed
	opened.ratingSaved()
	opened.enter("main button", "Save and go on")
	opened.enter("button", "See both side by side")
	opened.tabTo("#view-design summary", "Propose a level")
	opened.types(kb.Enter)
	opened.tabTo("select", "")
	opened.types("4.5")
	opened.tabTo("#view-design textarea", "")
	opened.types("It changed the design.")
	opened.enter("button", "Propose")
	opened.says("#view-design", "You propose 4.5")
	opened.enter("section a", "Add a word on the whole, and send")
	opened.tabTo("[data-text=overall]", "")
	opened.types("Good.")
	opened.enter("main button", "Send to Ada")
	opened.heading("Your view is with Ada")

	own := served.newTabOf(t, manager)
	own.open(to.Conversation(assessment))
	own.enter("button", "Agree")
	own.says("#view-design", "Agreed with them: 4.5")
	own.open(to.Result(assessment))
	own.says("#mentors", "It changed the design.")
}

// Without JavaScript: the manager makes a link and sees it before; the mentor rates, looks and sends.
func TestSharingWithoutJavaScript(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	own := served.newTabOf(t, manager)
	own.scriptless()
	own.open(to.Result(assessment))
	own.follow("a", "Share this result")
	own.click("#label", "")
	own.types("my mentor")
	own.click("#sharer", "")
	own.types("Ada")
	ticked := eval[[]string](own, `[...document.querySelectorAll("#competencies input:checked")].map((box) => box.value)`)
	if len(ticked) == 0 {
		t.Error("no competency is ticked at first")
	}
	for _, one := range ticked {
		own.click("label:has(input[value="+one+"])", "")
	}
	own.click("label:has(input[value=design])", "")
	own.follow("button", "Preview what they will see")
	own.heading("What they will see")
	own.wait(element(".sheet h2", "How do you see Ada’s work?"))
	own.wait(element(".sheet h2", "A word on the whole"))
	if pressed := eval[[]string](own, `[...document.querySelectorAll(".sheet a[href], .sheet :is(button, textarea):not([disabled]):not([hidden])")].map((element) => element.outerHTML)`); len(pressed) > 0 {
		t.Errorf("these in the preview can be pressed: %q", pressed)
	}
	own.follow("button", "Make the link")
	own.heading("The link for “my mentor”")
	if own.holds(element("button", "Copy the link")) {
		t.Error("a button is shown that needs JavaScript")
	}
	link := eval[string](own, `new URL(document.getElementById("link").value).pathname`)
	own.click("summary", "More options")
	own.wait(`document.querySelector("img.qr").naturalWidth > 0`)

	opened := served.newTab(t)
	opened.scriptless()
	opened.open(link)
	opened.follow("button", "Open it")
	opened.follow("a", "Begin")
	opened.click("label:has("+rating("2")+")", "")
	opened.click("[data-text=note]", "")
	opened.types("Seen once.")
	opened.follow("main button", "Save and go on")
	opened.says("main", "Rated 2")
	opened.follow("button", "See both side by side")
	opened.says("#view-design", "Seen once.")
	opened.follow("a", "Add a word on the whole, and send")
	opened.click("[data-text=overall]", "")
	opened.types("On the whole.")
	opened.follow("main button", "Send to Ada")
	opened.heading("Your view is with Ada")
	own.open(to.Conversation(assessment))
	own.says("main", "On the whole.")
}

// What is chosen and typed is kept at once: after a reload, and in another tab, it stands there again.
func TestRatingIsKept(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, _, share := sharing(t, served)
	mentor := served.newMentor(t, share)
	opened := served.newTabOf(t, mentor)
	opened.open(to.Rate(share.id, "design"))
	opened.click("label:has("+rating("4")+")", "")
	opened.ratingSaved()
	opened.click("[data-text=note]", "")
	opened.pastes("[data-text=note]", "Seen twice.")
	opened.ratingSaved()
	opened.reload()
	opened.wait(`document.querySelector('` + rating("4") + `').checked && document.querySelector("[data-text=note]").value === "Seen twice."`)

	other := opened.profile.newTab(t)
	other.open(to.Rate(share.id, "design"))
	other.click("label:has("+rating("3")+")", "")
	other.ratingSaved()
	opened.wait(`document.querySelector('` + rating("3") + `').checked`)
	opened.says("[data-state]", "Changed in another tab")

	// The link ends while the mentor types: the page stays, with what was typed.
	words := opened.profile.newTab(t)
	words.open(to.Words(share.id))
	manager.post(to.RevokeShare(share.id), url.Values{})
	opened.watcher.expectFailure(to.Ratings(share.id))
	opened.pastes("[data-text=note]", "Typed too late.")
	opened.wait(`document.querySelector("[data-state]").textContent.startsWith("Not saved: the link has ended")`)
	opened.click("main button", "Save and go on")
	opened.wait(`document.activeElement.id === "gone"`)
	opened.says("#gone", "ask them for a new link")
	if got := eval[string](opened, `document.querySelector("[data-text=note]").value`); got != "Typed too late." {
		t.Errorf("the comment reads %q", got)
	}
	words.watcher.expectFailure(to.Words(share.id))
	words.pastes("[data-text=overall]", "Typed too late, too.")
	words.wait(`!document.getElementById("gone").hidden`)
	words.says("#gone", "ask them for a new link")
	words.says("[data-state]", "Not saved: the link has ended")
}

// Copying puts the whole link on the clipboard.
func TestCopyingALink(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	opened := served.newTabOf(t, manager)
	opened.open(to.NewShare(assessment))
	opened.click("#label", "")
	opened.types("my mentor")
	opened.click("#sharer", "")
	opened.types("Ada")
	opened.follow("button", "Make the link")
	run(opened, `navigator.clipboard.writeText = async (text) => { window.copied = text; }`)
	opened.click("button", "Copy the link")
	opened.wait(`document.querySelector("[data-copied]").textContent === "Copied."`)
	opened.wait(`window.copied === document.getElementById("link").value && new URL(copied).pathname.startsWith("/open/")`)
}
