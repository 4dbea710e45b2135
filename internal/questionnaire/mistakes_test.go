package questionnaire

import (
	"strings"
	"testing"
	"testing/fstest"
)

// mistake is one edit of a good file and the one problem that it makes.
type mistake struct {
	name     string
	from, to string
	// at marks, in the edited text, the line of the problem.
	at     string
	reason string
}

func TestMistakesInAQuestionnaire(t *testing.T) {
	for _, c := range []mistake{
		{"unknown field with a guess", "anchors:\n      1: They", "anchor:\n      1: They", "anchor:",
			`unknown field "anchor"; did you mean "anchors"?`},
		{"unknown field without one", "version: 1", "version: 1\ncolour: red", "colour",
			`unknown field "colour"; known are id, version, scope, name, about, minutes, scale, competencies`},
		{"unknown field of an item", "pillar: acumen", "pillar: acumen\n        weight: 2", "weight",
			`unknown field "weight"; known are id, text, anchors, illustrations, outcomes, pillar`},
		{"unknown term", "text: I ask about the risk.", "text: I ask the {persons}.", "id: design.own.risk",
			`unknown term "{persons}" (a brace that stands for itself is written twice: {{ or }}); did you mean "person"?`},
		{"half a term", "1: I attend.", "1: I attend the {review.", "id: design.own.risk",
			`unknown term "{review." (a brace that stands for itself is written twice: {{ or }}); did you mean "review"?`},
		{"braces in a text", "text: I ask about the risk.", "text: I ask for {\"risk\"} in the plan.", "id: design.own.risk",
			`unknown term "{\"risk\"}" (a brace that stands for itself is written twice: {{ or }}); known are person, a-person, people, review, run, duty`},
		{"unknown craft of an item", "        text: I ask about the risk.", "        crafts: [software, applied-science, hardware]\n        text: I ask about the risk.", "crafts:",
			`unknown craft "hardware"; known are software, applied-science`},
		{"missing field", "about: For our managers.\n", "", "id: own",
			`missing field "about" of this questionnaire; add it`},
		{"missing field of an item", "        text: I ask the quiet ones.\n", "", "id: design.own.quiet",
			`missing field "text" of this item; add it`},
		{"missing field of a competency", "    importance: 3\n", "", "id: design\n",
			`missing field "importance" of this competency; add it`},
		{"duplicate field", "version: 1", "version: 1\nversion: 2", "version: 2",
			`"version" stands twice in this questionnaire, first on line 2; keep one`},
		{"a number for a text", "name: Our own", "name: 7", "name: 7",
			`"name" must be a text, and it is a number; put it in double quotes`},
		{"true for a text", "pillar: acumen", "pillar: true", "pillar: true",
			`"pillar" must be a text, and it is true or false; put it in double quotes`},
		{"a list for a text", "name: Our own", "name: [a, b]", "name:",
			`"name" must be a text, and it is a list`},
		{"a reference for a text", "name: Our own", "name: &name Our own", "name:",
			`"name" must be a text, and it is a YAML reference`},
		{"a tag for a text", "name: Our own", "name: !!str Our own", "name:",
			`"name" must be a text, and it is a YAML feature that is not supported here`},
		{"a text for a mapping", "minutes: {full: 15, pulse: 3}", "minutes: 15", "minutes",
			`this list of minutes must be a mapping (lines of "key: value"), and it is a number`},
		{"a mapping for a list", "outcomes: [decisions, support]", "outcomes: {a: b}", "outcomes: {",
			`"outcomes" must be a list, and it is a mapping`},
		{"a text for an item", "      - id: design.own.quiet", "      - just words\n      - id: design.own.quiet", "just words",
			`this item must be a mapping (lines of "key: value"), and it is a text`},
		{"explicit key", "version: 1", "? version\n: 1\nversion: 1", "? version",
			`write the key as "key: value", without a question mark`},
		{"empty text", "name: Our own", "name:", "name:", `"name" is empty; write it`},
		{"blank text", "text: I ask about the risk.", "text: \"  \"", "text:", `"text" is empty; write it`},
		{"text too long", "text: I ask about the risk.", "text: I " + strings.Repeat("ä", 199), "text: I ä",
			`"text" has 201 characters; shorten it to 200 at most`},
		{"several lines", "name: Our own", "name: |\n  Our\n  own", "name:",
			`"name" holds a line break or a control character; write it as one line`},
		{"line separator", "name: Our own", `name: "Our\u2028own"`, "name:",
			`"name" holds a line break or a control character; write it as one line`},
		{"questionnaire id", "id: own", "id: Our Own", "id: Our",
			`"Our Own" is not an id; use lower-case letters, digits and hyphens, as in "first-team"`},
		{"version missing", "version: 1\n", "", "id: own",
			`missing field "version" of this questionnaire; add it`},
		{"version too low", "version: 1", "version: 0", "version",
			`"version" must be a whole number from 1 to 2147483647`},
		{"version a text", "version: 1", `version: "1"`, "version",
			`"version" must be a whole number from 1 to 2147483647`},
		{"version in hexadecimal", "version: 1", "version: 0x10", "version",
			`"version" must be a whole number from 1 to 2147483647`},
		{"unknown scope", "scope: first-team", "scope: first-teem", "scope: first-teem",
			`unknown scope "first-teem"; did you mean "first-team"?`},
		{"minutes", "pulse: 3}", "pulse: 0}", "minutes", `"pulse" must be a whole number from 1 to 240`},
		{"missing form", "{full: 15, pulse: 3}", "{full: 15}", "minutes",
			`missing form "pulse" of this list of minutes; add it`},
		{"empty scale", "scale:\n  instruction: Choose the highest level that fits.\n  between:\n    2: beyond 1\n    4: beyond 3\n  absent: It did not come up",
			"scale:", "scale:", `this scale must be a mapping (lines of "key: value"), and it is empty`},
		{"missing level between", "    4: beyond 3\n", "", "between:",
			`missing level "4" of this scale's "between"; add it`},
		{"empty word of the scale", "absent: It did not come up", "absent: ''", "absent", `"absent" is empty; write it`},
		{"no competencies", smallQuestionnaire[strings.Index(smallQuestionnaire, "competencies:"):],
			"competencies: []\n", "competencies", `"competencies" is empty; give at least one`},
		{"unknown competency", "- id: design\n", "- id: desing\n", "desing",
			`unknown competency "desing"; did you mean "design"?`},
		{"target too high", "target: 3.5", "target: 4.5", "target", `"target" must be a number from 2.0 to 4.0 in steps of 0.5`},
		{"target too low", "target: 3.5", "target: 1.5", "target", `"target" must be a number from 2.0 to 4.0 in steps of 0.5`},
		{"target between steps", "target: 3.5", "target: 3.25", "target", `"target" must be a number from 2.0 to 4.0 in steps of 0.5`},
		{"target not a number", "target: 3.5", "target: .nan", "target", `"target" must be a number from 2.0 to 4.0 in steps of 0.5`},
		{"importance", "importance: 3", "importance: 4", "importance", `"importance" must be a whole number from 1 to 3`},
		{"importance a fraction", "importance: 3", "importance: 2.5", "importance", `"importance" must be a whole number from 1 to 3`},
		{"pulse of another competency", "pulse: design.own.risk", "pulse: design.own.rusk", "rusk",
			`unknown item of this competency "design.own.rusk"; did you mean "design.own.risk"?`},
		{"no items", smallQuestionnaire[strings.Index(smallQuestionnaire, "    items:"):], "    items: []\n", "items:",
			`"items" is empty; give at least one`},
		{"item id of another competency", "id: design.own.quiet", "id: systems.own.quiet", "systems.own.quiet",
			`id "systems.own.quiet" must start with its competency, "design."`},
		{"item id without a dot", "id: design.own.quiet", "id: quiet", "id: quiet",
			`"quiet" is not an id; use lower-case letters, digits and hyphens, as in "design.some-slug"`},
		{"item twice", "id: design.own.quiet", "id: design.own.risk", "id: design.own.risk\n        text: I ask the quiet",
			`id "design.own.risk" is used twice, first on line 24; give one of them another id`},
		{"missing anchor", "          3: I name the risk.\n", "", "anchors:\n          1: I attend",
			`missing anchor "3" of this set of anchors; add it`},
		{"anchor between", "          3: I name the risk.\n", "          3: I name the risk.\n          4: I do more.\n", "4: I do",
			`unknown anchor "4"; known are 1, 3, 5`},
		{"missing illustration", "          applied-science: a metric without a baseline\n", "", "illustrations:\n",
			`missing craft "applied-science" of this set of illustrations; add it`},
		{"unknown craft", "          software: a queue", "          hardware: a board\n          software: a queue", "hardware",
			`unknown craft "hardware"; known are software, applied-science`},
		{"unknown outcome", "          - trust", "          - turst", "- turst", `unknown outcome "turst"; did you mean "trust"?`},
		{"no outcome", "outcomes: [decisions, support]", "outcomes: []", "outcomes: []", `"outcomes" is empty; give at least one`},
		{"three outcomes", "[decisions, support]", "[decisions, support, trust]", "outcomes: [",
			`"outcomes" has 3; keep the 2 that matter most`},
		{"outcome twice", "[decisions, support]", "[support, support]", "outcomes: [", `outcome "support" stands twice; keep one`},
		{"outcome a number", "          - trust", "          - 3", "- 3",
			`each of "outcomes" must be a text, and it is a number; put it in double quotes`},
		{"unknown pillar", "pillar: empathy", "pillar: wisdom", "wisdom", `unknown pillar "wisdom"; known are acumen, empathy`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, smallQuestionnaire, c.from, c.to)
			folder := t.TempDir()
			path := write(t, folder, "mistaken.yaml", text)
			shipped := shippedFiles(t)
			shipped["questionnaires/own.yaml"] = &fstest.MapFile{
				Data: []byte(replaceOnce(t, smallQuestionnaire, "id: own", "id: shipped")),
			}
			equalProblems(t, problemsOf(t, shipped, folder), Problem{path, lineWith(t, text, c.at), c.reason})
		})
	}
}

func TestCompetencyTwice(t *testing.T) {
	section := smallQuestionnaire[strings.Index(smallQuestionnaire, "  - id: design\n"):]
	again := strings.ReplaceAll(section, "design.own", "design.again")
	text := smallQuestionnaire + again
	line := strings.Count(text[:strings.LastIndex(text, "- id: design\n")], "\n") + 1
	shipped := shippedFiles(t)
	shipped["questionnaires/own.yaml"] = &fstest.MapFile{Data: []byte(text)}
	lockWords(t, shipped)
	equalProblems(t, problemsOf(t, shipped), Problem{"questionnaires/own.yaml", line,
		`id "design" is used twice, first on line 14; give one of them another id`})
}

func TestMistakesInTheModel(t *testing.T) {
	for _, c := range []mistake{
		{"unknown field", "    boundary: the shape", "    bounds: the shape", "bounds",
			`unknown field "bounds"; known are id, name, boundary`},
		{"area id twice", "outcomes:\n", "  - id: judgement\n    name: Again\n    about: again\n    competencies:\n" +
			"      - id: debt\n        name: Debt\n        boundary: cost\noutcomes:\n", "- id: judgement\n    name: Again",
			`id "judgement" is used twice, first on line 2; give one of them another id`},
		{"competency id twice", "- id: systems", "- id: design", "- id: design\n        name: Systems",
			`id "design" is used twice, first on line 6; give one of them another id`},
		{"not an id", "- id: empathy", "- id: Empathy", "Empathy\n    name",
			`"Empathy" is not an id; use lower-case letters, digits and hyphens, as in "some-slug"`},
		{"a scope without its words in a sentence", "    in-text: leading a first team\n", "", "- id: first-team",
			`missing field "in-text" of this scope; add it`},
		{"no crafts", smallModel[strings.Index(smallModel, "crafts:"):], "crafts:\n", "crafts",
			`"crafts" must be a list, and it is empty`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, smallModel, c.from, c.to)
			shipped := shippedFiles(t)
			shipped["model.yaml"] = &fstest.MapFile{Data: []byte(text)}
			problems := problemsOf(t, shipped)
			want := Problem{"model.yaml", lineWith(t, text, c.at), c.reason}
			if c.name == "unknown field" { // "bounds" is too far from "boundary" to be taken for it
				equalProblems(t, problems, Problem{"model.yaml", 6, `missing field "boundary" of this competency; add it`}, want)
				return
			}
			equalProblems(t, problems, want)
		})
	}
}

func TestMistakesInPractices(t *testing.T) {
	for _, c := range []mistake{
		{"unknown field", "    effort: 10 minutes.", "    efort: 10 minutes.", "efort", `unknown field "efort"; did you mean "effort"?`},
		{"id twice", "design.practice-1", "design.practice-0", "design.practice-0\n    competency: design\n    scopes: [first-team]\n    crafts: [software, applied-science]\n    serves: [design.own.risk]\n    when: a week begins\n    text: Do it.\n    effort: 10 minutes.\n    notice: it was done.\n  - id: design.practice-2",
			`id "design.practice-0" is used twice, first on line 2; give one of them another id`},
		{"id of another competency", "- id: design.practice-1", "- id: systems.practice-9", "systems.practice-9",
			`id "systems.practice-9" must start with its competency, "design."`},
		{"unknown scope", "scopes: [first-team]", "scopes: [first-team, wider]", "wider", `unknown scope "wider"; known are first-team`},
		{"unknown craft", "crafts: [software, applied-science]", "crafts: [softwear, software, applied-science]", "softwear",
			`unknown craft "softwear"; did you mean "software"?`},
		{"unknown item", "serves: [design.own.risk]", "serves: [design.own.rusk]", "rusk",
			`no item "design.own.rusk" was ever shipped; did you mean "design.own.risk"?`},
		{"the same item twice", "serves: [design.own.risk]", "serves: [design.own.risk, design.own.risk]", "risk, design",
			`item "design.own.risk" stands twice; keep one`},
		{"empty text", "text: Do it.", "text:", "text:", `"text" is empty; write it`},
		{"too few", smallPractices()[strings.Index(smallPractices(), "  - id: systems.practice-3"):], "", "practices:",
			`competency "systems" has too few practices (3); write at least 4`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, smallPractices(), c.from, c.to)
			shipped := shippedFiles(t)
			shipped["practices.yaml"] = &fstest.MapFile{Data: []byte(text)}
			equalProblems(t, problemsOf(t, shipped), Problem{"practices.yaml", lineWith(t, text, c.at), c.reason})
		})
	}
}

func TestMistakesInGuides(t *testing.T) {
	for _, c := range []mistake{
		{"unknown field", "    title: A review", "    titel: A review", "titel", `unknown field "titel"; did you mean "title"?`},
		{"unknown competency", "[design]", "[designs]", "designs", `unknown competency "designs"; did you mean "design"?`},
		{"an empty step", "steps: [Read it.]", "steps: [\"\"]", "steps", `each of "steps" is empty; write it`},
		{"no parts", "    parts:\n      - title: Before\n        steps: [Read it.]\n", "    parts: []\n", "parts", `"parts" is empty; give at least one`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, smallGuides, c.from, c.to)
			shipped := shippedFiles(t)
			shipped["guides.yaml"] = &fstest.MapFile{Data: []byte(text)}
			equalProblems(t, problemsOf(t, shipped), Problem{"guides.yaml", lineWith(t, text, c.at), c.reason})
		})
	}
}

func TestMistakesInDomains(t *testing.T) {
	for _, c := range []mistake{
		{"unknown field", "    name: Senior engineer", "    nam: Senior engineer", "nam:", `unknown field "nam"; did you mean "name"?`},
		{"unknown practice", "exposed: design.practice-0\n  half", "exposed: design.practise-0\n  half", "practise", `unknown practice "design.practise-0"; did you mean "design.practice-0"?`},
		{"unknown craft", "    crafts: [software, applied-science]", "    crafts: [software, applied-sciense]", "sciense", `unknown craft "applied-sciense"; did you mean "applied-science"?`},
		{"no practice for a finding", "  thin: design.practice-0\n", "", "practices:", `missing finding "thin" of this list of practices; add it`},
		{"one id twice", "id: two", "id: one", "name: Two", `id "one" is used twice, first on line 22; give one of them another id`},
		{"an id of one’s own domains", "id: two", "id: own-2", "name: Two", `id "own-2" begins as the ids of people’s own domains do; give it another id`},
		{"a name too long", "name: Two", "name: " + strings.Repeat("long ", 12), "long", `"name" has 59 characters; shorten it to 48 at most`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaceOnce(t, smallDomains, c.from, c.to)
			shipped := shippedFiles(t)
			shipped["domains.yaml"] = &fstest.MapFile{Data: []byte(text)}
			equalProblems(t, problemsOf(t, shipped), Problem{"domains.yaml", lineWith(t, text, c.at), c.reason})
		})
	}
}

func TestDomainsForEveryCraft(t *testing.T) {
	text := strings.Replace(smallDomains, "about: the fifth, scopes: [first-team], crafts: [software, applied-science]", "about: the fifth, scopes: [first-team], crafts: [software]", 1)
	shipped := shippedFiles(t)
	shipped["domains.yaml"] = &fstest.MapFile{Data: []byte(text)}
	equalProblems(t, problemsOf(t, shipped), Problem{"domains.yaml", lineWith(t, text, "domains:"),
		`scope "first-team" and craft "applied-science" have too few domains (4); write at least 5`})
}

// TestOperatorAddsDomains holds that a folder of an operator's adds its own domains after the shipped ones, and takes no
// id of theirs.
func TestOperatorAddsDomains(t *testing.T) {
	folder := t.TempDir()
	const own = "domains:\n  - {id: rockets, name: Rockets, in-text: rockets, about: what burns, scopes: [first-team], crafts: [software]}\n"
	write(t, folder, "domains.yaml", own)
	if problems := Check(folder); len(problems) > 0 {
		t.Errorf("check finds %v", problems)
	}
	library, err := Load(shippedFiles(t), folder)
	if err != nil {
		t.Fatal(err)
	}
	offered := library.Depths.For("first-team", "software")
	if len(offered) != 6 || offered[5].Name != "Rockets" || len(library.Depths.For("first-team", "applied-science")) != 5 {
		t.Errorf("offered are %v", offered)
	}
	write(t, folder, "domains.yaml", strings.Replace(own, "id: rockets", "id: two", 1))
	if _, err := Load(shippedFiles(t), folder); err == nil || !strings.Contains(err.Error(), `domain "two" is taken already`) {
		t.Errorf("loading gives %v", err)
	}
}

func TestPracticesForEveryScope(t *testing.T) {
	shipped := shippedFiles(t)
	shipped["model.yaml"] = &fstest.MapFile{Data: []byte(replaceOnce(t, smallModel,
		"scopes:\n", "scopes:\n  - id: later\n    name: Later\n    in-text: later\n    about: Later.\n"))}
	shipped["domains.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(smallDomains, "[first-team]", "[first-team, later]"))}
	shipped["practices.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(smallPractices(), "[first-team]", "[later]", 3))}
	problems := problemsOf(t, shipped)
	equalProblems(t, problems,
		Problem{"practices.yaml", 1, `competency "design" has too few practices (1) for scope "first-team" and craft "software"; write at least 2`},
		Problem{"practices.yaml", 1, `competency "design" has too few practices (1) for scope "first-team" and craft "applied-science"; write at least 2`},
		Problem{"practices.yaml", 1, `competency "systems" has too few practices (0) for scope "later" and craft "software"; write at least 2`},
		Problem{"practices.yaml", 1, `competency "systems" has too few practices (0) for scope "later" and craft "applied-science"; write at least 2`})
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		data   string
		line   int
		reason string
	}{
		"empty":             {"", 1, "is empty; see the README for the format"},
		"comments only":     {"# nothing\n", 1, "is empty; see the README for the format"},
		"a sentence":        {"just words\n", 1, `this questionnaire must be a mapping (lines of "key: value"), and it is a text`},
		"two documents":     {smallQuestionnaire + "---\nid: more\n", strings.Count(smallQuestionnaire, "\n") + 1, "holds more than one YAML document; keep one, without directives"},
		"too big":           {strings.Repeat("#", maxBytes+1), 1, "is larger than 1024 KiB; split it into several questionnaires"},
		"not UTF-8":         {"id: own\nname: caf\xe9\n", 2, "is not valid UTF-8; save the file in that encoding"},
		"brackets in heaps": {"id: " + strings.Repeat("[", 100), 1, "is nested too deeply or has too many entries; keep to the format in the README"},
		"dashes in heaps":   {"id:\n  " + strings.Repeat("- ", 100), 2, "is nested too deeply or has too many entries; keep to the format in the README"},
		"lines in heaps":    {"id: |\n" + strings.Repeat("\n", maxLines), 1, "has more than 10000 lines; split it into several questionnaires"},
		"entries in heaps":  {strings.Repeat("- [a, a, a]\n", maxTokens/7), maxTokens/8 + 1, "is nested too deeply or has too many entries; keep to the format in the README"},
		"not YAML": {"id: own\nname: a: b\n", 2,
			`is not valid YAML: mapping value is not allowed in this context; a value with ": " in it needs double quotes`},
		"tab": {"id: own\nscale:\n\tabsent: x\n", 3,
			"is not valid YAML: found character '\t' that cannot start any token"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := write(t, folder, "odd.yaml", c.data)
			equalProblems(t, problemsOf(t, shippedFiles(t), folder), Problem{path, c.line, c.reason})
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	text := smallQuestionnaire
	for from, to := range map[string]string{
		"version: 1":         "version: 0",
		"absent: It":         "absant: It",
		"target: 3.5":        "target: 5",
		"pillar: acumen":     "pillar: acumin",
		"      5: Designs":   "      6: Designs",
		"pillar: empathy":    "pillar: empathy\n        pillar: acumen",
		"software: a bus":    "software: 12",
		"text: I ask the qu": "txt: I ask the qu",
	} {
		text = replaceOnce(t, text, from, to)
	}
	folder, later := t.TempDir(), t.TempDir()
	path := write(t, folder, "many.yaml", text)
	broken := write(t, folder, "alike.yaml", "a: [\n")
	write(t, later, "fine.yaml", replaceOnce(t, smallQuestionnaire, "id: own", "id: fine"))
	equalProblems(t, problemsOf(t, shippedFiles(t), folder, later),
		Problem{broken, 1, `is not valid YAML: sequence end token ']' not found`},
		Problem{path, 1, `questionnaire id "own" is taken by questionnaires/own.yaml:1; choose another`},
		Problem{path, 2, `"version" must be a whole number from 1 to 2147483647`},
		Problem{path, 12, `unknown field "absant"; did you mean "absent"?`},
		Problem{path, 16, `"target" must be a number from 2.0 to 4.0 in steps of 0.5`},
		Problem{path, 18, `missing anchor "5" of this set of anchors; add it`},
		Problem{path, 21, `unknown anchor "6"; known are 1, 3, 5`},
		Problem{path, 34, `unknown pillar "acumin"; did you mean "acumen"?`},
		Problem{path, 36, `unknown field "txt"; did you mean "text"?`},
		Problem{path, 38, `"software" must be a text, and it is a number; put it in double quotes`},
		Problem{path, 42, `"pillar" stands twice in this item, first on line 41; keep one`},
	)
}
