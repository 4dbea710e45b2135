// Package browsertest drives the whole app in Debian's browsers, Chromium before all: the real handler over a real
// SQLite file on a loopback address, as a person with a mouse, a keyboard, a phone or no JavaScript meets it.
//
// Every page that a test opens is watched: an error or a warning on the console, an exception, a
// violation of the content security policy, and a request to another origin each fail the test (see
// watch_test.go).
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	status := m.Run()
	for _, one := range []*engine{chromium, firefox, webkit} {
		if err := one.stop(); err != nil {
			fmt.Fprintf(os.Stderr, "%s did not close as it should: %v\n", one, err)
			status = max(status, 1)
		}
	}
	os.Exit(status)
}

// profile is cookies and a cache of its own, as of another person's browser.
type profile struct {
	t      *testing.T
	server *server
	engine *engine
	jar    jar
	// tabs are those that are or were open.
	tabs []*tab
	// process and folder are those of a profile that is a whole browser of its own.
	process process
	folder  string
}

// newProfile opens a profile without cookies, which is removed when the test ends.
func (s *server) newProfile(t *testing.T) *profile {
	t.Helper()
	p := &profile{t: t, server: s, engine: s.engine}
	process := s.engine.process(t)
	p.bounded("a new profile", func(ctx context.Context) (err error) {
		p.jar, err = process.isolated(ctx)
		return err
	})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_ = p.jar.close(ctx)
	})
	return p
}

// newLastingProfile opens a profile whose closed tabs can be opened again: with Chromium a browser of its own, since
// it forgets those of others.
func (s *server) newLastingProfile(t *testing.T) *profile {
	t.Helper()
	if s.engine == chromium {
		return s.newBrowser(t)
	}
	return s.newProfile(t)
}

// at is the same profile on its way to another server.
func (p *profile) at(s *server) *profile {
	return &profile{t: p.t, server: s, engine: p.engine, jar: p.jar}
}

// newBrowser starts a browser of its own, which a test can end and start again.
func (s *server) newBrowser(t *testing.T) *profile {
	t.Helper()
	folder, err := os.MkdirTemp("", "whetstone-browser-")
	if err != nil {
		t.Fatal(err)
	}
	p := &profile{t: t, server: s, engine: s.engine, folder: folder}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		if p.process != nil {
			_ = p.process.stop(ctx)
		}
		if err := removeFolder(folder); err != nil {
			t.Error(err)
		}
	})
	p.start(false)
	return p
}

// start starts the profile's own browser.
func (p *profile) start(restore bool) {
	p.t.Helper()
	p.bounded("starting "+p.engine.name, func(ctx context.Context) (err error) {
		if p.process, err = p.engine.start(ctx, p.folder, restore); err == nil {
			p.jar, err = p.process.own(ctx)
		}
		return err
	})
}

// lose ends the profile's own browser, as when a machine goes down: its tabs are no more, and restart brings them
// back.
func (p *profile) lose() {
	p.t.Helper()
	p.bounded("ending "+p.engine.name, func(ctx context.Context) error {
		err := p.process.lose(ctx)
		p.process = nil
		return err
	})
}

// restart starts the profile's own browser again after lose, and returns the tabs that it restores, in any order.
func (p *profile) restart() (restored []*tab) {
	p.t.Helper()
	count := 0
	for _, tab := range p.tabs {
		if !tab.closed {
			tab.closed = true
			count++
		}
	}
	p.start(true)
	p.bounded("restoring the tabs", func(ctx context.Context) error {
		var watchers []*watcher
		pages, err := p.process.restored(ctx, count, func() *watcher {
			watchers = append(watchers, &watcher{origin: p.server.base})
			return watchers[len(watchers)-1]
		})
		for i, page := range pages {
			restored = append(restored, p.attach(p.t, page, watchers[i]))
		}
		return err
	})
	return restored
}

// bounded runs what may take the engine some time.
func (p *profile) bounded(what string, act func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if err := act(ctx); errors.Is(err, errUnable) {
		p.t.Skipf("%s, %s: %v", p.engine, what, err)
	} else if err != nil {
		p.t.Fatalf("%s, %s: %v", p.engine, what, err)
	}
}

// newTab opens a tab in a profile of its own.
func (s *server) newTab(t *testing.T) *tab {
	t.Helper()
	return s.newProfile(t).newTab(t)
}

// newTabOf opens a tab in a profile of its own that holds the session of a visitor.
func (s *server) newTabOf(t *testing.T, v *visitor) *tab {
	t.Helper()
	p := s.newProfile(t)
	p.becomes(v)
	return p.newTab(t)
}

// becomes gives the profile the session of a visitor, in the place of any before.
func (p *profile) becomes(v *visitor) {
	p.t.Helper()
	p.bounded("clearing the cookies", p.jar.clearCookies)
	for _, cookie := range v.cookies() {
		p.bounded("setting a cookie", func(ctx context.Context) error { return p.jar.setCookie(ctx, p.server.base, cookie) })
	}
}
