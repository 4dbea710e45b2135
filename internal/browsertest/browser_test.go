// Package browsertest drives the whole app in Debian's Chromium: the real handler over a real SQLite
// file on a loopback address, as a person with a mouse, a keyboard, a phone or no JavaScript meets it.
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
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// stopTimeout bounds how long the browser may take to close at the end.
const stopTimeout = 10 * time.Second

func TestMain(m *testing.M) {
	status := m.Run()
	if err := stopBrowser(); err != nil {
		fmt.Fprintln(os.Stderr, "the browser did not close as it should:", err)
		status = max(status, 1)
	}
	os.Exit(status)
}

// process is the one browser of the package; profiles keep its tests apart.
var process struct {
	once    sync.Once
	context context.Context
	folder  string
	cancel  context.CancelFunc
	err     error
}

// browser gives the browser's context; the first call starts it.
func browser(t *testing.T) context.Context {
	t.Helper()
	process.once.Do(startBrowser)
	if process.err != nil {
		t.Fatal(process.err)
	}
	return process.context
}

func startBrowser() {
	path, err := exec.LookPath("chromium")
	if err != nil {
		process.err = errors.New("these tests need Chromium, which is not in the path (Debian: apt install chromium)")
		return
	}
	if process.folder, process.err = os.MkdirTemp("", "whetstone-chromium-"); process.err != nil {
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(process.folder),
		chromedp.NoSandbox, // in a container there is nothing to build it from, and only our own pages are opened
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", false), // they take part in the layout of those who see them
	)
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	started, cancel := chromedp.NewContext(allocator)
	process.context = started
	process.cancel = func() { cancel(); cancelAllocator() }
	if err := chromedp.Do(started); err != nil {
		process.err = fmt.Errorf("Chromium does not start (try: chromium --headless --no-sandbox --dump-dom about:blank): %w", err)
	}
}

// stopBrowser ends the browser and removes its folder.
func stopBrowser() error {
	if process.context == nil {
		return nil
	}
	ending, cancel := context.WithTimeout(process.context, stopTimeout)
	defer cancel()
	err := chromedp.Cancel(ending)
	process.cancel()
	return errors.Join(err, os.RemoveAll(process.folder))
}

// profile is cookies and a cache of its own, as of another person's browser.
type profile struct {
	t      *testing.T
	server *server
	id     cdp.BrowserContextID
}

// newProfile opens a profile without cookies, which is removed when the test ends.
func (s *server) newProfile(t *testing.T) *profile {
	t.Helper()
	browser := browser(t)
	made, err := chromedp.CallBrowser(browser, target.CreateBrowserContext, target.CreateBrowserContextParams{})
	if err != nil {
		t.Fatal("a new profile:", err)
	}
	t.Cleanup(func() {
		_, _ = chromedp.CallBrowser(browser, target.DisposeBrowserContext, target.DisposeBrowserContextParams(made))
	})
	return &profile{t: t, server: s, id: made.BrowserContextID}
}

// newTab opens a tab in a profile of its own.
func (s *server) newTab(t *testing.T) *tab {
	t.Helper()
	return s.newProfile(t).newTab(t)
}

// newTabOf opens a tab in a profile of its own that holds the session of a visitor.
func (s *server) newTabOf(t *testing.T, v *visitor) *tab {
	t.Helper()
	opened := s.newTab(t)
	for _, cookie := range v.cookies() {
		call(opened, network.SetCookie, network.SetCookieParams{
			Name: cookie.Name, Value: cookie.Value, URL: s.base,
			HTTPOnly: new(true), SameSite: network.CookieSameSiteLax,
		})
	}
	return opened
}
