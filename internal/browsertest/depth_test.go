package browsertest

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"whetstone/internal/model"
)

// fieldIn is an expression for a field of one domain.
func fieldIn(domain, name string) string {
	return fmt.Sprintf(`document.querySelector('[data-item="%s"] [name^="%s."]')`, domain, name)
}

// chooses chooses in a list of a domain by the keyboard, by the first letter of what it calls the choice: a browser that is
// slow takes a second letter for the beginning of another word.
func (tab *tab) chooses(domain, name, words string) {
	tab.t.Helper()
	run(tab, fieldIn(domain, name)+`.focus()`)
	tab.types(words[:1])
	tab.wait(fmt.Sprintf(`%s.selectedOptions[0].text.startsWith(%q)`, fieldIn(domain, name), words))
}

// placeSaved waits until a domain is said to be saved.
func (tab *tab) placeSaved(domain string) {
	tab.t.Helper()
	tab.wait(fmt.Sprintf(`document.querySelector('[data-item="%s"] [data-state]').textContent === "Saved"`, domain))
}

// Somebody new makes a depth map without any assessment, on a phone: placed, left and resumed, finished, and a commitment
// made of what it says; a quarter later one domain has moved.
func TestJourneyOfADepthMap(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.phone(phoneWidth)
	opened.open(to.Home())
	opened.tap("a", "Make a depth map")
	opened.heading("Depth map")
	opened.fitsPhones()
	opened.tap("label", "Leading a first team")
	opened.tap("label", "Software")
	opened.tap("button", "Place your domains")
	opened.heading("Place your domains")
	opened.fitsPhones()
	opened.chooses("security-privacy", "depth", "None")
	opened.chooses("security-privacy", "weight", "Much")
	opened.placeSaved("security-privacy")
	opened.chooses("ux", "depth", "Conversant")
	opened.chooses("ux", "weight", "Some")
	opened.chooses("ux", "role", "UX partner")
	opened.tap(`[data-item="ux"] label.check`, "")
	opened.placeSaved("ux")
	if opened.holds(fieldIn("ux", "year") + `.checkVisibility()`) {
		t.Error("hands-on work is asked of what one doesn’t know")
	}

	// It is left, and resumed where Home says that it waits: all that was called saved is there.
	opened.open(to.Home())
	opened.says("main", "Your depth map: 2 domains placed")
	opened.tap(".waits a", "Go on")
	opened.heading("Place your domains")
	opened.wait(fieldIn("ux", "role") + `.value === "ux-partner" && ` + fieldIn("ux", "asked") + `.checked`)
	opened.chooses("backend", "depth", "Deep")
	opened.chooses("backend", "weight", "Much")
	run(opened, fieldIn("backend", "year")+`.focus()`)
	opened.types("2024")
	run(opened, fieldIn("backend", "whom")+`.focus()`)
	opened.types("whoever wrote the queue")
	opened.placeSaved("backend")
	opened.tap("button", "Finish the map")
	opened.heading("One domain is exposed: ")
	opened.fitsPhones()
	opened.says("main", "yours in depth")
	first := eval[string](opened, `location.pathname`)

	opened.tap("a", "Make a commitment of it")
	opened.heading("When, and what will you do?")
	if got := eval[string](opened, `document.querySelector("#for-domain").value`); got != "Security and privacy" {
		t.Errorf("the commitment is for %q", got)
	}
	opened.fitsPhones()
	opened.tap("button", "Put it in my plan")
	opened.heading("Your plan")
	opened.says("main", "for “")
	opened.says("main", "Security and privacy")

	served.later(quarter)
	opened.open(to.DepthMaps())
	opened.tap("button", "Place your domains")
	opened.heading("Place your domains")
	opened.says("main", "It began as you left it")
	opened.wait(fieldIn("backend", "whom") + `.value === "whoever wrote the queue"`)
	opened.chooses("security-privacy", "depth", "Conversant")
	opened.placeSaved("security-privacy")
	opened.tap("button", "Finish the map")
	opened.heading("One domain is exposed: ")
	opened.says("main", "went from none to conversant")
	if second := eval[string](opened, `location.pathname`); second == first {
		t.Error("the second map is the first")
	}
}

// Two tabs place the same domain: each keeps what only the other changed, and is asked where both changed the same.
func TestPlacingInTwoTabs(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	owner := served.newVisitor(t)
	id := owner.beginsMap("first-team")
	owner.post(to.Places(id), url.Values{"then": {"save"}, "depth.ux": {"none"}})
	one, other := served.newTabOf(t, owner), served.newTabOf(t, owner)
	one.watcher.expectFailure(to.Placed(id))
	one.open(to.Places(id))
	other.open(to.Places(id))
	one.chooses("ux", "depth", "Deep")
	one.placeSaved("ux")
	// The other, another device, adds something, and then shows what this one saved.
	other.chooses("ux", "weight", "Much")
	other.placeSaved("ux")
	other.wait(fieldIn("ux", "depth") + `.value === "deep"`)
	other.chooses("ux", "depth", "None")
	other.wait(fieldIn("ux", "depth") + `.name.includes("@4-")`)
	run(one, fieldIn("ux", "depth")+`.focus()`)
	one.types(kb.ArrowUp) // from deep
	one.wait(fieldIn("ux", "depth") + `.value === "working"`)
	one.says(`[data-item="ux"] [data-state]`, "Not saved: it was changed elsewhere. Choose which counts.")
	one.says(`[data-item="ux"] [data-conflict]`, "Depth: none")
	one.click(`[data-item="ux"] [data-conflict] label`, "What stands here")
	one.placeSaved("ux")
	one.reload()
	one.wait(fieldIn("ux", "depth") + `.value === "working"`)
}

// What can't be taken of a domain stays in view until it is mended, also where the depth chosen since doesn't ask for it.
func TestWhatIsRefusedOfADomainStaysInView(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	owner := served.newVisitor(t)
	id := owner.beginsMap("first-team")
	owner.post(to.Places(id), url.Values{"then": {"save"}, "depth.ux": {"working"}, "weight.ux": {"high"}})
	opened := served.newTabOf(t, owner)
	opened.watcher.expectFailure(to.Placed(id))
	opened.open(to.Places(id))
	run(opened, fieldIn("ux", "year")+`.focus()`)
	opened.types("19")
	const refused = `document.querySelector('[data-item="ux"] [data-state]').textContent.startsWith("Not saved: Enter a year")`
	opened.wait(refused)
	opened.chooses("ux", "depth", "None")
	opened.wait(refused + ` && ` + fieldIn("ux", "depth") + `.value === "none"`)
	if !opened.holds(fieldIn("ux", "year") + `.checkVisibility()`) {
		t.Error("the year that can’t be taken is out of sight")
	}
	run(opened, fieldIn("ux", "year")+`.focus()`)
	opened.types(kb.Backspace + kb.Backspace)
	opened.placeSaved("ux")
	run(opened, fieldIn("ux", "depth")+`.focus()`)
	opened.wait(`!` + fieldIn("ux", "year") + `.checkVisibility()`)
	opened.reload()
	opened.wait(fieldIn("ux", "depth") + `.value === "none" && ` + fieldIn("ux", "year") + `.value === ""`)
}

// What the next map doesn't ask about goes along at one press, with what was typed a moment before; the Enter key saves, and
// freezes nothing. What is left out asks for nothing but its depth.
func TestDomainsGoAlong(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	owner := served.newVisitor(t)
	owner.post(to.Places(owner.beginsMap("wider-scope")), url.Values{
		"then": {"finish"}, "depth.contracts": {"deep"}, "weight.contracts": {"high"}, "depth.ux": {"none"}, "weight.ux": {"high"}, "depth.business": {"deep"}, "weight.business": {"low"},
	})
	id := owner.beginsMap("first-team")
	opened := served.newTabOf(t, owner)
	opened.phone(phoneWidth)
	opened.open(to.Places(id))
	opened.fitsPhones()
	run(opened, fieldIn("ux", "whom")+`.focus()`)
	opened.types("whoever draws")
	opened.leads(func() { opened.types(kb.Enter) })
	opened.says("[role=status]", "Saved.")
	opened.wait(fieldIn("ux", "whom") + `.value === "whoever draws"`)
	run(opened, fieldIn("ux", "whom")+`.focus()`)
	opened.types("them")
	opened.leads(func() { opened.tap("#left button", "Keep it") })
	opened.wait(fieldIn("own-1", "name") + `.value === "Contracts between teams"`)
	opened.fitsPhones()
	if got := eval[string](opened, fieldIn("ux", "whom")+`.value`); !strings.Contains(got, "them") {
		t.Errorf("what was typed a moment before is %q", got)
	}
	opened.chooses("business", "depth", "Leave it out")
	opened.placeSaved("business")
	if opened.holds(fieldIn("business", "weight") + `.checkVisibility()`) {
		t.Error("what hangs on a domain is asked of one that is left out")
	}
	opened.tap("button", "Finish the map")
	opened.heading("Nothing is exposed.")
	opened.says("main", "No longer placed: the business itself.")
}

// Without a script the button saves; the rest is the same.
func TestDepthMapWithoutJavaScript(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.scriptless()
	opened.open(to.Home())
	opened.follow("a", "Make a depth map")
	opened.click("label", "Leading a first team")
	opened.click("label", "Software")
	opened.follow("button", "Place your domains")
	opened.chooses("security-privacy", "depth", "None")
	opened.chooses("security-privacy", "weight", "Much")
	if got := opened.text(`[data-item="security-privacy"] [data-state]`); got != "" {
		t.Errorf("the page says %q of what nothing has sent", got)
	}
	opened.follow("button", "Save, and go on later")
	opened.says("[role=status]", "Saved.")
	opened.open(to.Home())
	opened.follow("a", "Go on")
	opened.follow("button", "Finish the map")
	opened.heading("One domain is exposed: ")
	opened.follow("a", "Make a commitment of it")
	opened.follow("button", "Put it in my plan")
	opened.says("main", "Security and privacy")
	opened.open(to.Home())
	opened.says("main", "One domain is exposed: ")
}

// A full map prints on one page of either paper, with every domain of the widest scope, five of one's own and what moved
// since the map before; a shorter one has its table on that page, too.
func TestDepthMapPrintsOnAPage(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, other := served.newVisitor(t), served.newVisitor(t)
	manager.take("wider-scope", model.PulseForm, mixed)
	first := manager.fillsMap("first-team", 20, 0)
	other.fillsMap("first-team", 7, 0)
	served.later(quarter)
	full, short := manager.fillsMap("wider-scope", 20, 1), other.fillsMap("first-team", 7, 1)
	for _, one := range []struct {
		whose   *visitor
		address string
		tabled  bool
	}{{manager, to.DepthMap(first), false}, {manager, to.DepthMap(full), false}, {other, to.DepthMap(short), true}} {
		address, tabled := one.address, one.tabled
		opened := served.newTabOf(t, one.whose)
		opened.open(address)
		for paper, options := range map[string][]chromedp.PDFOption{"letter": nil, "A4": {chromedp.PDFPaper(chromedp.PaperA4)}} {
			pdf := do(opened, chromedp.PrintToPDF(options...))
			if pages := len(pdfPage.FindAll(pdf, -1)); pages != 1 {
				t.Errorf("%s, of %s, takes %d pages of %s", address, opened.text(".over"), pages, paper)
			}
		}
		run(opened, asOnPaper)
		if got := opened.holds(`document.querySelector(".placed").checkVisibility()`); got != tabled {
			t.Errorf("%s has its table on paper: %t", address, got)
		}
		if says := opened.holds(`document.querySelector("main").innerText.includes("the table below")`); says && !tabled {
			t.Errorf("%s names a table that isn’t on paper", address)
		}
		for _, kept := range []string{".grid-map", ".is-map .finding", "h1"} {
			if !opened.holds(`document.querySelector("` + kept + `").checkVisibility()`) {
				t.Errorf("%s is not on the paper of %s", kept, address)
			}
		}
	}
}

// fillsMap finishes a map of so many domains that are offered, and five of one's own: every kind of place and of reliance.
// Another turn moves each third domain.
func (v *visitor) fillsMap(scope string, most, turn int) string {
	v.t.Helper()
	id := v.beginsMap(scope)
	own := []string{"Payments and settlement", "The ledger that nobody dares to touch", "Customer support tooling", "Search and ranking", "Contracts with the two banks"}
	offered := v.server.library.Depths.For(scope, "software")
	var domains []string
	for _, domain := range offered[:min(most, len(offered))] {
		domains = append(domains, domain.ID)
	}
	fields := url.Values{"then": {"finish"}}
	for number, name := range own {
		domain := fmt.Sprintf("own-%d", number+1)
		domains = append(domains, domain)
		fields.Set("name."+domain, name)
		fields.Set("whom."+domain, "whoever wrote the first version, two floors down")
	}
	depths, weights := strings.Fields("none conversant conversant working working deep"), strings.Fields("high high medium medium low")
	roles := strings.Fields("senior-engineer another-lead - platform ux-partner - my-manager")
	for number, domain := range domains {
		if number%3 == 0 {
			number += 7 * turn
		}
		fields.Set("depth."+domain, depths[number%6])
		fields.Set("weight."+domain, weights[number%5])
		if role := roles[number%7]; role != "-" && !strings.HasPrefix(domain, "own-") {
			fields.Set("role."+domain, role)
		}
		if number%4 == 0 {
			fields.Set("asked."+domain, "yes")
		}
		fields.Set("year."+domain, fmt.Sprint(2010+number%9))
	}
	v.post(to.Places(id), fields)
	return id
}
