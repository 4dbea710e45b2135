package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Every way in which answers are deleted is listed, so that a restored backup brings none of them back.
func TestEveryDeletionIsListed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		list := store.NewErasureList(filepath.Join(t.TempDir(), "erasures"))
		s.KeepErasureList(list)
		w := newWorldOn(t, s)
		listed := func(want int) {
			t.Helper()
			if got := len(must(list.Read())(t)); got != want {
				t.Errorf("%d deletions are listed, want %d", got, want)
			}
		}
		draft, finished := w.start("first-team", model.FullForm), w.sit("first-team", model.PulseForm, steady)
		listed(0)
		if err := w.DeleteDraft(t.Context(), w.manager, draft); err != nil {
			t.Fatal(err)
		}
		listed(1)
		link := w.link(finished)
		for taken, takeBack := range []func(*visitor, string) error{
			func(v *visitor, share string) error { return w.ForgetShare(t.Context(), v.mentor, share, true) },
			func(v *visitor, _ string) error {
				return w.DeleteOwnReview(t.Context(), v.mentor, must(w.OwnWords(t.Context(), v.mentor))(t)[0].Review.ID)
			},
		} {
			mentor := w.visitor()
			share := mentor.open(link)
			mentor.rate(share, "debt", "2", "Taken back.")
			w.ok(takeBack(mentor, share))
			listed(2 + taken)
		}
		must(w.DeleteAssessment(t.Context(), w.manager, finished, true))(t)
		listed(4)
		w.deletesCommitment(w.commit("debt", 0))
		listed(5)
		team := must(w.MakeTeam(t.Context(), w.manager, model.TeamInput{Name: "Team", SmallestGroup: "5", MemberName: "Ann"}))(t)
		w.ok(w.Propose(t.Context(), w.manager, team, model.ProposalInput{Words: "We look back."}))
		w.ok(w.Withdraw(t.Context(), w.manager, team, must(w.TeamPractices(t.Context(), w.manager, team, ""))(t).Proposals[0].ID))
		listed(6)
		w.drop(w.jot("debt", "The cron job again."))
		listed(7)
		must(w.DeleteEverything(t.Context(), w.manager, true))(t)
		listed(8)
		w.newManager() // whom nothing reaches
		if err := w.Upkeep(t.Context()); err != nil {
			t.Fatal(err)
		}
		listed(9)
		// What is refused is not listed.
		if _, err := w.DeleteEverything(t.Context(), w.manager, true); err == nil {
			t.Error("nobody was deleted")
		}
		if got := must(s.Erasures(t.Context(), time.UnixMilli(0)))(t); len(got) != 9 {
			t.Errorf("noted: %v", got)
		}
	})
}
