package questionnaire

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// lockName is the file beside questionnaires that records the words of every item.
const lockName = "lock.yaml"

// lockHeader explains the file to whoever opens it.
const lockHeader = `# The hash of every item's words: its text, anchors and illustrations. "whetstone check --relock FILE"
# writes it. It makes a change of wording deliberate: a change of spelling is confirmed here, a change
# of meaning takes a new id. Items that are gone stay listed, so no id comes back with other words. Under "earlier"
# stand the hashes that an id had before a change of spelling: who copied it then may keep it.
`

// hashPattern is a hex SHA-256.
var hashPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// lock is the content of a lock file.
type lock struct {
	// words has the hash of the words of every item id that was ever confirmed.
	words map[string]string
	// earlier has the hashes before words, for the ids whose spelling has changed.
	earlier map[string][]string
}

func newLock() *lock { return &lock{map[string]string{}, map[string][]string{}} }

// confirm accepts an item's present words as those of its id, and reports whether they are new.
func (l *lock) confirm(item Item) (changed, isNew bool) {
	before, known := l.words[item.ID]
	now := item.wordsHash()
	if before == now {
		return false, false
	}
	l.words[item.ID] = now
	if known && !slices.Contains(l.earlier[item.ID], before) {
		l.earlier[item.ID] = append(l.earlier[item.ID], before)
	}
	return true, !known
}

// had reports whether an id has or had an item's words.
func (l *lock) had(item Item) bool {
	now := item.wordsHash()
	return l.words[item.ID] == now || slices.Contains(l.earlier[item.ID], now)
}

// readLock reads a lock file.
func (f *file) readLock(root ast.Node) *lock {
	m := f.mapping(root, lineOf(root), lockShapeOf((&file{}).openMapping(root, lineOf(root), lockShape.of).entries))
	l := newLock()
	e, present := m.entries["items"]
	if !present {
		return l
	}
	items := f.openMapping(e.value, e.line, "list of items")
	for _, id := range sortedByLine(items.entries) {
		if hash := f.hash(items.entries[id].value, items.lineAt(id), id); hash != "" {
			l.words[id] = hash
		}
	}
	if e, present = m.entries[earlierWords]; present {
		before := f.openMapping(e.value, e.line, "list of earlier words")
		for _, id := range sortedByLine(before.entries) {
			for _, node := range before.list(id) {
				if hash := f.hash(node, lineOf(node), id); hash != "" {
					l.earlier[id] = append(l.earlier[id], hash)
				}
			}
		}
	}
	return l
}

// hash reads one hash; anything else is reported and read as "".
func (f *file) hash(node ast.Node, line int, id string) string {
	hash := f.text(node, line, strconv.Quote(id), maxText)
	if hash != "" && !hashPattern.MatchString(hash) {
		f.report(line, "%q is not a hash; restore the line, or remove it and relock", hash)
		return ""
	}
	return hash
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
	if len(l.earlier) > 0 {
		text.WriteString(earlierWords + ":\n")
	}
	for _, id := range slices.Sorted(maps.Keys(l.earlier)) {
		fmt.Fprintf(&text, "  %s: [%q", id, l.earlier[id][0])
		for _, hash := range l.earlier[id][1:] {
			fmt.Fprintf(&text, ", %q", hash)
		}
		text.WriteString("]\n")
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
	if _, known := l.words[item.ID]; known && !l.had(item.Item) {
		f.report(item.at.line, "item id %q was shipped with other words; choose another id", item.ID)
	}
}
