package model

import (
	"slices"
	"strings"
	"time"
)

// Limits of what organisers write.
const (
	OrganisationLimit = 60
	WelcomeLimit      = 200
	ContactLimit      = 120
)

// OrganiserCodeLife is how long a code holds by which somebody becomes an organiser.
const OrganiserCodeLife = time.Hour

// Installation is what is set for this installation, by its organisers or by the operator. The zero value has nothing set.
type Installation struct {
	// Name is what the organisation is called, Welcome a line for whoever comes first, Contact whom to ask; "" for none.
	Name, Welcome, Contact string
	// PulseWeeks and FullWeeks are those of the cadence that is proposed; both 0 for what the product proposes.
	PulseWeeks, FullWeeks int
	// SmallestGroup is the fewest people that a figure of a later cycle is of; 0 for the least there is.
	SmallestGroup int
	// OrganisersOnly reports whether organisers alone open teams.
	OrganisersOnly bool
	// Closed are the marks of the ways in that are closed.
	Closed []string
	// ChangedAt is when organisers set something last; zero if they never did.
	ChangedAt time.Time
	// Organised reports whether there are organisers. It is no part of what they set.
	Organised bool
}

// Proposed is the cadence that is proposed to a manager who has chosen none.
func (i Installation) Proposed() Cadence {
	if cadence := (Cadence{PulseWeeks: i.PulseWeeks, FullWeeks: i.FullWeeks}); !cadence.Off() {
		return cadence
	}
	return ProposedCadence
}

// The settings of an installation, by the names of their fields. The operator may fix each.
const (
	OrganisationSetting = "organisation"
	WelcomeSetting      = "welcome"
	ContactSetting      = "contact"
	CadenceSetting      = "pulse"
	GroupSetting        = "smallest-group"
	TeamsSetting        = "teams"
	WaysSetting         = "ways"
)

// The answers to who may open teams.
const (
	EverybodysTeams = "everybody"
	OrganisersTeams = "organisers"
)

// WayOffered is a way in that the configuration offers.
type WayOffered struct {
	// Key names it in forms, Name on pages.
	Key, Name string
	Way       Way
	// Issuer is that of an OpenID Connect provider.
	Issuer string
}

// VisitOffered is beginning, and coming back with a recovery key, without signing in.
var VisitOffered = WayOffered{Key: "visit", Name: "Without signing in", Way: ByVisit}

// Mark names it where what is closed is kept. That of a provider is its issuer, since its place among the settings may
// change.
func (w WayOffered) Mark() string {
	switch w.Way {
	case ByVisit:
		return w.Key
	case ByOpenID:
		return "openid:" + w.Issuer
	}
	return string(w.Way)
}

// vouches reports whether somebody vouches for whoever comes by it, which is enough where signing in is the only way in.
func (w WayOffered) vouches() bool { return w.Way == ByOpenID || w.Way == ByProxy }

// brought reports whether a session came by it.
func (w WayOffered) brought(session Session) bool {
	if session.Way == ByKey {
		return w.Way == ByVisit
	}
	return w.Way == session.Way && (w.Way != ByOpenID || w.Issuer == session.Issuer)
}

// Offered are the ways in that the configuration offers.
type Offered []WayOffered

// Open are those that are open, where some are closed. Where that would let nobody in, all of them are: what is closed was
// chosen before the configuration changed.
func (o Offered) Open(closed []string) Offered {
	if open := o.without(closed); open.admits() {
		return open
	}
	return o
}

// Shut reports whether closing some would let nobody in, so that Open leaves all of them open.
func (o Offered) Shut(closed []string) bool { return !o.without(closed).admits() }

func (o Offered) without(closed []string) Offered {
	open := slices.DeleteFunc(slices.Clone(o), func(way WayOffered) bool { return slices.Contains(closed, way.Mark()) })
	if !open.Has(ByVisit) { // signing in is the only way then
		open = slices.DeleteFunc(open, func(way WayOffered) bool { return !way.vouches() })
	}
	return open
}

// admits reports whether anybody can come in.
func (o Offered) admits() bool {
	return slices.ContainsFunc(o, func(way WayOffered) bool { return way.Way == ByVisit || way.vouches() })
}

// Has reports whether one of a kind is among them.
func (o Offered) Has(kind Way) bool {
	return slices.ContainsFunc(o, func(way WayOffered) bool { return way.Way == kind })
}

// HasIssuer reports whether the sign-in of an issuer is among them.
func (o Offered) HasIssuer(issuer string) bool {
	return slices.ContainsFunc(o, func(way WayOffered) bool { return way.Way == ByOpenID && way.Issuer == issuer })
}

// Brought reports whether a session came by one of them.
func (o Offered) Brought(session Session) bool {
	return slices.ContainsFunc(o, func(way WayOffered) bool { return way.brought(session) })
}

// Organiser is somebody whom the configuration names as one: by a mail address that whoever vouches for them has confirmed,
// by issuer and subject at an OpenID Connect provider, or by what a proxy calls them.
type Organiser struct {
	Address         string
	Issuer, Subject string
	Named           string
}

// Is reports whether somebody who has proved an identity is that organiser. What pages call them counts for nothing:
// anybody may choose that.
func (o Organiser) Is(identity Identity) bool {
	switch {
	case o.Address != "":
		return identity.Address == o.Address
	case o.Issuer != "":
		return identity.Way == ByOpenID && identity.Issuer == o.Issuer && identity.Subject == o.Subject
	}
	return o.Named != "" && identity.Way == ByProxy && identity.Subject == o.Named
}

// Caller is who acts, as far as it decides whether they organise this installation.
type Caller struct {
	Session Session
	// Open are the ways in that are open. Who came by another organises nothing.
	Open Offered
	// Again is after how long an organiser signs in again; 0 for never.
	Again time.Duration
}

// Organising says whether somebody organises this installation.
type Organising int

const (
	// NotOrganising is somebody who doesn't.
	NotOrganising Organising = iota
	// SignInAgain is an organiser who signed in too long ago.
	SignInAgain
	// IsOrganising is an organiser.
	IsOrganising
)

// InstallationInput is what the form of an installation sends, as typed.
type InstallationInput struct {
	Name, Welcome, Contact, Pulse, Full, SmallestGroup, Teams string
	// Ways are the keys of the ways in that stay open.
	Ways []string
	// Seen is the seen token of what the page had shown.
	Seen string
}

// InstallationPage is what organisers see of their installation, and all that they see.
type InstallationPage struct {
	// Set is what is set, as it was kept; Holds what holds by that and the configuration.
	Set, Holds Installation
	// Fixed are the settings that the operator has fixed.
	Fixed map[string]bool
	// Least is the smallest group that can be chosen.
	Least int
}

// JoinMarks writes the marks of ways in as they are kept.
func JoinMarks(marks []string) string {
	return strings.Join(slices.Sorted(slices.Values(marks)), " ")
}

// SplitMarks reads what JoinMarks wrote.
func SplitMarks(kept string) []string { return strings.Fields(kept) }

// Answered is what a form of an installation sends for who opens teams, where it is set so.
func (i Installation) Answered() string {
	if i.OrganisersOnly {
		return OrganisersTeams
	}
	return EverybodysTeams
}
