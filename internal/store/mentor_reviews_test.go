package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// reviewed is a manager with one finished assessment, two shares of it, and a review of one mentor.
func reviewed(t *testing.T, s *store.Store) {
	t.Helper()
	addManagers(t, s, "ann")
	addFinished(t, s, "ann", "one", 0)
	addShare(t, s, someShare("ann", "one", "share"))
	addShare(t, s, someShare("ann", "one", "second"))
	addMentor(t, s, "bo", "share", "second")
	addReview(t, s, "bo", "share", "one", "review")
}

func TestReviewIsReadBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			// A second link resumes the same one.
			again := &model.MentorReview{ID: "again", MentorID: "bo", StartedAt: later}
			if err := tx.StartReview(t.Context(), "second", again); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("beginning twice: %v", err)
			}
			stranger := &model.MentorReview{ID: "strange", MentorID: "cy", StartedAt: later}
			if err := tx.StartReview(t.Context(), "share", stranger); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("beginning without a grant: %v", err)
			}
			words := &model.MentorReview{ID: "review", MentorID: "bo", Name: "Bo", Overall: "On the\nwhole.", Question: "And you?", Asked: "Where?", Answer: "Here."}
			return tx.PutWords(t.Context(), words, later)
		})
		review, err := s.Review(t.Context(), "bo", "one", noon)
		if err != nil {
			t.Fatal(err)
		}
		if review.ID != "review" || review.Label != "my mentor" || review.Name != "Bo" || review.Overall != "On the\nwhole." || review.Question != "And you?" || review.Asked != "Where?" || review.Answer != "Here." ||
			review.Revision != 1 || review.Constants != measure.MentorDefaults() || !review.StartedAt.Equal(noon) || !review.UpdatedAt.Equal(later) ||
			!review.SentAt.IsZero() || !review.ReadAt.IsZero() || !review.Live || len(review.Ratings) != 1 {
			t.Errorf("read back is %+v", review)
		}
		rating, err := s.Rating(t.Context(), "review", "design")
		if err != nil || rating != review.Ratings["design"] || rating.Level != 4 || rating.Later != model.Blank || rating.Comment != "seen" || rating.Revision != 1 {
			t.Errorf("the rating is %+v, %v", rating, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			rating.Level, rating.Later = model.Absent, 5
			return tx.PutRating(t.Context(), "bo", "review", rating)
		})
		if rating, err := s.Rating(t.Context(), "review", "design"); err != nil || rating.Level != model.Absent || rating.Later != 5 || rating.Revision != 2 {
			t.Errorf("the rating is %+v, %v", rating, err)
		}
		if rating, err := s.Rating(t.Context(), "review", "systems"); err != nil || rating.Level != model.Blank || rating.Later != model.Blank || rating.Revision != 0 {
			t.Errorf("what was not rated is %+v, %v", rating, err)
		}
		if review, err := s.Review(t.Context(), "cy", "one", noon); err != nil || review != nil {
			t.Errorf("another mentor says %+v, %v", review, err)
		}
		for name, statement := range map[string]string{
			"a sixth level":      `UPDATE ratings SET level = 6`,
			"a level below":      `UPDATE ratings SET later = -1`,
			"an agreed level":    `UPDATE agreements SET level = 5.5`,
			"an unknown party":   `UPDATE agreements SET proposed_by = 'nobody'`,
			"a review of no one": `UPDATE reviews SET assessment_id = 'none'`,
		} {
			if err := s.ExecAlone(t.Context(), statement); err == nil {
				t.Errorf("%s is kept", name)
			}
		}
	})
}

// What a mentor wrote is found by them, and by their manager to ask them again.
func TestMentorsAreFoundByWhatTheyWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		addManagers(t, s, "bea")
		addFinished(t, s, "ann", "two", 1)
		addShare(t, s, someShare("ann", "two", "third"))
		inTx(t, s, func(tx *store.Store) error {
			_, err := tx.Grant(t.Context(), "bo", "third", noon)
			return err
		})
		addReview(t, s, "bo", "third", "two", "later")
		if answered, err := s.ShareAnswered(t.Context(), "ann", "share"); err != nil || answered {
			t.Errorf("before it is sent, it is answered: %t, %v", answered, err)
		}
		for _, question := range []string{"", "And you?"} {
			inTx(t, s, func(tx *store.Store) error {
				words := &model.MentorReview{ID: "review", MentorID: "bo", Name: "Bo", Question: question}
				if err := errors.Join(tx.PutWords(t.Context(), words, noon), tx.SendReview(t.Context(), "bo", "review", noon)); err != nil {
					return err
				}
				if err := tx.Reply(t.Context(), "bea", "review", "Not mine.", noon); !errors.Is(err, model.ErrNotFound) {
					t.Errorf("somebody else’s answer: %v", err)
				}
				if err := tx.Reply(t.Context(), "ann", "review", "Well.", noon); (err == nil) != (question != "") {
					t.Errorf("the answer to %q: %v", question, err)
				}
				return nil
			})
		}
		if review, err := s.Review(t.Context(), "bo", "one", noon); err != nil || review.Reply != "Well." || !review.RepliedAt.Equal(noon) {
			t.Errorf("answered is %+v, %v", review, err)
		}
		if name, err := s.LastNameOf(t.Context(), model.Mentor{ID: "bo"}); err != nil || name != "Bo" {
			t.Errorf("their name is %q, %v", name, err)
		}
		if name, err := s.LastNameOf(t.Context(), model.Mentor{ID: "nobody"}); err != nil || name != "" {
			t.Errorf("nobody’s name is %q, %v", name, err)
		}
		list, err := s.ReviewedBy(t.Context(), model.Mentor{ID: "bo"})
		if err != nil || len(list) != 2 || list[0].AssessmentID != "two" || list[1].AssessmentID != "one" || list[1].ManagerID != "ann" || list[1].Sharer != "Ann Example" || list[1].FinishedAt.IsZero() {
			t.Errorf("they have reviewed %+v, %v", list, err)
		}
		for share, want := range map[string]int{"share": 1, "second": 0, "third": 0} {
			if mentors, err := s.MentorsOfShare(t.Context(), "ann", share); err != nil || len(mentors) != want {
				t.Errorf("the mentors of %s are %v, %v", share, mentors, err)
			}
		}
		if mentors, err := s.MentorsOfShare(t.Context(), "bea", "share"); err != nil || len(mentors) != 0 {
			t.Errorf("somebody else finds %v, %v", mentors, err)
		}
		for share, want := range map[string]bool{"share": true, "second": true, "third": false} {
			if answered, err := s.ShareAnswered(t.Context(), "ann", share); err != nil || answered != want {
				t.Errorf("%s is answered: %t, %v", share, answered, err)
			}
		}
	})
}

// A review is set aside, and counts again; whose it isn't can't.
func TestReviewIsSetAside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		addManagers(t, s, "bea")
		aside := func(manager string, at time.Time, want error, wantAt time.Time) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) error {
				if err := tx.SetAside(t.Context(), manager, "review", at); !errors.Is(err, want) {
					t.Errorf("by %s at %v: %v", manager, at, err)
				}
				return nil
			})
			review, err := s.Review(t.Context(), "bo", "one", noon)
			if err != nil || !review.SetAsideAt.Equal(wantAt) {
				t.Errorf("set aside at %v, %v, want %v", review.SetAsideAt, err, wantAt)
			}
		}
		later := noon.Add(time.Hour)
		aside("bea", noon, model.ErrNotFound, time.Time{})
		aside("ann", noon, nil, noon)
		aside("ann", later, nil, noon)
		if list, err := s.Agreements(t.Context(), "ann", "one"); err != nil || len(list) != 1 || !list[0].SetAside {
			t.Errorf("the agreements are %+v, %v", list, err)
		}
		if notices, err := s.ReviewNotices(t.Context(), "ann", noon.AddDate(0, 0, 14)); err != nil || len(notices) != 0 {
			t.Errorf("what is set aside is new: %v, %v", notices, err)
		}
		aside("bea", time.Time{}, model.ErrNotFound, noon)
		aside("ann", time.Time{}, nil, time.Time{})
	})
}

// A mentor can answer what is proposed while a live link lets them rate and shows them the scores.
func TestWhoCanAnswerAProposal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		rating := someShare("ann", "one", "rating")
		rating.Scope = model.ShareScope{Rating: true}
		addShare(t, s, rating)
		addMentor(t, s, "cy", "rating")
		addReview(t, s, "cy", "rating", "one", "another")
		answers := func(mentor string, now time.Time) bool {
			t.Helper()
			review, err := s.Review(t.Context(), mentor, "one", now)
			if err != nil || review == nil {
				t.Fatal(review, err)
			}
			return review.Answers
		}
		if !answers("bo", noon) || answers("bo", noon.AddDate(0, 0, 14)) || answers("cy", noon) {
			t.Error("who can answer is not told by what their live links show")
		}
		if review, err := s.Review(t.Context(), "cy", "one", noon); err != nil || !review.Live {
			t.Errorf("a link to rate is not live: %v", err)
		}
	})
}

// A manager sees what was sent, and what can't be sent any more.
func TestManagerSeesAReviewOnceItIsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		end := noon.AddDate(0, 0, 14)
		seen := func(now time.Time) int {
			t.Helper()
			reviews, err := s.Reviews(t.Context(), "ann", now)
			if err != nil {
				t.Fatal(err)
			}
			notices, err := s.ReviewNotices(t.Context(), "ann", now)
			if err != nil || len(notices) != len(reviews) {
				t.Errorf("%d reviews, the notices %v, %v", len(reviews), notices, err)
			}
			held, err := s.Holdings(t.Context(), "ann", noon, now)
			if err != nil || held.Reviews != len(reviews) || held.Shares != 2 {
				t.Errorf("%d reviews, held are %+v, %v", len(reviews), held, err)
			}
			mentor, visible := s.VisibleReview(t.Context(), "ann", "one", "review", now)
			if (visible == nil) != (len(reviews) == 1) || visible == nil && mentor != "bo" {
				t.Errorf("%d reviews, one of them is %v", len(reviews), visible)
			}
			return len(reviews)
		}
		if seen(noon) != 0 || seen(end.Add(-time.Second)) != 0 || seen(end) != 1 {
			t.Error("an unsent review is not seen exactly once its links have ended")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.RevokeShare(t.Context(), "ann", "share", noon) })
		if seen(noon) != 0 {
			t.Error("it is seen while another link lives")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.TakeGrant(t.Context(), "bo", "second") })
		if seen(noon) != 1 {
			t.Error("it is not seen once no link leads to it")
		}
		waiting, err := s.WaitingShares(t.Context(), "ann", "one", noon)
		if err != nil || waiting != 1 {
			t.Errorf("%d shares wait, %v", waiting, err)
		}
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			if _, err := tx.Grant(t.Context(), "bo", "second", noon); err != nil {
				return err
			}
			return errors.Join(tx.SendReview(t.Context(), "bo", "review", later), tx.SendReview(t.Context(), "bo", "review", later.Add(time.Hour)))
		})
		reviews, err := s.Reviews(t.Context(), "ann", noon)
		if err != nil || len(reviews) != 1 || !reviews[0].SentAt.Equal(later) || !reviews[0].UpdatedAt.Equal(later) || !reviews[0].Live ||
			!reviews[0].Ratings["design"].RevealedAt.Equal(noon) || reviews[0].Ratings["design"].Level != 4 {
			t.Errorf("sent is %+v, %v", reviews, err)
		}
		if waiting, err := s.WaitingShares(t.Context(), "ann", "one", noon); err != nil || waiting != 0 {
			t.Errorf("%d shares wait, %v", waiting, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.ReadReview(t.Context(), "ann", "review", later) })
		if notices, err := s.ReviewNotices(t.Context(), "ann", later); err != nil || len(notices) != 0 {
			t.Errorf("read, the notices are %v, %v", notices, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			words := &model.MentorReview{ID: "review", MentorID: "bo", Overall: "One more word."}
			return tx.PutWords(t.Context(), words, later.Add(time.Millisecond))
		})
		notices, err := s.ReviewNotices(t.Context(), "ann", later)
		if err != nil || len(notices) != 1 || notices[0].Name != "my mentor" || notices[0].Assessment.ID != "one" || notices[0].ReviewID != "review" ||
			notices[0].ShareID != "share" || !notices[0].Again || !notices[0].Words || notices[0].Asks || notices[0].Ratings+notices[0].Levels != 0 {
			t.Errorf("after another word the notices are %v, %v", notices, err)
		}
		for _, other := range []string{"bea", ""} {
			reviews, err := s.Reviews(t.Context(), other, end)
			if err != nil || len(reviews) != 0 {
				t.Errorf("%q sees %v, %v", other, reviews, err)
			}
			if _, err := s.VisibleReview(t.Context(), other, "one", "review", end); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%q: %v, want not found", other, err)
			}
		}
	})
}

func TestAgreedLevelKeepsItsRevision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		agreement := func() (model.AgreedLevel, bool) {
			t.Helper()
			agreed, proposed, err := s.Agreement(t.Context(), "review", "design")
			if err != nil {
				t.Fatal(err)
			}
			return agreed, proposed
		}
		agreed, proposed := agreement()
		if !proposed || agreed.Level != 2.5 || agreed.Sentence != "Both." || agreed.ProposedBy != model.MentorParty || agreed.Revision != 1 || agreed.With != "my mentor" {
			t.Errorf("proposed is %+v", agreed)
		}
		agreed.ConfirmedAt = noon
		inTx(t, s, func(tx *store.Store) error { return tx.Confirm(t.Context(), "ann", agreed) })
		agreed.Revision++
		if again, _ := agreement(); again != agreed {
			t.Errorf("confirmed is %+v", again)
		}
		for _, list := range []func() ([]model.AgreedLevel, error){
			func() ([]model.AgreedLevel, error) { return s.Agreements(t.Context(), "ann", "one") },
			func() ([]model.AgreedLevel, error) { return s.ReviewAgreements(t.Context(), "review") },
		} {
			if all, err := list(); err != nil || len(all) != 1 || all[0] != agreed {
				t.Errorf("listed are %+v, %v", all, err)
			}
		}
		if all, err := s.Agreements(t.Context(), "eve", "one"); err != nil || len(all) != 0 {
			t.Errorf("another sees %+v, %v", all, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			return tx.Withdraw(t.Context(), "bo", "review", "design", model.MentorParty, noon.Add(time.Hour))
		})
		if all, err := s.Agreements(t.Context(), "ann", "one"); err != nil || len(all) != 1 || all[0].Level != 0 || all[0].ProposedBy != model.MentorParty || !all[0].ProposedAt.Equal(noon.Add(time.Hour)) {
			t.Errorf("of what was taken back the manager is told %+v, %v", all, err)
		}
		if all, err := s.ReviewAgreements(t.Context(), "review"); err != nil || len(all) != 0 {
			t.Errorf("of what was taken back the mentor is told %+v, %v", all, err)
		}
		if left, proposed := agreement(); proposed || left.Revision != 2 || left.Sentence != "" || !left.ConfirmedAt.IsZero() {
			t.Errorf("withdrawn is %+v", left)
		}
		inTx(t, s, func(tx *store.Store) error {
			agreed.ProposedBy, agreed.Level = model.ManagerParty, 3
			return errors.Join(tx.Confirm(t.Context(), "bo", agreed), tx.Propose(t.Context(), "ann", agreed))
		})
		if next, proposed := agreement(); !proposed || next.Revision != 3 || next.Level != 3 || !next.ConfirmedAt.IsZero() {
			t.Errorf("proposed anew is %+v", next)
		}
	})
}

// shareTables are the tables that shares and mentors fill.
var shareTables = []string{"shares", "share_openings", "grants", "reviews", "ratings", "reveals", "glimpses", "agreements"}

func TestDeletionsTakeAllThatMentorsWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addMentor(t, s, "bo")
		for _, one := range []struct{ manager, assessment string }{{"ann", "one"}, {"ann", "two"}, {"bea", "three"}} {
			share := "share of " + one.assessment
			addFinished(t, s, one.manager, one.assessment, 0)
			addShare(t, s, someShare(one.manager, one.assessment, share))
			inTx(t, s, func(tx *store.Store) error {
				_, err := tx.Grant(t.Context(), "bo", share, noon)
				return errors.Join(err, tx.CountOpening(t.Context(), share, "bo", noon, noon))
			})
			addReview(t, s, "bo", share, one.assessment, "review of "+one.assessment)
		}
		expect := func(what string, want int) {
			t.Helper()
			for _, table := range shareTables {
				if got := s.Count(t, table); got != want {
					t.Errorf("%s: %s has %d rows, want %d", what, table, got, want)
				}
			}
			if s.Count(t, "mentors") != 1 {
				t.Errorf("%s: the mentor is gone", what)
			}
		}
		expect("at first", 3)
		inTx(t, s, func(tx *store.Store) error {
			for _, id := range []string{"three", "none"} {
				if err := tx.DeleteAssessment(t.Context(), "ann", id); !errors.Is(err, model.ErrNotFound) {
					t.Errorf("deleting %s: %v", id, err)
				}
			}
			return tx.DeleteAssessment(t.Context(), "ann", "one")
		})
		expect("without the first assessment", 2)
		for manager, want := range map[string]bool{"ann": true, "bea": false, "": false} {
			if incomplete, err := s.Incomplete(t.Context(), manager); err != nil || incomplete != want {
				t.Errorf("%q has deleted one: %t, %v", manager, incomplete, err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		expect("without the manager", 1)
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteReview(t.Context(), "bo", "three") })
		for table, want := range map[string]int{"reviews": 0, "ratings": 0, "agreements": 0, "reveals": 1, "glimpses": 1, "grants": 1, "shares": 1} {
			if got := s.Count(t, table); got != want {
				t.Errorf("without the review %s has %d rows, want %d", table, got, want)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return last(tx.DeleteMentorsSeenBefore(t.Context(), noon)) })
		if s.Count(t, "grants") != 0 || s.Count(t, "shares") != 1 {
			t.Error("an idle mentor keeps a grant, or takes the share along")
		}
	})
}

// Nobody writes in a review that isn't theirs, whatever the caller: each statement checks the owner.
func TestReviewsAreWrittenByTheirOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		reviewed(t, s)
		all := func() string {
			t.Helper()
			review, err := s.Review(t.Context(), "bo", "one", noon)
			if err != nil {
				t.Fatal(err)
			}
			agreed, _, err := s.Agreement(t.Context(), "review", "design")
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%+v %+v", *review, agreed)
		}
		before, later := all(), noon.Add(time.Hour)
		rating := model.Rating{Competency: "design", Level: 1, Later: model.Blank, Comment: "mine", UpdatedAt: later}
		proposal := model.AgreedLevel{ReviewID: "review", Competency: "design", Level: 1, Sentence: "Mine.", ProposedBy: model.MentorParty, ProposedAt: later, ConfirmedAt: later}
		for what, write := range map[string]func(tx *store.Store, who string) error{
			"words": func(tx *store.Store, who string) error {
				return tx.PutWords(t.Context(), &model.MentorReview{ID: "review", MentorID: who, Overall: "mine"}, later)
			},
			"a touch":    func(tx *store.Store, who string) error { return tx.TouchReview(t.Context(), who, "review", later) },
			"sending":    func(tx *store.Store, who string) error { return tx.SendReview(t.Context(), who, "review", later) },
			"reading":    func(tx *store.Store, who string) error { return tx.ReadReview(t.Context(), who, "review", later) },
			"a rating":   func(tx *store.Store, who string) error { return tx.PutRating(t.Context(), who, "review", rating) },
			"a proposal": func(tx *store.Store, who string) error { return tx.Propose(t.Context(), who, proposal) },
		} {
			for _, who := range []string{"bea", "cy", ""} {
				if err := s.InTx(t.Context(), func(tx *store.Store) error { return write(tx, who) }); !errors.Is(err, model.ErrNotFound) {
					t.Errorf("%s by %q: %v, want not found", what, who, err)
				}
			}
		}
		for _, who := range []string{"bea", "cy", ""} {
			inTx(t, s, func(tx *store.Store) error {
				return errors.Join(tx.Confirm(t.Context(), who, proposal), tx.Withdraw(t.Context(), who, "review", "design", model.MentorParty, later), tx.DeleteReview(t.Context(), who, "one"))
			})
		}
		// Of a review the mentor isn't the manager, nor the other way round.
		for what, err := range map[string]error{
			"the mentor reads":  s.InTx(t.Context(), func(tx *store.Store) error { return tx.ReadReview(t.Context(), "bo", "review", later) }),
			"the manager rates": s.InTx(t.Context(), func(tx *store.Store) error { return tx.PutRating(t.Context(), "ann", "review", rating) }),
		} {
			if !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if after := all(); after != before {
			t.Errorf("it was\n%s\nand is\n%s", before, after)
		}
	})
}
