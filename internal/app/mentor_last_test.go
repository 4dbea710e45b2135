package app_test

import (
	"fmt"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// askedAgain are a manager's two quarters, and a mentor who rated the first and can rate both.
type askedAgain struct {
	*world
	*visitor
	first, second string
}

// newAskedAgain lets the shares show the manager's scores only where result says so.
func newAskedAgain(t *testing.T, opened *store.Store, result bool) *askedAgain {
	w := newWorldOn(t, opened)
	scope := func(input *model.ShareInput) { input.Result, input.History, input.Notes = result, false, false }
	v := w.visitor()
	earlier, later := w.sit("first-team", model.FullForm, contrast), w.sit("first-team", model.FullForm, steady)
	first := v.open(w.link(earlier, scope))
	for _, competency := range []string{"debt", "design"} {
		v.rate(first, competency, "2", "As it was.")
	}
	v.send(first, "Mina")
	return &askedAgain{w, v, first, v.open(w.link(later, scope))}
}

func (s *askedAgain) page(competency string) *model.RatingPage {
	s.t.Helper()
	return must(s.RatingPage(s.t.Context(), s.mentor, s.second, competency))(s.t)
}

// recalls saves a level and asks to see what was said last time.
func (s *askedAgain) recalls(competency, level string) model.SavedRating {
	s.t.Helper()
	return must(s.SaveRating(s.t.Context(), s.mentor, s.second, competency, model.RatingInput{
		Level: level, Seen: app.SeenRating(s.page(competency).Competency.Rating), Last: true,
	}))(s.t)
}

// wants holds what is kept of a rating of the second quarter: the blind level, and the one that is kept apart.
func (s *askedAgain) wants(what, competency string, level, later model.Level) {
	s.t.Helper()
	if got := s.page(competency).Competency.Rating; got.Level != level || got.Later != later {
		s.t.Errorf("%s: it is rated %d, then %d; want %d, then %d", what, got.Level, got.Later, level, later)
	}
}

// waits counts what waits among the mentor's own words.
func (s *askedAgain) waits() (count int) {
	s.t.Helper()
	for _, own := range must(s.OwnWords(s.t.Context(), s.mentor))(s.t) {
		for _, one := range own.Ratings {
			if one.Waits != "" {
				count++
			}
		}
	}
	return count
}

// What a mentor said last time shows once they have rated and asked for it. What they rated before that stays blind, and
// can be mended until then; what they change after it is kept apart, also from a form that was loaded before.
func TestAChangeAfterReadingLastTimeIsKeptApart(t *testing.T) {
	for _, result := range []bool{false, true} {
		t.Run(fmt.Sprintf("result %t", result), func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, opened *store.Store) { changesAfterReading(t, opened, result) })
		})
	}
}

func changesAfterReading(t *testing.T, opened *store.Store, result bool) {
	t.Helper()
	s := newAskedAgain(t, opened, result)
	before := s.page("debt")
	if before.Competency.Last != nil || !before.Competency.LastWaits {
		t.Fatalf("before it is rated the page shows %+v", before.Competency.Last)
	}
	_, err := s.SaveRating(t.Context(), s.mentor, s.second, "debt", model.RatingInput{Comment: "No level yet.", Last: true})
	expectFields(t, "no level", err, "level")
	s.rate(s.second, "debt", "3", "")
	if s.page("debt").Competency.Last != nil {
		t.Error("it shows although nobody asked for it")
	}
	s.rate(s.second, "debt", "4", "") // a slip, mended
	s.wants("mended", "debt", 4, model.Blank)
	saved := s.recalls("debt", "5")
	if saved.Later || saved.Page.Competency.Last == nil || saved.Page.Competency.Last.Rating.Level != 2 || saved.Page.Competency.LastWaits {
		t.Errorf("asked for, the page shows %+v", saved.Page.Competency.Last)
	}
	s.wants("read", "debt", 5, model.Blank)
	old := model.RatingInput{Level: "1", Seen: app.SeenRating(saved.Page.Competency.Rating)}
	if saved := must(s.SaveRating(t.Context(), s.mentor, s.second, "debt", old))(t); !saved.Later {
		t.Error("what is changed after reading isn’t said to be kept apart")
	}
	s.wants("changed", "debt", 5, 1)
	// The other competency can still be rated blind.
	s.rate(s.second, "design", "3", "")
	s.wants("another", "design", 3, model.Blank)
	if list, _ := s.page("debt").Shared.Competency("design"); list.Last != nil {
		t.Error("last time’s of another shows, too")
	}
}

// A mentor’s own words hold back what they are asked again, until they have seen it there or the link has ended. Their file
// holds back nothing, and who takes it has read it.
func TestOwnWordsLeanNoRating(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		s := newAskedAgain(t, opened, false)
		if got := s.waits(); got != 2 {
			t.Errorf("%d of two ratings wait", got)
		}
		s.rate(s.second, "debt", "3", "")
		if got := s.waits(); got != 2 {
			t.Errorf("once one is rated and not looked at, %d of two ratings wait", got)
		}
		s.recalls("debt", "3")
		if got := s.waits(); got != 1 {
			t.Errorf("once one is seen, %d wait", got)
		}
		s.wants("read nowhere yet", "design", model.Blank, model.Blank)
		export := must(s.OwnWordsExport(t.Context(), s.mentor))(t)
		if last := export.Reviews[len(export.Reviews)-1]; len(last.Ratings) != 2 || *last.Ratings[0].Level != 2 || *last.Ratings[1].Level != 2 {
			t.Errorf("the file holds %+v", last.Ratings)
		}
		if got := s.waits(); got != 0 {
			t.Errorf("after the file, %d wait", got)
		}
		s.rate(s.second, "design", "5", "")
		s.wants("rated after the file", "design", model.Blank, 5)
	})
}

func TestOwnWordsWaitForNoLinkThatHasEnded(t *testing.T) {
	t.Parallel()
	s := newAskedAgain(t, storetest.SQLite(t), false)
	s.ok(s.RevokeShare(t.Context(), s.manager, s.second))
	if got := s.waits(); got != 0 {
		t.Errorf("after the link has ended, %d wait", got)
	}
}

// Who opens last time’s own pages again reads it there: on the list, beside the scores, and on the page of a competency. What
// they change of the later rating from then on is kept apart; what they have not rated yet they still rate blind.
func TestReadingTheEarlierPagesKeepsAChangeApart(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(*askedAgain, string) error{
		"the list": func(s *askedAgain, share string) error {
			_, err := s.Shared(s.t.Context(), s.mentor, share)
			return err
		},
		"the page of a competency": func(s *askedAgain, share string) error {
			_, err := s.RatingPage(s.t.Context(), s.mentor, share, "debt")
			return err
		},
		"side by side": func(s *askedAgain, share string) error {
			_, err := s.SideBySide(s.t.Context(), s.mentor, share)
			return err
		},
	} {
		s := newAskedAgain(t, storetest.SQLite(t), true)
		s.rate(s.second, "debt", "4", "")
		s.ok(read(s, s.first))
		s.rate(s.second, "debt", "1", "")
		s.wants(name, "debt", 4, 1)
		s.rate(s.second, "design", "3", "")
		s.wants(name+", not rated by then", "design", 3, model.Blank)
		// The other way round nothing is known in advance: a later rating is no earlier one.
		s.rate(s.first, "debt", "3", "")
		if got := must(s.RatingPage(s.t.Context(), s.mentor, s.first, "debt"))(t).Competency.Rating; got.Level != 3 {
			t.Errorf("%s: the first is rated %d, then %d", name, got.Level, got.Later)
		}
	}
}

// What was read in one of a mentor’s browsers was read in the other.
func TestLastTimeReadInAnotherBrowser(t *testing.T) {
	t.Parallel()
	s := newAskedAgain(t, storetest.SQLite(t), false)
	s.rate(s.second, "debt", "3", "")
	loaded := app.SeenRating(s.page("debt").Competency.Rating)
	desk := s.world.visitor()
	s.ok(desk.continues(s.code(), false))
	must(s.SaveRating(t.Context(), desk.mentor, s.second, "debt", model.RatingInput{Level: "3", Seen: loaded, Last: true}))(t)
	if saved := must(s.SaveRating(t.Context(), s.mentor, s.second, "debt", model.RatingInput{Level: "5", Seen: loaded}))(t); !saved.Later {
		t.Error("a page from before doesn’t keep the change apart")
	}
	s.wants("changed on the first device", "debt", 3, 5)
}
