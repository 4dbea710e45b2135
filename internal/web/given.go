package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"whetstone/views/kit"
)

// mostGiven bounds how many texts a page gives back: no form of ours has so many fields.
const mostGiven = 200

// typed is what somebody typed and chose in the form that a request brought, in the form's own order, so that it
// can be given back where it isn't kept. It makes the best of what came: a form may break off anywhere. It depends on
// what was sent alone, so that a neutral page stays neutral.
func (s *Server) typed(r *http.Request) []kit.TypedText {
	sent := factsOf(r).sent
	if sent == nil || !isForm(r) {
		return nil
	}
	content := string(sent.content)
	if sent.problem != nil {
		content = wholeEscapes(content)
	}
	var typed []kit.TypedText
	seen := map[string]bool{}
	for field := range strings.SplitSeq(content, "&") {
		name, value, _ := strings.Cut(field, "=")
		name, noName := url.QueryUnescape(name)
		value, noValue := url.QueryUnescape(value)
		name, _, _ = kit.Untied(name)
		if noName != nil || noValue != nil || seen[name] || len(typed) == mostGiven {
			continue
		}
		seen[name] = true
		if sent.problem != nil {
			value = wholeCharacters(value)
		}
		if given, is := kit.Given(sent.fields, name, plainText(value), s.app.Wording); is {
			typed = append(typed, given)
		}
	}
	return typed
}

// wholeEscapes takes off the end of a form what is a part of an escape, such as "%C".
func wholeEscapes(content string) string {
	if last := strings.LastIndexByte(content, '%'); last >= 0 && len(content)-last < len("%XX") {
		return content[:last]
	}
	return content
}

// wholeCharacters takes off the end of a text what is a part of a character.
func wholeCharacters(text string) string {
	for text != "" {
		if last, size := utf8.DecodeLastRuneInString(text); last != utf8.RuneError || size != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return text
}
