package measure

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// worked are the twelve competencies of the specification's worked example.
var worked = []Targeted{
	{"debt", scoreOf(7, 3), 3.5, 3},
	{"roadmap", scoreOf(8, 3), 3.5, 2},
	{"tradeoffs", scoreOf(13, 4), 3.5, 3},
	{"design", scoreOf(10, 3), 3.5, 3},
	{"learning", scoreOf(11, 4), 3.0, 2},
	{"ownership", scoreOf(11, 3), 3.5, 2},
	{"authenticity", scoreOf(11, 3), 3.5, 2},
	{"systems", scoreOf(12, 3), 3.5, 3},
	{"credibility", scoreOf(12, 3), 3.5, 3},
	{"coaching", scoreOf(13, 3), 3.5, 3},
	{"vision", scoreOf(9, 3), 3.0, 1},
	{"bridge", scoreOf(11, 3), 3.0, 2},
}

// scoreOf is a score of so many answers with this sum, as far as chances look at it.
func scoreOf(sum, answered int) Score {
	return Score{Known: answered > 1, Value: float64(sum) / float64(answered), Answered: answered, Asked: answered}
}

func TestTheWorkedExampleOfChances(t *testing.T) {
	constants := Defaults()
	all := constants.Chances(worked, constants.PriorNoise())
	near(t, "W", all.precision, 26.13, 0.005)
	near(t, "v of debt", all.variances[0], 0.2167, 0.00005)
	near(t, "b of debt", all.weights[0], 0.536, 0.0005)
	near(t, "how many are below", all.Below, 5.8, 0.05)
	near(t, "give or take", all.BelowDeviation, 1.5, 0.05)
	debt := all.Competencies[0]
	near(t, "e of debt", debt.Estimate, 2.82, 0.005)
	near(t, "sd of debt", debt.StandardDeviation, 0.380, 0.0005)
	near(t, "E of debt", debt.Shortfall, 0.69, 0.005)
	near(t, "e of systems", all.Competencies[7].Estimate, 3.71, 0.005)
	for competency, want := range map[string]float64{"debt": 0.95, "learning": 0.49, "systems": 0.29, "coaching": 0.16, "bridge": 0.09} {
		at := slices.IndexFunc(worked, func(one Targeted) bool { return one.Competency == competency })
		near(t, "the chance of "+competency, all.Competencies[at].Below, want, 0.005)
	}
	if first, named := all.First(worked); !named || worked[first].Competency != "debt" {
		t.Errorf("%q is named first (%v), want debt", worked[first].Competency, named)
	}
	if debt.Tenths() != 10 {
		t.Errorf("debt shows %d tenths, want 10 for more than 19 in 20", debt.Tenths())
	}
}

// The overall level M is the precision-weighted mean: an estimate lies between it and the answers' own mean.
func TestEstimatesAreDrawnTowardsTheOverallLevel(t *testing.T) {
	constants := Defaults()
	all := constants.Chances(worked, constants.PriorNoise())
	const overall = 3.383
	for i, one := range all.Competencies {
		own := worked[i].Score.Value
		if low, high := min(own, overall)-0.0005, max(own, overall)+0.0005; one.Estimate < low || one.Estimate > high {
			t.Errorf("%s: the estimate %v lies outside %v to %v", one.Competency, one.Estimate, low, high)
		}
	}
}

// A group of one competency is that competency, and the whole of twelve alike ones has less doubt than any of them.
func TestTheChanceOfAGroup(t *testing.T) {
	constants := Defaults()
	all := constants.Chances(worked, constants.PriorNoise())
	for i, one := range all.Competencies {
		group := all.Of([]int{i})
		near(t, one.Competency+" as a group of its own", group.Below, one.Below, 1e-12)
		near(t, "its deviation", group.StandardDeviation, one.StandardDeviation, 1e-12)
	}
	whole := all.Of([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	for _, one := range all.Competencies {
		if whole.StandardDeviation >= one.StandardDeviation {
			t.Errorf("the whole has a deviation of %v, %s one of %v", whole.StandardDeviation, one.Competency, one.StandardDeviation)
		}
	}
	if none := all.Of(nil); none.Known {
		t.Errorf("a group of nothing has the chance %+v", none)
	}
}

func TestNoChanceIsSaid(t *testing.T) {
	five := slices.Clone(worked)
	for i := FewestForChances - 1; i < len(five); i++ {
		five[i].Score = Score{Asked: 3}
	}
	constants := Defaults()
	if all := constants.Chances(five, constants.PriorNoise()); all.Said {
		t.Error("chances are said of five competencies")
	}
	// An assessment that was finished before chances came knows none of their constants.
	if all := (Constants{PriorItemVariance: 0.82, PriorDegrees: 12, CompetencyMoodVariance: 0.05, DayMoodVariance: 0.02}).
		Chances(worked, Noise{0.82, 12}); all.Said {
		t.Error("chances are said by constants without a spread")
	}
	// Then what lies furthest below its target comes first.
	order := Chances{}.LookFirst(five)
	if got := five[order[0]].Competency; got != "debt" || len(order) != FewestForChances-1 {
		t.Errorf("%s is first of %d, want debt of %d", got, len(order), FewestForChances-1)
	}
}

// One answer is enough for a chance, so that a pulse can be read.
func TestASingleAnswerHasAChance(t *testing.T) {
	pulse := slices.Clone(worked)
	for i := range pulse {
		pulse[i].Score = scoreOf(int(math.Round(pulse[i].Score.Value)), 1)
	}
	pulse[3].Score = Score{Asked: 1}
	constants := Defaults()
	all := constants.Chances(pulse, constants.PriorNoise())
	for i, one := range all.Competencies {
		if one.Known != (i != 3) {
			t.Errorf("%s: a chance is known: %v", one.Competency, one.Known)
		}
	}
	if order := all.Carries(pulse); slices.Contains(order, 3) || len(order) != len(pulse)-1 {
		t.Errorf("what carries is %v, without the unanswered", order)
	}
}

func TestTenths(t *testing.T) {
	for below, want := range map[float64]int{
		0: 0, 0.05: 0, 0.0501: 1, 0.149: 1, 0.15: 2, 0.35: 4, 0.449: 4, 0.5: 5, 0.85: 9, 0.9499: 9, 0.95: 10, 1: 10,
	} {
		if got := (Chance{Below: below}).Tenths(); got != want {
			t.Errorf("%v shows %d tenths, want %d", below, got, want)
		}
	}
}

func TestCarriesByTheSmallestChance(t *testing.T) {
	constants := Defaults()
	all := constants.Chances(worked, constants.PriorNoise())
	var names []string
	for _, i := range all.Carries(worked)[:3] {
		names = append(names, worked[i].Competency)
	}
	if got := fmt.Sprint(names); got != "[bridge coaching systems]" {
		t.Errorf("what carries is %s", got)
	}
}
