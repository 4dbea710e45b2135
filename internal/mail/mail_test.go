package mail_test

import (
	"bufio"
	"bytes"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
)

// person is whom the mails of these tests go to.
const person = "ada.lovelace@example.com"

func sender(t *testing.T, settings mail.Settings) *mail.Sender {
	t.Helper()
	made, err := mail.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func someMail() mail.Message {
	return mail.Message{To: person, Subject: "Half a mail – and more", Text: "A line with “quotes”.\n\nhttps://example.org/" + strings.Repeat("long", 40) + "\n"}
}

// problem is what kind of failure an error is, which must not name whom the mail was for.
func problem(t *testing.T, err error) mail.Problem {
	t.Helper()
	failure, is := errors.AsType[*mail.Failure](err)
	if !is {
		t.Fatalf("the error is %v", err)
	}
	if strings.Contains(err.Error(), "ada") || strings.Contains(err.Error(), mailtest.Password) {
		t.Errorf("the error tells too much: %v", err)
	}
	return failure.Problem
}

// A test that starts a server and ends at once doesn't wait for it for ever.
func TestAServerEndsWithItsTest(t *testing.T) {
	t.Parallel()
	for range 100 {
		t.Run("", func(t *testing.T) { mailtest.Start(t, mail.Unprotected, false) })
	}
}

func TestMailsArriveByEveryWay(t *testing.T) {
	t.Parallel()
	for _, security := range []mail.Security{mail.StartTLS, mail.ImplicitTLS, mail.Unprotected} {
		for _, asks := range []bool{true, false} {
			server := mailtest.Start(t, security, asks)
			if err := sender(t, server.Settings).Check(t.Context()); err != nil || len(server.Mails()) > 0 {
				t.Errorf("%s: a check: %v, and %d mails", security, err, len(server.Mails()))
			}
			message := someMail()
			message.Stop = "https://example.org/stop/me"
			if err := sender(t, server.Settings).Send(t.Context(), message); err != nil {
				t.Errorf("%s, asking %t: %v", security, asks, err)
				continue
			}
			got := server.Next(t)
			if got.From != "whetstone@example.org" || got.To != person || got.Text != message.Text || got.Link(t) != "https://example.org/"+strings.Repeat("long", 40) {
				t.Errorf("%s: it is %+v", security, got)
			}
			for name, want := range map[string]string{
				"From": `"Whetstone" <whetstone@example.org>`, "To": "<" + person + ">", "Auto-Submitted": "auto-generated",
				"List-Unsubscribe": "<https://example.org/stop/me>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
				"User-Agent": "", "X-Mailer": "",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s: %s is %q", security, name, got.Header.Get(name))
				}
			}
			if id := got.Header.Get("Message-Id"); !strings.HasSuffix(id, "@example.org>") {
				t.Errorf("its id is %s", id)
			}
		}
	}
}

func TestAServerThatIsNotAsItShouldBeIsGivenNothing(t *testing.T) {
	t.Parallel()
	plain, secure := mailtest.Start(t, mail.Unprotected, true), mailtest.Start(t, mail.StartTLS, true)
	for _, one := range []struct {
		what   string
		server *mailtest.Server
		change func(*mail.Settings)
		want   mail.Problem
	}{
		{"no STARTTLS", plain, func(s *mail.Settings) { s.Security = mail.StartTLS }, mail.Unsafe},
		{"no TLS", plain, func(s *mail.Settings) { s.Security = mail.ImplicitTLS }, mail.Unsafe},
		{"a certificate of nobody", secure, func(s *mail.Settings) { s.Roots = nil }, mail.Unsafe},
		{"another password", secure, func(s *mail.Settings) { s.Password = "wrong" }, mail.Credentials},
		{"no password", secure, func(s *mail.Settings) { s.User, s.Password = "", "" }, mail.Refused},
		{"a password, unasked", mailtest.Start(t, mail.StartTLS, false), func(s *mail.Settings) { s.User, s.Password = "u", "p" }, mail.Credentials},
	} {
		settings := one.server.Settings
		one.change(&settings)
		if got := problem(t, sender(t, settings).Send(t.Context(), someMail())); got != one.want || len(one.server.Mails()) != 0 {
			t.Errorf("%s: %s", one.what, got)
		}
	}
}

func TestAServerMayRefuseAMail(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.StartTLS, false)
	for _, refusal := range []error{mailtest.ErrUnknown(person), mailtest.ErrLater} {
		server.Refuse(refusal)
		err := sender(t, server.Settings).Send(t.Context(), someMail())
		failure, _ := errors.AsType[*mail.Failure](err)
		if got := problem(t, err); got != mail.Refused || failure.Code != refusal.(*smtp.SMTPError).Code || !failure.Again() {
			t.Errorf("%v: %v", refusal, err)
		}
	}
}

// A server that is away, one that says nothing and one that breaks off cost a bounded time.
func TestAServerMayBeAwayOrSlow(t *testing.T) {
	t.Parallel()
	silent := listen(t, func(net.Conn) {})
	broken := listen(t, func(c net.Conn) { _ = c.Close() })
	unsure := listen(t, conversation)
	away, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = away.Close()
	for _, one := range []struct {
		what string
		at   net.Addr
		want mail.Problem
	}{{"away", away.Addr(), mail.Away}, {"silent", silent, mail.Slow}, {"broken off", broken, mail.Away}, {"silent at the end", unsure, mail.Unsure}} {
		begun := time.Now()
		settings := mail.Settings{Host: "127.0.0.1", Port: one.at.(*net.TCPAddr).Port, Security: mail.Unprotected, From: "a@example.org", Patience: 300 * time.Millisecond}
		err := sender(t, settings).Send(t.Context(), someMail())
		if got := problem(t, err); got != one.want || time.Since(begun) > 5*time.Second {
			t.Errorf("%s: %s after %s", one.what, got, time.Since(begun))
		}
	}
}

// listen has each connection answered.
func listen(t *testing.T, answer func(net.Conn)) net.Addr {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open []net.Conn
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			open = append(open, connection)
			go answer(connection)
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-ended
		for _, connection := range open {
			_ = connection.Close()
		}
	})
	return listener.Addr()
}

// conversation takes a mail, and then says nothing more.
func conversation(connection net.Conn) {
	_, _ = connection.Write([]byte("220 here\r\n"))
	for lines := bufio.NewScanner(connection); lines.Scan(); {
		if lines.Text() == "DATA" {
			_, _ = connection.Write([]byte("354 go on\r\n"))
			return
		}
		_, _ = connection.Write([]byte("250 yes\r\n"))
	}
}

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	for setting, change := range map[string]func(*mail.Settings){
		"host":     func(s *mail.Settings) { s.Host = "a server" },
		"port":     func(s *mail.Settings) { s.Port = 70000 },
		"tls":      func(s *mail.Settings) { s.Security = mail.Unprotected },
		"user":     func(s *mail.Settings) { s.Password = "secret" },
		"password": func(s *mail.Settings) { s.User = "somebody" },
		"from":     func(s *mail.Settings) { s.From = "Whetstone" },
	} {
		settings := mail.Settings{Host: "mail.example.org", Security: mail.StartTLS, From: "whetstone@example.org"}
		if made, err := mail.New(settings); err != nil || made.Server() != "mail.example.org:587" || made.From() != "whetstone@example.org" {
			t.Fatalf("%v, %v", made, err)
		}
		change(&settings)
		_, err := mail.New(settings)
		if wrong, is := errors.AsType[*mail.Error](err); !is || wrong.Setting != setting || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

func TestAnAddressHasOneSpelling(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		" Ada.Lovelace@Example.COM ": "ada.lovelace@example.com",
		"ada+notes@example.com":      "ada+notes@example.com",
		"ada@BÜCHER.example":         "ada@xn--bcher-kva.example",
		"ada@xn--bcher-kva.example":  "ada@xn--bcher-kva.example",
		"ada@bu\u0308cher.example":   "ada@xn--bcher-kva.example",
	} {
		if got, err := mail.Normal(typed); err != nil || got != want {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
	if shown := mail.Shown("ada@xn--bcher-kva.example"); shown != "ada@bücher.example" {
		t.Errorf("it is shown as %s", shown)
	}
	// What looks like other letters than it has is shown as the network has it.
	for domain, own := range map[string]bool{
		"почта.example": true, "例え.example": true, "カタカナと漢字.example": true, "mail例え.example": true, "한국漢字.example": true, "øre.example": true, "straße.example": true,
		"раураl.example": false, "аррӏе.example": false, "сор.example": false, "bücһer.example": false, "googıe.example": false, "αррlе.example": false, "www.раураl.com": false,
	} {
		normal, err := mail.Normal("ada@" + domain)
		if err != nil {
			t.Errorf("%s: %v", domain, err)
		}
		want := normal
		if own {
			want = "ada@" + domain
		}
		if shown := mail.Shown(normal); shown != want {
			t.Errorf("%s is shown as %s", domain, shown)
		}
	}
	for _, typed := range []string{
		"", "ada", "@example.com", "ada@", "ada@localhost", "ada@example.com.", "ada@127.0.0.1", "ada@[127.0.0.1]", "a da@example.com",
		"\"ada\"@example.com", "ada..l@example.com", "ada@exa mple.com", "ada@example.com\r\nBcc: b@example.com", "ada@example.com, b@example.com",
		"Ada <ada@example.com>", "аda@example.com", strings.Repeat("a", 65) + "@example.com", "ada@" + strings.Repeat("a.", 130) + "com",
	} {
		if got, err := mail.Normal(typed); !errors.Is(err, mail.ErrAddress) {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
}

// Nobody waits for a server that is slow, and what it can't take is logged without the address.
func TestAnOutboxWaitsForNobody(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	server.Refuse(mailtest.ErrUnknown(person))
	var log bytes.Buffer
	outbox := mail.NewOutbox(sender(t, server.Settings), slog.New(slog.NewTextHandler(&log, nil)))
	if err := outbox.Post(someMail()); err != nil {
		t.Fatal(err)
	}
	outbox.Close(time.Minute)
	if !strings.Contains(log.String(), "(550)") || strings.Contains(log.String(), "ada") {
		t.Errorf("the log says %s", &log)
	}
	silent := listen(t, func(net.Conn) {})
	settings := server.Settings
	settings.Port, settings.Patience = silent.(*net.TCPAddr).Port, 300*time.Millisecond
	outbox = mail.NewOutbox(sender(t, settings), slog.New(slog.DiscardHandler))
	var full []error
	for range 250 {
		if err := outbox.Post(someMail()); err != nil {
			full = append(full, err)
		}
	}
	if len(full) == 0 || !slices.ContainsFunc(full, func(err error) bool { return problem(t, err) == mail.Full }) {
		t.Errorf("%d were too many", len(full))
	}
	outbox.Close(0)
}
