package measure

// Cluster holds the answered items of one competency within the group that is
// scored: the competency itself, an area, an outcome, a pillar or the whole.
type Cluster struct {
	// Competency identifies the cluster; clusters with the same name are one.
	Competency string
	// Levels are the answers, 1 to 5, in any order. Missing answers are left
	// out; a level off the scale counts as missing.
	Levels []int
}

// Score is the mean answer of a group of items, with its uncertainty.
type Score struct {
	// Known is false when fewer items were answered than the minimum. The
	// numbers below are filled in all the same as soon as there is one answer,
	// but they are not to be shown as a score.
	Known bool
	// Value is the mean of the answered items, from 1 to 5 levels, or 0 when
	// nothing was answered.
	Value float64
	// StandardError (SE_score) is in levels, and 0 when nothing was answered.
	StandardError float64
	// Lower and Upper are the ends of the band, Value -+ t(0.90, nu)*SE_score
	// at a band level of 0.80. They are not clipped, so they can lie outside 1
	// to 5: the band states the noise, not the scale.
	Lower, Upper float64
	// Answered and Asked are numbers of items: the coverage, which is shown beside
	// a score whenever they differ.
	Answered, Asked int
}

// Score is the mean over all answered items of clusters (not the mean of the
// competencies' means), with
//
//	SE_score^2 = s2/(2K) + so2*q + sg2        q = sum(k_c^2)/K^2
//
// for k_c answered items of competency c and K of them in all, and a band of
// t((1+BandLevel)/2, nu)*SE_score on either side. One cluster gives the score of
// a competency, several that of a group. The order of clusters and of levels
// does not matter.
//
// asked is the number of items that were put to the person, answered or not.
// minimum is the number of answers below which the score is not Known: one of
// the MinimumAnswered constants. A score with no answers is never Known.
func (c Constants) Score(clusters []Cluster, asked, minimum int, noise Noise) Score {
	counts := newTally()
	answered, sum := 0, 0
	for _, cluster := range clusters {
		for _, level := range cluster.Levels {
			if onScale(level) {
				counts = counts.add(cluster.Competency)
				answered++
				sum += level
			}
		}
	}
	if answered == 0 {
		return Score{Asked: asked}
	}
	value := float64(sum) / float64(answered)
	standardError := c.scoreStandardError(counts, noise)
	halfBand := studentQuantile((1+c.BandLevel)/2, noise.Degrees) * standardError
	return Score{
		Known:         answered >= minimum,
		Value:         value,
		StandardError: standardError,
		Lower:         value - halfBand,
		Upper:         value + halfBand,
		Answered:      answered,
		Asked:         asked,
	}
}
