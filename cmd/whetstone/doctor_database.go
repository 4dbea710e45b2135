package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

// clockTolerance is how far ahead of the clock a moment may lie.
const clockTolerance = 5 * time.Minute

// lookAtFiles checks the files of an embedded database, and where they are.
func (c doctorCommand) lookAtFiles(context.Context) (found []finding) {
	const about = "database files"
	path, embedded := database.SQLitePath(c.Database)
	if !embedded {
		return []finding{c.lookAtWire()}
	}
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{warn(about, "%s doesn't exist; serving makes it", folder)}
	case err != nil:
		return []finding{bad(about, "%s: %v", folder, reasonOf(err))}
	case info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0:
		found = append(found, bad(about, "others on this machine may replace files in %s (mode %o): chmod 700 it", folder, info.Mode().Perm()))
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".erasures"} {
		if _, err := os.Stat(path + suffix); !errors.Is(err, fs.ErrNotExist) {
			found = append(found, private(about, path+suffix))
		}
	}
	return append(found, lookAtDisk(folder, path)...)
}

// lookAtWire checks whether the connection to a server can be eavesdropped on.
func (c doctorCommand) lookAtWire() finding {
	const about = "database connection"
	address, err := url.Parse(c.Database)
	if err != nil {
		return bad(about, "the address (--database) can't be read")
	}
	mode := address.Query().Get("sslmode")
	if host := address.Hostname(); host != "" && !isLoopback(host) && mode != "verify-full" && mode != "verify-ca" && mode != "require" {
		return warn(about, "answers may go to %s readable over the network: add sslmode=verify-full to the address (--database)", host)
	}
	return ok(about, "it stays on this machine or is encrypted")
}

// lookAtDatabase reads the database as a whole.
func (c doctorCommand) lookAtDatabase(ctx context.Context) (found []finding) {
	const about = "database"
	path, embedded := database.SQLitePath(c.Database)
	if _, err := os.Stat(path); embedded && errors.Is(err, fs.ErrNotExist) {
		return []finding{warn(about, "%s (--database) doesn't exist; serving makes it", path)}
	}
	if prepared, err := database.Prepared(c.Database); err == nil && prepared {
		if c.BeginInEmpty {
			return []finding{warn(about, "%s (--database) is empty; serving begins a new database in it (--begin-in-empty)", path)}
		}
		return []finding{bad(about, "%s (--database) is empty: if it was prepared for a new database, give --begin-in-empty once; if there was one, restore a backup (\"whetstone restore --help\")", path)}
	}
	connected, err := c.connect(ctx)
	if err != nil {
		return []finding{bad(about, "%v", err)}
	}
	defer func() { _ = connected.Close() }()
	if !embedded {
		between := c.lookBetween(ctx, connected)
		if found = append(found, between); between.severity == problem {
			return found
		}
	}
	if err := connected.CheckIntegrity(ctx); err != nil {
		return append(found, bad(about, "%v%s", err, damaged))
	}
	if embedded {
		found = append(found, ok(about, "its structure and all references are whole"))
	}
	migrations, err := connected.Migrations(ctx)
	switch {
	case err != nil:
		return append(found, bad(about, "%v", err))
	case migrations.Version == 0:
		return append(found, warn(about, "it is empty; serving fills it"))
	case len(migrations.Pending) > 0:
		return append(found, warn(about, `its schema is older than this program: "whetstone migrate" or serving brings it up to date`))
	case migrations.Version > migrations.Known:
		found = append(found, bad(about, "its schema has version %d, this program knows %d: run the newer program", migrations.Version, migrations.Known))
	default:
		found = append(found, ok(about, "its schema is up to date (version %d)", migrations.Version))
	}
	if !embedded {
		found = append(found, lookAtDurability(ctx, connected))
	}
	return append(found, c.lookAtErasures(ctx, connected), lookAtClock(ctx, connected, path))
}

// lookBetween checks what is between the app and its server, and whether the app would find a server that takes over.
func (c doctorCommand) lookBetween(ctx context.Context, connected *store.Store) finding {
	const about = "way to the server"
	between, err := connected.Pooling(ctx)
	address, unread := url.Parse(c.Database)
	switch {
	case err != nil:
		return bad(about, "%v", err)
	case between.Pooled && between.Prepares:
		return bad(about, "a pooler (such as PgBouncer) answers in the server's place: if it gives out connections by transaction, statements that were prepared on one fail on the next; add default_query_exec_mode=exec to the address (--database)")
	case between.Pooled:
		return ok(about, "a pooler stands before the server, and nothing is prepared on its connections")
	case unread == nil && severalHosts(address) && !slices.Contains([]string{"read-write", "primary"}, address.Query().Get("target_session_attrs")):
		return warn(about, "the address (--database) names several servers: add target_session_attrs=read-write, so that the app finds the one that can be written to")
	}
	return ok(about, "the server answers itself")
}

// severalHosts reports whether an address names more than one server.
func severalHosts(address *url.URL) bool {
	return strings.Contains(address.Host, ",") || strings.Contains(address.Query().Get("host"), ",")
}

// lookAtDurability checks whether the server keeps what it acknowledges.
func lookAtDurability(ctx context.Context, connected *store.Store) finding {
	const about = "durability"
	careless, err := connected.Careless(ctx)
	switch {
	case err != nil:
		return bad(about, "%v", err)
	case len(careless) > 0:
		return warn(about, "the server may lose answers that were called saved: turn on %s in its postgresql.conf, or for this database", strings.Join(careless, ", "))
	}
	return ok(about, "the server keeps what it acknowledges")
}

// lookAtErasures checks whether the list of deletions would be there for a restoration.
func (c doctorCommand) lookAtErasures(ctx context.Context, connected *store.Store) finding {
	const about = "erasure list"
	noted, err := connected.Erasures(ctx, time.UnixMilli(0))
	if err != nil {
		return bad(about, "%v", err)
	}
	list, err := c.list(c.Database).Read()
	listed := map[string]bool{}
	for _, one := range list {
		listed[one.Hash] = true
	}
	missing := 0
	for _, one := range noted {
		if !listed[one.Hash] {
			missing++
		}
	}
	switch {
	case err != nil:
		return bad(about, "%v (--erasure-list)", err)
	case missing > 0:
		return warn(about, "%d of %d deletions are not on it (--erasure-list): a restored backup would bring them back; a running app adds them within the hour", missing, len(noted))
	}
	return ok(about, "it holds all %d deletions", len(noted))
}

// lookAtClock compares the clock with the latest times in the data and of their file.
func lookAtClock(ctx context.Context, connected *store.Store, path string) finding {
	const about = "clock"
	now := time.Now()
	newest, err := connected.Newest(ctx)
	if err != nil {
		return bad(about, "%v", err)
	}
	if info, err := os.Stat(path); err == nil && info.ModTime().After(newest) {
		newest = info.ModTime()
	}
	if ahead := newest.Sub(now); ahead > clockTolerance {
		return bad(about, "it shows %s, but the data are from %s: set it (timedatectl, chronyc tracking), or sessions and trends go wrong",
			now.UTC().Format(time.DateTime), newest.UTC().Format(time.DateTime))
	}
	return ok(about, "nothing that is kept lies in the future")
}
