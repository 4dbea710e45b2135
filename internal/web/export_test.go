package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"whetstone/internal/app"
	"whetstone/views/kit"
)

// Patterns lists the routes that people use, for the tests that must miss none of them.
func Patterns(configuration Configuration) []string {
	server := &Server{Configuration: configuration}
	return slices.Sorted(func(yield func(string) bool) {
		maps.Keys(server.pages())(yield)
		maps.Keys(server.probes())(yield)
	})
}

// Fields lists what the forms of the routes ask for, by pattern.
func Fields(configuration Configuration) map[string][]kit.Field {
	fields := map[string][]kit.Field{}
	for pattern, route := range (&Server{Configuration: configuration}).pages() {
		if strings.HasPrefix(pattern, http.MethodPost) {
			fields[pattern] = route.fields
		}
	}
	return fields
}

// Repeatable tells why the forms of a route are carried out each time they arrive, "" for those that are carried out
// once.
func Repeatable(pattern string) string { return repeatable[pattern] }

// RepeatablePatterns lists the routes whose forms are carried out each time they arrive.
func RepeatablePatterns() []string { return slices.Sorted(maps.Keys(repeatable)) }

// ClientCode returns what stands for the client of a request.
func ClientCode(configuration Configuration, r *http.Request) string {
	return (&Server{Configuration: configuration}).clientCode(r)
}

// Observed puts a handler where the routes stand, for the test of what a panic becomes.
func Observed(useCases *app.App, configuration Configuration, next http.Handler) http.Handler {
	server := &Server{Configuration: configuration, app: useCases}
	return server.observe(server.secure(next))
}

// Refused makes the whole app, in which every form is refused for one reason.
func Refused(useCases *app.App, configuration Configuration, reason error) http.Handler {
	server := &Server{Configuration: configuration, app: useCases}
	server.room, server.origins = newRoom(inFlight, clientInFlight), http.NewCrossOriginProtection()
	server.sessions = newSessionStore(useCases, "refused", configuration.Secret, configuration.BaseURL)
	server.mentors = newMentorStore(useCases, "refused", configuration.Secret, configuration.BaseURL)
	server.owners = newTokenCookie("refused", "-acted", configuration.Secret, configuration.BaseURL)
	mux := http.NewServeMux()
	for pattern, route := range server.pages() {
		if strings.HasPrefix(pattern, http.MethodPost) {
			mux.Handle(pattern, server.taking(route.fields, server.refusing(reason)))
		}
	}
	return server.observe(server.secure(server.unread(mux)))
}
