package questionnaire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Canonical returns the item as canonical JSON (RFC 8785), the form in which it is stored and
// which Hash is taken over. json.Unmarshal reads it back.
func (i Item) Canonical() []byte { return canonical(i) }

// Hash returns the hex SHA-256 of the item's canonical JSON. A change of any word, anchor,
// illustration or tag changes it.
func (i Item) Hash() string { return hash(canonical(i)) }

// Canonical returns the rubric as canonical JSON, like an item's.
func (r Rubric) Canonical() []byte { return canonical(r) }

// Hash returns the hex SHA-256 of the rubric's canonical JSON.
func (r Rubric) Hash() string { return hash(canonical(r)) }

// Canonical returns the scale as canonical JSON, like an item's.
func (s Scale) Canonical() []byte { return canonical(s) }

// Hash returns the hex SHA-256 of the scale's canonical JSON.
func (s Scale) Hash() string { return hash(canonical(s)) }

// words is what the lock file guards of an item: what a reader sees. Tags may change without a
// new id, because they do not change what was answered.
type words struct {
	Anchors       Anchors           `json:"anchors"`
	Illustrations map[string]string `json:"illustrations"`
	// Terms has the words that fill the item's placeholders, if it has any.
	Terms map[string]Terms `json:"terms,omitempty"`
	Text  string           `json:"text"`
}

// wordsHash returns the hash that the lock file keeps.
func (i Item) wordsHash() string {
	return hash(canonical(words{i.Anchors, i.Illustrations, i.Terms, i.Text}))
}

// canonical marshals to the form of RFC 8785, so that anyone can recompute a hash from an export in any language: keys
// sorted, no white space, no escapes but the necessary ones. encoding/json does that as long as struct fields are in
// the order of their JSON names (maps are sorted by it anyway) and texts hold no line separators, which the loader
// refuses.
func canonical(value any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // strings and maps of strings cannot fail
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}

// hash returns the hex SHA-256 of data.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
