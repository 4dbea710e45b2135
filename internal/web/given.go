package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"whetstone/views/kit"
)

// mostGiven bounds how many texts a page gives back. None of our forms has that many fields.
const mostGiven = 200

// typed returns what somebody typed and chose in a request's form, in the form's order, so that it can be given back
// if it isn't stored. It makes the best of what arrived: a form may break off anywhere. It depends only on what was
// sent, so that a neutral page stays neutral.
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

// wholeEscapes removes an incomplete escape, such as "%C", from the end of a form.
func wholeEscapes(content string) string {
	if last := strings.LastIndexByte(content, '%'); last >= 0 && len(content)-last < len("%XX") {
		return content[:last]
	}
	return content
}

// wholeCharacters removes an incomplete character from the end of a text.
func wholeCharacters(text string) string {
	for text != "" {
		if last, size := utf8.DecodeLastRuneInString(text); last != utf8.RuneError || size != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return text
}
