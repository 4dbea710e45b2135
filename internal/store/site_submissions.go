package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// ClaimSubmission notes that a holder carries out a form, unless it was sent before, and reports whether it did.
func (s *Store) ClaimSubmission(ctx context.Context, digest, holder string, now time.Time) (bool, error) {
	added, err := s.Exec(ctx, `INSERT INTO submissions (digest, holder, beats, sent_at) VALUES ($1, $2, 0, $3)
		ON CONFLICT (digest) DO NOTHING`, digest, holder, milliseconds(now))
	return added > 0, err
}

// Submission finds a form that was sent; model.ErrNotFound if there is none.
func (s *Store) Submission(ctx context.Context, digest string) (found model.Submission, err error) {
	err = s.QueryRow(ctx, `SELECT holder, beats, outcome FROM submissions WHERE digest = $1`, []any{digest},
		&found.Holder, &found.Beats, &found.Outcome)
	return found, err
}

// TakeSubmission gives a form to another holder, if the present one has shown no life since it was looked at.
func (s *Store) TakeSubmission(ctx context.Context, digest string, seen model.Submission, holder string) (bool, error) {
	taken, err := s.Exec(ctx, `UPDATE submissions SET holder = $4, beats = 0
		WHERE digest = $1 AND holder = $2 AND beats = $3 AND outcome IS NULL`, digest, seen.Holder, seen.Beats, holder)
	return taken > 0, err
}

// BeatSubmission shows that the holder of a form still works on it.
func (s *Store) BeatSubmission(ctx context.Context, digest, holder string) error {
	_, err := s.Exec(ctx, `UPDATE submissions SET beats = beats + 1 WHERE digest = $1 AND holder = $2`, digest, holder)
	return err
}

// EndSubmission keeps the outcome of a form for those who send it again. Without one nothing was done, and the
// form is forgotten.
func (s *Store) EndSubmission(ctx context.Context, digest, holder string, outcome []byte) (err error) {
	if outcome == nil {
		_, err = s.Exec(ctx, `DELETE FROM submissions WHERE digest = $1 AND holder = $2 AND outcome IS NULL`, digest, holder)
		return err
	}
	_, err = s.Exec(ctx, `UPDATE submissions SET outcome = $3 WHERE digest = $1 AND holder = $2`, digest, holder, outcome)
	return err
}

// DeleteSubmissionsBefore forgets a batch of the forms that were sent before a moment, and reports whether there
// may be more.
func (s *Store) DeleteSubmissionsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM submissions WHERE digest IN
		(SELECT digest FROM submissions WHERE sent_at < $1 ORDER BY sent_at LIMIT $2)`, limit)
}
