// Package passkey makes and checks passkeys (W3C Web Authentication, level 3) for one installation. It keeps nothing:
// what it has to remember between a page and its form travels with the page, signed by who calls.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"whetstone/internal/model"
)

// Life is how long the page may be open on which a passkey is asked for.
const Life = 30 * time.Minute

// ErrAddress says that an installation can't have passkeys, since it is reached under a number, or without encryption.
var ErrAddress = errors.New("passkeys need a domain name and HTTPS, or localhost")

// ErrRefused says that an answer doesn't hold: it is malformed, or signed by another key, or for another page.
var ErrRefused = errors.New("the passkey’s answer doesn’t hold")

// Party is the installation, as devices know it.
type Party struct{ library *webauthn.WebAuthn }

// New returns the party of the installation that people reach under an address; ErrAddress if browsers allow none there.
func New(base *url.URL) (*Party, error) {
	host := base.Hostname()
	if net.ParseIP(host) != nil || base.Scheme != "https" && host != "localhost" {
		return nil, ErrAddress
	}
	library, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: "Whetstone", RPOrigins: []string{base.Scheme + "://" + base.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		// A device that unlocks itself is a second factor of its own, and one that names the person spares them a name.
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys under %s: %w", host, err)
	}
	return &Party{library}, nil
}

// Ceremony is one question to a device and what has to be remembered of it.
type Ceremony struct {
	// Options are what the page's script asks the device, as JSON.
	Options string
	// Remembered goes with the form and must come back unchanged.
	Remembered []byte
}

// person is a manager as the library wants them.
type person struct {
	handle      []byte
	credentials []webauthn.Credential
}

func (p person) WebAuthnID() []byte                         { return p.handle }
func (p person) WebAuthnName() string                       { return "Your history" }
func (p person) WebAuthnDisplayName() string                { return "Your history" }
func (p person) WebAuthnCredentials() []webauthn.Credential { return p.credentials }

// AskNew asks for a new passkey of a manager who has some already, of which a device makes no second one. Devices call
// the manager by a handle, at most 64 bytes that say nothing of who they are.
func (p *Party) AskNew(handle string, have []model.Passkey, now time.Time) (Ceremony, error) {
	owner := person{handle: []byte(handle)}
	var exclusions []protocol.CredentialDescriptor
	for _, one := range have {
		credential, err := credentialOf(one)
		if err != nil {
			return Ceremony{}, err
		}
		exclusions = append(exclusions, credential.Descriptor())
	}
	options, remembered, err := p.library.BeginRegistration(owner, webauthn.WithExclusions(exclusions))
	if err != nil {
		return Ceremony{}, fmt.Errorf("asking for a new passkey: %w", err)
	}
	return ceremony(options.Response, remembered, now)
}

// Ask asks whoever it is for a passkey that they have here.
func (p *Party) Ask(now time.Time) (Ceremony, error) {
	options, remembered, err := p.library.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("asking for a passkey: %w", err)
	}
	return ceremony(options.Response, remembered, now)
}

func ceremony(options any, remembered *webauthn.SessionData, now time.Time) (Ceremony, error) {
	remembered.Expires = now.Add(Life)
	asked, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, err
	}
	kept, err := json.Marshal(remembered)
	return Ceremony{Options: string(asked), Remembered: kept}, err
}

// recall reads what was remembered of a question.
func recall(remembered []byte, now time.Time) (session webauthn.SessionData, expires time.Time, err error) {
	if err := json.Unmarshal(remembered, &session); err != nil || !now.Before(session.Expires) {
		return session, expires, ErrRefused
	}
	expires = session.Expires
	// The library would compare it with the clock of the machine.
	session.Expires = time.Time{}
	return session, expires, nil
}

// ReadNew reads a device's answer to AskNew; ErrRefused if it doesn't hold.
func (p *Party) ReadNew(remembered []byte, answer string, now time.Time) (model.Registration, error) {
	session, expires, err := recall(remembered, now)
	if err != nil {
		return model.Registration{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return model.Registration{}, ErrRefused
	}
	credential, err := p.library.CreateCredential(person{handle: session.UserID}, session, parsed)
	if err != nil {
		return model.Registration{}, ErrRefused
	}
	made := model.Registration{Challenge: session.Challenge, Expires: expires}
	made.Handle = string(session.UserID)
	made.CredentialID = base64.RawURLEncoding.EncodeToString(credential.ID)
	made.Credential, err = write(credential)
	return made, err
}

// Read reads a device's answer to Ask; ErrRefused if it can't hold. Whether it does, only the passkey that is kept can
// tell: see model.Assertion.
func (p *Party) Read(remembered []byte, answer string, now time.Time) (model.Assertion, error) {
	session, expires, err := recall(remembered, now)
	if err != nil {
		return model.Assertion{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return model.Assertion{}, ErrRefused
	}
	assertion := model.Assertion{
		Challenge: session.Challenge, Expires: expires,
		CredentialID: base64.RawURLEncoding.EncodeToString(parsed.RawID),
		Handle:       string(parsed.Response.UserHandle),
	}
	assertion.Verify = func(kept model.Passkey) (used model.Passkey, cloned bool, err error) {
		credential, err := credentialOf(kept)
		if err != nil {
			return kept, false, err
		}
		find := func(_, _ []byte) (webauthn.User, error) {
			return person{[]byte(kept.Handle), []webauthn.Credential{credential}}, nil
		}
		_, after, err := p.library.ValidatePasskeyLogin(find, session, parsed)
		if err != nil {
			return kept, false, ErrRefused
		}
		kept.Credential, err = write(after)
		return kept, after.Authenticator.CloneWarning, err
	}
	return assertion, nil
}

// credentialOf reads what is kept of a passkey.
func credentialOf(kept model.Passkey) (credential webauthn.Credential, err error) {
	if err := json.Unmarshal([]byte(kept.Credential), &credential); err != nil {
		return credential, fmt.Errorf("the passkey %s as it is kept: %w", kept.ID, err)
	}
	return credential, nil
}

// write returns what is kept of a passkey. What the device said of its make is not: nothing is decided by it.
func write(credential *webauthn.Credential) (string, error) {
	kept := *credential
	kept.Attestation = webauthn.CredentialAttestation{}
	written, err := json.Marshal(kept)
	return string(written), err
}
