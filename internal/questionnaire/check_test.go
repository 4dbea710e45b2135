package questionnaire

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// An operator's questionnaire that fits the shipped model.
var ownQuestionnaire = strings.Replace(smallQuestionnaire, "id: own", "id: our-own", 1)

// relock relocks and fails the test on problems.
func relock(t *testing.T, paths ...string) []Relocked {
	t.Helper()
	written, problems := Relock(paths...)
	if len(problems) > 0 {
		t.Fatalf("relock: %v", problems)
	}
	return written
}

// edit replaces words in a file.
func edit(t *testing.T, path, from, to string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Dir(path), filepath.Base(path), replaceOnce(t, string(text), from, to))
}

func TestCheckAgainstTheShippedModel(t *testing.T) {
	folder := t.TempDir()
	good := write(t, folder, "good.yaml", ownQuestionnaire)
	equalProblems(t, Check(good))
	equalProblems(t, Check(folder))

	bad := write(t, folder, "bad.yaml", replaceOnce(t,
		replaceOnce(t, smallQuestionnaire, "outcomes: [decisions", "outcomes: [decision"), "id: own", "id: first-team"))
	equalProblems(t, Check(bad, bad),
		Problem{bad, 1, `questionnaire id "first-team" is taken by questionnaires/first-team.yaml:2; choose another`},
		Problem{bad, 33, `unknown outcome "decision"; did you mean "decisions"?`})
	equalProblems(t, Check(good)) // its neighbour's problems are not its own
}

func TestCheckSeesTheRestOfTheFolder(t *testing.T) {
	folder := t.TempDir()
	first := write(t, folder, "b-first.yaml", ownQuestionnaire)
	second := write(t, folder, "a-second.yaml", replaceOnce(t, ownQuestionnaire, "I attend.", "I am there."))
	wantSecond := []Problem{
		{second, 1, `questionnaire id "our-own" is taken by ` + first + `:1; choose another`},
		{second, 24, `item "design.own.risk" has another anchor than in ` + first + `:24; an id has the same words everywhere, so copy them or choose another id`},
	}
	equalProblems(t, Check(second), wantSecond...)
}

func TestCheckOtherKinds(t *testing.T) {
	folder := t.TempDir()
	model := write(t, folder, "model.yaml", replaceOnce(t, smallModel, "boundary: how", "boundery: how"))
	practices := write(t, folder, "practices.yaml", "practices:\n  - 1\n")
	lockFile := write(t, folder, "lock.yaml", "items:\n  design.own.risk: abc\n")
	equalProblems(t, Check(model), Problem{model, 11, `unknown field "boundery"; did you mean "boundary"?`})
	equalProblems(t, Check(lockFile),
		Problem{lockFile, 2, `"abc" is not a hash; restore the line, or remove it and relock`})
	problems := Check(practices)
	if want := (Problem{practices, 2, `this practice must be a mapping (lines of "key: value"), and it is a number`}); !slices.Contains(problems, want) {
		t.Errorf("got:\n%v\nwant among them:\n%v", problems, want)
	}
	missing, empty := filepath.Join(folder, "missing.yaml"), t.TempDir()
	equalProblems(t, Check(missing), Problem{missing, 0, "cannot be read: no such file or directory"})
	equalProblems(t, Check(empty), Problem{empty, 0, "holds no questionnaire (*.yaml)"})
}

func TestRelockFlow(t *testing.T) {
	folder := t.TempDir()
	path, lockFile := write(t, folder, "own.yaml", ownQuestionnaire), filepath.Join(folder, "lock.yaml")

	// Without a lock any wording passes; relocking confirms all items.
	edit(t, path, "I ask about the risk.", "I ask for the risk.")
	equalProblems(t, Check(path))
	want := []Relocked{{lockFile, "design.own.risk", true}, {lockFile, "design.own.quiet", true}}
	if written := relock(t, path); !slices.Equal(written, want) {
		t.Errorf("relocked %v, want %v", written, want)
	}
	if info, err := os.Stat(lockFile); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("the server's user must be able to read the lock: %v, %v", info, err)
	}
	equalProblems(t, Check(path))
	if written := relock(t, path); len(written) != 0 {
		t.Errorf("nothing changed, but relocked %v", written)
	}

	// Changed words and new items are named; a change of tags alone is not one of words.
	edit(t, path, "I ask for the risk.", "I ask about the risk.")
	edit(t, path, "pillar: empathy", "pillar: acumen")
	changed := Problem{path, 24, `item "design.own.risk" changed its words; for a change of spelling run: whetstone check --relock ` +
		path + ` (a change of meaning needs a new id)`}
	equalProblems(t, Check(path), changed)
	edit(t, path, "id: design.own.quiet", "id: design.own.silent")
	unlocked := Problem{path, 35, `item "design.own.silent" is new; when its words are final run: whetstone check --relock ` + path}
	equalProblems(t, Check(path), changed, unlocked)
	_, err := Load(shippedFiles(t), folder)
	if problems, ok := err.(Problems); !ok || !slices.Contains(problems, changed) || !slices.Contains(problems, unlocked) {
		t.Errorf("loading holds to the lock too, got: %v", err)
	}

	want = []Relocked{{lockFile, "design.own.risk", false}, {lockFile, "design.own.silent", true}}
	if written := relock(t, path); !slices.Equal(written, want) {
		t.Errorf("relocked %v, want %v", written, want)
	}
	equalProblems(t, Check(path))

	// The id that went away is still locked, so it cannot come back with other words.
	edit(t, path, "id: design.own.silent", "id: design.own.quiet")
	equalProblems(t, Check(path))
	edit(t, path, "I ask the quiet ones.", "I ask those who are quiet.")
	if problems := Check(path); len(problems) != 1 || !strings.Contains(problems[0].Reason, "changed its words") {
		t.Errorf("got %v", problems)
	}
}

func TestRelockRefusesMistakes(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, "own.yaml", replaceOnce(t, ownQuestionnaire, "target: 3.5", "target: 9"))
	written, problems := Relock(path)
	equalProblems(t, problems, Problem{path, 16, `"target" must be a number from 2.0 to 4.0 in steps of 0.5`})
	if _, err := os.Stat(filepath.Join(folder, "lock.yaml")); !os.IsNotExist(err) || written != nil {
		t.Errorf("a lock was written all the same: %v, %v", written, err)
	}
}

func TestRelockRefusesABrokenLock(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, "own.yaml", ownQuestionnaire)
	lockFile := write(t, folder, "lock.yaml", "items: [\n")
	_, problems := Relock(path)
	equalProblems(t, problems, Problem{lockFile, 1, "is not valid YAML: sequence end token ']' not found"})
	if text, _ := os.ReadFile(lockFile); string(text) != "items: [\n" {
		t.Errorf("the broken lock was overwritten: %s", text)
	}
}

func TestRelockNeedsTheSameWordsInBothFiles(t *testing.T) {
	folder := t.TempDir()
	one := write(t, folder, "one.yaml", ownQuestionnaire)
	write(t, folder, "two.yaml", replaceOnce(t, ownQuestionnaire, "id: our-own", "id: other-own"))
	if written := relock(t, folder); len(written) != 2 {
		t.Errorf("two items stand in both files, relocked %v", written)
	}
	edit(t, one, "a queue without a bound", "an unbounded queue")
	written, problems := Relock(one)
	equalProblems(t, problems, Problem{one, 24, `item "design.own.risk" has another illustration than in ` +
		filepath.Join(folder, "two.yaml") + `:24; an id has the same words everywhere, so copy them or choose another id`})
	if written != nil {
		t.Errorf("relocked %v", written)
	}
}

func TestShippedLockProtects(t *testing.T) {
	// The shipped item was dropped, but its id stays taken by its words.
	shipped := shippedFiles(t)
	shipped["questionnaires/own.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(smallQuestionnaire, "design.own.", "design.next."))}
	words := shipped["questionnaires/lock.yaml"].Data
	lockWords(t, shipped)
	after, _ := strings.CutPrefix(string(words), lockHeader+"items:\n")
	shipped["questionnaires/lock.yaml"].Data = append(shipped["questionnaires/lock.yaml"].Data, after...)

	folder := t.TempDir()
	path := write(t, folder, "ours.yaml", ownQuestionnaire)
	equalProblems(t, problemsOf(t, shipped, folder))
	edit(t, path, "I ask the quiet ones.", "I ask all.")
	equalProblems(t, problemsOf(t, shipped, folder),
		Problem{path, 35, `item id "design.own.quiet" was shipped with other words; choose another id`})
}

// An operator who copied an item before its spelling changed goes on serving it: an upgrade breaks nobody's folder.
func TestEarlierSpellingStaysWithWhoCopiedIt(t *testing.T) {
	tree := t.TempDir()
	write(t, tree, "model.yaml", smallModel)
	path := write(t, tree, "questionnaires/own.yaml", smallQuestionnaire)
	relock(t, path)
	edit(t, path, "I ask the quiet ones.", "I ask those who are quiet.")
	relock(t, path)
	relock(t, path)
	shipped := shippedFiles(t)
	for _, name := range []string{"own.yaml", "lock.yaml"} {
		text, err := os.ReadFile(filepath.Join(tree, "questionnaires", name))
		if err != nil {
			t.Fatal(err)
		}
		shipped["questionnaires/"+name] = &fstest.MapFile{Data: text}
	}
	folder := t.TempDir()
	copied := write(t, folder, "ours.yaml", ownQuestionnaire)
	equalProblems(t, problemsOf(t, shipped, folder))
	edit(t, copied, "I ask the quiet ones.", "I ask nobody.")
	problems := problemsOf(t, shipped, folder)
	if len(problems) == 0 || !strings.Contains(problems[0].Reason, `item "design.own.quiet" has another text than in`) {
		t.Errorf("words that the id never had pass: %v", problems)
	}
}

func TestCheckShippedTreeOnDisk(t *testing.T) {
	// A source tree takes the place of what this build embeds.
	tree := t.TempDir()
	write(t, tree, "model.yaml", smallModel)
	text, err := os.ReadFile("../../data/questionnaires/first-team.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, tree, "questionnaires/first-team.yaml", string(text))
	equalProblems(t, Check(path))
	copied := write(t, t.TempDir(), "first-team.yaml", string(text))
	equalProblems(t, Check(copied),
		Problem{copied, 2, `questionnaire id "first-team" is taken by questionnaires/first-team.yaml:2; choose another`})
}
