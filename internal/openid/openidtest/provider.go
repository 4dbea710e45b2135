// Package openidtest runs a real OpenID Connect provider for tests: the example of zitadel/oidc, with people and groups
// of its own.
package openidtest

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"whetstone/internal/openid"
)

// What the provider knows of installations and people.
const (
	ClientID = "whetstone"
	Secret   = "a secret of the tests"
	Password = "right"
	// GroupsClaim is where it lists people's groups.
	GroupsClaim = "groups"
)

// Person is somebody whom the provider knows.
type Person struct {
	// Name is what they sign in with, and before the @ of their mail address, which is of example.org.
	Name string
	// Unconfirmed is a mail address that nobody has confirmed.
	Unconfirmed bool
	Groups      []string
}

// Provider is a provider on a loopback address.
type Provider struct {
	// Issuer is its address.
	Issuer   string
	listener *httptest.Server
	people   people
	mutex    sync.Mutex
	away     bool
	key      signing
	handler  http.Handler
}

// New runs a provider that knows people, and lets them come back to some addresses.
func New(t testing.TB, known []Person, back ...string) *Provider {
	t.Helper()
	p := &Provider{people: known, key: firstKey()}
	p.listener = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.listener.Close)
	p.Issuer = p.listener.URL
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil))) // where the example writes each request
	client := storage.WebClient(ClientID, Secret, back...)
	example := storage.NewStorageWithClients(p.people, map[string]*storage.Client{ClientID: client})
	p.handler = exampleop.SetupServer(p.Issuer, &kept{Storage: example, provider: p, back: back}, nil, false, op.WithAllowInsecure())
	return p
}

// Settings are what an operator says of it.
func (p *Provider) Settings(key, name string) openid.Settings {
	return openid.Settings{
		Key: key, Name: name, Issuer: p.Issuer, ClientID: ClientID, Secret: Secret,
		Scopes: []string{"profile", "email"}, GroupsClaim: GroupsClaim,
	}
}

// Leave makes the provider answer nobody until it comes back.
func (p *Provider) Leave(away bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.away = away
}

// Rotate makes the provider sign with another key from now on.
func (p *Provider) Rotate() {
	key := newKey()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.key = key
}

// firstKey is the key that every provider begins with: it takes longer to make than the rest of one.
var firstKey = sync.OnceValue(newKey)

func newKey() signing {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // never fails
	}
	return signing{id: rand.Text(), key: key}
}

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	p.mutex.Lock()
	away := p.away
	p.mutex.Unlock()
	if away {
		panic(http.ErrAbortHandler) // the connection ends without an answer
	}
	p.handler.ServeHTTP(w, r)
}

// people are a storage.UserStore.
type people []Person

// GetUserByID implements storage.UserStore.
func (p people) GetUserByID(id string) *storage.User {
	for _, one := range p {
		if "id of "+one.Name == id {
			return &storage.User{
				ID: id, Username: one.Name, Password: Password, FirstName: strings.ToUpper(one.Name[:1]) + one.Name[1:], LastName: "Example",
				Email: one.Name + "@example.org", EmailVerified: !one.Unconfirmed,
			}
		}
	}
	return nil
}

// GetUserByUsername implements storage.UserStore.
func (p people) GetUserByUsername(name string) *storage.User { return p.GetUserByID("id of " + name) }

// ExampleClientID implements storage.UserStore.
func (people) ExampleClientID() string { return ClientID }

// kept is the example's storage with groups, a key that changes, and addresses for those who sign out.
type kept struct {
	*storage.Storage
	provider *Provider
	back     []string
}

// SetUserinfoFromToken adds to what the example tells of a person the groups.
func (k *kept) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, token, subject, origin string) error {
	if err := k.Storage.SetUserinfoFromToken(ctx, info, token, subject, origin); err != nil {
		return err
	}
	at := slices.IndexFunc(k.provider.people, func(one Person) bool { return "id of "+one.Name == info.Subject })
	if at >= 0 && k.provider.people[at].Groups != nil {
		info.AppendClaims(GroupsClaim, k.provider.people[at].Groups)
	}
	return nil
}

// SigningKey implements op.Storage.
func (k *kept) SigningKey(context.Context) (op.SigningKey, error) {
	k.provider.mutex.Lock()
	defer k.provider.mutex.Unlock()
	return k.provider.key, nil
}

// KeySet implements op.Storage.
func (k *kept) KeySet(context.Context) ([]op.Key, error) {
	k.provider.mutex.Lock()
	defer k.provider.mutex.Unlock()
	return []op.Key{published{k.provider.key}}, nil
}

// GetClientByClientID implements op.Storage.
func (k *kept) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	client, err := k.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return leaving{client, k.back}, nil
}

// leaving is a client whose people come back once they have signed out.
type leaving struct {
	op.Client
	back []string
}

// PostLogoutRedirectURIs implements op.Client.
func (l leaving) PostLogoutRedirectURIs() []string { return l.back }

// signing is a key that signs.
type signing struct {
	id  string
	key *rsa.PrivateKey
}

// SignatureAlgorithm implements op.SigningKey.
func (signing) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }

// Key implements op.SigningKey.
func (s signing) Key() any { return s.key }

// ID implements op.SigningKey.
func (s signing) ID() string { return s.id }

// published is what others need of a key.
type published struct{ signing }

// Algorithm implements op.Key.
func (published) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }

// Use implements op.Key.
func (published) Use() string { return "sig" }

// Key implements op.Key.
func (p published) Key() any { return &p.signing.key.PublicKey }
