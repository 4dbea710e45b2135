package disclosure

import (
	"gonum.org/v1/gonum/mat"
)

// What follows is an attacker who shares nothing with the gate but the model of the
// specification, which the attacker knows: the variances stand here once more, and
// the arithmetic is another one. The gate works in the space of what was published,
// exactly and from memberships alone; the attacker works in the space of the answers,
// by the normal equations of least squares, from the printed figures.

// simulatedMean is the mean of all answers, which the attacker knows.
const simulatedMean = 3.0

// spreadOf are the variances of what is attacked: between people, and between
// assessments of one of them.
type spreadOf struct{ person, assessment float64 }

// The levels alone, and the parts of one competency that attacking it by all levels
// together consists of: the whole, its area less the whole, itself less its area.
var (
	levelSpreads = [3]spreadOf{{0.35, 0.25}, {0.30, 0.10}, {0.25, 0.06}}
	partSpreads  = [3]spreadOf{{0.25, 0.06}, {0.30 - 0.25, 0.10 - 0.06}, {0.35 - 0.30, 0.25 - 0.10}}
)

// clue is one thing that the attacker knows: the sum of what is attacked over some
// answers, above or below the mean of all, with an error of a known variance.
type clue struct {
	answers  []int
	sum      float64
	variance float64
}

// attack returns the best linear estimate of each answer, above or below the mean
// of all, and its posterior variance. people has the answers of each person. With
// B the prior covariance, A the clues and R their errors' variances, both follow
// from the normal equations
//
//	(inverse(B) + A'*inverse(R)*A) * estimate = A'*inverse(R)*sums
//
// whose matrix has the posterior covariance for its inverse.
func attack(size int, people [][]int, spread spreadOf, clues []clue) (estimate, posterior []float64) {
	normal := mat.NewSymDense(size, nil)
	right := mat.NewVecDense(size, nil)
	for _, answers := range people {
		common := spread.person / (spread.assessment + spread.person*float64(len(answers))) / spread.assessment
		for i, a := range answers {
			for _, b := range answers[i:] {
				value := -common
				if a == b {
					value += 1 / spread.assessment
				}
				normal.SetSym(a, b, value)
			}
		}
	}
	for _, clue := range clues {
		for i, a := range clue.answers {
			right.SetVec(a, right.AtVec(a)+clue.sum/clue.variance)
			for _, b := range clue.answers[i:] {
				normal.SetSym(a, b, normal.At(a, b)+1/clue.variance)
			}
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(normal) {
		panic("the normal equations have no solution")
	}
	var solution mat.VecDense
	if err := factor.SolveVecTo(&solution, right); err != nil {
		panic(err)
	}
	var covariance mat.SymDense
	if err := factor.InverseTo(&covariance); err != nil {
		panic(err)
	}
	estimate, posterior = make([]float64, size), make([]float64, size)
	for i := range size {
		estimate[i], posterior[i] = solution.AtVec(i), covariance.At(i, i)
	}
	return estimate, posterior
}

// printed is what the attacker has read about one set: figures of twelve
// competencies, four areas and the whole, and the steps that they came in, 0 where a
// level was withheld.
type printed struct {
	answers      []int
	steps        steps
	competencies [12]float64
	areas        [4]float64
	whole        float64
}

// error2 is the variance of a sum's error from rounding its mean.
func (p printed) error2(level Level) float64 {
	width := float64(len(p.answers)) * p.steps[level]
	return width * width / 12
}

func (p printed) clue(mean, variance float64) clue {
	return clue{answers: p.answers, sum: float64(len(p.answers)) * mean, variance: variance}
}

// byLevel is what a set tells of the first competency, the first area or the whole,
// each by its own figure.
func (p printed) byLevel(level Level) (clue, bool) {
	if p.steps[level] == 0 {
		return clue{}, false
	}
	figure := [3]float64{p.competencies[0], p.areas[0], p.whole}[level]
	return p.clue(figure-simulatedMean, p.error2(level)), true
}

// byPart is what all figures of a set tell of one part of the first competency.
// Figures of the same thing are averaged by their precision.
func (p printed) byPart(part int) (clue, bool) {
	all, first, area := mean(p.competencies[:]), mean(p.competencies[:3]), mean(p.areas[:])
	readings := [3][3]struct{ value, divisor float64 }{
		{{all - simulatedMean, 12}, {area - simulatedMean, 4}, {p.whole - simulatedMean, 1}},
		// The mean of three figures less that of all twelve errs by 1/3-1/12 of a figure's
		// variance, one figure of four less their mean by 1-1/4.
		{{first - all, 4}, {p.areas[0] - area, 4.0 / 3}, {}},
		{{p.competencies[0] - first, 1.5}, {}, {}},
	}[part]
	var value, precision float64
	for level, reading := range readings {
		if p.steps[level] > 0 && reading.divisor > 0 {
			weight := reading.divisor / p.error2(Level(level))
			value += weight * reading.value
			precision += weight
		}
	}
	if precision == 0 {
		return clue{}, false
	}
	return p.clue(value/precision, 1/precision), true
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// seen is what was shown by name: all of a person's area scores of one assessment.
type seen struct {
	answer int
	areas  [4]float64
}

// seen12 is an answer that the attacker gave, to all twelve competencies.
type seen12 struct {
	answer int
	given  answers12
}

// part is one of the three parts of the first competency.
func (s seen12) part(number int) float64 {
	whole, area := mean(s.given[:]), mean(s.given[:3])
	return [3]float64{whole - simulatedMean, area - whole, s.given[0] - area}[number]
}

// certain is the variance of the error of what was shown: none to speak of, but the
// normal equations divide by it.
const certain = 1e-8

// knowledge is everything that an attacker has read.
type knowledge struct {
	size    int
	people  [][]int
	printed []printed
	seen    []seen
}

// attackLevel attacks by the figures of one level, with no look at the others, and by
// what the attacker knows from elsewhere.
func (k knowledge) attackLevel(level Level, clues ...clue) (estimate, posterior []float64) {
	for _, printed := range k.printed {
		if clue, some := printed.byLevel(level); some {
			clues = append(clues, clue)
		}
	}
	for _, seen := range k.seen {
		switch level {
		case Area:
			clues = append(clues, clue{[]int{seen.answer}, seen.areas[0] - simulatedMean, certain})
		case Whole:
			clues = append(clues, clue{[]int{seen.answer}, mean(seen.areas[:]) - simulatedMean, certain})
		}
	}
	return attack(k.size, k.people, levelSpreads[level], clues)
}

// attackTogether attacks the first competency, the first area or the whole by the
// figures of all levels, and by the answers of those whom the attacker invented: an area is the whole and what it
// lies above that, a competency is its area and what it lies above that.
func (k knowledge) attackTogether(level Level, invented ...seen12) (estimate, posterior []float64) {
	estimate, posterior = make([]float64, k.size), make([]float64, k.size)
	for part := range int(Whole-level) + 1 {
		var clues []clue
		for _, printed := range k.printed {
			if clue, some := printed.byPart(part); some {
				clues = append(clues, clue)
			}
		}
		for _, seen := range k.seen {
			whole := mean(seen.areas[:])
			switch part {
			case 0:
				clues = append(clues, clue{[]int{seen.answer}, whole - simulatedMean, certain})
			case 1:
				clues = append(clues, clue{[]int{seen.answer}, seen.areas[0] - whole, certain})
			}
		}
		for _, one := range invented {
			clues = append(clues, clue{[]int{one.answer}, one.part(part), certain})
		}
		partEstimate, partPosterior := attack(k.size, k.people, partSpreads[part], clues)
		for i := range k.size {
			estimate[i] += partEstimate[i]
			posterior[i] += partPosterior[i]
		}
	}
	return estimate, posterior
}
