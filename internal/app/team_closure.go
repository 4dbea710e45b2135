package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// closure is the closing of one cycle in progress.
type closure struct {
	*App
	view
	cycle      *model.Cycle
	thresholds disclosure.Thresholds
	// closes is the moment at which the cycle closes.
	closes time.Time
	// all contributed; contributors are those who count because they know enough of the others.
	all, contributors []model.LedgerAnswer
	known             model.Known
	// earlier is the previous closed cycle of the same form, and before are its contributors; none for the first.
	earlier model.ClosedCycle
	before  []model.LedgerAnswer
	ledger  *disclosure.Ledger
	scores  []scored

	// What is to be written: the aggregate, the new sets with their ids by content, what is published of each, and how
	// well everybody is hidden.
	aggregate *model.TeamAggregate
	sets      map[string]string
	puts      []putSet
	records   []record
	hidden    map[string]int
}

// putSet is a new set for the ledger; record is what is published about one.
type putSet struct {
	id      string
	answers []model.LedgerAnswer
}
type record struct {
	setID       string
	observation model.Observation
}

// closure reads everything that the decision about a cycle's closing depends on, as it stands at one moment.
func (a *App) closure(ctx context.Context, find func(*store.Store) (*model.Cycle, error)) (c *closure, err error) {
	err = a.store.InSnapshot(ctx, func(snapshot *store.Store) error {
		cycle, err := find(snapshot)
		if err != nil {
			return err
		}
		c = &closure{App: a, cycle: cycle, thresholds: thresholdsOf(cycle), sets: map[string]string{}}
		if c.closes = a.now(); !c.closes.Before(cycle.ClosesAt) {
			c.closes = cycle.ClosesAt.Add(-time.Millisecond)
		}
		if c.all, err = snapshot.ClosingContributors(ctx, cycle.ID); err != nil {
			return err
		}
		if c.known, err = snapshot.ClosingKnown(ctx, cycle.ID); err != nil {
			return err
		}
		c.contributors = c.known.Core(c.all, c.thresholds)
		if len(c.contributors) < cycle.SmallestGroup {
			return nil
		}
		c.earlier, err = snapshot.ClosedBefore(ctx, cycle.TeamID, cycle.Form, cycle.OpensAt)
		if err != nil && !errors.Is(err, model.ErrNotFound) {
			return err
		}
		if c.earlier.SetID != "" {
			if c.before, err = snapshot.SetAnswers(ctx, c.earlier.SetID); err != nil {
				return err
			}
			c.sets[keyOf(c.before)] = c.earlier.SetID
		}
		c.view, err = a.view(ctx, snapshot, c.contributors, c.before)
		return err
	})
	return c, err
}

// decide makes all decisions and computes what is to be published.
func (c *closure) decide(ctx context.Context) (err error) {
	switch {
	case len(c.all) < c.cycle.SmallestGroup:
		c.aggregate = c.reports.WithheldAggregate(c.cycle, model.TooFew)
		return nil
	case len(c.contributors) < c.cycle.SmallestGroup:
		c.aggregate = c.reports.WithheldAggregate(c.cycle, model.Strangers)
		return nil
	case !c.whole:
		c.aggregate = c.reports.WithheldAggregate(c.cycle, model.TooLarge)
		c.aggregate.Contributors = len(c.contributors)
		return nil
	}
	c.aggregate = c.reports.WithheldAggregate(c.cycle, model.Protected)
	c.aggregate.Contributors = len(c.contributors)
	if c.ledger, err = disclosure.Read(c.published, c.contributors, c.before); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{c.publish, c.compare, c.split} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	c.hidden, err = c.ledger.Hidden(ctx)
	return err
}

// write writes what was decided, unless the cycle is closed by now, and reports whether it did. It is errMoved if
// something that the decision depended on has changed.
func (c *closure) write(ctx context.Context, tx *store.Store, find func(*store.Store) (*model.Cycle, error)) (done bool, err error) {
	if _, err := find(tx); err != nil {
		return false, err
	}
	turn, err := c.takeTurn(ctx, tx)
	if err != nil {
		return false, err
	}
	done, err = tx.MarkClosed(ctx, c.cycle.TeamID, c.cycle.ID, c.now())
	if err != nil || !done {
		return false, err
	}
	all, err := tx.ClosingContributors(ctx, c.cycle.ID)
	if err != nil {
		return false, err
	}
	known, err := tx.ClosingKnown(ctx, c.cycle.ID)
	if err != nil {
		return false, err
	}
	if !slices.Equal(all, c.all) || !maps.EqualFunc(known, c.known, slices.Equal) {
		return false, errMoved
	}
	if err := tx.DropContributions(ctx, c.cycle.ID); err != nil {
		return false, err
	}
	for _, set := range c.puts {
		if err := tx.PutSet(ctx, set.id, set.answers, c.known.Within(set.answers)); err != nil {
			return false, err
		}
	}
	for _, record := range c.records {
		if err := tx.PutObservation(ctx, turn, c.random(), record.setID, record.observation); err != nil {
			return false, err
		}
	}
	setID := ""
	if len(c.contributors) > 0 {
		setID = c.setID(c.contributors)
	}
	return true, tx.PutAggregate(ctx, c.aggregate, setID)
}

// candidate is what may be published of the cycle if the gate agrees. A pulse asks one question per competency, too
// few for a score.
func (c *closure) candidate(sets ...[]model.LedgerAnswer) disclosure.Candidate {
	const day = 24 * time.Hour
	days := func(at time.Time) int { return int(at.Unix() / int64(day/time.Second)) }
	candidate := disclosure.Candidate{
		Sets: sets, Thresholds: c.thresholds, Known: c.known,
		Window: disclosure.Window{Opened: days(c.cycle.CountsFrom), Closed: days(c.closes)},
	}
	if c.cycle.Form == model.PulseForm {
		candidate.Finest = disclosure.Area
	}
	return candidate
}

// keyOf is the same for two sets exactly when they hold the same answers.
func keyOf(answers []model.LedgerAnswer) string {
	var key strings.Builder
	answers = slices.Clone(answers)
	slices.SortFunc(answers, func(x, y model.LedgerAnswer) int { return strings.Compare(x.Person, y.Person) })
	for _, answer := range answers {
		key.WriteString(answer.Person + " " + answer.Assessment + "\n")
	}
	return key.String()
}

// setID is the id of a set in the ledger, "" while it isn't there.
func (c *closure) setID(answers []model.LedgerAnswer) string { return c.sets[keyOf(answers)] }

// record notes what a decision allows to be published, and so will be.
func (c *closure) record(decision disclosure.Decision) {
	c.ledger.Take(decision)
	for _, observation := range decision.Observations() {
		id := c.setID(observation.Answers)
		if id == "" {
			id = c.random()
			c.sets[keyOf(observation.Answers)] = id
			c.puts = append(c.puts, putSet{id, observation.Answers})
		}
		c.records = append(c.records, record{id, observation})
	}
}

// withheld says in the words of the model why something isn't published.
func withheld(reason disclosure.Reason) model.Withheld {
	switch reason {
	case disclosure.Allowed:
		return model.Published
	case disclosure.TooFew:
		return model.TooFew
	case disclosure.Strangers:
		return model.Strangers
	case disclosure.Near:
		return model.TooSoon
	case disclosure.TooLarge:
		return model.TooLarge
	}
	return model.Protected
}

// publish decides on the means of all contributors, and only then reads their answers.
func (c *closure) publish(ctx context.Context) error {
	decision, err := c.ledger.Decide(ctx, c.candidate(c.contributors))
	if err != nil {
		return err
	}
	c.record(decision)
	if c.setID(c.contributors) == "" {
		reason := withheld(decision.Reason(disclosure.Whole))
		contributors := c.aggregate.Contributors
		c.aggregate = c.reports.WithheldAggregate(c.cycle, reason)
		c.aggregate.Contributors = contributors
		return nil
	}
	contributed, err := c.store.ClosingSums(ctx, c.cycle.ID)
	if err != nil {
		return err
	}
	c.scores = c.scoresOf(contributed, c.contributors)
	c.aggregate.Withheld = model.Published
	c.aggregate.Whole, c.aggregate.Areas, c.aggregate.Competencies = c.figures(decision, c.scores)
	return nil
}

// scoresOf returns the scores of those of some people who are in a set.
func (c *closure) scoresOf(contributed []model.Contributed, set []model.LedgerAnswer) []scored {
	var list []scored
	for _, one := range contributed {
		if slices.Contains(set, one.LedgerAnswer) {
			list = append(list, scored{one.LedgerAnswer, one.Scope, c.reports.Means(one.Sums)})
		}
	}
	return list
}

// compare decides on the words for the change since the previous cycle, over the people in both, and only then reads
// their earlier answers.
func (c *closure) compare(ctx context.Context) error {
	if c.earlier.Cycle == nil || c.setID(c.contributors) == "" {
		return nil
	}
	if c.earlier.SetID == "" {
		c.aggregate.ComparedWithheld = c.earlier.Aggregate.Withheld
		return nil
	}
	if c.inBoth() < c.thresholds.Group {
		c.aggregate.ComparedWithheld = model.TooFew
		return nil
	}
	decision, err := c.ledger.DecideComparison(ctx, c.before, c.candidate(c.contributors))
	if err != nil {
		return err
	}
	allowed := func(level disclosure.Level) bool {
		_, yes := decision.Step(level)
		return yes
	}
	c.aggregate.ComparedWithheld = withheld(decision.Reason(disclosure.Whole))
	if !slices.ContainsFunc(disclosure.Levels(), allowed) {
		return nil
	}
	c.aggregate.ComparedWithheld = model.Protected
	pairs, complete, err := c.pairs(ctx)
	if err != nil || !complete {
		return err
	}
	c.record(decision)
	c.aggregate.Compared, c.aggregate.ComparedWithheld = c.earlier.Cycle.ID, model.Published
	c.addWords(pairs, allowed)
	return nil
}

// inBoth counts the people who are both in this cycle and in the previous one.
func (c *closure) inBoth() (count int) {
	took := map[string]bool{}
	for _, answer := range c.before {
		took[answer.Person] = true
	}
	for _, answer := range c.contributors {
		if took[answer.Person] {
			count++
		}
	}
	return count
}

// pairs returns the people in both cycles; complete reports whether nobody of them has deleted what they answered
// in the one before.
func (c *closure) pairs(ctx context.Context) (pairs []pair, complete bool, err error) {
	contributed, err := c.store.ContributedSums(ctx, c.earlier.SetID)
	if err != nil {
		return nil, false, err
	}
	scores := map[string]map[string]float64{}
	for _, one := range c.scoresOf(contributed, c.before) {
		scores[one.Person] = one.values
	}
	took := map[string]bool{}
	for _, answer := range c.before {
		took[answer.Person] = true
	}
	complete = true
	for _, one := range c.scores {
		if !took[one.Person] {
			continue
		}
		pairs = append(pairs, pair{scores[one.Person], one.values})
		complete = complete && scores[one.Person] != nil
	}
	return pairs, complete, nil
}

// split adds the figures by scope, where people of several scopes contributed and all sides pass. Whether all
// contributors are of one scope or one side is too small isn't told apart: otherwise the only person of a scope would
// be seen to have taken part.
func (c *closure) split(ctx context.Context) error {
	sides := map[string][]scored{}
	for _, one := range c.scores {
		sides[one.scope] = append(sides[one.scope], one)
	}
	if len(sides) == 0 || c.cycle.QuestionnaireID != "" {
		return nil
	}
	c.aggregate.ScopesWithheld = model.TooFew
	if len(sides) < 2 {
		return nil
	}
	var scopes []string
	var sets [][]model.LedgerAnswer
	for scope, people := range sides {
		scopes = append(scopes, scope)
		if len(people) < c.thresholds.Group {
			return nil
		}
	}
	slices.SortFunc(scopes, c.reports.CompareScopes)
	for _, scope := range scopes {
		var set []model.LedgerAnswer
		for _, one := range sides[scope] {
			set = append(set, one.LedgerAnswer)
		}
		sets = append(sets, set)
	}
	decision, err := c.ledger.Decide(ctx, c.candidate(sets...))
	if err != nil {
		return err
	}
	if len(decision.Observations()) == 0 {
		c.aggregate.ScopesWithheld = withheld(decision.Reason(disclosure.Whole))
		return nil
	}
	c.record(decision)
	c.aggregate.ScopesWithheld = model.Published
	for _, scope := range scopes {
		whole, areas, competencies := c.figures(decision, sides[scope])
		c.aggregate.Scopes = append(c.aggregate.Scopes, model.TeamScopeFigures{
			Scope: scope, Figures: slices.Concat([]model.TeamFigure{whole}, areas, competencies),
		})
	}
	return nil
}
