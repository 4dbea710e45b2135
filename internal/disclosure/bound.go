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
	var all []Answer
	for _, observations := range lists {
		for _, observation := range observations {
			all = append(all, h.unshown(level, observation.Answers)...)
		}
	}
	slices.SortFunc(all, compareAnswers)
	all = slices.Compact(all)
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
	mentions := l.mentions(before, options[0])
	base := factor{}
	for k, each := range before {
		base = base.grow(l.covariances(k, each, mentions))
	}
	factors := make([]factor, len(options))
	for i, option := range options {
		factors[i] = base
		for k, each := range option {
			factors[i] = factors[i].grow(l.covariances(len(before)+k, each, mentions))
		}
	}
	found := make([][]float64, len(options))
	for i := range found {
		found[i] = make([]float64, len(l.answers))
	}
	alike := make(map[string]int)
	size := len(before) + len(options[0])
	prior, solved := make([]float64, size), make([]float64, size)
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
			known := max(first, len(before))
			base.solve(column[:known-first], first, first)
			for i := range factors {
				whole := solved[:size-first]
				copy(whole, column)
				factors[i].solve(whole, first, known)
				found[i][place] = squares(whole) / (u + e)
			}
		}
	}
	return found
}

// mentions lists, for each person, the sums that contain an answer of theirs.
func (l ledger) mentions(before, after []sum) [][]mention {
	people := make([]int, len(l.answers))
	for p := range len(l.begins) - 1 {
		for place := l.begins[p]; place < l.begins[p+1]; place++ {
			people[place] = p
		}
	}
	mentions := make([][]mention, len(l.begins)-1)
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

// covariances returns those of a sum, by its number, with the sums up to itself.
func (l ledger) covariances(number int, each sum, mentions [][]mention) []float64 {
	row := make([]float64, number+1)
	for _, place := range each.answers {
		p, found := slices.BinarySearch(l.begins, place)
		if !found {
			p--
		}
		for _, mention := range mentions[p] {
			if mention.sum > number {
				break
			}
			row[mention.sum] += l.person[place]
			if mention.place == place {
				row[mention.sum] += l.variances.sitting
			}
		}
	}
	row[number] += each.noise
	return row
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
