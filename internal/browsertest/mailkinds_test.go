package browsertest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// mailed asks for a link for an address, and returns its path.
func (v *visitor) mailed(address string, adding bool) string {
	v.t.Helper()
	form := url.Values{"address": {address}}
	if adding {
		form.Set("add", "yes")
	}
	v.request(to.Mail(), form)
	return v.server.mailedPath(v.t)
}

// mailedPath is the path of the link in the next mail.
func (s *server) mailedPath(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(s.mail.Next(t).Link(t), s.base)
}

// reminded has somebody get a reminder, and returns the secret that ends them. Time passes for no kind of page: the mail is
// noted as if something had been due.
func (s *server) reminded(t *testing.T, address string) (secret string) {
	t.Helper()
	somebody := s.newVisitor(t)
	somebody.start("first-team", model.PulseForm)
	somebody.request(somebody.mailed(address, true), url.Values{})
	somebody.remindsByMail()
	secret = "the secret of the mail to " + address
	hash := sha256.Sum256([]byte(secret))
	err := s.store.InTx(t.Context(), func(tx *store.Store) error {
		people, err := tx.RemindedByMail(t.Context(), "", s.clock.now())
		for _, one := range people {
			if one.To.Address == address {
				err = errors.Join(err, tx.PutReminderMail(t.Context(), one.ManagerID, hex.EncodeToString(hash[:]), s.clock.now()))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// remindsByMail has a visitor reminded at the mail address by which they come in.
func (v *visitor) remindsByMail() {
	v.t.Helper()
	address := regexp.MustCompile(`name="to" value="([^"]+)"`).FindStringSubmatch(v.get(to.Reminders()))[1]
	v.post(to.MailReminders(), url.Values{"to": {address}})
}

// mailKinds are the pages about links in mails that stay as they are.
func mailKinds(t *testing.T, s *server) []kind {
	t.Helper()
	nobody, stranger, coming, adding, came := s.newVisitor(t), s.newVisitor(t), s.newVisitor(t), s.newVisitor(t), s.newVisitor(t)
	adding.take("first-team", model.PulseForm, mixed)
	coming.take("first-team", model.PulseForm, mixed)
	link := coming.mailed("ada.lovelace@bücher.example", false)
	came.request(came.mailed("came@example.com", false), url.Values{})
	long := "an.address.that.is.as.long.as.can.be" + "@" + strings.Repeat("of.a.domain.that.is.longer.", 7) + "example.com"
	return []kind{
		{"mail", nobody, to.Mail(), nil, http.StatusOK, "Send me a link"},
		{"mail to add", adding, to.Mail() + "?add", nil, http.StatusOK, "the address is one of your ways in"},
		{"mail with errors", nobody, to.Mail(), url.Values{"address": {"ada at example"}}, http.StatusUnprocessableEntity, "Enter a mail address such as"},
		{"mail asked for", nobody, to.Mail(), url.Values{"address": {long}}, http.StatusOK, "a link is on its way"},
		{"mail asked for, to add", adding, to.Mail(), url.Values{"address": {"more@example.com"}, "add": {"yes"}}, http.StatusOK, "Back to your ways in"},
		{"link opened elsewhere", stranger, link, nil, http.StatusForbidden, "Open the link where you asked for it"},
		{"ways in with an address", came, to.WaysIn(), nil, http.StatusOK, "came@example.com"},
	}
}

// mailLinkKinds are the pages that a link opens where it was asked for. It does so for ten minutes, so they are opened at
// once and not among the others, of which there are hundreds.
func mailLinkKinds(t *testing.T, s *server) []kind {
	t.Helper()
	coming, adding, came := s.newVisitor(t), s.newVisitor(t), s.newVisitor(t)
	adding.take("first-team", model.PulseForm, mixed)
	link, add, used := coming.mailed("example@bücher.example", false), adding.mailed("adds@example.com", true), came.mailed("used@example.com", false)
	came.request(used, url.Values{})
	return []kind{
		{"link in a mail", coming, link, nil, http.StatusOK, "example@bücher.example"},
		{"link in a mail, to add", adding, add, nil, http.StatusOK, "Add this address?"},
		{"link that was used", came, used, nil, http.StatusGone, "This link opens nothing any more"},
	}
}

func TestMailLinkPages(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	served.looksAt(t, mailLinkKinds(t, served))
}

// looksAt checks kinds of pages that are opened at once, as TestEveryPageIsAccessible does with all others.
func (s *server) looksAt(t *testing.T, pages []kind) {
	t.Helper()
	for _, kind := range pages {
		if status, _, body := kind.visitor.request(kind.address, kind.form); status != kind.status || !strings.Contains(unisolated.Replace(body), kind.words) {
			t.Errorf("%s: %d, without %q", kind.name, status, kind.words)
		}
		opened := s.newTabOf(t, kind.visitor)
		kind.show(opened)
		for _, width := range []int64{desktopWidth, phoneWidth} {
			opened.resize(width)
			opened.prefers("light", "reduce")
			opened.accessible("light", allRules)
			opened.prefers("dark", "reduce")
			opened.accessible("dark", colourRules)
		}
		opened.fitsPhones()
	}
}
