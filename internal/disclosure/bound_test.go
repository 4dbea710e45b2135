package disclosure

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestOneMeanHidesAmongItsPeople(t *testing.T) {
	for n := 5; n <= 12; n++ {
		for _, level := range Levels() {
			prior := level.variances().person + level.variances().assessment
			noise := float64(n) * 0.1 * float64(n) * 0.1 / 12
			want := float64(n) + noise/prior
			near(t, fmt.Sprint(n, level), smallest(t, figures(people("1", 1, n), 0.1), level), want, 1e-9)
		}
	}
}

// Published twice in coarse steps, a mean is known as if in steps finer by the root
// of two.
func TestRoundingsOfOneMeanAddUp(t *testing.T) {
	set := people("1", 1, 5)
	twice := append(figures(set, 0.2), figures(set, 0.2)...)
	once := figures(set, 0.2/math.Sqrt2)
	for _, level := range Levels() {
		near(t, level.String(), smallest(t, twice, level), smallest(t, once, level), 1e-9)
	}
}

// The same nine people, cycle after cycle, are hidden among nine for ever: their
// common history is one sum more.
func TestTheSamePeopleStayHidden(t *testing.T) {
	var published []Observation
	for cycle := range 24 {
		found, decision := decided(t, published, one(people(fmt.Sprint(cycle), 1, 9)), Floor())
		if found != (steps{0.1, 0.1, 0.1}) {
			t.Fatalf("cycle %d is published in %v", cycle, found)
		}
		published = append(published, decision.Observations()...)
	}
	for _, level := range Levels() {
		if group := smallest(t, published, level); group < 9 {
			t.Errorf("%v: the smallest effective group is %v, want 9 or more", level, group)
		}
	}
}

// someObservations publishes sets of a few people's assessments at random, whatever the
// gate would say of them.
func someObservations(random *rand.Rand, count int) []Observation {
	var observations []Observation
	for range count {
		observation := Observation{Level: Level(random.IntN(3)), Step: Steps()[random.IntN(3)]}
		for person := range 6 {
			if random.IntN(3) > 0 {
				observation.Answers = append(observation.Answers, Answer{
					Person: fmt.Sprint("p", person), Assessment: fmt.Sprint("p", person, "s", random.IntN(3)),
				})
			}
		}
		observations = append(observations, observation)
		if random.IntN(8) == 0 && len(observation.Answers) > 0 {
			observations = append(observations, Observation{Kind: Shown, Level: Area, Answers: slices.Clone(observation.Answers[:1])})
		}
	}
	return observations
}

// dense computes posterior variances the plain way: all answers, all twelve
// competencies of each, one matrix for everything, and the inverse of another. With
// the answers x of covariance P, and A*x+r observed, they are the diagonal of
// P - P*A'*inverse(A*P*A'+R)*A*P.
func dense(observations []Observation, answers []Answer) *mat.Dense {
	const kinds = 12
	size := len(answers) * kinds
	// What two competencies of one person share. Those of one area, and those of two,
	// correlate such that means of three and of twelve have the variances of their levels.
	shared := func(a, b int, of func(spreadOf) float64) float64 {
		competency, area, whole := of(levelSpreads[0]), of(levelSpreads[1]), of(levelSpreads[2])
		switch {
		case a == b:
			return competency
		case a/3 == b/3:
			return (3*area - competency) / 2
		}
		return (4*whole - area) / 3
	}
	lasting := func(v spreadOf) float64 { return v.person }
	passing := func(v spreadOf) float64 { return v.assessment }
	prior := mat.NewDense(size, size, nil)
	for i, one := range answers {
		for j, other := range answers {
			for a := range kinds {
				for b := range kinds {
					value := 0.0
					if one.Person == other.Person {
						value = shared(a, b, lasting)
					}
					if i == j {
						value += shared(a, b, passing)
					}
					prior.Set(i*kinds+a, j*kinds+b, value)
				}
			}
		}
	}
	var rows [][]float64
	var noise []float64
	for _, observation := range observations {
		groups := [3]int{1, 3, 12}[observation.Level]
		for first := 0; first < kinds; first += groups {
			row := make([]float64, size)
			for _, answer := range observation.Answers {
				for i := range answers {
					for c := first; answers[i] == answer && c < first+groups; c++ {
						row[i*kinds+c] = 1 / float64(groups)
					}
				}
			}
			rows = append(rows, row)
			width := float64(len(observation.Answers)) * observation.Step
			noise = append(noise, width*width/12+1e-10)
		}
	}
	if len(rows) == 0 {
		return prior
	}
	design := mat.NewDense(len(rows), size, nil)
	for k, row := range rows {
		design.SetRow(k, row)
	}
	var cross, covariance, gain, less mat.Dense
	cross.Mul(design, prior)
	covariance.Mul(&cross, design.T())
	for k, value := range noise {
		covariance.Set(k, k, covariance.At(k, k)+value)
	}
	if err := gain.Solve(&covariance, &cross); err != nil {
		panic(err)
	}
	less.Mul(cross.T(), &gain)
	prior.Sub(prior, &less)
	return prior
}

// variancesIn are the posterior variances of an answer: of its first competency, its
// before area and the whole.
func variancesIn(posterior *mat.Dense, answer int) [3]float64 {
	var found [3]float64
	for level, count := range [3]int{1, 3, 12} {
		for a := range count {
			for b := range count {
				found[level] += posterior.At(answer*12+a, answer*12+b) / float64(count*count)
			}
		}
	}
	return found
}

// All levels together, with names shown, against one large matrix.
func TestTogetherIsWhatOneLargeMatrixGives(t *testing.T) {
	for run := range 25 {
		random := seeded(uint64(run))
		published := someObservations(random, 1+random.IntN(6))
		known, err := Read(published)
		if err != nil {
			t.Fatal(err)
		}
		weighings, err := known.together(t.Context(), [][]Observation{nil})
		if err != nil {
			t.Fatal(err)
		}
		found := weighings[0]
		var shown []Observation
		for _, observation := range published {
			if observation.Kind == Shown {
				shown = append(shown, observation)
			}
		}
		prior, posterior := dense(shown, found[Whole].answers), dense(published, found[Whole].answers)
		// An answer that is shown is in no list of what may be attacked.
		if len(shown) > 0 {
			all := found[Whole].answers
			for answer := range known.shown {
				all = append(all[:len(all):len(all)], answer)
			}
			prior, posterior = dense(shown, all), dense(published, all)
		}
		for _, level := range Levels() {
			for i, answer := range found[level].answers {
				want := 1 - variancesIn(posterior, i)[level]/variancesIn(prior, i)[level]
				near(t, fmt.Sprint(run, level, answer), found[level].shares[i], want, 1e-6)
			}
		}
	}
}

// Each level by itself, against the normal equations of the attacker.
func TestALevelAloneIsWhatLeastSquaresGive(t *testing.T) {
	for run := range 200 {
		random := seeded(uint64(run))
		published := someObservations(random, 1+random.IntN(12))
		for _, level := range Levels() {
			groups := alone(t, published, level)
			posterior, prior := leastSquares(published, level)
			for answer, group := range groups {
				near(t, fmt.Sprint(run, level, answer), 1/group, 1-posterior[answer]/prior[answer], 1e-6)
			}
		}
	}
}

// leastSquares returns the posterior variances of a level, and those before anything
// but names was published.
func leastSquares(published []Observation, level Level) (posterior, prior map[Answer]float64) {
	places := make(map[Answer]int)
	byPerson := make(map[string][]int)
	var people [][]int
	var names, clues []clue
	for _, observation := range published {
		var set []int
		for _, answer := range observation.Answers {
			if _, before := places[answer]; !before {
				places[answer] = len(places)
				byPerson[answer.Person] = append(byPerson[answer.Person], places[answer])
			}
			set = append(set, places[answer])
		}
		width := float64(len(set)) * observation.Step
		switch {
		case observation.Kind == Shown && level != Competency:
			names = append(names, clue{set, 0, certain})
		case observation.Kind != Shown && observation.Level == level && len(set) > 0:
			clues = append(clues, clue{set, 0, width * width / 12})
		}
	}
	for _, answers := range byPerson {
		people = append(people, answers)
	}
	read := func(clues []clue) map[Answer]float64 {
		_, found := attack(len(places), people, levelSpreads[level], clues)
		variances := make(map[Answer]float64)
		for answer, place := range places {
			variances[answer] = found[place]
		}
		return variances
	}
	return read(append(clues, names...)), read(names)
}

// Whatever is published in addition, nobody's effective group grows, at any level or
// by all levels together. (A name that is shown changes what there is to be hidden.)
func TestMoreIsNeverSafer(t *testing.T) {
	for run := range 300 {
		random := seeded(uint64(run))
		var published []Observation
		before := [6]map[Answer]float64{}
		for _, observation := range someObservations(random, 10) {
			if observation.Kind == Shown {
				continue
			}
			published = append(published, observation)
			var after [6]map[Answer]float64
			joint := jointly(t, published)
			for _, level := range Levels() {
				after[level], after[3+level] = alone(t, published, level), joint[level]
			}
			for i := range before {
				for answer, group := range before[i] {
					if now := after[i][answer]; now > group*(1+1e-9) {
						t.Fatalf("run %d: the effective group of %v grew from %v to %v", run, answer, group, now)
					}
				}
			}
			before = after
		}
	}
}

// The order in which a store returns what was published is of no importance, to the
// last digit.
func TestOrderChangesNothing(t *testing.T) {
	for run := range 50 {
		random := seeded(uint64(run))
		published := someObservations(random, 8)
		for _, level := range Levels() {
			want := alone(t, published, level)
			random.Shuffle(len(published), func(i, j int) { published[i], published[j] = published[j], published[i] })
			for _, observation := range published {
				random.Shuffle(len(observation.Answers), func(i, j int) {
					observation.Answers[i], observation.Answers[j] = observation.Answers[j], observation.Answers[i]
				})
			}
			got := alone(t, published, level)
			if !maps.Equal(got, want) {
				t.Errorf("run %d, %v: the effective groups differ with the order", run, level)
			}
		}
	}
}
