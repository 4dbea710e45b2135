package browsertest

import (
	"bytes"
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// workedAnswers and workedTargets are the worked example of the chances, by competency.
var (
	workedAnswers = map[string]string{
		"debt": "223", "roadmap": "332", "tradeoffs": "3343", "design": "343", "learning": "3233", "ownership": "443",
		"authenticity": "434", "systems": "444", "credibility": "444", "coaching": "445", "vision": "333", "bridge": "443",
	}
	workedTargets = map[string][2]string{
		"debt": {"3.5", "3"}, "roadmap": {"3.5", "2"}, "tradeoffs": {"3.5", "3"}, "design": {"3.5", "3"}, "learning": {"3.0", "2"},
		"ownership": {"3.5", "2"}, "authenticity": {"3.5", "2"}, "systems": {"3.5", "3"}, "credibility": {"3.5", "3"},
		"coaching": {"3.5", "3"}, "vision": {"3.0", "1"}, "bridge": {"3.0", "2"},
	}
)

// worked answers as the worked example does.
func worked(competency string, number int) string {
	answers := workedAnswers[competency]
	return string(answers[min(number, len(answers)-1)])
}

// newWorked is a visitor with the targets of the worked example.
func (s *server) newWorked(t *testing.T) *visitor {
	t.Helper()
	v := s.newVisitor(t)
	v.start("first-team", model.PulseForm) // targets need a manager
	targets := url.Values{}
	for competency, target := range workedTargets {
		targets.Set("target."+competency, target[0])
		targets.Set("importance."+competency, target[1])
	}
	v.post(to.Targets("first-team"), targets)
	return v
}

// worksOut takes the worked example, with two notes, and gives its id.
func (v *visitor) worksOut() string {
	v.t.Helper()
	id := v.start("first-team", model.FullForm)
	v.answer(id, "first-team", worked)
	for _, section := range v.server.sections(v.t, "first-team") {
		form := url.Values{}
		for number, item := range section.Items {
			form.Set("level."+item.ID, worked(section.Competency, number))
		}
		switch section.Competency {
		case "debt":
			form.Set("note."+section.Items[0].ID, "The alert that everyone silences on Mondays. I heard of it from the night shift.")
			form.Set("note."+section.Items[2].ID, "Retired the old queue at last.")
		case "coaching":
			form.Set("note."+section.Items[2].ID, "A new lead ran the migration review alone, and caught what I would have missed.")
		default:
			continue
		}
		v.post(to.Questions(id, section.Competency), form)
	}
	v.post(to.Finish(id), url.Values{"meant": {"yes"}})
	return id
}

// The first chart begins within the first screen, of a small phone and of a small laptop, whatever the result says.
func TestTheChartBeginsWithinTheFirstScreen(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, hurried := served.newWorked(t), served.newWorked(t)
	type look struct {
		name    string
		who     *visitor
		address string
	}
	looks := []look{{"first", manager, to.Result(manager.worksOut())}}
	for _, next := range []struct {
		name, questionnaire string
		form                model.Form
		choose              level
	}{
		{"returning", "first-team", model.FullForm, raised}, {"a pulse", "first-team", model.PulseForm, mixed},
		{"after a change of scope", "wider-scope", model.FullForm, mixed},
	} {
		served.clock.advance(quarter)
		id := manager.take(next.questionnaire, next.form, next.choose)
		looks = append(looks, look{next.name, manager, to.Result(id)})
	}
	few := hurried.take("first-team", model.FullForm, func(competency string, _ int) string {
		if competency == "design" || competency == "debt" {
			return "3"
		}
		return ""
	})
	looks = append(looks, look{"few answers", hurried, to.Result(few)})
	for _, look := range looks {
		opened := served.newTabOf(t, look.who)
		for width, height := range map[int64]float64{phoneWidth: 740, desktopWidth: 720} {
			opened.resize(width)
			opened.open(look.address)
			opened.wait(`document.fonts.status === "loaded"`)
			if bottom := eval[float64](opened, `document.querySelector(".ranks tbody tr").getBoundingClientRect().bottom`); bottom > height {
				t.Errorf("%s, at %d: the first row of the chart ends at %.0f of %.0f pixels", look.name, width, bottom, height)
			}
		}
	}
}

// onPaper shows the page as it is printed; medium "" as it is on the screen.
func (tab *tab) onPaper(medium string) {
	tab.t.Helper()
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium})
}

// On paper there is nothing to act with, no empty room for a chart, and no heading without what it heads.
func TestPrintHasNothingToActWith(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newWorked(t)
	manager.take("first-team", model.FullForm, mixed)
	served.clock.advance(quarter)
	id := manager.worksOut()
	opened := served.newTabOf(t, manager)
	opened.open(to.Result(id))
	opened.onPaper("print")
	for _, unfolded := range []bool{false, true} {
		if unfolded {
			run(opened, `dispatchEvent(new Event("beforeprint"))`)
		}
		for what, found := range map[string]string{
			"something to act with": `[...document.querySelectorAll("button, select, input, textarea, form, .actions a, .row-actions a, nav a")]`,
			"room for a chart":      `[...document.querySelectorAll(".chart")]`,
			"a heading alone": `[...document.querySelectorAll("main h2, main h3, main summary")].filter((head) => {
				const rest = (at) => at && (at.nextElementSibling?.checkVisibility() ? at.nextElementSibling : rest(at.nextElementSibling));
				return !rest(head);
			})`,
		} {
			if seen := eval[string](opened, found+`.filter((one) => one.checkVisibility()).map((one) => one.outerHTML).join("\n")`); seen != "" {
				t.Errorf("on paper (unfolded: %v) there is %s: %s", unfolded, what, seen)
			}
		}
	}
	if !opened.holds(`document.querySelector(".review").checkVisibility()`) {
		t.Error("the answers are not on paper")
	}
}

// What is typed and chosen on the one page goes onto the paper, and nowhere else.
func TestOnePageTakesANameAndAChoice(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newWorked(t)
	opened := served.newTabOf(t, manager)
	opened.open(to.Result(manager.worksOut()))
	opened.follow("a", "Print one page")
	printed := func(selector string) int {
		return eval[int](opened, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((one) => one.checkVisibility()).length`, selector))
	}
	opened.onPaper("print")
	if printed("#name") != 0 || printed(".tries .option") != 1 || printed("a, button, nav, label[for]") != 0 {
		t.Error("paper has an empty name, more than the chosen practice, or something to act with")
	}
	opened.onPaper("")
	run(opened, `document.getElementById("name").focus()`)
	opened.types("Ada")
	opened.click("label", "Nothing of this yet")
	opened.onPaper("print")
	if printed("#name") != 1 || printed(".tries .option, .tries legend") != 0 {
		t.Error("paper has no name, or a practice that was not chosen")
	}
	if pdf := do(opened, chromedp.PrintToPDF()); bytes.Count(pdf, []byte("/Type /Page\n")) != 1 {
		t.Errorf("it takes more than one page")
	}
}
