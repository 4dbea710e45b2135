package database

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// kind is what a column holds, whatever an engine calls it.
type kind string

const (
	integer kind = "integer"
	real    kind = "real"
	text    kind = "text"
	blob    kind = "blob"
	boolean kind = "boolean"
)

// kinds are the types that our migrations use, as the engines name them.
var kinds = map[string]kind{
	"INTEGER": integer, "REAL": real, "TEXT": text, "BLOB": blob,
	"bigint": integer, "integer": integer, "double precision": real, "text": text, "bytea": blob, "boolean": boolean,
}

// shape is what a table looks like.
type shape struct {
	name    string
	columns []string
	kinds   map[string]kind
	// references are the tables that its rows refer to.
	references []string
}

// shapes describes all tables of the database that hold our data, each after those that it refers to. It asks the
// database itself, so that no table can be forgotten.
func (d *DB) shapes(ctx context.Context) ([]shape, error) {
	names, err := d.tableNames(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string]shape{}
	for _, name := range names {
		if strings.HasPrefix(name, "goose_") { // what the migrations keep for themselves
			continue
		}
		if found[name], err = d.shapeOf(ctx, name); err != nil {
			return nil, err
		}
	}
	return inOrder(found)
}

func (d *DB) shapeOf(ctx context.Context, name string) (shape, error) {
	columns := `SELECT name, type FROM pragma_table_info($1)`
	references := `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`
	if d.engine == PostgreSQL {
		columns = `SELECT column_name, data_type FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1`
		references = `SELECT DISTINCT used.table_name
			FROM information_schema.table_constraints made
			JOIN information_schema.constraint_column_usage used
				ON used.constraint_schema = made.constraint_schema AND used.constraint_name = made.constraint_name
			WHERE made.constraint_type = 'FOREIGN KEY' AND made.table_schema = current_schema() AND made.table_name = $1`
	}
	described := shape{name: name, kinds: map[string]kind{}}
	err := d.Query(ctx, func(row func(...any) error) error {
		var column, declared string
		if err := row(&column, &declared); err != nil {
			return err
		}
		holds, known := kinds[declared]
		if !known {
			return fmt.Errorf("the column %s of %s has the unknown type %s", column, name, declared)
		}
		described.columns = append(described.columns, column)
		described.kinds[column] = holds
		return nil
	}, columns, name)
	if err != nil {
		return described, err
	}
	slices.Sort(described.columns)
	return described, d.Query(ctx, func(row func(...any) error) error {
		var other string
		err := row(&other)
		if other != name {
			described.references = append(described.references, other)
		}
		return err
	}, references, name)
}

// inOrder puts each table after those that it refers to.
func inOrder(found map[string]shape) (ordered []shape, err error) {
	placed := map[string]bool{}
	for len(ordered) < len(found) {
		before := len(ordered)
		for _, name := range slices.Sorted(maps.Keys(found)) {
			waits := slices.ContainsFunc(found[name].references, func(other string) bool { return !placed[other] })
			if !placed[name] && !waits {
				placed[name] = true
				ordered = append(ordered, found[name])
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to each other in a circle, or to none of this database")
		}
	}
	return ordered, nil
}
