package model

import "time"

// PasskeyLimit is how many passkeys one manager may have.
const PasskeyLimit = 20

// Passkey is one by which a manager comes in.
type Passkey struct {
	ID string
	// CredentialID is what its device calls it, in unpadded base64url; Handle what the device calls the manager.
	CredentialID, Handle string
	// Credential is its public key with what belongs to it, as internal/passkey writes it.
	Credential string
	// Name is what its owner calls it.
	Name string
	// Made is when it was made, Used when somebody came in with it last.
	Made, Used time.Time
	// Refused is when a copy of it seemed to be in use; zero if none did. From then on it opens nothing.
	Refused time.Time
}

// Assertion is what a passkey answers to the challenge of somebody who wants to come in.
type Assertion struct {
	// Challenge is what it answers; Expires is until when a page can ask it.
	Challenge string
	Expires   time.Time
	// CredentialID and Handle say whose it is, if it holds.
	CredentialID, Handle string
	// Verify checks the answer against the passkey that is kept, and returns that as it is from now on. cloned reports
	// that its counter went back: then there is a copy of it.
	Verify func(kept Passkey) (used Passkey, cloned bool, err error)
}

// Registration is a new passkey that a device has just made and proved to have.
type Registration struct {
	Passkey
	// Challenge is what it answers; Expires is until when a page can ask it.
	Challenge string
	Expires   time.Time
	// Others says that the manager's other devices are to be signed out.
	Others bool
}
