package disclosure

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// scheme is a way in which somebody who may shape a team tries to unmask its people.
type scheme struct {
	name string
	// happen lets one history happen by some rules, and tells the answers of those whom the attacker invented.
	happen func(run uint64, rules Thresholds) (*chronicle, []seen12)
}

var schemes = []scheme{
	{"invented members in one cycle", inventedMembers(1)},
	{"invented members in up to four cycles", inventedMembers(4)},
	{"cycles near each other", nearCycles},
}

// inventedMembers is a team in which the steward made up some of the members, and answers for them. The real ones know
// most of each other, and none of the others, who say that they know everybody.
func inventedMembers(cycles int) func(run uint64, rules Thresholds) (*chronicle, []seen12) {
	return func(run uint64, rules Thresholds) (*chronicle, []seen12) { return inventedIn(cycles, run, rules) }
}

func inventedIn(cycles int, run uint64, rules Thresholds) (*chronicle, []seen12) {
	c := &chronicle{random: seeded(run), rules: rules, places: map[Answer]int{}}
	real, fake := 1+c.random.IntN(8), 4+c.random.IntN(3)
	for range real + fake {
		c.person()
	}
	known := Known{}
	for one := range real + fake {
		for other := range real + fake {
			if one != other && (one >= real || other < real && c.chance(0.9)) {
				known[fmt.Sprint("p", one)] = append(known[fmt.Sprint("p", one)], fmt.Sprint("p", other))
			}
		}
	}
	var invented []seen12
	for period := range 1 + c.random.IntN(cycles) {
		c.day = 1000 + 90*period
		var set []Answer
		for person := range real + fake {
			if !c.chance(0.9) {
				continue
			}
			answer := c.answer(person, period)
			set = append(set, answer)
			if person >= real {
				invented = append(invented, seen12{c.places[answer], c.given[c.places[answer]]})
			}
		}
		c.known = known
		if core := known.Core(set, rules); len(core) > 0 {
			c.publish(core)
		}
	}
	return c, invented
}

// nearCycles is a team that holds two cycles within 28 days, in which everybody who takes part twice says the same
// again; between them some leave or come. The attacker knows that they do. To the gate they are two assessments.
func nearCycles(run uint64, rules Thresholds) (*chronicle, []seen12) {
	c := &chronicle{random: seeded(run), rules: rules, places: map[Answer]int{}, day: 1000}
	var set []Answer
	for range 6 + c.random.IntN(9) {
		set = append(set, c.answer(c.person(), 0))
	}
	c.publish(set)
	c.day += c.random.IntN(NearDays + 1)
	again := make([]Answer, 0, len(set))
	leave := c.random.IntN(7)
	for _, answer := range set[min(leave, len(set)):] {
		same := Answer{Person: answer.Person, Assessment: answer.Assessment + " again"}
		c.places[same] = c.places[answer]
		again = append(again, same)
	}
	for range c.random.IntN(3) {
		again = append(again, c.answer(c.person(), 1))
	}
	if len(again) > 0 {
		c.publish(again)
	}
	return c, nil
}

// tried is what a scheme came to: how many of its histories published anything, the smallest effective group of anybody
// real over all of them, and how far off the estimates of those known best were, as a share of the prior variance.
type tried struct {
	published int
	smallest  float64
	exposed   tally
}

// try lets a scheme be tried so often.
func (s scheme) try(histories uint64, rules Thresholds) tried {
	found := tried{smallest: math.Inf(1)}
	for run := range histories {
		told, invented := s.happen(run, rules)
		if len(told.printed) == 0 {
			continue
		}
		found.published++
		known := told.knowledge()
		for _, level := range Levels() {
			estimate, posterior := known.attackTogether(level, invented...)
			target := target{level: level, together: true}
			prior, best, least := target.prior(0), math.NaN(), math.Inf(1)
			for i := range posterior {
				if slices.ContainsFunc(invented, func(one seen12) bool { return one.answer == i }) {
					continue
				}
				if explained := 1 - posterior[i]/prior; explained > 1e-6 && 1/explained < least {
					miss := estimate[i] - target.truth(told.given[i])
					least, best = 1/explained, miss*miss/prior
				}
			}
			if !math.IsNaN(best) {
				found.smallest = min(found.smallest, least)
				found.exposed.add(best, 1)
			}
		}
	}
	return found
}

// Each scheme wins by the rules before, and loses by those of today.
func TestSchemesFail(t *testing.T) {
	for _, scheme := range schemes {
		if won := scheme.try(200, before(5, 3)); won.smallest > 1.5 || won.published < 100 {
			t.Errorf("%s: by the first rules the smallest effective group is %.3f in %d histories, want the attack to win", scheme.name, won.smallest, won.published)
		}
		lost := scheme.try(600, Floor())
		if lost.smallest < SmallestEffectiveGroup*(1-1e-6) || lost.published < 50 {
			t.Errorf("%s: the smallest effective group is %.3f in %d histories, want 3 or more", scheme.name, lost.smallest, lost.published)
		}
		if lost.exposed.mean() < promisedShare-tolerance*lost.exposed.error() {
			t.Errorf("%s: the best known are estimated to within %.3f of the prior variance", scheme.name, lost.exposed.mean())
		}
	}
}

// writeSchemes writes what the schemes come to with and without the rules against them.
func writeSchemes(report io.Writer, histories uint64) {
	fmt.Fprintf(report, "Schemes of somebody who may shape a team, %d histories each\n\n", histories)
	table := tabwriter.NewWriter(report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "published\tsmallest group\terror of the best known\tpublished\tsmallest group\terror of the best known\t  scheme\n")
	for _, scheme := range schemes {
		for _, rules := range []Thresholds{before(5, 3), Floor()} {
			found := scheme.try(histories, rules)
			fmt.Fprintf(table, "%d\t%.3f\t%.3f -+ %.3f\t", found.published, found.smallest, found.exposed.mean(), found.exposed.error())
		}
		fmt.Fprintf(table, "  %s (by the first rules, then by those of today)\n", scheme.name)
	}
	table.Flush()
	fmt.Fprintln(report)
}

// BenchmarkPrivacySchemes prints what the schemes come to.
func BenchmarkPrivacySchemes(b *testing.B) {
	var report strings.Builder
	for b.Loop() {
		report.Reset()
		writeSchemes(&report, 20_000)
	}
	fmt.Printf("\n\n%s\n", report.String())
}
