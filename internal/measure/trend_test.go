package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// rowsOf returns items of one competency.
func rowsOf(competency string, levels ...[]int) []Row {
	rows := make([]Row, len(levels))
	for i := range levels {
		rows[i] = Row{Competency: competency, Levels: levels[i]}
	}
	return rows
}

// evenRows returns competencies times items that all have the same levels.
func evenRows(competencies, items int, levels ...int) []Row {
	var rows []Row
	for i := range competencies {
		rows = append(rows, rowsOf(fmt.Sprint(i), slices.Repeat([][]int{levels}, items)...)...)
	}
	return rows
}

// someRows returns up to six competencies of up to five items each.
func someRows(random *rand.Rand, assessments int) []Row {
	rows := evenRows(1+random.IntN(6), 1+random.IntN(5), make([]int, assessments)...)
	for i := range rows {
		rows[i].Levels = make([]int, assessments)
		for j := range rows[i].Levels {
			rows[i].Levels[j] = 1 + random.IntN(5)
		}
	}
	return rows
}

// someDays returns strictly increasing times.
func someDays(random *rand.Rand, assessments int) []float64 {
	days := make([]float64, assessments)
	day := 20_000 * random.Float64()
	for j := range days {
		days[j] = day
		day += 1 + 200*random.Float64()
	}
	return days
}

func TestEstimateTrendNoise(t *testing.T) {
	year := []float64{0, 90, 180, 270}
	tests := []struct {
		name                  string
		days                  []float64
		rows                  []Row
		itemVariance, degrees float64
	}{
		{"nothing shared", year, nil, 0.82, 12},
		{"no assessments", nil, evenRows(2, 3), 0.82, 12},
		{"one assessment", year[:1], rowsOf("a", []int{1}, []int{5}), 0.82, 12},
		{"a pulse, one item a competency", year, evenRows(12, 1, 1, 5, 2, 4), 0.82, 12},
		// All means are 2, so each of the 8 residuals is 1, at (2-1)*(4-1) degrees.
		{"opposites", year, rowsOf("a", []int{1, 3, 1, 3}, []int{3, 1, 3, 1}), (12*0.82 + 2*8) / 15, 15},
		{"a shared trend is no noise", year, evenRows(8, 3, 1, 2, 3, 4), 12 * 0.82 / 60, 60},
		{"items of different levels are no noise", year,
			rowsOf("a", []int{1, 2, 1, 2}, []int{4, 5, 4, 5}), 12 * 0.82 / 15, 15},
		{"a single item beside two", year,
			append(rowsOf("a", []int{1, 3, 1, 3}, []int{3, 1, 3, 1}), rowsOf("b", []int{1, 5, 5, 1})...),
			(12*0.82 + 2*8) / 15, 15},
		{"incomplete items count for nothing", year,
			append(rowsOf("a", []int{1, 3, 1, 3}, []int{3, 1, 3, 1}),
				rowsOf("a", []int{1, 3, 1}, []int{1, 0, 1, 3}, []int{1, 3, 1, 6}, nil)...),
			(12*0.82 + 2*8) / 15, 15},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			noise := Defaults().EstimateTrendNoise(test.days, test.rows)
			near(t, "item variance", noise.ItemVariance, test.itemVariance, 1e-12)
			near(t, "degrees of freedom", noise.Degrees, test.degrees, 0)
		})
	}
}

// By hand: two competencies of three items that all go 2, 2, 3, 3, 4, a quarter
// of 90 days apart. No residual: nu = 12 + (2 + 2)*4 = 28, s2 = 9.84/28. The sum of
// squared times is 10*90^2, b = (-2*2 - 1*2 + 1*3 + 2*4)/(10*90), which is 2 levels
// over 360 days.
func TestTrendByHand(t *testing.T) {
	constants := Defaults()
	days := []float64{0, 90, 180, 270, 360}
	rows := evenRows(2, 3, 2, 2, 3, 3, 4)
	trend := constants.Trend(days, rows, constants.EstimateTrendNoise(days, rows))
	standardError := math.Sqrt(9.84/28/12 + 0.05/2 + 0.02)
	near(t, "slope", trend.Slope, 5.0/900, 1e-15)
	near(t, "standard error of the slope", trend.SlopeStandardError, standardError/(90*math.Sqrt(10)), 1e-15)
	near(t, "change over the span", trend.Change, 2, 1e-12)
	near(t, "standard error of the change", trend.StandardError, standardError*4/math.Sqrt(10), 1e-12)
	near(t, "degrees of freedom", trend.Degrees, 28, 0)
	near(t, "limit at 95 %", trendLimit(trend, 0.05), 2.0484*0.34476, 0.0001)
	if trend.Assessments != 5 || trend.Shared != 6 {
		t.Errorf("%d assessments and %d shared items, want 5 and 6", trend.Assessments, trend.Shared)
	}
	if !(0 < trend.P && trend.P < 0.0001) {
		t.Errorf("P = %v of a change of 5.8 standard errors", trend.P)
	}
}

func TestTrendOfLittle(t *testing.T) {
	constants := Defaults()
	year := []float64{0, 90, 180, 270}
	tests := []struct {
		name string
		days []float64
		rows []Row
		want Trend
	}{
		{"nothing", nil, nil, Trend{P: 1}},
		{"no shared items", year, nil, Trend{Assessments: 4, P: 1}},
		{"no complete items", year, rowsOf("a", []int{1, 2, 0, 4}), Trend{Assessments: 4, P: 1}},
		{"one assessment", year[:1], evenRows(1, 3, 4), Trend{Assessments: 1, Shared: 3, P: 1}},
		{"no assessments", nil, evenRows(1, 3), Trend{P: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			trend := constants.Trend(test.days, test.rows, constants.PriorNoise())
			if trend != test.want {
				t.Errorf("trend %+v, want %+v", trend, test.want)
			}
		})
	}
}

func TestLevelTrendWithoutAnyNoise(t *testing.T) {
	var still Constants
	days := []float64{0, 17, 180, 271}
	noise := Noise{ItemVariance: 0, Degrees: 12}
	near(t, "P of a level line", still.Trend(days, evenRows(1, 3, 4, 4, 4, 4), noise).P, 1, 0)
	near(t, "P of a rise", still.Trend(days, evenRows(1, 3, 1, 2, 3, 4), noise).P, 0, 0)
}

// A trend over two assessments is the change of a pair.
func TestTrendOfTwoAssessments(t *testing.T) {
	constants, random := Defaults(), seeded()
	constants.MinimumTrendAssessments = 0
	for range 200 {
		days, rows := someDays(random, 2), someRows(random, 2)
		pairs := pair(rows, 0, 1)
		noise := constants.EstimateNoise(pairs)
		trendNoise := constants.EstimateTrendNoise(days, rows)
		near(t, "item variance", trendNoise.ItemVariance, noise.ItemVariance, 1e-12)
		near(t, "degrees", trendNoise.Degrees, noise.Degrees, 0)

		want := constants.Judge(alike(Area, pairs, len(pairs)), noise)
		got := constants.JudgeTrend(days, TrendComparison{Area, rows, len(rows)}, trendNoise)
		near(t, "change", got.Trend.Change, want.Change.MeanChange, 1e-12)
		near(t, "standard error", got.Trend.StandardError, want.Change.StandardError, 1e-9)
		near(t, "P", got.Trend.P, want.Change.P, 1e-9)
		if got.Verdict != want.Verdict || got.Direction != want.Direction || got.Obstacle != want.Obstacle {
			t.Errorf("trend %q %q %q, pair %q %q %q", got.Verdict, got.Direction, got.Obstacle,
				want.Verdict, want.Direction, want.Obstacle)
		}
	}
}

func TestTrendProperties(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 200 {
		assessments := 4 + random.IntN(6)
		days, rows := someDays(random, assessments), someRows(random, assessments)
		noise := constants.EstimateTrendNoise(days, rows)
		trend := constants.Trend(days, rows, noise)

		shuffled := slices.Clone(rows)
		random.Shuffle(len(rows), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := constants.EstimateTrendNoise(days, shuffled); got != noise {
			t.Errorf("noise of shuffled items %+v, want %+v", got, noise)
		}
		if got := constants.Trend(days, shuffled, noise); got != trend {
			t.Errorf("trend of shuffled items %+v, want %+v", got, trend)
		}

		weeks, mirrored := make([]float64, assessments), make([]Row, len(rows))
		for j, day := range days {
			weeks[j] = (day - 5000) / 7
		}
		for i, row := range rows {
			mirrored[i] = Row{Competency: row.Competency}
			for _, level := range row.Levels {
				mirrored[i].Levels = append(mirrored[i].Levels, LowestLevel+HighestLevel-level)
			}
		}
		inWeeks := constants.Trend(weeks, rows, noise)
		near(t, "slope a week", inWeeks.Slope, 7*trend.Slope, 1e-12)
		near(t, "change in weeks", inWeeks.Change, trend.Change, 1e-9)
		near(t, "P in weeks", inWeeks.P, trend.P, 1e-9)

		near(t, "mirrored noise", constants.EstimateTrendNoise(days, mirrored).ItemVariance, noise.ItemVariance, 1e-12)
		near(t, "mirrored change", constants.Trend(days, mirrored, noise).Change, -trend.Change, 1e-12)
	}
}

// The line is that of least squares: the means lie around it without a slope and
// without a distance left.
func TestTrendIsLeastSquares(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 100 {
		assessments := 4 + random.IntN(6)
		days, rows := someDays(random, assessments), someRows(random, assessments)
		trend := constants.Trend(days, rows, constants.PriorNoise())
		squares := func(slope float64) float64 {
			distances := make([]float64, assessments)
			for j := range days {
				for _, row := range rows {
					distances[j] += float64(row.Levels[j]) / float64(len(rows))
				}
				distances[j] -= slope * days[j]
			}
			return sumOfSquares(distances)
		}
		least := squares(trend.Slope)
		for _, other := range []float64{trend.Slope - 1e-4, trend.Slope + 1e-4} {
			if squares(other) <= least {
				t.Errorf("a slope of %v fits better than %v", other, trend.Slope)
			}
		}
	}
}

// trendLimit is the change over the span that a trend looked at alone has to exceed.
func trendLimit(trend Trend, level float64) float64 {
	return Change{StandardError: trend.StandardError, Degrees: trend.Degrees}.Limit(level)
}

// The verdict on a single trend follows from its change and its limits.
func TestJudgeTrend(t *testing.T) {
	constants, random := Defaults(), seeded()
	seen := make(map[string]int)
	for range 500 {
		days, rows := someDays(random, 4), someRows(random, 4)[:1]
		rows = append(rows, rows[0])
		noise := Noise{ItemVariance: 0.3 + random.Float64(), Degrees: 12 + float64(random.IntN(40))}
		judgement := constants.JudgeTrend(days, TrendComparison{Competency, rows, 3}, noise)
		trend := constants.Trend(days, rows, noise)
		verdict, direction := WithinNoise, Direction("")
		if size := math.Abs(trend.Change); size > trendLimit(trend, 0.05) {
			verdict = Changed
		} else if size > trendLimit(trend, 0.20) {
			verdict = Possible
		}
		if verdict != WithinNoise {
			direction = Fell
			if trend.Change > 0 {
				direction = Rose
			}
		}
		want := TrendJudgement{Verdict: verdict, Direction: direction, Trend: trend, AdjustedP: trend.P}
		if judgement != want {
			t.Errorf("judgement %+v, want %+v", judgement, want)
		}
		seen[fmt.Sprint(verdict, direction)]++
	}
	if len(seen) != 5 {
		t.Errorf("verdicts %v, want five sorts", seen)
	}
}

func TestTrendComparable(t *testing.T) {
	tests := []struct {
		name        string
		kind        Kind
		assessments int
		shared      int
		shortest    int
		obstacle    Obstacle
	}{
		{"whole, enough", Whole, 4, 12, 12, ""},
		{"whole, one assessment short", Whole, 3, 12, 12, TooFewAssessments},
		{"no assessments", Whole, 0, 0, 0, TooFewAssessments},
		{"too few of both", Whole, 3, 11, 12, TooFewAssessments},
		{"whole, one item short", Whole, 4, 11, 12, TooFewShared},
		{"outcome or pillar, one item short", OutcomeOrPillar, 8, 4, 5, TooFewShared},
		{"area in a pulse", Area, 8, 3, 3, ""},
		{"competency, enough", Competency, 4, 2, 3, ""},
		{"competency in a pulse", Competency, 4, 1, 1, TooFewShared},
		{"exactly 60 % of the shortest form", Area, 4, 9, 15, ""},
		{"under 60 % of the shortest form", Whole, 4, 20, 35, TooSmallShare},
		{"shared items of an empty form", Competency, 4, 2, 0, TooSmallShare},
		{"nothing", Competency, 4, 0, 0, TooFewShared},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			days := quarterly(test.assessments)
			levels := make([]int, test.assessments)
			for j := range levels {
				levels[j] = min(5, 1+2*j)
			}
			rows := evenRows(test.shared, 1, levels...)
			// What is not answered everywhere is not shared.
			comparison := TrendComparison{test.kind, append(rows, Row{"other", []int{1}}), test.shortest}
			judgement := constants.JudgeTrend(days, comparison, constants.PriorNoise())
			if judgement.Obstacle != test.obstacle {
				t.Errorf("obstacle %q, want %q", judgement.Obstacle, test.obstacle)
			}
			if test.obstacle == "" {
				if judgement.Verdict != Changed || judgement.Direction != Rose {
					t.Errorf("verdict %q %q, want %q %q", judgement.Verdict, judgement.Direction, Changed, Rose)
				}
				return
			}
			want := TrendJudgement{
				Verdict: NotComparable, Obstacle: test.obstacle,
				Trend: Trend{Assessments: test.assessments, Shared: test.shared, P: 1}, AdjustedP: 1,
			}
			if judgement != want {
				t.Errorf("judgement %+v, want %+v", judgement, want)
			}
		})
	}
}

func TestTrendFamily(t *testing.T) {
	constants := Defaults()
	days := quarterly(5)
	areas := [][]Row{
		evenRows(3, 3, 2, 2, 3, 3, 4),
		evenRows(3, 3, 3, 3, 3, 3, 3),
		evenRows(3, 3, 4, 4, 4, 3, 3),
		evenRows(2, 1, 1, 2, 3, 4, 5), // too few
	}
	var all []Row
	members := make([]TrendComparison, 1)
	for _, rows := range areas {
		all = append(all, rows...)
		members = append(members, TrendComparison{Area, rows, len(rows)})
	}
	members[0] = TrendComparison{Whole, all, len(all)}
	noise := Noise{ItemVariance: 0.82, Degrees: 36}
	judgements := constants.TrendFamily(days, members, noise)
	if len(judgements) != len(members) {
		t.Fatalf("%d judgements of %d members", len(judgements), len(members))
	}
	// The p-values come in the order rising, falling, whole, level, and the fifth
	// member is no test.
	for i, factor := range map[int]float64{1: 4, 3: 3, 0: 2, 2: 1} {
		near(t, "adjusted p", judgements[i].AdjustedP, min(1, factor*judgements[i].Trend.P), 1e-12)
		if alone := constants.JudgeTrend(days, members[i], noise); alone.Trend != judgements[i].Trend {
			t.Errorf("member %d has the trend %+v in the family and %+v alone", i, judgements[i].Trend, alone.Trend)
		}
	}
	want := []struct {
		verdict   Verdict
		direction Direction
	}{{Possible, Rose}, {Changed, Rose}, {WithinNoise, ""}, {Changed, Fell}, {NotComparable, ""}}
	for i, judgement := range judgements {
		if judgement.Verdict != want[i].verdict || judgement.Direction != want[i].direction {
			t.Errorf("member %d: %q %q (p %v), want %q %q", i, judgement.Verdict, judgement.Direction,
				judgement.AdjustedP, want[i].verdict, want[i].direction)
		}
	}
	if got := constants.TrendFamily(days, nil, noise); len(got) != 0 {
		t.Errorf("a family of none has %d judgements", len(got))
	}
}
