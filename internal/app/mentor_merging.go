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
	merged = append([]string(nil), stored...)
	saw := digests(seen, len(stored))
	for i, field := range sent {
		switch {
		case field == stored[i], digest(field) == saw[i]:
		case digest(stored[i]) == saw[i]:
			merged[i] = field
		default:
			conflict = true
		}
	}
	return merged, conflict
}

// levelText is a level as a page sends it: "" for none.
func levelText(level model.Level) string {
	if level == model.Blank {
		return ""
	}
	return strconv.Itoa(int(level))
}
