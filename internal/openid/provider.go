// Package openid asks OpenID Connect providers who somebody is, and checks what they say. It knows the protocol, and
// neither sessions nor pages.
package openid

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Limits on what is asked of a provider.
const (
	// askTime is how long a provider may take to answer one question.
	askTime = 5 * time.Second
	// longestAnswer bounds what is read of an answer.
	longestAnswer = 1 << 20
	// pause is how long a provider that could not be reached isn't asked again: everybody else would wait for it, too.
	pause = 5 * time.Second
	// fresh is how long what a provider says of itself is believed. Its keys are asked for whenever an unknown one signs.
	fresh = time.Hour
)

// Settings are what an operator says of a provider.
type Settings struct {
	// Key stands in the addresses of this provider's sign-in.
	Key string
	// Name is what pages call it.
	Name string
	// Issuer is its address, exactly as it calls itself.
	Issuer string
	// ClientID and Secret are what it knows this installation by; a public client has no secret.
	ClientID, Secret string
	// Scopes are asked for beside openid.
	Scopes []string
	// MailDomains let in only people with a confirmed mail address in one of these domains; none for everybody.
	MailDomains []string
	// Groups let in only people of one of these groups; none for everybody. GroupsClaim is the claim that lists theirs.
	Groups      []string
	GroupsClaim string
}

// Provider is a provider that can be asked. What it says of itself is looked up when it is first needed, so that one
// that is away stops nobody but those who want to sign in by it.
type Provider struct {
	Settings
	now    func() time.Time
	client *http.Client
	// turn lets one caller ask what the provider says of itself while others wait for the answer.
	turn   chan struct{}
	mutex  sync.Mutex
	found  *announced
	asked  time.Time
	missed error
}

// announced is what a provider says of itself.
type announced struct {
	*oidc.Provider
	at time.Time
	// end is where people are signed out of it, "" if nowhere; methods are how it takes a client's secret.
	end     string
	methods []string
}

// New makes a provider. Nothing is asked of it yet.
func New(settings Settings, now func() time.Time) *Provider {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	return &Provider{
		Settings: settings, now: now, turn: make(chan struct{}, 1),
		client: &http.Client{Timeout: askTime, Transport: bounded{transport}},
	}
}

// bounded bounds the length of answers.
type bounded struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := b.RoundTripper.RoundTrip(request)
	if err == nil {
		response.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(response.Body, longestAnswer), response.Body}
	}
	return response, err
}

// Announced asks the provider what it says of itself, unless that is known. An error is an *Error.
func (p *Provider) Announced(ctx context.Context) error {
	_, err := p.announced(ctx)
	return err
}

// known returns what is known of the provider without asking; done reports that it is no use to ask just now.
func (p *Provider) known() (found *announced, err error, done bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch {
	case p.found != nil && p.now().Sub(p.found.at) < fresh:
		return p.found, nil, true
	case p.missed != nil && time.Since(p.asked) < pause && p.found == nil:
		return nil, p.missed, true
	case p.missed != nil && time.Since(p.asked) < pause:
		return p.found, nil, true // what it said before will do
	}
	return p.found, nil, false
}

func (p *Provider) announced(ctx context.Context) (*announced, error) {
	if found, err, done := p.known(); done {
		return found, err
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, &Error{Problem: Away, cause: ctx.Err()}
	}
	before, err, done := p.known() // somebody else may have asked meanwhile
	if done {
		return before, err
	}
	found, err := p.ask(ctx)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.asked, p.missed = time.Now(), err
	if err == nil {
		p.found = found
	} else if before != nil {
		return before, nil
	}
	return found, err
}

// ask asks the provider what it says of itself.
func (p *Provider) ask(ctx context.Context) (*announced, error) {
	// Whoever waits for the answer may go away; others wait for it, too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTime)
	defer cancel()
	found, err := oidc.NewProvider(p.with(ctx), p.Issuer)
	if mismatch, is := errors.AsType[*oidc.IssuerMismatchError](err); is {
		return nil, &Error{Problem: Misconfigured, cause: fmt.Errorf("it calls itself %q, and the setting says %q", mismatch.Discovered, p.Issuer)}
	}
	if err != nil {
		return nil, &Error{Problem: Away, cause: brief(err)}
	}
	var more struct {
		End     string   `json:"end_session_endpoint"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, &Error{Problem: Misconfigured, cause: err}
	}
	for _, address := range []string{found.Endpoint().AuthURL, found.Endpoint().TokenURL} {
		if CheckAddress(address) != nil {
			return nil, &Error{Problem: Misconfigured, cause: fmt.Errorf("it announces %q, which is no https:// address", address)}
		}
	}
	if more.End != "" && CheckAddress(more.End) != nil {
		more.End = ""
	}
	return &announced{found, p.now(), more.End, more.Methods}, nil
}

// with lets the libraries ask with the provider's own client.
func (p *Provider) with(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.client)
}

// oauth is the client as the other library knows it. The secret goes the one way that the provider takes, since a code
// that was sent twice is worth nothing.
func (p *Provider) oauth(found *announced, back string) *oauth2.Config {
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	basic := len(found.methods) == 0 || slices.Contains(found.methods, "client_secret_basic")
	if p.Secret == "" || !basic {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: endpoint, RedirectURL: back,
		Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...),
	}
}

// CheckAddress returns what is wrong with the address of a provider. Over plain http anybody in between could say who
// somebody is, so that is for this machine alone.
func CheckAddress(address string) error {
	parsed, err := url.Parse(address)
	switch {
	case err != nil || parsed.Host == "" || parsed.User != nil || parsed.Fragment != "":
		return errors.New("it must look like https://id.example.org")
	case parsed.Scheme == "https", parsed.Scheme == "http" && loopback(parsed.Hostname()):
		return nil
	}
	return errors.New("it must begin with https://")
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// SignOut returns where somebody is signed out of the provider, and comes back from there; "" if it announces no such
// address, or can't be asked.
func (p *Provider) SignOut(ctx context.Context, back string) string {
	found, err := p.announced(ctx)
	if err != nil || found.end == "" {
		return ""
	}
	address, err := url.Parse(found.end)
	if err != nil {
		return ""
	}
	query := address.Query()
	// No token was kept that would say who it is, so the provider asks them.
	query.Set("client_id", p.ClientID)
	query.Set("post_logout_redirect_uri", back)
	address.RawQuery = query.Encode()
	return address.String()
}

// SignsOut reports whether the provider is known to sign people out. It asks nothing.
func (p *Provider) SignsOut() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.found != nil && p.found.end != ""
}
