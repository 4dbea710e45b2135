package paths

import (
	"net/url"
	"strings"
)

// SignInTo is SignIn, to go on from there to a page.
func (p Paths) SignInTo(to string) string { return leading(p.SignIn(), to) }

// SignInWith takes the form that signs somebody in by a provider or by a proxy's word, to go on to a page; "" for the
// first one.
func (p Paths) SignInWith(way, to string) string {
	return leading(p.SignIn()+"/"+url.PathEscape(way), to)
}

// SignInBack is where a provider leads back to.
func (p Paths) SignInBack(way string) string { return p.SignInWith(way, "") + "/back" }

// SignInWithPasskeyTo is SignInWithPasskey, to go on from there to a page.
func (p Paths) SignInWithPasskeyTo(to string) string { return leading(p.SignInWithPasskey(), to) }

// MailTo is Mail, to go on from there to a page.
func (p Paths) MailTo(to string) string { return leading(p.Mail(), to) }

// RecoverTo is Recover, to go on from there to a page.
func (p Paths) RecoverTo(to string) string { return leading(p.Recover(), to) }

// TogetherTo is Together, to go on from there to a page.
func (p Paths) TogetherTo(to string) string { return leading(p.Together(), to) }

// KeepMentorTo is KeepMentor, to go on from there to a page.
func (p Paths) KeepMentorTo(to string) string { return leading(p.KeepMentor(), to) }

// Opens reports whether an address is that of a link to something that was shared.
func (p Paths) Opens(address string) bool { return strings.HasPrefix(address, p.OpenShare("")) }

// LeadsToShared reports whether an address is that of something that was shared, or of the lists of that.
func (p Paths) LeadsToShared(address string) bool {
	return p.Opens(address) || address == p.Received() || strings.HasPrefix(address, p.Shared("")) || address == p.OwnWords()
}

// ChoiceTo is Choice, to go on from there to a page.
func (p Paths) ChoiceTo(to string) string { return leading(p.Choice(), to) }

// leading gives an address a page to go on to.
func leading(address, to string) string {
	if to == "" {
		return address
	}
	return address + "?" + url.Values{"to": {to}}.Encode()
}
