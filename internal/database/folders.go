package database

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MakeFolder makes a folder where there is none, and those above it, for the eyes of their owner only, and so
// that a loss of power doesn't take them away with what was saved in them.
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
		// A parent may not be open to be read, and not every file system syncs folders: then it is in its hands.
		_ = SyncFolder(made)
	}
	return nil
}

// SyncFolder makes the name of a new file, or folder, last.
func SyncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
