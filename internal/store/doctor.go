package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Newest is the newest moment that the data speak of, the zero time if they speak of none.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	var newest sql.NullInt64
	err := s.queryRow(ctx, `SELECT max(at) FROM (
		SELECT max(seen_at) AS at FROM sessions UNION ALL
		SELECT max(started_at) FROM assessments UNION ALL SELECT max(finished_at) FROM assessments UNION ALL
		SELECT max(updated_at) FROM answers) AS moments`, nil, &newest)
	return moment(newest), err
}

// Careless names the settings that let a PostgreSQL server acknowledge what it may lose.
func (s *Store) Careless(ctx context.Context) (names []string, err error) {
	if s.engine != PostgreSQL {
		return nil, nil
	}
	err = s.query(ctx, func(row func(...any) error) error {
		var name string
		err := row(&name)
		names = append(names, name)
		return err
	}, `SELECT name FROM pg_settings
		WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`)
	return names, err
}

// Pooling is what lies between this program and a PostgreSQL server.
type Pooling struct {
	// Pooled tells that a pooler, as PgBouncer, answers in the server's place.
	Pooled bool
	// Prepares tells that statements are prepared on one connection to be run on it later, which a pooler that gives
	// each transaction another one doesn't bear.
	Prepares bool
}

// Pooling looks what lies between. Where a server answers itself it is its own process that does.
func (s *Store) Pooling(ctx context.Context) (found Pooling, err error) {
	if s.engine != PostgreSQL {
		return found, nil
	}
	connection, err := s.reads.Conn(ctx)
	if err != nil {
		return found, unreachable(ctx, err)
	}
	defer func() { _ = connection.Close() }()
	return found, connection.Raw(func(raw any) error {
		direct := raw.(*stdlib.Conn).Conn() // the driver that openPostgreSQL takes
		mode := direct.Config().DefaultQueryExecMode
		found.Prepares = mode != pgx.QueryExecModeExec && mode != pgx.QueryExecModeSimpleProtocol
		var process int64
		err := direct.QueryRow(ctx, `SELECT pg_backend_pid()`, pgx.QueryExecModeSimpleProtocol).Scan(&process)
		found.Pooled = err == nil && process != int64(direct.PgConn().PID())
		return err
	})
}
