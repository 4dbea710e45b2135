package browsertest

import (
	"bytes"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// A mentor on a phone rates what the map waits for, looks, and says which domain they would move; the manager reads it on
// the map.
func TestMentorMovesADomainOnAPhone(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	placed := manager.placesAll()
	share := manager.sharesMap(assessment, url.Values{"rating": {"yes"}})
	opened := served.newTab(t)
	opened.phone(phoneWidth)
	press := func(selector, words string) {
		t.Helper()
		opened.fitsPhones()
		opened.leads(func() { opened.tap(selector, words) })
	}

	opened.open(share.link)
	press("button", "Open it")
	opened.says("main", "Waits for three competencies")
	press("a", "Their depth map")
	opened.heading("Ada’s depth map")
	opened.says("main", "So that it doesn’t lean your ratings")
	for _, name := range []string{"Coaching", "Authenticity", "Learning"} {
		press(".task-list a", name)
		opened.tap("label:has("+rating("3")+")", "")
		opened.ratingSaved()
		opened.open(to.SharedMap(share.id))
	}
	opened.says("main", "nothing is lost by looking")
	press("main button", "Show the map")
	opened.says("main", "They can follow")
	opened.says("main", "One question to you")
	run(opened, `document.querySelector("[name^='domain@']").value = "ux"; document.querySelector("[name^='depth@']").value = "deep"`)
	press("main button", "Save your answer")
	opened.says("main", "Saved. It goes with your view, once you send that.")
	opened.says("main", "You would move UX and product design from none to deep.")
	press("a", "A word on the whole, and send it")
	press("main button", "Send to Ada")
	opened.heading("Your view is with Ada")

	own := served.newTabOf(t, manager)
	own.open(to.DepthMap(placed))
	own.says("main", "would move UX and product design from none to deep.")
	own.follow("main a", "All that they say")
	own.says("main", "On your depth map of")
}

// What a mentor would move is saved as it is chosen and typed, and what is not yet an answer is offered again after the page
// was left.
func TestAMoveIsSavedAsItIsMade(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	manager.placesAll()
	share := manager.sharesMap(assessment, url.Values{"rating": {"yes"}})
	mentor := served.newMentor(t, share)
	mentor.looksAtMap(share)
	opened := served.newTabOf(t, mentor)
	opened.watcher.expectFailure(to.SharedMap(share.id))
	opened.open(to.SharedMap(share.id))
	field := func(name string) string { return `document.querySelector("[data-item=move] [name^=` + name + `]")` }
	state := `document.querySelector("[data-item=move] [data-state]").textContent`
	choose := func(name, words string) {
		t.Helper()
		run(opened, field(name)+`.focus()`)
		opened.types(words[:1])
		opened.wait(field(name) + `.selectedOptions[0].text.startsWith("` + words + `")`)
	}
	choose("domain", "UX")
	opened.wait(state + ` === "Not saved: Choose where you would move it: to another depth, or by how much hangs on it."`)

	// It is left like this, and offered again.
	opened.open(to.Received())
	opened.open(to.SharedMap(share.id))
	opened.says(".offer", "You had chosen this before, and it was not saved:")
	opened.click(".offer button", "Use it")
	opened.wait(field("domain") + `.value === "ux"`)
	choose("depth", "Deep")
	opened.wait(state + ` === "Saved"`)
	opened.says("[data-tells]", "You would move UX and product design from none to deep.")
	run(opened, field("words")+`.focus()`)
	opened.types("Twice this quarter.")
	opened.wait(field("words") + `.name.includes("@2-") && ` + state + ` === "Saved"`)
	opened.reload()
	opened.wait(field("words") + `.value === "Twice this quarter." && ` + field("depth") + `.value === "deep"`)
	opened.follow("main button", "Take it back")
	opened.says("main", "Saved. It goes with your view")
	if opened.holds(`document.querySelector("[data-told]").checkVisibility()`) {
		t.Error("an answer that was taken back is still told")
	}
}

// The map that a mentor prints fits a page; what is asked isn't on it.
func TestSharedMapPrintsOnAPage(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	manager.placesAll()
	share := manager.sharesMap(assessment, url.Values{"rating": {"yes"}})
	mentor := served.newMentor(t, share)
	mentor.looksAtMap(share)
	opened := served.newTabOf(t, mentor)
	opened.open(to.SharedMap(share.id))
	if pdf := do(opened, chromedp.PrintToPDF()); bytes.Count(pdf, []byte("/Type /Page\n")) != 1 {
		t.Errorf("it prints on %d pages", bytes.Count(pdf, []byte("/Type /Page\n")))
	}
}
