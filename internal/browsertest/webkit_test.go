package browsertest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// webkitScreen is the size of a screen that nobody sees. Its mouse is in the middle, and as there is no window manager,
// the window that lies there has the focus: one that begins at webkitFront has it, one that begins at webkitAside not.
const (
	webkitScreen = "1700x1300x24"
	webkitFront  = 400
	webkitAside  = 900
)

// webkitProcess starts profiles: a driver serves one browser, which has one profile.
type webkitProcess struct{ folder, screen, driver, browser string }

func startWebKit(_ context.Context, folder string, _ bool) (process, error) {
	found, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	driver, err := exec.LookPath("WebKitWebDriver")
	if err != nil || len(found) == 0 {
		return nil, errors.New("these tests need WebKitGTK's driver and its small browser (Debian: apt install webkit2gtk-driver)")
	}
	screen, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, errors.New("these tests need Xvfb, which is not in the path (Debian: apt install xvfb)")
	}
	return &webkitProcess{folder, screen, driver, found[len(found)-1]}, nil
}

func (w *webkitProcess) isolated(ctx context.Context) (jar, error) {
	folder, err := os.MkdirTemp(w.folder, "")
	if err != nil {
		return nil, err
	}
	made := &webkitJar{browser: w.browser}
	if err = errors.Join(made.showOn(ctx, w.screen), made.drive(ctx, w.driver, folder)); err != nil {
		return nil, errors.Join(fmt.Errorf("WebKit does not start: %w", err), made.end(ctx))
	}
	return made, nil
}

func (w *webkitProcess) own(context.Context) (jar, error) { return nil, errUnable }

func (w *webkitProcess) restored(context.Context, int, func() *watcher) ([]page, error) {
	return nil, errUnable
}

func (w *webkitProcess) lose(context.Context) error { return errUnable }

func (w *webkitProcess) stop(context.Context) error { return nil }

// webkitJar is a session of a driver. Its commands go to one window at a time.
type webkitJar struct {
	screen, driver *child
	display        string
	browser, base  string
	session        string

	mutex sync.Mutex
	// current is the window to which commands go, front the one that has the focus.
	current string
	front   *webkitPage
	// unused is the window with which the browser starts.
	unused  string
	cookies []func(context.Context, *webkitPage) error
}

// showOn starts the screen.
func (j *webkitJar) showOn(ctx context.Context, path string) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = read.Close() }()
	command := exec.Command(path, "-displayfd", "3", "-screen", "0", webkitScreen, "-nolisten", "tcp")
	command.ExtraFiles = []*os.File{write}
	j.screen, err = startChild(command)
	_ = write.Close()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = read.SetReadDeadline(time.Now()) })()
	number, err := bufio.NewReader(read).ReadString('\n') // the display's, when it is ready
	j.display = ":" + strings.TrimSpace(number)
	return err
}

// drive starts the driver and its browser.
func (j *webkitJar) drive(ctx context.Context, path, folder string) error {
	// The driver doesn't choose a port by itself.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := listener.Addr().(*net.TCPAddr)
	_ = listener.Close()
	j.base = "http://" + address.String()
	command := exec.Command(path, "--host=127.0.0.1", "--port="+strconv.Itoa(address.Port))
	command.Env = append(os.Environ(), "DISPLAY="+j.display, "GDK_BACKEND=x11", "HOME="+folder, "XDG_CACHE_HOME="+folder,
		"XDG_CONFIG_HOME="+folder, "XDG_DATA_HOME="+folder, "XDG_RUNTIME_DIR="+folder, "GSETTINGS_BACKEND=memory",
		"NO_AT_BRIDGE=1", "GTK_A11Y=none", "DBUS_SESSION_BUS_ADDRESS=disabled:", "LIBGL_ALWAYS_SOFTWARE=1")
	if j.driver, err = startChild(command); err != nil {
		return err
	}
	for err = j.request(ctx, http.MethodGet, "/status", nil, nil); err != nil; err = j.request(ctx, http.MethodGet, "/status", nil, nil) {
		if ctx.Err() != nil {
			return err
		}
		time.Sleep(pollPause)
	}
	var made struct{ SessionID string }
	err = j.request(ctx, http.MethodPost, "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"acceptInsecureCerts": true, "unhandledPromptBehavior": "accept",
		"webkitgtk:browserOptions": map[string]any{"binary": j.browser, "args": []string{"--automation"}},
	}}}, &made)
	if err != nil {
		return err
	}
	j.session = "/session/" + made.SessionID
	if err := j.request(ctx, http.MethodGet, j.session+"/window", nil, &j.unused); err != nil {
		return err
	}
	j.current = j.unused
	limit := patience.Milliseconds()
	return j.request(ctx, http.MethodPost, j.session+"/timeouts", map[string]int64{"script": limit, "pageLoad": limit}, nil)
}

// request sends a command to the driver, and puts the value of its answer into a value unless that is nil.
func (j *webkitJar) request(ctx context.Context, method, path string, parameters, into any) error {
	var body io.Reader
	if method == http.MethodPost {
		content, err := json.Marshal(parameters)
		if err != nil {
			return err
		}
		body = bytes.NewReader(content)
	}
	request, err := http.NewRequestWithContext(ctx, method, j.base+path, body)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path[strings.LastIndex(path, "/")+1:], answer.Value)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, into)
}

// setCookie sets a cookie by the tab that is in front, or when one is opened: the driver knows only cookies of the
// address that a tab shows.
func (j *webkitJar) setCookie(ctx context.Context, base string, cookie *http.Cookie) error {
	address, err := url.Parse(base)
	if err != nil {
		return err
	}
	set := func(ctx context.Context, p *webkitPage) error {
		if err := p.navigate(ctx, base+"/healthz"); err != nil {
			return err
		}
		return p.post(ctx, "/cookie", map[string]any{"cookie": map[string]any{
			"name": cookie.Name, "value": cookie.Value, "domain": address.Hostname(), "path": "/", "httpOnly": true,
			"sameSite": "Lax", "secure": address.Scheme == "https", "expiry": time.Now().Add(cookieLife).Unix(),
		}}, nil)
	}
	if j.front != nil {
		return set(ctx, j.front)
	}
	j.cookies = append(j.cookies, set)
	return nil
}

// clearCookies returns once the cookies are gone: the driver answers before that, and a page that is opened at once would
// be the page of whoever came before.
func (j *webkitJar) clearCookies(ctx context.Context) error {
	j.cookies = nil
	if j.front == nil {
		return nil
	}
	if err := j.front.send(ctx, http.MethodDelete, "/cookie", nil, nil); err != nil {
		return err
	}
	for {
		var left []json.RawMessage
		if err := j.front.send(ctx, http.MethodGet, "/cookie", nil, &left); err != nil || len(left) == 0 {
			return err
		}
		time.Sleep(pollPause)
	}
}

// open opens a window: of several tabs in a window only one would be visible to its page. What the watcher would see,
// this driver doesn't tell.
func (j *webkitJar) open(ctx context.Context, _ *watcher) (page, error) {
	opened := &webkitPage{j, j.unused}
	j.unused = ""
	if opened.window == "" {
		var made struct{ Handle string }
		if err := j.request(ctx, http.MethodPost, j.session+"/window/new", map[string]string{"type": "window"}, &made); err != nil {
			return nil, err
		}
		opened.window = made.Handle
	}
	for _, set := range j.cookies {
		if err := set(ctx, opened); err != nil {
			return nil, err
		}
	}
	j.cookies = nil
	return opened, opened.focus(ctx)
}

func (j *webkitJar) close(ctx context.Context) error {
	return errors.Join(j.request(ctx, http.MethodDelete, j.session, nil, nil), j.end(ctx))
}

// end ends the driver, which ends the browser, and the screen.
func (j *webkitJar) end(ctx context.Context) error {
	var err error
	for _, one := range []*child{j.driver, j.screen} {
		if one != nil {
			err = errors.Join(err, one.end(ctx, syscall.SIGTERM))
		}
	}
	return err
}

// webkitPage is a tab, by the handle of its window.
type webkitPage struct {
	jar    *webkitJar
	window string
}

// send sends a command about this tab.
func (p *webkitPage) send(ctx context.Context, method, path string, parameters, into any) error {
	p.jar.mutex.Lock()
	defer p.jar.mutex.Unlock()
	if p.jar.current != p.window {
		if err := p.jar.request(ctx, http.MethodPost, p.jar.session+"/window", map[string]string{"handle": p.window}, nil); err != nil {
			return err
		}
		p.jar.current = p.window
	}
	return p.jar.request(ctx, method, p.jar.session+path, parameters, into)
}

func (p *webkitPage) post(ctx context.Context, path string, parameters, into any) error {
	return p.send(ctx, http.MethodPost, path, parameters, into)
}

func (p *webkitPage) navigate(ctx context.Context, address string) error {
	return p.post(ctx, "/url", map[string]string{"url": address}, nil)
}

func (p *webkitPage) reload(ctx context.Context) error {
	return p.post(ctx, "/refresh", struct{}{}, nil)
}

func (p *webkitPage) travel(ctx context.Context, by int) error {
	path := "/forward"
	if by < 0 {
		path, by = "/back", -by
	}
	for range by {
		if err := p.post(ctx, path, struct{}{}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (p *webkitPage) evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	var value json.RawMessage
	err := p.script(ctx, "return ("+expression+")", &value)
	return value, err
}

func (p *webkitPage) run(ctx context.Context, script string) error {
	return p.script(ctx, script, nil)
}

func (p *webkitPage) script(ctx context.Context, body string, into any) error {
	return p.post(ctx, "/execute/sync", map[string]any{"script": body, "args": []any{}}, into)
}

func (p *webkitPage) click(ctx context.Context, at point) error {
	return errors.Join(p.focus(ctx), p.post(ctx, "/actions", map[string]any{"actions": mouseClick(at)}, nil))
}

func (p *webkitPage) keys(ctx context.Context, keys string) error {
	return errors.Join(p.focus(ctx), p.post(ctx, "/actions", map[string]any{"actions": keyPresses(keys)}, nil))
}

// focus gives the window the focus.
func (p *webkitPage) focus(ctx context.Context) error {
	before := p.jar.front
	if before == p {
		return nil
	}
	if before != nil {
		if err := before.post(ctx, "/window/rect", map[string]int64{"x": webkitAside, "y": 0}, nil); err != nil {
			return err
		}
	}
	p.jar.front = p
	return p.post(ctx, "/window/rect", map[string]int64{"x": webkitFront, "y": 0}, nil)
}

// resize makes the window larger than asked by what stands around the page. The driver answers before the page has its
// new size.
func (p *webkitPage) resize(ctx context.Context, width, height int64) error {
	const looks = 20
	want, outer := [2]int64{width, height}, map[string]int64{"width": width, "height": height}
	for ctx.Err() == nil {
		if err := p.post(ctx, "/window/rect", outer, nil); err != nil {
			return err
		}
		var inner [2]int64
		for look := 0; look < looks && inner != want; look++ {
			if look > 0 {
				time.Sleep(pollPause)
			}
			var err error
			if inner, err = evaluate[[2]int64](ctx, p, "[innerWidth, innerHeight]"); err != nil {
				return err
			}
		}
		if inner == want {
			return nil
		}
		outer["width"] += width - inner[0]
		outer["height"] += height - inner[1]
	}
	return fmt.Errorf("the window can't be %d by %d pixels large: %w", width, height, ctx.Err())
}

// prefer knows only what the browser starts with.
func (p *webkitPage) prefer(_ context.Context, scheme, motion string) error {
	if scheme != "light" {
		return errUnable
	}
	return nil
}

// picture takes a picture of a window that is as high as the page, since the driver shows no more than the window.
func (p *webkitPage) picture(ctx context.Context) ([]byte, error) {
	size, err := evaluate[[3]int64](ctx, p, "[innerWidth, innerHeight, document.documentElement.scrollHeight]")
	if err != nil {
		return nil, err
	}
	if err := p.resize(ctx, size[0], min(size[2], 5800)); err != nil {
		return nil, err
	}
	var taken string
	if err := p.send(ctx, http.MethodGet, "/screenshot", nil, &taken); err != nil {
		return nil, err
	}
	if err := p.resize(ctx, size[0], size[1]); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(taken)
}

// close closes the window; the last one stays until its profile ends, since the session would end with it.
func (p *webkitPage) close(ctx context.Context) error {
	var handles []string
	if err := p.send(ctx, http.MethodGet, "/window/handles", nil, &handles); err != nil || len(handles) < 2 {
		return err
	}
	err := p.send(ctx, http.MethodDelete, "/window", nil, nil)
	if p.jar.front == p {
		p.jar.front = nil
	}
	p.jar.current = ""
	return err
}
