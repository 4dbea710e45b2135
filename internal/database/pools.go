package database

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Pools returns the pools of connections by name, for their statistics only.
func (d *DB) Pools() map[string]*sql.DB {
	if d.reads == d.writes {
		return map[string]*sql.DB{"all": d.reads}
	}
	return map[string]*sql.DB{"reads": d.reads, "writes": d.writes}
}

// Careless names the settings that let a PostgreSQL server acknowledge what it may lose.
func (d *DB) Careless(ctx context.Context) (names []string, err error) {
	if d.engine != PostgreSQL {
		return nil, nil
	}
	err = d.Query(ctx, func(row func(...any) error) error {
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
	// Pooled reports whether a pooler, such as PgBouncer, answers in the server's place.
	Pooled bool
	// Prepares reports whether statements are prepared on one connection and run on it later, which fails behind a
	// pooler that gives each transaction another connection.
	Prepares bool
}

// Pooling finds out what lies in between. A server without a pooler answers with its own process.
func (d *DB) Pooling(ctx context.Context) (found Pooling, err error) {
	if d.engine != PostgreSQL {
		return found, nil
	}
	connection, err := d.reads.Conn(ctx)
	if err != nil {
		return found, Unreachable(ctx, err)
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
