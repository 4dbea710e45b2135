package model

import "time"

// Way is a kind of way in: how a session came to act for a manager.
type Way string

// The ways in.
const (
	// ByVisit is that of a first visit, which made the manager.
	ByVisit Way = ""
	// ByKey is a recovery key.
	ByKey Way = "key"
	// ByOpenID is the sign-in of an OpenID Connect provider.
	ByOpenID Way = "openid"
	// ByProxy is the name that a trusted proxy passes on.
	ByProxy Way = "proxy"
	// ByPasskey is a passkey.
	ByPasskey Way = "passkey"
	// ByMail is a link in a mail.
	ByMail Way = "mail"
)

// Identity is who a manager is to somebody who vouches for them.
type Identity struct {
	// ID is "" for one that isn't kept.
	ID  string
	Way Way
	// Issuer is who vouches: the address of an OpenID Connect provider, or "" where the way in says enough.
	Issuer string
	// Subject is what the issuer calls the person, and never changes.
	Subject string
	// Name is what pages call the person, such as their mail address.
	Name string
	// Address is the mail address that the issuer has confirmed to be theirs, in its normal spelling; "" for none.
	Address string
	// Made is when the manager came by it first, Used when they came by it last.
	Made, Used time.Time
}

// WaysIn are the ways by which a manager comes back.
type WaysIn struct {
	Key        RecoveryKey
	Identities []Identity
	Passkeys   []Passkey
	// Others counts the other devices that are signed in.
	Others int
}

// Count is how many of them open something.
func (w WaysIn) Count() int {
	count := len(w.Identities) + w.Usable()
	if !w.Key.Made.IsZero() {
		count++
	}
	return count
}

// Usable counts the passkeys that open something.
func (w WaysIn) Usable() int {
	count := 0
	for _, passkey := range w.Passkeys {
		if passkey.Refused.IsZero() {
			count++
		}
	}
	return count
}

// Arrival is somebody who has just proved who they are.
type Arrival struct {
	Identity
	// ManagerID is whom they are known to be, by a way in that says so; "" to look the identity up.
	ManagerID string
	// Adding says that they are at adding a way in to the history of this browser.
	Adding bool
	// From is who asks, as a client's code; Label what the browser calls itself.
	From, Label string
}

// Arrived is what came of an arrival: a session, or a choice to make first.
type Arrived struct {
	// Token is that of the session; "" where there is a choice to make.
	Token string
	// Address is the mail address by which they came, "" for another way.
	Address string
	// Together says that what was chosen is to lay two histories together, which is shown first.
	Together bool
}

// Choice is what somebody has to decide who came to a browser that holds other answers.
type Choice struct {
	// Identity is how they came.
	Identity
	// Here is what the browser holds, and There what the identity opens. There is nothing there where the identity is new.
	Here, There Standing
	// Known reports whether the identity opens a history.
	Known bool
	// Taken reports whether somebody signs in to what the browser holds by the same way, under another name: then neither it
	// isn't offered to whoever comes next.
	Taken bool
	// WayBack reports whether something else leads back to what the browser holds.
	WayBack bool
}

// Standing is how much somebody has, to tell two histories apart.
type Standing struct {
	Holdings
	// First and Last are when the first and the last of their assessments were finished; zero if none was.
	First, Last time.Time
}

// The answers to a Choice.
const (
	// KeepHere gives the browser's answers the identity that was new.
	KeepHere = "keep"
	// OpenThere leaves the browser's answers and opens those of the identity, or begins afresh with it.
	OpenThere = "open"
	// StayHere changes nothing.
	StayHere = "stay"
	// BothMine lays the browser's answers and those of the identity together.
	BothMine = "together"
)

// ChoiceInput is what the form of a choice sends.
type ChoiceInput struct {
	Choice string
	// Leave says that the browser may give up what it holds.
	Leave       bool
	From, Label string
}
