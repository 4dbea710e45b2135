package questionnaire

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// lockName is the file beside questionnaires that records the words of every item.
const lockName = "lock.yaml"

// lockHeader explains the file to whoever opens it.
const lockHeader = `# The hash of every item's words: its text, anchors and illustrations. "whetstone check --relock FILE"
# writes it. It makes a change of wording deliberate: a change of spelling is confirmed here, a change
# of meaning takes a new id. Items that are gone stay listed, so no id comes back with other words.
`

// hashPattern is a hex SHA-256.
var hashPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// lock is the content of a lock file.
type lock struct {
	// words has the hash of the words of every item id that was ever confirmed.
	words map[string]string
}

// readLock reads a lock file.
func (f *file) readLock(root ast.Node) *lock {
	m := f.mapping(root, lineOf(root), lockShape)
	l := &lock{words: map[string]string{}}
	e, present := m.entries["items"]
	if !present {
		return l
	}
	items := f.openMapping(e.value, e.line, "list of items")
	for _, id := range sortedByLine(items.entries) {
		hash := items.text(id, maxText)
		switch {
		case hash == "": // reported
		case !hashPattern.MatchString(hash):
			f.report(items.lineAt(id), "%q is not a hash; restore the line, or remove it and relock", hash)
		default:
			l.words[id] = hash
		}
	}
	return l
}

// encode returns the lock file's text.
func (l *lock) encode() []byte {
	var text strings.Builder
	text.WriteString(lockHeader)
	text.WriteString("items:\n")
	for _, id := range slices.Sorted(maps.Keys(l.words)) {
		// Quoted, because a hash of digits alone would be read as a number.
		fmt.Fprintf(&text, "  %s: %q\n", id, l.words[id])
	}
	return []byte(text.String())
}

// demand reports the items whose words are not the locked ones.
func (l *lock) demand(d draft, f *file) {
	for _, item := range d.items {
		recorded, known := l.words[item.ID]
		switch {
		case !known:
			f.report(item.at.line, "item %q is new; when its words are final run: whetstone check --relock %s",
				item.ID, f.name)
		case recorded != item.wordsHash():
			f.report(item.at.line, "item %q changed its words; for a change of spelling run: "+
				"whetstone check --relock %s (a change of meaning needs a new id)", item.ID, f.name)
		}
	}
}

// protect reports an item that takes an id of this lock with other words. It is for the shipped
// lock over an operator's questionnaires: it also keeps the ids of items that are no longer shipped.
func (l *lock) protect(item placedItem, f *file) {
	if recorded, known := l.words[item.ID]; known && recorded != item.wordsHash() {
		f.report(item.at.line, "item id %q was shipped with other words; choose another id", item.ID)
	}
}
