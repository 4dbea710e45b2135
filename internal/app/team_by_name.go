package app

import (
	"context"
	"errors"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/rounding"
	"whetstone/internal/store"
)

// ShowScores shows a manager's own area scores of a closed cycle by name to the team, or hides them again. What others
// have seen can't be unseen, so the ledger keeps it as known. If showing them would expose others, it is a
// model.Invalid error on the field "show". A cycle that isn't closed, or that the manager contributed nothing to, is
// model.ErrNotFound.
func (a *App) ShowScores(ctx context.Context, managerID, teamID, cycleID string, show bool) error {
	if !show {
		return a.store.InTx(ctx, func(tx *store.Store) error {
			if _, err := a.closedCycle(ctx, tx, managerID, teamID, cycleID); err != nil {
				return err
			}
			return tx.DeleteShownScores(ctx, managerID, teamID, cycleID)
		})
	}
	var hidden map[string]int
	err := a.decideExclusively(ctx, func() (func(*store.Store) error, error) {
		var closed model.ClosedCycle
		var found showing
		err := a.store.InSnapshot(ctx, func(snapshot *store.Store) (err error) {
			if closed, err = a.closedCycle(ctx, snapshot, managerID, teamID, cycleID); err != nil {
				return err
			}
			found, err = a.showing(ctx, snapshot, managerID, closed)
			return err
		})
		if err == nil {
			err = found.decide(ctx, closed)
		}
		if err != nil {
			return nil, err
		}
		if found.blocked != model.Published {
			return nil, refused("show", blockedWords(found.blocked))
		}
		return func(tx *store.Store) error {
			hidden = found.hidden
			return a.show(ctx, tx, managerID, closed, found)
		}, nil
	})
	if err != nil {
		return err
	}
	return a.noteHidden(ctx, hidden)
}

// closedCycle finds a closed cycle of a team of which a manager is a confirmed member.
func (a *App) closedCycle(ctx context.Context, data *store.Store, managerID, teamID, cycleID string) (model.ClosedCycle, error) {
	closed, err := data.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return model.ClosedCycle{}, err
	}
	for _, one := range closed {
		if one.Cycle.ID == cycleID {
			return one, nil
		}
	}
	return model.ClosedCycle{}, model.ErrNotFound
}

// blockedWords returns why nobody else can show their scores.
func blockedWords(blocked model.Withheld) string {
	switch blocked {
	case model.TooFew:
		return "Too few would stay unshown, so nobody more can show their scores in this cycle."
	case model.TooLarge:
		return "What was published of the people of this team, and of others they are in, is too much to be checked by now, so nobody more can show their scores in this cycle."
	}
	return "With your scores shown, somebody else’s could be worked out too closely, so they can’t be shown in this cycle."
}

// showing says whether a contributor may show their scores, and what the ledger would then know.
type showing struct {
	view
	contributors []model.LedgerAnswer
	answer       model.LedgerAnswer
	assessment   string
	// shown counts those who have shown theirs; before reports whether this contributor is among them, so that the
	// ledger already knows.
	shown  int
	before bool
	// observation is what would become known. blocked is why they may not, or Published if they may.
	observation model.Observation
	blocked     model.Withheld
	hidden      map[string]int
}

// showing reads in a snapshot what the gate needs to know when a manager wants to show their scores of a cycle. For a
// manager who contributed nothing, or has deleted it, it is model.ErrNotFound.
func (a *App) showing(ctx context.Context, snapshot *store.Store, managerID string, closed model.ClosedCycle) (found showing, err error) {
	if closed.SetID == "" {
		return showing{blocked: closed.Aggregate.Withheld}, nil
	}
	if found.answer, found.assessment, err = snapshot.OwnAssessment(ctx, managerID, closed.SetID); err != nil {
		return found, err
	}
	if found.contributors, err = snapshot.SetAnswers(ctx, closed.SetID); err != nil {
		return found, err
	}
	if found.shown, found.before, err = snapshot.Shown(ctx, managerID, closed.SetID); err != nil {
		return found, err
	}
	found.view, err = a.view(ctx, snapshot, found.contributors)
	return found, err
}

// decide asks the gate. Its answer depends on who took part, never on what they answered.
func (s *showing) decide(ctx context.Context, closed model.ClosedCycle) error {
	switch {
	case s.blocked != model.Published:
		return nil
	case !s.whole:
		s.blocked = model.TooLarge
		return nil
	}
	thresholds := thresholdsOf(closed.Cycle)
	observation, allowed, err := disclosure.DecideShowing(ctx, s.published, s.contributors, s.answer, thresholds)
	if err != nil {
		return err
	}
	if !allowed {
		s.blocked = model.Protected
		if len(s.contributors)-s.shown <= thresholds.Group {
			s.blocked = model.TooFew
		}
		return nil
	}
	s.observation = observation
	if s.before {
		return nil
	}
	ledger, err := disclosure.Read(append(s.published, observation))
	if err != nil {
		return err
	}
	s.hidden, err = ledger.Hidden(ctx)
	return err
}

// show notes in the ledger that a manager's scores are known, and freezes them.
func (a *App) show(ctx context.Context, tx *store.Store, managerID string, closed model.ClosedCycle, showing showing) error {
	turn, err := showing.takeTurn(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := a.closedCycle(ctx, tx, managerID, closed.Cycle.TeamID, closed.Cycle.ID); err != nil {
		return err
	}
	if !showing.before {
		set := a.random()
		if err := tx.PutSet(ctx, set, showing.observation.Answers, nil); err != nil {
			return err
		}
		if err := tx.PutObservation(ctx, turn, a.random(), set, showing.observation); err != nil {
			return err
		}
	}
	scores, err := a.ownScores(ctx, tx, managerID, showing.assessment)
	if err != nil {
		return err
	}
	return tx.PutShownScores(ctx, managerID, closed.Cycle.TeamID, closed.Cycle.ID, scores)
}

// ownScores are the area scores of one of a manager's own assessments, as a cycle counts them, in steps of
// 0.1.
func (a *App) ownScores(ctx context.Context, tx *store.Store, managerID, assessmentID string) (map[string]float64, error) {
	own, err := a.ownFigures(ctx, tx, managerID, assessmentID)
	scores := map[string]float64{}
	for _, area := range a.reports.Library.Model.Areas {
		scores[area.ID] = own[area.ID]
	}
	return scores, err
}

// ownFigures are ownScores of the competencies and the whole, too.
func (a *App) ownFigures(ctx context.Context, data *store.Store, managerID, assessmentID string) (map[string]float64, error) {
	assessment, err := data.Assessment(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	answers, err := data.Answers(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	sums := map[string]model.LevelSum{}
	for _, section := range assessment.Sections {
		for _, item := range section.Items {
			if level := answers.Get(item.ID).Level; level.Scored() {
				sum := sums[item.Competency]
				sums[item.Competency] = model.LevelSum{Sum: sum.Sum + int(level), Count: sum.Count + 1}
			}
		}
	}
	figures := a.reports.Means(sums)
	for id, figure := range figures {
		figures[id] = rounding.To(figure, 0.1)
	}
	return figures, nil
}

// addNames adds to a result who shows their scores by name, and whether the reader does or may.
func (a *App) addNames(ctx context.Context, result *model.TeamResult, managerID string, closed model.ClosedCycle) error {
	shown, err := a.store.ShownScores(ctx, managerID, result.Team.ID, closed.Cycle.ID)
	if err != nil {
		return err
	}
	var members []model.Membership
	if len(shown) > 0 {
		if members, err = a.members(ctx, a.store, managerID, result.Team.ID); err != nil {
			return err
		}
	}
	for _, member := range members {
		scores, shows := shown[member.ID]
		if !shows {
			continue
		}
		named := model.NamedScores{Name: member.Name}
		for _, area := range a.reports.Library.Model.Areas {
			named.Scores = append(named.Scores, scores[area.ID])
		}
		result.Named = append(result.Named, named)
	}
	_, result.Shows = shown[result.Me.ID]
	if closed.SetID == "" {
		result.NamesBlocked = closed.Aggregate.Withheld
		return nil
	}
	_, own, err := a.store.OwnAssessment(ctx, managerID, closed.SetID)
	if err == nil {
		result.Own, err = a.ownFigures(ctx, a.store, managerID, own)
	}
	if err != nil && !errors.Is(err, model.ErrNotFound) {
		return err
	}
	result.Contributed = err == nil
	// The gate has the last word when somebody does so: asking it here would take too long for a page.
	count, before, err := a.store.Shown(ctx, managerID, closed.SetID)
	if !before && closed.Aggregate.Contributors-count <= closed.Cycle.SmallestGroup {
		result.NamesBlocked = model.TooFew
	}
	result.MayShow = result.Contributed && !result.Shows && result.NamesBlocked == model.Published
	return err
}
