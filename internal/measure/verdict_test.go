package measure

import (
	"slices"
	"testing"
)

// alike is a comparison of two equal forms of asked items.
func alike(kind Kind, pairs []Paired, asked int) Comparison {
	return Comparison{Kind: kind, Pairs: pairs, EarlierAsked: asked, LaterAsked: asked}
}

// The limits of one competency of five, in the specification's example, are 1.02
// and 0.66 levels.
func TestJudge(t *testing.T) {
	tests := []struct {
		name      string
		change    float64
		verdict   Verdict
		direction Direction
	}{
		{"well beyond the limit", 2, Changed, Rose},
		{"just beyond the limit", 1.03, Changed, Rose},
		{"just within the limit", 1.02, Possible, Rose},
		{"just beyond the lower limit", 0.67, Possible, Rose},
		{"just within the lower limit", 0.66, WithinNoise, ""},
		{"nothing", 0, WithinNoise, ""},
		{"a little down", -0.66, WithinNoise, ""},
		{"perhaps down", -0.67, Possible, Fell},
		{"down", -1.03, Changed, Fell},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			noise := constants.EstimateNoise(eightByFive(0))
			pairs := evenPairs(1, 5, test.change)
			judgement := constants.Judge(alike(Competency, pairs, 5), noise)
			if judgement.Verdict != test.verdict || judgement.Direction != test.direction {
				t.Errorf("verdict %q %q, want %q %q",
					judgement.Verdict, judgement.Direction, test.verdict, test.direction)
			}
			if judgement.Obstacle != "" {
				t.Errorf("obstacle %q of a comparable pair", judgement.Obstacle)
			}
			if want := constants.Change(pairs, noise); judgement.Change != want {
				t.Errorf("change %+v, want %+v", judgement.Change, want)
			}
			near(t, "p of a single verdict", judgement.AdjustedP, judgement.Change.P, 0)
		})
	}
}

func TestComparable(t *testing.T) {
	tests := []struct {
		name     string
		kind     Kind
		shared   int
		earlier  int
		later    int
		obstacle Obstacle
	}{
		{"whole, enough", Whole, 12, 12, 12, ""},
		{"whole, one short", Whole, 11, 12, 12, TooFewShared},
		{"outcome or pillar, enough", OutcomeOrPillar, 5, 5, 5, ""},
		{"outcome or pillar, one short", OutcomeOrPillar, 4, 5, 5, TooFewShared},
		{"area, enough", Area, 3, 3, 3, ""},
		{"area, one short", Area, 2, 3, 3, TooFewShared},
		{"competency, enough", Competency, 2, 3, 3, ""},
		{"competency, one short", Competency, 1, 3, 3, TooFewShared},
		{"competency in a pulse", Competency, 1, 3, 1, TooFewShared},
		{"area in a pulse", Area, 3, 9, 3, ""},
		{"whole in a pulse", Whole, 12, 36, 12, ""},
		{"pulse first", Whole, 12, 12, 36, ""},
		{"exactly 60 % of the shorter form", Area, 9, 15, 20, ""},
		{"exactly 60 % of another", Whole, 21, 35, 36, ""},
		{"under 60 % of the shorter form", Whole, 20, 36, 35, TooSmallShare},
		{"under 60 %, the earlier shorter", Whole, 20, 35, 36, TooSmallShare},
		{"link items alone, among all", Whole, 12, 36, 36, TooSmallShare},
		{"link items alone, among link items", Whole, 12, 12, 12, ""},
		{"nothing", Competency, 0, 0, 0, TooFewShared},
		{"shared items of an empty form", Competency, 2, 0, 3, TooSmallShare},
		{"an unknown kind is judged as the whole", "other", 11, 11, 11, TooFewShared},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			comparison := Comparison{
				Kind: test.kind, Pairs: evenPairs(test.shared, 1, 4),
				EarlierAsked: test.earlier, LaterAsked: test.later,
			}
			judgement := constants.Judge(comparison, constants.PriorNoise())
			if judgement.Obstacle != test.obstacle {
				t.Errorf("obstacle %q, want %q", judgement.Obstacle, test.obstacle)
			}
			if test.obstacle == "" {
				if judgement.Verdict != Changed {
					t.Errorf("verdict %q, want %q", judgement.Verdict, Changed)
				}
				return
			}
			want := Judgement{
				Verdict: NotComparable, Obstacle: test.obstacle,
				Change: Change{Shared: test.shared, P: 1}, AdjustedP: 1,
			}
			if judgement != want {
				t.Errorf("judgement %+v, want %+v", judgement, want)
			}
		})
	}
}

// Without any minimum there is still nothing to say about no items.
func TestNothingSharedIsNeverComparable(t *testing.T) {
	var none Constants
	if got := none.Judge(Comparison{}, Noise{ItemVariance: 1, Degrees: 12}).Verdict; got != NotComparable {
		t.Errorf("verdict %q, want %q", got, NotComparable)
	}
}

// family is the whole and four areas of three competencies by three items, where
// all items of area i change by changes[i].
func family(changes [4]float64) []Comparison {
	members := make([]Comparison, 5)
	for area, change := range changes {
		var pairs []Paired
		for i := range 3 {
			competency := string(rune('a' + area*3 + i))
			pairs = append(pairs, pairsOf(competency, change, change, change)...)
		}
		members[area+1] = alike(Area, pairs, 9)
		members[0].Pairs = append(members[0].Pairs, pairs...)
	}
	members[0].Kind, members[0].EarlierAsked, members[0].LaterAsked = Whole, 36, 36
	return members
}

func TestFamily(t *testing.T) {
	constants := Defaults()
	// A standard error of sqrt(0.82/9 + 0.1/3 + 0.04) = 0.4055 for an area and
	// sqrt(0.82/36 + 0.1/12 + 0.04) = 0.2667 for the whole.
	noise := Noise{ItemVariance: 0.82, Degrees: 36}
	// The whole rises by (1.2 + 0.9 + 0.6 - 0.1)/4 = 0.65.
	members := family([4]float64{1.2, 0.9, 0.6, -0.1})
	judgements := constants.Family(members, noise)

	// Single p: t = 2.437, 2.959, 2.219, 1.480 and 0.247 of 36 degrees.
	single := []float64{0.0199, 0.0054, 0.0328, 0.1477, 0.8066}
	factor := []float64{4, 5, 3, 2, 1}
	want := []struct {
		verdict   Verdict
		direction Direction
	}{
		{Possible, Rose}, {Changed, Rose}, {Possible, Rose}, {WithinNoise, ""}, {WithinNoise, ""},
	}
	if len(judgements) != len(members) {
		t.Fatalf("%d judgements of %d members", len(judgements), len(members))
	}
	for i, judgement := range judgements {
		near(t, "single p", judgement.Change.P, single[i], 0.0002)
		near(t, "adjusted p", judgement.AdjustedP, factor[i]*judgement.Change.P, 1e-12)
		if judgement.Verdict != want[i].verdict || judgement.Direction != want[i].direction {
			t.Errorf("member %d: %q %q, want %q %q",
				i, judgement.Verdict, judgement.Direction, want[i].verdict, want[i].direction)
		}
		if alone := constants.Judge(members[i], noise); alone.Change != judgement.Change {
			t.Errorf("member %d has the change %+v in the family and %+v alone",
				i, judgement.Change, alone.Change)
		}
	}
}

func TestFamilyDoesNotCountWhatIsNotComparable(t *testing.T) {
	constants := Defaults()
	noise := Noise{ItemVariance: 0.82, Degrees: 36}
	members := family([4]float64{1.2, 0.9, 0.6, -0.1})
	members[0].LaterAsked, members[0].EarlierAsked = 100, 100
	members[3].Pairs = members[3].Pairs[:2]
	judgements := constants.Family(members, noise)

	if judgements[0].Obstacle != TooSmallShare || judgements[3].Obstacle != TooFewShared {
		t.Errorf("obstacles %q and %q, want %q and %q",
			judgements[0].Obstacle, judgements[3].Obstacle, TooSmallShare, TooFewShared)
	}
	for i, factor := range map[int]float64{1: 3, 2: 2, 4: 1} {
		near(t, "adjusted p", judgements[i].AdjustedP, factor*judgements[i].Change.P, 1e-12)
	}
	if judgements[2].Verdict != Possible || judgements[2].Direction != Rose {
		t.Errorf("verdict %q %q, want %q %q",
			judgements[2].Verdict, judgements[2].Direction, Possible, Rose)
	}
}

func TestFamilyOfNothingComparable(t *testing.T) {
	constants := Defaults()
	if got := constants.Family(nil, constants.PriorNoise()); len(got) != 0 {
		t.Errorf("a family of none has %d judgements", len(got))
	}
	for _, judgement := range constants.Family(make([]Comparison, 5), constants.PriorNoise()) {
		if judgement.Verdict != NotComparable {
			t.Errorf("verdict %q, want %q", judgement.Verdict, NotComparable)
		}
	}
}

func TestFamilyProperties(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 200 {
		var changes [4]float64
		for i := range changes {
			changes[i] = random.Float64()*4 - 2
		}
		members := family(changes)
		noise := Noise{ItemVariance: 0.3 + random.Float64(), Degrees: 36}
		judgements := constants.Family(members, noise)
		for i, judgement := range judgements {
			if judgement.AdjustedP < judgement.Change.P {
				t.Errorf("p fell from %v to %v by adjusting", judgement.Change.P, judgement.AdjustedP)
			}
			marked := judgement.Verdict == Changed || judgement.Verdict == Possible
			if marked != (judgement.Direction != "") {
				t.Errorf("member %d: verdict %q with direction %q", i, judgement.Verdict, judgement.Direction)
			}
		}
		slices.Reverse(members)
		reversed := constants.Family(members, noise)
		slices.Reverse(reversed)
		if !slices.Equal(reversed, judgements) {
			t.Errorf("in reverse order the judgements are %+v, not %+v", reversed, judgements)
		}
	}
}
