package web_test

import (
	"net/http"
	"testing"

	"whetstone/internal/model"
)

// twoHistories are two browsers with a history each, to the second of which the key of the first has come: it has to choose.
func (s *site) twoHistories() (desk, phone *browser) {
	s.t.Helper()
	desk, phone = s.browser(), s.browser()
	desk.finished("first-team", "pulse")
	words := desk.makeKey()
	phone.finished("first-team", "full")
	phone.visit(s.paths.Recover()).press("Open the history", "words", words).wantAt(s.paths.Choice())
	return desk, phone
}

// Two histories of one person become one, with a look at both before, and are taken apart again; nobody else has any of
// its pages.
func TestTwoHistoriesBecomeOneAndTwoAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk, phone, stranger := s.browser(), s.browser(), s.browser()
	first := desk.finished("first-team", "pulse")
	words := desk.makeKey()
	second := phone.finished("first-team", "full")
	stranger.begun("first-team", "full")

	choice := phone.visit(s.paths.Recover()).press("Open the history", "words", words).wantAt(s.paths.Choice())
	preview := choice.press("Go on", "choice", model.BothMine).wantAt(s.paths.Together()).
		wantText("One finished assessment, of").wantText("Whatever opens one of the two opens both").wantText("Within a day")
	stranger.get(s.paths.Together()).wantStatus(http.StatusNotFound)
	preview.press("Lay them together").wantAt(s.paths.Home()).wantText("Two histories were laid together")
	for _, browser := range []*browser{desk, phone} {
		for _, id := range []string{first, second} {
			browser.visit(s.paths.Result(id)).wantStatus(http.StatusOK)
		}
	}
	// Back leads to what is decided, and another tab may still show it.
	nothing := func(b *browser, address string) {
		t.Helper()
		b.get(address).wantStatus(http.StatusNotFound).wantText("There is nothing left to decide here")
		b.post(address, nil).wantStatus(http.StatusNotFound).wantText("There is nothing left to decide here")
	}
	nothing(phone, s.paths.Choice())
	nothing(phone, s.paths.Together())
	nothing(stranger, s.paths.Apart())

	desk.visit(s.paths.WaysIn()).wantText("Two histories were laid together")
	phone.visit(s.paths.Apart()).wantText("opens again what it held before").press("Take them apart").wantAt(s.paths.Home())
	phone.visit(s.paths.Result(second)).wantStatus(http.StatusOK)
	phone.visit(s.paths.Result(first)).wantStatus(http.StatusNotFound)
	desk.visit(s.paths.Result(first)).wantStatus(http.StatusOK)
	desk.visit(s.paths.Result(second)).wantStatus(http.StatusNotFound)

	phone.visit(s.paths.Recover()).press("Open the history", "words", words).press("Go on", "choice", model.BothMine).press("Lay them together")
	phone.visit(s.paths.Apart()).press("They stay together").wantAt(s.paths.WaysIn())
	nothing(phone, s.paths.Apart())
	phone.post(s.paths.StayTogether(), nil).wantStatus(http.StatusNotFound).wantText("There is nothing left to decide here")
	phone.visit(s.paths.Result(first)).wantStatus(http.StatusOK)
}
