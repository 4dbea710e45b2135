package browsertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// kind is one kind of page, in one of the states in which it looks different.
type kind struct {
	name    string
	visitor *visitor
	address string
	// form is what is posted to the address to see the page, nil where it is got.
	form   url.Values
	status int
	// words are on the page, so that a test can't look at another one by mistake.
	words string
}

// kinds brings a server into a state from which every kind of page can be opened.
func kinds(t *testing.T, s *server) []kind {
	t.Helper()
	nobody := s.newVisitor(t)

	// Someone with a past of several quarters, from which a trend can be read.
	steady := s.newVisitor(t)
	var past []string
	for _, choose := range []level{mixed, raised, mixed, raised} {
		s.clock.advance(quarter)
		past = append(past, steady.take("first-team", model.FullForm, choose))
	}

	lookedBack := url.Values{} // to what is skipped meanwhile
	for _, field := range regexp.MustCompile(`name="(level\.[^"]+)"`).FindAllStringSubmatch(steady.get(to.Rerating(past[3])), -1) {
		lookedBack.Set(field[1], "3")
	}
	steady.post(to.Rerating(past[3]), url.Values{"go": {"skip"}})

	drafting := s.newVisitor(t)
	draft := drafting.start("first-team", model.FullForm)
	design := s.sections(t, "first-team")[0]
	unanswered := drafting.seenToken(to.Questions(draft, design.Competency))
	answered := url.Values{}
	for number, item := range design.Items {
		answered.Set("level."+item.ID, fmt.Sprint(1+number%3*2))
		answered.Set("note."+item.ID, "Asked what the queue does at the tenth retry.\nThe design changed.")
	}
	drafting.post(to.Questions(draft, design.Competency), answered)
	overtaken := tied(unanswered, url.Values{"level." + design.Items[0].ID: {"5"}, "note." + design.Items[0].ID: {"Typed in another tab."}})
	tooLong := url.Values{"note." + design.Items[0].ID: {strings.Repeat("a", model.NoteLimit+1)}}

	careless := s.newVisitor(t)
	alike := careless.start("first-team", model.FullForm)
	careless.answer(alike, "first-team", func(string, int) string { return "3" })

	once := s.newVisitor(t)
	first := once.take("first-team", model.FullForm, mixed)
	onceMore := once.start("first-team", model.FullForm)
	once.post(to.Questions(onceMore, design.Competency), answered)

	pulse := s.newVisitor(t)
	short := pulse.take("first-team", model.PulseForm, mixed)

	pulsing := s.newVisitor(t)
	quick := pulsing.start("first-team", model.PulseForm)

	sparse := s.newVisitor(t)
	few := sparse.take("first-team", model.FullForm, func(competency string, _ int) string {
		if competency == "design" {
			return "3"
		}
		return ""
	})

	// To make a key gives a browser another session, so nobody else's page is this one's.
	keyed := s.newVisitor(t)
	keyed.start("first-team", model.PulseForm)

	unread := s.newVisitor(t)
	fewest := unread.take("first-team", model.FullForm, func(competency string, number int) string {
		if competency == "design" && number == 0 {
			return "3"
		}
		return "0"
	})

	returning := s.newVisitor(t)
	returning.take("first-team", model.FullForm, mixed)
	second := returning.take("first-team", model.FullForm, raised)

	returning.post(to.Zones(), url.Values{"zone": {"America/New_York"}})

	promoted := s.newVisitor(t)
	narrow := promoted.take("first-team", model.FullForm, mixed)
	wider := promoted.take("wider-scope", model.FullForm, raised)

	others := append(append(append(append(teamKinds(t, s), shareKinds(t, s)...), sharedMapKinds(t, s)...), plan(t, s, s.newVisitor(t))...), reminders(t, s)...)
	others = append(others, together(t, s)...)
	others = append(others, organising(t, s)...)

	// Somebody's file on other accounts: to be looked at, with what differs, and brought in. It is kept for an hour, so
	// this comes after all that takes time.
	source := s.newVisitor(t)
	source.take("first-team", model.FullForm, mixed)
	source.jots(t, s, "debt", "Paired on the migration.")
	file := source.get(to.HistoryJSON())
	mover, moved, differing := s.newVisitor(t), s.newVisitor(t), source
	mover.brings(file)
	moved.brings(file)
	moved.bringsIn()
	differing.brings(strings.Replace(file, "Paired on the migration.", "Paired on the migration, twice.", 1))

	others = append(others, []kind{
		{"landing", nobody, to.Home(), nil, http.StatusOK, "Still technical"},
		{"landing under About", once, to.Landing(), nil, http.StatusOK, "Still technical"},
		{"home with a draft", drafting, to.Home(), nil, http.StatusOK, "No assessment is finished yet"},
		{"home with nothing waiting", returning, to.Home(), nil, http.StatusOK, "Nothing waits for you"},
		{"home at work", steady, to.Home(), nil, http.StatusOK, "Coming"},
		{"start", nobody, to.Start(), nil, http.StatusOK, "Three choices"},
		{"start with errors", nobody, to.Start(), url.Values{"form": {"short"}}, http.StatusUnprocessableEntity, "Choose what you answer for."},
		{"start again", once, to.Start(), nil, http.StatusOK, "You have a draft"},
		{"areas", drafting, to.Assessment(draft), nil, http.StatusOK, "Continue"},
		{"how a level is chosen", drafting, to.Example(draft), nil, http.StatusOK, "How a level is chosen"},
		{"questions of an area", pulsing, to.Questions(quick, "debt"), nil, http.StatusOK, "Area 2 of 4"},
		{"questions", drafting, to.Questions(draft, "roadmap"), nil, http.StatusOK, "Competency 4 of 12"},
		{"questions answered", drafting, to.Questions(draft, design.Competency), nil, http.StatusOK, "tenth retry"},
		{"questions with errors", drafting, to.Questions(draft, design.Competency), tooLong, http.StatusUnprocessableEntity, "Before this can be saved"},
		{"questions in conflict", drafting, to.Questions(draft, design.Competency), overtaken, http.StatusConflict, "What was saved elsewhere"},
		{"questions answered before", once, to.Questions(onceMore, design.Competency), nil, http.StatusOK, "What you answered last time"},
		{"questions from the review", drafting, to.Questions(draft, design.Competency) + "?then=review", nil, http.StatusOK, "Save and return to review"},
		{"review", drafting, to.Review(draft), nil, http.StatusOK, "Go to the first unanswered question"},
		{"review of careless answers", careless, to.Review(alike), nil, http.StatusOK, "One question before you finish"},
		{"review of few answers", drafting, to.Review(draft), nil, http.StatusOK, "One question before you finish"},
		{"review with errors", careless, to.Finish(alike), url.Values{"meant": {""}}, http.StatusUnprocessableEntity, "Say that these answers are meant"},
		{"result", once, to.Result(first), nil, http.StatusOK, "Start with technical debt"},
		{"result of a pulse", pulse, to.Result(short), nil, http.StatusOK, "Read roughly: one question each"},
		{"result nearly empty", sparse, to.Result(few), nil, http.StatusOK, "This one competency can be read roughly"},
		{"result too empty", unread, to.Result(fewest), nil, http.StatusOK, "1 of 38 questions answered"},
		{"result on one page", once, to.OnePage(first), nil, http.StatusOK, "Name, if you like"},
		{"result compared", returning, to.Result(second), nil, http.StatusOK, "Compared with"},
		{"result of another scope", promoted, to.Result(wider), nil, http.StatusOK, "The scope changed from"},
		{"list without assessments", nobody, to.Assessments(), nil, http.StatusOK, "Nothing here yet"},
		{"list", once, to.Assessments(), nil, http.StatusOK, "Start another"},
		{"list of several", returning, to.Assessments(), nil, http.StatusOK, "Start an assessment"},
		{"history without assessments", nobody, to.History(), nil, http.StatusOK, "Nothing to look back on yet"},
		{"history of one", once, to.History(), nil, http.StatusOK, "Your assessments, as they were"},
		{"history", steady, to.History(), nil, http.StatusOK, "By outcome"},
		{"history of two scopes", promoted, to.History(), nil, http.StatusOK, "Your assessments, as they were"},
		{"comparison", steady, to.Compare(past[0], past[3]), nil, http.StatusOK, "In words"},
		{"comparison of two scopes", promoted, to.Compare(narrow, wider), nil, http.StatusOK, "Compare"},
		{"exports", once, to.Export(), nil, http.StatusOK, "Take your history with you"},
		{"bringing in", nobody, to.Import(), nil, http.StatusOK, "Bring in a history"},
		{"bringing in, without a file", once, to.CheckFile(), nil, http.StatusNotFound, "There is no file here to look at"},
		{"a file with something new", mover, to.CheckFile(), nil, http.StatusOK, "What this file would bring"},
		{"a file that differs", differing, to.CheckFile(), nil, http.StatusOK, "What differs stays as it is here"},
		{"a file that was brought in", moved, to.CheckFile(), nil, http.StatusOK, "came in."},
		{"rename", once, to.Rename(first), nil, http.StatusOK, "Rename this assessment"},
		{"rename with errors", once, to.Rename(first), url.Values{"name": {strings.Repeat("a", 500)}}, http.StatusUnprocessableEntity, "Before this can be saved"},
		{"rename in conflict", pulse, to.Rename(short), tied("0-another", url.Values{"name": {"After the move"}}), http.StatusConflict, "Which counts?"},
		{"looking back", returning, to.Rerating(second), nil, http.StatusOK, "Knowing what you know now"},
		{"plan without commitments", once, to.Plan(), nil, http.StatusOK, "You are working on nothing just now"},
		{"log of nothing but notes", once, to.Log(), nil, http.StatusOK, "that you wrote to answers"},
		{"log that is empty", sparse, to.Log(), nil, http.StatusOK, "while you still know it"},
		{"depth maps, none yet", once, to.DepthMaps(), nil, http.StatusOK, "Place your domains"},
		{"settings", once, to.Settings(), nil, http.StatusOK, "Settings"},
		{"days", once, to.Zones(), nil, http.StatusOK, "Your days are counted"},
		{"days chosen", returning, to.Zones() + "?saved", nil, http.StatusOK, "Saved. Your days are counted in the zone that you chose: America/New York"},
		{"days with errors", once, to.Zones(), url.Values{"zone": {"Nowhere"}}, http.StatusUnprocessableEntity, "Before this can be saved"},
		{"days in conflict", returning, to.Zones(), tied("0-another", url.Values{"zone": {"Asia/Tokyo"}}), http.StatusConflict, "Which counts?"},
		{"recovery key", once, to.RecoveryKey(), nil, http.StatusOK, "A key to your history"},
		{"recovery key made", keyed, to.RecoveryKey(), url.Values{"make": {"yes"}}, http.StatusOK, "Your recovery key"},
		{"devices", once, to.Devices(), nil, http.StatusOK, "Devices"},
		{"erase", once, to.Erase(), nil, http.StatusOK, "Delete everything?"},
		{"ways in", once, to.WaysIn(), nil, http.StatusOK, "Only this browser opens your answers so far"},
		{"sign in", nobody, to.SignIn(), nil, http.StatusOK, "Open your history"},
		{"sign in where answers are", once, to.SignIn(), nil, http.StatusOK, "you are asked first"},
		{"recover", nobody, to.Recover(), nil, http.StatusOK, "with a recovery key"},
		{"recover with errors", nobody, to.Recover(), url.Values{"words": {"no such words"}}, http.StatusUnprocessableEntity, "Before the history can be opened"},
		{"targets", once, to.Targets("first-team"), nil, http.StatusOK, "Save your targets"},
		{"targets in conflict", once, to.Targets("first-team"), tied("0-another-another", url.Values{"target.design": {"2.0"}, "importance.design": {"1"}}), http.StatusConflict, "Which counts?"},
		{"delete", drafting, to.Delete(draft), nil, http.StatusOK, "Delete this draft?"},
		{"how we measure", nobody, to.Method(), nil, http.StatusOK, "A worked example"},
		{"about", nobody, to.About(), nil, http.StatusOK, "Rahul Suresh"},
		{"guides", nobody, to.Guides(), nil, http.StatusOK, "made to be printed"},
		{"guide", nobody, to.Guide("when-to-dive"), nil, http.StatusOK, "It went well if"},
		{"finished meanwhile", once, to.Questions(first, design.Competency), answered, http.StatusConflict, "Which occasion? A few words. To: "},
		{"too much at once", once, to.Rename(first), url.Values{"name": {strings.Repeat("a name ", 3000)}}, http.StatusRequestEntityTooLarge, "That was too much at once"},
		{"looked back elsewhere", steady, to.Rerating(past[3]), lookedBack, http.StatusConflict, "This look back is done already"},
		{"not found", nobody, "/nowhere", nil, http.StatusNotFound, "There is nothing at this address"},
	}...)
	// Links in mails end soon, so they are made last and shown first.
	return append(mailKinds(t, s), others...)
}

// show opens a page of a kind in a tab.
func (k kind) show(opened *tab) {
	opened.t.Helper()
	if k.status != http.StatusOK {
		opened.watcher.expectFailure(k.address)
	}
	if k.form == nil {
		opened.open(k.address)
	} else {
		opened.open(to.About())
		form, _ := json.Marshal(k.form)
		address, _ := json.Marshal(k.address)
		opened.leads(func() {
			run(opened, fmt.Sprintf(`
				const form = Object.assign(document.createElement("form"), { method: "post", action: %s });
				for (const [name, values] of Object.entries(%s)) {
					for (const value of values) form.append(Object.assign(document.createElement("textarea"), { name, value, autocomplete: "off" }));
				}
				document.body.append(form);
				form.submit();`, address, form))
		})
	}
	opened.wait(fmt.Sprintf(`document.body.textContent.includes(%q)`, k.words))
}

// unfold opens all that is folded, and waits until the charts in it are drawn.
func (tab *tab) unfold() {
	tab.t.Helper()
	run(tab, `document.querySelectorAll("main details").forEach((fold) => { fold.open = true; })`)
	// A chart is drawn once it comes into view.
	tab.wait(`[...document.querySelectorAll("[data-option]")].every((chart) => chart.querySelector("svg path") || chart.scrollIntoView())`)
}
