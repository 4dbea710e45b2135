package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"whetstone/internal/report"
)

// beginning is an export of the first two assessments: enough to compare, and quick to read.
func beginning(t *testing.T) []byte {
	export := record(t).history(t)
	export.Assessments = export.Assessments[:2]
	export.ExportedRest = report.ExportedRest{}
	content := written(t, export)
	if differing := recompute(t, content).Differences; len(differing) > 0 {
		t.Fatalf("%q", differing)
	}
	return content
}

// spaces is a file without an end.
type spaces struct{}

// blank is copied, since the race detector looks at each byte that is written by itself.
var blank = bytes.Repeat([]byte{' '}, 1<<16)

func (spaces) Read(into []byte) (int, error) { return copy(into, blank), nil }

// refused recomputes what is no export and checks that the reason fits one line.
func refused(t *testing.T, source io.Reader) string {
	t.Helper()
	_, err := report.Recompute(source)
	if err == nil {
		t.Fatal("it was taken")
	}
	if text := err.Error(); strings.ContainsAny(text, "\n\x1b") || len(text) > 400 {
		t.Errorf("the reason is no line of print: %q", text)
	}
	return err.Error()
}

func TestRecomputeRefuses(t *testing.T) {
	t.Parallel()
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
		"an older format":       {replaced("whetstone-history-1", "whetstone-assessment-1"), `its format is "whetstone-assessment-1.2", not "whetstone-history-1"`},
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
			t.Parallel()
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
	t.Parallel()
	content := beginning(t)
	for want, change := range map[string]func(*report.ExportedHistory){
		"this id stands twice": func(e *report.ExportedHistory) { e.Assessments[1].ID = e.Assessments[0].ID },
		"the oldest comes first": func(e *report.ExportedHistory) {
			e.Assessments[0], e.Assessments[1] = e.Assessments[1], e.Assessments[0]
		},
		"design: it stands twice": func(e *report.ExportedHistory) {
			e.Assessments[1].Competencies[1] = e.Assessments[1].Competencies[0]
		},
		": it stands twice": func(e *report.ExportedHistory) {
			answers := e.Assessments[1].Competencies[1].Answers
			answers[1] = answers[0]
		},
		`it belongs to the competency "design"`: func(e *report.ExportedHistory) {
			e.Assessments[1].Competencies[1].Answers[0] = e.Assessments[1].Competencies[0].Answers[0]
			e.Assessments[1].Competencies[0].Answers = nil
		},
		"more than 100 groups": func(e *report.ExportedHistory) {
			e.Model.Pillars = strings.Split(strings.Repeat("x,", 100), ",")
		},
		"more than 1000": func(e *report.ExportedHistory) {
			e.Assessments[0].Competencies, e.Assessments[0].Groups = nil, nil // few words, quick to read
			for len(e.Assessments) <= 1000 {
				e.Assessments = append(e.Assessments, e.Assessments[0])
			}
		},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			var export report.ExportedHistory
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

// What a later version of the format adds is named, in printable lines, and doesn't get in the way.
func TestRecomputeToleratesWhatALaterVersionAdds(t *testing.T) {
	t.Parallel()
	content := string(beginning(t))
	content = strings.Replace(content, "whetstone-history-1", "whetstone-history-1.1", 1)
	content = strings.Replace(content, `"whole_history": true`, `"whole_history": true, "extra\u001b[2J\n": {"a": 1}`, 1)
	content = strings.Replace(content, `"importance": 1,`, `"importance": 1, "role": "lead",`, 1)
	found := recompute(t, []byte(content))
	if len(found.Differences) != 0 || len(found.Unknown) != 2 {
		t.Errorf("differences %q, unknown %q", found.Differences, found.Unknown)
	}
	if unknown := strings.Join(found.Unknown, " "); !strings.Contains(unknown, `extra\x1b[2J\n`) || !strings.Contains(unknown, ": role") {
		t.Errorf("unknown is %q", unknown)
	}
}
