package web

import (
	"net/http"

	teamview "whetstone/views/team"
)

const acquaintancesTitle = "People you know"

// acquaintances is where a member ticks which people of a team they know.
func (s *Server) acquaintances(w http.ResponseWriter, r *http.Request, who visitor) error {
	known, err := s.app.Acquaintances(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.KnownProps{TeamAcquaintances: known, Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, teamview.PeopleYouKnow(s.teamsPage(who, acquaintancesTitle), props))
}

func (s *Server) saveAcquaintances(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, ticked := r.PathValue("team"), fields["known"]
	err = s.app.SaveAcquaintances(r.Context(), who.manager, team, ticked)
	if page, bad := withErrors(s.teamsPage(who, acquaintancesTitle), err); bad {
		page.ErrorsTitle = "Not saved"
		known, err := s.app.Acquaintances(r.Context(), who.manager, team)
		if err != nil {
			return err
		}
		known.Known = map[string]bool{}
		for _, member := range ticked {
			known.Known[member] = true
		}
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.PeopleYouKnow(page, teamview.KnownProps{TeamAcquaintances: known}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Known(team)+"?saved")
}
