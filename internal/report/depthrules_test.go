package report

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// conditions are the rules of a domain as they are written down, in their order and each by itself.
var conditions = []struct {
	rule  model.DepthRule
	holds func(p model.Placement) bool
}{
	{model.Exposed, func(p model.Placement) bool { return p.Weight == model.High && p.Depth.Little() && p.Whom == "" }},
	{model.HalfExposed, func(p model.Placement) bool {
		return p.Weight == model.High && p.Depth == model.Working && p.Whom == ""
	}},
	{model.Alone, func(p model.Placement) bool { return p.Weight == model.High && p.Depth == model.Deep && p.Whom == "" }},
	{model.Thin, func(p model.Placement) bool {
		return p.Weight == model.Medium && p.Depth == model.NoDepth && p.Whom == ""
	}},
	{model.Unasked, func(p model.Placement) bool {
		return p.Weight != model.Low && p.Depth.Little() && p.Whom != "" && !p.Asked
	}},
	{model.Covered, func(p model.Placement) bool {
		return p.Weight != model.Low && p.Whom != "" && (p.Depth.Little() && p.Asked || p.Depth == model.Working)
	}},
	{model.OwnDepth, func(p model.Placement) bool { return p.Weight != model.Low && p.Depth == model.Deep && p.Whom != "" }},
	{model.Spare, func(p model.Placement) bool { return p.Weight == model.Low && p.Depth == model.Deep }},
}

// Over made-up maps: a domain has the first rule that holds and no other, every rule of a domain and of a whole map is
// reached, nothing is read as a whole below five domains, and no file of it has an average, a score or a target.
func TestDepthRulesOverMadeUpMaps(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[source.IntN(len(of))] }
	reached := map[model.DepthRule]int{}
	for range 4000 {
		m := mapOf(pick("first-team", "wider-scope", "considering"))
		depths, weights := model.Depths, model.Weights
		if source.IntN(4) == 0 { // maps of few kinds, which chance alone seldom makes
			depths, weights = depths[source.IntN(4):], weights[source.IntN(3):]
		}
		for number := range 1 + source.IntN(12) {
			p := stands(fmt.Sprint(number), weights[source.IntN(len(weights))], depths[source.IntN(len(depths))], pick("", "legal", "a lead"), source.IntN(2) == 0)
			p.Year = []int{0, 2021, 2025}[source.IntN(3)]
			m.Placements = append(m.Placements, p)
		}
		domains, whole := depthFindings(m)
		for _, p := range m.Placements {
			want := model.DepthRule("")
			if first := slices.IndexFunc(conditions, func(c struct {
				rule  model.DepthRule
				holds func(p model.Placement) bool
			}) bool {
				return c.holds(p)
			}); first >= 0 {
				want = conditions[first].rule
			}
			found := slices.DeleteFunc(slices.Clone(domains), func(f model.DomainFinding) bool { return f.Placement.Domain != p.Domain })
			if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || found[0].Rule != want) {
				t.Fatalf("%+v: %+v, want %q", p, found, want)
			}
			reached[want]++
		}
		said := rulesOf(whole)
		for _, rule := range said {
			reached[rule]++
		}
		if len(m.Placements) < model.WholeFrom && len(whole) > 0 {
			t.Fatalf("%d domains are read as a whole: %v", len(m.Placements), said)
		}
		for _, apart := range [][2]model.DepthRule{{model.NoneDeep, model.Elsewhere}, {model.Broad, model.Blanks}, {model.NoneDeep, model.Expert}} {
			if slices.Contains(said, apart[0]) && slices.Contains(said, apart[1]) {
				t.Fatalf("a map says both %v", apart)
			}
		}
		file, err := json.Marshal(ExportMaps([]model.DepthMap{m}))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"score", "target", "mean", "average", "level"} {
			if strings.Contains(string(file), word) {
				t.Fatalf("the file says %q: %s", word, file)
			}
		}
	}
	for _, rule := range []model.DepthRule{
		model.Exposed, model.HalfExposed, model.Alone, model.Thin, model.Unasked, model.Covered, model.OwnDepth, model.Spare,
		model.NoneDeep, model.Elsewhere, model.Broad, model.Blanks, model.OneForMany, model.Expert, model.Faded, "",
	} {
		if reached[rule] == 0 {
			t.Errorf("no map says %q", rule)
		}
	}
}
