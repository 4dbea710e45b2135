package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func someShare(manager, assessment, id string) *model.Share {
	return &model.Share{
		ID: id, ManagerID: manager, AssessmentID: assessment, SecretHash: "hash of " + id,
		Label: "my mentor", Sharer: "Ann Example", Question: "Where do I\nfool myself?", Competencies: []string{"design", "systems"},
		Scope:     model.ShareScope{Result: true, Notes: true, Rating: true},
		CreatedAt: noon, ExpiresAt: noon.AddDate(0, 0, 14),
	}
}

func addShare(t *testing.T, s *store.Store, share *model.Share) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		done, err := tx.CreateShare(t.Context(), share, "form of "+share.ID)
		if err == nil && !done {
			t.Errorf("the share %s was not made", share.ID)
		}
		return err
	})
}

// browserOf is a mentor in the browser that addMentor gives them.
func browserOf(id string) model.Mentor { return model.Mentor{ID: id, BrowserID: "browser of " + id} }

// addMentor adds a mentor with a grant to each of some shares.
func addMentor(t *testing.T, s *store.Store, id string, shares ...string) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		err := tx.CreateMentor(t.Context(), model.Mentor{ID: id, BrowserID: "browser of " + id, TokenHash: "token of " + id, CreatedAt: noon, SeenAt: noon}, "Firefox on Linux")
		for _, share := range shares {
			_, granted := tx.Grant(t.Context(), id, share, noon)
			err = errors.Join(err, granted)
		}
		return err
	})
}

// addReview writes a review with one rating, one reveal and one proposal.
func addReview(t *testing.T, s *store.Store, mentor, share, assessment, id string) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		review := &model.MentorReview{ID: id, MentorID: mentor, Constants: measure.MentorDefaults(), StartedAt: noon}
		rating := model.Rating{Competency: "design", Level: 4, Later: model.Blank, Comment: "seen", UpdatedAt: noon}
		return errors.Join(
			tx.StartReview(t.Context(), share, review),
			tx.PutRating(t.Context(), mentor, id, rating),
			tx.Reveal(t.Context(), mentor, assessment, "design", noon),
			tx.Glimpse(t.Context(), mentor, assessment, "design", noon),
			tx.Propose(t.Context(), mentor, model.AgreedLevel{ReviewID: id, Competency: "design", Level: 2.5, Sentence: "Both.", ProposedBy: model.MentorParty, ProposedAt: noon}))
	})
}

func TestShareIsReadBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addFinished(t, s, "ann", "one", 0)
		addDraft(t, s, "ann", "draft")
		share := someShare("ann", "one", "share")
		addShare(t, s, share)
		got, err := s.Share(t.Context(), "ann", "share")
		if err != nil {
			t.Fatal(err)
		}
		if got.Label != share.Label || got.Sharer != share.Sharer || got.Question != share.Question || got.Scope != share.Scope ||
			len(got.Competencies) != 2 || got.Competencies[1] != "systems" || got.SecretHash != share.SecretHash ||
			!got.CreatedAt.Equal(noon) || !got.ExpiresAt.Equal(share.ExpiresAt) || !got.RevokedAt.IsZero() || got.Openings != 0 || !got.LastOpened.IsZero() {
			t.Errorf("read back is %+v", got)
		}
		for what, wrong := range map[string]*model.Share{
			"the same form":  someShare("ann", "one", "share"),
			"a draft":        someShare("ann", "draft", "second"),
			"someone else’s": someShare("bea", "one", "third"),
			"one that isn’t": someShare("ann", "two", "fourth"),
		} {
			inTx(t, s, func(tx *store.Store) error {
				wrong.SecretHash += what
				done, err := tx.CreateShare(t.Context(), wrong, "form of "+wrong.ID)
				if done {
					t.Errorf("a share of %s was made", what)
				}
				return err
			})
		}
		if _, err := s.Share(t.Context(), "bea", "share"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("someone else’s share: %v", err)
		}
		if found, err := s.ShareByForm(t.Context(), "ann", "one", "form of share"); err != nil || found.ID != "share" {
			t.Errorf("by its form: %+v, %v", found, err)
		}
		for name, statement := range map[string]string{
			"that shows nothing":      `UPDATE shares SET shows_result = 0, shows_notes = 0, allows_rating = 0`,
			"with notes alone":        `UPDATE shares SET shows_result = 0`,
			"that is neither yes nor": `UPDATE shares SET shows_history = 2`,
		} {
			if err := s.ExecAlone(t.Context(), statement); err == nil {
				t.Errorf("a share %s is kept", name)
			}
		}
	})
}

func TestSecretOpensALiveShareOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addFinished(t, s, "ann", "one", 0)
		addShare(t, s, someShare("ann", "one", "share"))
		addShare(t, s, someShare("ann", "one", "other"))
		end := noon.AddDate(0, 0, 14)
		opens := func(secret string, now time.Time) bool {
			t.Helper()
			share, err := s.ShareBySecret(t.Context(), secret, now)
			if err != nil && !errors.Is(err, model.ErrNotFound) {
				t.Fatal(err)
			}
			return err == nil && "hash of "+share.ID == secret
		}
		if !opens("hash of share", end.Add(-time.Millisecond)) || opens("hash of share", end) || opens("another", noon) || opens("", noon) {
			t.Error("not exactly the live one opens")
		}
		inTx(t, s, func(tx *store.Store) error {
			done, err := tx.ExtendShare(t.Context(), "ann", "share", end.Add(time.Hour))
			if !done || err != nil {
				t.Errorf("extended: %t, %v", done, err)
			}
			if done, err := tx.ExtendShare(t.Context(), "eve", "share", end.Add(2*time.Hour)); done || err != nil {
				t.Errorf("extended by another: %t, %v", done, err)
			}
			return nil
		})
		if !opens("hash of share", end) || opens("hash of share", end.Add(time.Hour)) {
			t.Error("the extension doesn’t hold")
		}
		inTx(t, s, func(tx *store.Store) error {
			if err := tx.RevokeShare(t.Context(), "eve", "share", noon); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("another’s revocation: %v", err)
			}
			if err := tx.RevokeShare(t.Context(), "ann", "share", noon); err != nil {
				return err
			}
			if err := tx.RevokeShare(t.Context(), "ann", "share", noon.Add(time.Hour)); err != nil {
				return err
			}
			if done, err := tx.ExtendShare(t.Context(), "ann", "share", end); done || err != nil {
				t.Errorf("a revoked one was extended: %t, %v", done, err)
			}
			return nil
		})
		if share, err := s.Share(t.Context(), "ann", "share"); err != nil || !share.RevokedAt.Equal(noon) || opens("hash of share", noon) {
			t.Errorf("revoked is %+v, %v", share, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			revoked, err := tx.RevokeShares(t.Context(), "ann", noon)
			if revoked != 1 {
				t.Errorf("%d were revoked, want the other one", revoked)
			}
			return err
		})
	})
}

func TestOpeningsAreCountedOncePerPress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addFinished(t, s, "ann", "one", 0)
		addShare(t, s, someShare("ann", "one", "share"))
		press := func(mentor string, at time.Time) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) error {
				return tx.CountOpening(t.Context(), "share", mentor, at, at.Add(-time.Minute))
			})
		}
		press("bo", noon)
		press("bo", noon)
		press("bo", noon.Add(30*time.Second))
		press("cy", noon)
		press("bo", noon.Add(2*time.Minute))
		opened, err := s.Openings(t.Context(), "ann", "share")
		if err != nil || len(opened) != 3 || !opened[0].Equal(noon.Add(2*time.Minute)) {
			t.Errorf("logged are %v, %v", opened, err)
		}
		if share, err := s.Share(t.Context(), "ann", "share"); err != nil || share.Openings != 3 || !share.LastOpened.Equal(opened[0]) {
			t.Errorf("counted are %+v, %v", share, err)
		}
		for i := range model.OpeningsKept + 10 {
			press("bo", noon.Add(time.Duration(i+2)*time.Hour))
		}
		opened, err = s.Openings(t.Context(), "ann", "share")
		if err != nil || len(opened) != model.OpeningsKept+1 || !opened[model.OpeningsKept].Equal(noon) {
			t.Errorf("%d are kept of one who presses on and one who pressed once, %v", len(opened), err)
		}
		if others, err := s.OtherBrowsers(t.Context(), "share", "bo"); err != nil || others != 1 {
			t.Errorf("%d others, %v", others, err)
		}
		if opened, err := s.Openings(t.Context(), "eve", "share"); err != nil || len(opened) != 0 {
			t.Errorf("another sees %v, %v", opened, err)
		}
	})
}

// A share that has ended can be taken off the list; what a mentor's own list and review show of it stays as long
// as these do.
func TestEndedShareIsRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "eve")
		addFinished(t, s, "ann", "one", 0)
		for _, id := range []string{"forgotten", "opened", "reviewed"} {
			addShare(t, s, someShare("ann", "one", id))
			inTx(t, s, func(tx *store.Store) error {
				return tx.CountOpening(t.Context(), id, "mina", noon, noon.Add(-time.Minute))
			})
		}
		addMentor(t, s, "mina", "opened")
		addMentor(t, s, "bo", "reviewed")
		addReview(t, s, "bo", "reviewed", "one", "review")
		end := noon.AddDate(0, 0, 14)
		remove := func(manager, id string, at time.Time) (done bool) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) (err error) {
				done, err = tx.RemoveShare(t.Context(), manager, id, at)
				return err
			})
			return done
		}
		if remove("ann", "opened", noon) || remove("eve", "opened", end) || remove("ann", "none", end) {
			t.Error("a live one, another’s or none was removed")
		}
		for _, id := range []string{"forgotten", "opened", "reviewed"} {
			if !remove("ann", id, end) || remove("ann", id, end) {
				t.Errorf("%s was not removed once", id)
			}
			if _, err := s.Share(t.Context(), "ann", id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s is still there: %v", id, err)
			}
			if _, err := s.ShareByForm(t.Context(), "ann", "one", "form of "+id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s is still found by its form: %v", id, err)
			}
		}
		if list, err := s.Shares(t.Context(), "ann"); err != nil || len(list) != 0 {
			t.Errorf("listed are %d, %v", len(list), err)
		}
		left := func(mentor, id string) *model.Share {
			t.Helper()
			share, err := s.GrantedShare(t.Context(), mentor, id)
			if err != nil {
				t.Fatal(err)
			}
			return share
		}
		if got := left("mina", "opened"); got.Label+got.Question != "" || len(got.Competencies) != 0 || got.Openings != 0 || got.Sharer == "" ||
			!got.EndedAt().Equal(end) || got.State(end) != model.ShareRevoked {
			t.Errorf("left of the opened one is %+v", got)
		}
		if got := left("bo", "reviewed"); got.Label != "my mentor" || got.Question != "" || got.Openings != 0 {
			t.Errorf("left of the reviewed one is %+v", got)
		}
		if review, err := s.Review(t.Context(), "bo", "one", end); err != nil || review == nil || review.Label != "my mentor" || len(review.Ratings) != 1 {
			t.Errorf("the review is %+v, %v", review, err)
		}
		if got := s.Count(t, "shares"); got != 2 {
			t.Errorf("%d shares are kept, want those that a mentor has", got)
		}
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(
				tx.TakeGrant(t.Context(), "mina", "opened"),
				tx.TakeGrant(t.Context(), "bo", "reviewed"))
		})
		if got := s.Count(t, "shares"); got != 1 {
			t.Errorf("%d shares are kept, want that of the review", got)
		}
	})
}
