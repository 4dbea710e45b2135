package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

func stands(domain string, weight model.Weight, depth model.Depth, whom string, asked bool) model.Placement {
	return model.Placement{Domain: domain, Name: domain, InText: domain, Weight: weight, Depth: depth, Whom: whom, Asked: asked}
}

// TestDomainRules walks every state of a domain: what is said of it is the first rule that holds.
func TestDomainRules(t *testing.T) {
	const high, medium, low = model.High, model.Medium, model.Low
	none, conversant, working, deep := model.NoDepth, model.Conversant, model.Working, model.Deep
	type state struct {
		weight model.Weight
		depth  model.Depth
	}
	for _, c := range []struct {
		state
		nobody, unasked, asked model.DepthRule
	}{
		{state{high, none}, model.Exposed, model.Unasked, model.Covered},
		{state{high, conversant}, model.Exposed, model.Unasked, model.Covered},
		{state{high, working}, model.HalfExposed, model.Covered, model.Covered},
		{state{high, deep}, model.Alone, model.OwnDepth, model.OwnDepth},
		{state{medium, none}, model.Thin, model.Unasked, model.Covered},
		{state{medium, conversant}, "", model.Unasked, model.Covered},
		{state{medium, working}, "", model.Covered, model.Covered},
		{state{medium, deep}, "", model.OwnDepth, model.OwnDepth},
		{state{low, none}, "", "", ""},
		{state{low, conversant}, "", "", ""},
		{state{low, working}, "", "", ""},
		{state{low, deep}, model.Spare, model.Spare, model.Spare},
	} {
		for whom, want := range map[string]model.DepthRule{"": c.nobody, "no answer": c.unasked, "an answer": c.asked} {
			if got := DomainRule(stands("x", c.weight, c.depth, whom, whom == "an answer")); got != want {
				t.Errorf("%s, %s, %q: %q, want %q", c.weight, c.depth, whom, got, want)
			}
		}
	}
}

func mapOf(scope string, placements ...model.Placement) model.DepthMap {
	return model.DepthMap{ID: "m", Scope: scope, FinishedAt: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC), Placements: placements}
}

// times makes several domains alike.
func times(count int, p model.Placement) (all []model.Placement) {
	for i := range count {
		p.Domain = fmt.Sprint(p.Name, i)
		all = append(all, p)
	}
	return all
}

func rulesOf(findings []model.MapFinding) (rules []model.DepthRule) {
	for _, finding := range findings {
		rules = append(rules, finding.Rule)
	}
	return rules
}

func TestWholeMapRules(t *testing.T) {
	plain := func(count int) []model.Placement {
		return times(count, stands("c", model.Medium, model.Conversant, "", false))
	}
	blank := func(count int) []model.Placement {
		return times(count, stands("n", model.Medium, model.NoDepth, "", false))
	}
	deep := func(count int, weight model.Weight) []model.Placement {
		return times(count, stands("d", weight, model.Deep, "", false))
	}
	year := func(p model.Placement, year int) model.Placement { p.Year = year; return p }
	highWorking := stands("w", model.High, model.Working, "", false)
	rely := func(whom string, count int) []model.Placement {
		return times(count, stands("r"+whom, model.High, model.Conversant, whom, true))
	}
	for _, c := range []struct {
		name  string
		scope string
		of    []model.Placement
		want  []model.DepthRule
	}{
		{"too few", "first-team", plain(4), nil},
		{"none deep", "first-team", plain(5), []model.DepthRule{model.NoneDeep, model.Broad}},
		{"a first team, working where it matters much", "first-team", append(plain(4), highWorking), []model.DepthRule{model.Broad}},
		{"a wider scope, working where it matters much", "wider-scope", append(plain(4), highWorking), []model.DepthRule{model.NoneDeep, model.Broad}},
		{"deep only where little hangs on it", "wider-scope", append(plain(5), deep(1, model.Low)...), []model.DepthRule{model.Elsewhere, model.Broad}},
		{"deep where it matters, too", "wider-scope", slices.Concat(plain(5), deep(1, model.Low), times(1, stands("e", model.High, model.Deep, "", false))), []model.DepthRule{model.Broad}},
		{"four of five followed", "wider-scope", slices.Concat(plain(3), blank(1), deep(1, model.High)), []model.DepthRule{model.Broad}},
		{"three of four followed", "wider-scope", slices.Concat(plain(2), blank(1), deep(1, model.High), times(1, stands("l", model.Low, model.NoDepth, "", false))), []model.DepthRule{model.Blanks}},
		{"nothing matters", "wider-scope", times(5, stands("l", model.Low, model.Working, "", false)), []model.DepthRule{model.NoneDeep}},
		{"three on one", "wider-scope", slices.Concat(rely("my manager", 3), deep(2, model.High)), []model.DepthRule{model.Broad, model.OneForMany}},
		{"two on each", "wider-scope", slices.Concat(rely("my manager", 2), rely("legal", 2), deep(1, model.High)), []model.DepthRule{model.Broad}},
		{"half of it deep, and four", "wider-scope", slices.Concat(plain(4), deep(4, model.High)), []model.DepthRule{model.Broad, model.Expert}},
		{"less than half of it deep", "wider-scope", slices.Concat(plain(5), deep(4, model.High)), []model.DepthRule{model.Broad}},
		{"three deep", "wider-scope", slices.Concat(plain(2), deep(3, model.High)), []model.DepthRule{model.Broad}},
		{"four years ago", "first-team", append(plain(4), year(highWorking, 2022)), []model.DepthRule{model.Broad, model.Faded}},
		{"three years ago", "first-team", append(plain(4), year(highWorking, 2023)), []model.DepthRule{model.Broad}},
		{"long ago in what is no longer known", "first-team", append(plain(3), highWorking, year(stands("y", model.Medium, model.Conversant, "", false), 2010)), []model.DepthRule{model.Broad}},
	} {
		if _, got := depthFindings(mapOf(c.scope, c.of...)); !slices.Equal(rulesOf(got), c.want) {
			t.Errorf("%s: %v, want %v", c.name, rulesOf(got), c.want)
		}
	}
}

// TestFindingsAreInOrder holds what a page words first: risks, and in each class what matters most and is known least.
func TestFindingsAreInOrder(t *testing.T) {
	domains, whole := depthFindings(mapOf("wider-scope",
		stands("spare", model.Low, model.Deep, "", false), stands("thin", model.Medium, model.NoDepth, "", false),
		stands("exposed, conversant", model.High, model.Conversant, "", false), stands("quiet", model.Low, model.NoDepth, "", false),
		stands("exposed, none", model.High, model.NoDepth, "", false), stands("alone", model.High, model.Deep, "", false),
		stands("covered", model.High, model.NoDepth, "legal", true), stands("own", model.Medium, model.Deep, "legal", false)))
	var got []string
	for _, finding := range domains {
		got = append(got, finding.Placement.Domain)
	}
	if want := []string{"exposed, none", "exposed, conversant", "alone", "thin", "covered", "own", "spare"}; !slices.Equal(got, want) {
		t.Errorf("the order is %q, want %q", got, want)
	}
	blanks := whole[slices.IndexFunc(whole, func(f model.MapFinding) bool { return f.Rule == model.Blanks })]
	if blanks.Count != 3 || blanks.Of != 6 || blanks.Domains[2].Domain != "thin" {
		t.Errorf("blanks are %+v", blanks)
	}
}

func TestMoves(t *testing.T) {
	own := func(id, name string, depth model.Depth) model.Placement {
		p := stands(id, model.High, depth, "", false)
		p.Own, p.Name = true, name
		return p
	}
	reports := &Reports{Library: &questionnaire.Library{Depths: questionnaire.Depths{Domains: []questionnaire.Domain{
		{ID: "ux", Scopes: []string{"wider-scope"}, Crafts: []string{""}}, {ID: "gone", Scopes: []string{"wider-scope"}, Crafts: []string{""}},
		{ID: "unasked", Scopes: []string{"first-team"}, Crafts: []string{""}}, {ID: "kept", Scopes: []string{"first-team"}, Crafts: []string{""}},
	}}}}
	before := mapOf("first-team", stands("unasked", model.High, model.Deep, "", false), stands("kept", model.High, model.Deep, "", false), own("own-3", "Radio", model.Deep), stands("ux", model.High, model.NoDepth, "", false), stands("gone", model.Low, model.Deep, "", false),
		stands("still", model.Low, model.Deep, "legal", false), own("own-1", "Rockets", model.NoDepth), own("own-2", "Maps", model.Deep))
	after := mapOf("wider-scope", stands("ux", model.High, model.NoDepth, "the UX partner", false), stands("new", model.High, model.NoDepth, "", false),
		stands("still", model.Low, model.Deep, "legal", true), own("own-1", "Maps", model.Deep), own("own-2", "rockets", model.Working), own("own-3", "Kept", model.Working))
	moves := reports.Moves(before, after)
	if len(moves.Moved) != 3 || moves.Moved[0].Before.Whom != "" || moves.Moved[0].After.Whom != "the UX partner" || moves.Moved[1].After.Depth != model.Working || moves.Moved[2].Before.Domain != "kept" {
		t.Errorf("moved are %+v", moves.Moved)
	}
	if len(moves.New) != 1 || moves.New[0].Domain != "new" || len(moves.Gone) != 2 || moves.Gone[0].Name != "Radio" || moves.Gone[1].Domain != "gone" || !moves.OtherScope {
		t.Errorf("new are %+v, gone %+v", moves.New, moves.Gone)
	}
	if len(moves.Unasked) != 1 || moves.Unasked[0].Domain != "unasked" {
		t.Errorf("the later map does not ask about %+v", moves.Unasked)
	}
}

func TestHandsOnRecord(t *testing.T) {
	of := func(at int, years ...int) model.DepthMap {
		m := model.DepthMap{FinishedAt: time.Date(at, 6, 1, 0, 0, 0, 0, time.UTC)}
		for i, year := range years {
			p := stands(fmt.Sprint("domain ", i), model.High, model.Working, "", false)
			p.Year = year
			m.Placements = append(m.Placements, p)
		}
		return m
	}
	got := HandsOnRecord([]model.DepthMap{of(2024, 2024), of(2025, 2024, 0), of(2026, 2024, 2026, 0)})
	if len(got) != 2 || got[0].Placement.Domain != "domain 1" || len(got[0].Points) != 1 || fmt.Sprint(got[1].Points[0].Years, got[1].Points[1].Years, got[1].Points[2].Years) != "0 1 2" {
		t.Errorf("the record is %+v", got)
	}
}

// An export is read back to the same findings, and a finding that was changed in the file is told.
func TestRecomputeMaps(t *testing.T) {
	draft := mapOf("first-team", stands("y", model.High, "", "", false))
	draft.FinishedAt = time.Time{}
	export := ExportMaps([]model.DepthMap{draft, mapOf("wider-scope", append(times(5, stands("x", model.High, model.NoDepth, "legal", true)), stands("z", model.Low, model.Deep, "", false))...)})
	content, err := json.Marshal(export)
	if err != nil || !HoldsMaps(content) {
		t.Fatalf("%s, %v", content, err)
	}
	if count, differences, err := RecomputeMaps(content); count != 2 || len(differences) > 0 || err != nil {
		t.Errorf("%d maps, %q, %v", count, differences, err)
	}
	content = bytes.Replace(content, []byte(`"finding":"spare"`), []byte(`"finding":"alone"`), 1)
	content = bytes.Replace(content, []byte(`"blanks"`), []byte(`"broad"`), 1)
	if _, differences, _ := RecomputeMaps(content); len(differences) != 2 || differences[0] != `map m, z: "alone" in the file, "spare" recomputed` {
		t.Errorf("%q", differences)
	}
	for _, other := range []string{
		`{"format": "whetstone-maps-9"}`, `{"format": 1}`, `{"format": "whetstone-maps-1", "maps": [{"domains": [{"depth": "huge"}]}]}`,
		`{"format": "whetstone-maps-1", "maps": [{"domains": [{"weight": "huge"}]}]}`,
	} {
		if _, _, err := RecomputeMaps([]byte(other)); err == nil {
			t.Errorf("%s is read", other)
		}
	}
}

// The map that stands beside a result is the finished one nearest to it, up to six weeks before or after.
func TestMapBeside(t *testing.T) {
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	on := func(days int) model.DepthMap {
		m := mapOf("first-team", stands("x", model.High, model.NoDepth, "", false))
		m.ID, m.FinishedAt = fmt.Sprint(days), at.AddDate(0, 0, days)
		return m
	}
	for want, maps := range map[string][]model.DepthMap{
		"": {on(-43), on(43)}, "-42": {on(-42), on(43)}, "3": {on(-5), on(3), on(42)}, "0": {on(-1), on(0), on(1), {ID: "draft"}},
	} {
		beside := (&Reports{Library: &questionnaire.Library{}}).MapBeside(maps, at)
		got := ""
		if beside.Map != nil {
			got = beside.Map.Map.ID
		}
		if got != want || !beside.Any || beside.Draft != (want == "0") {
			t.Errorf("%q stands beside, want %q: %+v", got, want, beside)
		}
		if _, risky := beside.Risk(); risky != (want != "") {
			t.Errorf("%q: a risk is %v", want, risky)
		}
	}
	near, far := &model.Assessment{ID: "near", FinishedAt: at.AddDate(0, 0, -2)}, &model.Assessment{ID: "far", FinishedAt: at.AddDate(0, 0, -50)}
	if got := AssessmentBeside([]*model.Assessment{far, near}, on(0)); got != near {
		t.Errorf("beside the map stands %+v", got)
	}
	if got := AssessmentBeside([]*model.Assessment{far}, on(0)); got != nil {
		t.Errorf("beside the map stands %+v", got)
	}
}
