package questionnaire

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml/ast"
)

// A small model with everything that the loader refers to.
const smallModel = `areas:
  - id: judgement
    name: Judgement
    about: choices and shapes
    competencies:
      - id: design
        name: Design
        boundary: the shape of what gets built
      - id: systems
        name: Systems
        boundary: how the parts act on each other
outcomes:
  - id: trust
    name: Trust
    about: credibility
  - id: decisions
    name: Decisions
    about: informed decisions
  - id: support
    name: Support
    about: support in discussions
pillars:
  - id: acumen
    name: Technical acumen
  - id: empathy
    name: Empathetic leadership
scopes:
  - id: first-team
    name: Leading a first team
    in-text: leading a first team
    about: You manage one team.
crafts:
  - id: software
    name: Software
    about: services
    terms: {person: engineer, a-person: an engineer, people: engineers, review: design review, run: release, duty: on call}
  - id: applied-science
    name: Applied science
    about: experiments
    terms: {person: scientist, a-person: a scientist, people: scientists, review: design or experiment review, run: training run, duty: on duty}
`

// The smallest good questionnaire: one competency with two items.
const smallQuestionnaire = `id: own
version: 1
scope: first-team
name: Our own
about: For our managers.
minutes: {full: 15, pulse: 3}
scale:
  instruction: Choose the highest level that fits.
  between:
    2: beyond 1
    4: beyond 3
  absent: It did not come up
competencies:
  - id: design
    definition: You guide the shape of things.
    target: 3.5
    importance: 3
    anchors:
      1: They attend.
      3: They ask.
      5: Designs changed.
    pulse: design.own.risk
    items:
      - id: design.own.risk
        text: I ask about the risk.
        anchors:
          1: I attend.
          3: I name the risk.
          5: "A design changed: its author says so."
        illustrations:
          software: a queue without a bound
          applied-science: a metric without a baseline
        outcomes: [decisions, support]
        pillar: acumen
      - id: design.own.quiet
        text: I ask the quiet ones.
        anchors: {1: I wait., 3: I ask by name., 5: An objection was recorded.}
        illustrations: {software: a bus, applied-science: a label}
        outcomes:
          - trust
        pillar: empathy
`

// smallPractices returns enough practices for the small model.
func smallPractices() string {
	var text strings.Builder
	text.WriteString("practices:\n")
	for _, competency := range []string{"design", "systems"} {
		for n := range leastPractices {
			fmt.Fprintf(&text, "  - id: %s.practice-%d\n    competency: %s\n    scopes: [first-team]\n"+
				"    crafts: [software, applied-science]\n    serves: [design.own.risk]\n    when: a week begins\n"+
				"    text: Do it.\n    effort: 10 minutes.\n    notice: it was done.\n", competency, n, competency)
		}
	}
	return text.String()
}

// smallGuides is one guide for the small model.
const smallGuides = `guides:
  - id: review
    competencies: [design]
    title: A review
    about: For whoever leads one.
    parts:
      - title: Before
        steps: [Read it.]
    well: [It changed.]
    badly: [It did not.]
`

// smallDomains are enough domains for the small model.
const smallDomains = `practices:
  exposed: design.practice-0
  half-exposed: design.practice-0
  alone: design.practice-0
  thin: design.practice-0
  unasked: design.practice-0
  unasked-partner: design.practice-0
  covered: design.practice-0
  spare: design.practice-0
  no-depth: design.practice-0
  depth-elsewhere: design.practice-0
  blanks: design.practice-0
  one-for-many: design.practice-0
  expert: design.practice-0
  faded: design.practice-0
roles:
  - id: senior
    name: Senior engineer
    in-text: a senior engineer
    crafts: [software, applied-science]
domains:
  - {id: one, name: One, in-text: one, about: the first, scopes: [first-team], crafts: [software, applied-science]}
  - {id: two, name: Two, in-text: two, about: the second, scopes: [first-team], crafts: [software, applied-science]}
  - {id: three, name: Three, in-text: three, about: the third, scopes: [first-team], crafts: [software, applied-science]}
  - {id: four, name: Four, in-text: four, about: the fourth, scopes: [first-team], crafts: [software, applied-science]}
  - {id: five, name: Five, in-text: five, about: the fifth, scopes: [first-team], crafts: [software, applied-science]}
`

// shippedFiles returns good shipped files around the small questionnaire, with a fitting lock.
func shippedFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{
		"model.yaml":                   {Data: []byte(smallModel)},
		"practices.yaml":               {Data: []byte(smallPractices())},
		"guides.yaml":                  {Data: []byte(smallGuides)},
		"domains.yaml":                 {Data: []byte(smallDomains)},
		"questionnaires/own.yaml":      {Data: []byte(smallQuestionnaire)},
		"questionnaires/.#own.yaml":    {Data: []byte("an editor's draft")},
		"questionnaires/own.yaml.orig": {Data: []byte("not a questionnaire")},
	}
	lockWords(t, files)
	return files
}

// lockWords writes the lock that fits the questionnaires of files.
func lockWords(t testing.TB, files fstest.MapFS) {
	t.Helper()
	l := newLoader()
	l.loadModel(files)
	words := newLock()
	for _, name := range questionnaireNames(files, questionnaires) {
		l.open(files, name, name, func(f *file, root ast.Node) {
			for _, item := range f.readQuestionnaire(root, l.library.Model).items {
				words.words[item.ID] = item.wordsHash()
			}
		})
	}
	files["questionnaires/lock.yaml"] = &fstest.MapFile{Data: words.encode()}
}

// problemsOf loads and returns the problems. It fails the test on any other error.
func problemsOf(t testing.TB, shipped fs.FS, folders ...string) Problems {
	t.Helper()
	library, err := Load(shipped, folders...)
	if err == nil {
		return nil
	}
	problems, ok := err.(Problems)
	if !ok {
		t.Fatalf("error is a %T: %v", err, err)
	}
	if library != nil {
		t.Error("a library came back together with problems")
	}
	return problems
}

// lineWith returns the line of the first occurrence of a marker, and 0 for no marker.
func lineWith(t testing.TB, text, marker string) int {
	t.Helper()
	if marker == "" {
		return 0
	}
	before, _, found := strings.Cut(text, marker)
	if !found {
		t.Fatalf("marker %q is not in the text", marker)
	}
	return strings.Count(before, "\n") + 1
}

// replaceOnce replaces the first occurrence and fails if there is none.
func replaceOnce(t testing.TB, text, from, to string) string {
	t.Helper()
	if !strings.Contains(text, from) {
		t.Fatalf("%q is not in the text", from)
	}
	return strings.Replace(text, from, to, 1)
}

// equalProblems compares whole lists, so that neither a repeated nor a stray problem passes.
func equalProblems(t testing.TB, got Problems, want ...Problem) {
	t.Helper()
	if !slices.Equal(got, Problems(want)) {
		t.Errorf("got:\n%v\nwant:\n%v", got, Problems(want))
	}
}

// write creates a file in a temporary folder and returns its path.
func write(t testing.TB, folder, name, text string) string {
	t.Helper()
	full := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return full
}
