package disclosure

import "testing"

// From how many people on one can miss a cycle is what the gate says: with one fewer, it withholds.
func TestSafeToMissOneIsWhatTheGateSays(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		thresholds Thresholds
		want       int
	}{{Floor(), 7}, {kept(6, 3), 7}, {kept(7, 3), 8}, {kept(5, 4), 10}, {kept(10, 5), 13}} {
		got, err := SafeToMissOne(t.Context(), one.thresholds)
		if err != nil || got != one.want {
			t.Errorf("%+v: safe from %d on, %v, want %d", one.thresholds, got, err, one.want)
		}
		if fewer, err := safeToMissOne(t.Context(), one.thresholds, got-1); err != nil || fewer {
			t.Errorf("%+v: %d are safe, too, %v", one.thresholds, got-1, err)
		}
	}
}

// With six people, of whom one misses the second cycle, its competencies are withheld; with seven they are not.
func TestOneOfSixIsMissed(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]bool{6: false, 7: true} {
		_, first := decided(t, nil, one(people("first", 1, size)), Floor())
		second, _ := decided(t, first.Observations(), one(people("second", 1, size-1)), Floor())
		if got := second[Competency] > 0; got != want {
			t.Errorf("of %d people without one, the competencies are published: %v", size, got)
		}
	}
}

// What the pages say of that number is exact: it is about three cycles in a row. A cycle by itself, without those around it,
// is published with one fewer than that, too.
func TestSafeToMissOneIsAboutCyclesInARow(t *testing.T) {
	t.Parallel()
	for _, size := range []int{5, 6} {
		alone, _ := decided(t, nil, one(people("alone", 1, size)), Floor())
		if alone[Competency] == 0 {
			t.Errorf("a cycle of %d by itself is withheld", size)
		}
	}
	for size, want := range map[int]bool{6: false, 7: true, 8: true} {
		if got, err := safeToMissOne(t.Context(), Floor(), size); err != nil || got != want {
			t.Errorf("of %d, one misses the second of three cycles, and all are published: %v, %v", size, got, err)
		}
	}
}

// One or two replaced people silence the word of change; with the same people, or from three on, it is said.
func TestReplacedFromIsWhatTheGateSays(t *testing.T) {
	t.Parallel()
	for people, want := range map[int]int{6: 0, 7: 0, 8: 3, 9: 3, 16: 3, 51: 0} {
		if got, err := ReplacedFrom(t.Context(), Floor(), people); err != nil || got != want {
			t.Errorf("of %d: from %d replaced on, %v, want %d", people, got, err, want)
		}
	}
	if same, err := comparedWithout(t.Context(), Floor(), 7, 0); err != nil || !same {
		t.Errorf("seven who are the same are compared: %v, %v", same, err)
	}
}
