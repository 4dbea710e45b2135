package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"
)

// A clock that is set back, while a server runs or between two runs, ends no session and loses no answer: what
// was kept in what is now the future can be read, changed and finished.
func TestClockStepsBack(t *testing.T) {
	t.Parallel()
	for _, step := range []time.Duration{-time.Second, -time.Hour, -3 * day, -200 * day, -30 * 365 * day} {
		t.Run(step.String(), func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			person := s.browser()
			earlier := person.finished("first-team", "full")
			id := person.start("first-team", "full")
			_, items := s.firstItems("first-team")
			first := person.save(id, "item", items[0].ID, "level", "4", "note", "Before the step.", "seen", "")

			s.clock.advance(step)
			for _, work := range []func() error{
				func() error { return s.useCases.Upkeep(t.Context()) },
				func() error { return s.useCases.CloseDueCycles(t.Context()) },
			} {
				if err := work(); err != nil {
					t.Errorf("the upkeep after the step: %v", err)
				}
			}
			if kept := person.answers(id)[items[0].ID]; kept != first {
				t.Errorf("after the step %+v is kept, saved was %+v", kept, first)
			}
			for number, item := range items {
				level := strconv.Itoa(number%5 + 1)
				if got := person.save(id, "item", item.ID, "level", level, "note", "After the step.", "seen", ""); strconv.Itoa(got.Level) != level {
					t.Errorf("after the step the save of %s tells %+v", item.ID, got)
				}
			}
			person.get(s.paths.Assessments()).wantStatus(http.StatusOK)
			person.get(s.paths.Result(earlier)).wantStatus(http.StatusOK)
			person.answerAll(id, "first-team", varied)
			person.post(s.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
			for _, path := range []string{s.paths.Result(id), s.paths.ResultJSON(id), s.paths.ResultCSV(id), s.paths.History()} {
				person.get(path).wantStatus(http.StatusOK)
			}
			s.browser().finished("first-team", "full") // whoever comes new is no worse off

			s.clock.advance(-step)
			for _, path := range []string{s.paths.Result(id), s.paths.Result(earlier), s.paths.History()} {
				person.get(path).wantStatus(http.StatusOK)
			}
		})
	}
}
