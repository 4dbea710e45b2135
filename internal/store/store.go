// Package store keeps everything that must outlive the process: the queries, a file a noun. One portable SQL
// text serves both engines of package database. Who owns a row stands in the SQL itself.
package store

import (
	"context"
	"whetstone/internal/database"
)

// Store is the queries over the database, or over one transaction of it (inside InTx). It is safe for
// concurrent use, other than inside InTx.
type Store struct {
	*database.DB
	// erasures is the file that what is deleted is listed in, if there is one.
	erasures *ErasureList
	// decoded remembers what never changes and is nobody's.
	decoded *decoded
	// settled remembers what never changes of people's assessments.
	settled *settled
	// erased tells that something of somebody was erased in this transaction.
	erased bool
}

// Open opens the database at address, makes an embedded one, and brings its schema up to date; see openDB.
func Open(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Open(ctx, address))
}

// Connect opens the database at address as it is; see connectDB.
func Connect(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Connect(ctx, address))
}

// Create opens the database at address as it is, and makes the file of an embedded one.
func Create(ctx context.Context, address string) (*Store, error) {
	return storeOver(database.Create(ctx, address))
}

// storeOver passes an error of opening on.
func storeOver(opened *database.DB, err error) (*Store, error) {
	if err != nil {
		return nil, err
	}
	return &Store{DB: opened, decoded: newDecoded(), settled: newSettled()}, nil
}

// Anew is the store without what is remembered of people's assessments: it reads everything, and remembers nothing.
func (s *Store) Anew() *Store {
	return &Store{DB: s.DB, erasures: s.erasures, decoded: s.decoded, settled: &settled{}}
}

// InTx runs work in one transaction; see DB.InTx. It touches nothing but the Store that it is given.
func (s *Store) InTx(ctx context.Context, work func(*Store) error) error {
	var inside *Store
	err := s.DB.InTx(ctx, func(tx *database.DB) error {
		// It may see what is never committed: nothing of that is remembered.
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
