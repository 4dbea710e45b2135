package disclosure

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// chronicle is a random history of teams: who belonged to them, what they published
// through the gate, and what everybody answered in truth.
type chronicle struct {
	random *rand.Rand
	// rules are those that it goes by; with none it publishes everything in the finest step, as if there were no gate.
	rules Thresholds
	// day is that of the period.
	day int
	// known is who knows whom; nil where everybody does.
	known Known

	teams []*team
	// lasting are the parts of the answers that last, of each person.
	lasting []answers12
	// scope is which of two sides each person is on.
	scope []bool

	given   []answers12
	answers []Answer
	people  [][]int
	places  map[Answer]int

	published []Observation
	printed   []printed
	seen      []seen
}

// answers12 are what one person answers to the twelve competencies.
type answers12 [12]float64

type team struct {
	members  []int
	previous []Answer
}

// draw returns twelve deviations of which one competency, the mean of an area and
// the mean of all have the variances of the three parts added up.
func draw(random *rand.Rand, whole, area, competency float64) (drawn answers12) {
	all := math.Sqrt(whole) * random.NormFloat64()
	above := centred(random, 4, area)
	for a := range 4 {
		for c, within := range centred(random, 3, competency) {
			drawn[3*a+c] = all + above[a] + within
		}
	}
	return drawn
}

// centred returns numbers of the given variance each, that add up to nothing.
func centred(random *rand.Rand, count int, variance float64) []float64 {
	numbers := make([]float64, count)
	for i := range numbers {
		numbers[i] = math.Sqrt(variance/(1-1/float64(count))) * random.NormFloat64()
	}
	middle := mean(numbers)
	for i := range numbers {
		numbers[i] -= middle
	}
	return numbers
}

// happen makes a history of one to three teams over two to six periods.
func happen(run uint64, rules Thresholds) *chronicle {
	c := &chronicle{random: seeded(run), rules: rules, places: make(map[Answer]int)}
	for range 1 + c.random.IntN(2) {
		started := &team{}
		for range 5 + c.random.IntN(7) {
			started.members = append(started.members, c.person())
		}
		c.teams = append(c.teams, started)
	}
	periods := 2 + c.random.IntN(4)
	for period := range periods {
		if period > 0 {
			c.reorganise()
		}
		c.day = 1000 + 90*period
		c.cycles(period)
	}
	return c
}

func (c *chronicle) chance(probability float64) bool { return c.random.Float64() < probability }

// person joins the world.
func (c *chronicle) person() int {
	c.lasting = append(c.lasting, draw(c.random, partSpreads[0].person, partSpreads[1].person, partSpreads[2].person))
	c.scope = append(c.scope, c.chance(0.5))
	c.people = append(c.people, nil)
	return len(c.lasting) - 1
}

// reorganise lets people leave, join, join a second team, and teams split in two or
// get a sister that holds nearly the same people.
func (c *chronicle) reorganise() {
	for _, each := range slices.Clone(c.teams) {
		each.members = slices.DeleteFunc(each.members, func(int) bool { return c.chance(0.08) })
		if c.chance(0.3) && len(each.members) < 12 {
			each.members = append(each.members, c.person())
		}
		other := c.teams[c.random.IntN(len(c.teams))]
		if len(other.members) > 0 && len(each.members) < 12 && c.chance(0.25) {
			if guest := other.members[c.random.IntN(len(other.members))]; !slices.Contains(each.members, guest) {
				each.members = append(each.members, guest)
			}
		}
		if len(c.teams) == 3 {
			continue
		}
		switch {
		case len(each.members) >= 10 && c.chance(0.2):
			half := len(each.members) / 2
			c.teams = append(c.teams, &team{members: slices.Clone(each.members[half:])})
			each.members = slices.Clip(each.members[:half])
		case len(each.members) >= 6 && c.chance(0.1):
			c.teams = append(c.teams, &team{members: slices.Clone(each.members[1+c.random.IntN(2):])})
		}
	}
}

// cycles lets every team hold a cycle. Who is in two teams contributes the same
// assessment to both, or another.
func (c *chronicle) cycles(period int) {
	assessments := make(map[int]Answer)
	for _, each := range c.teams {
		var set []Answer
		for _, member := range each.members {
			if !c.chance(0.92) {
				continue
			}
			answer, before := assessments[member]
			if !before || c.chance(0.4) {
				answer = c.answer(member, period)
				assessments[member] = answer
			}
			set = append(set, answer)
		}
		if len(set) > 0 {
			c.close(each, set)
		}
	}
}

// answer gives a person's answers of a new assessment.
func (c *chronicle) answer(person, period int) Answer {
	answer := Answer{Person: fmt.Sprint("p", person), Assessment: fmt.Sprint("s", len(c.given))}
	given := draw(c.random, partSpreads[0].assessment, partSpreads[1].assessment, partSpreads[2].assessment)
	for i := range given {
		given[i] += simulatedMean + c.lasting[person][i]
	}
	c.places[answer] = len(c.given)
	c.people[person] = append(c.people[person], len(c.given))
	c.given = append(c.given, given)
	c.answers = append(c.answers, answer)
	return answer
}

// close publishes a cycle, perhaps a split of it by scope, a comparison with the
// cycle before, and some names.
func (c *chronicle) close(closing *team, set []Answer) {
	c.publish(set)
	if c.chance(0.3) {
		var sides [2][]Answer
		for _, answer := range set {
			side := 0
			if c.scope[c.personOf(answer)] {
				side = 1
			}
			sides[side] = append(sides[side], answer)
		}
		if len(sides[0]) > 0 && len(sides[1]) > 0 {
			c.publish(sides[0], sides[1])
		}
	}
	if closing.previous != nil && c.chance(0.5) {
		c.compare(closing.previous, set)
	}
	closing.previous = set
	if c.chance(0.2) {
		for range 3 {
			c.show(set, set[c.random.IntN(len(set))])
		}
	}
}

func (c *chronicle) personOf(answer Answer) int {
	var person int
	if _, err := fmt.Sscanf(answer.Person, "p%d", &person); err != nil {
		panic(err)
	}
	return person
}

func (c *chronicle) open() bool { return c.rules == Thresholds{} }

func (c *chronicle) candidate(sets ...[]Answer) Candidate {
	found := candidate(sets, c.rules)
	if c.known != nil {
		found.Known = c.known
	}
	found.Window = Window{Opened: c.day, Closed: c.day + 13}
	return found
}

// publish puts sets to the gate and prints what it lets pass.
func (c *chronicle) publish(sets ...[]Answer) {
	if c.open() {
		for _, set := range sets {
			c.print(set, all)
		}
		return
	}
	decision, err := Decide(context.Background(), c.published, c.candidate(sets...))
	if err != nil {
		panic(err)
	}
	for _, set := range sets {
		// What follows from figures is no figure more.
		var own steps
		for _, observation := range decision.Observations() {
			own[observation.Level] = observation.Step
		}
		c.print(set, own)
	}
	c.published = append(c.published, decision.Observations()...)
}

// compare asks for a comparison. The attacker gets far more than the word: the two
// means over those in both.
func (c *chronicle) compare(earlier, later []Answer) {
	if c.open() {
		return
	}
	decision, err := DecideComparison(context.Background(), c.published, earlier, c.candidate(later))
	if err != nil {
		panic(err)
	}
	for _, observation := range decision.Observations() {
		var counted steps
		counted[observation.Level] = observation.Step
		c.print(observation.Answers, counted)
	}
	c.published = append(c.published, decision.Observations()...)
}

func (c *chronicle) show(set []Answer, answer Answer) {
	if c.open() {
		return
	}
	observation, allowed, err := DecideShowing(context.Background(), c.published, set, answer, c.rules)
	if err != nil {
		panic(err)
	}
	if !allowed {
		return
	}
	given := c.given[c.places[answer]]
	shown := seen{answer: c.places[answer]}
	for a := range shown.areas {
		shown.areas[a] = mean(given[3*a : 3*a+3])
	}
	c.published = append(c.published, observation)
	c.seen = append(c.seen, shown)
}

// print rounds the means of a set as they are published.
func (c *chronicle) print(set []Answer, step steps) {
	if step == (steps{}) {
		return
	}
	read := printed{steps: step}
	var sums answers12
	for _, answer := range set {
		place := c.places[answer]
		read.answers = append(read.answers, place)
		for i, value := range c.given[place] {
			sums[i] += value / float64(len(set))
		}
	}
	// Counted comparisons come in half steps, which Round has no digits for.
	round := func(value float64, level Level) float64 {
		if step[level] == 0 {
			return math.NaN()
		}
		if slices.Contains(Steps(), step[level]) {
			return Round(value, step[level]).Value
		}
		return math.RoundToEven(value/step[level]) * step[level]
	}
	for i, value := range sums {
		read.competencies[i] = round(value, Competency)
	}
	for a := range read.areas {
		read.areas[a] = round(mean(sums[3*a:3*a+3]), Area)
	}
	read.whole = round(mean(sums[:]), Whole)
	c.printed = append(c.printed, read)
}

// knowledge is what an attacker has at the end.
func (c *chronicle) knowledge() knowledge {
	return knowledge{size: len(c.given), people: c.people, printed: c.printed, seen: c.seen}
}
