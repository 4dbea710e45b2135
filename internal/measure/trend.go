package measure

import (
	"maps"
	"math"
	"slices"
)

// Row is one item over all assessments of a trend. Same items only: the same
// immutable item id.
type Row struct {
	// Competency is the one that the item belongs to.
	Competency string
	// Levels are the answers, 1 to 5, one for each assessment in the order of time. A row of another length, or with a
	// level off the scale, is not an item shared by all assessments and doesn't count.
	Levels []int
}

// Trend is the least-squares line through the mean scores of several assessments,
// on the items shared by all of them, with its uncertainty. It is the number
// behind a verdict, not yet the verdict.
type Trend struct {
	// Assessments (n) is the number of assessments.
	Assessments int
	// Shared (K) is the number of items answered in every one of them.
	Shared int
	// Slope (b) is in levels a day.
	Slope float64
	// SlopeStandardError (SE_b) is in levels a day.
	SlopeStandardError float64
	// Change is how far the line rises over the span, b*(t_n - t_1), in levels.
	Change float64
	// StandardError is that of Change, SE_b*(t_n - t_1), in levels.
	StandardError float64
	// Degrees (nu) are the degrees of freedom of Student's t.
	Degrees float64
	// P is the two-sided probability of a slope at least this steep when nothing changes over time, 0 to 1. It is not
	// adjusted for other trends looked at together with it: see Constants.TrendFamily.
	P float64
}

// EstimateTrendNoise is the person's own item variance over all assessments of a
// trend, shrunk to the prior. Within a competency of k_c shared items, over n
// assessments, the residual of item i in assessment j is what neither the item nor the
// assessment accounts for,
//
//	r_ij = x_ij - x_i. - x_.j + x_..
//
// with x_i. the item's mean over the assessments, x_.j the competency's mean in the
// assessment and x_.. its mean over both. Its sum of squares RS_c has
// (k_c - 1)(n - 1) degrees of freedom, and
//
//	nu = nu0 + sum(k_c - 1)*(n - 1)
//	s2 = (nu0*s02 + sum(2*RS_c)) / nu
//
// over the competencies with k_c of at least 2. The mean square of the residual
// is the variance of one answer; s2 is that of an item's change between two
// assessments, hence the 2. With two assessments this is EstimateNoise. What a whole
// competency goes through, a trend or a mood, is no noise here; an item that
// rises faster than the others of its competency is.
//
// days are the assessments' times, of which only the number matters. rows are all items shared by all assessments, in
// any order, whatever part of them is looked at later.
//
// Source: as EstimateNoise, with the analysis of variance of twoWay.
func (c Constants) EstimateTrendNoise(days []float64, rows []Row) Noise {
	tables := make(map[string][][]int)
	for _, row := range sharedRows(days, rows) {
		tables[row.Competency] = append(tables[row.Competency], row.Levels)
	}
	degrees := c.PriorDegrees
	squares := c.PriorDegrees * c.PriorItemVariance
	// In the order of the names, as in EstimateNoise.
	for _, competency := range slices.Sorted(maps.Keys(tables)) {
		table := tables[competency]
		_, residual := twoWay(table)
		degrees += float64((len(table) - 1) * (len(days) - 1))
		squares += 2 * residual
	}
	return Noise{ItemVariance: squares / degrees, Degrees: degrees}
}

// Trend fits the line. With m_j the mean of the shared items in assessment j, at t_j
// days,
//
//	b      = sum((t_j - mean t)*m_j) / sum((t_j - mean t)^2)
//	SE_b^2 = SE_score^2 / sum((t_j - mean t)^2)
//	SE_score^2 = s2/(2K) + so2*q + sg2        q = sum(k_c^2)/K^2
//	P      = 2 * (1 - F(|b| / SE_b))
//
// where F is the distribution function of Student's t with nu degrees of freedom. The spread of the means around the
// line is not used: a few assessments say less about it than the priors of the moods.
//
// days are the assessments' times, strictly increasing, from any origin. rows are
// the shared items of the group that is looked at, in any order; noise is that
// of all items the assessments share, of EstimateTrendNoise. With no shared item or
// fewer than two days there is no line: the numbers are 0, with a P of 1.
//
// Source: ordinary least squares with a known variance of the single score.
func (c Constants) Trend(days []float64, rows []Row, noise Noise) Trend {
	rows = sharedRows(days, rows)
	trend := Trend{Assessments: len(days), Shared: len(rows), P: 1}
	if len(rows) == 0 || len(days) < 2 {
		return trend
	}
	counts := newTally()
	sums := make([]int, len(days))
	for _, row := range rows {
		counts = counts.add(row.Competency)
		for j, level := range row.Levels {
			sums[j] += level
		}
	}
	// Times relative to the first assessment keep their digits, whatever the origin.
	middle := 0.0
	for _, day := range days {
		middle += (day - days[0]) / float64(len(days))
	}
	products, spread := 0.0, 0.0
	for j, day := range days {
		distance := day - days[0] - middle
		// Sums in place of means, and taken from the first: a level line has a
		// slope of exactly 0.
		products += distance * float64(sums[j]-sums[0])
		spread += distance * distance
	}
	span := days[len(days)-1] - days[0]
	trend.Slope = products / spread / float64(len(rows))
	trend.SlopeStandardError = c.scoreStandardError(counts, noise) / math.Sqrt(spread)
	trend.Change = trend.Slope * span
	trend.StandardError = trend.SlopeStandardError * span
	trend.Degrees = noise.Degrees
	// As in Change, a slope of zero is never taken as a sign of one.
	if trend.Slope != 0 {
		trend.P = twoSidedP(trend.Slope/trend.SlopeStandardError, noise.Degrees)
	}
	return trend
}

// TrendComparison is one group of items over all assessments of a trend.
type TrendComparison struct {
	Kind Kind
	// Rows are the items of the group that were answered in every assessment.
	Rows []Row
	// ShortestAsked is the number of items of the group in the form that holds
	// the fewest of them, answered or not. Across a change of scope only link
	// items are counted, as in Comparison.
	ShortestAsked int
}

// TrendJudgement is the verdict on a trend with the numbers that it rests on. It is shown separately from the verdict
// on a pair of assessments, and has its own name.
type TrendJudgement struct {
	Verdict   Verdict
	Direction Direction
	Obstacle  Obstacle
	// Trend holds no numbers beyond Assessments and Shared, with a P of 1, when the
	// assessments are not comparable, so that none can be shown by mistake.
	Trend Trend
	// AdjustedP is what the verdict was read from, as in Judgement.
	AdjustedP float64
}

// JudgeTrend returns the verdict on a single trend, unadjusted: of a competency, an
// outcome or a pillar. It belongs in a table, as that of Judge does, and its rules
// are the same, with the number of assessments looked at first:
//
//	not comparable   fewer assessments than MinimumTrendAssessments, fewer shared items
//	                 than MinimumShared, or a share of the shortest form under
//	                 MinimumShareOfShorterForm
//	changed          P < ChangedLevel
//	possible         P < PossibleLevel
//	noise            otherwise
//
// Where a questionnaire's version breaks comparability, the caller gives the
// latest stretch only. days and noise are as for Trend.
func (c Constants) JudgeTrend(days []float64, comparison TrendComparison, noise Noise) TrendJudgement {
	return c.TrendFamily(days, []TrendComparison{comparison}, noise)[0]
}

// TrendFamily judges trends that are shown together: of the whole and the four areas. It reads the rules of JudgeTrend
// from Holm-adjusted p-values, as Family does with changes. The trends are a family of their own: a verdict on the
// last pair of assessments is not a member.
//
// The judgements come in the order of members, one each. Members that are not comparable are not tests and do not
// count.
//
// Source: Holm (1979).
func (c Constants) TrendFamily(days []float64, members []TrendComparison, noise Noise) []TrendJudgement {
	judgements := make([]TrendJudgement, len(members))
	var tested []int
	var pValues []float64
	for i, member := range members {
		shared := len(sharedRows(days, member.Rows))
		if obstacle := c.trendObstacle(days, shared, member); obstacle != "" {
			judgements[i] = TrendJudgement{
				Verdict:   NotComparable,
				Obstacle:  obstacle,
				Trend:     Trend{Assessments: len(days), Shared: shared, P: 1},
				AdjustedP: 1,
			}
			continue
		}
		judgements[i].Trend = c.Trend(days, member.Rows, noise)
		tested = append(tested, i)
		pValues = append(pValues, judgements[i].Trend.P)
	}
	for position, adjusted := range holmAdjust(pValues) {
		judgement := &judgements[tested[position]]
		judgement.AdjustedP = adjusted
		judgement.Verdict, judgement.Direction = c.read(adjusted, judgement.Trend.Slope)
	}
	return judgements
}

// trendObstacle says why a trend of so many shared items is not comparable, or
// "" when it is. A line needs two assessments, whatever the constants say.
func (c Constants) trendObstacle(days []float64, shared int, member TrendComparison) Obstacle {
	if len(days) < max(2, c.MinimumTrendAssessments) {
		return TooFewAssessments
	}
	return c.obstacle(member.Kind, shared, share(shared, member.ShortestAsked))
}

// sharedRows are the rows with an answer for every one of days, and none when
// there are no days.
func sharedRows(days []float64, rows []Row) []Row {
	if len(days) == 0 {
		return nil
	}
	var shared []Row
	for _, row := range rows {
		if isComplete(row.Levels, len(days)) {
			shared = append(shared, row)
		}
	}
	return shared
}
