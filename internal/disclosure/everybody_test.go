package disclosure

import (
	"fmt"
	"testing"
)

// hidden is what a ledger of these observations gives.
func hidden(t *testing.T, published []Observation) map[string]int {
	t.Helper()
	ledger, err := Read(published)
	if err != nil {
		t.Fatal(err)
	}
	each, err := ledger.Hidden(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return each
}

// Over cycles with people who come, go, and show themselves, and for teams that were promised other things, it is the
// least of what the weighings of one's own answers give, and what a ledger gives that grew with each decision.
func TestEverybodyIsHiddenAsTheirAnswersAre(t *testing.T) {
	for _, rules := range []Rules{FirstRules, KeptRules} {
		thresholds := Floor()
		thresholds.Rules = rules
		var published []Observation
		grown, err := Read(nil)
		if err != nil {
			t.Fatal(err)
		}
		for cycle := range 6 {
			var set []Answer
			for person := range 14 {
				if (person+cycle)%7 != 0 {
					set = append(set, Answer{Person: fmt.Sprintf("p%02d", person), Assessment: fmt.Sprintf("s%02d-%d", person, cycle)})
				}
			}
			decision, err := grown.Decide(t.Context(), candidate(one(set), thresholds))
			if err != nil {
				t.Fatal(err)
			}
			grown.Take(decision)
			published = append(published, decision.Observations()...)
		}
		each := hidden(t, published)
		if again, err := grown.Hidden(t.Context()); err != nil || fmt.Sprint(again) != fmt.Sprint(each) || len(each) != 14 {
			t.Errorf("rules %d: grown %v, read %v, %v", rules, again, each, err)
		}
		joint := jointly(t, published)
		for person, people := range each {
			least := 1e9
			for _, level := range Levels() {
				for answer, group := range joint[level] {
					if answer.Person == person {
						least = min(least, group)
					}
				}
			}
			if int(least) != people {
				t.Errorf("rules %d: %s is hidden among %d, by their answers %v", rules, person, people, least)
			}
		}
	}
	if none := hidden(t, nil); len(none) != 0 {
		t.Errorf("of nothing: %v", none)
	}
	if _, err := Read([]Observation{{Step: -1}}); err == nil {
		t.Error("a broken observation is taken")
	}
}
