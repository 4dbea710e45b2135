package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/demonstration"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store/storetest"
)

// recorded is a manager with a history of every kind: the demonstration's quarters, a gap, a change of
// scope and absent answers, and after them marks of one's own, a pulse, a name and a draft.
type recorded struct {
	useCases *app.App
	manager  string
	pulse    string
}

// hostileNote is what a spreadsheet would run.
const hostileNote = "=HYPERLINK(\"http://example.org\"),\nsecond line"

func record(t *testing.T) recorded {
	t.Helper()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	opened := storetest.SQLite(t)
	now := time.Date(2026, time.August, 3, 10, 0, 0, 123_000_000, time.UTC)
	manager, err := demonstration.FillManager(t.Context(), opened, library, now)
	if err != nil {
		t.Fatal(err)
	}
	later := now.AddDate(0, 1, 0)
	r := recorded{useCases: app.New(opened, library, func() time.Time { return later }, rand.Text, app.Secret), manager: manager}
	succeed := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	choices, err := r.useCases.Targets(t.Context(), manager, "wider-scope")
	succeed(err)
	var marks []model.Target
	for _, row := range choices.Rows {
		marks = append(marks, model.Target{Competency: row.Competency.ID, Value: 2.5, Importance: 1})
	}
	succeed(r.useCases.SaveTargets(t.Context(), manager, "wider-scope", marks))
	start := func() string {
		id, err := r.useCases.Start(t.Context(), manager, model.StartInput{
			Questionnaire: "wider-scope", Craft: library.Model.Crafts[0].ID, Form: string(model.PulseForm),
			Since: now.Format(model.DateLayout),
		})
		succeed(err)
		return id
	}
	asked, _ := library.Questionnaire("wider-scope")
	answer := func(id string, count int) {
		for number, item := range asked.Items(model.PulseForm)[:count] {
			_, err := r.useCases.SaveAnswers(t.Context(), manager, id, []app.AnswerInput{{
				Item: item.ID, Level: model.Level(1 + number%5), Note: hostileNote, Spent: 12345 * time.Millisecond,
			}})
			succeed(err)
		}
	}
	r.pulse = start()
	answer(r.pulse, len(asked.Sections)-1)
	succeed(r.useCases.Finish(t.Context(), manager, r.pulse, true))
	succeed(r.useCases.Rename(t.Context(), manager, r.pulse, "+ a name"))
	answer(start(), 3)
	return r
}

func (r recorded) history(t *testing.T) *app.ExportedHistory {
	t.Helper()
	export, err := r.useCases.ExportHistory(t.Context(), r.manager)
	if err != nil {
		t.Fatal(err)
	}
	return export
}

func written(t *testing.T, export *app.ExportedHistory) []byte {
	t.Helper()
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func recompute(t *testing.T, content []byte) *app.Recomputation {
	t.Helper()
	recomputed, err := app.Recompute(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return recomputed
}

func TestRecomputeWholeHistory(t *testing.T) {
	r := record(t)
	export := r.history(t)
	recomputed := recompute(t, written(t, export))
	for _, difference := range recomputed.Differences {
		t.Error(difference)
	}
	// The demonstration has 12 competencies and 14 groups, and the pulse its groups alone. What has a
	// change of scope before it is compared as a whole.
	if recomputed.Assessments != 9 || recomputed.Standings != 9*12 {
		t.Errorf("%d assessments and %d standings, want 9 and 108: a draft is no part of it", recomputed.Assessments, recomputed.Standings)
	}
	if recomputed.Scores < 8*26 || recomputed.Verdicts < 6*26 {
		t.Errorf("only %d scores and %d verdicts", recomputed.Scores, recomputed.Verdicts)
	}
	verdicts := map[measure.Verdict]int{}
	for _, assessment := range export.Assessments {
		for _, group := range assessment.Groups {
			if group.Change != nil {
				verdicts[group.Change.Verdict]++
			}
		}
	}
	if verdicts[measure.Changed] == 0 || verdicts[measure.WithinNoise] == 0 || verdicts[measure.NotComparable] == 0 {
		t.Errorf("the history is too tame to test with: %v", verdicts)
	}
}

func TestRecomputeOneAssessment(t *testing.T) {
	r := record(t)
	for _, assessment := range r.history(t).Assessments {
		export, err := r.useCases.ExportAssessment(t.Context(), r.manager, assessment.ID)
		if err != nil {
			t.Fatal(err)
		}
		recomputed := recompute(t, written(t, export))
		if recomputed.Assessments != 1 || recomputed.Verdicts != 0 || len(recomputed.Differences) > 0 {
			t.Errorf("%s: %+v", assessment.ID, recomputed)
		}
	}
}

func TestRecomputeNothing(t *testing.T) {
	r := record(t)
	export, err := r.useCases.ExportHistory(t.Context(), "nobody")
	if err != nil {
		t.Fatal(err)
	}
	recomputed := recompute(t, written(t, export))
	if recomputed.Assessments != 0 || len(recomputed.Differences) > 0 {
		t.Errorf("%+v", recomputed)
	}
}

// Whatever is changed in a file is found and named.
func TestRecomputeFindsChanges(t *testing.T) {
	content := written(t, record(t).history(t))
	area := func(e *app.ExportedHistory, number int) *app.ExportedGroup {
		for i, group := range e.Assessments[number].Groups {
			if group.ID == "judgement" {
				return &e.Assessments[number].Groups[i]
			}
		}
		t.Fatal("there is no area of that name")
		return nil
	}
	for name, change := range map[string]struct {
		change func(*app.ExportedHistory)
		want   []string
	}{
		"an answer": {
			func(e *app.ExportedHistory) {
				answer := &e.Assessments[4].Competencies[0].Answers[0]
				level := 6 - *answer.Level
				answer.Level = &level
			},
			[]string{"competencies: design: score: value:", "groups: area judgement: score: value:", "groups: whole: score: value:", "noise: item_variance:", "change: mean_change:"},
		},
		"an answer’s state": {
			func(e *app.ExportedHistory) { e.Assessments[4].Competencies[0].Answers[0].State = app.AbsentState },
			[]string{`state: "absent" in the file, "answered" recomputed`},
		},
		"a score": {
			func(e *app.ExportedHistory) { e.Assessments[2].Competencies[3].Score.Value += 2e-9 },
			[]string{"score: value:"},
		},
		"a band": {
			func(e *app.ExportedHistory) { area(e, 2).Score.Upper += 0.01 },
			[]string{"groups: area judgement: score: band_upper:"},
		},
		"no score": {
			func(e *app.ExportedHistory) { area(e, 2).Score = nil },
			[]string{"groups: area judgement: score: nothing in the file, something recomputed"},
		},
		"a standing": {
			func(e *app.ExportedHistory) { e.Assessments[2].Competencies[7].Standing = measure.Below },
			[]string{`competencies: coaching: standing: "below" in the file, "open" recomputed`},
		},
		"a verdict": {
			func(e *app.ExportedHistory) { area(e, 3).Change.Verdict = measure.Changed },
			[]string{`groups: area judgement: change: verdict: "changed" in the file, "noise" recomputed`},
		},
		"a direction": {
			func(e *app.ExportedHistory) { area(e, 4).Change.Direction = measure.Fell },
			[]string{`groups: area judgement: change: direction: "fell" in the file, "rose" recomputed`},
		},
		"an adjusted p": {
			func(e *app.ExportedHistory) { area(e, 4).Change.AdjustedP /= 2 },
			[]string{"groups: area judgement: change: adjusted_p:"},
		},
		"a mark": {
			func(e *app.ExportedHistory) { e.Assessments[2].Competencies[7].Target = 5 },
			[]string{"competencies: coaching: standing:"},
		},
		"a constant of scores": {
			func(e *app.ExportedHistory) { e.Assessments[5].Constants.BandLevel = 0.9 },
			[]string{"band_lower:", "band_upper:"},
		},
		"a constant of verdicts": {
			func(e *app.ExportedHistory) { e.Assessments[5].Constants.MinimumSharedArea = 99 },
			[]string{`change: obstacle: "" in the file, "too_few_shared" recomputed`},
		},
		"a constant of noise": {
			func(e *app.ExportedHistory) { e.Assessments[5].Constants.PriorItemVariance = 0.81 },
			[]string{"noise: item_variance:"},
		},
		"the noise": {
			func(e *app.ExportedHistory) { e.Assessments[5].Noise.ItemVariance += 0.1 },
			[]string{"noise: item_variance:", "score: standard_error:"},
		},
		"the first noise": {
			func(e *app.ExportedHistory) { e.Assessments[0].Noise.Degrees = 13 },
			[]string{"noise: degrees_of_freedom: 13 in the file, 12 recomputed"},
		},
		"a hash": {
			func(e *app.ExportedHistory) {
				e.Assessments[1].Competencies[1].Answers[0].ItemHash = strings.Repeat("0", 64)
			},
			[]string{"item_hash:"},
		},
		"the words of an item": {
			func(e *app.ExportedHistory) { e.Assessments[1].Competencies[1].Answers[0].Item.Anchors.Five += "!" },
			[]string{"item_hash:"},
		},
		"an area": {
			func(e *app.ExportedHistory) { e.Model.Areas[0].Competencies = e.Model.Areas[0].Competencies[1:] },
			[]string{"groups: area judgement: score: value:"},
		},
		"a group left out": {
			func(e *app.ExportedHistory) { e.Assessments[1].Groups = e.Assessments[1].Groups[1:] },
			[]string{"groups: 13 in the file, 14 recomputed"},
		},
		"what is compared": {
			func(e *app.ExportedHistory) { e.Assessments[3].ComparedWith = e.Assessments[0].ID },
			[]string{"compared_with:"},
		},
		"an assessment left out": {
			func(e *app.ExportedHistory) { e.Assessments = append(e.Assessments[:3], e.Assessments[4:]...) },
			[]string{"compared_with:", "change: mean_change:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var export app.ExportedHistory
			if err := json.Unmarshal(content, &export); err != nil {
				t.Fatal(err)
			}
			change.change(&export)
			found := strings.Join(recompute(t, written(t, &export)).Differences, "\n")
			for _, want := range change.want {
				if !strings.Contains(found, want) {
					t.Errorf("%q is not among the differences:\n%s", want, found)
				}
			}
			if !strings.Contains(found, "assessments: 20") {
				t.Errorf("no assessment is named:\n%s", found)
			}
		})
	}
}

// beginning is an export of the first two assessments: enough to compare, and quick to read.
func beginning(t *testing.T) []byte {
	export := record(t).history(t)
	export.Assessments = export.Assessments[:2]
	content := written(t, export)
	if differing := recompute(t, content).Differences; len(differing) > 0 {
		t.Fatalf("%q", differing)
	}
	return content
}

// spaces is a file without an end.
type spaces struct{}

func (spaces) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = ' '
	}
	return len(into), nil
}

// refused recomputes what is no export and checks that the reason fits one line.
func refused(t *testing.T, source io.Reader) string {
	t.Helper()
	_, err := app.Recompute(source)
	if err == nil {
		t.Fatal("it was taken")
	}
	if text := err.Error(); strings.ContainsAny(text, "\n\x1b") || len(text) > 400 {
		t.Errorf("the reason is no line of print: %q", text)
	}
	return err.Error()
}

func TestRecomputeRefuses(t *testing.T) {
	content := string(beginning(t))
	replaced := func(old, changed string) string {
		if !strings.Contains(content, old) {
			t.Fatalf("%q is not in the export", old)
		}
		return strings.Replace(content, old, changed, 1)
	}
	for name, file := range map[string]struct{ content, want string }{
		"nothing":               {"", "line 1: this is not JSON"},
		"no JSON":               {"{\n\"format\": whetstone}", "line 2: this is not JSON"},
		"more after it":         {content + "{}", "this is not JSON"},
		"another value":         {"null", "its format is nothing"},
		"a list":                {"[]", "its format is nothing"},
		"an older format":       {replaced("whetstone-history-1", "whetstone-assessment-1"), `its format is "whetstone-assessment-1", not "whetstone-history-1"`},
		"an unknown field":      {replaced(`"whole_history": true`, `"whole_history": true, "extra\u001b[2J\n": 1`), `extra\x1b[2J\n: in the file, but no part of this format`},
		"a field of capitals":   {replaced(`"trend"`, `"Trend"`), "trend: missing in the file"},
		"a missing field":       {replaced(`"importance": 1,`, ""), "importance: missing in the file"},
		"a field twice":         {replaced(`"whole_history": true`, "\"whole_history\": true,\n\"whole_history\": true"), `line 4: the field "whole_history" stands twice`},
		"a wrong type":          {replaced(`"whole_history": true`, `"whole_history": 1`), "line 3: whole_history can't be a number"},
		"a list of numbers":     {`{"format":"whetstone-history-1","assessments":[` + strings.Repeat("0,", 300_000) + `0]}`, "its lists hold more than 200000 elements"},
		"depth":                 {`{"format":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`, "nested deeper than 16 levels"},
		"more depth":            {strings.Repeat("[", 1<<20), "this is not JSON"},
		"a huge number":         {replaced(`"target": `, `"target": 1e999, "x": `), "line"},
		"a level off the scale": {replaced(`"level": 3`, `"level": 7`), "level: 7 is not from 1 to 5"},
		"a state of nothing":    {replaced(`"level": 3`, `"level": null`), `state: "answered" goes with a level`},
		"an unknown form":       {replaced(`"form": "full"`, `"form": "long"`), `form: "long" is none`},
		"no day":                {replaced(`"period_start": "20`, `"period_start": "x`), "is no day"},
		"no time":               {replaced(`"finished_at": "`, `"finished_at": "x`), "x2024"},
		"no noise":              {replaced(`"item_variance": 0.`, `"item_variance": -0.`), "noise: item_variance: -0."},
		"a whole band":          {replaced(`"band_level": 0.8`, `"band_level": 1`), "constants: band_level: 1 is not from 0.01 to 0.999"},
		"no time spent":         {replaced(`"seconds_spent": 20`, `"seconds_spent": -20`), "seconds_spent: -20 is not from 0"},
	} {
		t.Run(name, func(t *testing.T) {
			if reason := refused(t, strings.NewReader(file.content)); !strings.Contains(reason, file.want) {
				t.Errorf("%q does not say %q", reason, file.want)
			}
		})
	}
	t.Run("too much", func(t *testing.T) {
		if reason := refused(t, spaces{}); reason != "it is larger than 64 MiB" {
			t.Error(reason)
		}
	})
	t.Run("cut off anywhere", func(t *testing.T) {
		for length := 0; length < len(content); length += len(content) / 40 {
			refused(t, strings.NewReader(content[:length]))
		}
	})
}

func TestRecomputeRefusesMixedUpAssessments(t *testing.T) {
	content := beginning(t)
	for want, change := range map[string]func(*app.ExportedHistory){
		"this id stands twice": func(e *app.ExportedHistory) { e.Assessments[1].ID = e.Assessments[0].ID },
		"the oldest comes first": func(e *app.ExportedHistory) {
			e.Assessments[0], e.Assessments[1] = e.Assessments[1], e.Assessments[0]
		},
		"design: it stands twice": func(e *app.ExportedHistory) {
			e.Assessments[1].Competencies[1] = e.Assessments[1].Competencies[0]
		},
		": it stands twice": func(e *app.ExportedHistory) {
			answers := e.Assessments[1].Competencies[1].Answers
			answers[1] = answers[0]
		},
		`it belongs to the competency "design"`: func(e *app.ExportedHistory) {
			e.Assessments[1].Competencies[1].Answers[0] = e.Assessments[1].Competencies[0].Answers[0]
			e.Assessments[1].Competencies[0].Answers = nil
		},
		"more than 100 groups": func(e *app.ExportedHistory) {
			e.Model.Pillars = strings.Split(strings.Repeat("x,", 100), ",")
		},
		"more than 1000": func(e *app.ExportedHistory) {
			e.Assessments[0].Competencies = nil
			for len(e.Assessments) <= 1000 {
				e.Assessments = append(e.Assessments, e.Assessments[0])
			}
		},
	} {
		t.Run(want, func(t *testing.T) {
			var export app.ExportedHistory
			if err := json.Unmarshal(content, &export); err != nil {
				t.Fatal(err)
			}
			change(&export)
			if reason := refused(t, bytes.NewReader(written(t, &export))); !strings.Contains(reason, want) {
				t.Error(reason)
			}
		})
	}
}

// No number makes the formulae fail: it is refused, or what differs is named.
func TestRecomputeExtremeNumbers(t *testing.T) {
	export := record(t).history(t)
	export.Assessments = export.Assessments[:2]
	for i := range export.Assessments {
		export.Assessments[i].Competencies = export.Assessments[i].Competencies[:2] // few are quick, and enough to fail on
	}
	content := string(written(t, export))
	for _, field := range []string{
		"item_variance", "degrees_of_freedom", "prior_item_variance", "prior_degrees_of_freedom", "competency_mood_variance",
		"day_mood_variance", "band_level", "changed_level", "possible_level", "minimum_answered_group",
		"minimum_shared_whole", "minimum_shared_area", "minimum_share_of_shorter_form", "target", "importance", "level", "seconds_spent",
	} {
		for _, value := range []string{"-1e308", "-1", "0", "1e-300", "0.999999999999", "1", "1000000", "1e308"} {
			head, tail, found := strings.Cut(content, `"`+field+`": `)
			end := strings.IndexAny(tail, ",\n")
			if !found || end < 0 {
				t.Fatalf("%q is not in the export", field)
			}
			file := fmt.Sprintf("%s%q: %s%s", head, field, value, tail[end:])
			if _, err := app.Recompute(strings.NewReader(file)); err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("%s %s: %v", field, value, err)
			}
		}
	}
}

func TestRows(t *testing.T) {
	r := record(t)
	export := r.history(t)
	var file bytes.Buffer
	if err := csv.NewWriter(&file).WriteAll(export.Rows()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	next := 1
	for _, assessment := range export.Assessments {
		for _, section := range assessment.Competencies {
			for _, answer := range section.Answers {
				row := rows[next]
				next++
				if row[column["assessment"]] != assessment.ID || row[column["competency"]] != section.Competency ||
					row[column["item"]] != answer.Item.ID || row[column["item_hash"]] != answer.Item.Hash() {
					t.Fatalf("row %d is %q, want the item %s of %s", next, row, answer.Item.ID, assessment.ID)
				}
				level := ""
				if answer.Level != nil {
					level = fmt.Sprint(*answer.Level)
				}
				if row[column["level"]] != level || row[column["state"]] != string(answer.State) {
					t.Errorf("row %d has the level %q (%s), want %q", next, row[column["level"]], row[column["state"]], level)
				}
			}
		}
	}
	if next != len(rows) {
		t.Errorf("%d rows for %d answers", len(rows)-1, next-1)
	}
	pulse := rows[len(rows)-12]
	if pulse[column["name"]] != "'+ a name" || pulse[column["note"]] != "'"+hostileNote || pulse[column["form"]] != "pulse" {
		t.Errorf("a spreadsheet would run this: %q", pulse)
	}
}

// An export holds nobody else's.
func TestExportIsOnesOwn(t *testing.T) {
	r := record(t)
	other, err := r.useCases.NewManager(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	export, err := r.useCases.ExportHistory(t.Context(), other)
	if err != nil || len(export.Assessments) != 0 {
		t.Errorf("%d assessments of someone else, error %v", len(export.Assessments), err)
	}
	if _, err := r.useCases.ExportAssessment(t.Context(), other, r.pulse); model.KindOf(err) != model.NotFound {
		t.Errorf("someone else’s assessment: %v", err)
	}
}
