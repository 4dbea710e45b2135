package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// CloseCycle closes a cycle: what its contributors answered is summed up, passes the gate, and is frozen. One
// that is closed stays as it is, which is no error; one that hasn't opened yet is a model.Invalid error on
// the field "cycle". Whoever isn't a steward gets model.ErrNotFound.
func (a *App) CloseCycle(ctx context.Context, managerID, teamID, cycleID string) error {
	return a.inTurn(ctx, func(tx *store.Store) error {
		page, err := a.stewardPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		cycle, err := tx.Cycle(ctx, managerID, teamID, cycleID)
		if err != nil {
			return err
		}
		if cycle.State(page.Now) == model.CyclePlanned {
			return model.InvalidFields([]model.FieldError{{
				Field: "cycle", Message: "This cycle hasn’t opened yet. It can be cancelled, but not closed.",
			}})
		}
		return a.close(ctx, tx, cycle)
	})
}

// CloseDueCycles closes the cycles that are past their last day, and keeps the counts of the day. Call it
// about every minute; several processes may. What fails for one cycle doesn't keep the others open. A context that
// ends meanwhile doesn't break it off.
func (a *App) CloseDueCycles(ctx context.Context) error { return unbroken(ctx, a.closeDueCycles) }

func (a *App) closeDueCycles(ctx context.Context) error {
	waiting, err := a.store.CountsDue(ctx, a.now())
	if err == nil && waiting {
		err = a.store.InTx(ctx, func(tx *store.Store) error { return tx.FreezeCounts(ctx, "", a.now()) })
	}
	due, listErr := a.store.DueCycles(ctx, a.now())
	err = errors.Join(err, listErr)
	for _, cycle := range due {
		err = errors.Join(err, a.inTurn(ctx, func(tx *store.Store) error { return a.close(ctx, tx, cycle) }))
	}
	return err
}

// inTurn runs a transaction that publishes something about people: one at a time, in this process and in all
// others, since each has to know what the one before published.
func (a *App) inTurn(ctx context.Context, work func(*store.Store) error) error {
	a.closing.Lock()
	defer a.closing.Unlock()
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.TakeTurn(ctx); err != nil {
			return err
		}
		return work(tx)
	})
}

// close closes a cycle unless it is closed. Everything that becomes known by it is in the ledger when the
// transaction ends, or none of it is.
func (a *App) close(ctx context.Context, tx *store.Store, cycle *model.Cycle) error {
	done, err := tx.MarkClosed(ctx, cycle.TeamID, cycle.ID, a.now())
	if err != nil || !done {
		return err
	}
	contributors, err := tx.ClosingContributors(ctx, cycle.ID)
	if err != nil {
		return err
	}
	if err := tx.DropContributions(ctx, cycle.ID); err != nil {
		return err
	}
	if len(contributors) < cycle.SmallestGroup {
		return tx.PutAggregate(ctx, a.withheldAggregate(cycle, model.TooFew), "")
	}
	c := &closure{App: a, tx: tx, cycle: cycle, contributors: contributors, thresholds: thresholdsOf(cycle), sets: map[string]string{}}
	if err := c.read(ctx); err != nil {
		return err
	}
	c.aggregate = a.withheldAggregate(cycle, model.Protected)
	c.aggregate.Contributors = len(contributors)
	for _, step := range []func(context.Context) error{c.publish, c.compare, c.split} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := noteHidden(ctx, tx, c.published); err != nil {
		return err
	}
	return tx.PutAggregate(ctx, c.aggregate, c.setID(contributors))
}

// noteHidden works out for everybody whom something bears on how well they are hidden, so that a page needn't.
func noteHidden(ctx context.Context, tx *store.Store, published []model.Observation) error {
	groups, err := disclosure.EachHiddenAmong(published)
	if err != nil {
		return err
	}
	return tx.PutHidden(ctx, groups)
}

// closure is the closing of one cycle at work.
type closure struct {
	*App
	tx           *store.Store
	cycle        *model.Cycle
	contributors []model.LedgerAnswer
	thresholds   disclosure.Thresholds
	// earlier is the closed cycle before, of the same form, and before its contributors; none for a first.
	earlier model.ClosedCycle
	before  []model.LedgerAnswer
	// published is what the ledger holds of all who bear on it.
	published []model.Observation
	// sets are those of the ledger that are known by now: their ids by what is in them.
	sets      map[string]string
	scores    []scored
	aggregate *model.TeamAggregate
}

// read reads the ledger, as far as it bears on the cycle and on the one before.
func (c *closure) read(ctx context.Context) (err error) {
	c.earlier, err = c.tx.ClosedBefore(ctx, c.cycle.TeamID, c.cycle.Form, c.cycle.OpensAt)
	if err != nil && !errors.Is(err, model.ErrNotFound) {
		return err
	}
	if c.earlier.SetID != "" {
		if c.before, err = c.tx.SetAnswers(ctx, c.earlier.SetID); err != nil {
			return err
		}
		c.sets[keyOf(c.before)] = c.earlier.SetID
	}
	c.published, err = published(ctx, c.tx, slices.Concat(c.contributors, c.before))
	return err
}

// published gives everything in the ledger that bears on some answers.
func published(ctx context.Context, data *store.Store, answers []model.LedgerAnswer) ([]model.Observation, error) {
	people := map[string]bool{}
	var tokens []string
	for _, answer := range answers {
		if !people[answer.Person] {
			people[answer.Person] = true
			tokens = append(tokens, answer.Person)
		}
	}
	sets, err := data.Connected(ctx, tokens)
	var all []model.Observation
	for _, set := range sets {
		all = append(all, set.Observations...)
	}
	return all, err
}

// keyOf is the same for two sets exactly when they hold the same answers.
func keyOf(answers []model.LedgerAnswer) string {
	var key strings.Builder
	answers = slices.Clone(answers)
	slices.SortFunc(answers, func(x, y model.LedgerAnswer) int { return strings.Compare(x.Person, y.Person) })
	for _, answer := range answers {
		key.WriteString(answer.Person + " " + answer.Sitting + "\n")
	}
	return key.String()
}

// setID is the id of a set in the ledger, "" while it isn't there.
func (c *closure) setID(answers []model.LedgerAnswer) string { return c.sets[keyOf(answers)] }

// record adds to the ledger what a decision lets be known, as far as keep says that it will be published.
func (c *closure) record(ctx context.Context, decision disclosure.Decision, keep func(disclosure.Level) bool) error {
	for _, observation := range decision.Observations() {
		if !keep(observation.Level) {
			continue
		}
		id := c.setID(observation.Answers)
		if id == "" {
			id = c.random()
			c.sets[keyOf(observation.Answers)] = id
			if err := c.tx.PutSet(ctx, id, observation.Answers); err != nil {
				return err
			}
		}
		if err := c.tx.PutObservation(ctx, c.random(), id, observation); err != nil {
			return err
		}
		c.published = append(c.published, observation)
	}
	return nil
}

// asked tells whether the cycle's form measures a level: a pulse asks one question of a competency, too few
// for a score.
func (c *closure) asked(level disclosure.Level) bool {
	return c.cycle.Form == model.FullForm || level != disclosure.Competency
}

// publish decides about the means of all contributors, and only then reads what they answered.
func (c *closure) publish(ctx context.Context) error {
	decision, err := disclosure.Decide(c.published, [][]model.LedgerAnswer{c.contributors}, c.thresholds)
	if err != nil {
		return err
	}
	if err := c.record(ctx, decision, c.asked); err != nil || c.setID(c.contributors) == "" {
		return err
	}
	if c.scores, err = c.scoresOf(ctx, c.setID(c.contributors)); err != nil {
		return err
	}
	c.aggregate.Withheld = model.Published
	c.aggregate.Whole, c.aggregate.Areas, c.aggregate.Competencies = c.figures(decision, c.scores)
	return nil
}

// scoresOf reads what the people of a set answered.
func (c *closure) scoresOf(ctx context.Context, setID string) ([]scored, error) {
	contributed, err := c.tx.ContributedSums(ctx, setID)
	var list []scored
	for _, one := range contributed {
		list = append(list, scored{one.LedgerAnswer, one.Scope, c.means(one.Sums)})
	}
	return list, err
}

// compare decides about the words on the change since the cycle before, over the people in both, and only
// then reads what those answered before.
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
	c.aggregate.ComparedWithheld = model.Protected
	decision, err := disclosure.DecideComparison(c.published, c.before, c.contributors, c.thresholds)
	if err != nil {
		return err
	}
	allowed := func(level disclosure.Level) bool {
		_, yes := decision.Step(level)
		return yes
	}
	if !slices.ContainsFunc(disclosure.Levels(), allowed) {
		return nil
	}
	pairs, complete, err := c.pairs(ctx)
	if err != nil || !complete {
		return err
	}
	if err := c.record(ctx, decision, c.asked); err != nil {
		return err
	}
	c.aggregate.Compared, c.aggregate.ComparedWithheld = c.earlier.Cycle.ID, model.Published
	c.addWords(pairs, allowed)
	return nil
}

// inBoth counts the people in this cycle and in the one before.
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

// pairs gives the people in both cycles; complete tells that nobody of them has deleted what they answered
// in the one before.
func (c *closure) pairs(ctx context.Context) (pairs []pair, complete bool, err error) {
	before, err := c.scoresOf(ctx, c.earlier.SetID)
	if err != nil {
		return nil, false, err
	}
	scores := map[string]map[string]float64{}
	for _, one := range before {
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
// contributors are of one scope or one side is too small isn't told apart: who alone answers for a scope would
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
	c.aggregate.ScopesWithheld = model.Protected
	slices.SortFunc(scopes, c.compareScopes)
	for _, scope := range scopes {
		var set []model.LedgerAnswer
		for _, one := range sides[scope] {
			set = append(set, one.LedgerAnswer)
		}
		sets = append(sets, set)
	}
	decision, err := disclosure.Decide(c.published, sets, c.thresholds)
	if err != nil {
		return err
	}
	before := len(c.published)
	if err := c.record(ctx, decision, c.asked); err != nil || len(c.published) == before {
		return err
	}
	c.aggregate.ScopesWithheld = model.Published
	for _, scope := range scopes {
		whole, areas, competencies := c.figures(decision, sides[scope])
		c.aggregate.Scopes = append(c.aggregate.Scopes, model.TeamScopeFigures{
			Scope: scope, Figures: slices.Concat([]model.TeamFigure{whole}, areas, competencies),
		})
	}
	return nil
}
