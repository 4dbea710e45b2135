package web

import (
	"net/http"
	"strings"

	"whetstone/internal/model"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

// reliances is on whom the members of a team rely who show it.
func (s *Server) reliances(w http.ResponseWriter, r *http.Request, who visitor) error {
	shown, err := s.app.TeamReliances(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.ReliancesProps{TeamReliances: shown, Hidden: r.URL.Query().Has("hidden")}
	return s.render(w, r, http.StatusOK, teamview.Reliances(s.teamsPage(who, "On whom we rely"), props))
}

const ownReliancesTitle = "Show on whom you rely"

// ownReliances is where a member sees what they would show, and shows it.
func (s *Server) ownReliances(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderOwnReliances(w, r, who, s.teamsPage(who, ownReliancesTitle), http.StatusOK, nil)
}

// renderOwnReliances shows the page, with the domains ticked that are shown, or as they were typed.
func (s *Server) renderOwnReliances(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, typed *model.ReliancesInput) error {
	own, err := s.app.OwnReliances(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.OwnReliancesProps{OwnReliances: own}
	// What was ticked of another map says nothing of this one.
	if typed != nil && own.Map != nil && own.Map.ID == typed.Map {
		props.Seen, own.Ticked = typed.Seen, map[string]bool{}
		for _, domain := range typed.Ticked {
			own.Ticked[domain] = true
		}
	}
	return s.render(w, r, status, teamview.OwnReliances(page, props))
}

// showMap shows the team what is ticked, or takes away what is shown.
func (s *Server) showMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team := r.PathValue("team")
	if fields.Get("do") == "hide" {
		if err := s.app.HideMap(r.Context(), who.manager, team); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Reliances(team)+"?hidden")
	}
	input := model.ReliancesInput{
		Map: fields.Get("map"), Ticked: fields["domain"], Seen: append([]string{}, strings.Fields(fields.Get("ticked"))...),
	}
	err = s.app.ShowMap(r.Context(), who.manager, team, input)
	if page, bad := withErrors(s.teamsPage(who, ownReliancesTitle), err); bad {
		page.ErrorsTitle = "Nothing has changed yet"
		return s.renderOwnReliances(w, r, who, page, http.StatusUnprocessableEntity, &input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Reliances(team))
}
