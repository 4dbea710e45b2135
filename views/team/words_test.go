package team_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/views/kit"
	"whetstone/views/kit/kittest"
	"whetstone/views/team"
)

// What a closed cycle says in one sentence, by what it published.
func TestTeamHeadlines(t *testing.T) {
	first := closed(1, nil)
	second := func(changes map[string]measure.TeamVerdict) *model.TeamResult {
		return after(closed(2, nil), first, changes)
	}
	without := func(reason model.Withheld) *model.TeamResult {
		r := gapping(closed(2, map[string]float64{"debt": 2.3}), "debt")
		r.Aggregate.ComparedWithheld = reason
		return r
	}
	for want, r := range map[string]*model.TeamResult{
		"A starting point: all together the team stands at 3.0.":                                                                          first,
		"A starting point: the widest gap is technical debt, at 2.3 where 3.5 is the target.":                                             gapping(closed(1, map[string]float64{"debt": 2.3}), "debt"),
		"A starting point: the widest gap is technical debt, at 1.4 or less where 3.5 is the target.":                                     gapping(closed(1, map[string]float64{"debt": 1.2}), "debt"),
		"The widest gap is technical debt, at 2.3 where 3.5 is the target.":                                                               without(model.Protected),
		"Since “Spring 2026” nothing has moved beyond what chance alone would do.":                                                        second(nil),
		"Since “Spring 2026”, the Judgement area rose.":                                                                                   second(map[string]measure.TeamVerdict{"judgement": measure.TeamRose}),
		"Since “Spring 2026”, the Judgement area and the overall mean rose, and the People area may have fallen.":                         second(map[string]measure.TeamVerdict{"judgement": measure.TeamRose, "whole": measure.TeamRose, "people": measure.TeamMayHaveFallen}),
		"Since “Spring 2026”, the Judgement and People areas may have risen; the Direction area fell; and the Self area may have fallen.": second(map[string]measure.TeamVerdict{"judgement": measure.TeamMayHaveRisen, "people": measure.TeamMayHaveRisen, "direction": measure.TeamFell, "self": measure.TeamMayHaveFallen}),
		"Since “Spring 2026”, the Judgement area leans up; too few people were in both for more than a direction.":                        second(map[string]measure.TeamVerdict{"judgement": measure.TeamLeansUp}),
		"Since “Spring 2026”, the Judgement and Self areas lean down; too few people were in both for more than a direction.":             second(map[string]measure.TeamVerdict{"judgement": measure.TeamLeansDown, "self": measure.TeamLeansDown}),
		"Since “Spring 2026” nothing leans either way.":                                                                                   second(map[string]measure.TeamVerdict{"judgement": measure.TeamEven, "direction": measure.TeamEven, "people": measure.TeamEven, "self": measure.TeamEven, "whole": measure.TeamEven}),
		"Fewer than five took part in “Summer 2026”, so nothing of it is published.":                                                      nothingOf(closed(2, nil), model.TooFew),
		"What “Summer 2026” found is withheld to protect people.":                                                                         nothingOf(closed(2, nil), model.Protected),
		// A single competency never makes the headline, whatever its word is.
		"Since “Spring 2026” nothing has moved beyond what chance alone would do. ": second(map[string]measure.TeamVerdict{"debt": measure.TeamRose}),
	} {
		if got := team.TeamHeadline(r); got != strings.TrimSpace(want) {
			t.Errorf("the headline is %q, want %q", got, want)
		}
	}
}

// A first cycle whose figures are partly withheld says what is left of it, and never a figure that isn't.
func TestTeamHeadlineOfLittle(t *testing.T) {
	hidden := map[string]float64{"whole": 0}
	if got := team.TeamHeadline(closed(1, hidden)); got != "A starting point: no competency that is published lies below its target." {
		t.Errorf("without the whole the headline is %q", got)
	}
	for _, area := range []string{"judgement", "direction", "people", "self"} {
		hidden[area] = 0
	}
	for _, name := range names {
		hidden[name[0]] = 0
	}
	if got := team.TeamHeadline(closed(1, hidden)); got != "What “Spring 2026” found is withheld to protect people." {
		t.Errorf("with everything withheld the headline is %q", got)
	}
}

func TestTeamSentences(t *testing.T) {
	first := closed(1, nil)
	notCompared := func(reason model.Withheld) *model.TeamResult {
		r := closed(2, nil)
		r.Aggregate.ComparedWithheld = reason
		return r
	}
	for want, r := range map[string]*model.TeamResult{
		"Seven contributed.": first,
		"Seven contributed. The widest gap is technical debt, at 2.3 where 3.5 is the target.":                                                                                                           gapping(after(closed(2, map[string]float64{"debt": 2.3}), first, nil), "debt"),
		"Seven contributed. | It is not compared with the cycle before: fewer than five people were in both.":                                                                                            notCompared(model.TooFew),
		"Seven contributed. | It is not compared with the cycle before over the people in both: those who took part differ by too few, and such a word would tell too much of what the others answered.": notCompared(model.Protected),
		"Seven contributed. | It is not compared with the cycle before, which asked another form.":                                                                                                       notCompared(model.NotAsked),
		"How many it were is not said either. What was contributed is dropped: it counts nowhere, and each assessment is its owner’s as before.":                                                         nothingOf(closed(2, nil), model.TooFew),
	} {
		if got := strings.Join(team.TeamSentences(r), " | "); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// resultPage is the page of a closed cycle beside those before it.
func resultPage(r *model.TeamResult, earlier ...*model.TeamResult) templ.Component {
	shown := *r
	shown.Before = earlier
	return team.CycleResult(kit.Page{}, &shown)
}

// What is withheld to protect people, what nobody asked and what too few took part in are told apart.
func TestMissingFiguresSayWhy(t *testing.T) {
	few := nothingOf(closed(1, nil), model.TooFew)
	withheld := closed(2, map[string]float64{"vision": 0, "whole": 0})
	kittest.Says(t, resultPage(withheld, few),
		"The whole and vision are withheld to protect people",
		"It depends on who took part, never on what they answered",
		"Vision withheld to protect people",
		"Vision · too few took part withheld",
	)
	pulse := closed(3, nil)
	pulse.Cycle.Form = model.PulseForm
	for i := range pulse.Aggregate.Competencies {
		pulse.Aggregate.Competencies[i] = model.TeamFigure{ID: pulse.Aggregate.Competencies[i].ID, Withheld: model.NotAsked}
	}
	kittest.Says(t, resultPage(pulse, withheld), "There is no data on the competencies: a pulse has one question a competency", "Vision withheld – no data, not asked")
	if said := kittest.Text(t, resultPage(pulse)); strings.Contains(said, "withheld to protect") {
		t.Errorf("a pulse is said to be withheld: %s", said)
	}
}

// Two results that differ in what is withheld alone are the same page, byte for byte.
func TestWithheldFiguresLeaveNoTrace(t *testing.T) {
	render := func(hidden float64) string {
		r := closed(2, map[string]float64{"vision": 0, "debt": 2.3})
		for i, figure := range r.Aggregate.Competencies {
			if figure.Withheld != model.Published {
				r.Aggregate.Competencies[i].Mean.Value = hidden // what must not be looked at
			}
		}
		var written strings.Builder
		if err := resultPage(gapping(r, "debt"), closed(1, nil)).Render(t.Context(), &written); err != nil {
			t.Fatal(err)
		}
		return written.String()
	}
	if low, high := render(1.2), render(4.9); low != high {
		t.Errorf("the page tells what is withheld:\n%s\n%s", low, high)
	}
}

// Near the ends of the scale a figure is only known to lie beyond.
func TestExtremesArePrintedAsBounds(t *testing.T) {
	r := closed(1, map[string]float64{"coaching": 4.9, "debt": 1.1})
	kittest.Says(t, resultPage(gapping(r, "debt")),
		"Technical debt 1.4 or less, target 3.5", "4.6 or more", "1.1 or more above 3.5", "2.1 or more below 3.5")
	if said := kittest.Text(t, resultPage(r)); regexp.MustCompile(`4\.9|1\.1 or less`).MatchString(said) {
		t.Errorf("the page says more than it may: %s", said)
	}
}

// statistics are words that would be one more equation about somebody, or no plain word.
var statistics = regexp.MustCompile(`(?i)standard error|p[ -]value|p [=<]|signific|confiden|±|!`)

func TestNoStatisticsOnTeamPages(t *testing.T) {
	one := closed(1, nil)
	two := gapping(after(closed(2, map[string]float64{"debt": 2.3}), one, map[string]measure.TeamVerdict{"judgement": measure.TeamRose}), "debt")
	trends := &model.TeamTrends{TeamPage: teamPage(0), Results: []*model.TeamResult{one, two}}
	for name, page := range map[string]templ.Component{
		"result": resultPage(two, one), "trends": team.TeamTrends(kit.Page{}, trends),
		"peers": team.Peers(kit.Page{}, team.PeersProps{TeamTrends: trends}),
	} {
		if found := statistics.FindString(kittest.Text(t, page)); found != "" {
			t.Errorf("%s: %q", name, found)
		}
	}
}

// A spread stands only where it is published.
func TestTheMiddleHalfIsShownWhereItIsPublished(t *testing.T) {
	r := closed(1, nil)
	if said := kittest.Text(t, resultPage(r)); strings.Contains(strings.ToLower(said), "middle half") {
		t.Errorf("a spread is shown that isn’t there: %s", said)
	}
	r.Aggregate.Whole.Quartiles = []model.Figure{{Value: 2.5}, {Value: 3}, {Value: 4}}
	kittest.Says(t, resultPage(r), "The middle half of those who took part", "2.5 to 4.0")
	// The bands of the trends stand in a table too.
	trends := func(results ...*model.TeamResult) templ.Component {
		return team.TeamTrends(kit.Page{}, &model.TeamTrends{TeamPage: teamPage(1), Results: results})
	}
	kittest.Says(t, trends(closed(2, nil), r, nothingOf(closed(3, nil), model.TooFew)), "in figures", "All together fewer than ten 2.5 to 4.0 too few")
	if said := kittest.Text(t, trends(closed(2, nil), closed(3, nil))); strings.Contains(said, "fewer than ten") {
		t.Errorf("a table of spreads stands where there are none: %s", said)
	}
}

func TestTeamTrendsDrawNothingThroughAGap(t *testing.T) {
	results := []*model.TeamResult{closed(1, nil), closed(2, nil), nothingOf(closed(3, nil), model.TooFew), closed(4, nil)}
	var written strings.Builder
	if err := team.TeamTrends(kit.Page{}, &model.TeamTrends{TeamPage: teamPage(1), Results: results}).Render(t.Context(), &written); err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`class="line" d="(M[^"]*)"`).FindAllStringSubmatch(written.String(), -1)
	if len(lines) == 0 {
		t.Fatal("no line is drawn")
	}
	for _, line := range lines[1:] { // the first is the legend's
		if strings.Count(line[1], "L") > 1 {
			t.Errorf("a line goes on through the cycle that published nothing: %s", line[1])
		}
	}
	kittest.Says(t, team.TeamTrends(kit.Page{}, &model.TeamTrends{TeamPage: teamPage(1), Results: results}), "nothing published: fewer than five took part")
	if !strings.Contains(written.String(), "withheld in one cycle.") {
		t.Error("a chart doesn’t say in words that a cycle is missing")
	}
}

// Teams stand in the order of their names, and each is read against its own past before they are set side by
// side.
func TestPeersAreNotRanked(t *testing.T) {
	high, low := closed(1, map[string]float64{"whole": 4.4}), closed(1, map[string]float64{"whole": 2})
	trends := &model.TeamTrends{TeamPage: teamPage(1), Results: []*model.TeamResult{low}, Peers: []model.PeerTrends{
		{Team: model.Team{ID: "Z", Name: "Zebra"}, Results: []*model.TeamResult{high}},
		{Team: model.Team{ID: "A", Name: "Aardvark"}, Results: []*model.TeamResult{low}},
	}}
	said := kittest.Text(t, team.Peers(kit.Page{}, team.PeersProps{TeamTrends: trends}))
	order := []string{"Aardvark A starting point", "Managers of Payments (this team) A starting point", "Zebra A starting point", "side by side"}
	last := -1
	for _, words := range order {
		at := strings.Index(said, words)
		if at <= last {
			t.Errorf("%q stands in the wrong place, at %d after %d: %s", words, at, last, said)
		}
		last = at
	}
}

func TestDistancesAreNoFinerThanWhatIsPublished(t *testing.T) {
	for value, want := range map[float64]string{3.5: "too close to call, target 3.5", 3.3: "too close to call, target 3.5", 3.7: "too close to call, target 3.5", 3.2: "0.3 below 3.5", 3.8: "0.3 above 3.5", 2.3: "1.2 below 3.5", 4.2: "0.7 above 3.5"} {
		r := closed(1, map[string]float64{"debt": value})
		kittest.Says(t, resultPage(r), want)
	}
	r := closed(1, nil)
	r.Scopes = append(r.Scopes, questionnaire.Scope{ID: "wider-scope", Name: "Leading several teams"})
	r.Aggregate.Targets["wider-scope"] = map[string]float64{"debt": 2.5}
	kittest.Says(t, resultPage(r), "The target for leading a first team", "Technical debt 3.0 0.5 below 3.5 0.5 above 2.5", "Design 3.0 0.5 below 3.5")
}

func TestScopesSayWhyTheyAreMissing(t *testing.T) {
	r := closed(1, nil)
	r.Aggregate.ScopesWithheld = model.TooFew
	kittest.Says(t, resultPage(r), "at least five people of each that took part")
	r.Aggregate.ScopesWithheld = model.Protected
	kittest.Says(t, resultPage(r), "split by scope, somebody’s answers could be read too closely")
	r.Aggregate.ScopesWithheld = model.Published
	if said := kittest.Text(t, resultPage(r)); strings.Contains(said, "By scope") {
		t.Errorf("one scope alone is split: %s", said)
	}
}

func TestScoresByName(t *testing.T) {
	r := closed(1, nil)
	kittest.Says(t, resultPage(r), "What others have seen can’t be unseen.", "Show my area scores", "nobody is told who doesn’t")
	r.Shows, r.Named = true, []model.NamedScores{{Name: "Bo", Scores: []float64{3.3, 2.7, 4, 3}}}
	kittest.Says(t, resultPage(r), "Bo 3.3 2.7 4.0 3.0", "Stop showing mine")
	r.Shows, r.MayShow, r.NamesBlocked = false, false, model.TooFew
	kittest.Says(t, resultPage(r), "at least five who took part must stay unshown")
	r.NamesBlocked = model.Protected
	kittest.Says(t, resultPage(r), "the answers of those who don’t could be read too closely")
	r.NamesBlocked, r.Contributed = model.Published, false
	kittest.Says(t, resultPage(r), "there is nothing of yours to show")
}

// Nothing is called a gap, nor coloured as one, that is too close to call; and figures that are the same look the same.
func TestWhatIsTooCloseIsNoGap(t *testing.T) {
	t.Parallel()
	values := map[string]float64{}
	for _, name := range names {
		values[name[0]] = 3.3
	}
	r := gapping(closed(1, values), "debt")
	r.Gaps[0].Close = true
	coloured := func() int {
		var written strings.Builder
		if err := resultPage(r).Render(t.Context(), &written); err != nil {
			t.Fatal(err)
		}
		return strings.Count(written.String(), "is-gap")
	}
	kittest.Says(t, resultPage(r), "no competency can be told to lie below its target; technical debt, at 3.3 where 3.5 is the target, is too close to call.",
		"None of these can be told to lie below its target", "Technical debt 3.3, target 3.5")
	if got := coloured(); got != 0 {
		t.Errorf("%d things are coloured as gaps", got)
	}
	r = gapping(closed(1, nil), "debt")
	if got := coloured(); got != 12+1 { // the rows, and the figures of what could be done
		t.Errorf("of twelve that are alike %d things are coloured", got)
	}
}
