package app_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/report"
)

func TestRecomputeWholeHistory(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
	r := record(t)
	export, err := r.useCases.WholeHistory(t.Context(), "nobody")
	if err != nil {
		t.Fatal(err)
	}
	recomputed := recompute(t, written(t, export))
	if recomputed.Assessments != 0 || len(recomputed.Differences) > 0 {
		t.Errorf("%+v", recomputed)
	}
}

// Exports of every earlier format are read and recomputed to the same figures, by the rules of their time.
func TestEveryEarlierExportIsRecomputed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/exports/*.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d exports, %v", len(files), err)
	}
	for _, file := range files {
		recomputed := recompute(t, must(os.ReadFile(file))(t))
		if recomputed.Assessments == 0 || recomputed.Scores == 0 || len(recomputed.Unknown) != 0 {
			t.Errorf("%s: %+v", file, recomputed)
		}
		for _, difference := range recomputed.Differences {
			t.Errorf("%s: %s", file, difference)
		}
	}
}

// Whatever is changed in a file is found and named.
func TestRecomputeFindsChanges(t *testing.T) {
	t.Parallel()
	content := written(t, record(t).history(t))
	area := func(e *report.ExportedHistory, number int) *report.ExportedGroup {
		for i, group := range e.Assessments[number].Groups {
			if group.ID == "judgement" {
				return &e.Assessments[number].Groups[i]
			}
		}
		t.Fatal("there is no area of that name")
		return nil
	}
	for name, change := range map[string]struct {
		change func(*report.ExportedHistory)
		want   []string
	}{
		"an answer": {
			func(e *report.ExportedHistory) {
				answer := &e.Assessments[4].Competencies[0].Answers[0]
				level := 6 - *answer.Level
				answer.Level = &level
			},
			[]string{"competencies: design: score: value:", "groups: area judgement: score: value:", "groups: whole: score: value:", "noise: item_variance:", "change: mean_change:"},
		},
		"an answer’s state": {
			func(e *report.ExportedHistory) {
				e.Assessments[4].Competencies[0].Answers[0].State = report.AbsentState
			},
			[]string{`state: "absent" in the file, "answered" recomputed`},
		},
		"a score": {
			func(e *report.ExportedHistory) { e.Assessments[2].Competencies[3].Score.Value += 2e-9 },
			[]string{"score: value:"},
		},
		"a band": {
			func(e *report.ExportedHistory) { area(e, 2).Score.Upper += 0.01 },
			[]string{"groups: area judgement: score: band_upper:"},
		},
		"no score": {
			func(e *report.ExportedHistory) { area(e, 2).Score = nil },
			[]string{"groups: area judgement: score: nothing in the file, something recomputed"},
		},
		"a standing": {
			func(e *report.ExportedHistory) { e.Assessments[2].Competencies[7].Standing = measure.Below },
			[]string{`competencies: coaching: standing: "below" in the file, "open" recomputed`},
		},
		"a verdict": {
			func(e *report.ExportedHistory) { area(e, 3).Change.Verdict = measure.Changed },
			[]string{`groups: area judgement: change: verdict: "changed" in the file, "noise" recomputed`},
		},
		"a direction": {
			func(e *report.ExportedHistory) { area(e, 4).Change.Direction = measure.Fell },
			[]string{`groups: area judgement: change: direction: "fell" in the file, "rose" recomputed`},
		},
		"an adjusted p": {
			func(e *report.ExportedHistory) { area(e, 4).Change.AdjustedP /= 2 },
			[]string{"groups: area judgement: change: adjusted_p:"},
		},
		"a target": {
			func(e *report.ExportedHistory) { e.Assessments[2].Competencies[7].Target = 5 },
			[]string{"competencies: coaching: standing:"},
		},
		"a constant of scores": {
			func(e *report.ExportedHistory) { e.Assessments[5].Constants.BandLevel = 0.9 },
			[]string{"band_lower:", "band_upper:"},
		},
		"a constant of verdicts": {
			func(e *report.ExportedHistory) { e.Assessments[5].Constants.MinimumSharedArea = 99 },
			[]string{`change: obstacle: "" in the file, "too_few_shared" recomputed`},
		},
		"a constant of noise": {
			func(e *report.ExportedHistory) { e.Assessments[5].Constants.PriorItemVariance = 0.81 },
			[]string{"noise: item_variance:"},
		},
		"the noise": {
			func(e *report.ExportedHistory) { e.Assessments[5].Noise.ItemVariance += 0.1 },
			[]string{"noise: item_variance:", "score: standard_error:"},
		},
		"the first noise": {
			func(e *report.ExportedHistory) { e.Assessments[0].Noise.Degrees = 13 },
			[]string{"noise: degrees_of_freedom: 13 in the file, 12 recomputed"},
		},
		"a hash": {
			func(e *report.ExportedHistory) {
				e.Assessments[1].Competencies[1].Answers[0].ItemHash = strings.Repeat("0", 64)
			},
			[]string{"item_hash:"},
		},
		"the words of an item": {
			func(e *report.ExportedHistory) { e.Assessments[1].Competencies[1].Answers[0].Item.Anchors.Five += "!" },
			[]string{"item_hash:"},
		},
		"an area": {
			func(e *report.ExportedHistory) { e.Model.Areas[0].Competencies = e.Model.Areas[0].Competencies[1:] },
			[]string{"groups: area judgement: score: value:"},
		},
		"a group left out": {
			func(e *report.ExportedHistory) { e.Assessments[1].Groups = e.Assessments[1].Groups[1:] },
			[]string{"groups: 13 in the file, 14 recomputed"},
		},
		"what is compared": {
			func(e *report.ExportedHistory) { e.Assessments[3].ComparedWith = e.Assessments[0].ID },
			[]string{"compared_with:"},
		},
		"an assessment left out": {
			func(e *report.ExportedHistory) { e.Assessments = append(e.Assessments[:3], e.Assessments[4:]...) },
			[]string{"compared_with:", "change: mean_change:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var export report.ExportedHistory
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

// No number makes the formulae fail: it is refused, or what differs is named.
func TestRecomputeExtremeNumbers(t *testing.T) {
	t.Parallel()
	export := record(t).history(t)
	export.Assessments = export.Assessments[:2]
	export.ExportedRest = report.ExportedRest{}
	for i := range export.Assessments {
		export.Assessments[i].Competencies = export.Assessments[i].Competencies[:2] // few are quick, and enough to fail on
	}
	content := string(written(t, export))
	for _, field := range []string{
		"item_variance", "degrees_of_freedom", "prior_item_variance", "prior_degrees_of_freedom", "competency_mood_variance",
		"day_mood_variance", "competency_spread_variance", "person_item_variance", "band_level", "changed_level", "possible_level", "minimum_answered_group",
		"minimum_shared_whole", "minimum_shared_area", "minimum_share_of_shorter_form", "target", "importance", "level", "seconds_spent",
	} {
		for _, value := range []string{"-1e308", "-1", "0", "1e-300", "0.999999999999", "1", "1000000", "1e308"} {
			head, tail, found := strings.Cut(content, `"`+field+`": `)
			end := strings.IndexAny(tail, ",\n")
			if !found || end < 0 {
				t.Fatalf("%q is not in the export", field)
			}
			file := fmt.Sprintf("%s%q: %s%s", head, field, value, tail[end:])
			if _, err := report.Recompute(strings.NewReader(file)); err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("%s %s: %v", field, value, err)
			}
		}
	}
}
