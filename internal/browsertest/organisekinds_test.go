package browsertest

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"whetstone/internal/app"
)

// organises makes a visitor an organiser, by a code of the operator's.
func (v *visitor) organises(s *server) {
	v.t.Helper()
	code, err := app.New(s.store, s.library, s.clock.now, rand.Text, app.Secret).MakeOrganiserCode(v.t.Context())
	if err != nil {
		v.t.Fatal(err)
	}
	v.post(to.Organise(), url.Values{"code": {code}})
}

// organising are the pages on which an installation is organised. From then on all other pages say what it is called and
// whom to ask.
func organising(t *testing.T, s *server) []kind {
	t.Helper()
	organiser := s.newVisitor(t)
	organiser.organises(s)
	set := func(pairs ...string) url.Values {
		fields := url.Values{
			"organisation": {"Example Works"}, "welcome": {"Good that you are here. Take a quarter of an hour for yourself."}, "contact": {"people@example.org"},
			"pulse": {"6"}, "full": {"13"}, "smallest-group": {"5"}, "teams": {"everybody"}, "ways": {"visit", "openid", "proxy", "mail", "passkey"},
		}
		for i := 0; i < len(pairs); i += 2 {
			fields.Set(pairs[i], pairs[i+1])
		}
		return fields
	}
	organiser.post(to.Installation(), set())
	wrong := http.StatusUnprocessableEntity
	return []kind{
		{"organise", s.newVisitor(t), to.Organise(), nil, http.StatusOK, "Whoever runs this server can give you a code"},
		{"organise with a wrong code", s.newVisitor(t), to.Organise(), url.Values{"code": {"AAAAA-AAAAA"}}, wrong, "Nothing opens with this code"},
		{"installation", organiser, to.Installation(), nil, http.StatusOK, "You organise it"},
		{"installation, saved", organiser, to.Installation() + "?saved", nil, http.StatusOK, "It holds everywhere within a few seconds"},
		{"installation with errors", organiser, to.Installation(), set("organisation", strings.Repeat("Wordwithoutend", 20), "pulse", "x", "smallest-group", "99", "teams", "", "ways", "none"), wrong, "nobody could come in any more"},
		{"installation in conflict", organiser, to.Installation(), tied("0-another-another-another-another-another-another-another-another", set("organisation", "Other Works", "full", "26")), http.StatusConflict, "Which counts?"},
		{"settings of an organiser", organiser, to.Settings(), nil, http.StatusOK, "See what is set"},
	}
}

// Before anything is set, the first organiser is told what to set first.
func TestFirstRunPages(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	organiser := served.newVisitor(t)
	organiser.organises(served)
	served.looksAt(t, []kind{
		{"home of the first organiser", organiser, to.Home(), nil, http.StatusOK, "nothing is set for it yet"},
		{"installation of which nothing is set", organiser, to.Installation(), nil, http.StatusOK, "Nothing is set yet"},
		{"installation of which nothing is set, with errors", organiser, to.Installation(), url.Values{
			"organisation": {strings.Repeat("Wordwithoutend", 20)}, "pulse": {"x"}, "full": {"x"}, "smallest-group": {"5"}, "teams": {"everybody"}, "ways": {"visit"},
		}, http.StatusUnprocessableEntity, "weeks between full assessments, from 1 to 52"},
	})
}
