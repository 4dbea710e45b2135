package app

import (
	"context"
	"strconv"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// ProposeLevel proposes a level with one sentence to the mentor of a review, in place of what was agreed or proposed
// before. A review that the manager doesn't see and a competency that was not asked are model.ErrNotFound; bad input, a
// mentor who can't answer, and a proposal that was made since the page was shown, are model.Invalid errors on "level" or
// "sentence".
func (a *App) ProposeLevel(ctx context.Context, managerID, assessmentID, reviewID, competency string, input model.AgreementInput) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		review, err := a.managerAgrees(ctx, tx, managerID, assessmentID, reviewID, competency)
		if err != nil {
			return err
		}
		if !review.CanAgree(competency) {
			return refused("level", "They can’t answer a proposal for this: their link has ended or doesn’t show them your scores, or they have not rated it.")
		}
		return a.propose(ctx, tx, managerID, reviewID, competency, model.ManagerParty, input)
	})
}

// ConfirmLevel agrees to what the mentor of a review has proposed. Any other proposal than the one of this
// revision is a model.Invalid error on "level"; confirming twice changes nothing.
func (a *App) ConfirmLevel(ctx context.Context, managerID, assessmentID, reviewID, competency, revision string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.managerAgrees(ctx, tx, managerID, assessmentID, reviewID, competency); err != nil {
			return err
		}
		_, err := a.confirm(ctx, tx, managerID, reviewID, competency, model.ManagerParty, revision)
		return err
	})
}

// WithdrawLevel takes back what is agreed or proposed with the mentor of a review. Where there is nothing it
// does nothing; any other proposal than the one of this revision is a model.Invalid error on "level".
func (a *App) WithdrawLevel(ctx context.Context, managerID, assessmentID, reviewID, competency, revision string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.managerAgrees(ctx, tx, managerID, assessmentID, reviewID, competency); err != nil {
			return err
		}
		return a.withdrawLevel(ctx, tx, managerID, reviewID, competency, model.ManagerParty, revision)
	})
}

// managerAgrees returns a review about which a manager agrees or not. One that they don't see, and a competency that its
// assessment doesn't ask, are model.ErrNotFound.
func (a *App) managerAgrees(ctx context.Context, tx *store.Store, managerID, assessmentID, reviewID, competency string) (*model.MentorReview, error) {
	mentorID, err := tx.VisibleReview(ctx, managerID, assessmentID, reviewID, a.now())
	if err != nil {
		return nil, err
	}
	asks, err := tx.Asks(ctx, managerID, assessmentID, competency)
	if err == nil && !asks {
		err = model.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return a.reviewBy(ctx, tx, mentorID, assessmentID)
}

// MentorProposeLevel is ProposeLevel by a mentor, through a share that lets them rate and see the result, for
// a competency that was revealed to them; any other is model.ErrNotFound.
func (a *App) MentorProposeLevel(ctx context.Context, mentor model.Mentor, shareID, competency string, input model.AgreementInput) error {
	return a.mentorAgrees(ctx, mentor, shareID, competency, func(tx *store.Store, reviewID string) (bool, error) {
		return true, a.propose(ctx, tx, mentor.ID, reviewID, competency, model.MentorParty, input)
	})
}

// MentorConfirmLevel is ConfirmLevel by a mentor, see MentorProposeLevel.
func (a *App) MentorConfirmLevel(ctx context.Context, mentor model.Mentor, shareID, competency, revision string) error {
	return a.mentorAgrees(ctx, mentor, shareID, competency, func(tx *store.Store, reviewID string) (bool, error) {
		return a.confirm(ctx, tx, mentor.ID, reviewID, competency, model.MentorParty, revision)
	})
}

// MentorWithdrawLevel is WithdrawLevel by a mentor, see MentorProposeLevel.
func (a *App) MentorWithdrawLevel(ctx context.Context, mentor model.Mentor, shareID, competency, revision string) error {
	return a.mentorAgrees(ctx, mentor, shareID, competency, func(tx *store.Store, reviewID string) (bool, error) {
		return true, a.withdrawLevel(ctx, tx, mentor.ID, reviewID, competency, model.MentorParty, revision)
	})
}

// mentorAgrees does something on behalf of a mentor who may, and lets their manager know if it changed
// something.
func (a *App) mentorAgrees(ctx context.Context, mentor model.Mentor, shareID, competency string, work func(tx *store.Store, reviewID string) (bool, error)) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needBoth)
		if err != nil {
			return err
		}
		revealed, err := tx.Reveals(ctx, mentor.ID, share.AssessmentID)
		if err != nil {
			return err
		}
		if _, shown := revealed[competency]; !shown {
			return model.ErrNotFound
		}
		review, err := a.begunReview(ctx, tx, mentor, share)
		if err != nil {
			return err
		}
		changed, err := work(tx, review.ID)
		if err != nil || !changed {
			return err
		}
		return tx.TouchReview(ctx, mentor.ID, review.ID, a.now())
	})
}

// propose writes a proposal of one party, whose id as a manager or a mentor is partyID. The same one sent twice is one.
func (a *App) propose(ctx context.Context, tx *store.Store, partyID, reviewID, competency string, by model.Party, input model.AgreementInput) error {
	proposal := model.AgreedLevel{ReviewID: reviewID, Competency: competency, Sentence: cleanLine(input.Sentence), ProposedBy: by, ProposedAt: a.now()}
	var fields fieldErrors
	var valid bool
	if proposal.Level, valid = model.ReadHalfLevel(input.Level); !valid {
		fields.add("level", "Choose a level from 1 to 5, in steps of a half.")
	}
	fields.require("sentence", "the sentence", proposal.Sentence, model.QuestionLimit, "Say in one sentence what the level rests on.")
	if err := fields.err(); err != nil {
		return err
	}
	current, proposed, err := tx.Agreement(ctx, reviewID, competency)
	if err != nil {
		return err
	}
	if proposed && current.Level == proposal.Level && current.Sentence == proposal.Sentence && current.ProposedBy == by && current.ConfirmedAt.IsZero() {
		return nil
	}
	if proposed && strconv.Itoa(current.Revision) != cleanRevision(input.Revision) {
		if !current.ConfirmedAt.IsZero() {
			return refused("level", "A level was agreed on meanwhile. Look at it first; then propose yours if you still want to.")
		}
		return refused("level", "Another level was proposed meanwhile. Look at it first; then propose yours if you still want to.")
	}
	return tx.Propose(ctx, partyID, proposal)
}

// confirm agrees to the proposal of the other party, and reports whether this call did.
func (a *App) confirm(ctx context.Context, tx *store.Store, partyID, reviewID, competency string, by model.Party, revision string) (bool, error) {
	current, proposed, err := tx.Agreement(ctx, reviewID, competency)
	if err != nil {
		return false, err
	}
	seen := cleanRevision(revision)
	switch {
	case proposed && current.ProposedBy != by && !current.ConfirmedAt.IsZero() && strconv.Itoa(current.Revision-1) == seen:
		return false, nil // agreed to twice: the first time made the revision that stands
	case !proposed || strconv.Itoa(current.Revision) != seen:
		return false, refused("level", "What was proposed has changed since this page was shown. Look at it again before you agree.")
	case current.ProposedBy == by:
		return false, refused("level", "You proposed this level yourself; it is for the other to agree to it.")
	}
	current.ConfirmedAt = a.now()
	return true, tx.Confirm(ctx, partyID, current)
}

// withdrawLevel is the part of WithdrawLevel that writes.
func (a *App) withdrawLevel(ctx context.Context, tx *store.Store, partyID, reviewID, competency string, by model.Party, revision string) error {
	current, proposed, err := tx.Agreement(ctx, reviewID, competency)
	if err != nil || !proposed {
		return err
	}
	if strconv.Itoa(current.Revision) != cleanRevision(revision) {
		return refused("level", "What was proposed or agreed has changed since this page was shown. Look at it again before you take it back.")
	}
	return tx.Withdraw(ctx, partyID, reviewID, competency, by, a.now())
}

// cleanRevision brings a revision that a page sent to one form.
func cleanRevision(sent string) string {
	number, err := strconv.Atoi(strings.TrimSpace(sent))
	if err != nil || number < 1 {
		return ""
	}
	return strconv.Itoa(number)
}
