package app

import (
	"context"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// TeamPractices returns what a team is at, what is proposed to it and what it was at before. A practice that is known
// fills in the form of a proposal. Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) TeamPractices(ctx context.Context, managerID, teamID, practiceID string) (*model.TeamPractices, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	shown := &model.TeamPractices{TeamPage: *page, Competencies: a.namedCompetencies()}
	if shown.Proposals, err = a.proposals(ctx, a.store, managerID, teamID); err != nil {
		return nil, err
	}
	all, err := a.teamPractices(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	for _, practice := range slices.Backward(all) {
		if practice.Open() {
			shown.Current = &practice
		} else {
			shown.Past = append(shown.Past, practice)
		}
	}
	if shown.Opened, err = a.openedSince(ctx, managerID, teamID, shown.Current); err != nil {
		return nil, err
	}
	if practice, known := a.reports.Library.Practice(practiceID); known {
		shown.Input = model.ProposalInput{Practice: practice.ID, Competency: practice.Competency, Words: report.TeamWords(practice)}
	}
	return shown, a.addGaps(ctx, shown, managerID)
}

// addGaps adds the widest gaps of the latest cycle that published any, with what serves them.
func (a *App) addGaps(ctx context.Context, shown *model.TeamPractices, managerID string) error {
	closed, err := a.store.ClosedCycles(ctx, managerID, shown.Team.ID)
	if err != nil {
		return err
	}
	resultOf := a.reports.ResultsOf(&shown.TeamPage, closed)
	for _, one := range slices.Backward(closed) {
		if result := resultOf(one); len(result.Gaps) > 0 {
			shown.Gaps, shown.From = result.Gaps, result.Cycle
			return nil
		}
	}
	return nil
}

// namedCompetencies are all competencies, in the model's order.
func (a *App) namedCompetencies() (list []model.NamedCompetency) {
	for _, competency := range a.reports.Library.Model.Competencies() {
		list = append(list, a.reports.Named(competency.ID))
	}
	return list
}

func (a *App) proposals(ctx context.Context, data *store.Store, managerID, teamID string) ([]model.TeamProposal, error) {
	list, err := data.Proposals(ctx, managerID, teamID)
	for i := range list {
		list[i].Competency = a.reports.Named(list[i].Competency.ID)
	}
	return list, err
}

// teamPractices lists what a team has agreed on, with the names of the competencies, the oldest first.
func (a *App) teamPractices(ctx context.Context, data *store.Store, managerID, teamID string) ([]model.TeamPractice, error) {
	list, err := data.TeamPractices(ctx, managerID, teamID)
	for i := range list {
		list[i].Competency = a.reports.Named(list[i].Competency.ID)
	}
	return list, err
}

// currentPractice is what a team is at; nil for nothing.
func (a *App) currentPractice(ctx context.Context, data *store.Store, managerID, teamID string) (*model.TeamPractice, error) {
	all, err := a.teamPractices(ctx, data, managerID, teamID)
	if at := slices.IndexFunc(all, func(one model.TeamPractice) bool { return one.Open() }); at >= 0 {
		return &all[at], err
	}
	return nil, err
}

// openedSince is the first cycle that has opened since a practice was set; nil for none, and without a practice.
func (a *App) openedSince(ctx context.Context, managerID, teamID string, practice *model.TeamPractice) (*model.Cycle, error) {
	if practice == nil {
		return nil, nil
	}
	cycles, err := a.store.Cycles(ctx, managerID, teamID)
	for _, cycle := range slices.Backward(cycles) {
		if cycle.OpensAt.After(practice.SetAt) && !cycle.OpensAt.After(a.now()) {
			return cycle, err
		}
	}
	return nil, err
}

// addPractice adds to the first page of a team what it is at, and how much is proposed.
func (a *App) addPractice(ctx context.Context, home *model.TeamHome, managerID string) (err error) {
	if home.Practice, err = a.currentPractice(ctx, a.store, managerID, home.Team.ID); err != nil {
		return err
	}
	if home.PracticeOpened, err = a.openedSince(ctx, managerID, home.Team.ID, home.Practice); err != nil {
		return err
	}
	proposals, err := a.store.Proposals(ctx, managerID, home.Team.ID)
	home.Proposals = len(proposals)
	return err
}

// Propose proposes something to a team. Bad input is a model.Invalid error that names each field: "words", "competency".
// Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) Propose(ctx context.Context, managerID, teamID string, input model.ProposalInput) error {
	proposal := model.TeamProposal{ID: a.random(), Words: cleanLine(input.Words), MadeAt: a.now()}
	proposal.Competency.ID = input.Competency
	if _, known := a.reports.Library.Practice(input.Practice); known {
		proposal.Practice = input.Practice
	}
	var fields fieldErrors
	fields.require("words", "the proposal", proposal.Words, model.TeamWordsLimit, "Say what the team would do, and on what occasion.")
	if _, known := a.reports.Library.Model.Competency(input.Competency); input.Competency != "" && !known {
		fields.add("competency", "Choose a competency, or none in particular.")
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.confirmedPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		if err := fields.err(); err != nil {
			return err
		}
		list, err := tx.Proposals(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		if err := roomForProposal(list, proposal.Words); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newTeamThing); err != nil {
			return err
		}
		return tx.CreateProposal(ctx, managerID, teamID, proposal)
	})
}

// roomForProposal refuses what is proposed already, and more than a member can have proposed at a time.
func roomForProposal(list []model.TeamProposal, words string) error {
	mine := 0
	for _, other := range list {
		if other.Words == words {
			return refused("words", "This is proposed already; it stands below.")
		}
		if other.Mine {
			mine++
		}
	}
	return tooMany(mine, model.ProposalLimit, "words", "You have proposed %d things, as many as one member can at a time. Withdraw one first.")
}

// Withdraw removes a proposal for good: a member their own, a steward any. Whatever else is model.ErrNotFound.
func (a *App) Withdraw(ctx context.Context, managerID, teamID, proposalID string) error {
	return a.erasing(ctx, proposalID, func(tx *store.Store) error { return tx.DeleteProposal(ctx, managerID, teamID, proposalID) })
}

// Agree makes a proposal what the team is at until its next cycle; what it is at now is replaced by it. instead is the id
// of what the page said it would replace, "" for nothing: where that has changed, it is a model.Invalid error on the
// field "practice". Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) Agree(ctx context.Context, managerID, teamID, proposalID, instead string) error {
	id := a.random()
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		proposals, err := tx.Proposals(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(proposals, func(one model.TeamProposal) bool { return one.ID == proposalID })
		if at < 0 {
			return model.ErrNotFound
		}
		if err := a.replacePractice(ctx, tx, managerID, teamID, instead); err != nil {
			return err
		}
		if err := tx.DeleteProposal(ctx, managerID, teamID, proposalID); err != nil {
			return err
		}
		return tx.SetTeamPractice(ctx, managerID, teamID, model.TeamPractice{
			ID: id, Words: proposals[at].Words, Practice: proposals[at].Practice, Competency: proposals[at].Competency, SetAt: a.instant(),
		})
	})
}

// instant is now, as exactly as it is kept.
func (a *App) instant() time.Time { return a.now().UTC().Truncate(time.Millisecond) }

// replacePractice ends what a team is at, where it is what a page showed, to make room for another.
func (a *App) replacePractice(ctx context.Context, tx *store.Store, managerID, teamID, shown string) error {
	all, err := tx.TeamPractices(ctx, managerID, teamID)
	if err != nil {
		return err
	}
	err = tooMany(len(all), model.TeamPracticeLimit, "practice", "The team has agreed on %d practices, as many as are kept.")
	if err != nil {
		return err
	}
	current := ""
	if last := len(all) - 1; last >= 0 && all[last].Open() {
		current = all[last].ID
	}
	switch {
	case current != shown:
		return refused("practice", "What the team is at was changed since this page was shown. It stands above as it is now; choose again if this is still to take its place.")
	case current == "":
		return nil
	}
	return tx.EndTeamPractice(ctx, managerID, teamID, current, model.Replaced, "", a.instant())
}

// EndPractice says what became of what a team is at, and ends it. Bad input is a model.Invalid error that names each
// field: "became", "line". Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) EndPractice(ctx context.Context, managerID, teamID string, input model.OutcomeInput) error {
	next := a.random()
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		current, err := a.currentPractice(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		fields := readOutcome(current, input)
		if current == nil {
			fields.add("became", "The team is at nothing any more: what became of it was said meanwhile.")
		}
		if err := fields.err(); err != nil {
			return err
		}
		return a.endPractice(ctx, tx, managerID, teamID, next, *current, input)
	})
}

// readOutcome says what is wrong with what is said of a practice.
func readOutcome(current *model.TeamPractice, input model.OutcomeInput) (fields fieldErrors) {
	switch became := model.Became(input.Became); {
	case current == nil:
		return nil
	case input.Practice != current.ID:
		fields.add("became", "What the team is at was changed since this page was shown. Say what became of it as it stands now.")
	case !slices.Contains(model.TeamOutcomes, became):
		fields.add("became", "Choose what became of it: kept, partly or dropped.")
	case became == model.Dropped && input.Carry:
		fields.add("became", "What is dropped can’t be carried on. Choose another word for it, or take the tick away.")
	}
	fields.bound("line", "the line", cleanLine(input.Line), model.LineLimit)
	return fields
}

// endPractice ends what a team is at, in words that were read, and where it is carried on begins it again.
func (a *App) endPractice(ctx context.Context, tx *store.Store, managerID, teamID, next string, current model.TeamPractice, input model.OutcomeInput) error {
	at := a.instant()
	err := tx.EndTeamPractice(ctx, managerID, teamID, current.ID, model.Became(input.Became), cleanLine(input.Line), at)
	if err != nil || !input.Carry {
		return err
	}
	current.ID, current.SetAt = next, at
	return tx.SetTeamPractice(ctx, managerID, teamID, current)
}

// PracticeToEnd is TeamPractices for stewards, who say what became of a practice. Anyone else gets model.ErrNotFound.
func (a *App) PracticeToEnd(ctx context.Context, managerID, teamID string) (*model.TeamPractices, error) {
	shown, err := a.TeamPractices(ctx, managerID, teamID, "")
	if err == nil && shown.Me.Role != model.Steward {
		return nil, model.ErrNotFound
	}
	return shown, err
}
