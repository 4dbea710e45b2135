package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"whetstone/internal/database"
)

// secretBytes is the length of the key that signs cookies.
const secretBytes = 32

// readSecret reads the key from its file, as hex, and makes the file on first start, readable by its owner only.
func readSecret(path string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecret(path)
	}
	if err != nil {
		return nil, reasonOf(err)
	}
	secret, err := hex.DecodeString(string(bytes.TrimSpace(content)))
	if err != nil || len(secret) != secretBytes {
		return nil, fmt.Errorf("it must hold %d hexadecimal digits; to have a new one made, remove it (which ends every session)", 2*secretBytes)
	}
	return secret, nil
}

func makeSecret(path string) ([]byte, error) {
	if err := database.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, reasonOf(err)
	}
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	// The file gets its name once it is complete: a full disk leaves none, and nobody reads half of it.
	file, err := os.CreateTemp(filepath.Dir(path), ".secret-*")
	if err != nil {
		return nil, reasonOf(err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, reasonOf(err)
	}
	// If two servers start at once, one names its file and the other reads that.
	err = os.Link(file.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return readSecret(path)
	}
	if err != nil {
		return nil, reasonOf(err)
	}
	// A loss of power must not take the key away once browsers have been told of a saved answer. If a file system
	// doesn't sync folders, the file is there all the same.
	_ = database.SyncFolder(path)
	return secret, nil
}

// reasonOf strips the path, which the message already has.
func reasonOf(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
