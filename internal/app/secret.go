package app

import (
	"crypto/rand"
	"encoding/base64"
)

// secretBytes is how many random bytes the secret of a link holds.
const secretBytes = 32

// Secret returns 32 random bytes as 43 characters that need no escaping in a URL.
func Secret() string {
	var secret [secretBytes]byte
	_, _ = rand.Read(secret[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(secret[:])
}
