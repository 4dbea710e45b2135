// Package mnemonic writes 128 bits as twelve words that a person can note down, and reads them back, by BIP-39
// ("Mnemonic code for generating deterministic keys", 2013) with its English list. The words of the list are
// short and plain, and differ in their first four letters, so that they can be read aloud.
package mnemonic

import (
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

const (
	// Bytes is how many bytes are encoded.
	Bytes = 16
	// Words is how many words that takes: each holds 11 bits, which leaves four for a checksum.
	Words = 12

	wordBits     = 11
	checksumBits = Words*wordBits - Bytes*8
	// telling is how many leading letters tell a listed word from all others.
	telling = 4
)

// ErrChecksum is the error for twelve listed words that encode nothing.
var ErrChecksum = errors.New("mnemonic: the checksum does not fit")

//go:embed english.txt
var english string

// list holds the 2,048 words in alphabetical order.
var list = strings.Fields(english)

// Encode writes 16 bytes as twelve words.
func Encode(entropy [Bytes]byte) []string {
	bits := new(big.Int).SetBytes(entropy[:])
	bits.Lsh(bits, checksumBits).Or(bits, big.NewInt(checksum(entropy)))
	words := make([]string, Words)
	for i := range slices.Backward(words) {
		words[i] = list[new(big.Int).And(bits, big.NewInt(1<<wordBits-1)).Int64()]
		bits.Rsh(bits, wordBits)
	}
	return words
}

// Decode reads twelve words back. Its error is ErrChecksum, or says which word is not on the list or that there aren't
// twelve.
func Decode(words []string) (entropy [Bytes]byte, err error) {
	if len(words) != Words {
		return entropy, fmt.Errorf("mnemonic: %d words, not %d", len(words), Words)
	}
	bits := new(big.Int)
	for _, word := range words {
		at, listed := slices.BinarySearch(list, word)
		if !listed {
			return entropy, fmt.Errorf("mnemonic: %q is not on the list", word)
		}
		bits.Lsh(bits, wordBits).Or(bits, big.NewInt(int64(at)))
	}
	sum := new(big.Int).And(bits, big.NewInt(1<<checksumBits-1)).Int64()
	bits.Rsh(bits, checksumBits).FillBytes(entropy[:])
	if sum != checksum(entropy) {
		return [Bytes]byte{}, ErrChecksum
	}
	return entropy, nil
}

// checksum returns the first bits of the SHA-256.
func checksum(entropy [Bytes]byte) int64 {
	return int64(sha256.Sum256(entropy[:])[0] >> (8 - checksumBits))
}

// Listed reports whether a word is on the list.
func Listed(word string) bool {
	_, listed := slices.BinarySearch(list, word)
	return listed
}

// Meant returns the listed word that begins like an unlisted one; "" if there is none, or if the word is too short to
// tell.
func Meant(word string) string {
	if len(word) < telling {
		return ""
	}
	at, _ := slices.BinarySearch(list, word[:telling])
	if at < len(list) && strings.HasPrefix(list[at], word[:telling]) {
		return list[at]
	}
	return ""
}
