package measure

import (
	"maps"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// Noise is how much one person's answers vary without the person having
// changed. It is estimated once for a pair of assessments, from all their shared
// items, and then used for every score and change of that pair. It comes from
// PriorNoise or EstimateNoise, or from a frozen copy of either; the zero value
// is not usable, because Student's t needs Degrees above 0.
type Noise struct {
	// ItemVariance (s2) is the variance of an item's change between two
	// assessments, in squared levels. One answer carries half of it.
	ItemVariance float64 `json:"item_variance"`
	// Degrees (nu) are the degrees of freedom of ItemVariance.
	Degrees float64 `json:"degrees_of_freedom"`
}

// PriorNoise is the noise of a person with no earlier assessment: s2 = s02 and
// nu = nu0.
func (c Constants) PriorNoise() Noise {
	return Noise{ItemVariance: c.PriorItemVariance, Degrees: c.PriorDegrees}
}

// EstimateNoise is the person's own item variance, shrunk to the prior. With
// SS_c the sum of squares of the changes of competency c around their mean, and
// k_c their number,
//
//	nu = nu0 + sum(k_c - 1)
//	s2 = (nu0*s02 + sum(SS_c)) / nu
//
// over the competencies with k_c of at least 2. A change shared by a whole competency is not noise and leaves s2
// alone, which is why the squares are taken around each competency's own mean. A single item says nothing about
// spread, so a pulse, with one item per competency, keeps the prior.
//
// pairs are all items shared by the two assessments, in any order, whatever part
// of them is compared later.
//
// Source: the within-person reading of Jacobson and Truax (1991), with the
// variance shrunk by a scaled inverse chi-squared prior.
func (c Constants) EstimateNoise(pairs []Paired) Noise {
	changes := make(map[string][]float64)
	for _, pair := range pairs {
		changes[pair.Competency] = append(changes[pair.Competency], pair.Change)
	}
	degrees := c.PriorDegrees
	squares := c.PriorDegrees * c.PriorItemVariance
	// The sum runs in the order of the names, because floating-point sums
	// depend on their order and a recomputed value must not differ.
	for _, competency := range slices.Sorted(maps.Keys(changes)) {
		own := changes[competency]
		degrees += float64(len(own) - 1)
		squares += sumOfSquares(own)
	}
	return Noise{ItemVariance: squares / degrees, Degrees: degrees}
}

// sumOfSquares is the sum of squared distances from the mean of values, which
// is 0 for a single value.
func sumOfSquares(values []float64) float64 {
	mean := 0.0
	for _, value := range values {
		mean += value
	}
	mean /= float64(len(values))
	sum := 0.0
	for _, value := range values {
		sum += (value - mean) * (value - mean)
	}
	return sum
}

// scoreStandardError is
//
//	SE_score = sqrt(s2/(2K) + so2*q + sg2)
//
// in levels, for counts of answered items by competency, at least one in all.
func (c Constants) scoreStandardError(counts tally, noise Noise) float64 {
	items, concentration := shape(counts)
	return math.Sqrt(noise.ItemVariance/(2*items) +
		c.CompetencyMoodVariance*concentration +
		c.DayMoodVariance)
}

// changeStandardError is
//
//	SE_change = sqrt(s2/K + 2*so2*q + 2*sg2)
//
// in levels, for counts of shared items by competency, at least one in all. Both assessments have moods of their own,
// hence the twos; s2 is already the variance of a change.
func (c Constants) changeStandardError(counts tally, noise Noise) float64 {
	items, concentration := shape(counts)
	return math.Sqrt(noise.ItemVariance/items +
		2*c.CompetencyMoodVariance*concentration +
		2*c.DayMoodVariance)
}

// shape returns K, the number of items, and q = sum(k_c^2)/K^2, which is 1 for a
// single competency and 1/n for n competencies of equal size. The sums are of
// whole numbers and so do not depend on an order.
func shape(counts tally) (items, concentration float64) {
	sum, squares := 0, 0
	for _, count := range counts {
		sum += count.items
		squares += count.items * count.items
	}
	items = float64(sum)
	return items, float64(squares) / (items * items)
}

// tally counts items by competency. There are so few competencies that a linear search costs less than a map.
type tally []competencyCount

type competencyCount struct {
	competency string
	items      int
}

// add counts one item.
func (t tally) add(competency string) tally {
	for i := range t {
		if t[i].competency == competency {
			t[i].items++
			return t
		}
	}
	return append(t, competencyCount{competency, 1})
}

// newTally returns a tally with room for what a questionnaire asks about.
func newTally() tally { return make(tally, 0, 16) }

// quantiles caches the results of studentQuantile, which are found by iteration. All bands of an assessment, and most
// assessments of most people, need the same few.
var quantiles = struct {
	sync.Mutex
	known map[[2]float64]float64
}{known: map[[2]float64]float64{}}

// knownQuantiles bounds how many quantiles are cached. Degrees of freedom are the prior's plus a whole number of
// items, so far fewer occur.
const knownQuantiles = 1024

// studentQuantile is t(probability, degrees), Student's t.
func studentQuantile(probability, degrees float64) float64 {
	asked := [2]float64{probability, degrees}
	quantiles.Lock()
	defer quantiles.Unlock()
	quantile, found := quantiles.known[asked]
	if !found {
		if len(quantiles.known) >= knownQuantiles {
			clear(quantiles.known)
		}
		quantile = distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile(probability)
		quantiles.known[asked] = quantile
	}
	return quantile
}

// twoSidedP is the probability that Student's t lies at least as far from 0 as
// distance does.
func twoSidedP(distance, degrees float64) float64 {
	return 2 * distuv.StudentsT{Sigma: 1, Nu: degrees}.Survival(math.Abs(distance))
}
