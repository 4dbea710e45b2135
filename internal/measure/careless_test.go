package measure

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// answersOf numbers the levels as items.
func answersOf(levels ...int) map[string]int {
	answers := make(map[string]int)
	for i, level := range levels {
		answers[fmt.Sprintf("item-%d", i)] = level
	}
	return answers
}

// varied returns count answers that go through the levels in turn.
func varied(count int) map[string]int {
	levels := make([]int, count)
	for i := range levels {
		levels[i] = 1 + i%5
	}
	return answersOf(levels...)
}

// mostly returns same answers of 4, and others of 2.
func mostly(same, others int) map[string]int {
	return answersOf(append(slices.Repeat([]int{4}, same), slices.Repeat([]int{2}, others)...)...)
}

// with returns answers with one of them set.
func with(answers map[string]int, item string, level int) map[string]int {
	changed := maps.Clone(answers)
	changed[item] = level
	return changed
}

func TestCareless(t *testing.T) {
	const slow = 10 * time.Minute
	tests := []struct {
		name              string
		answers, previous map[string]int
		spent             time.Duration
		want              []CarelessReason
	}{
		{"careful", varied(36), nil, slow, nil},
		{"no answers", nil, nil, slow, nil},
		{"no answers, as before", nil, map[string]int{}, 1, nil},

		{"all identical", mostly(12, 0), nil, slow, []CarelessReason{IdenticalAnswers}},
		{"more than four in five identical", mostly(29, 7), nil, slow, []CarelessReason{IdenticalAnswers}},
		{"exactly four in five identical", mostly(12, 3), nil, slow, nil},
		{"fewer than four in five identical", mostly(28, 8), nil, slow, nil},
		{"blanks are no identical answers", answersOf(append(
			slices.Repeat([]int{0}, 88), 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2)...), nil, slow, nil},

		{"fast", varied(36), nil, 71 * time.Second, []CarelessReason{FastAnswers}},
		{"two seconds an item", varied(36), nil, 72 * time.Second, nil},
		{"time not known", varied(36), nil, 0, nil},
		{"time of a clock set back", varied(36), nil, -time.Second, nil},

		{"a copy", varied(36), varied(36), slow, []CarelessReason{CopiedAnswers}},
		{"a copy but for one", with(varied(36), "item-7", 5), varied(36), slow, nil},
		{"a pulse copied from a full questionnaire", varied(12), varied(36), slow, []CarelessReason{CopiedAnswers}},
		{"a new answer beside copied ones", varied(36), varied(35), slow, nil},
		{"a blank of now is no difference", with(varied(36), "item-7", 0), varied(36), slow, []CarelessReason{CopiedAnswers}},
		{"no earlier assessment", varied(36), nil, slow, nil},

		{"eleven are too few for all three", mostly(11, 0), mostly(11, 0), time.Second, nil},
		{"eleven and blanks are too few", with(mostly(11, 0), "blank", 0), nil, time.Second, nil},
		{"all three, in order", mostly(12, 0), mostly(12, 0), time.Second,
			[]CarelessReason{IdenticalAnswers, FastAnswers, CopiedAnswers}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given := maps.Clone(test.answers)
			got := Defaults().Careless(test.answers, test.previous, test.spent)
			if !slices.Equal(got, test.want) {
				t.Errorf("reasons %q, want %q", got, test.want)
			}
			if !maps.Equal(given, test.answers) {
				t.Errorf("the answers were changed to %v", test.answers)
			}
		})
	}
}
