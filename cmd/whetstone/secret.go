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
)

// secretBytes is the length of the key that signs cookies.
const secretBytes = 32

// readSecret reads the key from its file, as hex, and makes the file on first start, for the owner's
// eyes only.
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
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, reasonOf(err)
	}
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	// O_EXCL: of two servers that start at once, one makes the file and the other reads it.
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return readSecret(path)
	}
	if err != nil {
		return nil, reasonOf(err)
	}
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	return secret, errors.Join(err, file.Sync(), file.Close())
}

// reasonOf strips the path, which the message names already.
func reasonOf(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
