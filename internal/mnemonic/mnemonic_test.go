package mnemonic

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
)

// The 128-bit vectors of the standard: what is written, and the words.
var vectors = map[string]string{
	"00000000000000000000000000000000": "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
	"7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f": "legal winner thank year wave sausage worth useful legal winner thank yellow",
	"80808080808080808080808080808080": "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
	"ffffffffffffffffffffffffffffffff": "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
	"9e885d952ad362caeb4efe34a8e91bd2": "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
	"c0ba5a8e914111210f2bd131f3d5e08d": "scheme spot photo card baby mountain device kick cradle pact join borrow",
	"23db8160a31d3e0dca3688ed941adbf3": "cat swing flag economy stadium alone churn speed unique patch report train",
	"f30f8c1da665478f49b001d94c5fc452": "vessel ladder alter error federal sibling chat ability sun glass valve picture",
}

func TestTheVectorsOfTheStandard(t *testing.T) {
	for entropy, words := range vectors {
		bytes, err := hex.DecodeString(entropy)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Encode([Bytes]byte(bytes)), " "); got != words {
			t.Errorf("%s is written %q, want %q", entropy, got, words)
		}
		read, err := Decode(strings.Fields(words))
		if err != nil || hex.EncodeToString(read[:]) != entropy {
			t.Errorf("%q reads %x, %v, want %s", words, read, err, entropy)
		}
	}
}

// Keys that people have noted down must open for ever: the list is the standard's to the last byte.
func TestTheListIsTheStandards(t *testing.T) {
	const want = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
	if sum := sha256.Sum256([]byte(english)); hex.EncodeToString(sum[:]) != want {
		t.Errorf("the list has the SHA-256 %x, want %s", sum, want)
	}
	if len(list) != 1<<wordBits || !slices.IsSorted(list) {
		t.Errorf("the list has %d words, in order: %v", len(list), slices.IsSorted(list))
	}
	for i, word := range list[1:] {
		if one, other := firstOf(list[i]), firstOf(word); one == other {
			t.Errorf("%q and %q begin alike", list[i], word)
		}
	}
}

func firstOf(word string) string { return word[:min(telling, len(word))] }

func TestWordsThatAreNoKey(t *testing.T) {
	good := strings.Fields(vectors["9e885d952ad362caeb4efe34a8e91bd2"])
	swapped := slices.Clone(good)
	swapped[0], swapped[1] = swapped[1], swapped[0]
	if _, err := Decode(swapped); !errors.Is(err, ErrChecksum) {
		t.Errorf("two words in each other's place: %v, want ErrChecksum", err)
	}
	unlisted := slices.Clone(good)
	unlisted[3] = "fibre"
	if _, err := Decode(unlisted); err == nil || errors.Is(err, ErrChecksum) || Listed("fibre") {
		t.Errorf("a word that is not on the list: %v", err)
	}
	if _, err := Decode(good[1:]); err == nil {
		t.Error("eleven words are read")
	}
}

func TestWhichWordIsMeant(t *testing.T) {
	for typed, want := range map[string]string{"abandonn": "abandon", "zooo": "", "drilled": "drill", "dri": "", "qqqq": "", "ability": "ability"} {
		if got := Meant(typed); got != want {
			t.Errorf("%q means %q, want %q", typed, got, want)
		}
	}
}
