package store

import (
	"context"
	"slices"
	"time"
	"whetstone/internal/database"
)

// Restoration says what to restore, and where.
type Restoration struct {
	// From is the file of a backup, To that of the database.
	From, To string
	// Force lets a database that exists be overwritten.
	Force bool
	// List says what was deleted since the backup was taken.
	List *ErasureList
}

// Restored is what a restoration brought back.
type Restored struct {
	Counts database.RowCounts
	// Erasures is how many deletions were known, Replayed what of them the backup still held.
	Erasures int
	Replayed Replayed
}

// Run checks a backup, deletes from a copy of it what was deleted since it was taken, and puts the copy in
// the place of the database; see database.Restoration.Run.
func (r Restoration) Run(ctx context.Context, progress database.Progress) (restored Restored, err error) {
	files := database.Restoration{From: r.From, To: r.To, Force: r.Force}
	files.Amend = func(ctx context.Context, copied *database.DB) error {
		known, err := r.erasures(ctx)
		if err != nil {
			return err
		}
		restored.Erasures = len(known)
		opened, _ := storeOver(copied, nil)
		restored.Replayed, err = opened.Replay(ctx, known)
		return err
	}
	restored.Counts, err = files.Run(ctx, progress)
	return restored, err
}

// erasures gathers what was deleted, from the list and from the database that is to be overwritten, as far
// as that can be read.
func (r Restoration) erasures(ctx context.Context) ([]Erasure, error) {
	list, err := r.List.Read()
	if err != nil {
		return nil, err
	}
	present, err := Connect(ctx, "sqlite:"+r.To)
	if err != nil {
		return list, nil
	}
	// It is damaged, or older than erasures: then the list has to suffice.
	noted, _ := present.Erasures(ctx, time.UnixMilli(0))
	_ = present.Close()
	listed := map[string]bool{}
	for _, one := range list {
		listed[one.Hash] = true
	}
	return append(list, slices.DeleteFunc(noted, func(one Erasure) bool { return listed[one.Hash] })...), nil
}
