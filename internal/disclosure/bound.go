package disclosure

import (
	"encoding/binary"
	"math"
	"slices"
)

// sum is the observation of a sum of answers, given by their places in a ledger,
// with the variance of its rounding.
type sum struct {
	answers []int
	noise   float64
}

// ledger lists the answers that the observations of a level are about, in order,
// each once, so that all answers of a person stand together.
type ledger struct {
	variances variances
	answers   []Answer
	// person is the variance between people that is left for the one whom an answer
	// is of: less where that person has shown other answers by name.
	person []float64
	// begins are the places at which another person's answers begin, and at last
	// the number of answers.
	begins []int
	places map[Answer]int
}

// ledger lists the answers of the observations, without those that were shown by
// name if a name hides what is looked at.
//
// An answer that was shown is known exactly, and all that it says is taken into
// account by striking it out of every sum and narrowing what its person's other
// answers can be. With k answers of a person known, the variance u that is left of
// what lasts in this person is
//
//	1 / (1/u + k/e)
func (h history) ledger(level Level, variances variances, lists ...[]Observation) ledger {
	// Most answers are in several sets: it is quicker to list each once before they are put in order.
	var all []Answer
	listing := make(map[Answer]struct{})
	for _, observations := range lists {
		for _, observation := range observations {
			for _, answer := range h.unshown(level, observation.Answers) {
				if _, before := listing[answer]; !before {
					listing[answer] = struct{}{}
					all = append(all, answer)
				}
			}
		}
	}
	slices.SortFunc(all, compareAnswers)
	shown := make(map[string]int)
	if level.hides() {
		for answer := range h.shown {
			shown[answer.Person]++
		}
	}
	listed := ledger{variances: variances, answers: all, places: make(map[Answer]int, len(all))}
	for place, answer := range all {
		listed.places[answer] = place
		listed.person = append(listed.person, 1/(1/variances.person+float64(shown[answer.Person])/variances.sitting))
		if place == 0 || all[place-1].Person != answer.Person {
			listed.begins = append(listed.begins, place)
		}
	}
	listed.begins = append(listed.begins, len(all))
	return listed
}

// sums turns observations into sums of the answers of the ledger; what is not in it
// is known. weight is what the variance of an observation's rounding is divided by.
// Those of which nothing is unknown are left out.
func (l ledger) sums(observations []Observation, weight func(Level) float64) []sum {
	sums := make([]sum, 0, len(observations))
	for _, observation := range observations {
		divisor := weight(observation.Level)
		places := make([]int, 0, len(observation.Answers))
		for _, answer := range observation.Answers {
			if place, unknown := l.places[answer]; unknown {
				places = append(places, place)
			}
		}
		if len(places) > 0 && divisor > 0 {
			noise := roundingVariance(len(observation.Answers), observation.Step) / divisor
			sums = append(sums, sum{answers: places, noise: noise})
		}
	}
	return sums
}

// merged puts sums of the same answers together, one after the other in each: two
// roundings of one sum tell as much as one whose variance is
//
//	1 / (1/first + 1/second)
func merged(sums []sum) []sum {
	slices.SortStableFunc(sums, func(a, b sum) int { return slices.Compare(a.answers, b.answers) })
	var all []sum
	for _, each := range sums {
		if last := len(all) - 1; last >= 0 && slices.Equal(all[last].answers, each.answers) {
			all[last].noise = 1 / (1/all[last].noise + 1/each.noise)
			continue
		}
		all = append(all, each)
	}
	return all
}

// mention says that a sum, by its number, contains an answer, by its place.
type mention struct {
	sum, place int
}

// shares returns, for each option and each answer of the ledger, the share of the
// answer's variance that the observations explain: before, and after them the sums
// of the option. The options are the same sums with different noise.
//
// With x the answers, before any observation of covariance P (u+e for an answer
// with itself, u for two answers of one person, 0 else), A the sums, one row each,
// and R the variances of rounding, the posterior covariance is
//
//	P - P*A' * inverse(A*P*A' + R) * A*P
//
// so an answer j, with c its column of A*P and S = A*P*A' + R, has the
//
//	share = c'*inverse(S)*c / (u+e)      posterior variance = (u+e) * (1-share)
//
// S has one row for each figure that was published, which are few, however many
// people there are. People who took part in exactly the same sums are alike and
// computed once.
func (l ledger) shares(before []sum, options [][]sum) [][]float64 {
	before = l.nearestLast(before, options[0])
	mentions := l.mentions(before, options[0])
	base := factor{}
	for k, each := range before {
		base.grow(l.covariances(k, each, mentions))
	}
	factors := make([]factor, len(options))
	for i, option := range options {
		factors[i] = base.fork()
		for k, each := range option {
			factors[i].grow(l.covariances(len(before)+k, each, mentions))
		}
	}
	found := make([][]float64, len(options))
	for i := range found {
		found[i] = make([]float64, len(l.answers))
	}
	alike := make(map[string]int)
	size := len(before) + len(options[0])
	prior, kept := make([]float64, size), make([]float64, len(options[0]))
	for p, mentioned := range mentions {
		begin, end := l.begins[p], l.begins[p+1]
		if len(mentioned) == 0 {
			continue
		}
		signature := l.signature(begin, end, mentioned)
		if like, done := alike[signature]; done {
			for i := range found {
				copy(found[i][begin:end], found[i][like:])
			}
			continue
		}
		alike[signature] = begin
		first := mentioned[0].sum
		u, e := l.person[begin], l.variances.sitting
		for place := begin; place < end; place++ {
			column := prior[:size-first]
			clear(column)
			for _, mention := range mentioned {
				column[mention.sum-first] = u
				if mention.place == place {
					column[mention.sum-first] += e
				}
			}
			// The rows before the candidates are the same for all options.
			known := max(first, len(before))
			zero := min(known, mentioned[len(mentioned)-1].sum+1)
			zero = base.solve(column[:known-first], first, first, zero)
			explained := squares(column[:max(zero, first)-first])
			ends := column[known-first:]
			copy(kept, ends)
			for i := range factors {
				copy(ends, kept)
				factors[i].solve(column, first, known, size)
				found[i][place] = (explained + squares(ends)) / (u + e)
			}
		}
	}
	return found
}

// nearestLast orders sums so that those which have people in common with the
// candidates come last, those which have people in common with these before them,
// and so on (Cuthill and McKee 1969, "Reducing the bandwidth of sparse symmetric
// matrices", Proceedings of the 24th National Conference of the ACM, from the
// candidates and backwards). In a row of the factor everything before the first sum
// that it has people in common with is zero, so that teams which hang together like
// a chain cost little more than each by itself.
func (l ledger) nearestLast(before, candidates []sum) []sum {
	people, byPerson := l.people(), make([][]int, len(l.begins)-1)
	for k, each := range before {
		for _, place := range each.answers {
			byPerson[people[place]] = append(byPerson[people[place]], k)
		}
	}
	var near []sum
	reached, met := make([]bool, len(before)), make([]bool, len(byPerson))
	visit := func(each sum) {
		for _, place := range each.answers {
			if p := people[place]; !met[p] {
				met[p] = true
				for _, k := range byPerson[p] {
					if !reached[k] {
						reached[k] = true
						near = append(near, before[k])
					}
				}
			}
		}
	}
	for _, candidate := range candidates {
		visit(candidate)
	}
	done := 0
	for k := range before {
		for ; done < len(near); done++ {
			visit(near[done])
		}
		// What the candidates don't lead to begins anew.
		if !reached[k] {
			reached[k] = true
			near = append(near, before[k])
		}
	}
	slices.Reverse(near)
	return near
}

// people returns the number of the person of each answer.
func (l ledger) people() []int {
	people := make([]int, len(l.answers))
	for p := range len(l.begins) - 1 {
		for place := l.begins[p]; place < l.begins[p+1]; place++ {
			people[place] = p
		}
	}
	return people
}

// mentions lists, for each person, the sums that contain an answer of theirs.
func (l ledger) mentions(before, after []sum) [][]mention {
	people, mentions := l.people(), make([][]mention, len(l.begins)-1)
	k := 0
	for _, sums := range [][]sum{before, after} {
		for _, each := range sums {
			for _, place := range each.answers {
				mentions[people[place]] = append(mentions[people[place]], mention{sum: k, place: place})
			}
			k++
		}
	}
	return mentions
}

// covariances returns those of a sum, by its number, with the sums up to itself, from
// the one numbered first on.
func (l ledger) covariances(number int, each sum, mentions [][]mention) (row []float64, first int) {
	people := make([]int, len(each.answers))
	first = number
	for i, place := range each.answers {
		p, found := slices.BinarySearch(l.begins, place)
		if !found {
			p--
		}
		people[i] = p
		first = min(first, mentions[p][0].sum)
	}
	row = make([]float64, number-first+1)
	for i, place := range each.answers {
		for _, mention := range mentions[people[i]] {
			if mention.sum > number {
				break
			}
			row[mention.sum-first] += l.person[place]
			if mention.place == place {
				row[mention.sum-first] += l.variances.sitting
			}
		}
	}
	row[number-first] += each.noise
	return row, first
}

// signature is the same for two people exactly when they gave as many answers, the
// same sums contain them, in sittings that coincide in the same way, and what lasts
// in them is known alike.
func (l ledger) signature(begin, end int, mentioned []mention) string {
	key := binary.LittleEndian.AppendUint64(nil, math.Float64bits(l.person[begin]))
	key = binary.AppendUvarint(key, uint64(end-begin))
	for _, mention := range mentioned {
		key = binary.AppendUvarint(key, uint64(mention.sum))
		key = binary.AppendUvarint(key, uint64(mention.place-begin))
	}
	return string(key)
}
