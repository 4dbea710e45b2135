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

// someMove is a move of the first domain of someMap.
func someMove(words string, at time.Time) model.MapMove {
	from := someMap("map", "ann").Placements[0]
	return model.MapMove{
		MapID: "map", MapAt: noon, Depth: model.Working, Weight: model.Medium, Words: words, UpdatedAt: at,
		From: model.Placement{Domain: from.Domain, Name: from.Name, InText: from.InText, Depth: from.Depth, Weight: from.Weight},
	}
}

// moved writes what a review says of a map.
func moved(t *testing.T, s *store.Store, mentor, review string, move model.MapMove) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		return errors.Join(tx.PutMove(t.Context(), mentor, review, move), tx.TouchReview(t.Context(), mentor, review, move.UpdatedAt))
	})
}

// sharesMap makes a share of the assessment "one" of ann that shows her map, with a mentor's review, and with a map of
// bea's beside it.
func sharesMap(t *testing.T, s *store.Store) {
	t.Helper()
	addManagers(t, s, "ann", "bea")
	addFinished(t, s, "ann", "one", 0)
	draft := someMap("draft", "ann")
	draft.FinishedAt = time.Time{}
	mapped(t, s, someMap("map", "ann"), draft, someMap("hers", "bea"))
	addShare(t, s, someShare("ann", "one", "share"))
	inTx(t, s, func(tx *store.Store) error {
		return errors.Join(tx.ShareMap(t.Context(), "ann", "share", "hers"), tx.ShareMap(t.Context(), "bea", "share", "hers"),
			tx.ShareMap(t.Context(), "ann", "share", "draft"))
	})
	if s.Count(t, "share_maps") != 0 {
		t.Error("a share shows a draft, or a map of somebody else’s")
	}
	inTx(t, s, func(tx *store.Store) error { return tx.ShareMap(t.Context(), "ann", "share", "map") })
	addMentor(t, s, "bo", "share")
	addReview(t, s, "bo", "share", "one", "review")
}

func TestSharedMapAndItsMoveAreReadBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sharesMap(t, s)
		if share, err := s.GrantedShare(t.Context(), "bo", "share"); err != nil || !share.Scope.Map || share.Map.ID != "map" || !share.Map.FinishedAt.Equal(noon) {
			t.Errorf("the share is %+v, %v", share, err)
		}
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			return tx.PutMove(t.Context(), "cy", "review", someMove("not mine", noon))
		})
		if !errors.Is(err, model.ErrNotFound) || s.Count(t, "map_moves") != 0 {
			t.Errorf("in another’s review: %v", err)
		}
		moved(t, s, "bo", "review", someMove("Seen\n“twice” $1 ?", noon))
		want := someMove("Seen\n“twice” $1 ?", noon)
		want.Revision = 1
		review, err := s.Review(t.Context(), "bo", "one", noon)
		if err != nil || !reflect.DeepEqual(review.Moves, []model.MapMove{want}) {
			t.Errorf("the review has %+v, %v", review.Moves, err)
		}
		on := func(manager string) []model.MentorMove {
			t.Helper()
			all, err := s.MovesOn(t.Context(), manager, "map")
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if got := on("ann"); len(got) != 0 {
			t.Errorf("before it is sent the map has %+v", got)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.SendReview(t.Context(), "bo", "review", noon) })
		if got := on("ann"); len(got) != 1 || got[0].By != "my mentor" || got[0].MentorID != "bo" || got[0].AssessmentID != "one" || !reflect.DeepEqual(got[0].MapMove, want) {
			t.Errorf("the map has %+v", got)
		}
		if got := on("bea"); len(got) != 0 {
			t.Errorf("somebody else reads %+v", got)
		}
		reviews, err := s.Reviews(t.Context(), "ann", noon)
		if err != nil || len(reviews) != 1 || !reflect.DeepEqual(reviews[0].Moves, []model.MapMove{want}) {
			t.Errorf("the manager reads %+v, %v", reviews, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.SetAside(t.Context(), "ann", "review", noon) })
		if got := on("ann"); len(got) != 0 {
			t.Errorf("set aside, the map has %+v", got)
		}
	})
}

// What a mentor says of a map is new until it is read, as all that they say; and so is that they took it back.
func TestMovesAreNews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sharesMap(t, s)
		later := noon.Add(time.Hour)
		notices := func() []model.ReviewNotice {
			t.Helper()
			all, err := s.ReviewNotices(t.Context(), "ann", later)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		moved(t, s, "bo", "review", someMove("", noon))
		inTx(t, s, func(tx *store.Store) error { return tx.SendReview(t.Context(), "bo", "review", noon) })
		if got := notices(); len(got) != 1 || got[0].Moves != 1 {
			t.Errorf("new are %+v", got)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.ReadReview(t.Context(), "ann", "review", noon) })
		if got := notices(); len(got) != 0 {
			t.Errorf("after reading, new are %+v", got)
		}
		moved(t, s, "bo", "review", model.MapMove{MapID: "map", MapAt: noon, UpdatedAt: later})
		if got := notices(); len(got) != 1 || !got[0].Again || got[0].Moves != 0 {
			t.Errorf("taken back, new are %+v", got)
		}
	})
}

// A review that says nothing but what it would move shows once its link has ended, as any other does.
func TestAMoveAloneIsAReview(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sharesMap(t, s)
		if err := s.ExecAlone(t.Context(), `DELETE FROM ratings`); err != nil {
			t.Fatal(err)
		}
		if err := s.ExecAlone(t.Context(), `DELETE FROM agreements`); err != nil {
			t.Fatal(err)
		}
		end := noon.AddDate(0, 0, 14)
		for _, move := range []model.MapMove{{MapID: "map", MapAt: noon, UpdatedAt: noon}, someMove("", noon)} {
			moved(t, s, "bo", "review", move)
			for at, want := range map[time.Time]bool{noon: false, end: move.Said()} {
				if reviews, err := s.Reviews(t.Context(), "ann", at); err != nil || (len(reviews) == 1) != want {
					t.Errorf("at %v there are %d reviews, %v", at, len(reviews), err)
				}
			}
		}
	})
}

// A map takes along that it is shared and what was said of it; a share and a review take along their own.
func TestMovesGoWithWhatTheyAreAbout(t *testing.T) {
	for what, remove := range map[string]func(t *testing.T, tx *store.Store) error{
		"the map":        func(t *testing.T, tx *store.Store) error { return tx.DeleteDepthMap(t.Context(), "ann", "map") },
		"the review":     func(t *testing.T, tx *store.Store) error { return tx.DeleteReview(t.Context(), "bo", "one") },
		"the assessment": func(t *testing.T, tx *store.Store) error { return tx.DeleteAssessment(t.Context(), "ann", "one") },
		"the manager":    func(t *testing.T, tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") },
		"the share, ended": func(t *testing.T, tx *store.Store) error {
			done, err := tx.RemoveShare(t.Context(), "ann", "share", noon.AddDate(0, 0, 14))
			if !done {
				t.Error("the share is not removed")
			}
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				sharesMap(t, s)
				moved(t, s, "bo", "review", someMove("", noon))
				inTx(t, s, func(tx *store.Store) error { return remove(t, tx) })
				shown, said := 0, 0
				switch what {
				case "the review":
					shown = 1
				case "the share, ended":
					said = 1
				}
				if s.Count(t, "share_maps") != shown || s.Count(t, "map_moves") != said {
					t.Errorf("without %s %d shares show a map and %d moves are left", what, s.Count(t, "share_maps"), s.Count(t, "map_moves"))
				}
			})
		})
	}
}

// A restored backup has neither what was deleted nor what was said of it.
func TestReplayTakesMoves(t *testing.T) {
	for _, id := range []string{"map", "review"} {
		t.Run(id, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				sharesMap(t, s)
				moved(t, s, "bo", "review", someMove("", noon))
				inTx(t, s, func(tx *store.Store) error { return tx.NoteErasure(t.Context(), noon, id) })
				list, err := s.Erasures(t.Context(), time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				if replayed, err := s.Replay(t.Context(), list); err != nil || replayed.Maps+replayed.Reviews != 1 || s.Count(t, "map_moves") != 0 {
					t.Errorf("the %s again: %+v, %v, %d moves are left", id, replayed, err, s.Count(t, "map_moves"))
				}
			})
		})
	}
}

// Two devices of one mentor that both answered: what was sent counts, or else the newer; what only one says is kept.
func TestJoiningKeepsOneMove(t *testing.T) {
	for name, c := range map[string]struct {
		phone, desk model.MapMove
		sent        bool
		want        string
	}{
		"the newer":             {someMove("phone", noon.Add(time.Hour)), someMove("desk", noon), false, "phone"},
		"the newer, of the one": {someMove("phone", noon), someMove("desk", noon.Add(time.Hour)), false, "desk"},
		"what was sent":         {someMove("phone", noon.Add(time.Hour)), someMove("desk", noon), true, "desk"},
		"the only one":          {someMove("phone", noon), model.MapMove{MapID: "map", MapAt: noon, UpdatedAt: noon.Add(time.Hour)}, true, "phone"},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				sharesMap(t, s)
				addMentor(t, s, "phone", "share")
				addReview(t, s, "phone", "share", "one", "of the phone")
				moved(t, s, "phone", "of the phone", c.phone)
				moved(t, s, "bo", "review", c.desk)
				inTx(t, s, func(tx *store.Store) (err error) {
					if c.sent {
						err = tx.SendReview(t.Context(), "bo", "review", noon)
					}
					return errors.Join(err, tx.JoinMentors(t.Context(), "phone", "bo", noon.Add(2*time.Hour)))
				})
				review, err := s.Review(t.Context(), "bo", "one", noon)
				if err != nil || len(review.Moved()) != 1 || review.Moved()[0].Words != c.want || s.Count(t, "map_moves") != 1 {
					t.Errorf("the review says %+v, %v", review.Moves, err)
				}
			})
		})
	}
}
