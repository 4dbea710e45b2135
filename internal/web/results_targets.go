package web

import (
	"net/http"
	"strconv"

	"whetstone/internal/model"
	resultsview "whetstone/views/results"
)

func (s *Server) targets(w http.ResponseWriter, r *http.Request, who visitor) error {
	choices, err := s.app.Targets(r.Context(), who.manager, r.PathValue("scope"))
	if err != nil {
		return err
	}
	props := resultsview.TargetsProps{TargetChoices: choices, Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, resultsview.Targets(s.page(who, "Your targets"), props))
}

// oldTargets redirects a link or a form of an earlier version to where targets are now.
func (s *Server) oldTargets(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.paths.Targets(r.PathValue("scope")), http.StatusPermanentRedirect)
}

func (s *Server) saveTargets(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	scope := r.PathValue("scope")
	choices, err := s.app.Targets(r.Context(), who.manager, scope)
	if err != nil {
		return err
	}
	var targets []model.Target
	for i := range choices.Rows {
		row := &choices.Rows[i]
		chosen := row.Shipped
		if fields.Get("reset") == "" {
			// Anything but a number becomes 0, which is out of range and so reported as wrong.
			chosen.Value, _ = strconv.ParseFloat(fields.Get("target."+row.Competency.ID), 64)
			chosen.Importance, _ = strconv.Atoi(fields.Get("importance." + row.Competency.ID))
		}
		row.Chosen = chosen
		targets = append(targets, chosen)
	}
	err = s.app.SaveTargets(r.Context(), who.manager, scope, targets)
	if page, bad := withErrors(s.page(who, "Your targets"), err); bad {
		return s.render(w, r, http.StatusUnprocessableEntity, resultsview.Targets(page, resultsview.TargetsProps{TargetChoices: choices}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Targets(scope)+"?saved")
}
