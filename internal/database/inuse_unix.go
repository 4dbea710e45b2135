//go:build unix

package database

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"syscall"
)

// Where SQLite puts its locks: those of a database file, and, in the file of the shared memory beside it,
// the one that every process holds that has the database open with a write-ahead log.
const (
	fileLocks, fileLockBytes = 0x40000000, 512
	memoryLock               = 128
)

// inUse reports whether another process has an embedded database open. It asks the system for SQLite's own locks, so
// that it works for a damaged file too, and for a process that is idle.
func inUse(path string) (bool, error) {
	held, err := lockedByAnother(path, fileLocks, fileLockBytes)
	if err != nil || held {
		return held, err
	}
	return lockedByAnother(path+"-shm", memoryLock, 1)
}

func lockedByAnother(path string, start, length int64) (bool, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: start, Len: length}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &lock); err != nil {
		return false, err
	}
	return lock.Type != syscall.F_UNLCK, nil
}
