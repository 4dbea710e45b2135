package store

import (
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// milliseconds returns how a moment is stored; the zero time is NULL.
func milliseconds(moment time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: moment.UnixMilli(), Valid: !moment.IsZero()}
}

// moment reads back what milliseconds wrote.
func moment(stored sql.NullInt64) time.Time {
	if !stored.Valid {
		return time.Time{}
	}
	return time.UnixMilli(stored.Int64).UTC()
}

// date returns how a whole day is stored; the zero time is NULL.
func date(day time.Time) sql.NullString {
	return sql.NullString{String: day.Format(model.DateLayout), Valid: !day.IsZero()}
}

// day reads back what date wrote.
func day(stored sql.NullString) (time.Time, error) {
	if !stored.Valid {
		return time.Time{}, nil
	}
	return time.Parse(model.DateLayout, stored.String)
}
