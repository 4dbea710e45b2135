package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// repeated is so many people with the same difference.
func repeated(people int, difference float64) []float64 {
	return slices.Repeat([]float64{difference}, people)
}

func TestSignFlip(t *testing.T) {
	third, half := 1.0/3, 0.5
	tests := []struct {
		name        string
		differences []float64
		mean, p     float64
		verdict     TeamVerdict
	}{
		// Only the observed assignment and its opposite are as far from 0: 2/2^6.
		{"six who rise", []float64{third, half, 1, 2 * third, 2, third}, 29.0 / 36, 2.0 / 64, TeamRose},
		{"six who fall", repeated(6, -third), -third, 2.0 / 64, TeamFell},
		// Sums of 8 and 6, in thirds: 2*(1 + 8) of 2^8.
		{"seven of eight rise", append(repeated(7, third), -third), 0.25, 18.0 / 256, TeamMayHaveRisen},
		{"seven of eight fall", append(repeated(7, -third), third), -0.25, 18.0 / 256, TeamMayHaveFallen},
		// 2*(1 + 6 + 15) of 2^6.
		{"four of six rise", append(repeated(4, 1), -1, -1), third, 44.0 / 64, TeamTooSmallToTell},
		// A sum of 0 is never nearer to 0 than another.
		{"as many rise as fall", append(repeated(4, half), repeated(4, -half)...), 0, 1, TeamTooSmallToTell},
		{"nobody changed", repeated(9, 0), 0, 1, TeamTooSmallToTell},
		// Each who did not change doubles both numbers: 2*2^4 of 2^7.
		{"three of seven rise, the others stay", append(repeated(3, 1), 0, 0, 0, 0), 3.0 / 7, 0.25, TeamTooSmallToTell},
		{"six of eight rise, the others stay", append(repeated(6, 1), 0, 0), 0.75, 2.0 / 64, TeamRose},
		// With sizes 5, 1, 1, 1, 1, 1 a sum of 8 has one of the ones against it. As
		// far are 10 and 8: 2*(1 + 5) of 2^6.
		{"one of the small ones falls", []float64{5 * half, half, half, half, half, -half}, 2.0 / 3, 12.0 / 64, TeamMayHaveRisen},
		// The same with the large one against: a sum of 0.
		{"the large one falls", []float64{-5 * half, half, half, half, half, half}, 0, 1, TeamTooSmallToTell},
		// Sums of thirds and halves that are equal only when nothing is lost: of
		// 1/2, 1/3, 1/6 the first is the other two together. By hand, with sizes 3,
		// 2, 1, and three times 10 that all must agree: observed 36 - 2*3 = 30 with
		// minus at u = 3; u of 0, 1, 2, 3, 3 are as far, so 2*5 of 2^6.
		{"ties of sixths", []float64{-half, third, half - third, 5 * third, 5 * third, 5 * third}, 5.0 / 6, 10.0 / 64, TeamMayHaveRisen},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Defaults().SignFlip(test.differences)
			near(t, "P", got.P, test.p, 0)
			near(t, "adjusted P of a single score", got.AdjustedP, test.p, 0)
			near(t, "mean change", got.MeanChange, test.mean, 1e-12)
			if got.People != len(test.differences) || got.DirectionOnly || got.Verdict != test.verdict {
				t.Errorf("%+v, want verdict %q", got, test.verdict)
			}
		})
	}
}

func TestDirectionOnly(t *testing.T) {
	for _, test := range []struct {
		differences []float64
		mean        float64
		verdict     TeamVerdict
	}{
		{nil, 0, TeamEven},
		{[]float64{1}, 1, TeamLeansUp},
		{repeated(5, 4), 4, TeamLeansUp},
		{repeated(5, -4), -4, TeamLeansDown},
		{[]float64{-1, -1, 1, 1, 0.5}, 0.1, TeamLeansUp},
		{[]float64{-1, -1, 1, 1, -1.0 / 3}, -1.0 / 15, TeamLeansDown},
		{repeated(5, 0), 0, TeamEven},
		// In floating-point arithmetic the sum would be -1.1e-16.
		{[]float64{2.0 / 3, 1.0 / 6, -5.0 / 6, 0.5, -0.5}, 0, TeamEven},
	} {
		got := Defaults().SignFlip(test.differences)
		near(t, "mean change", got.MeanChange, test.mean, 1e-12)
		if !got.DirectionOnly || got.P != 1 || got.AdjustedP != 1 || got.Verdict != test.verdict {
			t.Errorf("%v: %+v, want %q", test.differences, got, test.verdict)
		}
	}
	if got := Defaults().SignFlip(repeated(6, 0.1)); got.DirectionOnly {
		t.Errorf("six people: %+v, want a test", got)
	}
}

// By hand: with all of n people on one side p = 2/2^n.
func TestSignFlipFamily(t *testing.T) {
	still := func(n int) []float64 { return repeated(n, 0) }
	for _, test := range []struct {
		name     string
		members  [][]float64
		adjusted []float64
		verdicts []TeamVerdict
	}{
		{"none", nil, nil, nil},
		{"eight people", [][]float64{repeated(8, 1), still(8), repeated(8, -1), still(8), still(8)},
			[]float64{5.0 / 128, 1, 5.0 / 128, 1, 1},
			[]TeamVerdict{TeamRose, TeamTooSmallToTell, TeamFell, TeamTooSmallToTell, TeamTooSmallToTell}},
		{"seven people have at most may have", [][]float64{repeated(7, 1), repeated(7, 1), repeated(7, 1), repeated(7, 1), repeated(7, 1)},
			repeated(5, 5.0/64),
			slices.Repeat([]TeamVerdict{TeamMayHaveRisen}, 5)},
		{"six people", [][]float64{repeated(6, -1), still(6), still(6), still(6), still(6)},
			[]float64{5.0 / 32, 1, 1, 1, 1},
			[]TeamVerdict{TeamMayHaveFallen, TeamTooSmallToTell, TeamTooSmallToTell, TeamTooSmallToTell, TeamTooSmallToTell}},
		// A score that was withheld leaves a smaller family.
		{"four scores, of seven people", [][]float64{repeated(7, 1), still(7), still(7), repeated(5, 1)},
			[]float64{3.0 / 64, 1, 1, 1},
			[]TeamVerdict{TeamRose, TeamTooSmallToTell, TeamTooSmallToTell, TeamLeansUp}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Defaults().SignFlipFamily(test.members)
			if len(got) != len(test.members) {
				t.Fatalf("%d changes, want %d", len(got), len(test.members))
			}
			for i, change := range got {
				near(t, "adjusted P", change.AdjustedP, test.adjusted[i], 1e-15)
				if change.Verdict != test.verdicts[i] {
					t.Errorf("member %d: %q, want %q", i, change.Verdict, test.verdicts[i])
				}
			}
		})
	}
}

// someDifferences are those of so many people in a score that is a mean of parts
// means, of 2 or 3 answers each. shift moves all of them, in levels.
func someDifferences(random *rand.Rand, people, parts int, shift float64) []float64 {
	differences := make([]float64, people)
	for i := range differences {
		for range parts {
			for _, sign := range []float64{-1, 1} {
				answers, sum := 2+random.IntN(2), 0
				for range answers {
					sum += answer(3 + sign*shift/2 + random.NormFloat64())
				}
				differences[i] += sign * float64(sum) / float64(answers) / float64(parts)
			}
		}
	}
	return differences
}

func TestBothWaysAgree(t *testing.T) {
	random := seeded()
	for people := 1; people <= enumeratedPeople; people++ {
		for _, parts := range []int{1, 3, 12} {
			for _, shift := range []float64{0, 0.4} {
				steps := latticeSteps(someDifferences(random, people, parts, shift))
				enumerated, counted := signFlipByEnumeration(steps), signFlipByCounting(steps)
				near(t, fmt.Sprintf("P of %v by counting", steps), counted, enumerated, 0)
			}
		}
	}
	near(t, "P of no changes by counting", signFlipByCounting(make([]int, 8)), 1, 0)
	near(t, "P of no changes by enumeration", signFlipByEnumeration(make([]int, 8)), 1, 0)
}

// At the border between the two ways, and beyond, one person who did not change
// adds nothing.
func TestAPersonWhoDidNotChangeLeavesP(t *testing.T) {
	random := seeded()
	for _, people := range []int{6, 19, 20, 21, 40} {
		differences := someDifferences(random, people, 3, 0.3)
		with := append([]float64{0}, differences...)
		near(t, "P", Defaults().SignFlip(with).P, Defaults().SignFlip(differences).P, 0)
	}
}

func TestSignFlipIsSymmetric(t *testing.T) {
	mirror := map[TeamVerdict]TeamVerdict{
		TeamRose: TeamFell, TeamMayHaveRisen: TeamMayHaveFallen, TeamTooSmallToTell: TeamTooSmallToTell,
		TeamMayHaveFallen: TeamMayHaveRisen, TeamFell: TeamRose,
		TeamLeansUp: TeamLeansDown, TeamLeansDown: TeamLeansUp, TeamEven: TeamEven,
	}
	constants, random := Defaults(), seeded()
	for range 300 {
		differences := someDifferences(random, 1+random.IntN(90), 1+random.IntN(3), random.Float64()-0.5)
		given := slices.Clone(differences)
		got := constants.SignFlip(differences)
		if !slices.Equal(given, differences) {
			t.Fatal("the argument was changed")
		}
		random.Shuffle(len(differences), func(i, j int) {
			differences[i], differences[j] = differences[j], differences[i]
		})
		if shuffled := constants.SignFlip(differences); shuffled != got {
			t.Errorf("%+v, shuffled %+v", got, shuffled)
		}
		for i := range differences {
			differences[i] = -differences[i]
		}
		back := constants.SignFlip(differences)
		if back.P != got.P || back.MeanChange != -got.MeanChange || back.Verdict != mirror[got.Verdict] {
			t.Errorf("%+v, swapped %+v", got, back)
		}
		if !(0 < got.P && got.P <= 1) {
			t.Errorf("P = %v", got.P)
		}
	}
}

// With 500 people who changed by one step or stayed, the sum is binomial: compared
// with the logarithms of its exact terms.
func TestSignFlipOfFiveHundred(t *testing.T) {
	const people, against = 500, 220
	differences := append(repeated(people-against, 1.0/3), repeated(against, -1.0/3)...)
	want := 0.0
	all, _ := math.Lgamma(people + 1)
	for u := range against + 1 {
		with, _ := math.Lgamma(float64(u) + 1)
		without, _ := math.Lgamma(float64(people-u) + 1)
		want += 2 * math.Exp(all-with-without-people*math.Ln2)
	}
	got := Defaults().SignFlip(differences)
	near(t, "P", got.P/want, 1, 1e-10)
	if got.Verdict != TeamRose || got.People != people {
		t.Errorf("%+v, want a rise", got)
	}
	near(t, "mean change", got.MeanChange, 60.0/500/3, 1e-12)
	all500 := Defaults().SignFlip(repeated(people, 4))
	near(t, "P of all rising", all500.P/math.Ldexp(1, 1-people), 1, 1e-12)
}

// A smaller change in the same direction is never a stronger sign.
func TestMoreAgainstRaisesP(t *testing.T) {
	for _, people := range []int{20, 21, 60} {
		previous := 0.0
		for against := range people / 2 {
			p := Defaults().SignFlip(append(repeated(people-against, 0.5), repeated(against, -0.5)...)).P
			if p <= previous {
				t.Errorf("P = %v with %d of %d against, not above %v", p, against, people, previous)
			}
			previous = p
		}
	}
}

// Where nothing changed, "rose" or "fell" is said in at most one case in twenty.
// The test is exact, so with few people, of whom few p's can come, it is said more
// rarely.
func TestFalseAlarmsOfSignFlip(t *testing.T) {
	const teams = 4000
	random := seeded()
	for _, people := range []int{6, 9, 14} {
		changed, possible := 0, 0
		for range teams {
			switch Defaults().SignFlip(someDifferences(random, people, 3, 0)).Verdict {
			case TeamRose, TeamFell:
				changed++
				possible++
			case TeamMayHaveRisen, TeamMayHaveFallen:
				possible++
			}
		}
		// Three standard errors of chance: 1.0 and 1.9 points.
		if share := 100 * float64(changed) / teams; share > 6 {
			t.Errorf("%d people: changed in %v %%, want 5 at most", people, share)
		}
		if share := 100 * float64(possible) / teams; share > 22 {
			t.Errorf("%d people: changed or possible in %v %%, want 20 at most", people, share)
		}
	}
}

// A closing compares a team's seventeen scores: twelve, four and one.
func BenchmarkSignFlip(b *testing.B) {
	for _, people := range []int{9, 20, 21, 60, 500} {
		for _, score := range []struct {
			name  string
			parts int
		}{{"competency", 1}, {"area", 3}, {"whole", 12}} {
			differences := someDifferences(seeded(), people, score.parts, 0.05)
			b.Run(fmt.Sprintf("people=%d/%s", people, score.name), func(b *testing.B) {
				for b.Loop() {
					Defaults().SignFlip(differences)
				}
			})
		}
	}
	// The largest table there can be: half rise by four levels, half fall, one step
	// apart from all common divisors.
	worst := append(repeated(250, 4), repeated(250, -4)...)
	worst[0] -= 1.0 / signFlipQuantum
	worst[499] += 2.0 / signFlipQuantum
	b.Run("people=500/worst", func(b *testing.B) {
		for b.Loop() {
			Defaults().SignFlip(worst)
		}
	})
}
