package openid

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/text"
)

const (
	// Life is how long somebody may take at the provider.
	Life = 15 * time.Minute
	// skew is by how much clocks may differ.
	skew = 2 * time.Minute
	// longest bounds what is taken of a person's name; a subject has no more than 255 characters.
	longest = 255
)

// Flow is a sign-in on its way: what the browser that began it keeps until it is back.
type Flow struct {
	// Key is that of the provider.
	Key string
	// State ties the way back to the browser, Nonce the provider's answer to this sign-in, and Verifier (PKCE) the code
	// to whoever began.
	State, Nonce, Verifier string
	// Adding says that the person is at adding a way in, To where they wanted to go.
	Adding bool
	To     string
	Begun  time.Time
}

// Is reports whether a flow is the one that a state on the way back names.
func (f Flow) Is(state string) bool {
	return f.State != "" && subtle.ConstantTimeCompare([]byte(f.State), []byte(state)) == 1
}

// Begin begins a sign-in: where the browser goes, and what it keeps meanwhile. The provider leads it back to an
// address; with anew it asks who somebody is even if it knows. An error is an *Error.
func (p *Provider) Begin(ctx context.Context, random func() string, back string, anew bool) (flow Flow, address string, err error) {
	found, err := p.announced(ctx)
	if err != nil {
		return Flow{}, "", err
	}
	flow = Flow{Key: p.Key, State: random(), Nonce: random(), Verifier: oauth2.GenerateVerifier(), Begun: p.now()}
	options := []oauth2.AuthCodeOption{oidc.Nonce(flow.Nonce), oauth2.S256ChallengeOption(flow.Verifier)}
	if anew {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return flow, p.oauth(found, back).AuthCodeURL(flow.State, options...), nil
}

// Belongs checks that the way back belongs to a flow of this provider that isn't over. An error is an *Error.
func (p *Provider) Belongs(flow Flow, query url.Values) error {
	issuer := query.Get("iss")
	switch {
	case flow.Key != p.Key || !flow.Is(query.Get("state")):
		return &Error{Problem: Used, cause: errors.New("the state is not that of this browser")}
	case p.now().Sub(flow.Begun) > Life || flow.Begun.After(p.now().Add(skew)):
		return &Error{Problem: Used, cause: errors.New("it took too long")}
	case issuer != "" && issuer != p.Issuer:
		return &Error{Problem: Invalid, cause: errors.New("another issuer answers")}
	case query.Get("error") != "":
		return &Error{Problem: Declined, cause: errors.New("it says " + Code(query.Get("error")))}
	case query.Get("code") == "":
		return &Error{Problem: Invalid, cause: errors.New("there is no code")}
	}
	return nil
}

// Finish asks the provider who came back with a code, and checks the answer. An error is an *Error.
func (p *Provider) Finish(ctx context.Context, flow Flow, code, back string) (model.Identity, error) {
	found, err := p.announced(ctx)
	if err != nil {
		return model.Identity{}, err
	}
	ctx = p.with(ctx)
	oauth := p.oauth(found, back)
	tokens, err := oauth.Exchange(ctx, code, oauth2.VerifierOption(flow.Verifier))
	if err != nil {
		return model.Identity{}, &Error{Problem: exchangeProblem(err), cause: brief(err)}
	}
	raw, _ := tokens.Extra("id_token").(string)
	// The times are checked below, where a wrong clock can be told from everything else.
	verifier := found.Verifier(&oidc.Config{ClientID: p.ClientID, SkipExpiryCheck: true})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return model.Identity{}, &Error{Problem: Invalid, cause: brief(err)}
	}
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return model.Identity{}, &Error{Problem: Invalid, cause: brief(err)}
	}
	if err := p.believe(flow, token, claims, tokens.AccessToken); err != nil {
		return model.Identity{}, err
	}
	if p.lacks(claims) && found.UserInfoEndpoint() != "" {
		if err := p.complete(ctx, found, oauth.TokenSource(ctx, tokens), token.Subject, claims); err != nil {
			return model.Identity{}, err
		}
	}
	identity := model.Identity{Way: model.ByOpenID, Issuer: p.Issuer, Subject: token.Subject, Name: nameOf(claims, token.Subject)}
	identity.Address, _ = mail.Normal(mailOf(claims)) // "" for none, and for one that no mail goes to
	return identity, p.welcome(claims, identity.Name)
}

// exchangeProblem tells why a provider gave nothing for a code.
func exchangeProblem(err error) Problem {
	refused, is := errors.AsType[*oauth2.RetrieveError](err)
	switch {
	case !is:
		return Away
	case refused.ErrorCode == "invalid_grant":
		return Used
	case refused.Response != nil && refused.Response.StatusCode >= 500:
		return Away
	}
	return Misconfigured
}

// believe checks what a token that is the provider's says of itself.
func (p *Provider) believe(flow Flow, token *oidc.IDToken, claims map[string]any, access string) error {
	invalid := func(what string) error { return &Error{Problem: Invalid, cause: errors.New(what)} }
	party, _ := claims["azp"].(string)
	now := p.now()
	switch {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(flow.Nonce)) != 1:
		return invalid("the nonce is not that of this sign-in")
	case token.Subject == "" || len(token.Subject) > longest || text.Line(token.Subject) != token.Subject:
		return invalid("the subject is none")
	case len(token.Audience) > 1 && party != p.ClientID, party != "" && party != p.ClientID:
		return invalid("the token is for another client")
	case token.AccessTokenHash != "" && token.VerifyAccessToken(access) != nil:
		return invalid("the tokens don't belong together")
	// It was made for this sign-in just now, so a token that is too old or too new shows a wrong clock.
	case token.Expiry.Before(now.Add(-skew)), token.IssuedAt.After(now.Add(skew)), flow.Begun.After(token.IssuedAt.Add(skew)):
		return &Error{Problem: Clock, cause: fmt.Errorf("by this server's clock, a token that was made just now is %v old", now.Sub(token.IssuedAt).Round(time.Second))}
	}
	return nil
}

// lacks reports whether a token leaves out what is needed of a person.
func (p *Provider) lacks(claims map[string]any) bool {
	_, address := claims["email"]
	_, groups := claims[p.GroupsClaim]
	return !address || len(p.Groups) > 0 && !groups
}

// complete adds to a person's claims what the provider says elsewhere. What the token says goes before it.
func (p *Provider) complete(ctx context.Context, found *announced, tokens oauth2.TokenSource, subject string, claims map[string]any) error {
	info, err := found.UserInfo(ctx, tokens)
	if err != nil {
		return &Error{Problem: Away, cause: brief(err)}
	}
	if info.Subject != subject {
		return &Error{Problem: Invalid, cause: errors.New("it speaks of two people")}
	}
	more := map[string]any{}
	if err := info.Claims(&more); err != nil {
		return &Error{Problem: Invalid, cause: brief(err)}
	}
	// An address and whether it is confirmed belong together.
	if _, told := claims["email"]; told {
		delete(more, "email_verified")
	}
	for name, value := range more {
		if _, told := claims[name]; !told {
			claims[name] = value
		}
	}
	return nil
}

// mailOf returns a person's mail address, "" unless the provider has confirmed it: anybody can claim any other.
func mailOf(claims map[string]any) string {
	address, _ := claims["email"].(string)
	switch confirmed := claims["email_verified"].(type) {
	case bool:
		if confirmed {
			return text.Line(address)
		}
	case string: // some providers write it so
		if confirmed == "true" {
			return text.Line(address)
		}
	}
	return ""
}

// nameOf returns what pages call a person: their confirmed mail address, or else what the provider calls them.
func nameOf(claims map[string]any, subject string) string {
	names := []string{mailOf(claims)}
	for _, claim := range []string{"preferred_username", "name"} {
		name, _ := claims[claim].(string)
		names = append(names, text.Line(name))
	}
	for _, name := range append(names, subject) {
		if name != "" && text.Visible(name) {
			runes := []rune(name)
			return string(runes[:min(len(runes), longest)])
		}
	}
	return subject
}

// welcome refuses whoever the operator doesn't let in.
func (p *Provider) welcome(claims map[string]any, name string) error {
	if len(p.MailDomains) > 0 {
		address := mailOf(claims)
		_, domain, found := cutLast(address, "@")
		if !found || !slices.ContainsFunc(p.MailDomains, func(one string) bool { return strings.EqualFold(one, domain) }) {
			why := "a mail address of another domain"
			if address == "" {
				why = "no confirmed mail address (email, email_verified)"
			}
			return &Error{Problem: Unwelcome, Name: name, cause: errors.New(why)}
		}
	}
	if len(p.Groups) > 0 {
		theirs, told := groupsOf(claims[p.GroupsClaim])
		if !slices.ContainsFunc(p.Groups, func(one string) bool { return slices.Contains(theirs, one) }) {
			why := "none of the groups"
			if !told {
				why = fmt.Sprintf("no groups in the claim %q", p.GroupsClaim)
			}
			return &Error{Problem: Unwelcome, Name: name, cause: errors.New(why)}
		}
	}
	return nil
}

// groupsOf reads the names of groups from a claim: a list, or one name.
func groupsOf(claim any) (groups []string, told bool) {
	switch claimed := claim.(type) {
	case string:
		return []string{claimed}, true
	case []any:
		for _, one := range claimed {
			if group, is := one.(string); is {
				groups = append(groups, group)
			}
		}
		return groups, true
	}
	return nil, false
}

// cutLast cuts a text at the last separator.
func cutLast(whole, separator string) (before, after string, found bool) {
	at := strings.LastIndex(whole, separator)
	if at < 0 {
		return whole, "", false
	}
	return whole[:at], whole[at+len(separator):], true
}
