// Package kittest reads what a component says, for the tests of the pages.
package kittest

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// Text is what a page says, without its markup.
func Text(t *testing.T, page templ.Component) string {
	t.Helper()
	var written strings.Builder
	if err := page.Render(t.Context(), &written); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(written.String(), " "))), " ")
}

// Says fails the test unless the page has these words.
func Says(t *testing.T, page templ.Component, words ...string) {
	t.Helper()
	said := Text(t, page)
	for _, want := range words {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
}
