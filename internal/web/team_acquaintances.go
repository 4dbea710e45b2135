package web

import (
	"net/http"
	"strings"

	"whetstone/internal/model"
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
	team, input := r.PathValue("team"), model.AcquaintancesInput{Ticked: fields["known"]}
	if fields.Has("ticked") {
		input.Seen = append([]string{}, strings.Fields(fields.Get("ticked"))...)
	}
	err = s.app.SaveAcquaintances(r.Context(), who.manager, team, input)
	if page, bad := withErrors(s.teamsPage(who, acquaintancesTitle), err); bad {
		page.ErrorsTitle = "Not saved"
		known, err := s.app.Acquaintances(r.Context(), who.manager, team)
		if err != nil {
			return err
		}
		known.Known = map[string]bool{}
		for _, member := range input.Ticked {
			known.Known[member] = true
		}
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.PeopleYouKnow(page, teamview.KnownProps{TeamAcquaintances: known, Seen: input.Seen}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Known(team)+"?saved")
}
