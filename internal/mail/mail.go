// Package mail hands mails to an SMTP server. It knows nothing of what stands in them, and no error of it names an
// address or a secret.
package mail

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"
)

// Security is how the way to the server is protected.
type Security string

// The ways to protect it.
const (
	// StartTLS begins in the open and goes on under TLS; a server that can't is given nothing.
	StartTLS Security = "starttls"
	// ImplicitTLS is TLS from the first byte on.
	ImplicitTLS Security = "implicit"
	// Unprotected is for a server on the same machine alone.
	Unprotected Security = "none"
)

// usualPorts are those on which servers take mail in each of these ways.
var usualPorts = map[Security]int{StartTLS: 587, ImplicitTLS: 465, Unprotected: 25}

// patience bounds each of the three parts of handing over a mail: connecting, signing in, and the mail itself.
const patience = 10 * time.Second

// Settings are those of a server that takes mail.
type Settings struct {
	Host string
	// Port is 0 for the usual one.
	Port     int
	Security Security
	// User and Password are "" for a server that asks for none.
	User, Password string
	// From is the sender: an address, or a name with one in angle brackets.
	From string
	// Roots are who vouches for the server; nil for whom the machine trusts.
	Roots *x509.CertPool
	// Patience bounds each part of handing over a mail; 0 for the usual time.
	Patience time.Duration
}

// Error is a setting that can't be used.
type Error struct {
	// Setting is its name: "host", "port", "tls", "user", "password" or "from".
	Setting string
	// Says is what is wrong with it.
	Says string
}

// Error implements error.
func (e *Error) Error() string { return "the mail " + e.Setting + ": " + e.Says }

// Sender hands mails to one server.
type Sender struct {
	settings Settings
	from     *mail.Address
}

// New returns a sender. Settings that can't be used are an *Error.
func New(settings Settings) (*Sender, error) {
	wrong := func(setting, says string, values ...any) (*Sender, error) {
		return nil, &Error{setting, fmt.Sprintf(says, values...)}
	}
	if settings.Host == "" || strings.ContainsAny(settings.Host, " /@\t") {
		return wrong("host", "%q is no name or address of a server", settings.Host)
	}
	if usualPorts[settings.Security] == 0 {
		return wrong("tls", "%q is none of starttls, implicit and none", settings.Security)
	}
	if settings.Security == Unprotected && !loopback(settings.Host) {
		return wrong("tls", "none is for a server on this machine alone, such as 127.0.0.1: others could read the links on their way to %s", settings.Host)
	}
	if settings.Port == 0 {
		settings.Port = usualPorts[settings.Security]
	}
	if settings.Port < 1 || settings.Port > 65535 {
		return wrong("port", "%d is no port", settings.Port)
	}
	if settings.User != "" && settings.Password == "" {
		return wrong("password", "it is missing, and a user is given")
	}
	if settings.User == "" && settings.Password != "" {
		return wrong("user", "it is missing, and a password is given")
	}
	from, err := mail.ParseAddress(settings.From)
	if err != nil {
		return wrong("from", "%q is no address such as whetstone@example.org", settings.From)
	}
	if _, err := Normal(from.Address); err != nil {
		return wrong("from", "%q is no address such as whetstone@example.org", settings.From)
	}
	if settings.Patience == 0 {
		settings.Patience = patience
	}
	return &Sender{settings, from}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// From is the address that mails come from.
func (s *Sender) From() string { return s.from.Address }

// Server is the server with its port.
func (s *Sender) Server() string {
	return net.JoinHostPort(strings.Trim(s.settings.Host, "[]"), fmt.Sprint(s.settings.Port))
}

// Message is one mail to one person, in plain text.
type Message struct {
	// To is the address, as Normal writes it.
	To            string
	Subject, Text string
	// Stop is an address at which a mail program ends further mails of this kind by one press (RFC 8058); "" if there
	// will be none.
	Stop string
}

// client is one conversation with the server.
func (s *Sender) client() (*smtp.Client, error) {
	options := []smtp.Option{
		smtp.WithPort(s.settings.Port), smtp.WithTimeout(s.settings.Patience),
		smtp.WithTLSConfig(&tls.Config{ServerName: strings.Trim(s.settings.Host, "[]"), RootCAs: s.settings.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch s.settings.Security {
	case ImplicitTLS:
		options = append(options, smtp.WithSSL())
	case StartTLS:
		options = append(options, smtp.WithTLSPolicy(smtp.TLSMandatory))
	default:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
	}
	if s.settings.User != "" {
		options = append(options, smtp.WithUsername(s.settings.User), smtp.WithPassword(s.settings.Password))
		if s.settings.Security == Unprotected { // to this machine itself
			options = append(options, smtp.WithOpportunisticSMTPAuth(smtp.SMTPAuthPlainNoEnc, smtp.SMTPAuthLoginNoEnc))
		} else {
			options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover))
		}
	}
	return smtp.NewClient(s.settings.Host, options...)
}

// Check connects and signs in, and sends nothing. What goes wrong is a *Failure.
func (s *Sender) Check(ctx context.Context) error {
	return s.talk(ctx, func(*smtp.Client) error { return nil })
}

// Send hands over a mail. What goes wrong is a *Failure.
func (s *Sender) Send(ctx context.Context, message Message) error {
	written, err := s.write(message)
	if err != nil {
		return &Failure{Problem: Refused}
	}
	return s.talk(ctx, func(client *smtp.Client) error { return client.Send(written) })
}

// talk has a conversation with the server. Once that has taken a mail, it doesn't matter how it says goodbye.
func (s *Sender) talk(ctx context.Context, say func(*smtp.Client) error) error {
	client, err := s.client()
	if err != nil {
		return &Failure{Problem: Away}
	}
	if err := client.DialWithContext(ctx); err != nil {
		return failed(err)
	}
	defer func() { _ = client.Close() }()
	if err := say(client); err != nil {
		return failed(err)
	}
	return nil
}

// write writes a mail for the way.
func (s *Sender) write(message Message) (*smtp.Msg, error) {
	written := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	_, domain, _ := strings.Cut(s.from.Address, "@")
	written.SetMessageIDWithValue(rand.Text() + "@" + domain)
	written.SetDate()
	written.Subject(message.Subject)
	written.SetGenHeader("Auto-Submitted", "auto-generated")
	written.SetGenHeader("X-Auto-Response-Suppress", "All")
	if message.Stop != "" {
		written.SetGenHeader(smtp.HeaderListUnsubscribe, "<"+message.Stop+">")
		written.SetGenHeader(smtp.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	written.SetBodyString(smtp.TypeTextPlain, message.Text)
	return written, errors.Join(written.FromFormat(s.from.Name, s.from.Address), written.To(message.To))
}
