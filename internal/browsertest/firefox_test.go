package browsertest

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// firefoxPreferences keep the browser to this machine and to what a test tells it. Its remote agent adds a good
// many of its own. Whatever would still ask another machine is sent to a proxy that isn't there.
const firefoxPreferences = `
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "127.0.0.1, localhost");
user_pref("network.proxy.failover_direct", false);
user_pref("network.dns.disabled", true);
user_pref("network.trr.mode", 5);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.startup.homepage", "about:blank");
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("dom.security.https_only_mode", false);
user_pref("dom.security.https_first", false);
user_pref("dom.push.enabled", false);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("media.gmp-provider.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("toolkit.telemetry.unified", false);
user_pref("browser.sessionstore.max_resumed_crashes", -1);
user_pref("browser.sessionstore.max_tabs_undo", 25);
`

// firefoxOrigin is what the connection says it comes from.
const firefoxOrigin = "http://127.0.0.1"

// firefoxProcess is a running Firefox ESR, driven by WebDriver BiDi.
type firefoxProcess struct {
	child *child
	bidi  *bidi

	mutex    sync.Mutex
	watchers map[string]*watcher
}

func startFirefox(ctx context.Context, folder string, restore bool) (process, error) {
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		return nil, errors.New("these tests need Firefox ESR, which is not in the path (Debian: apt install firefox-esr)")
	}
	preferences := firefoxPreferences
	if restore {
		preferences += "user_pref(\"browser.startup.page\", 3);\n" // the windows and tabs of last time
	}
	if err := os.WriteFile(filepath.Join(folder, "user.js"), []byte(preferences), 0o600); err != nil {
		return nil, err
	}
	command := exec.Command(path, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0",
		"--remote-allow-origins="+firefoxOrigin, "--remote-allow-system-access")
	command.Env = append(os.Environ(), "HOME="+folder, "XDG_CACHE_HOME="+folder, "MOZ_CRASHREPORTER_DISABLE=1", "MOZ_DISABLE_AUTO_SAFE_MODE=1")
	says, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = write
	started := &firefoxProcess{watchers: map[string]*watcher{}}
	started.child, err = startChild(command)
	_ = write.Close()
	if err != nil {
		return nil, err
	}
	address, err := listeningAt(ctx, says)
	if err == nil {
		started.bidi, err = connectBiDi(ctx, address+"/session", firefoxOrigin, started.see)
	}
	if err == nil {
		err = started.begin(ctx)
	}
	if err != nil {
		_ = started.child.end(ctx, syscall.SIGKILL)
		return nil, fmt.Errorf("Firefox does not start (try: firefox-esr --headless --screenshot about:blank): %w", err)
	}
	return started, nil
}

// listeningAt reads what the browser says until it names its address, and goes on reading so that it never waits.
func listeningAt(ctx context.Context, says *os.File) (string, error) {
	const words = "WebDriver BiDi listening on "
	found := make(chan string, 1)
	go func() {
		defer close(found)
		lines := bufio.NewScanner(says)
		for lines.Scan() {
			if _, address, ok := strings.Cut(lines.Text(), words); ok {
				found <- strings.TrimSpace(address)
				_, _ = io.Copy(io.Discard, says)
				return
			}
		}
	}()
	select {
	case address, ok := <-found:
		if !ok {
			return "", errors.New("it ended without naming the address of WebDriver BiDi")
		}
		return address, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// begin opens the session and asks for the events that the watchers see.
func (f *firefoxProcess) begin(ctx context.Context) error {
	err := f.bidi.call(ctx, "session.new", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"acceptInsecureCerts": true, "unhandledPromptBehavior": map[string]string{"default": "accept"},
	}}}, nil)
	if err != nil {
		return err
	}
	err = f.bidi.call(ctx, "session.subscribe", map[string]any{"events": []string{
		"log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError",
		"browsingContext.userPromptOpened", "script.message",
	}}, nil)
	if err != nil {
		return err
	}
	// No event tells of the content security policy: each page tells of it itself.
	return f.bidi.call(ctx, "script.addPreloadScript", map[string]any{
		"functionDeclaration": "(tell) => addEventListener(\"securitypolicyviolation\", (e) => tell(`${e.effectiveDirective} violated by \"${e.blockedURI}\" (${e.sourceFile}:${e.lineNumber})`))",
		"arguments":           []any{map[string]any{"type": "channel", "value": map[string]any{"channel": "policy"}}},
	}, nil)
}

// see notes what a tab does.
func (f *firefoxProcess) see(method string, parameters json.RawMessage) {
	var event struct {
		Context string
		Source  struct{ Context string }
		// of the log
		Level, Text string
		// of the network
		Request   struct{ URL string }
		Response  struct{ Status int }
		ErrorText string
		// of a prompt
		Type, Message string
		// of a message
		Data remoteValue
	}
	if json.Unmarshal(parameters, &event) != nil {
		return
	}
	f.mutex.Lock()
	seen := f.watchers[event.Context+event.Source.Context]
	f.mutex.Unlock()
	if seen == nil {
		return
	}
	switch method {
	case "log.entryAdded":
		seen.logged(event.Level, event.Text)
	case "network.beforeRequestSent":
		seen.asked(event.Request.URL)
	case "network.responseCompleted":
		if event.Response.Status >= http.StatusBadRequest {
			seen.failed(event.Request.URL, fmt.Sprint(event.Response.Status))
		}
	case "network.fetchError":
		if event.ErrorText != "NS_BINDING_ABORTED" { // a page was left while it still asked for something
			seen.failed(event.Request.URL, event.ErrorText)
		}
	case "browsingContext.userPromptOpened":
		seen.asks(event.Type, event.Message)
	case "script.message":
		text, _ := event.Data.plain()
		seen.violated(fmt.Sprintf("%s", text))
	}
}

func (f *firefoxProcess) watch(id string, seen *watcher) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if seen == nil {
		delete(f.watchers, id)
		return
	}
	f.watchers[id] = seen
}

func (f *firefoxProcess) isolated(ctx context.Context) (jar, error) {
	var made struct{ UserContext string }
	err := f.bidi.call(ctx, "browser.createUserContext", map[string]any{"acceptInsecureCerts": true}, &made)
	return &firefoxJar{f, made.UserContext}, err
}

func (f *firefoxProcess) own(context.Context) (jar, error) { return &firefoxJar{f, "default"}, nil }

func (f *firefoxProcess) restored(ctx context.Context, _ int, watch func() *watcher) ([]page, error) {
	// Only the chosen tab of a window loads by itself; this opens them all, as a person does who looks at each.
	var ids []string
	err := f.command(ctx, &ids, `
		const ids = [];
		for (const window of Services.wm.getEnumerator("navigator:browser")) {
			await window.gBrowserInit.delayedStartupFinished ?? 0;
			await SessionStore.promiseAllWindowsRestored;
			for (const tab of window.gBrowser.tabs) {
				const restoring = tab.hasAttribute("pending") || tab.linkedBrowser.currentURI.spec === "about:blank";
				if (!SessionStore.getTabState(tab).includes("http")) continue;
				window.gBrowser.selectedTab = tab;
				if (restoring) await restored(tab);
				ids.push(NavigableManager.getIdForBrowser(tab.linkedBrowser));
			}
		}
		return ids;`)
	var pages []page
	for _, id := range ids {
		f.watch(id, watch())
		pages = append(pages, &firefoxPage{f, id})
	}
	return pages, err
}

// command runs a script with the rights of the browser itself.
func (f *firefoxProcess) command(ctx context.Context, into any, script string) error {
	var tree struct{ Contexts []struct{ Context string } }
	if err := f.bidi.call(ctx, "browsingContext.getTree", map[string]any{"moz:scope": "chrome"}, &tree); err != nil {
		return err
	}
	if len(tree.Contexts) == 0 {
		return errors.New("the browser has no window")
	}
	var answer evaluation
	err := f.bidi.call(ctx, "script.evaluate", map[string]any{
		"target": map[string]string{"context": tree.Contexts[0].Context}, "awaitPromise": true,
		"expression": `(async () => {
			const load = (address) => ChromeUtils.importESModule(address);
			const { NavigableManager } = load("chrome://remote/content/shared/NavigableManager.sys.mjs");
			const { SessionStore } = load("resource:///modules/sessionstore/SessionStore.sys.mjs");
			const { SessionSaver } = load("resource:///modules/sessionstore/SessionSaver.sys.mjs");
			const { TabStateFlusher } = load("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
			const restored = (tab) => new Promise((resolve) => tab.addEventListener("SSTabRestored", resolve, { once: true }));
			// The session store takes note of a new window some time after it has opened, and forgets its tabs before.
			const noted = async (window) => {
				for (;;) {
					try {
						return SessionStore.getWindowState(window);
					} catch {
						await new Promise((resolve) => window.requestIdleCallback(resolve));
					}
				}
			};
			` + script + `
		})()`,
	}, &answer)
	if err != nil {
		return err
	}
	value, err := answer.value()
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(value, into)
}

func (f *firefoxProcess) lose(ctx context.Context) error {
	// It would note by itself after some seconds what is open and what stands in its forms.
	err := f.command(ctx, nil, `
		for (const window of Services.wm.getEnumerator("navigator:browser")) await TabStateFlusher.flushWindow(window);
		await SessionSaver.run();`)
	return errors.Join(err, f.child.end(ctx, syscall.SIGKILL))
}

func (f *firefoxProcess) stop(ctx context.Context) error {
	if err := f.bidi.call(ctx, "browser.close", map[string]any{}, nil); err != nil {
		return errors.Join(err, f.child.end(ctx, syscall.SIGTERM))
	}
	return f.child.wait(ctx)
}

// firefoxJar is a user context.
type firefoxJar struct {
	process *firefoxProcess
	id      string
}

func (j *firefoxJar) setCookie(ctx context.Context, base string, cookie *http.Cookie) error {
	address, err := url.Parse(base)
	if err != nil {
		return err
	}
	return j.process.bidi.call(ctx, "storage.setCookie", map[string]any{
		"cookie": map[string]any{
			"name": cookie.Name, "value": map[string]string{"type": "string", "value": cookie.Value},
			"domain": address.Hostname(), "path": "/", "httpOnly": true, "sameSite": "lax", "secure": address.Scheme == "https",
			"expiry": time.Now().Add(cookieLife).Unix(),
		},
		"partition": j.partition(),
	}, nil)
}

func (j *firefoxJar) clearCookies(ctx context.Context) error {
	return j.process.bidi.call(ctx, "storage.deleteCookies", map[string]any{"partition": j.partition()}, nil)
}

func (j *firefoxJar) partition() map[string]string {
	return map[string]string{"type": "storageKey", "userContext": j.id}
}

// open opens a window: of several tabs in a window only one would be visible to its page.
func (j *firefoxJar) open(ctx context.Context, seen *watcher) (page, error) {
	var made struct{ Context string }
	err := j.process.bidi.call(ctx, "browsingContext.create", map[string]any{"type": "window", "userContext": j.id}, &made)
	j.process.watch(made.Context, seen)
	return &firefoxPage{j.process, made.Context}, err
}

func (j *firefoxJar) close(ctx context.Context) error {
	if j.id == "default" {
		return nil
	}
	return j.process.bidi.call(ctx, "browser.removeUserContext", map[string]any{"userContext": j.id}, nil)
}

// firefoxPage is a tab, by the id of its browsing context.
type firefoxPage struct {
	process *firefoxProcess
	id      string
}

// call sends a command about this tab.
func (p *firefoxPage) call(ctx context.Context, method string, parameters map[string]any, into any) error {
	parameters["context"] = p.id
	return p.process.bidi.call(ctx, method, parameters, into)
}

func (p *firefoxPage) navigate(ctx context.Context, address string) error {
	return p.call(ctx, "browsingContext.navigate", map[string]any{"url": address, "wait": "complete"}, nil)
}

func (p *firefoxPage) reload(ctx context.Context) error {
	return p.call(ctx, "browsingContext.reload", map[string]any{"wait": "complete"}, nil)
}

func (p *firefoxPage) travel(ctx context.Context, by int) error {
	return p.call(ctx, "browsingContext.traverseHistory", map[string]any{"delta": by}, nil)
}

func (p *firefoxPage) evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	return p.script(ctx, expression, false)
}

func (p *firefoxPage) run(ctx context.Context, script string) error {
	_, err := p.script(ctx, script, true)
	return err
}

func (p *firefoxPage) script(ctx context.Context, script string, asPerson bool) (json.RawMessage, error) {
	var answer evaluation
	err := p.process.bidi.call(ctx, "script.evaluate", map[string]any{
		"target": map[string]string{"context": p.id}, "expression": script, "awaitPromise": true, "userActivation": asPerson,
	}, &answer)
	if err != nil {
		return nil, err
	}
	return answer.value()
}

func (p *firefoxPage) click(ctx context.Context, at point) error {
	return p.call(ctx, "input.performActions", map[string]any{"actions": mouseClick(at)}, nil)
}

// front gives the tab the focus, which of the windows of several tests only one has. A page that gives way to another
// while it is asked is gone for the driver, which doesn't ask the next one by itself; to ask again does no harm.
func (p *firefoxPage) front(ctx context.Context) error {
	for {
		err := p.call(ctx, "browsingContext.activate", map[string]any{}, nil)
		if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "DiscardedBrowsingContextError") {
			return err
		}
	}
}

func (p *firefoxPage) keys(ctx context.Context, keys string) error {
	if err := p.front(ctx); err != nil {
		return err
	}
	return p.call(ctx, "input.performActions", map[string]any{"actions": keyPresses(keys)}, nil)
}

func (p *firefoxPage) resize(ctx context.Context, width, height int64) error {
	return p.call(ctx, "browsingContext.setViewport", map[string]any{"viewport": map[string]int64{"width": width, "height": height}}, nil)
}

// prefer sets the colour scheme of the tab. Whether motion is reduced is a setting of the whole browser here.
func (p *firefoxPage) prefer(ctx context.Context, scheme, _ string) error {
	id, _ := json.Marshal(p.id)
	wanted, _ := json.Marshal(scheme)
	return p.process.command(ctx, nil, fmt.Sprintf(`NavigableManager.getBrowserById(%s).browsingContext.prefersColorSchemeOverride = %s;`, id, wanted))
}

func (p *firefoxPage) picture(ctx context.Context) ([]byte, error) {
	var taken struct{ Data string }
	if err := p.call(ctx, "browsingContext.captureScreenshot", map[string]any{"origin": "document"}, &taken); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(taken.Data)
}

func (p *firefoxPage) close(ctx context.Context) error {
	p.process.watch(p.id, nil)
	return p.call(ctx, "browsingContext.close", map[string]any{}, nil)
}

// closeForNow closes the tab. Its window stays, since it is the window that knows which tabs it had.
func (p *firefoxPage) closeForNow(ctx context.Context) (func(context.Context, *watcher) (page, error), error) {
	id, _ := json.Marshal(p.id)
	var window int
	err := p.process.command(ctx, &window, fmt.Sprintf(`
		const browser = NavigableManager.getBrowserById(%s), window = browser.ownerDocument.defaultView, { gBrowser } = window;
		await noted(window);
		await TabStateFlusher.flush(browser);
		gBrowser.selectedTab = gBrowser.addTrustedTab("about:blank");
		const tab = gBrowser.getTabForBrowser(browser), closed = new Promise((done) => tab.addEventListener("TabClose", done, { once: true }));
		gBrowser.removeTab(tab);
		await closed;
		return window.docShell.outerWindowID;`, id))
	p.process.watch(p.id, nil)
	return func(ctx context.Context, seen *watcher) (page, error) {
		var reopened string
		err := p.process.command(ctx, &reopened, fmt.Sprintf(`
			const window = Services.wm.getOuterWindowWithId(%d);
			await noted(window);
			const tab = SessionStore.undoCloseTab(window, 0);
			await restored(tab);
			window.gBrowser.selectedTab = tab;
			return NavigableManager.getIdForBrowser(tab.linkedBrowser);`, window))
		p.process.watch(reopened, seen)
		return &firefoxPage{p.process, reopened}, err
	}, err
}
