package measure

import "math"

// usualItems is how many items a competency is taken to have where a team's cycle doesn't say.
const usualItems = 3

// TeamTargetLimit is how far a published mean of a competency has to lie from a target for it to be called above or below
// it, in levels; nearer, it is too close to call. people are those whom it is of, items are asked about the competency,
// and step is what the mean was rounded to:
//
//	t(.90, nu0) * sqrt(SE_score^2/people + step^2/12)      SE_score^2 = s02/(2*items) + so2 + sg2
//
// SE_score is that of a first assessment. It needs nothing but what is published and documented.
func (c Constants) TeamTargetLimit(people, items int, step float64) float64 {
	if items <= 0 {
		items = usualItems
	}
	score := c.PriorItemVariance/float64(2*items) + c.CompetencyMoodVariance + c.DayMoodVariance
	return studentQuantile((1+c.BandLevel)/2, c.PriorDegrees) * math.Sqrt(score/float64(max(people, 1))+step*step/12)
}
