package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"whetstone/internal/openid"
	"whetstone/internal/paths"
	"whetstone/internal/text"
)

// signingIn is who vouches for people here.
type signingIn struct {
	// The first provider's settings are in the help; those of the others are the same with a number.
	First  openIDProvider `embed:"" prefix:"openid-" envprefix:"WHETSTONE_OPENID_"`
	Second openIDProvider `embed:"" prefix:"openid-2-" envprefix:"WHETSTONE_OPENID_2_"`
	Third  openIDProvider `embed:"" prefix:"openid-3-" envprefix:"WHETSTONE_OPENID_3_"`
	Fourth openIDProvider `embed:"" prefix:"openid-4-" envprefix:"WHETSTONE_OPENID_4_"`

	ProxyHeader string `env:"WHETSTONE_PROXY_HEADER" placeholder:"NAME" help:"Header, such as X-Remote-User, in which a --trusted-proxy names who has signed in at it (${env}; off by default). The proxy must set it on every request, or take it away."`
	SignInOnly  bool   `env:"WHETSTONE_SIGN_IN_ONLY" help:"Let nobody begin without signing in by an OpenID Connect provider or a proxy’s header, and nobody come back in another way (${env}). Mentors’ links open as before."`
	SignInDays  int    `default:"30" env:"WHETSTONE_SIGN_IN_DAYS" placeholder:"DAYS" help:"With --sign-in-only, after how many days one signs in again (${env}; default ${default})."`
}

// openIDProvider are the settings of one provider.
type openIDProvider struct {
	Issuer       string   `env:"ISSUER" placeholder:"URL" help:"Address of an OpenID Connect provider by which people sign in, exactly as it calls itself (${env}). For a second to a fourth one put the number into each of these settings: --openid-2-issuer, WHETSTONE_OPENID_2_ISSUER."`
	ClientID     string   `name:"client-id" env:"CLIENT_ID" placeholder:"ID" help:"What that provider knows this installation by (${env})."`
	ClientSecret string   `env:"CLIENT_SECRET" secret:"" placeholder:"SECRET" help:"The secret that goes with it, if the client has one (${env}, or better in a file that ${env}_FILE names)."`
	Name         string   `env:"NAME" placeholder:"NAME" help:"What pages call the provider (${env}; default: its host)."`
	Scopes       []string `default:"profile,email" env:"SCOPES" placeholder:"SCOPE" help:"What it is asked for beside openid (${env}; default ${default})."`
	MailDomains  []string `env:"MAIL_DOMAINS" placeholder:"DOMAIN" help:"Let in only people whose mail address, which the provider has confirmed, is in one of these domains (${env}; several with commas)."`
	Groups       []string `env:"GROUPS" placeholder:"GROUP" help:"Let in only people of one of these groups (${env}; several with commas)."`
	GroupsClaim  string   `default:"groups" env:"GROUPS_CLAIM" placeholder:"CLAIM" help:"The claim in which the provider lists a person’s groups (${env}; default ${default})."`
}

// hideFurtherProviders leaves the settings of all providers but the first out of the help.
func hideFurtherProviders(parser *kong.Kong) error {
	further := regexp.MustCompile(`^openid-\d-`)
	for _, command := range parser.Model.Leaves(false) {
		for _, flag := range command.Flags {
			flag.Hidden = flag.Hidden || further.MatchString(flag.Name)
		}
	}
	return nil
}

// headerName matches the name of a header.
var headerName = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

// spoken are headers that say something else.
var spoken = map[string]bool{"host": true, "cookie": true, "authorization": true, "origin": true, "referer": true, "user-agent": true, "x-forwarded-for": true, "forwarded": true, "x-real-ip": true}

// providers reads the settings of signing in.
func (c serveCommand) providers(now func() time.Time) (providers []*openid.Provider, err error) {
	seen := map[string]string{}
	for i, one := range []openIDProvider{c.First, c.Second, c.Third, c.Fourth} {
		key := "openid"
		if i > 0 {
			key = fmt.Sprintf("openid-%d", i+1)
		}
		settings, used, err := one.settings(key)
		if err != nil {
			return nil, err
		}
		if !used {
			continue
		}
		if other := seen[settings.Issuer]; other != "" {
			return nil, usageError{fmt.Errorf("--%s-issuer and --%s-issuer are the same", other, key)}
		}
		seen[settings.Issuer] = key
		providers = append(providers, openid.New(settings, now))
	}
	prefixes, err := c.prefixes()
	if err != nil {
		return nil, err
	}
	switch {
	case c.ProxyHeader != "" && !headerName.MatchString(c.ProxyHeader):
		return nil, usageError{fmt.Errorf("the header of a proxy (--proxy-header) %q is no name of a header, such as X-Remote-User", c.ProxyHeader)}
	case spoken[strings.ToLower(c.ProxyHeader)]:
		return nil, usageError{fmt.Errorf("the header of a proxy (--proxy-header) %q says something else than who asks: take one such as X-Remote-User", c.ProxyHeader)}
	case c.ProxyHeader != "" && len(prefixes) == 0:
		return nil, usageError{fmt.Errorf("the header of a proxy (--proxy-header) is believed of nobody: give the proxy's address as --trusted-proxy")}
	case c.SignInOnly && len(providers) == 0 && c.ProxyHeader == "":
		return nil, usageError{fmt.Errorf("signing in is the only way in (--sign-in-only), and there is none: give --openid-issuer or --proxy-header")}
	case c.SignInDays < 1 || c.SignInDays > 400:
		return nil, usageError{fmt.Errorf("after %d days (--sign-in-days) nobody can sign in again: give 1 to 400", c.SignInDays)}
	}
	return providers, nil
}

// settings reads the settings of one provider. used is false where none is given.
func (o openIDProvider) settings(key string) (settings openid.Settings, used bool, err error) {
	wrong := func(setting, says string, values ...any) (openid.Settings, bool, error) {
		return settings, true, usageError{fmt.Errorf("--%s-%s: %s", key, setting, fmt.Sprintf(says, values...))}
	}
	switch {
	case o.Issuer == "" && o.ClientID == "" && o.ClientSecret == "" && o.Name == "" && len(o.MailDomains) == 0 && len(o.Groups) == 0:
		return settings, false, nil
	case o.Issuer == "":
		return wrong("issuer", "it is missing, and other settings of the provider are given")
	case openid.CheckAddress(o.Issuer) != nil:
		return wrong("issuer", "%q is not the address of a provider: %v", o.Issuer, openid.CheckAddress(o.Issuer))
	case strings.Contains(o.Issuer, "/.well-known/"):
		return wrong("issuer", "%q is where the provider describes itself: give what stands before /.well-known/", o.Issuer)
	case o.ClientID == "":
		return wrong("client-id", "it is missing: the provider gives it when this installation is registered there")
	case o.GroupsClaim == "":
		return wrong("groups-claim", "it is empty")
	case text.Line(o.Name) != o.Name || len(o.Name) > 60:
		return wrong("name", "%q is no name: one line of 60 bytes or fewer", o.Name)
	}
	for _, domain := range o.MailDomains {
		if domain == "" || strings.ContainsAny(domain, "@/: *") || !strings.Contains(domain, ".") {
			return wrong("mail-domains", "%q is no domain such as example.org", domain)
		}
	}
	for _, group := range o.Groups {
		if group == "" {
			return wrong("groups", "one of them has no name")
		}
	}
	name := o.Name
	if name == "" {
		issuer, _ := url.Parse(o.Issuer) // it was read above
		name = issuer.Hostname()
	}
	return openid.Settings{
		Key: key, Name: name, Issuer: o.Issuer, ClientID: o.ClientID, Secret: o.ClientSecret, Scopes: o.Scopes,
		MailDomains: o.MailDomains, Groups: o.Groups, GroupsClaim: o.GroupsClaim,
	}, true, nil
}

// again is after how long one signs in again.
func (s signingIn) again() time.Duration { return time.Duration(s.SignInDays) * 24 * time.Hour }

// meet asks a provider what it says of itself, so that nobody has to wait for it later, and logs if it can't be asked:
// serving goes on without.
func meet(ctx context.Context, provider *openid.Provider, log *slog.Logger) {
	if err := provider.Announced(ctx); err != nil && ctx.Err() == nil {
		log.Warn("nobody can sign in by a provider for now; it is asked again whenever somebody tries", "provider", provider.Key, "error", err)
	}
}

// lookAtSignIn checks who vouches for people, as far as it can be seen without signing in.
func (c doctorCommand) lookAtSignIn(ctx context.Context) (found []finding) {
	const about = "sign-in"
	providers, err := c.providers(time.Now)
	if err != nil {
		return nil // reported already
	}
	root := "https://…"
	if base, err := c.base(); err == nil && base != nil {
		root = strings.TrimSuffix(base.String(), "/")
	}
	for _, provider := range providers {
		found = append(found, lookAtProvider(ctx, provider, paths.Paths{Base: root})...)
	}
	if len(providers) > 0 && root == "https://…" {
		found = append(found, warn(about, "give --base-url: a provider leads people back to an address that it has to know"))
	}
	if c.ProxyHeader != "" {
		found = append(found, warn(about, "whoever can send %s (--proxy-header) from %s (--trusted-proxy) can be anybody: see that the proxy sets it or takes it away on every request, and that nothing else reaches the app from there", c.ProxyHeader, strings.Join(c.TrustedProxy, ", ")))
	}
	if c.SignInOnly {
		found = append(found, ok(about, "nobody comes in without it (--sign-in-only); what was begun before waits in its browser until its owner signs in there"))
	}
	return found
}

// lookAtProvider checks one provider. The addresses below root are those that it has to know.
func lookAtProvider(ctx context.Context, provider *openid.Provider, root paths.Paths) []finding {
	about := "sign-in by " + provider.Name
	if err := provider.Announced(ctx); err != nil {
		return []finding{bad(about, "%s (--%s-issuer): %v", provider.Issuer, provider.Key, err)}
	}
	found := []finding{ok(about, "%s (--%s-issuer) answers; it has to know %s as the address to lead back to", provider.Issuer, provider.Key, root.SignInBack(provider.Key))}
	if provider.SignsOut() {
		found = append(found, ok(about, "it signs people out, too, if it knows %s as the address to lead back to afterwards", root.Home()))
	}
	if provider.Secret == "" {
		found = append(found, warn(about, "there is no client secret (--%s-client-secret): right for a public client, and for no other", provider.Key))
	}
	if len(provider.MailDomains) == 0 && len(provider.Groups) == 0 {
		found = append(found, ok(about, "it lets in everybody whom it knows; --%s-mail-domains and --%[1]s-groups let in fewer", provider.Key))
	}
	return found
}
