package disclosure

import (
	"fmt"
	"math"
	"reflect"
	"testing"
)

func nan() float64 { return math.NaN() }

// One leaver between two cycles: the sums differ by the leaver's answer and by how
// much the others changed. For a small team that blurs less the more an answer sums up.
func TestOneLeaver(t *testing.T) {
	published := publish(people("1", 1, 6))
	got, decision := decided(t, published, one(people("2", 1, 5)), before(5, 3))
	if got[Competency] == 0 {
		t.Errorf("competencies are withheld, want them published")
	}
	if got[Whole] == 0.1 {
		t.Errorf("the whole is published in the finest step, want it coarser or withheld")
	}
	after := append(published, decision.Observations()...)
	for _, level := range Levels() {
		if group := smallest(t, after, level); group < 3 {
			t.Errorf("%v: the smallest effective group is %v", level, group)
		}
	}
	finest := append(publish(people("1", 1, 6)), figures(people("2", 1, 5), 0.1)...)
	if group := smallest(t, finest, Whole); group >= 3 {
		t.Errorf("in the finest step the effective group would be %v, so that nothing had to be coarsened", group)
	}
}

// The step becomes coarser before a level is withheld, and all three steps occur.
func TestStepsAreTriedInOrder(t *testing.T) {
	seen := make(map[float64]bool)
	for n := 6; n <= 14; n++ {
		for leavers := 1; leavers <= 2; leavers++ {
			var published []Observation
			for cycle := range 4 {
				got, decision := decided(t, published, one(people(fmt.Sprint(cycle), 1+cycle*leavers, n)), before(5, 3))
				for _, level := range Levels() {
					seen[got[level]] = true
					// A finer step than the one that was chosen does not pass.
					for _, step := range Steps() {
						finer := append(published[:len(published):len(published)], Observation{Level: level, Answers: people(fmt.Sprint(cycle), 1+cycle*leavers, n), Step: step})
						if step < got[level] && smallest(t, finer, level) >= 3.01 && togetherSmallest(t, finer) >= 3.01 {
							t.Errorf("%d people less %d, cycle %d, %v: %v passes, but %v is chosen", n, leavers, cycle, level, step, got[level])
						}
					}
				}
				published = append(published, decision.Observations()...)
			}
		}
	}
	for _, step := range append(Steps(), 0) {
		if !seen[step] {
			t.Errorf("no example ends with a step of %v", step)
		}
	}
}

// togetherSmallest is the smallest effective group of competencies by all levels.
func togetherSmallest(t *testing.T, published []Observation) float64 {
	t.Helper()
	return leastOf(jointly(t, published)[Competency])
}

// Who is in two teams with one assessment gave one answer, with two assessments two
// that have much in common. The first is known better.
func TestAPersonInTwoTeams(t *testing.T) {
	first := people("1", 1, 5)
	shared, apart := people("1", 5, 9), people("2", 5, 5)
	apart = append(apart, people("1", 6, 9)...)
	for _, level := range Levels() {
		once := smallest(t, publish(first, shared), level)
		twice := smallest(t, publish(first, apart), level)
		alone := smallest(t, publish(first), level)
		if !(once < twice && twice < alone) {
			t.Errorf("%v: effective groups of %v with one assessment, %v with two, %v in one team; want them to rise", level, once, twice, alone)
		}
	}
}

// Connected is the whole chain, and what lies beyond it changes nothing.
func TestConnected(t *testing.T) {
	chain := publish(people("1", 1, 6), people("2", 6, 11), people("3", 11, 16))
	strangers := publish(people("4", 31, 36))
	candidate := people("5", 16, 21)
	connected := Connected(append(strangers, chain...), candidate)
	if !reflect.DeepEqual(connected, chain) {
		t.Errorf("%d observations are connected, want the %d of the chain", len(connected), len(chain))
	}
	got, decision := decided(t, append(strangers, chain...), one(candidate), Floor())
	want, same := decided(t, chain, one(candidate), Floor())
	if got != want || !reflect.DeepEqual(decision, same) {
		t.Errorf("with strangers %v, without %v", got, want)
	}
	// The far end of the chain does matter: the candidate changes what is known there.
	before := effective(t, chain, Whole, people("1", 1, 1)[0])
	after := effective(t, append(chain, figures(candidate, 0.1)...), Whole, people("1", 1, 1)[0])
	if !(after < before) {
		t.Errorf("the candidate leaves the effective group at the chain's end at %v, want less than %v", after, before)
	}
}

func effective(t *testing.T, published []Observation, level Level, answer Answer) float64 {
	t.Helper()
	return alone(t, published, level)[answer]
}

func TestHiddenAmong(t *testing.T) {
	published := publish(people("1", 1, 6), people("1", 11, 22))
	each := hidden(t, published)
	for _, test := range []struct {
		person string
		want   int
	}{{"p01", 6}, {"p11", 12}} {
		// One mean at three levels: rounding gives a little more than the number of people.
		if got := each[test.person]; got != test.want {
			t.Errorf("%s is hidden among %v, want %v", test.person, got, test.want)
		}
	}
	if group, limited := each["p99"]; limited {
		t.Errorf("a stranger's group is limited: %v", group)
	}
}
