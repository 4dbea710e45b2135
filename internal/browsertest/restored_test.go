package browsertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// What a browser puts back into a form is nobody's choice: after Back, after a closed tab is opened again and after
// the browser's own end a page shows what the server holds, and what it saves is that.

var schemes = map[string]func(*testing.T) *server{"http": newServer, "https": newSecureServer}

// everywhere runs a test in each engine, over http and https.
func everywhere(t *testing.T, test func(*testing.T, *server)) {
	t.Helper()
	inEngines(t, []*engine{chromium, firefox, webkit}, func(t *testing.T, e *engine) {
		for scheme, start := range schemes {
			t.Run(scheme, func(t *testing.T) { test(t, start(t).in(e)) })
		}
	})
}

// read asks for an address as a script does.
func (v *visitor) read(address string, into any) {
	v.t.Helper()
	request, err := http.NewRequest(http.MethodGet, v.server.base+address, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Accept", "application/json")
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		v.t.Fatal(err)
	}
}

// held is what the server holds of something that saves by itself.
type held struct {
	Item, Note, Seen string
	Level            int
	Name, Overall    string
}

// holds reads what the server holds of one item.
func (v *visitor) holds(address, item string) held {
	v.t.Helper()
	var list struct{ Answers []held }
	v.read(address, &list)
	for _, one := range list.Answers {
		if one.Item == item {
			return one
		}
	}
	return held{Item: item, Level: int(model.Blank)}
}

// answersElsewhere changes an answer on another device, which knows what is held.
func (v *visitor) answersElsewhere(id, competency, item, level, note string) {
	v.t.Helper()
	v.post(to.Questions(id, competency), url.Values{
		"level." + item: {level}, "note." + item: {note}, "seen.note." + item: {v.holds(to.Answers(id), item).Seen},
	})
}

// shows waits until the page shows a level and a note, and says nothing of anything unsaved.
func (tab *tab) shows(item, level, note string) {
	tab.t.Helper()
	quoted, _ := json.Marshal(note)
	tab.wait(fmt.Sprintf(`document.readyState === "complete" && !document.documentElement.hidden
		&& (document.querySelector('input[name^="level.%s@"]:checked')?.value ?? "") === %q && %s.value === %s`, item, level, noteOf(item), quoted))
}

// The way of a person who answers, goes on, comes back by the page's own button, answers otherwise and then goes
// back through all of it.
func backAfterNewerAnswers(t *testing.T, opened *tab, manager *visitor, id string) {
	t.Helper()
	item := opened.items()[0]
	answer := func(level, note string) {
		t.Helper()
		opened.choose(item, level, opened.click)
		opened.writes(item, note)
		opened.saved(item)
		opened.follow("button", "Save and continue")
	}
	answer("2", "Short.")
	opened.follow("button", "Back")
	answer("5", "Short, and longer.")
	for range 3 {
		opened.back()
	}
	opened.shows(item, "5", "Short, and longer.")
	opened.follow("button", "Save and continue")
	manager.kept(id, item, 5, "Short, and longer.")
}

func TestBackAfterNewerAnswersInEngines(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, served *server) {
		opened, manager, id := draft(t, served)
		backAfterNewerAnswers(t, opened, manager, id)
	})
}

// Without a script a browser may show a page again as it was left. What it sends then is shown beside what is kept,
// and takes the place of nothing.
func TestBackAfterNewerAnswersWithoutJavaScript(t *testing.T) {
	t.Parallel()
	for scheme, start := range schemes {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			served := start(t)
			manager := served.newVisitor(t)
			id := manager.start("first-team", model.FullForm)
			opened := served.newTabOf(t, manager)
			opened.scriptless()
			opened.open(to.Questions(id, "design"))
			item := opened.items()[0]
			answer := func(level, note string) {
				opened.choose(item, level, opened.click)
				opened.writes(item, note)
				opened.follow("button", "Save and continue")
			}
			answer("2", "Short.")
			opened.follow("button", "Back")
			answer("5", "Short, and longer.")
			for range 3 {
				opened.back()
			}
			stale := opened.checked(item) == "2"
			if token := eval[string](opened, noteOf(item)+`.name.split("@")[1]`); stale && !strings.HasPrefix(token, "0-") {
				t.Errorf("the page shows what was answered first as if it were kept: by its seen token %s it is not the page of then", token)
			}
			opened.watcher.expectFailure(to.Questions(id, "design"))
			opened.follow("button", "Save and continue")
			manager.kept(id, item, 5, "Short, and longer.")
			if !stale {
				return
			}
			opened.says(".conflict", "Short, and longer.")
			opened.shows(item, "2", "Short.")
			opened.click(".conflict label", "What was saved elsewhere")
			opened.follow("button", "Save and continue")
			opened.heading("Trade-offs")
			manager.kept(id, item, 5, "Short, and longer.")
		})
	}
}

// A tab is closed and opened again, or its browser ends and comes back; meanwhile the answer was changed on another
// device. WebKit's driver can do neither.
func TestReopenedAfterNewerAnswersInEngines(t *testing.T) {
	t.Parallel()
	answered := func(t *testing.T, opened *tab) (item string) {
		item = opened.items()[0]
		opened.choose(item, "2", opened.click)
		opened.writes(item, "Short.")
		opened.saved(item)
		return item
	}
	check := func(opened *tab, manager *visitor, id, item string) {
		opened.shows(item, "5", "On the phone.")
		// Whatever the page might still save is saved before it is left.
		opened.follow("button", "Save and continue")
		manager.kept(id, item, 5, "On the phone.")
	}
	inEngines(t, []*engine{chromium, firefox}, func(t *testing.T, e *engine) {
		for scheme, start := range schemes {
			t.Run("tab/"+scheme, func(t *testing.T) {
				opened, manager, id := draftIn(t, start(t).in(e).newLastingProfile(t))
				item := answered(t, opened)
				reopen := opened.closeForNow()
				manager.answersElsewhere(id, "design", item, "5", "On the phone.")
				check(reopen(), manager, id, item)
			})
			t.Run("browser/"+scheme, func(t *testing.T) {
				served := start(t).in(e)
				manager := served.newVisitor(t)
				id := manager.start("first-team", model.FullForm)
				own := served.newBrowser(t)
				own.becomes(manager)
				opened := own.newTab(t)
				opened.open(to.Questions(id, "design"))
				item := answered(t, opened)
				own.lose()
				manager.answersElsewhere(id, "design", item, "5", "On the phone.")
				check(own.restart()[0], manager, id, item)
			})
		}
	})
}

// cutOff lets nothing more out of a page, as where the network is gone, and lets it be left without being asked.
func (tab *tab) cutOff() {
	tab.t.Helper()
	run(tab, `window.fetch = () => new Promise(() => {}); BeforeUnloadEvent.prototype.preventDefault = () => {}`)
}

// What was chosen and typed and couldn't be saved is offered when its page is opened again, beside what was answered
// elsewhere meanwhile; it is neither dropped nor saved by itself.
func TestUnsavedIsOfferedInEngines(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, served *server) {
		opened, manager, id := draft(t, served)
		item := opened.items()[0]
		opened.cutOff()
		opened.choose(item, "2", opened.click)
		opened.writes(item, "Typed in the tunnel.")
		opened.open(to.About())
		manager.answersElsewhere(id, "design", item, "5", "On the phone.")
		opened.back()
		opened.shows(item, "5", "On the phone.")
		opened.wait(element(".offer", "You had chosen and typed this before, and it was not saved"))
		opened.says(".offer", "Typed in the tunnel.")
		opened.reload()
		opened.shows(item, "5", "On the phone.")
		opened.wait(element(".offer", "You had chosen and typed this before"))
		manager.kept(id, item, 5, "On the phone.")
		opened.click(".offer button", "Use it")
		opened.shows(item, "2", "Typed in the tunnel.")
		opened.saved(item)
		manager.kept(id, item, 2, "Typed in the tunnel.")

		opened.cutOff()
		opened.writes(item, "Not this.")
		opened.open(to.About())
		opened.back()
		opened.shows(item, "2", "Typed in the tunnel.")
		opened.click(".offer button", "Leave it")
		opened.reload()
		opened.shows(item, "2", "Typed in the tunnel.")
		if opened.holds(`document.querySelector(".offer")`) {
			t.Error("what was left is offered again")
		}
	})
}

// The same holds of what a mentor rates and writes.
func TestBackAfterNewerRatingAndWordsInEngines(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, served *server) {
		_, _, share := sharing(t, served)
		mentor := served.newMentor(t, share)
		opened := served.newTabOf(t, mentor)
		opened.open(to.Rate(share.id, "design"))
		rate := func(level, comment string) {
			opened.click("label:has("+rating(level)+")", "")
			opened.ratingSaved()
			opened.pastes("[data-text=note]", comment)
			opened.ratingSaved()
			opened.follow("main button", "Save and go on")
		}
		rate("2", "Once.")
		opened.follow("main button", "Back")
		rate("5", "Once, and again.")
		for range 3 {
			opened.back()
		}
		opened.wait(fmt.Sprintf(`document.querySelector('%s')?.checked && document.querySelector("[data-text=note]").value === "Once, and again."`, rating("5")))
		opened.follow("main button", "Save and go on")
		if got := mentor.holds(to.Ratings(share.id), "design"); got.Level != 5 || got.Note != "Once, and again." {
			t.Errorf("kept of the rating is %+v", got)
		}

		opened.open(to.Words(share.id))
		write := func(words string) {
			opened.pastes("[data-text=overall]", words)
			opened.wait(`document.querySelector("#words [data-state]").textContent === "Saved"`)
			opened.follow("main button", "Save without sending")
		}
		write("A word.")
		write("A word, and another.")
		// Firefox makes one page of two that follow each other at one address.
		for opened.back(); opened.holds(`location.search === "?saved"`); {
			opened.back()
		}
		opened.wait(`document.querySelector("[data-text=overall]")?.value === "A word, and another."`)
		opened.follow("main button", "Save without sending")
		if got := mentor.holds(to.Words(share.id), "words"); got.Overall != "A word, and another." {
			t.Errorf("kept of the words is %+v", got)
		}
	})
}

// After everything is deleted no page of the person's own comes back, however the browser keeps pages.
func TestBackAfterDeletingEverythingInEngines(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, served *server) {
		opened, manager, id := draft(t, served)
		item := opened.items()[0]
		opened.writes(item, "A note of mine.")
		opened.saved(item)
		opened.cutOff()
		opened.writes(item, "A note of mine, unsaved.")
		manager.answer(id, "first-team", mixed)
		opened.open(to.Review(id))
		opened.says("main", "A note of mine.")
		opened.open(to.Erase())
		opened.click("label", "")
		opened.follow("main button", "Delete everything")
		opened.heading("Everything is deleted")
		for _, address := range []string{to.Erase(), to.Review(id), to.Questions(id, "design"), to.Answers(id)} {
			opened.watcher.expectFailure(address)
		}
		for _, address := range []string{to.Erase(), to.Review(id), to.Questions(id, "design")} {
			opened.back()
			opened.wait(fmt.Sprintf(`location.pathname === %q && !document.documentElement.hidden && document.readyState === "complete"`, address))
			opened.heading("There is nothing at this address")
			if text := eval[string](opened, `document.documentElement.outerHTML + Object.values(sessionStorage).join()`); strings.Contains(text, "A note of mine") {
				t.Errorf("Back to %s shows what was deleted", address)
			}
		}
	})
}

// puts gives a field of a form a value, as a person who chooses or types it.
func (tab *tab) puts(field, value string) {
	tab.t.Helper()
	run(tab, fmt.Sprintf(`
		const field = document.querySelector('[name^="%s@"]');
		field.value = %q;
		for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));`, field, value))
}

// What is set by a form with a button is not put back to what it was by a browser either, nor by a page that was
// overtaken: after Back the page shows what is stored, and saving it changes nothing.
func TestBackToWhatWasSetSinceInEngines(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, served *server) {
		steward := served.newVisitor(t)
		team := steward.post(to.NewTeam(), url.Values{"name": {"Crew"}, "purpose": {"At first."}, "smallest-group": {"5"}, "member-name": {"Ada"}})
		steward.start("first-team", model.FullForm)
		opened := served.newTabOf(t, steward)
		for _, set := range []struct{ address, button, field, first, second string }{
			{to.Targets("first-team"), "Save your targets", "target.design", "2.0", "4.0"},
			{to.ChangeTeam(path.Base(team)), "Save", "purpose", "To compare.", "To learn."},
			{to.ChangeTeam(path.Base(team)), "Save", "smallest-group", "6", "7"},
			{to.MyPlace(path.Base(team)), "Save the name", "name", "Adele", "Ida"},
			{to.Zones(), "Save", "zone", "Asia/Tokyo", "America/Lima"},
		} {
			holds := fmt.Sprintf(`document.readyState === "complete" && document.querySelector('[name^="%s@"]')?.value === %q`, set.field, set.second)
			for _, value := range []string{set.first, set.second} {
				opened.open(set.address)
				opened.puts(set.field, value)
				opened.follow("main button", set.button)
			}
			for range 3 {
				opened.back()
			}
			opened.wait(holds)
			opened.follow("main button", set.button)
			opened.open(set.address)
			opened.wait(holds)
		}
	})
}
