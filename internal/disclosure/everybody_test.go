package disclosure

import (
	"fmt"
	"math"
	"testing"
)

// Over cycles with people who come, go, and show themselves, it is for each what one gets who is looked at alone.
func TestEachIsHiddenAsOneByOne(t *testing.T) {
	var published []Observation
	for cycle := range 6 {
		var set []Answer
		for person := range 14 {
			if (person+cycle)%7 != 0 {
				set = append(set, Answer{Person: fmt.Sprintf("p%02d", person), Sitting: fmt.Sprintf("s%02d-%d", person, cycle)})
			}
		}
		decision, err := Decide(published, [][]Answer{set}, Floor())
		if err != nil {
			t.Fatal(err)
		}
		published = append(published, decision.Observations()...)
		if cycle == 2 {
			shown, allowed, err := DecideShowing(published, set, set[3], Floor())
			if err != nil || !allowed {
				t.Fatalf("showing: %v, %v", allowed, err)
			}
			published = append(published, shown)
		}
	}
	each, err := EachHiddenAmong(published)
	if err != nil || len(each) != 14 {
		t.Fatalf("%d people, %v", len(each), err)
	}
	for person, people := range each {
		alone, limited, err := hiddenAmong(published, person)
		if err != nil || !limited || alone != people {
			t.Errorf("%s is hidden among %d, alone among %d, %v", person, people, alone, err)
		}
	}
	if none, err := EachHiddenAmong(nil); err != nil || len(none) != 0 {
		t.Errorf("of nothing: %v, %v", none, err)
	}
	if _, err := EachHiddenAmong([]Observation{{Step: -1}}); err == nil {
		t.Error("a broken observation is taken")
	}
}

// hiddenAmong is EachHiddenAmong for one person, by what is connected with that person alone; limited is false
// when nothing was published about the person.
func hiddenAmong(published []Observation, person string) (people int, limited bool, err error) {
	var answers []Answer
	for _, observation := range published {
		for _, answer := range observation.Answers {
			if answer.Person == person {
				answers = append(answers, answer)
			}
		}
	}
	if len(answers) == 0 {
		return 0, false, nil
	}
	known, err := historyOf(published, answers[:1])
	if err != nil {
		return 0, false, err
	}
	nothing := [][]Observation{nil}
	weighings := []weighed{known.together(nothing)}
	for _, level := range Levels() {
		weighings = append(weighings, known.alone(level, nothing))
	}
	smallest := math.Inf(1)
	for _, weighing := range weighings {
		for answer, group := range weighing.groups() {
			if answer.Person == person {
				smallest = min(smallest, group)
			}
		}
	}
	if math.IsInf(smallest, 1) {
		return 0, false, nil
	}
	return int(smallest), true, nil
}
