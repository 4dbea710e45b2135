package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"text/tabwriter"
)

// reviewWorld is how simulated people and their mentors answer: as in world, with
// 12 competencies of three items, answers and ratings rounded and clipped, in two
// assessments a quarter apart.
//
// A mentor sees a competency where it is, moved by what they alone see (with the
// stable variance) and by the occasion. The rounding of the rating comes on top of
// these, as nothing says that they contain it, and the clipping takes from them.
type reviewWorld struct {
	mentors int
	// earlier and later are by how many levels the manager places every item above
	// where the mentors see it, in either assessment.
	earlier, later float64
}

// review is one competency in two assessments: rows of the manager's levels, and the
// ratings by assessment and mentor.
type review struct {
	rows    []Row
	ratings [2][]int
}

func (w reviewWorld) person(random *rand.Rand) []review {
	person := 3 + 0.8*random.NormFloat64()
	days := [2]float64{reference.dayMood * random.NormFloat64(), reference.dayMood * random.NormFloat64()}
	variances := MentorDefaults()
	reviews := make([]review, simulatedCompetencies)
	for i := range reviews {
		competency := person + 0.5*random.NormFloat64()
		own := [2]float64{w.earlier, w.later}
		for j := range own {
			own[j] += competency + days[j] + reference.competencyMood*random.NormFloat64()
		}
		for range reference.items {
			row := Row{Competency: fmt.Sprint(i)}
			for _, level := range own {
				row.Levels = append(row.Levels, answer(level+reference.itemNoise*random.NormFloat64()))
			}
			reviews[i].rows = append(reviews[i].rows, row)
		}
		for range w.mentors {
			stable := math.Sqrt(variances.StableVariance) * random.NormFloat64()
			for j := range reviews[i].ratings {
				occasion := math.Sqrt(variances.OccasionalVariance) * random.NormFloat64()
				reviews[i].ratings[j] = append(reviews[i].ratings[j], answer(competency+stable+occasion))
			}
		}
	}
	return reviews
}

// reviewRates are in per cent of competencies.
type reviewRates struct {
	// The first assessment, with the prior noise, and the second, with the person's
	// own: the verdicts "higher" and "lower", and any but agreement.
	higher, lower, some [2]float64
	// The gap to the first mentor, from the first assessment to the second.
	narrowed, widened, turned, possible float64
}

func simulateReviews(w reviewWorld, persons int) reviewRates {
	constants, random := Defaults(), rand.New(rand.NewPCG(1937, 1991))
	var sum reviewRates
	for range persons {
		reviews := w.person(random)
		var rows []Row
		for _, review := range reviews {
			rows = append(rows, review.rows...)
		}
		noises := [2]Noise{constants.PriorNoise(), constants.EstimateNoise(pair(rows, 0, 1))}
		for _, review := range reviews {
			var scores [2]Score
			for j, noise := range noises {
				var cluster Cluster
				for _, row := range review.rows {
					cluster.Levels = append(cluster.Levels, row.Levels[j])
				}
				scores[j] = constants.Score([]Cluster{cluster}, len(review.rows), constants.MinimumAnsweredCompetency, noise)
				verdict := constants.Agreement(MentorDefaults(), scores[j], noise, review.ratings[j]).Verdict
				add(&sum.higher[j], verdict == SelfHigher)
				add(&sum.lower[j], verdict == SelfLower)
				add(&sum.some[j], verdict != Agree)
			}
			change := constants.Change(pair(review.rows, 0, 1), noises[1])
			gap := constants.GapChange(MentorDefaults(), change, scores[0].Value, scores[1].Value,
				review.ratings[0][0], review.ratings[1][0])
			add(&sum.narrowed, gap.Verdict == GapNarrowed)
			add(&sum.widened, gap.Verdict == GapWidened)
			add(&sum.turned, gap.Verdict == GapTurned)
			add(&sum.possible, gap.Verdict != GapSteady)
		}
	}
	for _, each := range []*float64{
		&sum.higher[0], &sum.higher[1], &sum.lower[0], &sum.lower[1], &sum.some[0], &sum.some[1],
		&sum.narrowed, &sum.widened, &sum.turned, &sum.possible,
	} {
		*each *= 100 / float64(persons*simulatedCompetencies)
	}
	return sum
}

// In the model's own world, where the noise is known as well as 12 degrees of
// freedom tell it, the verdicts are wrong as often as their levels say.
func TestAgreementInItsOwnWorld(t *testing.T) {
	const cases = 20_000
	constants, random := Defaults(), seeded()
	score := firstScore(3, 3, 3)
	for _, ratings := range [][]int{{3}, {2, 4}, {1, 3, 5, 2}} {
		standardError := constants.Agreement(MentorDefaults(), score, constants.PriorNoise(), ratings).StandardError
		mean, _ := meanRating(ratings)
		sure, some := 0.0, 0.0
		for range cases {
			squares := 0.0
			for range 12 {
				normal := random.NormFloat64()
				squares += normal * normal
			}
			score.Value = mean + standardError*random.NormFloat64()/math.Sqrt(squares/12)
			verdict := constants.Agreement(MentorDefaults(), score, constants.PriorNoise(), ratings).Verdict
			add(&sure, verdict == SelfHigher || verdict == SelfLower)
			add(&some, verdict != Agree)
		}
		// Three standard errors of chance: 0.46 and 0.85 points.
		near(t, "per cent of blind spots and hidden strengths", 100*sure/cases, 5, 0.5)
		near(t, "per cent of differences", 100*some/cases, 20, 0.9)
	}
}

// Rounded and clipped answers of people like those of the specification's figures.
// Where the ratings' own rounding comes on top of the mentor's variance, the gap's
// changes are said wrongly a little more often than in one case in twenty.
func TestAgreementInTheSimulation(t *testing.T) {
	const persons = 400
	for _, mentors := range []int{1, 2} {
		same := simulateReviews(reviewWorld{mentors: mentors}, persons)
		for j := range same.higher {
			if wrong := same.higher[j] + same.lower[j]; wrong > 5 {
				t.Errorf("%d mentors: false differences in %v %% of competencies, want 5 at most", mentors, wrong)
			}
			near(t, "hidden strengths less blind spots", same.lower[j], same.higher[j], 1)
		}
		if wrong := same.narrowed + same.widened + same.turned; wrong > 6.5 {
			t.Errorf("%d mentors: false changes of the gap in %v %% of competencies, want 6.5 at most", mentors, wrong)
		}
		apart := simulateReviews(reviewWorld{mentors: mentors, earlier: 2}, persons)
		if apart.higher[0] < 10*same.higher[0] || apart.narrowed < 10*apart.widened {
			t.Errorf("%d mentors, two levels apart: %+v, without a difference %+v", mentors, apart, same)
		}
	}
}

// BenchmarkAgreementVerdicts prints how often self and mentors are told apart, as
// BenchmarkVerdicts does with changes.
func BenchmarkAgreementVerdicts(b *testing.B) {
	var report strings.Builder
	for b.Loop() {
		report.Reset()
		writeReviews(&report, 4_000)
	}
	fmt.Printf("\n\n%s\n", report.String())
}

func writeReviews(report *strings.Builder, persons int) {
	fmt.Fprintf(report, `%d simulated persons and their mentors (per cent of competencies)

First, second: the assessment, with the prior noise and with the person's own. Any: "may" as well.
Gap: to the first mentor, from the first assessment to the second.

`, persons)
	table := tabwriter.NewWriter(report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\ttrue difference\t\tfirst\t\t\tsecond\t\t\tgap\t\t\t\t\n"+
		"mentors\tfirst\tsecond\thigher\tlower\tany\thigher\tlower\tany\tnarrowed\twidened\tturned\tany\t\n")
	for _, mentors := range []int{1, 2, 4} {
		for _, difference := range [][2]float64{{0, 0}, {1, 1}, {1.5, 0}, {2, 0}, {1, -1}} {
			found := simulateReviews(reviewWorld{mentors, difference[0], difference[1]}, persons)
			fmt.Fprintf(table, "%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t\n",
				mentors, difference[0], difference[1],
				found.higher[0], found.lower[0], found.some[0], found.higher[1], found.lower[1], found.some[1],
				found.narrowed, found.widened, found.turned, found.possible)
		}
	}
	table.Flush()
}
