package database

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// ErrEmpty is the error for an empty file where a database should be. SQLite would start a new one in it, and discard
// a log beside it.
var ErrEmpty = errors.New("the file is empty, which no running app leaves behind")

// beginningOf returns the file that lies beside a database from before its file is made until there is something in
// it. With it, a file whose creation was interrupted, which the next start continues, can be told from one that a disk
// or a copy has emptied.
func beginningOf(path string) string { return path + "-new" }

// makeFile makes the file of a database if there is none. Only its owner can read it, since it holds candid statements
// about people. An existing empty file is ErrEmpty, unless a start has just made it.
func makeFile(path string) error {
	missing, err := lacks(path)
	if err != nil {
		return err
	}
	if missing {
		if err := touch(beginningOf(path), os.O_CREATE|os.O_WRONLY); err != nil {
			return err
		}
		// After a loss of power, the file must not be there without this one. Not every file system syncs folders.
		_ = SyncFolder(path)
	}
	return touch(path, os.O_RDWR|os.O_CREATE)
}

// lacks reports whether a database is still to be made.
func lacks(path string) (bool, error) {
	empty, err := isEmpty(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil || !empty {
		return false, err
	}
	if _, err := os.Stat(beginningOf(path)); !errors.Is(err, fs.ErrNotExist) {
		return true, err
	}
	// Another process may have been making it, and have finished between the two checks.
	if empty, err = isEmpty(path); err == nil && empty {
		err = ErrEmpty
	}
	return false, err
}

// Prepared reports whether an operator may have prepared the file of an SQLite database that is still to be made: it
// is there, empty, and nothing lies beside it that only a used database leaves, such as its log or its list of
// deletions.
func Prepared(address string) (bool, error) {
	path, embedded := SQLitePath(address)
	if !embedded {
		return false, nil
	}
	empty, err := isEmpty(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !empty {
		return false, err
	}
	for _, suffix := range []string{"-wal", ".erasures"} {
		if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
			return false, nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	return true, nil
}

// BeginInPrepared lets Open start a database in an empty file that, by the operator's word, was prepared for it. A
// file that isn't empty, or that has something beside it, stays as it is.
func BeginInPrepared(address string) error {
	prepared, err := Prepared(address)
	if err != nil || !prepared {
		return err
	}
	path, _ := SQLitePath(address)
	return touch(beginningOf(path), os.O_CREATE|os.O_WRONLY)
}

func isEmpty(path string) (bool, error) {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0, err
}

func touch(path string, flags int) error {
	file, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// hasBegun notes that there is something in the file of a database.
func hasBegun(path string) error {
	empty, err := isEmpty(path)
	if err != nil || empty {
		return errors.Join(err, onlyIf(empty, fmt.Errorf("SQLite left %s empty", path)))
	}
	if err := os.Remove(beginningOf(path)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

var temporaries sync.Once

// keepTemporariesBeside makes SQLite put its temporary files in the database's folder, unless an operator has chosen
// another (SQLITE_TMPDIR). Rewriting the database goes through a temporary file that holds everything: it belongs on
// the disk chosen for the data, not on a shared one, and not in memory, where /tmp often is. SQLite asks once, before
// it opens its first database.
func keepTemporariesBeside(path string) error {
	var err error
	temporaries.Do(func() {
		if os.Getenv("SQLITE_TMPDIR") == "" {
			err = os.Setenv("SQLITE_TMPDIR", filepath.Dir(path))
		}
	})
	return err
}
