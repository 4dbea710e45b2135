package browsertest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"

	"whetstone/internal/model"
)

// slow holds back the answers to the page's requests of one method until the page's release() is called.
// The page's taken counts the answers that its script has dealt with since.
func (tab *tab) slow(method string) {
	tab.t.Helper()
	run(tab, fmt.Sprintf(`(() => {
		const send = window.fetch;
		window.held = [];
		window.taken = 0;
		window.release = () => {
			window.fetch = send;
			for (const go of held) go();
		};
		window.fetch = async (address, options) => {
			const response = await send(address, options);
			if ((options.method ?? "GET") !== %q) return response;
			const read = response.json.bind(response);
			response.json = async () => {
				const answer = await read();
				setTimeout(() => taken++);
				return answer;
			};
			await new Promise((go) => held.push(go));
			return response;
		};
	})()`, method))
}

// noteOf is an expression for the field of an item's note.
func noteOf(item string) string {
	return fmt.Sprintf(`document.querySelector('[data-item="%s"] textarea')`, item)
}

// writes puts text into an item's note, at once as a paste does, in place of what was there.
func (tab *tab) writes(item, text string) {
	tab.t.Helper()
	run(tab, noteOf(item)+`.closest("details").open = true`)
	run(tab, noteOf(item)+`.select()`)
	tab.inserts(text)
}

// kept checks what the server keeps of an item.
func (v *visitor) kept(id, item string, level int, note string) {
	v.t.Helper()
	_, _, body := v.request(to.Answers(id), nil)
	var kept struct {
		Answers []struct {
			Item, Note string
			Level      int
		}
	}
	if err := json.Unmarshal([]byte(body), &kept); err != nil {
		v.t.Fatal(err, body)
	}
	for _, answer := range kept.Answers {
		if answer.Item == item {
			if answer.Level != level || answer.Note != note {
				v.t.Errorf("%s is kept as level %d with note %q, not %d with %q", item, answer.Level, answer.Note, level, note)
			}
			return
		}
	}
	v.t.Errorf("nothing is kept of %s", item)
}

// A note whose typing ends while the level before it is still on its way is sent after it.
func TestNoteOnASlowLink(t *testing.T) {
	t.Parallel()
	opened, manager, id := draft(t, newServer(t))
	item := opened.items()[0]
	opened.slow("POST")
	opened.choose(item, "4", opened.click)
	opened.wait(`held.length === 1`)
	run(opened, `(() => {
		const start = window.setTimeout;
		window.fired = 0;
		window.setTimeout = (act, pause) => start(() => { act(); fired++; }, pause);
	})()`)
	opened.writes(item, "Chose the queue.")
	opened.wait(`fired === 1`)
	run(opened, `release()`)
	opened.saved(item)
	manager.kept(id, item, 4, "Chose the queue.")
}

// What was asked or told before a choice arrives after it: the choice stays.
func TestLateAnswersFromElsewhere(t *testing.T) {
	t.Parallel()
	opened, _, _ := draft(t, newServer(t))
	items := opened.items()
	opened.choose(items[0], "2", opened.click)
	opened.saved(items[0])
	first := eval[string](opened, fmt.Sprintf(`document.querySelector('[data-item="%s"] textarea').name.split("@")[1]`, items[0]))

	opened.slow("GET")
	run(opened, `document.dispatchEvent(new Event("visibilitychange"))`) // as if the page came into view
	opened.wait(`held.length === 1`)
	opened.choose(items[0], "4", opened.click)
	opened.saved(items[0])
	run(opened, `release()`)
	opened.wait(`taken === 1`)
	stays := func(after string) {
		t.Helper()
		if got := opened.checked(items[0]); got != "4" {
			t.Errorf("after %s the page shows %q, not the later choice 4", after, got)
		}
		if got := eval[string](opened, stateOf(items[0])); got != "Saved" {
			t.Errorf("after %s the page says %q", after, got)
		}
	}
	stays("the late answer to a request")

	run(opened, fmt.Sprintf(`(() => {
		const tabs = new BroadcastChannel("whetstone-answers");
		const { assessment } = document.getElementById("questions").dataset;
		tabs.postMessage({ assessment, item: %[1]q, answer: { level: 2, note: "", seen: %[3]q } });
		tabs.postMessage({ assessment, item: %[2]q, answer: { level: 5, note: "", seen: "1-5-e3b0c44298fc" } });
	})()`, items[0], items[1], first))
	opened.wait(radioChecked(items[1], "5")) // messages arrive in order
	stays("the late message of a tab")
}

// A page that goes out of view may not come back: what waits for the end of typing is sent at once.
func TestSavedWhenLeftOutOfView(t *testing.T) {
	t.Parallel()
	for _, trial := range []struct{ name, script string }{
		{"hidden", `Object.defineProperty(document, "visibilityState", { value: "hidden" });
			document.dispatchEvent(new Event("visibilitychange"))`},
		{"left", `window.dispatchEvent(new PageTransitionEvent("pagehide"))`},
	} {
		t.Run(trial.name, func(t *testing.T) {
			t.Parallel()
			opened, manager, id := draft(t, newServer(t))
			items := opened.items()
			run(opened, `window.setTimeout = () => 0`) // the end of typing never comes
			opened.writes(items[0], "Wrote it down.")
			opened.writes(items[1], "This too.")
			run(opened, trial.script)
			opened.saved(items[0])
			opened.saved(items[1])
			manager.kept(id, items[0], int(model.Blank), "Wrote it down.")
			manager.kept(id, items[1], int(model.Blank), "This too.")
		})
	}
}

// While a note is too long its level is saved all the same, with the note as it was; and the page says so.
func TestLevelBesideANoteTooLong(t *testing.T) {
	t.Parallel()
	opened, manager, id := draft(t, newServer(t))
	item := opened.items()[0]
	opened.writes(item, "Short.")
	opened.saved(item)

	tooLong := stateOf(item) + `.startsWith("Not saved: the note is longer than")`
	opened.writes(item, strings.Repeat("a", 70_000)) // more than a browser sends with keepalive
	opened.wait(tooLong)
	opened.slow("POST")
	opened.choose(item, "4", opened.click)
	opened.wait(`held.length === 1 && ` + tooLong)
	run(opened, `release()`)
	opened.wait(`taken === 1 && ` + tooLong)
	manager.kept(id, item, 4, "Short.")
	if got := eval[int](opened, noteOf(item)+`.value.length`); got != 70_000 {
		t.Errorf("of the note that is too long %d characters are left", got)
	}

	opened.writes(item, "Short again."+strings.Repeat(" ", 70_000))
	opened.saved(item)
	manager.kept(id, item, 4, "Short again.")
}

// The file with a recovery key is there in full, and its address still was when the browser took it.
func TestRecoveryKeyAsAFile(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	manager.take("first-team", model.PulseForm, mixed)
	opened := served.newTabOf(t, manager)
	opened.open(to.RecoveryKey())
	opened.follow("button", "Make my recovery key")
	folder := t.TempDir()
	call(opened, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: opened.profile.jar.(*chromiumJar).id, DownloadPath: folder,
	})
	run(opened, `window.revoked = 0; URL.revokeObjectURL = () => { revoked++; }`)
	opened.click("button", "Download as a text file")
	words := eval[string](opened, `[...document.querySelectorAll(".key-words li")].map((word) => word.textContent.trim()).join(" ")`)
	opened.until("the file is there", func() bool {
		content, err := os.ReadFile(filepath.Join(folder, "whetstone-recovery-key.txt"))
		return err == nil && strings.Contains(string(content), words)
	})
	if !opened.holds(`revoked === 0`) {
		t.Error("the address of the file was revoked at once")
	}
}

// A draft that is gone can't take a save, and leaving for an error page would lose what stands on the page.
func TestPageStaysWhenItsDraftIsGone(t *testing.T) {
	t.Parallel()
	opened, manager, id := draft(t, newServer(t))
	item := opened.items()[0]
	manager.post(to.Delete(id), url.Values{})
	opened.watcher.expectFailure(to.Answers(id))
	opened.choose(item, "4", opened.click)
	opened.wait(stateOf(item) + `.startsWith("Not saved: this browser can’t open this")`)
	opened.click("button", "Save and continue")
	opened.wait(`!document.getElementById("gone").hidden && document.activeElement.id === "gone"`)
	if got := opened.checked(item); got != "4" {
		t.Errorf("the page shows %q, not the choice 4", got)
	}
}

// Who chooses twice in a moment and goes on gets there: the second choice is sent after the first, and the page
// left after both.
func TestGoingOnWhileChoosing(t *testing.T) {
	t.Parallel()
	opened, manager, id := draft(t, newServer(t))
	item := opened.items()[0]
	opened.slow("POST")
	opened.choose(item, "2", opened.click)
	opened.wait(`held.length === 1`)
	opened.choose(item, "4", opened.click)
	opened.leads(func() {
		opened.click(`button[name="go"]`, "Save and continue")
		run(opened, `release()`)
	})
	if opened.holds(fmt.Sprintf(`!!document.querySelector('[data-item="%s"]')`, item)) {
		t.Errorf("the page was not left: %s", opened.where())
	}
	manager.kept(id, item, 4, "")
}

// At 4 and 5 the note opens by itself, whichever way the level is chosen; below it stays as it is, and blank is kept.
func TestNoteOpensByItself(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.start("first-team", model.FullForm)
	opened := served.newTabOf(t, manager)
	opened.open(to.Questions(id, "design"))
	items := opened.items()
	fold := func(item string) string { return `document.querySelector('[data-item="` + item + `"] .note').open` }
	for number, level := range []string{"4", "5", "3"} {
		opened.choose(items[number], level, opened.click)
		opened.saved(items[number])
		if got, want := opened.holds(fold(items[number])), level != "3"; got != want {
			t.Errorf("at level %s the note is open: %t, want %t", level, got, want)
		}
	}
	run(opened, `document.querySelector('`+radio(items[2], "3")+`').focus()`)
	opened.types("5")
	opened.wait(fold(items[2]))
	opened.saved(items[2])
}
