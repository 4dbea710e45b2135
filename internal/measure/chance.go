package measure

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// FewestForChances is how many competencies have to be answered before a chance is stated for any: with fewer, a
// person's own overall level is hardly known, and everything that a chance adds to the scores rests on it.
const FewestForChances = 6

// Chance is how likely it is that a competency, an area or the whole lies below its target: how often many questions
// like these, asked on many days, would settle below it. It is about the person's own view and says nothing about what
// others see.
type Chance struct {
	// Competency is the competency that it is about; "" for a group.
	Competency string
	// Known is false where there is no answer; the numbers are 0 then.
	Known bool
	// Estimate (e) is where the person probably stands, in levels: the mean of
	// the answers, drawn towards the person's own overall level.
	Estimate float64
	// StandardDeviation (sd) is the uncertainty of Estimate, in levels.
	StandardDeviation float64
	// Below (P) is the chance of lying below the target, from 0 to 1.
	Below float64
	// Shortfall (E) is how far below the target the person is expected to lie, in levels: the mean over all plausible
	// values, where at or above the target counts as 0.
	Shortfall float64
}

// Tenths is the figure that a page shows for Below: 1 to 9 for so many chances in
// ten, rounded to the nearest and ties away from zero, 10 for 19 in 20 or more, and
// 0 for 1 in 20 or fewer.
func (c Chance) Tenths() int {
	switch below := tidy(c.Below); {
	case below >= 0.95:
		return 10
	case below <= 0.05:
		return 0
	default:
		return int(min(9, max(1, math.Round(10*below))))
	}
}

// LikelyBelow reports whether the figure shown makes it likely to lie below the target: 7 in 10 or more.
func (c Chance) LikelyBelow() bool { return c.Known && c.Tenths() >= 7 }

// LikelyAbove reports whether the figure shown makes it likely to lie at or above the target: 3 in 10 or fewer.
func (c Chance) LikelyAbove() bool { return c.Known && c.Tenths() <= 3 }

// Chances are what one assessment says of a person's competencies against their
// targets, taken together.
type Chances struct {
	// Said is false if too few competencies were answered, or if the constants have no chances; everything else is
	// then empty.
	Said bool
	// Competencies are in the order of the targeted ones.
	Competencies []Chance
	// Below is how many competencies are expected to lie below their targets,
	// give or take BelowDeviation.
	Below, BelowDeviation float64

	// What the groups' chances are made of, in the order of Competencies.
	constants Constants
	noise     Noise
	targets   []float64
	variances []float64 // v_c
	weights   []float64 // b_c
	precision float64   // W
}

// KnowsChances reports whether these constants allow chances. Those of an assessment finished before chances were
// introduced don't: it is read by Standing.
func (c Constants) KnowsChances() bool { return c.CompetencySpreadVariance > 0 }

// Chances are the chances of the targeted competencies, all of one assessment. Of
// each its Score's Value and Answered count, also where the score is not Known;
// noise is the assessment's. For the C competencies with an answer, with mean y_c of
// k_c answers and target m_c,
//
//	v_c  = (s2/2 + si2)/k_c + so2            b_c = tau2/(tau2 + v_c)
//	W    = sum_c 1/(tau2 + v_c)              M   = sum_c y_c/(tau2 + v_c) / W
//	e_c  = b_c*y_c + (1 - b_c)*M             sd_c = sqrt(b_c*v_c + (1 - b_c)^2/W + sg2)
//	z_c  = (m_c - e_c)/sd_c                  P_c = T_nu(z_c)
//	E_c  = sd_c*(z_c*Phi(z_c) + phi(z_c))
//
// with Student's T_nu and the normal Phi and phi. The twelve competencies of one
// assessment help each other: a person's own overall level M is known from all
// answers, and their competencies scatter around it by tau. Nothing is assumed
// about other people: it is the exact Gaussian posterior under a flat prior on M.
//
// Sources: Lindley and Smith (1972), "Bayes estimates for the linear model",
// Journal of the Royal Statistical Society B 34; Efron and Morris (1975), "Data
// analysis using Stein's estimator and its generalizations", Journal of the
// American Statistical Association 70.
func (c Constants) Chances(targeted []Targeted, noise Noise) Chances {
	answered := 0
	for _, t := range targeted {
		if t.Score.Answered > 0 {
			answered++
		}
	}
	if answered < FewestForChances || !c.KnowsChances() {
		return Chances{}
	}
	all := Chances{
		Said: true, Competencies: make([]Chance, len(targeted)), constants: c, noise: noise,
		targets: make([]float64, len(targeted)), variances: make([]float64, len(targeted)), weights: make([]float64, len(targeted)),
	}
	overall := 0.0
	for i, t := range targeted {
		all.targets[i] = t.Target
		if t.Score.Answered == 0 {
			continue
		}
		v := (noise.ItemVariance/2+c.PersonItemVariance)/float64(t.Score.Answered) + c.CompetencyMoodVariance
		all.variances[i] = v
		all.weights[i] = c.CompetencySpreadVariance / (c.CompetencySpreadVariance + v)
		all.precision += 1 / (c.CompetencySpreadVariance + v)
		overall += t.Score.Value / (c.CompetencySpreadVariance + v)
	}
	overall /= all.precision
	spread := 0.0
	for i, t := range targeted {
		chance := &all.Competencies[i]
		chance.Competency = t.Competency
		if t.Score.Answered == 0 {
			continue
		}
		own := all.weights[i]
		chance.Known = true
		chance.Estimate = own*t.Score.Value + (1-own)*overall
		chance.StandardDeviation = math.Sqrt(own*all.variances[i] + (1-own)*(1-own)/all.precision + c.DayMoodVariance)
		chance.against(t.Target, noise)
		all.Below += chance.Below
		spread += chance.Below * (1 - chance.Below)
	}
	all.BelowDeviation = math.Sqrt(spread)
	return all
}

// against fills in what the estimate says about a target.
func (c *Chance) against(target float64, noise Noise) {
	z := (target - c.Estimate) / c.StandardDeviation
	c.Below = distuv.StudentsT{Sigma: 1, Nu: noise.Degrees}.CDF(z)
	c.Shortfall = c.StandardDeviation * (z*distuv.UnitNormal.CDF(z) + distuv.UnitNormal.Prob(z))
}

// Of is the chance of a group, an area or the whole, that consists of the n
// competencies of these positions (those of Competencies) that have an answer, against the
// mean of their targets:
//
//	e    = mean e_c
//	sd^2 = (sum b_c*v_c + (sum (1 - b_c))^2/W)/n^2 + sg2
//	P    = T_nu((mean m - e)/sd)
//
// It is not Known if none has one. The caller decides by the group's own Score whether it was answered enough for a
// chance to be stated.
func (a Chances) Of(positions []int) Chance {
	var chance Chance
	n, target, own, shared := 0.0, 0.0, 0.0, 0.0
	for _, i := range positions {
		if !a.Said || !a.Competencies[i].Known {
			continue
		}
		n++
		target += a.targets[i]
		chance.Estimate += a.Competencies[i].Estimate
		own += a.weights[i] * a.variances[i]
		shared += 1 - a.weights[i]
	}
	if n == 0 {
		return Chance{}
	}
	chance.Known = true
	chance.Estimate /= n
	chance.StandardDeviation = math.Sqrt((own+shared*shared/a.precision)/(n*n) + a.constants.DayMoodVariance)
	chance.against(target/n, a.noise)
	return chance
}

// LookFirst ranks where to look first: the positions of the competencies with an
// answer, the first to look at first, by
//
//	Importance * Shortfall        where chances are said
//	Target - Score.Value          elsewhere
//
// Ties go to the earlier. The list is never truncated.
func (a Chances) LookFirst(targeted []Targeted) []int {
	return ranked(targeted, func(i int) sizes {
		if !a.Said {
			return sizes{targeted[i].Target - targeted[i].Score.Value}
		}
		return sizes{float64(targeted[i].Importance) * a.Competencies[i].Shortfall}
	})
}

// Carries ranks what carries the person: the positions of the competencies with an answer, the strongest first, by the
// smallest chance of lying below the target where chances are said, then by Score.Value - Target. Ties go to the
// earlier. The list is never truncated.
func (a Chances) Carries(targeted []Targeted) []int {
	return ranked(targeted, func(i int) sizes {
		beyond := targeted[i].Score.Value - targeted[i].Target
		if !a.Said {
			return sizes{beyond}
		}
		return sizes{-a.Competencies[i].Below, beyond}
	})
}

// First is the position of the competency that a result names first: the one that
// LookFirst puts first, if it lies below its target as likely as not. Otherwise
// nothing stands out, and named is false.
func (a Chances) First(targeted []Targeted) (position int, named bool) {
	if !a.Said {
		return 0, false
	}
	position = a.LookFirst(targeted)[0]
	return position, a.Competencies[position].Below >= 0.5
}

// sizes are what a rank goes by: the first, and among equals the second.
type sizes [2]float64

// ranked lists the positions of those with an answer by what sizeOf says of each, the largest first.
func ranked(targeted []Targeted, sizeOf func(position int) sizes) []int {
	size := make([]sizes, len(targeted))
	positions := make([]int, 0, len(targeted))
	for i, t := range targeted {
		if t.Score.Answered > 0 {
			of := sizeOf(i)
			size[i] = sizes{tidy(of[0]), tidy(of[1])}
			positions = append(positions, i)
		}
	}
	slices.SortStableFunc(positions, func(i, j int) int {
		return cmp.Or(cmp.Compare(size[j][0], size[i][0]), cmp.Compare(size[j][1], size[i][1]))
	})
	return positions
}
