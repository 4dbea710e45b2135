package disclosure

import "errors"

// Decision is what may be published of a candidate, level by level. It depends on
// who took part in what, and on nothing that anybody answered: it holds no answer,
// and is made without any.
type Decision struct {
	steps        [3]float64
	observations []Observation
}

// Step returns how coarsely the means of a level are to be rounded, in levels of
// the answer scale, and false when the level is withheld.
func (d Decision) Step(level Level) (step float64, published bool) {
	if level < Competency || level > Whole {
		return 0, false
	}
	return d.steps[level], d.steps[level] > 0
}

// Observations returns what becomes known when everything that the decision allows
// is published. The caller stores it in the same transaction as the figures: the
// next decision has to know of it.
func (d Decision) Observations() []Observation { return d.observations }

// Decide says whether the means of the sets may be published, and how coarsely,
// for each level. published is all that this instance published before that is
// [Connected] with the sets, by all teams, or more; the order is of no importance.
// sets is one set, the contributors of a team's cycle, or the sides of a split of
// them, which are published together or not at all.
//
// A level is published in the finest of [Steps] with which both gates let it pass:
// that of heads, and the bound on what can be inferred. For the bound, the
// candidate is put to all that was published at this level; every answer that any
// of it is about, of whatever team and time, has then an
//
//	effective group = 1 / (1 - posterior variance / prior variance)
//
// which must not be smaller than what was promised to the answer: the thresholds
// of the candidate for its own answers, and those with which they were published
// for the others. One mean of n people has an effective group of n and, for its
// rounding, a little more.
//
// The levels are decided from the finest on, each with those before it counted as
// published. Beside the answers of a level by the figures of that level, which is
// what the specification asks for, every answer to a competency is weighed by the
// figures of all levels together: the mean of an area or of the whole is another
// figure about its competencies. That is stricter, and costs nearly nothing.
//
// The error names what is wrong with the input: thresholds below the floor, a
// person twice in one set, a token or a step that is missing, no set at all.
func Decide(published []Observation, sets [][]Answer, thresholds Thresholds) (Decision, error) {
	if err := thresholds.Check(); err != nil {
		return Decision{}, err
	}
	if len(sets) == 0 {
		return Decision{}, errors.New("disclosure: there is no set to decide about")
	}
	known, err := historyOf(published, sets...)
	if err != nil {
		return Decision{}, err
	}
	own := make([][]Answer, len(sets))
	for i, set := range sets {
		own[i] = sorted(set)
	}
	var decision Decision
	for _, level := range Levels() {
		if !known.heads(level, own, thresholds) {
			continue
		}
		options := make([][]Observation, len(Steps()))
		for i, step := range Steps() {
			for _, set := range own {
				options[i] = append(options[i], Observation{
					Kind: Figure, Level: level, Answers: set, Step: step, Thresholds: thresholds,
				})
			}
		}
		if i := known.finest(level, options); i >= 0 {
			decision.steps[level] = Steps()[i]
			decision.observations = append(decision.observations, options[i]...)
			known.add(options[i])
		}
	}
	return decision, nil
}
