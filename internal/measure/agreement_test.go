package measure

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
)

// They lie frozen with reviews under these names, as Constants do with
// assessments.
func TestMentorConstantsAreFrozenAsJSON(t *testing.T) {
	const want = `{"mentor_stable_variance":0.3,"mentor_occasional_variance":0.2}`
	encoded, err := json.Marshal(MentorDefaults())
	if err != nil {
		t.Fatal(err)
	}
	if string(encoded) != want {
		t.Errorf("mentor constants are written as %s, want %s", encoded, want)
	}
	var decoded MentorConstants
	if err := json.Unmarshal([]byte(want), &decoded); err != nil {
		t.Fatal(err)
	}
	if decoded != MentorDefaults() {
		t.Errorf("mentor constants are read as %+v, want %+v", decoded, MentorDefaults())
	}
}

// firstScore is the score of a competency in a first assessment.
func firstScore(levels ...int) Score {
	constants := Defaults()
	clusters := []Cluster{{Competency: "a", Levels: levels}}
	return constants.Score(clusters, len(levels), constants.MinimumAnsweredCompetency, constants.PriorNoise())
}

// By hand, with SE_score = 0.454 of three items in a first assessment, nu = 12,
// t(0.975) = 2.179 and t(0.90) = 1.356:
//
//	one mentor     SE_G = sqrt(0.454^2 + 0.5)   = 0.840   limits 1.83 and 1.14
//	two mentors    SE_G = sqrt(0.454^2 + 0.25)  = 0.675   limits 1.47 and 0.92
//	four mentors   SE_G = sqrt(0.454^2 + 0.125) = 0.575   limits 1.25 and 0.78
func TestAgreement(t *testing.T) {
	tests := []struct {
		name          string
		answers       []int
		ratings       []int
		mean, gap     float64
		standardError float64
		verdict       AgreementVerdict
	}{
		{"the same", []int{3, 3, 3}, []int{3}, 3, 0, 0.840, Agree},
		{"a level higher", []int{4, 4, 4}, []int{3}, 3, 1, 0.840, Agree},
		{"a level lower", []int{2, 2, 2}, []int{3}, 3, -1, 0.840, Agree},
		{"beyond 1.14", []int{4, 4, 5}, []int{3}, 3, 4.0 / 3, 0.840, SelfMayBeHigher},
		{"within 1.83", []int{5, 5, 4}, []int{3}, 3, 5.0 / 3, 0.840, SelfMayBeHigher},
		{"beyond 1.83", []int{4, 4, 4}, []int{2}, 2, 2, 0.840, SelfHigher},
		{"beyond 1.14, down", []int{3, 2, 3}, []int{4}, 4, -4.0 / 3, 0.840, SelfMayBeLower},
		{"beyond 1.83, down", []int{2, 2, 2}, []int{4}, 4, -2, 0.840, SelfLower},
		{"two mentors, beyond 0.92", []int{4, 4, 4}, []int{3, 3}, 3, 1, 0.675, SelfMayBeHigher},
		{"two mentors, beyond 1.47", []int{4, 4, 4}, []int{3, 2}, 2.5, 1.5, 0.675, SelfHigher},
		{"two mentors, within 0.92", []int{4, 4, 4}, []int{4, 3}, 3.5, 0.5, 0.675, Agree},
		{"two mentors who differ", []int{3, 3, 3}, []int{1, 5}, 3, 0, 0.675, Agree},
		{"four mentors, beyond 1.25", []int{2, 2, 2}, []int{3, 3, 4, 4}, 3.5, -1.5, 0.575, SelfLower},
		{"not observed is left out", []int{4, 4, 4}, []int{0, 2, 0}, 2, 2, 0.840, SelfHigher},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constants := Defaults()
			got := constants.Agreement(MentorDefaults(), firstScore(test.answers...), constants.PriorNoise(), test.ratings)
			near(t, "mentors' mean", got.MentorMean, test.mean, 1e-12)
			near(t, "gap", got.Gap, test.gap, 1e-12)
			near(t, "standard error", got.StandardError, test.standardError, 0.001)
			near(t, "degrees", got.Degrees, 12, 0)
			if got.Verdict != test.verdict {
				t.Errorf("verdict %q with P = %v, want %q", got.Verdict, got.P, test.verdict)
			}
		})
	}
}

func TestLimitsOfAgreement(t *testing.T) {
	constants := Defaults()
	near(t, "SE_score of three items", firstScore(3, 3, 3).StandardError, 0.454, 0.001)
	for _, test := range []struct {
		ratings       []int
		sure, perhaps float64
	}{
		{[]int{3}, 1.83, 1.14},
		{[]int{3, 3}, 1.47, 0.92},
		{[]int{3, 3, 3, 3}, 1.25, 0.78},
	} {
		got := constants.Agreement(MentorDefaults(), firstScore(3, 3, 3), constants.PriorNoise(), test.ratings)
		near(t, "limit at 95 %", studentQuantile(0.975, got.Degrees)*got.StandardError, test.sure, 0.005)
		near(t, "limit at 80 %", studentQuantile(0.90, got.Degrees)*got.StandardError, test.perhaps, 0.005)
		near(t, "P of no gap", got.P, 1, 0)
	}
}

func TestNoAgreement(t *testing.T) {
	constants := Defaults()
	for _, test := range []struct {
		name    string
		score   Score
		ratings []int
		want    Agreement
	}{
		{"no rating", firstScore(3, 3, 3), nil, Agreement{}},
		{"ratings off the scale", firstScore(3, 3, 3), []int{0, -1, 6}, Agreement{}},
		{"no answer", Score{}, []int{4}, Agreement{Mentors: 1, MentorMean: 4}},
		{"one answer is no score", firstScore(3), []int{4, 5}, Agreement{Mentors: 2, MentorMean: 4.5}},
	} {
		test.want.P, test.want.Verdict = 1, NoAgreement
		if got := constants.Agreement(MentorDefaults(), test.score, constants.PriorNoise(), test.ratings); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

// Seen from the other end of the scale, higher is lower and all else the same.
func TestAgreementIsSymmetric(t *testing.T) {
	mirror := map[AgreementVerdict]AgreementVerdict{
		SelfHigher: SelfLower, SelfMayBeHigher: SelfMayBeLower, Agree: Agree,
		SelfMayBeLower: SelfMayBeHigher, SelfLower: SelfHigher,
	}
	constants, random := Defaults(), seeded()
	for range 500 {
		var answers, ratings, mirroredAnswers, mirroredRatings []int
		for range 2 + random.IntN(4) {
			answers = append(answers, 1+random.IntN(5))
			mirroredAnswers = append(mirroredAnswers, 6-answers[len(answers)-1])
		}
		for range 1 + random.IntN(4) {
			ratings = append(ratings, 1+random.IntN(5))
			mirroredRatings = append(mirroredRatings, 6-ratings[len(ratings)-1])
		}
		got := constants.Agreement(MentorDefaults(), firstScore(answers...), constants.PriorNoise(), ratings)
		back := constants.Agreement(MentorDefaults(), firstScore(mirroredAnswers...), constants.PriorNoise(), mirroredRatings)
		near(t, "gap", back.Gap, -got.Gap, 1e-12)
		near(t, "P", back.P, got.P, 1e-12)
		if back.Verdict != mirror[got.Verdict] {
			t.Errorf("%v by %v: %q, mirrored %q", answers, ratings, got.Verdict, back.Verdict)
		}
	}
}

// By hand: 1.356*sqrt(0.5) = 0.959, 1.356*sqrt(0.25) = 0.678.
func TestMentorBand(t *testing.T) {
	for _, test := range []struct {
		ratings        []int
		mean, halfBand float64
	}{
		{nil, 0, 0},
		{[]int{0, 6}, 0, 0},
		{[]int{3}, 3, 0.959},
		{[]int{5, 0}, 5, 0.959},
		{[]int{2, 5}, 3.5, 0.678},
	} {
		mean, lower, upper := Defaults().MentorBand(MentorDefaults(), Defaults().PriorNoise(), test.ratings)
		near(t, "mean", mean, test.mean, 1e-12)
		near(t, "lower end", lower, test.mean-test.halfBand, 0.0005)
		near(t, "upper end", upper, test.mean+test.halfBand, 0.0005)
	}
}

func TestDiscuss(t *testing.T) {
	difference := func(name string, verdict AgreementVerdict, gap, standardError float64, importance int) Difference {
		return Difference{name, Agreement{Verdict: verdict, Gap: gap, StandardError: standardError}, importance}
	}
	for _, test := range []struct {
		name        string
		differences []Difference
		want        []string
	}{
		{"none", nil, nil},
		{"only differences", []Difference{
			difference("agreement", Agree, 1, 0.8, 3),
			difference("nothing", NoAgreement, 0, 0, 3),
			difference("zero value", "", 2, 0.8, 3),
			difference("lower", SelfLower, -2, 0.8, 1),
		}, []string{"lower"}},
		{"what is sure first", []Difference{
			difference("perhaps", SelfMayBeHigher, 1.7, 0.8, 3),
			difference("sure", SelfHigher, 2, 0.8, 1),
			difference("perhaps lower", SelfMayBeLower, -1.8, 0.8, 3),
			difference("sure lower", SelfLower, -3, 0.8, 1),
		}, []string{"sure lower", "sure", "perhaps lower", "perhaps"}},
		{"importance times size", []Difference{
			difference("three", SelfHigher, 3, 0.8, 1),
			difference("six", SelfLower, -2, 0.8, 3),
			difference("four", SelfHigher, 2, 0.8, 2),
		}, []string{"six", "four", "three"}},
		{"ties by the smaller error, then in the order given", []Difference{
			difference("rough", SelfHigher, 2, 0.9, 1),
			difference("b", SelfLower, -2, 0.8, 1),
			difference("a", SelfHigher, 2, 0.8, 1),
			difference("fine", SelfHigher, 1, 0.7, 2),
		}, []string{"fine", "b", "a", "rough"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			given := slices.Clone(test.differences)
			var got []string
			for _, d := range Discuss(test.differences) {
				got = append(got, d.Competency)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("to discuss %q, want %q", got, test.want)
			}
			if !slices.Equal(given, test.differences) {
				t.Errorf("the argument was changed to %+v", test.differences)
			}
		})
	}
}

func TestAgreementWithoutAnyNoise(t *testing.T) {
	var still Constants
	noise := Noise{Degrees: 12}
	score := Score{Known: true, Value: 3}
	near(t, "P of no gap", still.Agreement(MentorConstants{}, score, noise, []int{3}).P, 1, 0)
	near(t, "P of a gap", still.Agreement(MentorConstants{}, score, noise, []int{4}).P, 0, 0)
	if math.IsNaN(still.Agreement(MentorConstants{}, score, noise, []int{4}).StandardError) {
		t.Error("the standard error is not a number")
	}
}
