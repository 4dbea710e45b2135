package browsertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// underName serves the app under a domain name, as passkeys need it.
func underName(t *testing.T) *server {
	t.Helper()
	return serveOver(t, storetest.SQLite(t), false, "http", func(c *web.Configuration) {
		c.BaseURL.Host = "localhost:" + c.BaseURL.Port()
	})
}

// commands sends the browser a command about a tab.
func commands[P, R any](tab *tab, command cdp.Command[P, R], parameters P) R {
	tab.t.Helper()
	return do(tab, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, parameters)
	})
}

// device is a virtual one that keeps passkeys for a tab.
type device struct {
	tab *tab
	id  webauthn.AuthenticatorID
}

// withDevice gives a tab a device that keeps passkeys and knows its owner.
func withDevice(tab *tab) device {
	tab.t.Helper()
	commands(tab, webauthn.Enable, webauthn.EnableParams{})
	added := commands(tab, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true,
		IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	return device{tab, added.AuthenticatorID}
}

// keeps returns the passkeys of a device.
func (d device) keeps() []*webauthn.Credential {
	d.tab.t.Helper()
	return commands(d.tab, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: d.id}).Credentials
}

// takes copies a passkey to a device.
func (d device) takes(passkey *webauthn.Credential) {
	d.tab.t.Helper()
	// The generated parameters name a member that this device doesn't take.
	commands(d.tab, cdp.Command[map[string]any, cdp.Empty]{Method: webauthn.CommandAddCredential}, map[string]any{
		"authenticatorId": d.id,
		"credential": map[string]any{
			"credentialId": passkey.CredentialID, "isResidentCredential": true, "rpId": passkey.RpID,
			"privateKey": passkey.PrivateKey, "userHandle": passkey.UserHandle, "signCount": passkey.SignCount,
		},
	})
}

// knowsOwner says whether a device finds that it is its owner who uses it.
func (d device) knowsOwner(yes bool) {
	d.tab.t.Helper()
	commands(d.tab, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: d.id, IsUserVerified: yes})
}

// makesPasskey adds a passkey under a name.
func makesPasskey(tab *tab, name string) {
	tab.t.Helper()
	tab.open(to.WaysIn())
	run(tab, `document.querySelector("#name").select()`)
	tab.inserts(name)
	tab.follow("button", "Make a passkey")
	tab.says(".devices", name)
}

// deviceSays waits until the page tells what came of asking the device.
func deviceSays(tab *tab, words string) {
	tab.t.Helper()
	tab.wait(`document.querySelector("[data-said]").textContent.includes("` + words + `")`)
}

// signsIn signs in with the passkey that a tab's device keeps.
func signsIn(tab *tab) {
	tab.t.Helper()
	tab.open(to.SignIn())
	tab.follow("button", "Sign in with a passkey")
}

// What a passkey is for: an anonymous history, opened from another browser without a name, until the passkey is removed.
func TestPasskeysOpenAHistoryElsewhere(t *testing.T) {
	t.Parallel()
	served := underName(t)
	manager := served.newVisitor(t)
	draft := manager.start("first-team", model.PulseForm)
	manager.answer(draft, "first-team", mixed)
	opened := served.newTabOf(t, manager)
	laptop := withDevice(opened)
	makesPasskey(opened, "The laptop")
	opened.says(".lede", "Signing in opens your answers on any device.")
	opened.click("button", "Make a passkey")
	deviceSays(opened, "keeps a passkey for your history already")

	elsewhere := served.newProfile(t).newTab(t)
	other := withDevice(elsewhere)
	elsewhere.open(to.SignIn())
	elsewhere.click("button", "Sign in with a passkey")
	deviceSays(elsewhere, "Nothing was done")
	makesOwn := opened.profile.newTab(t)
	takes := withDevice(makesOwn)
	makesPasskey(makesOwn, "The phone")
	other.takes(takes.keeps()[0])
	other.knowsOwner(false)
	elsewhere.click("button", "Sign in with a passkey")
	deviceSays(elsewhere, "Nothing was done")
	other.knowsOwner(true)
	elsewhere.follow("button", "Sign in with a passkey")
	elsewhere.says("main", "Your draft")
	elsewhere.open(to.Devices())
	elsewhere.says(".devices", "with a passkey as The phone")

	t.Log("renamed and removed on one device, it opens nothing on another")
	opened.open(to.WaysIn())
	opened.follow(".devices > li:last-child a", "Rename")
	run(opened, `document.querySelector("#name").select()`)
	opened.inserts("An old phone")
	opened.follow("button", "Save the name")
	opened.says(".devices", "An old phone")
	opened.follow(".devices > li:last-child a", "Remove")
	opened.click("label", "Sign out my other devices, too")
	opened.follow("button", "Remove it")
	elsewhere.open(to.Home())
	elsewhere.says("h1", "technical, in the way")
	elsewhere.watcher.expectFailure(to.SignInWithPasskey())
	signsIn(elsewhere)
	elsewhere.says(".errors", "This passkey opens nothing here")

	if kept := laptop.keeps(); len(kept) != 1 {
		t.Errorf("the laptop keeps %d passkeys", len(kept))
	}
}

// A key that exists twice is found out by its counter, and opens nothing from then on.
func TestCopiedPasskeyIsRefused(t *testing.T) {
	t.Parallel()
	served := underName(t)
	manager := served.newVisitor(t)
	manager.start("first-team", model.PulseForm)
	opened := served.newTabOf(t, manager)
	own := withDevice(opened)
	makesPasskey(opened, "A security key")

	thief := served.newProfile(t).newTab(t)
	withDevice(thief).takes(own.keeps()[0])
	signsIn(thief)
	thief.says("main", "Your draft")
	opened.watcher.expectFailure(to.SignInWithPasskey())
	signsIn(opened)
	opened.says(".errors", "A copy of this passkey seems to be in use")
	opened.open(to.WaysIn())
	opened.says(".devices", "It opens nothing any more: remove it")
	opened.says(".lede", "Only the devices that are signed in already open your answers so far")
	thief.watcher.expectFailure(to.SignInWithPasskey())
	signsIn(thief)
	thief.says(".errors", "A copy of this passkey seems to be in use")
}

// The pages that only a device leads to are held to what holds for every other kind.
func TestPasskeyPagesAreAccessible(t *testing.T) {
	t.Parallel()
	served := underName(t)
	manager := served.newVisitor(t)
	manager.start("first-team", model.PulseForm)
	opened := served.newTabOf(t, manager)
	withDevice(opened)
	makesPasskey(opened, "The laptop on the kitchen table, which is older than most")
	looks := func() {
		t.Helper()
		for _, width := range []int64{desktopWidth, phoneWidth} {
			opened.resize(width)
			opened.prefers("light", "reduce")
			opened.accessible("light", allRules)
			opened.prefers("dark", "reduce")
			opened.accessible("dark", colourRules)
		}
		opened.fitsPhones()
		opened.resize(desktopWidth)
	}
	looks()
	for _, page := range []string{"Rename", "Remove"} {
		opened.open(to.WaysIn())
		opened.follow(".devices > li:last-child a", page)
		looks()
	}
	opened.open(to.SignIn())
	looks()
}
