package measure

import (
	"math"
	"testing"
)

// By hand: a competency, u + e = 0.6, of seven and eight people in tenths: SE^2 = 0.6*(1/7 + 1/8) + 0.02/12 = 0.16238,
// SE 0.40297; 1.96 times that is 0.790, 1.2816 times 0.516.
func TestTeamApartByHand(t *testing.T) {
	t.Parallel()
	for change, want := range map[float64]TeamVerdict{
		0: TeamTooSmallToTell, 0.51: TeamTooSmallToTell, 0.52: TeamMayHaveRisen, 0.78: TeamMayHaveRisen, 0.80: TeamRose,
		-0.51: TeamTooSmallToTell, -0.52: TeamMayHaveFallen, -0.80: TeamFell,
	} {
		got := Defaults().TeamApart(TeamMean{Mean: 3, People: 7, Step: 0.1}, TeamMean{Mean: 3 + change, People: 8, Step: 0.1}, 0.6)
		if got != want {
			t.Errorf("a change of %v reads %q, want %q", change, got, want)
		}
	}
	// Coarser steps and fewer people say less; without people nothing is said.
	if got := Defaults().TeamApart(TeamMean{3, 5, 0.5}, TeamMean{3.9, 5, 0.5}, 0.6); got != TeamMayHaveRisen {
		t.Errorf("in half levels: %q", got)
	}
	if got := Defaults().TeamApart(TeamMean{}, TeamMean{5, 9, 0.1}, 0.6); got != TeamTooSmallToTell {
		t.Errorf("of nobody: %q", got)
	}
}

// Where nothing has changed and nobody is in both, about one word in five is "may have", and one in twenty more than that.
func TestTeamApartIsWrongAsOftenAsItSays(t *testing.T) {
	t.Parallel()
	random := seeded()
	const runs = 20_000
	said := map[TeamVerdict]int{}
	mean := func(people int) TeamMean {
		sum := 0.0
		for range people {
			sum += math.Sqrt(0.6) * random.NormFloat64()
		}
		return TeamMean{Mean: 3 + math.Round(10*sum/float64(people))/10, People: people, Step: 0.1}
	}
	for range runs {
		said[Defaults().TeamApart(mean(7), mean(8), 0.6)]++
	}
	share := func(verdicts ...TeamVerdict) (sum float64) {
		for _, verdict := range verdicts {
			sum += float64(said[verdict]) / runs
		}
		return sum
	}
	if certain := share(TeamRose, TeamFell); math.Abs(certain-0.05) > 0.015 {
		t.Errorf("%.3f read as changed", certain)
	}
	if any := 1 - share(TeamTooSmallToTell); math.Abs(any-0.20) > 0.04 {
		t.Errorf("%.3f read as moved", any)
	}
}
