package disclosure

import (
	"context"
	"slices"
)

// sum is the observation of a sum of answers, given by their numbers in a system, with the variance of its rounding.
type sum struct {
	answers []int
	noise   float64
}

// mention records that a row of a system, by its number, contains an answer.
type mention struct{ row, answer int }

// person is somebody of whom a system has answers.
type person struct {
	// lasting is the variance of what lasts in this person: less where they have shown other answers by name.
	lasting  float64
	answers  []int
	mentions []mention
}

// system is what was published, as equations for one level or one part of it: one row for each figure, which are few,
// however many people there are.
//
// With x the answers, before any observation of covariance P (u+e for an answer with itself, u for two answers of one
// person, 0 else), A the sums, one row each, and R the variances of rounding, the posterior covariance is
//
//	P - P*A' * inverse(A*P*A' + R) * A*P
//
// so an answer j, with c its column of A*P and S = A*P*A' + R, has the
//
//	share = c'*inverse(S)*c / (u+e)      posterior variance = (u+e) * (1-share)
//
// c is zero but for the rows that contain an answer of the person. So of the inverse no more is needed than what
// belongs to rows with people in common.
type system struct {
	level     Level
	variances variances
	weight    func(Level) float64
	shown     map[Answer]struct{}
	shownBy   map[string]int
	vouched   map[string]bool

	answers []Answer
	numbers map[Answer]int
	owners  []int
	people  []person
	byToken map[string]int
	rows    []sum
	factor
	// explained is how much of each answer's variance the rows explain, once computed.
	explained []float64
}

// system lists the answers that the observations are about, without those that were shown by name if a name hides what
// is looked at, and orders the rows. It computes nothing.
//
// An answer that was shown is known exactly, and is taken into account by removing it from every sum and narrowing the
// distribution of the person's other answers. With k answers of a person known, the variance u that is left of what
// lasts in this person is
//
//	1 / (1/u + k/e)
func (l *Ledger) system(level Level, variances variances, weight func(Level) float64, observations []Observation) *system {
	s := &system{level: level, variances: variances, weight: weight, vouched: l.vouched, numbers: map[Answer]int{}, byToken: map[string]int{}}
	if level.hides() {
		s.shown, s.shownBy = l.shown, l.shownBy
	}
	var rows []sum
	for _, observation := range observations {
		if row, some := s.sum(observation); some {
			rows = append(rows, row)
		}
	}
	rows = merged(rows)
	for _, k := range s.order(rows, l.near) {
		s.mention(rows[k])
	}
	return s
}

// number returns the number of an answer, which is added if the system doesn't have it yet; false for one that was
// shown.
func (s *system) number(answer Answer) (int, bool) {
	if number, known := s.numbers[answer]; known {
		return number, true
	}
	if _, shown := s.shown[answer]; shown || s.vouched != nil && !s.vouched[answer.Person] {
		return 0, false
	}
	owner, known := s.byToken[answer.Person]
	if !known {
		owner = len(s.people)
		s.byToken[answer.Person] = owner
		narrowed := float64(s.shownBy[answer.Person]) / s.variances.assessment
		s.people = append(s.people, person{lasting: 1 / (1/s.variances.person + narrowed)})
	}
	number := len(s.answers)
	s.numbers[answer] = number
	s.answers = append(s.answers, answer)
	s.owners = append(s.owners, owner)
	s.people[owner].answers = append(s.people[owner].answers, number)
	return number, true
}

// sum turns an observation into a sum of answers, in their order; false if nothing of it is unknown, or if it says
// nothing about what the system covers.
func (s *system) sum(observation Observation) (sum, bool) {
	var numbers []int
	for _, answer := range observation.Answers {
		if number, unknown := s.number(answer); unknown {
			numbers = append(numbers, number)
		}
	}
	divisor := s.weight(observation.Level)
	if divisor <= 0 {
		return sum{}, false
	}
	slices.Sort(numbers)
	return sum{answers: numbers, noise: roundingVariance(len(observation.Answers), observation.Step) / divisor}, len(numbers) > 0
}

// merged combines sums of the same answers: two roundings of one sum reveal as much as one whose variance is
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

// mention adds a row, without computing anything.
func (s *system) mention(row sum) {
	for _, answer := range row.answers {
		owner := &s.people[s.owners[answer]]
		owner.mentions = append(owner.mentions, mention{row: len(s.rows), answer: answer})
	}
	s.rows = append(s.rows, row)
}

// order returns the order of rows in which those that have people in common with the ones in near come last, those
// that have people in common with these before them, and so on (Cuthill and McKee 1969, "Reducing the bandwidth of
// sparse symmetric matrices", Proceedings of the 24th National Conference of the ACM, backwards). In a row of the
// factor everything before the first one that it has people in common with is zero, so that teams connected like a
// chain cost little more than each by itself.
func (s *system) order(rows []sum, near []string) []int {
	byPerson := make([][]int, len(s.people))
	for k, row := range rows {
		for _, answer := range row.answers {
			byPerson[s.owners[answer]] = append(byPerson[s.owners[answer]], k)
		}
	}
	order := make([]int, 0, len(rows))
	reached, met := make([]bool, len(rows)), make([]bool, len(s.people))
	meet := func(person int) {
		if met[person] {
			return
		}
		met[person] = true
		for _, k := range byPerson[person] {
			if !reached[k] {
				reached[k] = true
				order = append(order, k)
			}
		}
	}
	for _, token := range near {
		if person, known := s.byToken[token]; known {
			meet(person)
		}
	}
	done := 0
	for k := range rows {
		for ; done < len(order); done++ {
			for _, answer := range rows[order[done]].answers {
				meet(s.owners[answer])
			}
		}
		// What the near ones don't lead to starts a new component.
		if !reached[k] {
			reached[k] = true
			order = append(order, k)
		}
	}
	slices.Reverse(order)
	return order
}

// begins returns the first row that a row has people in common with.
func (s *system) begins(number int, row sum) int {
	first := number
	for _, answer := range row.answers {
		if mentions := s.people[s.owners[answer]].mentions; len(mentions) > 0 {
			first = min(first, mentions[0].row)
		}
	}
	return first
}

// work returns about how many multiplications computing the system takes. It depends only on memberships.
func (s *system) work() (work int) {
	for number, row := range s.rows {
		width := number - s.begins(number, row)
		work += width * (width + 1) / 2
	}
	return work
}

// covariances are those of a row, by its number, with the rows before it from the one numbered first on.
func (s *system) covariances(number int, row sum) (values []float64, first int) {
	first = s.begins(number, row)
	values = make([]float64, number-first, number-first+1)
	for _, answer := range row.answers {
		owner := s.people[s.owners[answer]]
		for _, mention := range owner.mentions {
			if mention.row >= number {
				break
			}
			values[mention.row-first] += owner.lasting
			if mention.answer == answer {
				values[mention.row-first] += s.variances.assessment
			}
		}
	}
	return values, first
}

// covariance returns the covariance of two sums, without rounding.
func (s *system) covariance(one, other sum) (value float64) {
	byOwner := make(map[int]int, len(other.answers))
	for _, answer := range other.answers {
		byOwner[s.owners[answer]] = answer
	}
	for _, answer := range one.answers {
		if theirs, both := byOwner[s.owners[answer]]; both {
			value += s.people[s.owners[answer]].lasting
			if theirs == answer {
				value += s.variances.assessment
			}
		}
	}
	return value
}

// workOut factorises the rows. It stops when the context ends.
func (s *system) workOut(ctx context.Context) error {
	for number, row := range s.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		values, first := s.covariances(number, row)
		s.grow(append(values, s.covariance(row, row)+row.noise), first)
	}
	return s.invert(ctx)
}

// add adds one more row to a computed system.
func (s *system) add(row sum) {
	values, first := s.covariances(len(s.rows), row)
	s.extend(append(values, s.covariance(row, row)+row.noise), first)
	s.mention(row)
	s.explained = nil
}

// settle computes how much of each answer the rows explain. With Z the inverse of S and the rows of one person, that
// person's answers only need the sums of Z over all of these rows, over those of an answer and all, and over those of
// an answer alone.
func (s *system) settle() {
	if len(s.explained) == len(s.answers) {
		return
	}
	s.explained = make([]float64, len(s.answers))
	byAnswer := make([]float64, len(s.answers))
	for _, person := range s.people {
		all := 0.0
		for _, answer := range person.answers {
			byAnswer[answer] = 0
		}
		for i, one := range person.mentions {
			row := s.between(one.row, one.row)
			s.explained[one.answer] += row
			for j, other := range person.mentions {
				if i == j {
					continue
				}
				entry := s.between(one.row, other.row)
				row += entry
				if one.answer == other.answer {
					s.explained[one.answer] += entry
				}
			}
			byAnswer[one.answer] += row
			all += row
		}
		u, e := person.lasting, s.variances.assessment
		for _, answer := range person.answers {
			s.explained[answer] = float64(u*u*all) + float64(2*u*e*byAnswer[answer]) + float64(e*e*s.explained[answer])
		}
	}
}

// prior returns the variance of an answer before anything but names was published.
func (s *system) prior(answer int) float64 {
	return s.people[s.owners[answer]].lasting + s.variances.assessment
}

// trial is a system with some more rows, whose roundings are still open.
type trial struct {
	*system
	sums []sum
	// columns are, for each of these rows, the solution x of S*x = b, where b are the covariances with the rows
	// before.
	columns [][]float64
	// left are the covariances of these rows that those before leave, without rounding.
	left [][]float64
	// apart is, for each answer of which a row or a sum tells something, its covariance with each sum that the rows
	// before leave; about are the numbers of those that are in one themselves.
	apart [][]float64
	about []int
}

// try appends more rows to a computed system, tentatively.
func (s *system) try(sums []sum) *trial {
	t := &trial{system: s, sums: sums, apart: make([][]float64, len(s.answers))}
	size := len(s.rows)
	halves := make([][]float64, len(sums))
	for i, each := range sums {
		values, first := s.covariances(size, each)
		s.solve(values, first)
		half := make([]float64, size)
		copy(half[first:], values)
		halves[i] = slices.Clone(half)
		s.back(half)
		t.columns = append(t.columns, half)
	}
	for i, one := range sums {
		row := make([]float64, i+1)
		for j := range row {
			row[j] = s.covariance(one, sums[j]) - dot(halves[i], halves[j])
		}
		t.left = append(t.left, row)
	}
	s.settle()
	for _, person := range s.people {
		t.weigh(person)
	}
	return t
}

// weigh prepares the answers of one person.
func (t *trial) weigh(person person) {
	u, e := person.lasting, t.variances.assessment
	common := make([]float64, len(t.sums))
	in := make([]bool, len(person.answers))
	for i, answer := range person.answers {
		own := make([]float64, len(t.sums))
		t.apart[answer] = own
		for k, each := range t.sums {
			if _, there := slices.BinarySearch(each.answers, answer); there {
				common[k] += u
				own[k] += e
				in[i] = true
			}
		}
	}
	for _, mention := range person.mentions {
		in[slices.Index(person.answers, mention.answer)] = true
		for k, column := range t.columns {
			common[k] -= float64(u * column[mention.row])
			t.apart[mention.answer][k] -= float64(e * column[mention.row])
		}
	}
	for i, answer := range person.answers {
		for k := range common {
			t.apart[answer][k] += common[k]
		}
		if in[i] {
			t.about = append(t.about, answer)
		}
	}
}

// shares returns of each answer the share of its variance that would be explained with these roundings.
func (t *trial) shares(noises []float64) []float64 {
	var small factor
	for i, row := range t.left {
		row = slices.Clone(row)
		row[i] += noises[i]
		small.grow(row, 0)
	}
	shares := make([]float64, len(t.apart))
	rest := make([]float64, len(t.sums))
	for answer, apart := range t.apart {
		copy(rest, apart)
		small.solve(rest, 0)
		shares[answer] = (t.explained[answer] + dot(rest, rest)) / t.prior(answer)
	}
	return shares
}
