package questionnaire

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoadGoodFiles(t *testing.T) {
	library, err := Load(shippedFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	own, found := library.Questionnaire("own")
	if !found {
		t.Fatal("questionnaire own is missing")
	}
	if own.Version != 1 || own.Scope != "first-team" || own.Minutes != (Minutes{15, 3}) ||
		own.Scale.Between != (Between{"beyond 1", "beyond 3"}) || own.Scale.Absent != "It did not come up" {
		t.Errorf("head read wrongly: %+v", own)
	}
	section, found := own.Section("design")
	if !found || section.Target != 3.5 || section.Importance != 3 || section.Anchors.Five != "Designs changed." {
		t.Errorf("section read wrongly: %+v", section)
	}
	item, found := own.Item("design.own.risk")
	want := Item{
		ID: "design.own.risk", Competency: "design", Text: "I ask about the risk.",
		Anchors: Anchors{"I attend.", "I name the risk.", "A design changed: its author says so."},
		Illustrations: map[string]string{
			"software": "a queue without a bound", "applied-science": "a metric without a baseline",
		},
		Outcomes: []string{"decisions", "support"}, Pillar: "acumen",
	}
	if !found || string(item.Canonical()) != string(want.Canonical()) {
		t.Errorf("item read wrongly:\n%s\nwant\n%s", item.Canonical(), want.Canonical())
	}
}

func TestLoadAcceptsHowEditorsSave(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark":     "\ufeff" + smallQuestionnaire,
		"Windows line ends":   strings.ReplaceAll(smallQuestionnaire, "\n", "\r\n"),
		"document start":      "---\n" + smallQuestionnaire,
		"quoted levels":       strings.ReplaceAll(smallQuestionnaire, "3: I", `"3": I`),
		"folded text":         strings.Replace(smallQuestionnaire, "text: I ask about the risk.", "text: >-\n          I ask about\n          the risk.", 1),
		"whole-number target": strings.Replace(smallQuestionnaire, "target: 3.5", "target: 3", 1),
		"comments":            strings.Replace(smallQuestionnaire, "version: 1", "# a comment\nversion: 1 # another", 1),
		"no newline at end":   strings.TrimSuffix(smallQuestionnaire, "\n"),
		"space around words":  strings.Replace(smallQuestionnaire, "name: Our own", "name: \" Our own \"", 1),
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, "own.yaml", text)
			shipped := shippedFiles(t)
			shipped["questionnaires/own.yaml"] = &fstest.MapFile{
				Data: []byte(strings.Replace(smallQuestionnaire, "id: own", "id: shipped", 1)),
			}
			library, err := Load(shipped, folder)
			if err != nil {
				t.Fatal(err)
			}
			own, _ := library.Questionnaire("own")
			if text := own.Items(FormFull)[0].Text; own.Name != "Our own" || text != "I ask about the risk." {
				t.Errorf("read as %q, %q", own.Name, text)
			}
		})
	}
}

func TestLoadOrdersShippedByScope(t *testing.T) {
	shipped := shippedFiles(t)
	shipped["model.yaml"] = &fstest.MapFile{Data: []byte(replaceOnce(t, smallModel,
		"scopes:\n", "scopes:\n  - id: later\n    name: Later\n    in-text: later\n    about: You come first here.\n"))}
	shipped["practices.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(smallPractices(),
		"[first-team]", "[first-team, later]"))}
	shipped["domains.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(smallDomains, "[first-team]", "[first-team, later]"))}
	text := replaceOnce(t, smallQuestionnaire, "id: own", "id: zeta")
	shipped["questionnaires/zeta.yaml"] = &fstest.MapFile{Data: []byte(replaceOnce(t, text,
		"scope: first-team", "scope: later"))}
	folder := t.TempDir()
	write(t, folder, "alpha.yaml", replaceOnce(t, smallQuestionnaire, "id: own", "id: alpha"))

	library, err := Load(shipped, folder)
	if err != nil {
		t.Fatal(err)
	}
	got := ids(library.Questionnaires, func(q Questionnaire) string { return q.ID })
	if want := []string{"zeta", "own", "alpha"}; !slices.Equal(got, want) {
		t.Errorf("order is %v, want %v", got, want)
	}
}

func TestLoadReportsTheModelAlone(t *testing.T) {
	shipped := shippedFiles(t)
	shipped["model.yaml"] = &fstest.MapFile{Data: []byte("areas: 1\n")}
	problems := problemsOf(t, shipped)
	if len(problems) == 0 || slices.ContainsFunc(problems, func(p Problem) bool { return p.File != "model.yaml" }) {
		t.Errorf("without a model nothing else can be judged, got:\n%v", problems)
	}
}

func TestLoadNeedsEveryShippedFile(t *testing.T) {
	for _, name := range []string{"model.yaml", "practices.yaml", "questionnaires/lock.yaml"} {
		shipped := shippedFiles(t)
		delete(shipped, name)
		equalProblems(t, problemsOf(t, shipped), Problem{name, 0, "cannot be read: file does not exist"})
	}
	shipped := shippedFiles(t)
	delete(shipped, "questionnaires/own.yaml")
	equalProblems(t, problemsOf(t, shipped), Problem{"questionnaires", 0, "holds no questionnaire (*.yaml)"})
}

func TestLoadFolders(t *testing.T) {
	empty := t.TempDir()
	equalProblems(t, problemsOf(t, shippedFiles(t), empty), Problem{empty, 0, "holds no questionnaire (*.yaml)"})

	missing := empty + "/missing"
	equalProblems(t, problemsOf(t, shippedFiles(t), missing),
		Problem{missing, 0, "cannot be read: no such file or directory"})

	stray := t.TempDir()
	practices := write(t, stray, "practices.yaml", smallPractices())
	equalProblems(t, problemsOf(t, shippedFiles(t), stray),
		Problem{practices, 1, "is a file of practices, and this folder is for questionnaires; move it elsewhere"})
}

func TestLoadComparesAcrossFiles(t *testing.T) {
	const otherID = "id: other"
	cases := []struct {
		name, from, to, at, reason string
	}{
		{"id taken", otherID, "id: own", "id: own",
			`questionnaire id "own" is taken by questionnaires/own.yaml:1; choose another`},
		{"text", "I ask about the risk.", "I ask about each risk.", "id: design.own.risk",
			`item "design.own.risk" has another text than in questionnaires/own.yaml:24; an id has the same words everywhere, so copy them or choose another id`},
		{"anchor", "I name the risk.", "I name each risk.", "id: design.own.risk",
			`item "design.own.risk" has another anchor than in questionnaires/own.yaml:24; an id has the same words everywhere, so copy them or choose another id`},
		{"illustration", "software: a bus", "software: a boat", "id: design.own.quiet",
			`item "design.own.quiet" has another illustration than in questionnaires/own.yaml:35; an id has the same words everywhere, so copy them or choose another id`},
		{"pillar", "pillar: empathy", "pillar: acumen", "id: design.own.quiet",
			`item "design.own.quiet" has another pillar than in questionnaires/own.yaml:35; an id has the same words everywhere, so copy them or choose another id`},
		{"outcomes", "[decisions, support]", "[support]", "id: design.own.risk",
			`item "design.own.risk" has another list of outcomes than in questionnaires/own.yaml:24; an id has the same words everywhere, so copy them or choose another id`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, replaceOnce(t, smallQuestionnaire, "id: own", otherID), c.from, c.to)
			folder := t.TempDir()
			path := write(t, folder, "other.yaml", text)
			equalProblems(t, problemsOf(t, shippedFiles(t), folder), Problem{path, lineWith(t, text, c.at), c.reason})
		})
	}
}
