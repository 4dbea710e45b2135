// Package store keeps everything that must outlive the process: the queries, one file per noun. The same portable SQL
// serves both engines of package database. Each statement names the owner of the rows that it touches.
package store

import (
	"context"
	"whetstone/internal/database"
)

// Store is the queries over the database, or over one transaction of it (inside InTx). It is safe for
// concurrent use, other than inside InTx.
type Store struct {
	*database.DB
	// erasures is the file that lists deletions, if there is one.
	erasures *ErasureList
	// decoded caches what never changes and is nobody's.
	decoded *decoded
	// settled caches what never changes in people's assessments.
	settled *settled
	// erased tells that this transaction erases something of a person.
	erased bool
}

// Open opens the database at address, makes an embedded one, and brings its schema up to date; see database.Open.
func Open(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Open(ctx, address))
}

// Connect opens the database at address as it is; see database.Connect.
func Connect(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Connect(ctx, address))
}

// Create opens the database at address as it is, and makes the file of an embedded one.
func Create(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Create(ctx, address))
}

// storeOver wraps a database that was opened, and passes on the error of one that wasn't.
func storeOver(opened *database.DB, err error) (*Store, error) {
	if err != nil {
		return nil, err
	}
	return Over(opened), nil
}

// Over returns the queries over a database that is open.
func Over(opened *database.DB) *Store {
	return &Store{DB: opened, decoded: newDecoded(), settled: newSettled()}
}

// Anew returns the store without its cache of people's assessments.
func (s *Store) Anew() *Store {
	return &Store{DB: s.DB, erasures: s.erasures, decoded: s.decoded, settled: &settled{}}
}

// InTx runs work in one transaction; see DB.InTx. It touches nothing but the Store that it is given.
func (s *Store) InTx(ctx context.Context, work func(*Store) error) error {
	var inside *Store
	err := s.DB.InTx(ctx, func(tx *database.DB) error {
		// It may read what is never committed, so it doesn't share the cache.
		inside = &Store{DB: tx, decoded: s.decoded, settled: &settled{}}
		return work(inside)
	})
	if err == nil && inside.erased {
		s.Forget()
	}
	return err
}

// InSnapshot runs several reads on one state of the database; see DB.InSnapshot.
func (s *Store) InSnapshot(ctx context.Context, read func(*Store) error) error {
	return s.DB.InSnapshot(ctx, func(tx *database.DB) error {
		return read(&Store{DB: tx, decoded: s.decoded, settled: s.settled})
	})
}

// CopyTo copies all that the database holds into another one; see DB.CopyTo.
func (s *Store) CopyTo(ctx context.Context, to *Store, progress database.Progress) (database.RowCounts, error) {
	return s.DB.CopyTo(ctx, to.DB, progress)
}
