package measure

import (
	"math"
	"math/rand/v2"
	"testing"
)

// world is how simulated people answer: 12 competencies of 3 items in 4 areas,
// with the standard deviations below, in levels. The answers are rounded and
// clipped to the scale, which the formulae know nothing of.
type world struct {
	rise           float64
	itemNoise      float64
	competencyMood float64
	dayMood        float64
}

func (w world) withDayMood(mood float64) world { w.dayMood = mood; return w }
func (w world) withRise(rise float64) world    { w.rise = rise; return w }

// reference is the world of the specification without any real change.
var reference = world{itemNoise: 0.6, competencyMood: 0.22, dayMood: 0.14}

// shares are parts of 1 of people (family) or of competencies.
type shares struct {
	familyChanged, competencyChanged float64
	// What naive rules would have marked: any difference, and half a level.
	anyDifference, halfLevel float64
}

func simulate(w world, persons int) shares {
	constants, random := Defaults(), seeded()
	var found shares
	for range persons {
		areas := w.person(random)
		var all []Paired
		for _, area := range areas {
			all = append(all, area...)
		}
		noise := constants.EstimateNoise(all)
		members := []Comparison{alike(Whole, all, 36)}
		for _, area := range areas {
			members = append(members, alike(Area, area, 9))
		}
		for _, judgement := range constants.Family(members, noise) {
			if judgement.Verdict == Changed {
				found.familyChanged++
				break
			}
		}
		for first := 0; first < len(all); first += 3 {
			judgement := constants.Judge(alike(Competency, all[first:first+3], 3), noise)
			if judgement.Verdict == Changed {
				found.competencyChanged++
			}
			if judgement.Change.MeanChange != 0 {
				found.anyDifference++
			}
			if math.Abs(judgement.Change.MeanChange) >= 0.5 {
				found.halfLevel++
			}
		}
	}
	found.familyChanged /= float64(persons)
	found.competencyChanged /= float64(12 * persons)
	found.anyDifference /= float64(12 * persons)
	found.halfLevel /= float64(12 * persons)
	return found
}

// person answers twice and returns the changes of each area's items.
func (w world) person(random *rand.Rand) [4][]Paired {
	var areas [4][]Paired
	person := 3 + 0.4*random.NormFloat64()
	days := [2]float64{w.dayMood * random.NormFloat64(), w.dayMood * random.NormFloat64()}
	for i := range 12 {
		competency := person - w.rise/2 + 0.4*random.NormFloat64()
		var moods [2]float64
		for sitting := range moods {
			moods[sitting] = days[sitting] + w.competencyMood*random.NormFloat64()
		}
		for range 3 {
			item := competency + 0.4*random.NormFloat64()
			earlier := level(item + moods[0] + w.itemNoise*random.NormFloat64())
			later := level(item + w.rise + moods[1] + w.itemNoise*random.NormFloat64())
			areas[i/3] = append(areas[i/3], Paired{
				Competency: string(rune('a' + i)), Change: later - earlier,
			})
		}
	}
	return areas
}

// level is the answer of someone who stands at value.
func level(value float64) float64 {
	return min(HighestLevel, max(LowestLevel, math.Round(value)))
}

// The rates stand in the specification, for 4,000 people. It does not say how
// people differ from each other, and this test asks fewer, so the bounds leave
// room for both. All are parts of 1.
func TestSimulation(t *testing.T) {
	tests := []struct {
		name       string
		world      world
		family     [2]float64 // at least one member "changed"
		competency [2]float64 // "changed"
	}{
		{"no change", reference, [2]float64{0.005, 0.05}, [2]float64{0.03, 0.06}},
		{"no change, no day mood", reference.withDayMood(0), [2]float64{0, 0.02}, [2]float64{0.02, 0.05}},
		{"no change, a strong day mood", reference.withDayMood(0.22), [2]float64{0.03, 0.11}, [2]float64{0.04, 0.08}},
		{"a rise of one level", reference.withRise(1), [2]float64{0.7, 0.95}, [2]float64{0.2, 0.4}},
		{"a rise of a half", reference.withRise(0.5), [2]float64{0.15, 0.35}, [2]float64{0.07, 0.16}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := simulate(test.world, 1000)
			within(t, "share of people", found.familyChanged, test.family)
			within(t, "share of competencies", found.competencyChanged, test.competency)
			if found.anyDifference < 10*found.competencyChanged && test.world.rise == 0 {
				t.Errorf("an any-difference rule marks %v of competencies, not ten times the verdict's %v",
					found.anyDifference, found.competencyChanged)
			}
		})
	}
}

// within fails the test unless got lies in bounds, the ends included.
func within(t *testing.T, name string, got float64, bounds [2]float64) {
	t.Helper()
	if !(bounds[0] <= got && got <= bounds[1]) {
		t.Errorf("%s = %v, want %v to %v", name, got, bounds[0], bounds[1])
	}
}

// BenchmarkSimulation prints the rates of the specification, in per cent:
//
//	go test -run '^$' -bench Simulation -benchtime 1x ./internal/measure
func BenchmarkSimulation(b *testing.B) {
	for _, scenario := range []struct {
		name  string
		world world
	}{
		{"no change", reference},
		{"no change, no day mood", reference.withDayMood(0)},
		{"no change, day mood 0.22", reference.withDayMood(0.22)},
		{"rise of a level", reference.withRise(1)},
		{"rise of 0.7", reference.withRise(0.7)},
		{"rise of a half", reference.withRise(0.5)},
	} {
		b.Run(scenario.name, func(b *testing.B) {
			var found shares
			for b.Loop() {
				found = simulate(scenario.world, 4000)
			}
			b.ReportMetric(100*found.familyChanged, "family-%")
			b.ReportMetric(100*found.competencyChanged, "competency-%")
			b.ReportMetric(100*found.anyDifference, "any-difference-%")
			b.ReportMetric(100*found.halfLevel, "half-level-%")
		})
	}
}
