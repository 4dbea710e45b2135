package app

import (
	"context"
	"errors"
	"maps"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

const (
	// decisionTries bounds how often a decision starts over because something else was published meanwhile.
	decisionTries = 5
	// connectedLimit is how many connected published sets are read. Beyond that, nothing more is published.
	connectedLimit = 20_000
	// hiddenBatch is how many people's smallest effective groups are noted in one transaction.
	hiddenBatch = 250
)

// errMoved rolls back a transaction that found the ledger, or the cycle, changed since the decision.
var errMoved = errors.New("what was decided about has moved")

// errBusy is the answer when that has happened too often.
var errBusy = errors.New("other cycles of the same people are being closed; try again")

// CloseCycle closes a cycle: its contributors' answers are summed up, pass the gate, and are frozen. A cycle that is
// already closed stays as it is, without an error; one that hasn't opened yet is a model.Invalid error on the field
// "cycle". Anyone who isn't a steward gets model.ErrNotFound. It stops when the context ends.
func (a *App) CloseCycle(ctx context.Context, managerID, teamID, cycleID string) error {
	return a.close(ctx, func(data *store.Store) (*model.Cycle, error) {
		page, err := a.stewardPage(ctx, data, managerID, teamID)
		if err != nil {
			return nil, err
		}
		cycle, err := data.Cycle(ctx, managerID, teamID, cycleID)
		if err != nil {
			return nil, err
		}
		if cycle.State(page.Now) == model.CyclePlanned {
			return nil, refused("cycle", "This cycle hasn’t opened yet. It can be cancelled, but not closed.")
		}
		return cycle, nil
	})
}

// CloseDueCycles closes the cycles that are past their last day, and stores the counts of the day. Call it about every
// minute; several processes may do so. A failure or a delay with one cycle doesn't keep the others open. If the
// context ends, the cycle in hand is still closed, and no other is begun.
func (a *App) CloseDueCycles(ctx context.Context) error {
	var due []*model.Cycle
	err := unbroken(ctx, func(ctx context.Context) (err error) {
		waiting, err := a.store.CountsDue(ctx, a.now())
		if err == nil && waiting {
			err = a.store.InTx(ctx, func(tx *store.Store) error { return tx.FreezeCounts(ctx, "", a.now()) })
		}
		listed, listErr := a.store.DueCycles(ctx, a.now())
		due = listed
		return errors.Join(err, listErr)
	})
	for _, cycle := range due {
		if ctx.Err() != nil {
			break
		}
		err = errors.Join(err, unbroken(ctx, func(ctx context.Context) error {
			return a.close(ctx, func(*store.Store) (*model.Cycle, error) { return cycle, nil })
		}))
	}
	return err
}

// decideExclusively decides on a snapshot, while others save, and then writes the decision in a transaction. If that
// finds that something has moved, it starts over. Within this process one goroutine decides at a time, first come,
// first served; other processes are met in the database.
func (a *App) decideExclusively(ctx context.Context, decide func() (write func(*store.Store) error, err error)) error {
	select {
	case a.deciding <- struct{}{}:
		defer func() { <-a.deciding }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for range decisionTries {
		write, err := decide()
		if err != nil || write == nil {
			return err
		}
		err = a.store.InTx(ctx, write)
		if !errors.Is(err, errMoved) {
			return err
		}
	}
	return model.UnreachableError(errBusy)
}

// view is the part of the ledger that bears on some people, at one moment.
type view struct {
	// turn is the ledger's turn at that moment.
	turn int64
	// people are all those whom it bears on, by token.
	people    map[string]bool
	published []model.Observation
	// whole reports whether nothing is missing, that is, the connected sets were not too many to read.
	whole bool
}

// view reads the ledger in a snapshot.
func (a *App) view(ctx context.Context, snapshot *store.Store, sets ...[]model.LedgerAnswer) (seen view, err error) {
	seen.people = map[string]bool{}
	for _, set := range sets {
		for _, answer := range set {
			seen.people[answer.Person] = true
		}
	}
	if seen.turn, err = snapshot.Turn(ctx); err != nil {
		return seen, err
	}
	found, whole, err := snapshot.Connected(ctx, slices.Sorted(maps.Keys(seen.people)), connectedLimit)
	for _, set := range found {
		seen.published = append(seen.published, set.Observations...)
		for _, answer := range set.Answers {
			seen.people[answer.Person] = true
		}
	}
	seen.whole = whole
	return seen, err
}

// takeTurn begins writing what was decided about a view. It is errMoved if something that bears on the same people has
// been published since.
func (v view) takeTurn(ctx context.Context, tx *store.Store) (turn int64, err error) {
	turn, err = tx.TakeTurn(ctx)
	if err != nil || turn == v.turn+1 {
		return turn, err
	}
	since, err := tx.PublishedSince(ctx, v.turn)
	if slices.ContainsFunc(since, func(person string) bool { return v.people[person] }) {
		err = errors.Join(err, errMoved)
	}
	return turn, err
}

// close closes a cycle unless it is closed; find finds it, and may run again. When the transaction ends, either
// everything that becomes known by the closing is in the ledger or none of it.
func (a *App) close(ctx context.Context, find func(*store.Store) (*model.Cycle, error)) error {
	var hidden map[string]int
	err := a.decideExclusively(ctx, func() (func(*store.Store) error, error) {
		c, err := a.closure(ctx, find)
		if err != nil || !c.cycle.ClosedAt.IsZero() {
			return nil, err
		}
		if err := c.decide(ctx); err != nil {
			return nil, err
		}
		return func(tx *store.Store) error {
			hidden = nil
			done, err := c.write(ctx, tx, find)
			if done {
				hidden = c.hidden
			}
			return err
		}, nil
	})
	if err != nil {
		return err
	}
	return a.noteHidden(ctx, hidden)
}

// noteHidden stores how well each person concerned is hidden, so that a page needn't compute it. It works in batches,
// so that nobody who saves waits long.
func (a *App) noteHidden(ctx context.Context, groups map[string]int) error {
	people := slices.Sorted(maps.Keys(groups))
	noted, err := a.store.HiddenOf(ctx, people)
	if err != nil {
		return err
	}
	people = slices.DeleteFunc(people, func(person string) bool {
		before, there := noted[person]
		return !there || before == groups[person]
	})
	for batch := range slices.Chunk(people, hiddenBatch) {
		changed := map[string]int{}
		for _, person := range batch {
			changed[person] = groups[person]
		}
		if err := a.store.InTx(ctx, func(tx *store.Store) error { return tx.PutHidden(ctx, changed) }); err != nil {
			return err
		}
	}
	return nil
}
