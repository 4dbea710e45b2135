package database

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MakeFolder makes a folder and those above it, where they don't exist. Only their owner can read them, and they
// survive a loss of power, with what was saved in them.
func MakeFolder(path string) error {
	var missing []string
	for folder := path; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, folder)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	for _, made := range missing {
		// A parent may be unreadable, and not every file system syncs folders: then it is up to the file system.
		_ = SyncFolder(made)
	}
	return nil
}

// SyncFolder makes the name of a new file or folder durable.
func SyncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
