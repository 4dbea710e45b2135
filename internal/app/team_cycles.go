package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/text"
)

// How far ahead a cycle can be planned, and how long it lasts by default, in days.
const (
	furthestCycle = 366
	usualCycle    = 14
)

// CycleChoices returns what the form of a new cycle offers. Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) CycleChoices(ctx context.Context, managerID, teamID string) (*model.CycleChoices, error) {
	page, err := a.stewardPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	cycles, err := a.store.Cycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	thresholds := a.nextThresholds(a.Installation(ctx), page.Team, cycles)
	choices := &model.CycleChoices{
		TeamPage: *page, SmallestGroup: thresholds.Group, SmallestEffectiveGroup: thresholds.EffectiveGroup,
		Chosen: model.CycleInput{
			Form:   string(model.FullForm),
			Before: strconv.Itoa(model.UsualBefore),
			Closes: page.Team.Zone.Day(page.Now).AddDate(0, 0, usualCycle).Format(model.DateLayout),
		},
	}
	for i := range a.reports.Library.Questionnaires {
		q := &a.reports.Library.Questionnaires[i]
		choices.Questionnaires = append(choices.Questionnaires, model.QuestionnaireChoice{
			Questionnaire: q, FullItems: q.Asked(model.FullForm, a.reports.Library.Model.Crafts[0].ID), PulseItems: q.Asked(model.PulseForm, a.reports.Library.Model.Crafts[0].ID),
		})
	}
	if choices.Enough, err = a.enough(ctx, page.Members, thresholds); err != nil {
		return nil, err
	}
	closed, err := a.store.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	for _, form := range []model.Form{model.FullForm, model.PulseForm} {
		comparable, err := a.comparable(ctx, closed, form, thresholds)
		if err != nil {
			return nil, err
		}
		if comparable != nil {
			choices.Comparable = append(choices.Comparable, *comparable)
		}
	}
	choices.Practice, err = a.currentPractice(ctx, a.store, managerID, teamID)
	return choices, err
}

// nextThresholds are the thresholds of a team's next cycle, by what holds for the installation; they never fall.
func (a *App) nextThresholds(holds model.Installation, team model.Team, cycles []*model.Cycle) disclosure.Thresholds {
	all := []disclosure.Thresholds{a.minimums(holds), {Group: team.SmallestGroup}}
	for _, cycle := range cycles {
		all = append(all, thresholdsOf(cycle))
	}
	return disclosure.Strictest(all...)
}

// thresholdsOf are the thresholds that a cycle was made with.
func thresholdsOf(cycle *model.Cycle) disclosure.Thresholds {
	return disclosure.Thresholds{
		Group: cycle.SmallestGroup, EffectiveGroup: cycle.SmallestEffectiveGroup, Known: cycle.SmallestKnown, Rules: cycle.Rules,
	}
}

// enough says whether so many people can make a cycle with such thresholds that publishes something.
func (a *App) enough(ctx context.Context, counting int, thresholds disclosure.Thresholds) (model.Enough, error) {
	enough := model.Enough{Counting: counting, Needed: max(thresholds.Group, model.SmallestGroup)}
	if known, found := a.safe.Load(thresholds); found {
		enough.Safe = known.(int)
		return enough, nil
	}
	if thresholds.Rules < disclosure.KeptRules {
		return enough, nil // it closes by rules that are no longer asked
	}
	safe, err := disclosure.SafeToMissOne(ctx, thresholds)
	if err == nil {
		enough.Safe = safe
		a.safe.Store(thresholds, safe)
	}
	return enough, err
}

// comparable is the latest of a team's closed cycles, the oldest first, that is of a form and published something, with
// when the change from it to a cycle with such thresholds is said; nil for none. Where a later one published nothing, only
// the published means are set beside each other: the gate compares people with the cycle just before.
func (a *App) comparable(ctx context.Context, closed []model.ClosedCycle, form model.Form, thresholds disclosure.Thresholds) (*model.TeamComparable, error) {
	found := latestComparable(closed, form)
	switch {
	case found == nil || thresholds.Rules < disclosure.KeptRules:
		return nil, nil
	case found.Between != nil:
		return found, nil
	}
	key := replacedKey{thresholds, found.People}
	if known, asked := a.safe.Load(key); asked {
		found.Replaced = known.(int)
		return found, nil
	}
	var err error
	if found.Replaced, err = disclosure.ReplacedFrom(ctx, thresholds, found.People); err == nil {
		a.safe.Store(key, found.Replaced)
	}
	return found, err
}

// latestComparable finds the latest of some closed cycles, the oldest first, that is of a form and published something.
func latestComparable(closed []model.ClosedCycle, form model.Form) (found *model.TeamComparable) {
	for _, one := range closed {
		switch {
		case one.Cycle.Form != form:
		case one.Aggregate.Withheld == model.Published:
			found = &model.TeamComparable{Since: one.Cycle, People: one.Aggregate.Contributors}
		case found != nil:
			found.Between = one.Cycle
		}
	}
	return found
}

// replacedKey is by what is remembered how many have to be replaced.
type replacedKey struct {
	thresholds disclosure.Thresholds
	people     int
}

// MakeCycle plans a cycle, or opens it at once, and returns its id. Bad input is a model.Invalid error that names each
// field: "name", "form", "questionnaire", "opens", "closes", "before". The cycles of a team don't overlap. One that opens at once
// ends what the team is at, so it asks what became of that: "became", "line". Anyone who isn't a steward gets
// model.ErrNotFound.
func (a *App) MakeCycle(ctx context.Context, managerID, teamID string, input model.CycleInput) (string, error) {
	id, next := a.random(), a.random()
	return id, a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.stewardPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		cycles, err := tx.Cycles(ctx, managerID, teamID)
		if err != nil {
			return err
		}
		err = tooMany(len(cycles), model.CycleLimit, "name", "The team has had %d cycles, as many as a team can have. Make a new team for those to come.")
		if err != nil {
			return err
		}
		cycle, fields := a.readCycle(input, page.Team.Zone, page.Now)
		if len(fields) == 0 {
			fields.add(overlap(cycle, cycles, page.Team.Zone))
		}
		current, err := a.currentPractice(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		ends := current != nil && (input.Outcome.Said() || !cycle.OpensAt.After(page.Now))
		if ends {
			fields = append(fields, readOutcome(current, input.Outcome)...)
		}
		if err := fields.err(); err != nil {
			return err
		}
		holds, err := a.installationIn(ctx, tx)
		if err != nil {
			return err
		}
		thresholds := a.nextThresholds(holds, page.Team, cycles)
		cycle.ID, cycle.TeamID = id, teamID
		cycle.SmallestGroup, cycle.SmallestEffectiveGroup = thresholds.Group, thresholds.EffectiveGroup
		cycle.SmallestKnown, cycle.Rules = thresholds.Known, thresholds.Rules
		if err := a.admit(ctx, tx, input.From, newTeamThing); err != nil {
			return err
		}
		if err := tx.CreateCycle(ctx, managerID, cycle); err != nil || !ends {
			return err
		}
		return a.endPractice(ctx, tx, managerID, teamID, next, *current, input.Outcome)
	})
}

// readCycle reads the form of a new cycle, of a team whose days are counted in a zone.
func (a *App) readCycle(input model.CycleInput, zone model.Zone, now time.Time) (*model.Cycle, fieldErrors) {
	var fields fieldErrors
	cycle := &model.Cycle{Form: model.Form(input.Form), QuestionnaireID: input.Questionnaire, Name: cleanLine(input.Name)}
	fields.require("name", "the name", cycle.Name, model.LabelLimit, "Enter a name for the cycle, such as “Autumn 2026”.")
	if !cycle.Form.Valid() {
		fields.add("form", "Choose the full questionnaire or the pulse.")
	}
	if _, known := a.reports.Library.Questionnaire(input.Questionnaire); input.Questionnaire != "" && !known {
		fields.add("questionnaire", "Choose a questionnaire, or any.")
	}
	var message string
	cycle.OpensAt, message = readOpening(input.Opens, zone, now)
	fields.add("opens", message)
	before := model.UsualBefore
	if strings.TrimSpace(input.Before) != "" {
		before = fields.number("before", "days", input.Before, 0, model.LongestBefore)
	}
	cycle.CountsFrom = zone.Begin(zone.Day(cycle.OpensAt).AddDate(0, 0, -before))
	if message == "" {
		cycle.ClosesAt, message = readClose(input.Closes, zone, cycle.OpensAt)
		fields.add("closes", message)
	}
	return cycle, fields
}

// readOpening reads the first day of a cycle: "" and today are now.
func readOpening(typed string, zone model.Zone, now time.Time) (opens time.Time, message string) {
	// Moments are kept to the millisecond, and a member confirmed at that very moment doesn't count.
	now = now.UTC().Truncate(time.Millisecond)
	if typed == "" {
		return now, ""
	}
	today := zone.Day(now)
	first, err := time.Parse(model.DateLayout, typed)
	switch {
	case err != nil:
		return first, "Enter the first day as year, month, day, such as " + today.Format(model.DateLayout) + ", or leave it empty to open now."
	case first.Before(today):
		return first, "Choose today or a later day; a cycle can’t open in the past."
	case first.After(today.AddDate(0, 0, furthestCycle)):
		return first, "Choose a day within the next year."
	case first.Equal(today):
		return now, ""
	}
	return zone.Begin(first), ""
}

// readClose reads the last day of a cycle and returns the moment at its end.
func readClose(typed string, zone model.Zone, opens time.Time) (closes time.Time, message string) {
	first := zone.Day(opens)
	last, err := time.Parse(model.DateLayout, typed)
	switch {
	case err != nil:
		return last, "Enter the last day as year, month, day, such as " + first.AddDate(0, 0, usualCycle).Format(model.DateLayout) + "."
	case last.Before(first):
		return last, "Choose a last day that isn’t before the first, and not in the past."
	case last.After(first.AddDate(0, 0, model.LongestCycle)):
		return last, fmt.Sprintf("Choose a last day within %d days of the first.", model.LongestCycle)
	}
	return zone.Begin(last.AddDate(0, 0, 1)), ""
}

// overlap says which cycle is in the way of a new one, at the field of the day to change. Those that were closed early
// are in nobody's.
func overlap(planned *model.Cycle, cycles []*model.Cycle, zone model.Zone) (field, message string) {
	for _, cycle := range cycles {
		if !cycle.ClosedAt.IsZero() || !planned.OpensAt.Before(cycle.ClosesAt) || !cycle.OpensAt.Before(planned.ClosesAt) {
			continue
		}
		field = "opens"
		if planned.OpensAt.Before(cycle.OpensAt) {
			field = "closes"
		}
		return field, fmt.Sprintf(
			"The cycle “%s” runs from %s to %s. Choose days before or after it: one answer must not count in two cycles of a team.",
			text.Isolated(cycle.Name), zone.LongDate(cycle.OpensAt), zone.LongDate(cycle.LastMoment()))
	}
	return "", ""
}

// CancelCycle gives up a cycle that is planned or open, with all contributions; nothing is published. A cycle past its
// last day is a model.Invalid error on the field "cycle". Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) CancelCycle(ctx context.Context, managerID, teamID, cycleID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := a.stewardPage(ctx, tx, managerID, teamID); err != nil {
			return err
		}
		if _, err := tx.Cycle(ctx, managerID, teamID, cycleID); err != nil {
			return err
		}
		done, err := tx.DeleteCycle(ctx, managerID, teamID, cycleID, a.now())
		if err != nil || done {
			return err
		}
		return refused("cycle", "This cycle is past its last day, so it can’t be cancelled any more.")
	})
}

// CurrentCycle returns a cycle as one member sees it. Of a closed cycle it holds only that it is closed: see
// TeamResult. Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) CurrentCycle(ctx context.Context, managerID, teamID, cycleID string) (*model.CyclePage, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	cycle, err := a.store.Cycle(ctx, managerID, teamID, cycleID)
	if err != nil {
		return nil, err
	}
	shown := &model.CyclePage{TeamPage: *page, CurrentCycle: model.CurrentCycle{Cycle: cycle, State: cycle.State(page.Now)}}
	if shown.State == model.CycleClosed {
		return shown, nil
	}
	closed, err := a.store.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	current, err := a.describe(ctx, page, managerID, cycle, closed)
	if err == nil {
		shown.CurrentCycle = *current
	}
	return shown, err
}

// CycleToEnd is CurrentCycle for stewards, who close and cancel cycles. Anyone else gets model.ErrNotFound.
func (a *App) CycleToEnd(ctx context.Context, managerID, teamID, cycleID string) (*model.CyclePage, error) {
	cycle, err := a.CurrentCycle(ctx, managerID, teamID, cycleID)
	if err == nil && cycle.Me.Role != model.Steward {
		return nil, model.ErrNotFound
	}
	return cycle, err
}

// current describes the open or due cycle of a team, else the next planned one, in a list of the latest
// first; nil if there is none. closed are those that are closed, the oldest first.
func (a *App) current(ctx context.Context, page *model.TeamPage, managerID string, cycles []*model.Cycle, closed []model.ClosedCycle) (*model.CurrentCycle, error) {
	var earliest *model.Cycle
	for _, cycle := range cycles {
		if cycle.ClosedAt.IsZero() {
			earliest = cycle
		}
	}
	if earliest == nil {
		return nil, nil
	}
	return a.describe(ctx, page, managerID, earliest, closed)
}

// describe returns what a member may know of a cycle that isn't closed: how many could contribute, how many had done
// so when the day began (if there were enough), and the member's own part. closed are the team's closed cycles.
func (a *App) describe(ctx context.Context, page *model.TeamPage, managerID string, cycle *model.Cycle, closed []model.ClosedCycle) (*model.CurrentCycle, error) {
	current := &model.CurrentCycle{Cycle: cycle, State: cycle.State(page.Now), Counts: cycle.Counts(page.Me)}
	var err error
	if current.Counting, err = a.store.CountConfirmedBefore(ctx, page.Team.ID, cycle.OpensAt); err != nil {
		return nil, err
	}
	if current.Enough, err = a.enough(ctx, current.Counting, thresholdsOf(cycle)); err != nil {
		return nil, err
	}
	if current.Comparable, err = a.comparable(ctx, closed, cycle.Form, thresholdsOf(cycle)); err != nil {
		return nil, err
	}
	count, err := a.store.DayCount(ctx, cycle.ID)
	if err != nil {
		return nil, err
	}
	if count >= cycle.SmallestGroup {
		current.Contributors = count
	}
	if !current.Counts {
		return current, nil
	}
	own, err := a.store.Contributions(ctx, managerID)
	if err != nil {
		return nil, err
	}
	current.Seen = seenContribution(own[cycle.ID])
	if id, contributed := own[cycle.ID]; contributed {
		if current.Mine, err = a.store.Assessment(ctx, managerID, id); err != nil {
			return nil, err
		}
	}
	if cycle.SmallestKnown > 0 {
		if current.Known, err = a.store.CountKnown(ctx, managerID, cycle); err != nil {
			return nil, err
		}
	}
	current.Suitable, err = a.suitable(ctx, managerID, cycle, page.Team.Zone)
	return current, err
}
