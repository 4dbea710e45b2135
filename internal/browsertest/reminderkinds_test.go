package browsertest

import (
	"net/http"
	"net/url"
	"testing"

	"whetstone/internal/model"
)

// reminders are the pages of what is due: before anything is chosen, by a choice, with an address that a calendar reads, and
// with what can go wrong.
func reminders(t *testing.T, s *server) []kind {
	t.Helper()
	undecided, reminded, left, making := s.newVisitor(t), s.newVisitor(t), s.newVisitor(t), s.newVisitor(t)
	for _, visitor := range []*visitor{undecided, left, making} {
		visitor.take("first-team", model.PulseForm, mixed)
	}
	result := reminded.take("first-team", model.FullForm, mixed)
	reminded.post(to.Reminders(), url.Values{"rhythm": {"usual"}})
	reminded.request(to.CalendarAddress(), url.Values{"replaces": {""}})
	left.post(to.Reminders(), url.Values{"rhythm": {"off"}})
	making.post(to.Reminders(), url.Values{"rhythm": {"own"}, "pulse": {"4"}, "full": {""}})
	mailed, wanting := s.newVisitor(t), s.newVisitor(t)
	for i, visitor := range []*visitor{mailed, wanting} {
		visitor.take("first-team", model.PulseForm, mixed)
		visitor.request(visitor.mailed([]string{"mailed@example.com", "wanting@example.com"}[i], true), url.Values{})
	}
	mailed.remindsByMail()
	stopping, stopped := s.reminded(t, "stopping@example.com"), s.reminded(t, "stopped@example.com")
	return []kind{
		{"reminders by mail, without an address", making, to.Reminders(), nil, http.StatusOK, "For that you need a mail address"},
		{"reminders by mail, off", wanting, to.Reminders(), nil, http.StatusOK, "Remind me at wanting@example.com"},
		{"reminders by mail", mailed, to.Reminders() + "?done=mail", nil, http.StatusOK, "Reminders go to mailed@example.com"},
		{"reminders by mail, stopping", s.newVisitor(t), to.StopReminders(stopping), nil, http.StatusOK, "No more reminders by mail?"},
		{"reminders by mail, stopped", s.newVisitor(t), to.StopReminders(stopped), url.Values{}, http.StatusOK, "None are sent any more"},
		{"reminders", undecided, to.Reminders(), nil, http.StatusOK, "Nothing is due until you choose"},
		{"reminders with errors", undecided, to.Reminders(), url.Values{"rhythm": {"own"}, "pulse": {"many"}, "full": {"99"}}, http.StatusUnprocessableEntity, "Enter a whole number of weeks"},
		{"reminders without a choice", undecided, to.Reminders(), url.Values{"pulse": {"6"}}, http.StatusUnprocessableEntity, "Choose how often."},
		{"reminders chosen, with an address", reminded, to.Reminders() + "?done=saved", nil, http.StatusOK, "Replace the address"},
		{"reminders in conflict", reminded, to.Reminders(), tied("0-another", url.Values{"rhythm": {"off"}, "pulse": {"6"}, "full": {"13"}}), http.StatusConflict, "Which counts?"},
		{"reminders of one’s own", making, to.Reminders(), nil, http.StatusOK, "Weeks between pulses"},
		{"reminders off", left, to.Reminders(), nil, http.StatusOK, "You chose not to be reminded."},
		{"the address of a calendar", making, to.CalendarAddress(), url.Values{"replaces": {""}}, http.StatusOK, "address"},
		{"result with reminders", reminded, to.Result(result), nil, http.StatusOK, "Add both to my calendar"},
		{"settings with reminders", reminded, to.Settings(), nil, http.StatusOK, "A pulse is due on"},
	}
}
