package database

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// copyRows is how many rows one statement copies, unless their columns are too many for one.
const copyRows, copyValues = 250, 20_000

// Create opens the database at address as it is, and makes the file of an embedded one.
func Create(ctx context.Context, address string) (*DB, error) { return connect(ctx, address) }

// InUse reports whether another process of this machine has an embedded database open. Ask before opening it.
func InUse(path string) (bool, error) { return inUse(path) }

// CopyTo copies everything in the database into another one, which must be empty, and returns how many rows each table
// has. The rows are read back and compared by number and hash; only if they are the same is anything kept. The copy
// shows one moment of this database.
func (d *DB) CopyTo(ctx context.Context, to *DB, progress Progress) (counts RowCounts, err error) {
	found, err := d.Migrations(ctx)
	if err != nil {
		return nil, err
	}
	if len(found.Pending) > 0 || found.Version > found.Known {
		return nil, fmt.Errorf(`the schema to copy from has version %d, this program knows %d: run "whetstone migrate" of the newer one first`, found.Version, found.Known)
	}
	seeded, err := seededTables(ctx)
	if err != nil {
		return nil, err
	}
	if err := to.mustBeEmpty(ctx, seeded); err != nil {
		return nil, err
	}
	if err := to.Migrate(ctx); err != nil {
		return nil, err
	}
	// Either database may ask for another try. Both sides then start over: a snapshot that was refused is of no use to
	// the other side's transaction.
	err = d.retried(ctx, func() error {
		return d.inSnapshotOnce(ctx, func(from *DB) error {
			return to.inTxOnce(ctx, func(tx *DB) (err error) {
				for _, name := range seeded {
					if _, err := tx.Exec(ctx, `DELETE FROM `+quoted(name)); err != nil {
						return err
					}
				}
				counts, err = copyTables(ctx, from, tx, progress)
				return err
			})
		})
	})
	return counts, err
}

// seededTables are those that a new database holds rows of.
func seededTables(ctx context.Context) (seeded []string, err error) {
	folder, err := os.MkdirTemp("", "whetstone-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	fresh, err := Open(ctx, "sqlite:"+filepath.Join(folder, "schema.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	counts, err := fresh.CountRows(ctx)
	for name, count := range counts {
		if count > 0 && !strings.HasPrefix(name, "goose_") {
			seeded = append(seeded, name)
		}
	}
	return seeded, err
}

func (d *DB) mustBeEmpty(ctx context.Context, seeded []string) error {
	counts, err := d.CountRows(ctx)
	if err != nil {
		return err
	}
	for name, count := range counts {
		if count > 0 && !strings.HasPrefix(name, "goose_") && !slices.Contains(seeded, name) {
			return fmt.Errorf("the database to copy to is not empty: its table %s holds rows already", name)
		}
	}
	return nil
}

func copyTables(ctx context.Context, from, to *DB, progress Progress) (RowCounts, error) {
	sources, err := from.shapes(ctx)
	if err != nil {
		return nil, err
	}
	targets, err := to.shapes(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := from.CountRows(ctx)
	if err != nil {
		return nil, err
	}
	copied, done, total := RowCounts{}, int64(0), int64(0)
	for _, source := range sources {
		total += 2 * counts[source.name] // written, then read again
	}
	step := func() { done++; progress.tell(done, total) }
	for _, source := range sources {
		at := slices.IndexFunc(targets, func(target shape) bool {
			return target.name == source.name && slices.Equal(target.columns, source.columns)
		})
		if at < 0 {
			return nil, fmt.Errorf("the table %s is another one in the database to copy to", source.name)
		}
		written, err := copyTable(ctx, from, to, source, targets[at], step)
		if err != nil {
			return nil, fmt.Errorf("copying the table %s: %w", source.name, err)
		}
		read, err := to.fingerprint(ctx, source, step)
		if err != nil {
			return nil, fmt.Errorf("reading the table %s again: %w", source.name, err)
		}
		if read != written {
			return nil, fmt.Errorf("the table %s is not the same after the copying: %d rows were read and %d written, with another content", source.name, written.rows, read.rows)
		}
		copied[source.name] = written.rows
	}
	return copied, nil
}

// copyTable copies the rows of one table and returns their fingerprint.
func copyTable(ctx context.Context, from, to *DB, source, target shape, step func()) (fingerprint, error) {
	var sum fingerprint
	var waiting []any
	size := min(copyRows, copyValues/len(source.columns))
	flush := func() error {
		if len(waiting) == 0 {
			return nil
		}
		_, err := to.Exec(ctx, target.insertion(len(waiting)/len(source.columns)), waiting...)
		waiting = waiting[:0]
		return err
	}
	err := from.eachRow(ctx, source, func(values []any) error {
		sum.add(values)
		for i, name := range source.columns {
			waiting = append(waiting, converted(values[i], target.kinds[name]))
		}
		step()
		if len(waiting) < size*len(source.columns) {
			return nil
		}
		return flush()
	})
	return sum, errors.Join(err, flush())
}

// converted returns a value as a column of that kind takes it: not every engine has booleans.
func converted(value any, to kind) any {
	if number, isNumber := value.(int64); isNumber && to == boolean {
		return number != 0
	}
	return value
}

func (t shape) insertion(rows int) string {
	var statement strings.Builder
	names := make([]string, len(t.columns))
	for i, name := range t.columns {
		names[i] = quoted(name)
	}
	fmt.Fprintf(&statement, "INSERT INTO %s (%s) VALUES ", quoted(t.name), strings.Join(names, ", "))
	for row := range rows {
		for i := range t.columns {
			separator := ", "
			if i == 0 {
				separator = map[bool]string{true: "(", false: "), ("}[row == 0]
			}
			fmt.Fprintf(&statement, "%s$%d", separator, row*len(t.columns)+i+1)
		}
	}
	return statement.String() + ")"
}

// eachRow reads the rows of a table in any order, with booleans as numbers.
func (d *DB) eachRow(ctx context.Context, table shape, do func(values []any) error) error {
	names, values, into := make([]string, len(table.columns)), make([]any, len(table.columns)), make([]any, len(table.columns))
	for i, name := range table.columns {
		names[i], into[i] = quoted(name), &values[i]
	}
	return d.Query(ctx, func(row func(...any) error) error {
		if err := row(into...); err != nil {
			return err
		}
		for i, value := range values {
			if truth, isTruth := value.(bool); isTruth {
				values[i] = map[bool]int64{true: 1, false: 0}[truth]
			}
		}
		return do(values)
	}, `SELECT `+strings.Join(names, ", ")+` FROM `+quoted(table.name))
}

func (d *DB) fingerprint(ctx context.Context, table shape, step func()) (sum fingerprint, err error) {
	err = d.eachRow(ctx, table, func(values []any) error {
		sum.add(values)
		step()
		return nil
	})
	return sum, err
}

// fingerprint identifies the rows of a table regardless of their order: engines sort text differently.
type fingerprint struct {
	rows int64
	sum  [4]uint64
}

// add includes one row: the fingerprint is the sum of all rows' hashes.
func (f *fingerprint) add(values []any) {
	hashed := sha256.New()
	for _, value := range values {
		writeValue(hashed, value)
	}
	sum := hashed.Sum(nil)
	f.rows++
	for i := range f.sum {
		f.sum[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
}

// writeValue hashes a value with its kind and length, so that no two rows read alike.
func writeValue(into hash.Hash, value any) {
	var head [9]byte
	var content []byte
	switch value := value.(type) {
	case nil:
		head[0] = 'n'
	case int64:
		head[0] = 'i'
		binary.BigEndian.PutUint64(head[1:], uint64(value))
	case float64:
		head[0] = 'f'
		binary.BigEndian.PutUint64(head[1:], math.Float64bits(value))
	case string:
		head[0], content = 't', []byte(value)
		binary.BigEndian.PutUint64(head[1:], uint64(len(value)))
	case []byte:
		head[0], content = 'b', value
		binary.BigEndian.PutUint64(head[1:], uint64(len(value)))
	default: // shapes knows no other kinds
		head[0], content = '?', fmt.Append(nil, value)
	}
	_, _ = into.Write(head[:]) // a hash never fails
	_, _ = into.Write(content)
}
