package app

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"

	"whetstone/internal/mnemonic"
)

// newRecoveryKey makes the twelve words of a key: 128 bits. Two random texts of at least 128 bits each are hashed
// together, so that truncating the hash costs none of the key's 128 bits.
func newRecoveryKey(random func() string) []string {
	sum := sha256.Sum256([]byte(random() + random()))
	return mnemonic.Encode([mnemonic.Bytes]byte(sum[:mnemonic.Bytes]))
}

// readRecoveryKey reads a key as a person types it: in capitals or not, with whatever stands between the words. Where
// that can't be a key, the message says what seems wrong. The word list and the checksum find a wrong word by
// themselves, without the database.
func readRecoveryKey(typed string) (words []string, message string) {
	words = strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 {
		return nil, "Enter the twelve words of your recovery key."
	}
	if len(words) != mnemonic.Words {
		return nil, fmt.Sprintf("A recovery key has twelve words; there are %d here.", len(words))
	}
	for i, word := range words {
		if !mnemonic.Listed(word) {
			return nil, unlistedWord(i, word)
		}
	}
	if _, err := mnemonic.Decode(words); err != nil {
		return nil, "Each word is one that keys are made of, but together they are no key: one seems to be mistyped or out of its place."
	}
	return words, ""
}

var ordinals = [mnemonic.Words]string{
	"first", "second", "third", "fourth", "fifth", "sixth",
	"seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
}

// unlistedWord says which word is not on the list, and which one may be meant.
func unlistedWord(position int, word string) string {
	if meant := mnemonic.Meant(word); meant != "" {
		return fmt.Sprintf("The %s word is not one that keys are made of: “%s” may be meant.", ordinals[position], meant)
	}
	return fmt.Sprintf("The %s word is not one that keys are made of: check its spelling.", ordinals[position])
}
