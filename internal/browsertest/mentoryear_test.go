package browsertest

import (
	"testing"

	"whetstone/internal/model"
)

// A mentor over two quarters and two devices: begun on a phone, gone on with at a desk, answered, and asked again.
func TestMentorOverTwoQuartersAndTwoDevices(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, first, share := sharing(t, served)
	own, phone, desk := served.newTabOf(t, manager), served.newTab(t), served.newTab(t)

	code := beginsOnAPhone(phone, share)
	goesOnAtADesk(desk, share, code)
	sendsTheFirst(desk)

	// The phone shows the same review as sent, and the manager one mentor.
	phone.open(to.Shared(share.id))
	phone.says("main", "Your view is with them")
	phone.fitsPhones()
	readsAndAnswers(own)
	desk.open(to.Shared(share.id))
	desk.says("main", "read on ")
	desk.says("main", "They answer, on ")
	desk.says("main", "The weekly report.")

	// A quarter later the first link has ended, and the manager asks again in the words of last time.
	served.clock.advance(quarter)
	second := manager.take("first-team", model.FullForm, raised)
	own.open(to.Conversation(first))
	own.follow("a", "Ask them again")
	own.says("main", "This is what you asked last time.")
	for field, words := range map[string]string{"label": "my mentor", "sharer": "Ada", "question": "Where did I hold on to a decision for too long?"} {
		if got := eval[string](own, `document.getElementById("`+field+`").value`); got != words {
			t.Errorf("asked again, the field %s holds %q", field, got)
		}
	}
	own.follow("button", "Make the link")
	own.says("main", "It stands on their list already")

	answersAgain(desk)

	// One mentor, with a line of their own over time.
	own.open(to.Conversation(second))
	own.says("main", "One review.")
	own.says("main", "Over time")
	own.says("main", "Mina: ")
	if own.holds(`[...document.querySelectorAll("main article.finding")].length !== 1`) || own.holds(`document.body.innerText.includes("came through the same link")`) {
		t.Errorf("one mentor on two devices is shown as more\n%s", own.where())
	}
	names := eval[[]string](own, `[...document.querySelectorAll("section:has(.trends) .legend.is-trend bdi")].map((name) => name.textContent)`)
	if len(names) != 1 || names[0] != "Mina" {
		t.Errorf("over time there are lines of %q", names)
	}
	own.open(to.History())
	own.says("main", "Your view and your mentors’, over time")
}

// beginsOnAPhone opens a link, rates the first of what is asked, and gives the code for another device.
func beginsOnAPhone(phone *tab, share shared) (code string) {
	phone.t.Helper()
	phone.phone(phoneWidth)
	press := func(selector, words string) {
		phone.t.Helper()
		phone.fitsPhones()
		phone.leads(func() { phone.tap(selector, words) })
	}
	phone.open(share.link)
	press("button", "Open it")
	press("a", "Begin")
	phone.tap("label:has("+rating("2")+")", "")
	phone.ratingSaved()
	press("header button", "Save and leave")
	press("nav a", "Shared with you")
	phone.says("main", "One competency rated, not sent yet")
	press("main a", "Your devices")
	press("button", "Go on with another device")
	phone.fitsPhones()
	return eval[string](phone, `document.querySelector("p.secret").textContent`)
}

// goesOnAtADesk opens the link in another browser, which says that it was begun elsewhere, and enters the code there.
func goesOnAtADesk(desk *tab, share shared, code string) {
	desk.t.Helper()
	desk.open(share.link)
	desk.says("main", "Already begun elsewhere?")
	desk.follow("a", "Go on with what you have written there")
	desk.fill(desk.click, "code", code)
	desk.follow("button", "Go on here")
	desk.heading("People who shared with you")
	desk.says("main", "One competency rated, not sent yet")
	desk.follow("main li a", "Ada")
	desk.says("main", "One competency to go")
	desk.follow("a", "Go on")
}

// sendsTheFirst rates what is left, proposes a level, and sends the review with an answer and a question back.
func sendsTheFirst(desk *tab) {
	desk.t.Helper()
	desk.click("label:has("+rating("4")+")", "")
	desk.ratingSaved()
	desk.follow("main button", "Save and go on")
	desk.follow("button", "See both side by side")
	desk.click("#view-design summary", "Propose a level")
	run(desk, `document.querySelector("#view-design select").value = "2.5"`)
	desk.click("#view-design textarea", "")
	desk.types("Twice it was you who saw it.")
	desk.follow("#view-design button", "Propose")
	desk.follow("section a", "Add a word on the whole, and send")
	desk.says("main", "They ask: Where did I hold on to a decision for too long?")
	for _, field := range [][2]string{{"answer", "The shared build."}, {"overall", "You have the room."}, {"question", "What would you stop doing?"}, {"name", "Mina"}} {
		desk.click("[data-text="+field[0]+"]", "")
		desk.pastes("[data-text="+field[0]+"]", field[1])
	}
	desk.follow("main button", "Send to Ada")
	desk.heading("Your view is with Ada")
}

// readsAndAnswers is the manager who reads a review, agrees to its level, and answers its question.
func readsAndAnswers(own *tab) {
	own.t.Helper()
	own.open(to.Home())
	own.follow("main a", "Read it")
	own.says("main", "One review.")
	own.says("main", "You asked: Where did I hold on to a decision for too long?")
	own.says("main", "The shared build.")
	own.says("main", "What would you stop doing?")
	own.follow("button", "Agree")
	own.says("#view-design", "Agreed with them: 2.5")
	own.click("summary", "Answer it")
	own.click("details.propose[open] textarea", "")
	own.types("The weekly report.")
	own.follow("button", "Send the answer")
	own.says("main", "The weekly report.")
	own.follow("button", "I have read this")
	own.wait(`!` + element("button", "I have read this"))
}

// answersAgain is the mentor a quarter later: what is asked now stands on their one list, what was said and agreed on
// last time shows once they have rated and ask for it.
func answersAgain(desk *tab) {
	desk.t.Helper()
	desk.open(to.Home())
	desk.follow("nav a", "Shared with you")
	desk.says("main", "Nothing rated yet")
	desk.follow("main a", "What you have written")
	desk.says("main", "What would you stop doing?")
	desk.says("main", "The weekly report.")
	desk.says("main", "read on ")
	desk.follow("main a", "What was shared with you")
	desk.follow("main li a", "Ada")
	desk.says("main", "Where did I hold on to a decision for too long?")
	desk.follow("a", "Begin")
	if desk.holds(element("summary", "What you said last time")) {
		desk.t.Error("what was said last time shows before it is rated")
	}
	desk.click("label:has("+rating("4")+")", "")
	desk.ratingSaved()
	desk.reload()
	if desk.holds(element("summary", "What you said last time")) {
		desk.t.Error("what was said last time shows before the mentor asks for it")
	}
	desk.follow("main button", "Save, and show what I said last time")
	desk.says("main", "you rated this 2. You both agreed on 2.5.")
	desk.says("main", "Twice it was you who saw it.")
	desk.follow("main button", "Save and go on")
	desk.click("label:has("+rating("4")+")", "")
	desk.ratingSaved()
	desk.follow("main button", "Save and go on")
	desk.follow("button", "See both side by side")
	desk.click("#view-design summary", "What you said last time")
	desk.says("#view-design", "You both agreed on 2.5.")
	desk.follow("section a", "Add a word on the whole, and send")
	if got := eval[string](desk, `document.querySelector("[data-text=name]").value`); got != "Mina" {
		desk.t.Errorf("the name of a mentor who comes again is %q", got)
	}
	desk.follow("main button", "Send to Ada")
	desk.heading("Your view is with Ada")
}
