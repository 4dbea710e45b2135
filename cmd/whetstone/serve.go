package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/disclosure"
	"whetstone/internal/mail"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/web"
)

// Limits on the phases of a connection, and on a shutdown. The app itself bounds how long a form and its answer may
// take, so that the answer to a slow form still has its full time.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 20 * time.Second
	headerLimit   = 32 << 10
)

// listening is how the app is reached; serve and demo share it.
type listening struct {
	Listen  string `default:"127.0.0.1:8080" env:"WHETSTONE_LISTEN" placeholder:"HOST:PORT" help:"Address to listen on (${env}; default ${default})."`
	BaseURL string `name:"base-url" env:"WHETSTONE_BASE_URL" placeholder:"URL" help:"Address under which people reach the app, with a path if it lies below one (${env}; default: http:// and the listening address)."`
}

type serveCommand struct {
	listening
	proxying
	mailing
	signingIn
	organising
	beginning
	erasureList
	logging
	measuring
	SecretFile     string   `default:"var/secret" env:"WHETSTONE_SECRET_FILE" placeholder:"PATH" help:"File with the key that signs cookies, made on first start (${env}; default ${default}). Keep it with the database: without it every browser loses its session."`
	Questionnaires []string `env:"WHETSTONE_QUESTIONNAIRES" placeholder:"DIR" help:"Folder with questionnaires of your own, beside the shipped ones; may be given more than once (${env})."`
	SearchEngines  bool     `env:"WHETSTONE_SEARCH_ENGINES" help:"Let search engines list the first page as strangers see it, About, How we measure and the guides (${env}). Without it every page asks them not to; pages that are somebody’s own always do."`
	SmallestGroup  *int     `env:"WHETSTONE_SMALLEST_GROUP" placeholder:"PEOPLE" help:"Fewest people that a team’s figure is of, 5 or more (${env}; by default 5, or more where organisers say so). A change holds for cycles made later."`
	// SmallestKnown and SmallestEffectiveGroup are the other thresholds of the gate.
	SmallestKnown          int     `default:"4" env:"WHETSTONE_SMALLEST_KNOWN" placeholder:"PEOPLE" help:"How many others of a team’s figure each person in it has to know, 4 or more (${env}; default ${default}). A change holds for cycles made later."`
	SmallestEffectiveGroup float64 `default:"3" env:"WHETSTONE_SMALLEST_EFFECTIVE_GROUP" placeholder:"PEOPLE" help:"From all that is published, nobody learns more of one answer than from an average of so many people, 3 or more (${env}; default ${default}). A change holds for cycles made later."`
}

// Run serves until the context ends.
func (c serveCommand) Run(ctx context.Context, to output) (err error) {
	library, err := questionnaire.Load(data.Files, c.Questionnaires...)
	if err != nil {
		return unusable(err)
	}
	thresholds, err := disclosure.NewThresholds(c.smallestGroup(), c.SmallestKnown, c.SmallestEffectiveGroup)
	if err != nil {
		return usageError{fmt.Errorf("the protection of teams (--smallest-group, --smallest-known, --smallest-effective-group): %w", err)}
	}
	proxies, err := c.prefixes()
	if err != nil {
		return err
	}
	sender, err := c.sender()
	if err != nil {
		return err
	}
	providers, err := c.providers(time.Now)
	if err != nil {
		return err
	}
	operator, err := c.operator()
	if err != nil {
		return err
	}
	// The address is taken first, so that a second server never touches the first one's database.
	listener, base, err := c.listen()
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	secret, err := readSecret(c.SecretFile)
	if err != nil {
		return fmt.Errorf("the secret file (--secret-file) %s can't be used: %w", c.SecretFile, err)
	}
	opened, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	if err := c.keepErasures(ctx, opened, c.log(to)); err != nil {
		return err
	}
	useCases := app.New(opened, library, time.Now, rand.Text, app.Secret)
	useCases.RaiseThresholds(thresholds)
	useCases.Configure(operator)
	configuration := web.Configuration{BaseURL: base, Secret: secret, TrustedProxies: proxies, SearchEngines: c.SearchEngines, Log: c.log(to)}
	configuration.Providers, configuration.NameHeader = providers, c.ProxyHeader
	configuration.SignInOnly, configuration.SignInAgain = c.SignInOnly, c.again()
	stopMeasuring, err := c.measure(opened, &configuration)
	if err != nil {
		return err
	}
	if sender != nil {
		configuration.Mail = mail.NewOutbox(sender, configuration.Log)
	}
	upkeep, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { repeat(upkeep, upkeepInterval, useCases.Upkeep, configuration.Log) })
	running.Go(func() { repeat(upkeep, closingInterval, useCases.CloseDueCycles, configuration.Log) })
	if sender != nil {
		running.Go(func() { repeat(upkeep, upkeepInterval, reminding(useCases, sender, base), configuration.Log) })
	}
	for _, provider := range providers {
		running.Go(func() { meet(upkeep, provider, configuration.Log) })
	}
	err = serve(ctx, to, listener, useCases, configuration)
	stop()
	running.Wait()
	if configuration.Mail != nil {
		configuration.Mail.Close(stopTimeout)
	}
	return errors.Join(err, stopMeasuring())
}

// keepErasures has deletions listed, and repeats those that the database doesn't know of: it was then restored from a
// backup by other means than "whetstone restore".
func (c serveCommand) keepErasures(ctx context.Context, opened *store.Store, log *slog.Logger) error {
	list := c.list(c.Database)
	replayed, err := list.Replay(ctx, opened)
	if err != nil {
		return fmt.Errorf("the erasure list (--erasure-list) can't be used: %w", err)
	}
	if replayed.Any() {
		log.Warn("the database is older than its erasure list: deleted again what it lists",
			"managers", replayed.Managers, "assessments", replayed.Assessments, "commitments", replayed.Commitments,
			"proposals", replayed.Proposals, "entries", replayed.Entries, "maps", replayed.Maps, "shown", replayed.ShownMaps, "reviews", replayed.Reviews)
	}
	opened.KeepErasureList(list)
	return nil
}

// unusable says what is wrong with questionnaires: one problem on the same line, several on lines of their own.
func unusable(err error) error {
	separator := " "
	if problems, ok := errors.AsType[questionnaire.Problems](err); ok && len(problems) > 1 {
		separator = "\n"
	}
	return fmt.Errorf("the questionnaires (--questionnaires) can't be used:%s%w", separator, err)
}

// listen takes the address and determines the base URL.
func (l listening) listen() (net.Listener, *url.URL, error) {
	if _, _, err := net.SplitHostPort(l.Listen); err != nil {
		return nil, nil, usageError{fmt.Errorf("the listening address (--listen) %q is not HOST:PORT", l.Listen)}
	}
	base, err := l.base()
	if err != nil {
		return nil, nil, err
	}
	listener, err := net.Listen("tcp", l.Listen)
	if err != nil {
		return nil, nil, fmt.Errorf("can't listen on %s (--listen): %w", l.Listen, reason(err))
	}
	if base == nil {
		base = &url.URL{Scheme: "http", Host: listener.Addr().String(), Path: "/"}
	}
	return listener, base, nil
}

// base reads the base URL; nil if none was given.
func (l listening) base() (*url.URL, error) {
	if l.BaseURL == "" {
		return nil, nil
	}
	base, err := url.Parse(l.BaseURL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.RawQuery != "" || base.Fragment != "" || base.User != nil {
		return nil, usageError{fmt.Errorf("the base URL (--base-url) %q must look like https://example.org/path, without a query", l.BaseURL)}
	}
	return base, nil
}

// serve answers requests until the context ends, then finishes what is in flight.
func serve(ctx context.Context, to output, listener net.Listener, useCases *app.App, configuration web.Configuration) error {
	configuration.Now, configuration.Random = time.Now, rand.Text
	handler, err := web.New(useCases, configuration)
	if err != nil {
		return usageError{err}
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: headerLimit,
		ErrorLog:       log.New(withoutAddresses{configuration.Log}, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	address := *configuration.BaseURL
	address.Path = strings.TrimSuffix(address.Path, "/") + "/"
	if _, err := fmt.Fprintf(to.out, "Whetstone is ready. Open %s\n", &address); err != nil {
		return err
	}
	notify(configuration.Log, daemon.SdNotifyReady)
	// The start has read, checked and thrown away more than serving needs.
	debug.FreeOSMemory()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	notify(configuration.Log, daemon.SdNotifyStopping)
	// The context has ended, so what is in flight gets its own time.
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return fmt.Errorf("stopped before every request was answered: %w", err)
	}
	_, err = fmt.Fprintln(to.out, "Stopped.")
	return err
}

// notify tells systemd, if it started the program, what state the program is in.
func notify(to *slog.Logger, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		to.Warn("systemd can't be told", "state", state, "error", err)
	}
}

// reason strips from a network error what the message already says.
func reason(err error) error {
	if operation, ok := errors.AsType[*net.OpError](err); ok {
		return operation.Err
	}
	return err
}
