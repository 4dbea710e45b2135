package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"text/tabwriter"
)

// calibrated is a world for one assessment, with a truth to hold the stated chances against: a competency lies below
// its target if its level does, whatever the answers of the day say. Standard deviations are in levels.
type calibrated struct {
	name string
	// Where people stand: their mean, and the spreads of persons, of one person's competencies, and of the items
	// of one competency.
	mean, persons, competencies, items float64
	itemNoise, competencyMood, dayMood float64
}

// The world of the specification, and six others that break an assumption each.
var calibrations = []calibrated{
	{"reference", 3, 0.8, 0.5, 0, 0.6, 0.22, 0.14},
	{"items that differ", 3, 0.8, 0.5, 0.4, 0.6, 0.22, 0.14},
	{"little spread", 3, 0.4, 0.35, 0, 0.6, 0.22, 0.14},
	{"much spread", 3, 1, 0.8, 0, 0.6, 0.22, 0.14},
	{"noisier answers", 3, 0.8, 0.5, 0, 0.85, 0.22, 0.14},
	{"stronger moods", 3, 0.8, 0.5, 0, 0.6, 0.35, 0.25},
	{"high answers", 3.7, 0.8, 0.5, 0, 0.6, 0.22, 0.14},
}

// calibration is what many assessments of a world gave.
type calibration struct {
	// said and true are sums over the competencies whose chance fell into each tenth; count is how many.
	said, true [10]float64
	count      [10]int
	// assessments, those in which a first one was named, and those in which it truly was below.
	assessments, named, right int
	// called are the competencies whose chance was 8 in 10 or more either way, wrong those called the wrong way; the
	// old rule called those whose band left the target out.
	called, wrong, calledByBand, wrongByBand int
}

// calibrate holds the chances of so many persons' assessments against the truth, the same in every run. items is how
// many each competency has: 3 in the full form, 1 in a pulse.
func calibrate(world calibrated, items, persons int) calibration {
	random := rand.New(rand.NewPCG(1972, 1975))
	constants := Defaults()
	noise := constants.PriorNoise()
	var sum calibration
	for range persons {
		day := world.mean + world.persons*random.NormFloat64()
		mood := world.dayMood * random.NormFloat64()
		targeted := make([]Targeted, len(worked))
		below := make([]bool, len(worked))
		for c, template := range worked {
			level := day + world.competencies*random.NormFloat64()
			below[c] = level < template.Target
			assessment := level + mood + world.competencyMood*random.NormFloat64()
			cluster := Cluster{Competency: template.Competency}
			for range items {
				cluster.Levels = append(cluster.Levels, answer(assessment+world.items*random.NormFloat64()+world.itemNoise*random.NormFloat64()))
			}
			score := constants.Score([]Cluster{cluster}, items, constants.MinimumAnsweredCompetency, noise)
			targeted[c] = Targeted{template.Competency, score, template.Target, template.Importance}
		}
		sum.addAssessment(constants.Chances(targeted, noise), targeted, below)
	}
	return sum
}

// addAssessment adds one assessment.
func (sum *calibration) addAssessment(all Chances, targeted []Targeted, below []bool) {
	sum.assessments++
	if first, named := all.First(targeted); named {
		sum.named++
		if below[first] {
			sum.right++
		}
	}
	for i, one := range all.Competencies {
		tenth := min(9, int(10*one.Below))
		sum.said[tenth] += one.Below
		sum.count[tenth]++
		if below[i] {
			sum.true[tenth]++
		}
		if one.Below >= 0.8 || one.Below <= 0.2 {
			sum.called++
			if (one.Below >= 0.8) != below[i] {
				sum.wrong++
			}
		}
		if standing := targeted[i].Standing(); standing == Below || standing == Above {
			sum.calledByBand++
			if (standing == Below) != below[i] {
				sum.wrongByBand++
			}
		}
	}
}

// worst is the largest distance of said from true, in points, over the tenths that came up at all often.
func (sum calibration) worst() float64 {
	worst := 0.0
	for tenth, count := range sum.count {
		if count >= 100 {
			worst = max(worst, 100*math.Abs(sum.said[tenth]-sum.true[tenth])/float64(count))
		}
	}
	return worst
}

// calibrationTolerance is how far a stated chance may lie from how often it is true in the reference world, in points.
const calibrationTolerance = 5

// In the world that the constants were made for, what is said is true so often, of a full form and of a pulse.
func TestChancesAreCalibrated(t *testing.T) {
	for _, items := range []int{3, 1} {
		t.Run(formName(items), func(t *testing.T) {
			if worst := calibrate(calibrations[0], items, 3000).worst(); worst > calibrationTolerance {
				t.Errorf("a stated chance is off by %.1f points, want %v at most", worst, calibrationTolerance)
			}
		})
	}
}

// writeCalibration writes said against true, by tenths, and returns how many stated chances of the reference world are
// off by more than the tolerance.
func writeCalibration(report *strings.Builder, persons int) (missed int) {
	fmt.Fprintf(report, `
Chances of lying below the target, said / true, in per cent, by tenths of what was said; %d persons a row

First: how often a first competency was named, and how often it truly was below. Called: competencies of 12 with a
chance of 8 in 10 or more either way, and how many of the calls were wrong; band: the same by the rule before chances.

`, persons)
	table := tabwriter.NewWriter(report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "world\tform\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\tworst\tfirst\tright\tcalled\twrong\tband\twrong\t\n")
	for _, world := range calibrations {
		for _, items := range []int{3, 1} {
			found := calibrate(world, items, persons)
			fmt.Fprintf(table, "%s\t%s\t", world.name, formName(items))
			for tenth, count := range found.count {
				if count == 0 {
					fmt.Fprint(table, "-\t")
					continue
				}
				fmt.Fprintf(table, "%.0f/%.0f\t", 100*found.said[tenth]/float64(count), 100*found.true[tenth]/float64(count))
			}
			band, wrongByBand := "-", "-" // a single answer is no score
			if found.calledByBand > 0 {
				band = fmt.Sprintf("%.1f", float64(found.calledByBand)/float64(persons))
				wrongByBand = fmt.Sprintf("%.1f %%", 100*float64(found.wrongByBand)/float64(found.calledByBand))
			}
			fmt.Fprintf(table, "%.1f\t%.0f %%\t%.0f %%\t%.1f\t%.1f %%\t%s\t%s\t\n", found.worst(),
				100*float64(found.named)/float64(persons), 100*float64(found.right)/float64(found.named),
				float64(found.called)/float64(persons), 100*float64(found.wrong)/float64(found.called), band, wrongByBand)
			if world == calibrations[0] && found.worst() > calibrationTolerance {
				missed++
			}
		}
	}
	table.Flush()
	return missed
}
