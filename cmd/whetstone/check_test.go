package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const shippedFolder = "../../data/questionnaires"

// ownQuestionnaire writes a good questionnaire of an operator's own into a new folder: a shipped one
// under other ids.
func ownQuestionnaire(t *testing.T) (path string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(shippedFolder, "considering.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(content), "id: considering\n", "id: own\n", 1)
	own = regexp.MustCompile(`(?m)^( *(?:- )?)id: ([a-z]+)\.`).ReplaceAllString(own, "${1}id: $2.own.")
	own = regexp.MustCompile(`(?m)^( *)pulse: ([a-z]+)\.`).ReplaceAllString(own, "${1}pulse: $2.own.")
	path = filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(path, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// edit replaces words in a file.
func edit(t *testing.T, path, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		t.Fatalf("%s doesn’t hold %q", path, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, replacement, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCheckGoodFiles(t *testing.T) {
	t.Parallel()
	shipped, err := filepath.Abs(shippedFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{shipped, filepath.Join(shipped, "first-team.yaml"), ownQuestionnaire(t)} {
		got := runProgram(t, "check", path)
		if got.status != 0 || !strings.HasSuffix(got.out, "minutes\nNo problems found.\n") || got.errors != "" {
			t.Errorf("%s: status %d, printing %q and %q", path, got.status, got.out, got.errors)
		}
		// Words, longest example and grade of each item; words and minutes of each form.
		for _, line := range []string{
			`(?m)^  design\.\S+ +\d+ +\d+ +\d+\.\d$`, `(?m)^  full: 3\d items, \d+ words, 1\d\.\d minutes$`,
			`(?m)^  pulse: 12 items, \d+ words, 3\.\d minutes$`,
		} {
			if !regexp.MustCompile(line).MatchString(got.out) {
				t.Errorf("%s: nothing like %s in %q", path, line, got.out)
			}
		}
	}
}

// place is how each problem begins: the file and the line.
var place = regexp.MustCompile(`^\S+own\.yaml:[1-9]\d*: \S`)

func TestCheckNamesFileAndLine(t *testing.T) {
	t.Parallel()
	path := ownQuestionnaire(t)
	edit(t, path, "id: own\n", "id: own\nnonsense: 1\n")
	edit(t, path, "version: ", "version: minus ")
	got := runProgram(t, "check", path)
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.status != statusFailed || len(lines) < 2 {
		t.Errorf("status %d, with the problems %q, want all of them", got.status, lines)
	}
	for _, line := range lines {
		if !place.MatchString(line) {
			t.Errorf("the problem %q says not where it is", line)
		}
	}
	if !strings.Contains(got.out, path+":3: ") || !strings.Contains(got.out, "nonsense") {
		t.Errorf("the unknown field in line 3 is not named: %s", got.out)
	}
	if got.errors != "whetstone: 2 problems found\n" {
		t.Errorf("printed %q", got.errors)
	}
	missing := runProgram(t, "check", "none.yaml")
	if missing.status != statusFailed || !strings.HasPrefix(missing.out, "none.yaml: cannot be read") || missing.errors != "whetstone: 1 problem found\n" {
		t.Errorf("of a missing file: status %d, printing %q and %q", missing.status, missing.out, missing.errors)
	}
}

// A change of wording is refused until the operator confirms it.
func TestRelock(t *testing.T) {
	t.Parallel()
	path := ownQuestionnaire(t)
	folder := filepath.Dir(path)
	lock := filepath.Join(folder, "lock.yaml")
	first := runProgram(t, "check", "--relock", path)
	if first.status != 0 || !strings.Contains(first.out, lock+": new item ") || !strings.HasSuffix(first.out, " items confirmed.\n") {
		t.Fatalf("status %d, printing %q and %q", first.status, first.out, first.errors)
	}
	if again := runProgram(t, "check", "--relock", path); again.out != "0 items confirmed.\n" {
		t.Errorf("relocking what is locked printed %q", again.out)
	}
	edit(t, path, "text: ", "text: Really, ")
	refused := runProgram(t, "check", folder)
	if refused.status != statusFailed || !strings.Contains(refused.out, "changed its words") || !strings.Contains(refused.out, "--relock") {
		t.Errorf("a change of words: status %d, printing %q", refused.status, refused.out)
	}
	confirmed := runProgram(t, "check", "--relock", folder)
	if confirmed.status != 0 || strings.Count(confirmed.out, "changed words of ") != 1 || !strings.HasSuffix(confirmed.out, "\n1 item confirmed.\n") {
		t.Errorf("confirming it: status %d, printing %q", confirmed.status, confirmed.out)
	}
	if got := runProgram(t, "check", folder); got.status != 0 {
		t.Errorf("after it: status %d, printing %q", got.status, got.out)
	}
	// Nothing is confirmed while something else is wrong.
	edit(t, path, "id: own\n", "id: own\nnonsense: 1\n")
	before, err := os.ReadFile(lock)
	if err != nil {
		t.Fatal(err)
	}
	if got := runProgram(t, "check", "--relock", path); got.status != statusFailed || !strings.Contains(got.out, "nonsense") {
		t.Errorf("relocking a bad file: status %d, printing %q", got.status, got.out)
	}
	if after, err := os.ReadFile(lock); err != nil || string(after) != string(before) {
		t.Errorf("relocking a bad file changed the lock: %v", err)
	}
}
