package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// NoteErasure notes, in the transaction that deletes them, that managers or assessments are deleted for
// good: a restored backup must not bring them back. Only hashes of their ids are kept.
func (s *Store) NoteErasure(ctx context.Context, at time.Time, ids ...string) error {
	for _, id := range ids {
		if err := s.putErasure(ctx, Erasure{hashID(id), at}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) putErasure(ctx context.Context, erased Erasure) error {
	_, err := s.exec(ctx, `INSERT INTO erasures (id_hash, erased_at) VALUES ($1, $2) ON CONFLICT (id_hash) DO NOTHING`,
		erased.Hash, milliseconds(erased.At))
	return err
}

// hashID stands for an id that is deleted. Ids are random and long, so nobody guesses one to try.
func hashID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// Erasures lists what was noted as deleted since a moment.
func (s *Store) Erasures(ctx context.Context, since time.Time) (list []Erasure, err error) {
	err = s.query(ctx, func(row func(...any) error) error {
		var one Erasure
		var at int64
		err := row(&one.Hash, &at)
		one.At = time.UnixMilli(at).UTC()
		list = append(list, one)
		return err
	}, `SELECT id_hash, erased_at FROM erasures WHERE erased_at >= $1 ORDER BY erased_at, id_hash`, since.UnixMilli())
	return list, err
}

// Replayed counts what a replay of erasures deleted.
type Replayed struct{ Managers, Assessments int }

// Any tells whether there was anything to delete.
func (r Replayed) Any() bool { return r.Managers+r.Assessments > 0 }

// Replay deletes what a list says was deleted, and notes all of the list. It is for a database that was
// brought back from an older state.
func (s *Store) Replay(ctx context.Context, list []Erasure) (replayed Replayed, err error) {
	erased := map[string]bool{}
	for _, one := range list {
		erased[one.Hash] = true
	}
	err = s.InTx(ctx, func(tx *Store) error {
		managers, err := tx.erasedOf(ctx, `SELECT id FROM managers`, erased)
		if err != nil {
			return err
		}
		assessments, err := tx.erasedOf(ctx, `SELECT id FROM assessments`, erased)
		if err != nil {
			return err
		}
		for _, id := range assessments {
			if err := tx.deleteAgain(ctx, id); err != nil {
				return err
			}
		}
		for _, id := range managers {
			if err := tx.DeleteManager(ctx, id); err != nil {
				return err
			}
		}
		for _, one := range list {
			if err := tx.putErasure(ctx, one); err != nil {
				return err
			}
		}
		replayed = Replayed{len(managers), len(assessments)}
		return nil
	})
	return replayed, err
}

// deleteAgain deletes an assessment, whoever's it is, and notes that its manager's history is not whole.
func (s *Store) deleteAgain(ctx context.Context, assessmentID string) error {
	_, err := s.exec(ctx, `UPDATE managers SET thinned = 1
		WHERE id = (SELECT manager_id FROM assessments WHERE id = $1 AND state = 'finished')`, assessmentID)
	if err == nil {
		_, err = s.exec(ctx, `DELETE FROM assessments WHERE id = $1`, assessmentID)
	}
	return s.noteRemains(ctx, err)
}

// erasedOf picks, from the ids that a query gives, those that a list holds. The hashing is done here, since
// SQLite has no function for it.
func (s *Store) erasedOf(ctx context.Context, query string, erased map[string]bool) (ids []string, err error) {
	err = s.query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		if erased[hashID(id)] {
			ids = append(ids, id)
		}
		return err
	}, query)
	return ids, err
}
