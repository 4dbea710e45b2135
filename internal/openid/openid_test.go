package openid_test

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/openid/openidtest"
)

const back = "https://whetstone.test/sign-in/openid/back"

// comes signs somebody in and returns who the provider says that they are.
func comes(t *testing.T, real *openidtest.Provider, provider *openid.Provider, name string) (model.Identity, error) {
	t.Helper()
	flow, address, err := provider.Begin(t.Context(), rand.Text, back, false)
	if err != nil {
		return model.Identity{}, err
	}
	returned := real.SignIn(t, address, name)
	if err := provider.Belongs(flow, returned.Query()); err != nil {
		return model.Identity{}, err
	}
	return provider.Finish(t.Context(), flow, returned.Query().Get("code"), back)
}

func wants(t *testing.T, err error, want openid.Problem) {
	t.Helper()
	if problem, is := errors.AsType[*openid.Error](err); !is || problem.Problem != want {
		t.Errorf("the problem is %v, want %d", err, want)
	}
}

func TestWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, []openidtest.Person{{Name: "ada"}, {Name: "bo", Unconfirmed: true}}, back)
	provider := openid.New(real.Settings("openid", "Example"), time.Now)
	ada, err := comes(t, real, provider, "ada")
	if err != nil {
		t.Fatal(err)
	}
	if want := (model.Identity{Way: model.ByOpenID, Issuer: real.Issuer, Subject: "id of ada", Name: "ada@example.org", Address: "ada@example.org"}); ada != want {
		t.Errorf("Ada is %+v", ada)
	}
	// An address that nobody has confirmed is anybody's.
	if bo, err := comes(t, real, provider, "bo"); err != nil || bo.Name != "bo" || bo.Address != "" {
		t.Errorf("Bo is %+v, %v", bo, err)
	}
	// A key that wasn't known signs.
	real.Rotate()
	if _, err := comes(t, real, provider, "ada"); err != nil {
		t.Errorf("after a change of keys: %v", err)
	}
}

func TestACodeCountsOnceAndForWhoBegan(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, []openidtest.Person{{Name: "ada"}}, back)
	provider := openid.New(real.Settings("openid", "Example"), time.Now)
	flow, address, err := provider.Begin(t.Context(), rand.Text, back, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"code_challenge=", "code_challenge_method=S256", "nonce=", "state=", "prompt=login"} {
		if !strings.Contains(address, part) {
			t.Errorf("the address lacks %s: %s", part, address)
		}
	}
	returned := real.SignIn(t, address, "ada")
	other, _, err := provider.Begin(t.Context(), rand.Text, back, false)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, provider.Belongs(other, returned.Query()), openid.Used)
	wants(t, provider.Belongs(openid.Flow{}, returned.Query()), openid.Used)
	elsewhere := real.Settings("openid-2", "Other")
	wants(t, openid.New(elsewhere, time.Now).Belongs(flow, returned.Query()), openid.Used)
	late := openid.New(real.Settings("openid", "Example"), func() time.Time { return time.Now().Add(openid.Life + time.Minute) })
	wants(t, late.Belongs(flow, returned.Query()), openid.Used)
	foreign := returned.Query()
	foreign.Set("iss", "https://elsewhere.test")
	wants(t, provider.Belongs(flow, foreign), openid.Invalid)
	declined := returned.Query()
	declined.Set("error", "access_denied")
	wants(t, provider.Belongs(flow, declined), openid.Declined)

	// Whoever has the code alone can do nothing with it.
	stolen := flow
	stolen.Verifier = other.Verifier
	_, err = provider.Finish(t.Context(), stolen, returned.Query().Get("code"), back)
	if err == nil {
		t.Error("a code counts without what proves who began")
	}
	returned = real.SignIn(t, address, "ada")
	mixed := flow
	mixed.Nonce = other.Nonce
	_, err = provider.Finish(t.Context(), mixed, returned.Query().Get("code"), back)
	wants(t, err, openid.Invalid)
	_, err = provider.Finish(t.Context(), flow, returned.Query().Get("code"), back)
	wants(t, err, openid.Used)
}

func TestOnlySomeAreLetIn(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, []openidtest.Person{
		{Name: "ada", Groups: []string{"leads", "managers"}}, {Name: "bo", Groups: []string{"guests"}, Unconfirmed: true}, {Name: "cy"},
	}, back)
	for _, one := range []struct {
		domains, groups []string
		welcome         string
	}{
		{nil, nil, "ada bo cy"},
		{[]string{"Example.ORG"}, nil, "ada cy"},
		{[]string{"org", "ample.org", "other.test"}, nil, ""},
		{nil, []string{"managers"}, "ada"},
		{nil, []string{"manager"}, ""},
		{[]string{"other.test"}, []string{"managers"}, ""},
		{[]string{"example.org"}, []string{"managers", "guests"}, "ada"},
	} {
		settings := real.Settings("openid", "Example")
		settings.MailDomains, settings.Groups = one.domains, one.groups
		provider := openid.New(settings, time.Now)
		for _, name := range []string{"ada", "bo", "cy"} {
			_, err := comes(t, real, provider, name)
			if strings.Contains(one.welcome, name) {
				if err != nil {
					t.Errorf("%v %v: %s isn’t let in: %v", one.domains, one.groups, name, err)
				}
				continue
			}
			wants(t, err, openid.Unwelcome)
			if err != nil && strings.Contains(err.Error(), name+"@") || err != nil && strings.Contains(err.Error(), "id of") {
				t.Errorf("the log would tell who it was: %v", err)
			}
		}
	}
}

func TestAWrongClock(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, []openidtest.Person{{Name: "ada"}}, back)
	for by, right := range map[time.Duration]bool{-time.Hour: false, -3 * time.Minute: false, -time.Minute: true, time.Minute: true, 3 * time.Minute: false, 25 * time.Hour: false} {
		provider := openid.New(real.Settings("openid", "Example"), func() time.Time { return time.Now().Add(by) })
		_, err := comes(t, real, provider, "ada")
		if right {
			if err != nil {
				t.Errorf("a clock that is wrong by %v: %v", by, err)
			}
			continue
		}
		wants(t, err, openid.Clock)
	}
}

// A provider that is away is asked again soon, but not by everybody; one that was there before goes on.
func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, []openidtest.Person{{Name: "ada"}}, back)
	provider := openid.New(real.Settings("openid", "Example"), time.Now)
	flow, address, err := provider.Begin(t.Context(), rand.Text, back, false)
	if err != nil {
		t.Fatal(err)
	}
	returned := real.SignIn(t, address, "ada")
	real.Leave(true)
	_, err = provider.Finish(t.Context(), flow, returned.Query().Get("code"), back)
	wants(t, err, openid.Away)
	if code := returned.Query().Get("code"); err != nil && strings.Contains(err.Error(), code) {
		t.Errorf("the error tells the code: %v", err)
	}
	if _, _, err := provider.Begin(t.Context(), rand.Text, back, false); err != nil {
		t.Errorf("what it says of itself is forgotten: %v", err)
	}
	_, _, err = openid.New(real.Settings("openid", "Example"), time.Now).Begin(t.Context(), rand.Text, back, false)
	wants(t, err, openid.Away)

	var asked atomic.Int32
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	defer broken.Close()
	settings := real.Settings("openid", "Example")
	settings.Issuer = broken.URL
	away := openid.New(settings, time.Now)
	for range 3 {
		wants(t, away.Announced(t.Context()), openid.Away)
	}
	if count := asked.Load(); count != 1 {
		t.Errorf("it was asked %d times", count)
	}
}

func TestAProviderThatIsAnother(t *testing.T) {
	t.Parallel()
	real := openidtest.New(t, nil, back)
	settings := real.Settings("openid", "Example")
	settings.Issuer += "/"
	wants(t, openid.New(settings, time.Now).Announced(t.Context()), openid.Misconfigured)

	settings = real.Settings("openid", "Example")
	settings.Secret = "wrong"
	real = openidtest.New(t, []openidtest.Person{{Name: "ada"}}, back)
	settings.Issuer = real.Issuer
	_, err := comes(t, real, openid.New(settings, time.Now), "ada")
	wants(t, err, openid.Misconfigured)

	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issuer":"http://` + r.Host + `","authorization_endpoint":"javascript:alert(1)","token_endpoint":"https://x.test"}`))
	}))
	defer plain.Close()
	settings.Issuer = plain.URL
	wants(t, openid.New(settings, time.Now).Announced(t.Context()), openid.Misconfigured)
	for address, right := range map[string]bool{"https://id.example.org/realm": true, "http://localhost:5556": true, "http://id.example.org": false, "id.example.org": false, "https://a:b@c.test": false, "": false} {
		if (openid.CheckAddress(address) == nil) != right {
			t.Errorf("%q: %v", address, openid.CheckAddress(address))
		}
	}
}
