package app

import (
	"fmt"
	"strconv"
	"strings"
)

// glimpseLimit is how many revisions are remembered: a page that saw an older one counts as having seen
// nothing, so that what it left blank changes nothing.
const glimpseLimit = 16

// glimpses are what pages showed of the latest revisions of something with several fields: of each revision
// a digest a field. No words are kept in them.
type glimpses string

// at gives the digests of the fields as a page with this revision showed them; of blank ones for a page
// that showed none or one that is no longer remembered.
func (g glimpses) at(revision string, fields int) []string {
	for _, glimpse := range strings.Fields(string(g)) {
		number, digests, _ := strings.Cut(glimpse, ":")
		if seen := strings.Split(digests, ","); number == revision && len(seen) == fields {
			return seen
		}
	}
	blank := make([]string, fields)
	for i := range blank {
		blank[i] = noteDigest("")
	}
	return blank
}

// with adds what pages show from a revision on.
func (g glimpses) with(revision int, fields []string) string {
	digests := make([]string, len(fields))
	for i, field := range fields {
		digests[i] = noteDigest(field)
	}
	all := append(strings.Fields(string(g)), fmt.Sprintf("%d:%s", revision, strings.Join(digests, ",")))
	return strings.Join(all[max(0, len(all)-glimpseLimit):], " ")
}

// merge lays what a page sends over what is stored. What the page left as it saw it never overwrites what
// another tab wrote since; of two changes the later wins, and elsewhere says so.
func merge(seen, stored, sent []string) (merged []string, elsewhere bool) {
	merged = append([]string(nil), stored...)
	for i, field := range sent {
		if noteDigest(field) == seen[i] {
			continue
		}
		merged[i] = field
		elsewhere = elsewhere || stored[i] != field && noteDigest(stored[i]) != seen[i]
	}
	return merged, elsewhere
}

// cleanRevision brings a revision that a page sent to the form in which it is remembered.
func cleanRevision(sent string) string {
	number, err := strconv.Atoi(strings.TrimSpace(sent))
	if err != nil || number < 1 {
		return ""
	}
	return strconv.Itoa(number)
}
