package app

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"whetstone/internal/model"
)

// tokenDivider stands between the parts of a seen token. A point, as an earlier version had it, would make numbers of them
// that look like scores.
const tokenDivider = "-"

// seenToken stands for what a page saw of something with several fields: its revision, and a short digest of each
// field. A page sends it back with its form, and the server keeps nothing: the token alone shows what was changed on
// the page and what was changed elsewhere.
func seenToken(revision int, fields ...string) string {
	parts := []string{strconv.Itoa(revision)}
	for _, field := range fields {
		parts = append(parts, digest(field))
	}
	return strings.Join(parts, tokenDivider)
}

// digest returns a short text that differs from one field to another and reveals no words. A level stands for itself.
func digest(field string) string {
	if len(field) == 1 && field[0] >= '0' && field[0] <= '9' {
		return field
	}
	sum := sha256.Sum256([]byte(field))
	return hex.EncodeToString(sum[:6])
}

// digests reads the fields of a seen token. A page without a readable token counts as having seen blank fields.
func digests(seen string, fields int) []string {
	parts := strings.Split(seen, tokenDivider)
	if strings.Contains(seen, ".") { // a page that an earlier version made
		parts = strings.Split(strings.Replace(seen, ".-1.", "."+digest("")+".", 1), ".")
	}
	if len(parts) == fields+1 {
		return parts[1:]
	}
	blank := make([]string, fields)
	for i := range blank {
		blank[i] = digest("")
	}
	return blank
}

// merge combines what a page sends with what is stored, using the page's seen token. A field that the page left
// untouched stays as it is stored. A field that both sides changed, to different values, is a conflict: it also stays
// as it is stored, for a person to choose.
func merge(seen string, stored, sent []string) (merged []string, conflict bool) {
	saw := digests(seen, len(stored))
	for i, field := range sent {
		one, both := mergeField(saw[i], stored[i], field)
		merged, conflict = append(merged, one), conflict || both
	}
	return merged, conflict
}

// mergeField is the part of merge for one field.
func mergeField(saw, stored, sent string) (merged string, conflict bool) {
	switch {
	case sent == stored, digest(sent) == saw:
		return stored, false
	case digest(stored) == saw:
		return sent, false
	}
	return stored, true
}

// mergeFields is merge for a form that is saved whole or not at all. fields are the names of what the form sends; a
// conflict is a model.Conflict error that names the fields in conflict. A form without a seen token comes from a page of
// an earlier version, when only what saves by itself had one: it is taken as it comes.
func mergeFields(seen string, fields, stored, sent []string) (merged []string, err error) {
	if seen == "" {
		return sent, nil
	}
	saw := digests(seen, len(stored))
	var conflicts []string
	for i, field := range fields {
		one, conflict := mergeField(saw[i], stored[i], sent[i])
		merged = append(merged, one)
		if conflict {
			conflicts = append(conflicts, field)
		}
	}
	if len(conflicts) > 0 {
		return nil, model.ConflictIn(conflicts...)
	}
	return merged, nil
}
