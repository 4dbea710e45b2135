package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func someCommitment(id string) model.Commitment {
	return model.Commitment{
		ID: id, Competency: model.NamedCompetency{ID: "debt"}, Practice: "debt.tally", Domain: "漢字 'quotes'",
		Occasion: "a release is over", Action: "sit ten minutes with whoever was on call – “really”.", Notice: "one workaround a month goes",
		Until: day(2027, time.January, 5), Bet: 60, Revision: 1, MadeAt: noon,
	}
}

func commitments(t *testing.T, s *store.Store, manager string) []model.Commitment {
	t.Helper()
	all, err := s.Commitments(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// commit adds commitments of a manager.
func commit(t *testing.T, s *store.Store, manager string, all ...model.Commitment) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		for _, one := range all {
			if err := tx.CreateCommitment(t.Context(), manager, one); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestCommitments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		kept, plain := someCommitment("one"), someCommitment("two")
		plain.Practice, plain.Notice, plain.Bet, plain.MadeAt = "", "", 0, noon.Add(time.Hour)
		commit(t, s, "ann", kept, plain)
		if got := commitments(t, s, "ann"); !reflect.DeepEqual(got, []model.Commitment{kept, plain}) {
			t.Fatalf("kept are %+v", got)
		}
		change := kept
		change.Occasion, change.Until = "a release is out", day(2027, time.February, 1)
		carried := model.FollowUp{Became: model.PartlyKept, Line: "twice of three", Carried: true, ToldAt: noon.Add(2 * time.Hour)}
		closed := model.FollowUp{Became: model.Kept, ToldAt: noon.Add(3 * time.Hour)}
		for _, one := range []struct {
			what string
			done bool
			work func(tx *store.Store) (bool, error)
		}{
			{"someone else's", false, func(tx *store.Store) (bool, error) { return tx.ChangeCommitment(t.Context(), "bea", change) }},
			{"one's own", true, func(tx *store.Store) (bool, error) { return tx.ChangeCommitment(t.Context(), "ann", change) }},
			{"of an old page", false, func(tx *store.Store) (bool, error) { return tx.ChangeCommitment(t.Context(), "ann", change) }},
			{"what became of someone else's", false, func(tx *store.Store) (bool, error) {
				change.Revision = 2
				return tx.AddFollowUp(t.Context(), "bea", change, carried)
			}},
			{"what became of it", true, func(tx *store.Store) (bool, error) { return tx.AddFollowUp(t.Context(), "ann", change, carried) }},
			{"what became of it, again", false, func(tx *store.Store) (bool, error) { return tx.AddFollowUp(t.Context(), "ann", change, closed) }},
			{"its end", true, func(tx *store.Store) (bool, error) {
				change.Revision = 3
				return tx.AddFollowUp(t.Context(), "ann", change, closed)
			}},
			{"after its end", false, func(tx *store.Store) (bool, error) {
				change.Revision = 4
				return tx.ChangeCommitment(t.Context(), "ann", change)
			}},
		} {
			inTx(t, s, func(tx *store.Store) error {
				done, err := one.work(tx)
				if done != one.done {
					t.Errorf("%s: done is %t", one.what, done)
				}
				return err
			})
		}
		change.Revision, change.ClosedAt, change.FollowUps = 4, closed.ToldAt, []model.FollowUp{carried, closed}
		if got := commitments(t, s, "ann"); !reflect.DeepEqual(got[0], change) {
			t.Errorf("in the end there is %+v, want %+v", got[0], change)
		}
		if got := commitments(t, s, "bea"); len(got) != 0 {
			t.Errorf("another manager has %+v", got)
		}
	})
}

// A share shows commitments as they were worded when it was made. Deleted, a commitment is gone from there, too.
func TestSharesShowCommitmentsAsTheyWere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		finish(t, s, asFinished(addDraft(t, s, "ann", "finished")))
		mine, theirs := someCommitment("mine"), someCommitment("theirs")
		commit(t, s, "ann", mine)
		commit(t, s, "bea", theirs)
		share := &model.Share{ID: "share", ManagerID: "ann", AssessmentID: "finished", SecretHash: "hash", Label: "x", Sharer: "Ann", Scope: model.ShareScope{Rating: true}, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		inTx(t, s, func(tx *store.Store) error {
			if _, err := tx.CreateShare(t.Context(), share, "form"); err != nil {
				return err
			}
			if err := tx.ShowCommitments(t.Context(), "ann", "share", []model.Commitment{mine, theirs}); err != nil {
				return err
			}
			change := mine
			change.Occasion = "changed later"
			_, err := tx.ChangeCommitment(t.Context(), "ann", change)
			return err
		})
		shown := func(manager string) []model.Commitment {
			list, err := s.ShownCommitments(t.Context(), manager, "share")
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		want := model.Commitment{ID: "mine", Competency: mine.Competency, Occasion: mine.Occasion, Action: mine.Action, Notice: mine.Notice, Until: mine.Until}
		if got := shown("ann"); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("shown are %+v", got)
		}
		if got := shown("bea"); len(got) != 0 {
			t.Errorf("by someone else's share another manager shows %+v", got)
		}
		if err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.DeleteCommitment(t.Context(), "bea", "mine") }); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("deleting someone else's gives %v", err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteCommitment(t.Context(), "ann", "mine") })
		if got := shown("ann"); len(got) != 0 || s.Count(t, "share_commitments")+s.Count(t, "commitments") != 1 {
			t.Errorf("after the deletion it shows %+v", got)
		}
	})
}

// A share that is taken off the list shows nothing of the plan any more.
func TestRemovedShareForgetsCommitments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		finish(t, s, asFinished(addDraft(t, s, "ann", "finished")))
		commit(t, s, "ann", someCommitment("mine"))
		share := &model.Share{ID: "share", ManagerID: "ann", AssessmentID: "finished", SecretHash: "hash", Label: "x", Sharer: "Ann", Scope: model.ShareScope{Rating: true}, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		mentor := model.Mentor{ID: "mentor", BrowserID: "browser", TokenHash: "token", CreatedAt: noon, SeenAt: noon}
		inTx(t, s, func(tx *store.Store) error {
			_, created := tx.CreateShare(t.Context(), share, "form")
			opened := tx.CreateMentor(t.Context(), mentor, "")
			_, granted := tx.Grant(t.Context(), "mentor", "share", noon) // so that the share itself stays
			shown := tx.ShowCommitments(t.Context(), "ann", "share", []model.Commitment{someCommitment("mine")})
			_, removed := tx.RemoveShare(t.Context(), "ann", "share", noon.Add(2*time.Hour))
			return errors.Join(created, opened, granted, shown, removed)
		})
		if s.Count(t, "shares") != 1 || s.Count(t, "share_commitments") != 0 {
			t.Errorf("there are %d shares and %d commitments on them", s.Count(t, "shares"), s.Count(t, "share_commitments"))
		}
	})
}
