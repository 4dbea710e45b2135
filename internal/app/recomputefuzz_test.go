package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// FuzzRecompute reads anything as an export. It is refused in one line, or recomputed, and what differs is
// told in a line each; what we wrote ourselves differs in nothing.
func FuzzRecompute(f *testing.F) {
	own := exportedPulse(f)
	f.Add(own)
	for _, change := range [][2]string{
		{`"level":3`, `"level":9`}, {`"level":3`, `"level":-1e9`}, {`"level":3`, `"level":"3"`}, {`"item_variance":`, `"item_variance":1e308,"":`},
		{`"item_variance":0`, `"item_variance":1e-300`}, {`"importance":2`, `"importance":1e300`}, {`"target":3`, `"target":-1e308`},
		{`"form":"pulse"`, `"form":"full"`}, {`"period_start":"2026`, `"period_start":"0000`}, {`"finished_at":"2026`, `"finished_at":"9999`},
		{`"competency":"design"`, `"competency":"design\n\u0000"`}, {`"assessments":[`, `"assessments":[null,`}, {`"areas":[`, `"areas":[{},`},
		{`{`, `{"a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]],`}, {`"noise":{`, `"noise":null,"x":{`}, {`"seconds_spent":`, `"seconds_spent":-`},
	} {
		f.Add([]byte(strings.Replace(string(own), change[0], change[1], 1)))
	}
	for _, odd := range []string{"", "{}", "[]", "null", "1e999", `{"format":1}`, `{"format":"` + report.HistoryFormat + `"}`, "\ufeff{}", "{\"a\":1,\"a\":2}", "\xff", halfOf(own)} {
		f.Add([]byte(odd))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		recomputed, err := report.Recompute(bytes.NewReader(content))
		switch {
		case err != nil && (recomputed != nil || err.Error() == "" || strings.Contains(err.Error(), "\n")):
			t.Fatalf("not one line, or a result besides: %q, %v", err, recomputed)
		case err == nil && bytes.Equal(content, own) && len(recomputed.Differences) > 0:
			t.Fatalf("our own export differs: %q", recomputed.Differences)
		case err == nil:
			for _, difference := range recomputed.Differences {
				if difference == "" || strings.Contains(difference, "\n") {
					t.Fatalf("not one line: %q", difference)
				}
			}
		}
	})
}

// halfOf is an export cut off in its middle.
func halfOf(content []byte) string { return string(content[:len(content)/2]) }

// exportedPulse takes a short assessment and exports it, as plain JSON.
func exportedPulse(f *testing.F) []byte {
	f.Helper()
	must := func(err error) {
		f.Helper()
		if err != nil {
			f.Fatal(err)
		}
	}
	library, err := shipped()
	must(err)
	opened, err := store.Open(f.Context(), "sqlite:"+f.TempDir()+"/whetstone.db")
	must(err)
	defer func() { _ = opened.Close() }()
	now := time.Date(2026, time.August, 3, 10, 0, 0, 0, time.UTC)
	useCases := app.New(opened, library, func() time.Time { return now }, rand.Text, app.Secret)
	manager, err := useCases.NewManager(f.Context())
	must(err)
	id, err := useCases.Start(f.Context(), manager, model.StartInput{Questionnaire: "first-team", Craft: "software", Form: "pulse"})
	must(err)
	asked, _ := library.Questionnaire("first-team")
	var inputs []app.AnswerInput
	for number, item := range asked.Items(questionnaire.FormPulse) {
		inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: model.Level(number % 6).Typed(), Note: "A note.", Spent: time.Minute})
	}
	_, err = useCases.SaveAnswers(f.Context(), manager, id, inputs)
	must(err)
	must(useCases.Finish(f.Context(), manager, id, true, model.Zone{}))
	export, err := useCases.WholeHistory(f.Context(), manager)
	must(err)
	content, err := json.Marshal(export)
	must(err)
	return content
}
