// Package mailtest is a real SMTP server on loopback, for tests.
package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	ours "whetstone/internal/mail"
)

// User and Password are what a server that asks takes.
const (
	User     = "whetstone"
	Password = "a password for tests"
)

// Server takes mail and keeps it.
type Server struct {
	// Settings are those by which it is reached.
	Settings ours.Settings
	server   *smtp.Server

	mutex sync.Mutex
	kept  []Mail
	// refuses is what it answers to each mail; nil to take it.
	refuses error
	arrived chan struct{}
}

// Mail is one that a server took.
type Mail struct {
	// From and To are those of the envelope.
	From, To string
	Header   mail.Header
	Text     string
}

// Start starts a server that lasts as long as the test. One that asks takes mail only from who signs in.
func Start(t testing.TB, security ours.Security, asks bool) *Server {
	t.Helper()
	s := &Server{arrived: make(chan struct{}, 1000)}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		if asks {
			return &asking{session: session{server: s}}, nil
		}
		return &session{server: s}, nil
	}))
	s.server.Domain, s.server.ErrorLog = "localhost", quiet{}
	s.server.AllowInsecureAuth = security == ours.Unprotected
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	var roots *x509.CertPool
	if security != ours.Unprotected {
		settings := &tls.Config{MinVersion: tls.VersionTLS12}
		settings.Certificates, roots = certificate(t)
		if security == ours.StartTLS {
			s.server.TLSConfig = settings
		} else {
			listener = tls.NewListener(listener, settings)
		}
	}
	s.Settings = ours.Settings{Host: "127.0.0.1", Port: port, Security: security, From: "Whetstone <whetstone@example.org>", Roots: roots}
	if asks {
		s.Settings.User, s.Settings.Password = User, Password
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = s.server.Serve(listener) }()
	// The server closes only a listener that it has begun to serve, and a short test may end before that.
	t.Cleanup(func() { _, _ = s.server.Close(), listener.Close(); <-ended })
	return s
}

// Refuse has the server answer each mail so; nil has it take mail again.
func (s *Server) Refuse(with error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.refuses = with
}

// Mails are those that came so far.
func (s *Server) Mails() []Mail {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]Mail(nil), s.kept...)
}

// Next waits for the next mail that came.
func (s *Server) Next(t testing.TB) Mail {
	t.Helper()
	select {
	case <-s.arrived:
	case <-time.After(30 * time.Second):
		t.Fatal("no mail came")
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.kept[len(s.kept)-1-len(s.arrived)]
}

// address matches one in a mail.
var address = regexp.MustCompile(`https?://\S+`)

// Link is the first address in a mail.
func (m Mail) Link(t testing.TB) string {
	t.Helper()
	link := address.FindString(m.Text)
	if link == "" {
		t.Fatalf("no link in %q", m.Text)
	}
	return link
}

type quiet struct{}

// Printf implements smtp.Logger.
func (quiet) Printf(string, ...any) {}

// Println implements smtp.Logger.
func (quiet) Println(...any) {}

type session struct {
	server   *Server
	from, to string
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.from, s.to = "", "" }

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	s.server.mutex.Lock()
	defer s.server.mutex.Unlock()
	return s.server.refuses
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	read, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		return err
	}
	body := read.Body
	if strings.EqualFold(read.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	s.server.mutex.Lock()
	defer s.server.mutex.Unlock()
	s.server.kept = append(s.server.kept, Mail{From: s.from, To: s.to, Header: read.Header, Text: strings.ReplaceAll(string(text), "\r\n", "\n")})
	s.server.arrived <- struct{}{}
	return nil
}

// asking is a session of a server that asks who sends.
type asking struct {
	session
	known bool
}

// AuthMechanisms implements smtp.AuthSession.
func (s *asking) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth implements smtp.AuthSession.
func (s *asking) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if s.known = user == User && password == Password; !s.known {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *asking) Mail(from string, options *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	return s.session.Mail(from, options)
}

// ErrUnknown is what servers say of an address that they don't know, with the address.
func ErrUnknown(to string) error {
	return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + to + ">: unknown"}
}

// ErrLater is what servers say that are busy.
var ErrLater error = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}

// certificate makes one for 127.0.0.1, and who vouches for it.
func certificate(t testing.TB) ([]tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	made, failed := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(made)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return []tls.Certificate{{Certificate: [][]byte{made}, PrivateKey: key}}, roots
}
