package disclosure

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
