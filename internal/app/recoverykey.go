package app

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tyler-smith/go-bip39"
)

// A recovery key is twelve words of the English list of BIP-39: 128 bits and a checksum of four. The words
// of the list are short, plain, and differ in their first four letters, so they can be read aloud.
const (
	keyBytes = 16
	keyWords = 12
)

// newRecoveryKey makes the words of a key. Two texts of random, of 128 bits each at the least, are hashed
// together, so that what is cut off the hash costs nothing of the key's 128.
func newRecoveryKey(random func() string) ([]string, error) {
	sum := sha256.Sum256([]byte(random() + random()))
	words, err := bip39.NewMnemonic(sum[:keyBytes])
	return strings.Fields(words), err
}

// readRecoveryKey reads a key as a person types it: in capitals or not, with whatever stands between the
// words. Where that can be no key, the message says what seems wrong; a wrong word is told by the list and
// the checksum alone, so no database is asked.
func readRecoveryKey(typed string) (words []string, message string) {
	words = strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 {
		return nil, "Enter the twelve words of your recovery key."
	}
	if len(words) != keyWords {
		return nil, fmt.Sprintf("A recovery key has twelve words; there are %d here.", len(words))
	}
	for i, word := range words {
		if _, listed := bip39.GetWordIndex(word); !listed {
			return nil, unlistedWord(i, word)
		}
	}
	_, err := bip39.EntropyFromMnemonic(strings.Join(words, " "))
	if errors.Is(err, bip39.ErrChecksumIncorrect) {
		return nil, "Each word is one that keys are made of, but together they are no key: one seems to be mistyped or out of its place."
	}
	if err != nil {
		return nil, "These words are no recovery key."
	}
	return words, ""
}

// telling is how many letters of a listed word tell it from all others.
const telling = 4

var ordinals = [keyWords]string{
	"first", "second", "third", "fourth", "fifth", "sixth",
	"seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
}

// unlistedWord says which word is not on the list, and which one may be meant.
func unlistedWord(position int, word string) string {
	message := fmt.Sprintf("The %s word is not one that keys are made of: check its spelling.", ordinals[position])
	if len(word) < telling {
		return message
	}
	list := bip39.GetWordList()
	meant := slices.IndexFunc(list, func(listed string) bool { return strings.HasPrefix(listed, word[:telling]) })
	if meant >= 0 {
		message = fmt.Sprintf("The %s word is not one that keys are made of: “%s” may be meant.", ordinals[position], list[meant])
	}
	return message
}
