package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"regexp"

	smtp "github.com/wneessen/go-mail"
)

// Problem is a kind of failure.
type Problem string

// The kinds of failure.
const (
	// Away is a server that can't be reached, or breaks off.
	Away Problem = "the server can't be reached, or broke off"
	// Slow is a server that takes too long.
	Slow Problem = "the server took too long"
	// Unsafe is a server that offers no TLS where it has to, or one that nobody vouches for.
	Unsafe Problem = "the server offers no TLS, or its certificate can't be trusted"
	// Credentials is a server that doesn't take the user and the password.
	Credentials Problem = "the server doesn't take the user and the password"
	// Refused is a server that doesn't take the mail.
	Refused Problem = "the server doesn't take the mail"
	// Unsure is a server that didn't say whether it took the mail, which may therefore arrive.
	Unsure Problem = "the server didn't say whether it took the mail"
	// Full is this program having too many mails on their way.
	Full Problem = "too many mails are on their way already"
)

// Failure is a mail that was not handed over. What a server says may hold the address of a person, so nothing of it is
// kept but its code.
type Failure struct {
	Problem Problem
	// Code is the server's reply code, 0 if it gave none.
	Code int
}

// Error implements error.
func (f *Failure) Error() string {
	if f.Code > 0 {
		return fmt.Sprintf("%s (%d)", f.Problem, f.Code)
	}
	return string(f.Problem)
}

// Again reports whether the same mail may be tried again: it was surely not taken.
func (f *Failure) Again() bool { return f.Problem != Unsure }

// signingIn matches what the library says where the server doesn't let one in.
var signingIn = regexp.MustCompile(`SMTP AUTH|AUTH type|auth.*discover|not support.* auth`)

// failed tells what went wrong.
func failed(err error) *Failure {
	failure := &Failure{Problem: Away}
	if reply, is := errors.AsType[*textproto.Error](err); is {
		failure.Code = reply.Code
	}
	sending, sent := errors.AsType[*smtp.SendError](err)
	if sent && sending.ErrorCode() > 0 {
		failure.Code = sending.ErrorCode()
	}
	network, isNetwork := errors.AsType[net.Error](err)
	_, isAlert := errors.AsType[tls.AlertError](err)
	_, isCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, isNoTLS := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case sent && sending.Reason == smtp.ErrSMTPDataClose && failure.Code == 0:
		failure.Problem = Unsure
	case isCertificate, isNoTLS, isAlert, startTLS.MatchString(err.Error()):
		failure.Problem = Unsafe
	case errors.Is(err, os.ErrDeadlineExceeded), isNetwork && network.Timeout():
		failure.Problem = Slow
	case !sent && signingIn.MatchString(err.Error()):
		failure.Problem = Credentials
	case failure.Code > 0:
		failure.Problem = Refused
	}
	return failure
}

// startTLS matches what the library says of a server that can't go on under TLS.
var startTLS = regexp.MustCompile(`STARTTLS`)
