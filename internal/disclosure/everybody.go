package disclosure

import "math"

// EachHiddenAmong returns for everybody of whom something was published the smallest effective group that gate 2
// looks at, of all answers of that person and all levels, rounded down to whole people: "hidden among 6". Whom
// nothing limits isn't in it; answers that a person showed by name are left out. published has to hold what is
// [Connected] with all of them. The error names what is wrong with an observation.
func EachHiddenAmong(published []Observation) (map[string]int, error) {
	known, err := historyOf(published)
	if err != nil {
		return nil, err
	}
	nothing := [][]Observation{nil}
	weighings := []weighed{known.together(nothing)}
	for _, level := range Levels() {
		weighings = append(weighings, known.alone(level, nothing))
	}
	smallest := make(map[string]float64)
	for _, weighing := range weighings {
		for place, share := range weighing.shares[0] {
			person, group := weighing.answers[place].Person, 1/share
			if before, found := smallest[person]; !found || group < before {
				smallest[person] = group
			}
		}
	}
	people := make(map[string]int, len(smallest))
	for person, group := range smallest {
		if !math.IsInf(group, 1) {
			people[person] = int(group)
		}
	}
	return people, nil
}
