package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var webkitToo = flag.Bool("webkit", false, "run the tests of WebKitGTK too, which need its driver and Xvfb")

// engine is a browser that the tests can drive. What a test does with it stands in profile and tab, which are
// the same for all.
type engine struct {
	name string
	// start starts a process that keeps what it keeps in a folder. restore opens again the tabs that were open
	// when an earlier process of the folder ended.
	start func(ctx context.Context, folder string, restore bool) (process, error)
	// narrowest is the width below which its window does not go, in pixels.
	narrowest int64

	shared struct {
		once    sync.Once
		process process
		folder  string
		err     error
	}
}

// String names the engine in the names of tests.
func (e *engine) String() string { return e.name }

// chromium is what every test runs in that says nothing else.
var (
	chromium = &engine{name: "Chromium", start: startChromium}
	firefox  = &engine{name: "Firefox", start: startFirefox}
	webkit   = &engine{name: "WebKit", start: startWebKit, narrowest: 500}
)

// engines are those that this run drives.
func engines() []*engine {
	if *webkitToo {
		return []*engine{chromium, firefox, webkit}
	}
	return []*engine{chromium, firefox}
}

// inEngines runs a test in each of some engines. WebKit takes part where the tests are run with -webkit, as "make
// test-webkit" does, which finds them by their names.
func inEngines(t *testing.T, some []*engine, test func(*testing.T, *engine)) {
	t.Helper()
	if !strings.Contains(t.Name(), "Engines") {
		t.Fatal("the name of a test in several engines has to say so: make test-webkit runs those with Engines in it")
	}
	for _, one := range some {
		if one == webkit && !*webkitToo {
			continue
		}
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			test(t, one)
		})
	}
}

// process is a running browser.
type process interface {
	// isolated opens cookies and a cache of their own, which end with the process or when they are closed.
	isolated(ctx context.Context) (jar, error)
	// own is what the process keeps in its folder.
	own(ctx context.Context) (jar, error)
	// restored waits for so many tabs that the process opens again, and returns them, each watched as the function
	// says.
	restored(ctx context.Context, count int, watch func() *watcher) ([]page, error)
	// lose ends the process so that it can be started again with the tabs that are open now.
	lose(ctx context.Context) error
	// stop ends the process.
	stop(ctx context.Context) error
}

// jar is cookies and a cache, and the tabs that share them.
type jar interface {
	setCookie(ctx context.Context, base string, cookie *http.Cookie) error
	clearCookies(ctx context.Context) error
	open(ctx context.Context, seen *watcher) (page, error)
	close(ctx context.Context) error
}

// page is one tab, as its engine drives it.
type page interface {
	navigate(ctx context.Context, address string) error
	reload(ctx context.Context) error
	// travel goes along the history: -1 is Back, 1 is Forward.
	travel(ctx context.Context, by int) error
	// evaluate returns the value of an expression of JavaScript, null for undefined; a promise is waited for.
	evaluate(ctx context.Context, expression string) (json.RawMessage, error)
	// run runs a script, as if a person had pressed something.
	run(ctx context.Context, script string) error
	// click presses and releases the mouse at a place in the window.
	click(ctx context.Context, at point) error
	// keys types text, or presses keys of chromedp's package kb, where the focus is.
	keys(ctx context.Context, keys string) error
	// resize gives what is inside the window a size.
	resize(ctx context.Context, width, height int64) error
	// prefer sets what the system asks of pages.
	prefer(ctx context.Context, scheme, motion string) error
	// picture takes a picture of the page, from its top, as a PNG.
	picture(ctx context.Context) ([]byte, error)
	close(ctx context.Context) error
}

// reopener is a page whose engine can open a closed tab again as a person does, with what it restores in it.
type reopener interface {
	closeForNow(ctx context.Context) (reopen func(context.Context, *watcher) (page, error), err error)
}

// fronter is a page whose engine draws it in full only before all others; where a click lands is seen only then.
type fronter interface {
	front(ctx context.Context) error
}

// errUnable is why an engine doesn't do something.
var errUnable = errors.New("this engine's driver is not able to do that")

// cookieLife is how long a cookie lives that a test sets. Like the app's own it outlives the browser.
const cookieLife = 24 * time.Hour

// process gives the engine's process that the tests share; the first call starts it.
func (e *engine) process(t *testing.T) process {
	t.Helper()
	e.shared.once.Do(func() {
		if e.shared.folder, e.shared.err = os.MkdirTemp("", "whetstone-browser-"); e.shared.err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
		defer cancel()
		e.shared.process, e.shared.err = e.start(ctx, e.shared.folder, false)
	})
	if e.shared.err != nil {
		t.Fatalf("%s: %v", e, e.shared.err)
	}
	return e.shared.process
}

// stop ends the process that the tests shared and removes its folder.
func (e *engine) stop() error {
	var stopped error
	if e.shared.process != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		stopped = e.shared.process.stop(ctx)
	}
	if e.shared.folder == "" {
		return stopped
	}
	return errors.Join(stopped, removeFolder(e.shared.folder))
}

// removeFolder removes the folder of a browser that has ended. Programs that it had started may end a little later and
// write until then.
func removeFolder(folder string) error {
	err := os.RemoveAll(folder)
	for deadline := time.Now().Add(stopTimeout); err != nil && time.Now().Before(deadline); err = os.RemoveAll(folder) {
		time.Sleep(pollPause)
	}
	return err
}

const (
	// startTimeout bounds how long a browser may take to start on a busy machine.
	startTimeout = 2 * time.Minute
	// stopTimeout bounds how long it may take to close at the end.
	stopTimeout = 30 * time.Second
)

// child is a program that ends with the tests, however they end.
type child struct {
	command *exec.Cmd
	ended   chan struct{}
}

// startChild starts a program. The system kills it if the thread that started it ends, so that thread stays.
func startChild(command *exec.Cmd) (*child, error) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := &child{command, make(chan struct{})}
	failed := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := command.Start()
		failed <- err
		if err == nil {
			_ = command.Wait()
			close(started.ended)
		}
	}()
	if err := <-failed; err != nil {
		return nil, err
	}
	return started, nil
}

// end sends a signal, waits until the program has ended, and kills it if that takes too long.
func (c *child) end(ctx context.Context, signal os.Signal) error {
	_ = c.command.Process.Signal(signal)
	return c.wait(ctx)
}

// wait waits until the program has ended, and kills it if that takes too long.
func (c *child) wait(ctx context.Context) error {
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
	}
	_ = c.command.Process.Kill()
	<-c.ended
	return fmt.Errorf("%s had to be killed", c.command.Path)
}
