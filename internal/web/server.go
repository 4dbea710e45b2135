// Package web serves the app over HTTP: routes, sessions, forms, errors and limits. A handler decodes,
// makes one call into app, then renders or redirects.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/paths"
)

// Configuration is what the server needs besides the use cases.
type Configuration struct {
	// BaseURL is where people reach the app, such as "https://example.org/whetstone". Its scheme decides whether
	// cookies are secure; its path is the base path of every URL.
	BaseURL *url.URL
	// Secret signs session cookies; at least 32 bytes.
	Secret []byte
	// Log gets one line per request, without answers, notes, secrets or addresses of people.
	Log *slog.Logger
	// Now returns the current time.
	Now func() time.Time
	// Random returns an unguessable text, for request ids.
	Random func() string
	// TrustedProxies are the proxies that are believed about where a request comes from.
	TrustedProxies []netip.Prefix
	// Served, if set, is called for every request that was answered.
	Served func(Served)
	// SearchEngines lets search engines list the pages that belong to nobody.
	SearchEngines bool
	// Mail sends mails; nil if this installation sends none.
	Mail *mail.Outbox
	// Providers are the OpenID Connect providers by which people sign in.
	Providers []*openid.Provider
	// NameHeader is the header in which a trusted proxy names who asks; "" for none.
	NameHeader string
	// SignInOnly keeps everybody out who hasn't signed in by a provider or a proxy's word, but for what belongs to nobody
	// and for mentors' links. SignInAgain is after how long that is asked for once more.
	SignInOnly  bool
	SignInAgain time.Duration
	// DemonstrationManager is the made-up manager of a demonstration instance, "" on any other.
	DemonstrationManager string
}

// Server is the app over HTTP.
type Server struct {
	Configuration
	app      *app.App
	paths    paths.Paths
	sessions *sessionStore
	mentors  *mentorStore
	owners   tokenCookie // for which managers a browser has acted
	askers   mailCookie
	comers   comerCookie
	flows    flowCookie
	// passkeys is nil where the installation can't have any.
	passkeys *passkeys
	// offered are the ways in that the configuration offers.
	offered model.Offered
	// origins tells pages of ours from others, where browsers say which one they send a form from.
	origins *http.CrossOriginProtection
	// room is the memory that forms in transit take, files that of files.
	room, files *room
	// visitors is the link through which visitors of a demonstration look as a mentor.
	visitors visitorLink
}

// plainPath matches a base path that needs no escaping in addresses or route patterns.
var plainPath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*$`)

// New returns the handler of the whole app.
func New(useCases *app.App, configuration Configuration) (http.Handler, error) {
	base := strings.TrimSuffix(configuration.BaseURL.Path, "/")
	if !plainPath.MatchString(base) {
		return nil, fmt.Errorf("the path of the base URL, %q, may hold letters, digits and - . _ ~ between single slashes", base)
	}
	server := &Server{
		Configuration: configuration,
		app:           useCases,
		paths:         paths.Paths{Base: base},
	}
	server.Now = func() time.Time { return configuration.Now().UTC() } // whatever the machine's time zone
	mark, err := server.mark()
	if err != nil {
		return nil, err
	}
	server.sessions = newSessionStore(useCases, mark, configuration.Secret, configuration.BaseURL)
	server.mentors = newMentorStore(useCases, mark, configuration.Secret, configuration.BaseURL)
	server.owners = newTokenCookie(mark, "-acted", configuration.Secret, configuration.BaseURL)
	server.askers = newMailCookie(mark, configuration.Secret, configuration.BaseURL)
	server.comers = newComerCookie(mark, configuration.Secret, configuration.BaseURL)
	server.flows = newFlowCookie(mark, configuration.Secret, configuration.BaseURL)
	if server.passkeys, err = newPasskeys(configuration.BaseURL, configuration.Secret); err != nil {
		return nil, err
	}
	server.offered = server.waysOffered()
	useCases.Installation(context.Background()) // so that it is known while the database is away
	server.room, server.files = newRoom(inFlight, clientInFlight), newRoom(filesInFlight, fileInFlight)
	server.origins = http.NewCrossOriginProtection()
	if err := server.origins.AddTrustedOrigin(configuration.BaseURL.Scheme + "://" + configuration.BaseURL.Host); err != nil {
		return nil, fmt.Errorf("the base URL: %w", err)
	}
	return server.observe(server.secure(server.unread(server.routes()))), nil
}

// markTime bounds reading the installation's mark at the start.
const markTime = 10 * time.Second

// mark returns what tells this installation's cookies from those of others on the same host. All demonstrations share
// one mark: each one ends what an earlier one left.
func (s *Server) mark() (string, error) {
	if s.DemonstrationManager != "" {
		return "demonstration", nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), markTime)
	defer cancel()
	return s.app.Mark(ctx)
}
