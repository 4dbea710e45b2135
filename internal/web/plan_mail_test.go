package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/model"
	"whetstone/internal/web"
)

// reminds sends the reminders that are due, as each process does every hour.
func (s *site) reminds() error {
	s.t.Helper()
	sender, err := mail.New(s.mail.Settings)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.useCases.SendReminders(s.t.Context(), func(ctx context.Context, reminders model.ReminderMail) error {
		return sender.Send(ctx, web.ReminderMessage(s.configuration.BaseURL, reminders))
	})
}

// stopLink turns somebody's reminders on, lets one come, and returns the path that ends them.
func (s *site) stopLink() string {
	s.t.Helper()
	owner := s.withAddress()
	owner.begun("first-team", "full")
	owner.visit(s.paths.Reminders()).press("Remind me at ada@example.com").wantText("You are reminded by mail from now on.")
	s.clock.advance(4 * day)
	if err := s.reminds(); err != nil {
		s.t.Fatal(err)
	}
	got := s.mail.Next(s.t)
	link, err := url.Parse(strings.Trim(got.Header.Get("List-Unsubscribe"), "<>"))
	if err != nil || !strings.HasSuffix(strings.TrimSpace(got.Text), link.String()) {
		s.t.Fatalf("the mail is %+v", got)
	}
	return link.Path
}

// Who wants it is reminded by mail, and one press ends that: on the page behind the link, or in the mail program, which
// has no session, sends no token and follows no redirect.
func TestRemindersByMail(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server))
	without := s.browser()
	without.finished("first-team", "pulse")
	without.get(without.get(s.paths.Reminders()).wantText("For that you need a mail address").link("Add one")).wantAt(s.paths.WaysIn())
	stop := s.stopLink()
	if got := server.Mails()[len(server.Mails())-1]; got.To != "ada@example.com" || got.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" ||
		!strings.Contains(got.Text, "An assessment that you began waits to be finished.\nhttps://whetstone.test/\n") || strings.Contains(got.Text, "2026") {
		t.Errorf("the mail is %+v", got)
	}
	nobody := s.browser()
	asked := nobody.get(stop).wantStatus(http.StatusOK).wantText("No more reminders by mail?")
	nobody.get(stop).wantText("No more reminders by mail?") // looking ends nothing
	nobody.post(stop, url.Values{"List-Unsubscribe": {"One-Click"}}).wantStatus(http.StatusOK).wantText("None are sent any more")
	asked.press("Send me no more").wantText("None are sent any more")
	nobody.get(stop).wantText("None are sent any more")
	nobody.get(s.paths.StopReminders("never")).wantStatus(http.StatusNotFound)
	if strings.Contains(asked.body, "ada") {
		t.Error("the page tells whose mail it was")
	}
	s.clock.advance(day)
	if err := s.reminds(); err != nil || len(server.Mails()) != 2 {
		t.Errorf("%v; %d mails", err, len(server.Mails()))
	}
}

// On the page they are turned on and off, and nobody is reminded at another's address.
func TestRemindersByMailAreTurnedOnAndOff(t *testing.T) {
	t.Parallel()
	s := newSite(t, mailing)
	ada := s.withAddress()
	page := ada.visit(s.paths.Reminders()).press("Remind me at ada@example.com").wantText("Reminders go to ada@example.com")
	page.press("No more mails").wantText("You get no more reminders by mail.").wantText("Remind me at ada@example.com")
	other := s.browser()
	other.finished("first-team", "pulse")
	form, _ := ada.get(s.paths.Reminders()).formOf("Remind me at ada@example.com")
	fields := successful(ada.get(s.paths.Reminders()).controls(form))
	other.post(s.paths.MailReminders(), fields).wantStatus(http.StatusNotFound)
	// Without the address there are no reminders.
	ada.visit(s.paths.Reminders()).press("Remind me at ada@example.com")
	ways := ada.get(s.paths.WaysIn())
	ada.get(ways.link("Remove ada@example.com")).press("Remove it").wantAt(s.paths.WaysIn())
	ada.get(s.paths.Reminders()).wantText("For that you need a mail address")
	s.clock.advance(30 * day)
	s.configuration.Mail.Close(time.Minute)
	before := len(s.mail.Mails())
	if err := s.reminds(); err != nil || len(s.mail.Mails()) != before {
		t.Errorf("%v; mails came all the same", err)
	}
}

// What waits twice is said once.
func TestAMailSaysEachThingOnce(t *testing.T) {
	t.Parallel()
	base := &url.URL{Scheme: "https", Host: "whetstone.test"}
	waits, day := model.Reminder{Kind: model.LevelsProposed}, model.Reminder{Kind: model.ReminderKind(model.ShareEnds), Day: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)}
	message := web.ReminderMessage(base, model.ReminderMail{Reminders: []model.Reminder{day, waits, day, waits}})
	if got := strings.Count(message.Text, "settle on a level"); got != 1 {
		t.Errorf("a level is told of %d times:\n%s", got, message.Text)
	}
	if got := strings.Count(message.Text, "A share ends"); got != 2 {
		t.Errorf("two ends of a day are told %d times:\n%s", got, message.Text)
	}
}
