package app_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// FuzzReadHistory reads anything as a file to be brought in. It is taken, or refused with a place and a reason for each of
// at most twenty mistakes; it never panics, and what is handed on keeps to the limits.
func FuzzReadHistory(f *testing.F) {
	own := exportedPulse(f)
	f.Add(own)
	for _, change := range [][2]string{
		{`"level":3`, `"level":9`}, {`"note":"A note."`, `"note":"a\u0000b"`}, {`"name":""`, `"name":"` + strings.Repeat("a", 90) + `"`},
		{`"assessments":[`, `"assessments":[null,`}, {`"trend":null`, `"trend":null,"log":[{}],"maps":[{"domains":[{}]}],"reviews":[{"ratings":[{"agreed":{}}]}]`},
		{`"trend":null`, `"trend":null,"commitments":[{"follow_ups":[{}],"bet":{}}],"cadence":{},"targets":[{}]`}, {`"trend":null`, `"trend":null,"trend":null`},
		{`"looking_back":null`, `"looking_back":{"earlier":"","competencies":[{"answers":[{}]}]}`}, {`"whole_history":true`, `"whole_history":[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]`},
	} {
		f.Add([]byte(strings.Replace(string(own), change[0], change[1], 1)))
	}
	for _, odd := range []string{"", "{}", "[]", "null", `{"format":1}`, `{"format":"` + report.HistoryFormat + `"}`, "\ufeff{}", "\xff", halfOf(own)} {
		f.Add([]byte(odd))
	}
	library, err := shipped()
	if err != nil {
		f.Fatal(err)
	}
	reports := report.Reports{Library: library}
	now := time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, content []byte) {
		open := func() (io.Reader, error) { return bytes.NewReader(content), nil }
		visit := report.HistoryVisitor{
			Assessment: func(answered model.Answered) error {
				for _, answer := range answered.Answers {
					if !answer.Level.Valid() || len([]rune(answer.Note)) > model.NoteLimit {
						t.Errorf("handed on: %+v", answer)
					}
				}
				return nil
			},
			Targets: func([]model.ScopeTarget) error { return nil }, Cadence: func(model.Cadence) error { return nil },
			Commitment: func(model.Commitment) error { return nil }, Entry: func(model.LogEntry) error { return nil },
			Map: func(model.DepthMap) error { return nil }, Review: func(model.FileReview) error { return nil },
		}
		_, err := reports.ReadHistory(open, now, visit)
		if err == nil {
			if _, err := reports.ReadHistoryAgain(open, visit); err != nil {
				t.Fatalf("read once, and not again: %v", err)
			}
			return
		}
		bad, is := errors.AsType[*report.BadFile](err)
		if !is || len(bad.Errors) == 0 || len(bad.Errors) > 20 || bytes.Equal(content, own) {
			t.Fatalf("%v", err)
		}
		for _, one := range bad.Errors {
			if one.Line < 1 || one.Column < 1 || one.Reason == "" || strings.ContainsAny(one.Path+one.Reason, "\n\x00") {
				t.Errorf("%+v", one)
			}
		}
	})
}
