package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// changeContributions runs a transaction that may change how many contribute to the open cycle of a team. The day's
// count is stored first: the count that members see moves once a day, so that a withdrawal doesn't show.
func (a *App) changeContributions(ctx context.Context, teamID string, work func(*store.Store) error) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.FreezeCounts(ctx, teamID, a.now()); err != nil {
			return err
		}
		return work(tx)
	})
}

// ContributionOffers lists the open cycles that a result's assessment could be contributed to: those that count its
// manager and have its form and questionnaire.
func (a *App) ContributionOffers(ctx context.Context, result *model.Result) ([]model.ContributionOffer, error) {
	managerID, assessmentID := result.Assessment.ManagerID, result.Assessment.ID
	open, err := a.store.OpenCycles(ctx, managerID, a.now())
	if err != nil || len(open) == 0 {
		return nil, err
	}
	own, err := a.store.Contributions(ctx, managerID)
	if err != nil {
		return nil, err
	}
	var offers []model.ContributionOffer
	for _, offer := range open {
		if unsuitable(offer.Cycle, offer.Team.Zone, result.Assessment) != "" {
			continue
		}
		contributed, any := own[offer.Cycle.ID]
		offer.Contributed, offer.Other = any && contributed == assessmentID, any && contributed != assessmentID
		offer.Seen = seenContribution(contributed)
		offer.Lacking = a.lacking(result.Assessment, result.Answers)
		counted, err := a.store.CountedInAnotherCycle(ctx, managerID, offer.Team.ID, offer.Cycle.ID, assessmentID)
		if err != nil {
			return nil, err
		}
		if counted {
			continue
		}
		if offer.Enough, err = a.enough(ctx, offer.Members, thresholdsOf(offer.Cycle)); err != nil {
			return nil, err
		}
		if offer.Cycle.SmallestKnown > 0 {
			if offer.Known, err = a.store.CountKnown(ctx, managerID, offer.Cycle); err != nil {
				return nil, err
			}
		}
		offers = append(offers, offer)
	}
	return offers, nil
}

// unsuitable says why an assessment, whatever its answers, doesn't count in a cycle of a team whose days are
// counted in a zone; "" if it does.
func unsuitable(cycle *model.Cycle, zone model.Zone, assessment *model.Assessment) string {
	switch {
	case assessment.State != model.Complete:
		return "Finish the assessment first."
	case assessment.Form != cycle.Form && cycle.Form == model.PulseForm:
		return "This cycle counts pulses; this assessment is a full one."
	case assessment.Form != cycle.Form:
		return "This cycle counts full assessments; this one is a pulse."
	case cycle.QuestionnaireID != "" && assessment.QuestionnaireID != cycle.QuestionnaireID:
		return "This cycle counts another questionnaire than the one that you answered."
	case assessment.FinishedAt.Before(cycle.CountsFrom) || !assessment.FinishedAt.Before(cycle.ClosesAt):
		return fmt.Sprintf("This cycle counts assessments that are finished from %s to %s; this one was finished on %s.",
			zone.LongDate(cycle.CountsFrom), zone.LongDate(cycle.LastMoment()), zone.LongDate(assessment.FinishedAt))
	}
	return ""
}

// lacking names the competencies of which an assessment has too few answers for a score. All twelve are needed, so
// that all figures of a cycle are about the same people.
func (a *App) lacking(assessment *model.Assessment, answers model.Answers) []string {
	minimum := assessment.Constants.MinimumAnsweredCompetency
	if assessment.Form == model.PulseForm {
		minimum = 1
	}
	answered := map[string]int{}
	for _, section := range assessment.Sections {
		for _, item := range section.Items {
			if answers.Get(item.ID).Level.Scored() {
				answered[item.Competency]++
			}
		}
	}
	var names []string
	for _, competency := range a.reports.Library.Model.Competencies() {
		if answered[competency.ID] < minimum {
			names = append(names, competency.Name)
		}
	}
	return names
}

// suitable lists a manager's assessments that they could contribute to a cycle, the latest first.
func (a *App) suitable(ctx context.Context, managerID string, cycle *model.Cycle, zone model.Zone) ([]*model.Assessment, error) {
	finished, err := a.store.FinishedBetween(ctx, managerID, cycle.Form, cycle.CountsFrom, cycle.ClosesAt)
	if err != nil {
		return nil, err
	}
	var list []*model.Assessment
	for _, assessment := range finished {
		if unsuitable(cycle, zone, assessment) != "" {
			continue
		}
		counted, err := a.store.CountedInAnotherCycle(ctx, managerID, cycle.TeamID, cycle.ID, assessment.ID)
		if err != nil {
			return nil, err
		}
		if counted {
			continue
		}
		answered, err := a.finished(ctx, managerID, assessment.ID)
		if errors.Is(err, model.ErrNotFound) {
			continue // deleted in the meantime
		}
		if err != nil {
			return nil, err
		}
		if len(a.lacking(answered.Assessment, answered.Answers)) == 0 {
			list = append(list, assessment)
		}
	}
	return list, nil
}

// seenContribution says which assessment a page saw counted in a cycle, "" for none, as Seen does of an answer.
func seenContribution(assessmentID string) string { return seenToken(0, assessmentID) }

// Contribute contributes one of a manager's finished assessments to an open cycle of a team, in place of any other
// that they contributed, or takes their contribution back until the cycle closes. What doesn't count there, or can't be
// taken back any more, is a model.Invalid error on the field "assessment", with the reason. If the manager has ticked
// too few of the members as people they know, the error is on the field "known". If the contribution was changed
// elsewhere since the page saw it, that is a model.Conflict error. Taking back what isn't there is no error. Anyone who
// isn't a confirmed member gets model.ErrNotFound, and so does anyone who names somebody else's assessment.
func (a *App) Contribute(ctx context.Context, managerID, teamID, cycleID string, input model.ContributionInput) error {
	return a.changeContributions(ctx, teamID, func(tx *store.Store) error {
		if _, err := a.confirmedPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		own, err := tx.Contributions(ctx, managerID)
		if err != nil {
			return err
		}
		stored, wanted := own[cycleID], input.Assessment
		saw := digests(cmp.Or(input.Seen, seenContribution(stored)), 1)[0] // see mergeFields
		if !input.Counts {
			if saw != digest("") && saw != digest(input.Assessment) && input.Assessment != "" {
				return nil // it leaves alone that another one counts
			}
			wanted = ""
		}
		merged, conflict := mergeField(saw, stored, wanted)
		switch {
		case conflict:
			return model.ConflictIn("count")
		case merged != wanted:
			return nil // it was left as the page saw it, and changed elsewhere
		case wanted == "":
			return a.withdraw(ctx, tx, managerID, teamID, cycleID)
		}
		return a.contribute(ctx, tx, managerID, teamID, cycleID, wanted)
	})
}

// contribute is the part of Contribute that counts an assessment.
func (a *App) contribute(ctx context.Context, tx *store.Store, managerID, teamID, cycleID, assessmentID string) error {
	reason, err := a.refusal(ctx, tx, managerID, teamID, cycleID, assessmentID)
	if err != nil {
		return err
	}
	if reason != "" {
		return refused("assessment", reason)
	}
	if err := a.knowsEnough(ctx, tx, managerID, teamID, cycleID); err != nil {
		return err
	}
	if err := tx.PutTokens(ctx, managerID, assessmentID, a.random(), a.random()); err != nil {
		return err
	}
	done, err := tx.PutContribution(ctx, managerID, teamID, cycleID, assessmentID, a.now())
	if err == nil && !done {
		return model.ErrNotFound
	}
	return err
}

// refusal says why an assessment can't be contributed to a cycle; "" if it can.
func (a *App) refusal(ctx context.Context, tx *store.Store, managerID, teamID, cycleID, assessmentID string) (string, error) {
	page, err := a.confirmedPage(ctx, tx, managerID, teamID)
	if err != nil {
		return "", err
	}
	cycle, err := tx.Cycle(ctx, managerID, teamID, cycleID)
	if err != nil {
		return "", err
	}
	assessment, err := tx.Assessment(ctx, managerID, assessmentID)
	if err != nil {
		return "", err
	}
	switch cycle.State(page.Now) {
	case model.CyclePlanned:
		return "This cycle opens on " + page.Team.Zone.LongDate(cycle.OpensAt) + "; it takes nothing before.", nil
	case model.CycleDue, model.CycleClosed:
		return "This cycle is closed, so this counts for nothing there. Your assessment is yours as before.", nil
	}
	if !cycle.Counts(page.Me) {
		return "You were confirmed after this cycle had opened, so you count from the next one.", nil
	}
	if reason := unsuitable(cycle, page.Team.Zone, assessment); reason != "" {
		return reason, nil
	}
	counted, err := tx.CountedInAnotherCycle(ctx, managerID, teamID, cycleID, assessmentID)
	if err != nil {
		return "", err
	}
	if counted {
		return "This assessment counts in another cycle of the team already; one assessment counts in one cycle of a team at the most.", nil
	}
	answers, err := tx.Answers(ctx, managerID, assessmentID)
	if err != nil {
		return "", err
	}
	if names := a.lacking(assessment, answers); len(names) > 0 {
		return "All twelve competencies need a score to count; too little is answered for: " + strings.Join(names, ", ") + ".", nil
	}
	return "", nil
}

// knowsEnough returns a model.Invalid error on the field "known" if a cycle requires a member to know more of the
// people it counts than they have ticked.
func (a *App) knowsEnough(ctx context.Context, tx *store.Store, managerID, teamID, cycleID string) error {
	cycle, err := tx.Cycle(ctx, managerID, teamID, cycleID)
	if err != nil || cycle.SmallestKnown == 0 {
		return err
	}
	known, err := tx.CountKnown(ctx, managerID, cycle)
	if err != nil || known >= cycle.SmallestKnown {
		return err
	}
	return refused("known", fmt.Sprintf("Tick first whom of the members you know as people: at least %d of those whom this cycle counts. You have ticked %d of them.",
		cycle.SmallestKnown, known))
}

// withdraw is the part of Contribute that takes a contribution back.
func (a *App) withdraw(ctx context.Context, tx *store.Store, managerID, teamID, cycleID string) error {
	cycle, err := tx.Cycle(ctx, managerID, teamID, cycleID)
	if err != nil {
		return err
	}
	if state := cycle.State(a.now()); state == model.CycleDue || state == model.CycleClosed {
		return refused("assessment", "This cycle is closed, so nothing can be taken out of it any more.")
	}
	_, err = tx.DeleteContribution(ctx, managerID, teamID, cycleID, a.now())
	return err
}
