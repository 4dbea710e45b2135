package data_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whetstone/data"
	"whetstone/internal/questionnaire"
)

// load loads what is shipped, as the server does.
func load(t *testing.T) *questionnaire.Library {
	t.Helper()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// forEveryCraft goes through the questionnaires as each craft is asked them.
func forEveryCraft(library *questionnaire.Library, each func(q *questionnaire.Questionnaire, craft string)) {
	for i := range library.Questionnaires {
		for _, craft := range library.Model.Crafts {
			each(library.Questionnaires[i].For(craft.ID), craft.ID)
		}
	}
}

func TestEveryScopeAsksTheWholeModel(t *testing.T) {
	library := load(t)
	var want, scopes []string
	for _, competency := range library.Model.Competencies() {
		want = append(want, competency.ID)
	}
	for i, q := range library.Questionnaires {
		scopes = append(scopes, q.Scope)
		if q.ID != q.Scope || q.Scope != library.Model.Scopes[i].ID {
			t.Errorf("questionnaire %d is %s for %s; one for each scope, in the model's order", i, q.ID, q.Scope)
		}
		var asked []string
		for _, section := range q.Sections {
			asked = append(asked, section.Competency)
		}
		for _, craft := range library.Model.Crafts {
			for _, section := range q.For(craft.ID).Sections {
				if n := len(section.Items); n < 3 || n > 4 {
					t.Errorf("%s, %s, %s: %d items, want 3 or 4", q.ID, craft.ID, section.Competency, n)
				}
			}
		}
		if !slices.Equal(asked, want) {
			t.Errorf("%s asks %v, want %v", q.ID, asked, want)
		}
	}
	if len(scopes) != len(library.Model.Scopes) {
		t.Errorf("questionnaires for %v, want one for each scope of the model", scopes)
	}
}

func TestEveryFormHasItsLength(t *testing.T) {
	library := load(t)
	forEveryCraft(library, func(q *questionnaire.Questionnaire, craft string) {
		if n := len(q.Items(questionnaire.FormFull)); n < 36 || n > 40 {
			t.Errorf("%s has %d items for %s, want 36 to 40", q.ID, n, craft)
		}
		if n, want := len(q.Items(questionnaire.FormPulse)), len(library.Model.Competencies()); n != want {
			t.Errorf("the pulse of %s has %d items for %s, want %d", q.ID, n, craft, want)
		}
	})
}

// An outcome or a pillar needs so many items for a score that says something.
func TestEveryOutcomeAndPillarHasItems(t *testing.T) {
	library := load(t)
	forEveryCraft(library, func(q *questionnaire.Questionnaire, craft string) {
		count := map[string]int{}
		for _, item := range q.Items(questionnaire.FormFull) {
			count[item.Pillar]++
			for _, outcome := range item.Outcomes {
				count[outcome]++
			}
		}
		for _, outcome := range library.Model.Outcomes {
			if count[outcome.ID] < 5 {
				t.Errorf("%s, %s: outcome %s has %d items, want at least 5", q.ID, craft, outcome.ID, count[outcome.ID])
			}
		}
		for _, pillar := range library.Model.Pillars {
			if count[pillar.ID] < 9 {
				t.Errorf("%s, %s: pillar %s has %d items, want at least 9", q.ID, craft, pillar.ID, count[pillar.ID])
			}
		}
	})
}

// The link items carry a manager's line across the change from a first team to a wider scope.
func TestLinkItemsJoinTwoScopes(t *testing.T) {
	library := load(t)
	first, firstFound := library.Questionnaire("first-team")
	wider, widerFound := library.Questionnaire("wider-scope")
	considering, consideringFound := library.Questionnaire("considering")
	if !firstFound || !widerFound || !consideringFound {
		t.Fatal("a questionnaire is missing")
	}
	for _, section := range first.Sections {
		var shared []string
		for _, item := range section.Items {
			other, found := wider.Item(item.ID)
			if !found {
				continue
			}
			shared = append(shared, item.ID)
			if item.Hash() != other.Hash() {
				t.Errorf("%s differs between the scopes", item.ID)
			}
			if _, found := considering.Item(item.ID); found {
				t.Errorf("%s is also asked of those who consider management", item.ID)
			}
		}
		if len(shared) != 1 || !strings.HasPrefix(shared[0], section.Competency+".link.") {
			t.Errorf("%s: shared items %v, want one named %s.link", section.Competency, shared, section.Competency)
			continue
		}
		other, _ := wider.Section(section.Competency)
		if section.Pulse != shared[0] || other.Pulse != shared[0] {
			t.Errorf("%s: the pulse asks %s and %s, want the link item", section.Competency, section.Pulse, other.Pulse)
		}
	}
	for _, q := range library.Questionnaires {
		for _, item := range q.Items(questionnaire.FormFull) {
			if group := strings.Split(item.ID, ".")[1]; group != q.Scope && (group != "link" || q.Scope == "considering") {
				t.Errorf("%s: item %s is named for another scope", q.ID, item.ID)
			}
		}
	}
}

// A word is read on a phone, between two meetings.
func TestWordsAreShortAndPlain(t *testing.T) {
	library := load(t)
	check := func(where, words string, most int) {
		t.Helper()
		if n := utf8.RuneCountInString(words); n > most {
			t.Errorf("%s has %d characters, want %d at most: %s", where, n, most, words)
		}
		if strings.ContainsFunc(words, func(r rune) bool { return r > 126 && !strings.ContainsRune("“”’", r) }) || strings.ContainsAny(words, `!"'`) || strings.Contains(words, "  ") {
			t.Errorf("%s holds a dash, a straight quote, an exclamation mark or two spaces: %s", where, words)
		}
	}
	for _, q := range library.Questionnaires {
		for _, section := range q.Sections {
			check(q.ID+" "+section.Competency, section.Definition, 200)
			for _, level := range []int{1, 3, 5} {
				check(q.ID+" "+section.Competency, section.Anchors.At(level), 160)
			}
		}
		for _, item := range q.Items(questionnaire.FormFull) {
			check(item.ID, item.Text, 140)
			for _, level := range []int{1, 3, 5} {
				check(item.ID, item.Anchors.At(level), 130)
			}
			for craft, illustration := range item.Illustrations {
				check(item.ID+" "+craft, illustration, 140)
			}
		}
	}
	for _, guide := range library.Guides {
		for _, part := range guide.Parts {
			for _, step := range part.Steps {
				check(guide.ID, step, 200)
			}
		}
	}
	for _, practice := range library.Practices {
		check(practice.ID, practice.When, 100)
		check(practice.ID, practice.Text, 200)
		check(practice.ID, practice.Notice, 140)
	}
}

// The table in the README says where each claim of the source shows.
func TestClaimsNameItemsAndPractices(t *testing.T) {
	library := load(t)
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	known, named := map[string]bool{}, map[string]bool{}
	for _, q := range library.Questionnaires {
		for _, item := range q.Items(questionnaire.FormFull) {
			known[item.ID] = true
		}
	}
	items := len(known)
	for _, practice := range library.Practices {
		known[practice.ID] = true
	}
	id := regexp.MustCompile("`([^`]+)`")
	pillars := map[string]string{}
	for _, q := range library.Questionnaires {
		for _, item := range q.Items(questionnaire.FormFull) {
			pillars[item.ID] = item.Pillar
		}
	}
	rows := 0
	_, table, found := strings.Cut(string(readme), "## Where each claim")
	if !found {
		t.Fatal("the section with the claims is missing")
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| ") || len(cells) != 2 || strings.TrimSpace(cells[0]) == "claim" {
			continue
		}
		rows++
		matches := id.FindAllStringSubmatch(cells[1], -1)
		if len(matches) == 0 {
			t.Errorf("no item or practice for the claim: %s", cells[0])
		}
		for _, match := range matches {
			named[match[1]] = true
			if !known[match[1]] {
				t.Errorf("%s does not exist, claim: %s", match[1], cells[0])
			}
			if pillar := pillars[match[1]]; pillar != "" && pillar != "empathy" && strings.Contains(cells[0], "mpath") {
				t.Errorf("%s is tagged %s, claim: %s", match[1], pillar, cells[0])
			}
		}
	}
	if rows < 100 || items < 100 {
		t.Errorf("read %d claims and %d items; the table or the data is not what this test expects", rows, items)
	}
	for _, q := range library.Questionnaires {
		for _, item := range q.Items(questionnaire.FormFull) {
			if !named[item.ID] {
				t.Errorf("item %s serves no claim", item.ID)
			}
		}
	}
}

// The lock has every shipped item, and the files that check is run on are the embedded ones.
func TestShippedFilesPassTheirOwnCheck(t *testing.T) {
	if problems := questionnaire.Check("model.yaml", "practices.yaml", "questionnaires", "questionnaires/lock.yaml"); len(problems) > 0 {
		t.Error(problems)
	}
}
