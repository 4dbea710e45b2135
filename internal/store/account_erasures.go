package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
)

// NoteErasure notes, in the transaction that deletes them, that managers, assessments, commitments, reviews, entries of
// logs, depth maps or what is shown of one are deleted for good: a restored backup must not bring them back. Only hashes of their ids are kept.
func (s *Store) NoteErasure(ctx context.Context, at time.Time, ids ...string) error {
	s.erased = true
	for _, id := range ids {
		if err := s.putErasure(ctx, Erasure{hashID(id), at}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) putErasure(ctx context.Context, erased Erasure) error {
	_, err := s.Exec(ctx, `INSERT INTO erasures (id_hash, erased_at) VALUES ($1, $2) ON CONFLICT (id_hash) DO NOTHING`,
		erased.Hash, milliseconds(erased.At))
	return err
}

// hashID returns what stands for a deleted id. Ids are random and long, so nobody guesses one to try.
func hashID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// Erasures lists what was noted as deleted since a moment.
func (s *Store) Erasures(ctx context.Context, since time.Time) (list []Erasure, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
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
type Replayed struct{ Managers, Assessments, Commitments, Entries, Maps, ShownMaps, Proposals, Reviews int }

// Any reports whether there was anything to delete.
func (r Replayed) Any() bool { return r != Replayed{} }

// Replay deletes what a list says was deleted, and notes the whole list. It is for a database restored from an older
// state. It works in batches, each of which notes what it deletes: the next call continues an interrupted one, and
// several processes at once delete each thing only once.
func (s *Store) Replay(ctx context.Context, list []Erasure) (replayed Replayed, err error) {
	erased := map[string]Erasure{}
	for _, one := range list {
		erased[one.Hash] = one
	}
	assessments, err := s.erasedOf(ctx, `SELECT id, 1 FROM assessments`, erased)
	if err != nil {
		return replayed, err
	}
	managers, err := s.erasedOf(ctx, `SELECT id, (SELECT count(*) FROM assessments WHERE manager_id = managers.id) FROM managers`, erased)
	if err != nil {
		return replayed, err
	}
	commitments, err := s.erasedOf(ctx, `SELECT id, 0 FROM commitments`, erased)
	if err != nil {
		return replayed, err
	}
	entries, err := s.erasedOf(ctx, `SELECT id, 0 FROM log_entries`, erased)
	if err != nil {
		return replayed, err
	}
	replayed.Entries, err = s.replayEach(ctx, entries, (*Store).deleteLogEntryAgain)
	if err != nil {
		return replayed, err
	}
	maps, err := s.erasedOf(ctx, `SELECT id, 0 FROM depth_maps`, erased)
	if err != nil {
		return replayed, err
	}
	replayed.Maps, err = s.replayEach(ctx, maps, (*Store).deleteDepthMapAgain)
	if err != nil {
		return replayed, err
	}
	shown, err := s.erasedOf(ctx, `SELECT id, 0 FROM shown_maps`, erased)
	if err != nil {
		return replayed, err
	}
	replayed.ShownMaps, err = s.replayEach(ctx, shown, (*Store).hideMapAgain)
	if err != nil {
		return replayed, err
	}
	replayed.Commitments, err = s.replayEach(ctx, commitments, (*Store).deleteCommitmentAgain)
	if err != nil {
		return replayed, err
	}
	proposals, err := s.erasedOf(ctx, `SELECT id, 0 FROM team_proposals`, erased)
	if err != nil {
		return replayed, err
	}
	replayed.Proposals, err = s.replayEach(ctx, proposals, (*Store).deleteProposalAgain)
	if err != nil {
		return replayed, err
	}
	reviews, err := s.erasedOf(ctx, `SELECT id, 0 FROM reviews`, erased)
	if err != nil {
		return replayed, err
	}
	replayed.Reviews, err = s.replayEach(ctx, reviews, (*Store).deleteReviewAgain)
	if err != nil {
		return replayed, err
	}
	replayed.Assessments, err = s.replayEach(ctx, assessments, (*Store).deleteAgain)
	if err != nil {
		return replayed, err
	}
	replayed.Managers, err = s.replayEach(ctx, managers, (*Store).DeleteManager)
	if err != nil {
		return replayed, err
	}
	for some := range slices.Chunk(list, batchRows) {
		err := s.InTx(ctx, func(tx *Store) error {
			for _, one := range some {
				if err := tx.putErasure(ctx, one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return replayed, err
		}
	}
	return replayed, nil
}

// replaying is something that a list says was deleted, and that is there.
type replaying struct {
	id string
	// assessments is how many go with it.
	assessments int
	erasure     Erasure
}

// replayEach deletes and notes things in batches, and returns how many were still there.
func (s *Store) replayEach(ctx context.Context, found []replaying, remove func(tx *Store, ctx context.Context, id string) error) (deleted int, err error) {
	for len(found) > 0 {
		count, assessments := 0, 0
		for count < min(len(found), unreachableAtOnce) && (count == 0 || assessments+found[count].assessments <= assessmentsAtOnce) {
			assessments += found[count].assessments
			count++
		}
		done := 0
		err := s.InTx(ctx, func(tx *Store) error {
			done = 0
			for _, one := range found[:count] {
				switch err := remove(tx, ctx, one.id); {
				case err == nil:
					done++
				case !errors.Is(err, model.ErrNotFound): // another process may have been faster
					return err
				}
				if err := tx.putErasure(ctx, one.erasure); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return deleted, err
		}
		deleted += done
		found = found[count:]
	}
	return deleted, nil
}

// deleteAgain deletes an assessment, whoever it belongs to, and notes that its manager's history is incomplete;
// model.ErrNotFound if it is gone.
func (s *Store) deleteAgain(ctx context.Context, assessmentID string) error {
	_, err := s.Exec(ctx, `UPDATE managers SET thinned = 1
		WHERE id = (SELECT manager_id FROM assessments WHERE id = $1 AND state = 'finished')`, assessmentID)
	if err == nil {
		err = found(s.Exec(ctx, `DELETE FROM assessments WHERE id = $1`, assessmentID))
	}
	return s.NoteRemains(ctx, err)
}

// erasedOf picks what a list holds from a query's rows of ids and numbers of assessments. The hashing is done here,
// since SQLite has no function for it.
func (s *Store) erasedOf(ctx context.Context, query string, erased map[string]Erasure) (list []replaying, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one replaying
		if err := row(&one.id, &one.assessments); err != nil {
			return err
		}
		var listed bool
		if one.erasure, listed = erased[hashID(one.id)]; listed {
			list = append(list, one)
		}
		return nil
	}, query)
	return list, err
}
