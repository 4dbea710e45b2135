package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// chromiumProcess is a running Chromium, driven by its own protocol.
type chromiumProcess struct {
	context context.Context
	cancel  func()
	// reopener is the extension that knows the closed tabs of the process, once its own are asked for.
	reopener context.Context
}

func startChromium(ctx context.Context, folder string, restore bool) (process, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, errors.New("these tests need Chromium, which is not in the path (Debian: apt install chromium)")
	}
	extension, err := writeReopener(folder)
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(folder),
		chromedp.NoSandbox, // in a container there is nothing to build it from, and only our own pages are opened
		chromedp.DisableGPU,
		chromedp.IgnoreCertErrors, // the tests' own certificates are signed by nobody
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", false), // they take part in the layout of those who see them
		chromedp.Flag("disable-extensions", false),
		chromedp.Flag("load-extension", extension),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,DisableLoadExtensionCommandLineSwitch"),
	)
	if restore {
		options = append(options, chromedp.Flag("restore-last-session", true))
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	started := &chromiumProcess{}
	var cancel func()
	started.context, cancel = chromedp.NewContext(allocator)
	started.cancel = func() { cancel(); cancelAllocator() }
	// The first command starts the process, which lives as long as that command's context.
	failed := make(chan error, 1)
	go func() { failed <- chromedp.Do(started.context) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		started.cancel()
		return nil, fmt.Errorf("Chromium does not start (try: chromium --headless --no-sandbox --dump-dom about:blank): %w", err)
	}
	return started, nil
}

// reopenerFiles are an extension that opens the tab again that was closed last, as a person does by a key: Chromium's
// protocol has nothing for that, and a key that it presses reaches no further than the page.
var reopenerFiles = map[string]string{
	"manifest.json": `{"manifest_version": 3, "name": "Reopener", "version": "1", "permissions": ["sessions"], "background": {"service_worker": "worker.js"}}`,
	"worker.js":     "",
}

func writeReopener(folder string) (path string, err error) {
	path = filepath.Join(folder, "reopener")
	if err := os.MkdirAll(path, 0o755); err != nil {
		return "", err
	}
	for name, content := range reopenerFiles {
		err = errors.Join(err, os.WriteFile(filepath.Join(path, name), []byte(content), 0o644))
	}
	return path, err
}

// attachReopener attaches to the extension as soon as it runs: left alone it would be put to sleep. It is let go with
// the process.
func (c *chromiumProcess) attachReopener(ctx context.Context) error {
	for {
		targets, err := chromedp.Targets(c.context)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		for _, one := range targets {
			if one.Type == "service_worker" && strings.HasPrefix(one.URL, "chrome-extension:") {
				c.reopener, _ = chromedp.NewContext(c.context, chromedp.WithTargetID(one.TargetID))
				return chromedp.Do(c.reopener)
			}
		}
	}
}

// sessions runs an expression in the extension.
func (c *chromiumProcess) sessions(expression string, into any) error {
	found, err := chromedp.Run(c.reopener, chromedp.Evaluate[[]byte](expression, awaited))
	if err != nil {
		return err
	}
	return json.Unmarshal(found, into)
}

func (c *chromiumProcess) isolated(ctx context.Context) (jar, error) {
	made, err := chromedp.CallBrowser(c.context, target.CreateBrowserContext, target.CreateBrowserContextParams{})
	return &chromiumJar{c, made.BrowserContextID}, err
}

func (c *chromiumProcess) own(ctx context.Context) (jar, error) {
	return &chromiumJar{process: c}, c.attachReopener(ctx)
}

func (c *chromiumProcess) restored(ctx context.Context, count int, watch func() *watcher) ([]page, error) {
	var pages []page
	for seen := map[target.ID]bool{}; len(pages) < count; {
		targets, err := chromedp.Targets(c.context)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		for _, one := range targets {
			if one.Type != "page" || seen[one.TargetID] || !strings.HasPrefix(one.URL, "http") {
				continue
			}
			seen[one.TargetID] = true
			opened, err := c.page(watch(), chromedp.WithTargetID(one.TargetID))
			if err != nil {
				return nil, err
			}
			pages = append(pages, keptChromiumPage{opened, c})
		}
	}
	return pages, nil
}

func (c *chromiumProcess) lose(ctx context.Context) error {
	return c.stop(ctx) // killed, it would lose what it has not written yet, some seconds' worth
}

func (c *chromiumProcess) stop(ctx context.Context) error {
	ending, cancel := context.WithCancel(c.context)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	err := chromedp.Cancel(ending)
	c.cancel()
	return err
}

// chromiumJar is a browser context; without an id the one that the process keeps.
type chromiumJar struct {
	process *chromiumProcess
	id      cdp.BrowserContextID
}

func (j *chromiumJar) setCookie(ctx context.Context, base string, cookie *http.Cookie) error {
	_, err := chromedp.CallBrowser(j.process.context, storage.SetCookies, storage.SetCookiesParams{
		BrowserContextID: j.id,
		Cookies: []*network.CookieParam{{
			Name: cookie.Name, Value: cookie.Value, URL: base, HTTPOnly: true, SameSite: network.CookieSameSiteLax,
			Expires: cdp.TimeSinceEpoch(time.Now().Add(cookieLife).Unix()),
		}},
	})
	return err
}

func (j *chromiumJar) clearCookies(context.Context) error {
	_, err := chromedp.CallBrowser(j.process.context, storage.ClearCookies, storage.ClearCookiesParams{BrowserContextID: j.id})
	return err
}

func (j *chromiumJar) open(ctx context.Context, seen *watcher) (page, error) {
	if j.id == "" {
		opened, err := j.process.page(seen)
		return keptChromiumPage{opened, j.process}, err
	}
	return j.process.page(seen, chromedp.WithExistingBrowserContext(j.id))
}

func (j *chromiumJar) close(ctx context.Context) error {
	if j.id == "" {
		return nil
	}
	_, err := chromedp.CallBrowser(j.process.context, target.DisposeBrowserContext, target.DisposeBrowserContextParams{BrowserContextID: j.id})
	return err
}

// chromiumPage is a tab, which lives as long as its context.
type chromiumPage struct {
	context context.Context
	cancel  func()
}

// page opens a tab, or attaches to one.
func (c *chromiumProcess) page(seen *watcher, options ...chromedp.ContextOption) (*chromiumPage, error) {
	opened := &chromiumPage{}
	see := func(event any) {
		seen.see(event)
		if _, opening := event.(*cdppage.EventJavascriptDialogOpening); opening {
			// The watcher has noted it; unanswered it would block the tab.
			go func() {
				_, _ = chromedp.Call(opened.context, cdppage.HandleJavaScriptDialog, cdppage.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}
	opened.context, opened.cancel = chromedp.NewContext(c.context, append(options, chromedp.WithListener(see))...)
	// The first command opens the tab, which lives as long as that command's context: no time limit here.
	if err := chromedp.Do(opened.context); err != nil {
		return nil, err
	}
	if _, err := chromedp.Call(opened.context, audits.Enable, cdp.Empty{}); err != nil {
		return nil, err
	}
	// Of the windows of several tests only one has the focus; each behaves as if it had.
	_, err := chromedp.Call(opened.context, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return opened, err
}

// act runs an action of the driver, within the bounds of a context.
func act[T any](ctx context.Context, p *chromiumPage, action chromedp.Action[T]) (T, error) {
	bounded, cancel := context.WithCancelCause(p.context)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
	value, err := chromedp.Run(bounded, action)
	if err != nil && ctx.Err() != nil {
		err = errors.Join(err, ctx.Err())
	}
	return value, err
}

func (p *chromiumPage) navigate(ctx context.Context, address string) error {
	_, err := act(ctx, p, chromedp.Navigate(address))
	return err
}

func (p *chromiumPage) reload(ctx context.Context) error {
	_, err := act(ctx, p, calling(cdppage.Reload, cdppage.ReloadParams{}))
	return err
}

func (p *chromiumPage) travel(ctx context.Context, by int) error {
	history, err := act(ctx, p, chromedp.NavigationEntries())
	if err != nil {
		return err
	}
	to := int(history.CurrentIndex) + by
	if to < 0 || to >= len(history.Entries) {
		return errors.New("the history does not reach so far")
	}
	_, err = act(ctx, p, calling(cdppage.NavigateToHistoryEntry, cdppage.NavigateToHistoryEntryParams{EntryID: history.Entries[to].ID}))
	return err
}

func (p *chromiumPage) evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	return act(ctx, p, chromedp.Evaluate[[]byte](expression, awaited))
}

func (p *chromiumPage) run(ctx context.Context, script string) error {
	_, err := act(ctx, p, chromedp.Evaluate[chromedp.Void](script, awaited, pressed))
	return err
}

func awaited(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }

// pressed makes a script one that a person has started: what no person does is skipped by the back button.
func pressed(p *runtime.EvaluateParams) { p.UserGesture = new(true) }

func (p *chromiumPage) click(ctx context.Context, at point) error {
	_, err := act(ctx, p, chromedp.MouseClickXY(at.X, at.Y))
	return err
}

func (p *chromiumPage) keys(ctx context.Context, keys string) error {
	_, err := act(ctx, p, chromedp.KeyEvent(keys))
	return err
}

func (p *chromiumPage) resize(ctx context.Context, width, height int64) error {
	_, err := act(ctx, p, chromedp.EmulateViewport(width, height))
	return err
}

func (p *chromiumPage) prefer(ctx context.Context, scheme, motion string) error {
	_, err := act(ctx, p, calling(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}}))
	return err
}

func (p *chromiumPage) picture(ctx context.Context) ([]byte, error) {
	taken, err := act(ctx, p, calling(cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{
		Format: cdppage.CaptureScreenshotFormatPng, CaptureBeyondViewport: new(true),
	}))
	return taken.Data, err
}

func (p *chromiumPage) close(ctx context.Context) error {
	p.cancel()
	return nil
}

// keptChromiumPage is a tab of which the process remembers that it was closed: those of isolated profiles are forgotten.
type keptChromiumPage struct {
	*chromiumPage
	process *chromiumProcess
}

// closeForNow implements reopener.
func (p keptChromiumPage) closeForNow(ctx context.Context) (func(context.Context, *watcher) (page, error), error) {
	const closed = `chrome.sessions.getRecentlyClosed().then((list) => list.length)`
	var before, after int
	if err := p.process.sessions(closed, &before); err != nil {
		return nil, err
	}
	if err := chromedp.Cancel(p.context); err != nil {
		return nil, err
	}
	for after = before; after == before; {
		if err := errors.Join(p.process.sessions(closed, &after), ctx.Err()); err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context, seen *watcher) (page, error) {
		open, err := chromedp.Targets(p.process.context)
		if err != nil {
			return nil, err
		}
		known := map[target.ID]bool{}
		for _, one := range open {
			known[one.TargetID] = true
		}
		var done bool
		if err := p.process.sessions(`chrome.sessions.restore().then(() => true)`, &done); err != nil {
			return nil, err
		}
		for {
			targets, err := chromedp.Targets(p.process.context)
			if err = errors.Join(err, ctx.Err()); err != nil {
				return nil, err
			}
			for _, one := range targets {
				if one.Type == "page" && !known[one.TargetID] && strings.HasPrefix(one.URL, "http") {
					opened, err := p.process.page(seen, chromedp.WithTargetID(one.TargetID))
					return keptChromiumPage{opened, p.process}, err
				}
			}
		}
	}, nil
}

// calling is a command of the protocol as an action.
func calling[P, R any](command cdp.Command[P, R], parameters P) chromedp.Action[R] {
	return func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, parameters)
	}
}

// do runs an action that only Chromium's driver knows, and returns its value.
func do[T any](tab *tab, action chromedp.Action[T]) T {
	tab.t.Helper()
	driven, ok := tab.page.(*chromiumPage)
	if kept, own := tab.page.(keptChromiumPage); own {
		driven, ok = kept.chromiumPage, true
	}
	if !ok {
		tab.t.Fatalf("this test needs Chromium, not %s", tab.profile.engine)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	value, err := act(ctx, driven, action)
	if err != nil {
		tab.t.Fatalf("%v\n%s", err, tab.where())
	}
	return value
}

// call sends a command of Chromium's protocol.
func call[P, R any](tab *tab, command cdp.Command[P, R], parameters P) R {
	tab.t.Helper()
	return do(tab, calling(command, parameters))
}
