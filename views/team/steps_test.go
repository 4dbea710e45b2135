package team

import (
	"testing"

	"whetstone/internal/model"
)

// How many are in is said in words that fit the number, also once it is enough.
func TestStepIn(t *testing.T) {
	t.Parallel()
	for counting, want := range map[int]string{
		1: "One of at least five is in, and nothing is published of a cycle in which fewer than five take part.",
		4: "Four of at least five are in, and nothing is published of a cycle in which fewer than five take part.",
		5: "Five are in. That is enough for a cycle in which all take part.",
		7: "Seven are in. That is enough: a cycle needs five who take part.",
	} {
		if got := stepIn(model.Enough{Counting: counting, Needed: 5}); got != want {
			t.Errorf("%d in: %q, want %q", counting, got, want)
		}
	}
}
