package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Of servers that start at once on nothing, all get the same secret, whole, and leave no other file.
func TestSecretIsMadeOnce(t *testing.T) {
	t.Parallel()
	for range 20 {
		folder := t.TempDir()
		secrets := make([][]byte, 8)
		var running sync.WaitGroup
		for i := range secrets {
			running.Go(func() {
				var err error
				if secrets[i], err = readSecret(filepath.Join(folder, "var", "secret")); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		for _, secret := range secrets {
			if len(secret) != secretBytes || !bytes.Equal(secret, secrets[0]) {
				t.Fatalf("the secrets differ: %x and %x", secrets[0], secret)
			}
		}
		if got := strings.Join(names(t, folder), " "); got != "var/secret" {
			t.Errorf("the files left are %s", got)
		}
	}
}
