package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// Level is how much of a person's assessment one number sums up.
type Level int

// The levels, the finest first. What is decided for a level holds for all its
// competencies, or all its areas, at once: they are about the same people.
const (
	Competency Level = iota
	Area
	Whole
)

// Levels lists all levels, the finest first.
func Levels() []Level { return []Level{Competency, Area, Whole} }

// String returns the level's name, for messages and tests.
func (l Level) String() string {
	switch l {
	case Competency:
		return "competency"
	case Area:
		return "area"
	case Whole:
		return "whole"
	}
	return fmt.Sprintf("Level(%d)", int(l))
}

// variances are, in squared levels of the answer scale, how much people differ
// from each other for good (u), and how much one person differs from assessment to
// assessment (e). An answer is
//
//	y = mean + u_person + e_person,assessment
//
// and the attacker is assumed to know the mean.
type variances struct {
	person, assessment float64
}

// variances returns those of an answer at the level, as the specification has them.
func (l Level) variances() variances {
	switch l {
	case Area:
		return variances{person: 0.30, assessment: 0.10}
	case Whole:
		return variances{person: 0.25, assessment: 0.06}
	default:
		return variances{person: 0.35, assessment: 0.25}
	}
}

// Answer names what one person said in one assessment. Both are meaningless tokens, only ever compared.
//
// A person's token is the same in all teams of an instance: otherwise a person in two teams would count as two. An
// assessment's token belongs to the assessment, not to the cycle: somebody who contributes one and the same assessment
// to the cycles of two teams gave one answer, which both publish, and that is one token. Another assessment of the
// same person is another token, however close in time.
type Answer struct {
	Person, Assessment string
}

// compareAnswers orders answers by person, then assessment.
func compareAnswers(a, b Answer) int {
	if order := strings.Compare(a.Person, b.Person); order != 0 {
		return order
	}
	return strings.Compare(a.Assessment, b.Assessment)
}

// Kind is the way in which something about a set of answers became known.
type Kind int

// The kinds of observations.
const (
	// Figure is a published mean, of a team or of a side of a split.
	Figure Kind = iota
	// Compared is a mean that was not printed, but went into a comparison that
	// was published as a word.
	Compared
	// Shown is an answer that its person showed by name.
	Shown
)

// Observation is what has become known about a set of answers: something that this instance published. A caller stores
// those that a decision hands out, and passes all of them in again for the next decision.
type Observation struct {
	Kind  Kind
	Level Level
	// Answers is the set: at most one of each person.
	Answers []Answer
	// Step is how coarsely the mean was rounded, in levels of the answer scale;
	// 0 for an answer that was Shown.
	Step float64
	// Thresholds are those of the cycle: what was promised to these answers when
	// they were published. The zero value stands for the floor of the first rules.
	Thresholds Thresholds
	// Window is when the answers were given; the zero value where that isn't known.
	Window Window
	// Known is whom of the set each person of it had ticked.
	Known Known
}

// Steps are the roundings that are tried, in levels of the answer scale, the
// finest first.
func Steps() []float64 { return []float64{0.1, 0.2, 0.5} }

// roundingVariance is that of a sum over so many people of which the mean was
// rounded to step:
//
//	(people * step)^2 / 12
//
// as the error of rounding lies anywhere within a step with the same chance.
func roundingVariance(people int, step float64) float64 {
	width := float64(people) * step
	return width * width / 12
}

// check returns what is wrong with an observation that a caller passed in, or nil.
func (o Observation) check() error {
	if o.Level < Competency || o.Level > Whole {
		return fmt.Errorf("disclosure: an observation has no such level as %v", o.Level)
	}
	if o.Kind < Figure || o.Kind > Shown {
		return fmt.Errorf("disclosure: an observation has no such kind as %d", o.Kind)
	}
	if o.Kind == Shown && len(o.Answers) != 1 {
		return fmt.Errorf("disclosure: %d answers were shown in one observation; give each its own", len(o.Answers))
	}
	// An unrounded mean would make the arithmetic degenerate.
	if o.Kind != Shown && !(o.Step >= 0.001 && o.Step <= 5) {
		return fmt.Errorf("disclosure: a mean was published in steps of %v; it must be 0.001 to 5", o.Step)
	}
	if o.Thresholds != (Thresholds{}) {
		if err := o.Thresholds.Check(); err != nil {
			return fmt.Errorf("disclosure: an observation's thresholds: %w", err)
		}
	}
	return checkSet(o.Answers)
}

// checkSet returns what is wrong with a set of answers, or nil.
func checkSet(answers []Answer) error {
	people := make(map[string]struct{}, len(answers))
	for _, answer := range answers {
		if answer.Person == "" || answer.Assessment == "" {
			return fmt.Errorf("disclosure: an answer lacks a token: %+v", answer)
		}
		if _, twice := people[answer.Person]; twice {
			return fmt.Errorf("disclosure: person %q is in one set twice; a set has one answer of each", answer.Person)
		}
		people[answer.Person] = struct{}{}
	}
	return nil
}

// sorted returns the answers in order, in a slice of their own.
func sorted(answers []Answer) []Answer {
	own := slices.Clone(answers)
	slices.SortFunc(own, compareAnswers)
	return own
}
