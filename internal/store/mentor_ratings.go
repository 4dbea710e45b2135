package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// ratingColumns are the columns that scanRating reads, in its order.
const ratingColumns = `v.competency, v.level, v.later, v.comment, v.revision, v.updated_at`

func scanRating(row func(...any) error) (model.Rating, error) {
	var rating model.Rating
	var level, later, updated sql.NullInt64
	err := row(&rating.Competency, &level, &later, &rating.Comment, &rating.Revision, &updated)
	rating.Level, rating.Later = levelOf(level), levelOf(later)
	rating.UpdatedAt = moment(updated)
	return rating, err
}

// levelOf reads back what storedLevel wrote.
func levelOf(stored sql.NullInt64) model.Level {
	if !stored.Valid {
		return model.Blank
	}
	return model.Level(stored.Int64)
}

// storedLevel is how a level is stored; blank is NULL.
func storedLevel(level model.Level) sql.NullInt64 {
	return sql.NullInt64{Int64: int64(level), Valid: level != model.Blank}
}

// Rating reads one rating of a review; a blank one where none was written.
func (s *Store) Rating(ctx context.Context, reviewID, competency string) (rating model.Rating, err error) {
	rating = model.Rating{Competency: competency, Level: model.Blank, Later: model.Blank}
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		rating, err = scanRating(row)
		return err
	}, `SELECT `+ratingColumns+` FROM ratings v WHERE v.review_id = $1 AND v.competency = $2`, reviewID, competency)
	return rating, err
}

// PutRating writes a rating of a mentor's review and raises its revision by one; model.ErrNotFound if the review isn't
// theirs.
func (s *Store) PutRating(ctx context.Context, mentorID, reviewID string, rating model.Rating) error {
	return found(s.Exec(ctx, `
		INSERT INTO ratings (review_id, competency, level, later, comment, revision, updated_at)
		SELECT r.id, $3, $4, $5, $6, 1, $7 FROM reviews r WHERE r.mentor_id = $1 AND r.id = $2
		ON CONFLICT (review_id, competency) DO UPDATE SET
			level = excluded.level, later = excluded.later, comment = excluded.comment,
			revision = ratings.revision + 1, updated_at = excluded.updated_at`,
		mentorID, reviewID, rating.Competency, storedLevel(rating.Level), storedLevel(rating.Later), rating.Comment,
		milliseconds(rating.UpdatedAt)))
}
