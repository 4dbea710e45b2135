package store

import "context"

// Mark is a short random text that tells this installation from others. It was made with the schema, and
// moves with the data.
func (s *Store) Mark(ctx context.Context) (mark string, err error) {
	err = s.QueryRow(ctx, `SELECT mark FROM installation WHERE id = 1`, nil, &mark)
	return mark, err
}
