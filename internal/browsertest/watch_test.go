package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// watcher sees what a tab does and notes what no page of ours may do.
type watcher struct {
	origin string
	// beside is another site that pages may lead to, "" for none.
	beside string

	mutex    sync.Mutex
	problems []string
	// failing are the addresses whose failure a test expects: the browser logs it as an error.
	failing []string
	// requests are what the tab has asked for, in order.
	requests []*request
}

// request is one request of a tab.
type request struct {
	id      network.RequestID
	address string
	// ended reports whether all of it has arrived.
	ended bool
	// bytes came over the wire for it, headers included; 0 where the cache had it.
	bytes float64
}

// see takes an event of the tab. It runs in the loop that reads them, so it only notes.
func (w *watcher) see(event any) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	switch event := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if event.Type == "error" || event.Type == "warning" || event.Type == "assert" {
			var words []string
			for _, argument := range event.Args {
				words = append(words, string(argument.Value), argument.Description)
			}
			w.note("console.%s: %s", event.Type, strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		details := event.ExceptionDetails
		text := details.Text
		if details.Exception != nil {
			text += " " + details.Exception.Description
		}
		w.note("an exception at %s:%d: %s", details.URL, details.LineNumber, text)
	case *log.EventEntryAdded:
		w.seeLog(event.Entry)
	case *audits.EventIssueAdded:
		w.seeIssue(event.Issue)
	case *network.EventRequestWillBeSent:
		address := event.Request.URL
		w.noteOrigin(address)
		if event.RedirectResponse != nil {
			// The browser goes on under the same id; what came so far belongs to the request before.
			w.weigh(event.RequestID, event.RedirectResponse.EncodedDataLength, "")
		}
		w.requests = append(w.requests, &request{id: event.RequestID, address: address})
	case *network.EventLoadingFinished:
		w.weigh(event.RequestID, event.EncodedDataLength, event.RequestID)
	case *cdppage.EventJavascriptDialogOpening:
		w.note("a dialog (%s): %q", event.Type, event.Message)
	}
}

// Other engines than Chromium tell of these by events of their own.

// logged takes what was written to the console or thrown.
func (w *watcher) logged(level, text string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if level == "error" || level == "warn" {
		w.note("console.%s: %s", level, text)
	}
}

// asked takes a request.
func (w *watcher) asked(address string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.noteOrigin(address)
}

// failed takes a request that was refused or not answered.
func (w *watcher) failed(address, why string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if !slices.Contains(w.failing, address) {
		w.note("a request failed: %s %s", address, why)
	}
}

// asks takes a dialog.
func (w *watcher) asks(kind, message string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.note("a dialog (%s): %q", kind, message)
}

// violated takes a violation of the content security policy.
func (w *watcher) violated(text string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.note("an issue: %s", text)
}

func (w *watcher) noteOrigin(address string) {
	if w.beside != "" && strings.HasPrefix(address, w.beside+"/") {
		return
	}
	if !strings.HasPrefix(address, w.origin+"/") && !strings.HasPrefix(address, "data:") {
		w.note("a request to another origin: %s", address)
	}
}

// weigh notes the bytes of a request, which goes by another id from then on.
func (w *watcher) weigh(id network.RequestID, bytes float64, next network.RequestID) {
	for _, candidate := range w.requests {
		if candidate.id == id {
			candidate.bytes, candidate.id, candidate.ended = bytes, next, true
		}
	}
}

func (w *watcher) seeLog(entry *log.Entry) {
	if entry.Level != log.EntryLevelError && entry.Level != log.EntryLevelWarning {
		return
	}
	if entry.Source == log.EntrySourceNetwork {
		if slices.Contains(w.failing, entry.URL) || w.beside != "" && strings.HasPrefix(entry.URL, w.beside+"/") { // such as its icon
			return
		}
	}
	w.note("the browser's log, %s: %s %s", entry.Level, entry.Text, entry.URL)
}

func (w *watcher) seeIssue(issue *audits.InspectorIssue) {
	text := string(issue.Code)
	if details := issue.Details.ContentSecurityPolicyIssueDetails; details != nil {
		text = fmt.Sprintf("%s violated by %q (%s)", details.ViolatedDirective, details.BlockedURL, details.ContentSecurityPolicyViolationType)
	}
	if details := issue.Details.GenericIssueDetails; details != nil {
		text += fmt.Sprintf(": %s %s", details.ErrorType, details.ViolatingNodeAttribute)
	}
	w.note("an issue: %s", text)
}

func (w *watcher) note(format string, arguments ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, arguments...))
}

// take returns what was noted so far, and forgets it.
func (w *watcher) take() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	taken := w.problems
	w.problems = nil
	return taken
}

// expectFailure tells that the request for an address will fail, on purpose.
func (w *watcher) expectFailure(address string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.failing = append(w.failing, w.origin+address)
}

// seen returns the requests since the last call of takeRequests.
func (w *watcher) seen() []request {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	var seen []request
	for _, one := range w.requests {
		seen = append(seen, *one)
	}
	return seen
}

// takeRequests returns the requests since the last call, and forgets them.
func (w *watcher) takeRequests() []request {
	taken := w.seen()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.requests = w.requests[len(taken):]
	return taken
}

// A watcher that sees nothing would let every other test pass. WebKit's driver tells it nothing.
func TestTheWatcherSeesInEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, []*engine{chromium, firefox}, func(t *testing.T, e *engine) {
		served, elsewhere := newServer(t).in(e), newServer(t)
		for _, trial := range []struct{ name, script, noted string }{
			{"console", `console.error("made up")`, "console.error"},
			{"exception", `setTimeout(() => { throw new Error("made up") })`, "made up"},
			{"policy", `document.body.setAttribute("style", "color: red"); document.body.innerHTML += '<p style="color: red">'`, "style-src"},
			{"failure", `void fetch("/nowhere")`, "404"},
			{"origin", `location = "` + elsewhere.base + `/"`, "another origin"},
		} {
			t.Run(trial.name, func(t *testing.T) {
				opened := served.newTab(t)
				opened.open(to.Home())
				run(opened, trial.script)
				var noted []string
				opened.until("the watcher notes it", func() bool {
					noted = append(noted, opened.watcher.take()...)
					return strings.Contains(strings.Join(noted, "\n"), trial.noted)
				})
				// What comes after the first sign of it is expected too.
				opened.unwatched = true
			})
		}
	})
}
