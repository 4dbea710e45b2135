package web_test

import "testing"

// The examples stand open on the first page, where one learns what is asked, and are folded after it.
func TestExamplesAreOpenOnTheFirstPageOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	open := func(id, competency string) (open, all int) {
		page := owner.get(s.paths.Questions(id, competency))
		for _, fold := range find(page.root(), tagged("details")) {
			if attribute(fold, "class") != "lead-in" {
				continue
			}
			all++
			if _, isOpen := lookup(fold, "open"); isOpen {
				open++
			}
		}
		return open, all
	}
	full, pulse := owner.start("first-team", "full"), owner.start("first-team", "pulse")
	for _, one := range []struct {
		id, competency string
		open, all      int
	}{
		{full, "design", 3, 3}, {full, "tradeoffs", 0, 4}, {pulse, "systems", 3, 3}, {pulse, "roadmap", 0, 3},
	} {
		if opened, all := open(one.id, one.competency); opened != one.open || all != one.all {
			t.Errorf("%s: %d of %d examples are open, want %d of %d", one.competency, opened, all, one.open, one.all)
		}
	}
}
