package web

import (
	"maps"
	"net/http"
	"slices"
)

// Patterns lists the routes that people use, for the tests that must miss none of them.
func Patterns(configuration Configuration) []string {
	server := &Server{Configuration: configuration}
	return slices.Sorted(func(yield func(string) bool) {
		maps.Keys(server.pages())(yield)
		maps.Keys(server.probes())(yield)
	})
}

// Repeatable tells why the forms of a route are carried out each time they arrive, "" for those that are carried out
// once.
func Repeatable(pattern string) string { return repeatable[pattern] }

// RepeatablePatterns lists the routes whose forms are carried out each time they arrive.
func RepeatablePatterns() []string { return slices.Sorted(maps.Keys(repeatable)) }

// ClientCode gives what stands for the client of a request.
func ClientCode(configuration Configuration, r *http.Request) string {
	return (&Server{Configuration: configuration}).clientCode(r)
}

// Observed puts a handler where the routes stand, for the test of what a panic becomes.
func Observed(configuration Configuration, next http.Handler) http.Handler {
	server := &Server{Configuration: configuration}
	return server.observe(server.secure(next))
}
