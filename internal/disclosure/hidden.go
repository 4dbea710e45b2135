package disclosure

import "math"

// EffectiveGroups returns, for every answer that something was published about at
// a level, its effective group: how many people's average tells as much about it
// as all that was published, in people, 1 to infinity.
//
//	effective group = 1 / (1 - posterior variance / prior variance)
//
// Answers that were shown by name are left out. The error names what is wrong with
// an observation.
func EffectiveGroups(published []Observation, level Level) (map[Answer]float64, error) {
	known, err := historyOf(published)
	if err != nil {
		return nil, err
	}
	return known.alone(level, [][]Observation{nil}).groups(), nil
}

// groups turns shares into effective groups.
func (w weighed) groups() map[Answer]float64 {
	groups := make(map[Answer]float64, len(w.answers))
	for place, share := range w.shares[0] {
		// Where nothing is explained, 1/0 is the infinite group that it should be.
		groups[w.answers[place]] = 1 / share
	}
	return groups
}

// HiddenAmong returns the smallest effective group that gate 2 looks at, rounded down
// to whole people, of all answers of one person: "hidden among 6". limited is false
// when nothing was published about the person, so that nothing limits the group.
// Answers that the person showed by name are left out. published has to hold what
// is [Connected] with the person. The error names what is wrong with an observation.
func HiddenAmong(published []Observation, person string) (people int, limited bool, err error) {
	var answers []Answer
	for _, observation := range published {
		for _, answer := range observation.Answers {
			if answer.Person == person {
				answers = append(answers, answer)
			}
		}
	}
	if len(answers) == 0 {
		return 0, false, nil
	}
	known, err := historyOf(published, answers[:1])
	if err != nil {
		return 0, false, err
	}
	nothing := [][]Observation{nil}
	weighings := []weighed{known.together(nothing)}
	for _, level := range Levels() {
		weighings = append(weighings, known.alone(level, nothing))
	}
	smallest := math.Inf(1)
	for _, weighing := range weighings {
		for answer, group := range weighing.groups() {
			if answer.Person == person {
				smallest = min(smallest, group)
			}
		}
	}
	if math.IsInf(smallest, 1) {
		return 0, false, nil
	}
	return int(smallest), true, nil
}
