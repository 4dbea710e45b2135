package measure

import (
	"math"
	"slices"
	"testing"
)

// The specification's example: a first competency of three items.
func TestScoreOfAFirstCompetency(t *testing.T) {
	constants := Defaults()
	score := constants.Score([]Cluster{{"delegation", []int{3, 4, 3}}}, 3,
		constants.MinimumAnsweredCompetency, constants.PriorNoise())
	if !score.Known {
		t.Error("a competency with three answers has no score")
	}
	near(t, "value", score.Value, 10.0/3, 1e-12)
	near(t, "standard error", score.StandardError, 0.454, 0.001)
	near(t, "upper half of the band", score.Upper-score.Value, 0.62, 0.005)
	near(t, "lower half of the band", score.Value-score.Lower, 0.62, 0.005)
}

func TestScore(t *testing.T) {
	competency := Defaults().MinimumAnsweredCompetency
	group := Defaults().MinimumAnsweredGroup
	pulseArea := Defaults().MinimumAnsweredPulseArea
	tests := []struct {
		name          string
		clusters      []Cluster
		asked         int
		minimum       int
		known         bool
		value         float64
		standardError float64
		answered      int
	}{
		{
			name: "nothing answered", asked: 3, minimum: competency,
		},
		{
			name: "nothing asked", minimum: 0,
		},
		{
			name:     "clusters without answers",
			clusters: []Cluster{{"a", nil}, {"b", []int{}}}, asked: 6, minimum: 0,
		},
		{
			name:     "one answer of three is no score, but has an error",
			clusters: []Cluster{{"a", []int{4}}}, asked: 3, minimum: competency,
			value: 4, standardError: math.Sqrt(0.41 + 0.07), answered: 1,
		},
		{
			name:     "two answers are enough for a competency",
			clusters: []Cluster{{"a", []int{4, 5}}}, asked: 3, minimum: competency,
			known: true, value: 4.5, standardError: math.Sqrt(0.205 + 0.07), answered: 2,
		},
		{
			name:     "the mean of items, not of means",
			clusters: []Cluster{{"a", []int{5, 5, 5, 5}}, {"b", []int{1}}}, asked: 6, minimum: group,
			known: true, value: 4.2, standardError: math.Sqrt(0.082 + 0.05*17/25 + 0.02), answered: 5,
		},
		{
			name:     "four answers are too few for a group",
			clusters: []Cluster{{"a", []int{3, 3}}, {"b", []int{3, 3}}}, asked: 6, minimum: group,
			value: 3, standardError: math.Sqrt(0.1025 + 0.025 + 0.02), answered: 4,
		},
		{
			name:     "three answers are enough for an area in a pulse",
			clusters: []Cluster{{"a", []int{2}}, {"b", []int{3}}, {"c", []int{4}}}, asked: 3, minimum: pulseArea,
			known: true, value: 3, standardError: math.Sqrt(0.82/6 + 0.05/3 + 0.02), answered: 3,
		},
		{
			name:     "two clusters of one name are one competency",
			clusters: []Cluster{{"a", []int{2}}, {"a", []int{3}}, {"a", []int{4}}}, asked: 3, minimum: competency,
			known: true, value: 3, standardError: math.Sqrt(0.82/6 + 0.07), answered: 3,
		},
		{
			name:     "levels off the scale are missing",
			clusters: []Cluster{{"a", []int{0, 4, 0, 4, -1, 6}}}, asked: 6, minimum: competency,
			known: true, value: 4, standardError: math.Sqrt(0.205 + 0.07), answered: 2,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			score := constants.Score(test.clusters, test.asked, test.minimum, constants.PriorNoise())
			if score.Known != test.known {
				t.Errorf("known = %v, want %v", score.Known, test.known)
			}
			if score.Answered != test.answered || score.Asked != test.asked {
				t.Errorf("answered %d of %d, want %d of %d",
					score.Answered, score.Asked, test.answered, test.asked)
			}
			near(t, "value", score.Value, test.value, 1e-12)
			near(t, "standard error", score.StandardError, test.standardError, 1e-12)
			near(t, "middle of the band", (score.Lower+score.Upper)/2, test.value, 1e-12)
		})
	}
}

func TestScoreBandIsNotClipped(t *testing.T) {
	constants := Defaults()
	score := constants.Score([]Cluster{{"a", []int{5, 5, 5}}}, 3, 2, constants.PriorNoise())
	near(t, "upper end", score.Upper, 5.62, 0.005)
}

func TestScoreShiftsWithItsAnswers(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 200 {
		clusters := someClusters(random, 1, 4)
		before := constants.Score(clusters, 40, 5, constants.PriorNoise())
		for _, cluster := range clusters {
			for i := range cluster.Levels {
				cluster.Levels[i]++
			}
		}
		after := constants.Score(clusters, 40, 5, constants.PriorNoise())
		near(t, "value after a shift by one", after.Value, before.Value+1, 1e-12)
		near(t, "lower end after a shift by one", after.Lower, before.Lower+1, 1e-12)
		near(t, "standard error after a shift by one", after.StandardError, before.StandardError, 0)
	}
}

// An item that was asked and not answered, and a blank written as a zero, lower
// the coverage and nothing else.
func TestMissingAnswersLowerNoScore(t *testing.T) {
	constants, random := Defaults(), seeded()
	for range 200 {
		clusters := someClusters(random, 1, 5)
		before := constants.Score(clusters, 40, 5, constants.PriorNoise())
		missing := 1 + random.IntN(5)
		for range missing {
			i := random.IntN(len(clusters))
			clusters[i].Levels = append(clusters[i].Levels, 0)
		}
		after := constants.Score(clusters, 40+missing, 5, constants.PriorNoise())
		if after.Asked != before.Asked+missing {
			t.Errorf("asked %d, want %d", after.Asked, before.Asked+missing)
		}
		after.Asked = before.Asked
		if after != before {
			t.Errorf("missing answers turned %+v into %+v", before, after)
		}
	}
}

func TestMoreNoiseWidensTheBand(t *testing.T) {
	constants, random := Defaults(), seeded()
	moodier := constants
	moodier.CompetencyMoodVariance *= 2
	moodyDay := constants
	moodyDay.DayMoodVariance *= 2
	for range 200 {
		clusters := someClusters(random, 1, 5)
		calm := constants.Score(clusters, 40, 5, Noise{ItemVariance: 0.5, Degrees: 30})
		for name, noisy := range map[string]Score{
			"item noise":      constants.Score(clusters, 40, 5, Noise{ItemVariance: 0.6, Degrees: 30}),
			"fewer degrees":   constants.Score(clusters, 40, 5, Noise{ItemVariance: 0.5, Degrees: 12}),
			"competency mood": moodier.Score(clusters, 40, 5, Noise{ItemVariance: 0.5, Degrees: 30}),
			"day mood":        moodyDay.Score(clusters, 40, 5, Noise{ItemVariance: 0.5, Degrees: 30}),
		} {
			if noisy.Upper-noisy.Lower <= calm.Upper-calm.Lower {
				t.Errorf("%s: the band %v to %v is no wider than %v to %v",
					name, noisy.Lower, noisy.Upper, calm.Lower, calm.Upper)
			}
		}
	}
}

// Two assessments of independent noise differ by twice the variance of one, so the
// two formulae must agree.
func TestChangeHasTwiceTheVarianceOfAScore(t *testing.T) {
	constants := Defaults()
	counts := tally{{"a", 3}, {"b", 5}, {"c", 1}}
	noise := Noise{ItemVariance: 0.7, Degrees: 20}
	score := constants.scoreStandardError(counts, noise)
	change := constants.changeStandardError(counts, noise)
	near(t, "variance of a change", change*change, 2*score*score, 1e-12)
}

func FuzzScore(f *testing.F) {
	f.Add([]byte{3, 4, 3}, 2)
	f.Add([]byte{0, 6, 255}, 0)
	f.Add([]byte{1, 1, 1, 5, 5, 5, 5, 5}, 5)
	f.Fuzz(func(t *testing.T, data []byte, minimum int) {
		constants := Defaults()
		clusters := make([]Cluster, 3)
		for i := range clusters {
			clusters[i].Competency = string(rune('a' + i))
		}
		for i, level := range data {
			clusters[i%3].Levels = append(clusters[i%3].Levels, int(level))
		}
		score := constants.Score(clusters, len(data), minimum, constants.PriorNoise())

		slices.Reverse(clusters)
		for i := range clusters {
			slices.Reverse(clusters[i].Levels)
		}
		if reversed := constants.Score(clusters, len(data), minimum, constants.PriorNoise()); reversed != score {
			t.Errorf("in reverse order the score is %+v, not %+v", reversed, score)
		}
		if score.Answered == 0 {
			if want := (Score{Asked: len(data)}); score != want {
				t.Errorf("a score without answers is %+v, want %+v", score, want)
			}
			return
		}
		if score.Known != (score.Answered >= minimum) {
			t.Errorf("known = %v with %d answers of %d", score.Known, score.Answered, minimum)
		}
		if !(LowestLevel <= score.Value && score.Value <= HighestLevel) {
			t.Errorf("value %v is off the scale", score.Value)
		}
		if !(score.Lower < score.Value && score.Value < score.Upper) {
			t.Errorf("%v lies outside its band, %v to %v", score.Value, score.Lower, score.Upper)
		}
		if score.Answered > score.Asked {
			t.Errorf("answered %d of %d", score.Answered, score.Asked)
		}
	})
}
