package mail

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mtibben/confusables"
	"golang.org/x/net/idna"
)

// ErrAddress is an address that no mail goes to.
var ErrAddress = errors.New("no address of a person")

// Limits of RFC 5321.
const (
	longestLocal   = 64
	longestAddress = 254
)

// local matches what stands before the @: plain letters, without quotes.
var local = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")

// Normal writes an address in the one way by which the person behind it is known, and to which their mail goes: in small
// letters, with the domain as the network knows it. So whoever reads the mail of that spelling is that person, however a
// server tells spellings apart. Anything else is ErrAddress: also letters outside ASCII before the @, of which no
// two servers agree which are the same.
func Normal(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	at := strings.LastIndexByte(typed, '@')
	if at < 0 {
		return "", ErrAddress
	}
	name := strings.ToLower(typed[:at])
	domain, err := idna.Lookup.ToASCII(typed[at+1:])
	address := name + "@" + strings.ToLower(domain)
	if err != nil || !local.MatchString(name) || len(name) > longestLocal || len(address) > longestAddress ||
		!strings.Contains(domain, ".") || strings.HasSuffix(domain, ".") || numeric.MatchString(domain) {
		return "", ErrAddress
	}
	return address, nil
}

// numeric matches a domain that is an address of the network.
var numeric = regexp.MustCompile(`\.[0-9]+$`)

// Shown writes an address as people read it: its domain in its own script, but as the network knows it where it could be read
// as another one.
func Shown(normal string) string {
	at := strings.LastIndexByte(normal, '@')
	domain, err := idna.Display.ToUnicode(normal[at+1:])
	if err != nil || slices.ContainsFunc(strings.Split(domain, "."), misread) {
		return normal
	}
	return normal[:at+1] + domain
}

// misread reports whether a part of a domain could be read as another one: its letters look like plain ones, or like what
// separates parts, or they are of scripts that nobody writes together.
func misread(label string) bool {
	plain := func(s string) bool { return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) }
	if plain(label) {
		return false
	}
	looks := confusables.Skeleton(label)
	if plain(looks) || strings.ContainsAny(looks, "./@") {
		return true
	}
	for _, script := range unicode.Scripts {
		if writtenIn(label, unicode.Common, unicode.Inherited, script) {
			return false
		}
	}
	return !slices.ContainsFunc(together, func(scripts []*unicode.RangeTable) bool { return writtenIn(label, scripts...) })
}

// together are the scripts that are written together, with what belongs to all of them.
var together = [][]*unicode.RangeTable{
	{unicode.Common, unicode.Inherited, unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana},
	{unicode.Common, unicode.Inherited, unicode.Latin, unicode.Han, unicode.Bopomofo},
	{unicode.Common, unicode.Inherited, unicode.Latin, unicode.Han, unicode.Hangul},
}

// writtenIn reports whether scripts have all the letters.
func writtenIn(label string, scripts ...*unicode.RangeTable) bool {
	return !strings.ContainsFunc(label, func(r rune) bool { return !unicode.In(r, scripts...) })
}
