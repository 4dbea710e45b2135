package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views/kit"
	resultsview "whetstone/views/results"
)

const targetsTitle = "Your targets"

func (s *Server) targets(w http.ResponseWriter, r *http.Request, who visitor) error {
	choices, err := s.app.Targets(r.Context(), who.manager, r.PathValue("scope"))
	if err != nil {
		return err
	}
	props := resultsview.TargetsProps{TargetChoices: choices, Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, resultsview.Targets(s.page(who, targetsTitle), props))
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
	scope, inputs := r.PathValue("scope"), targetInputs(fields)
	err = s.app.SaveTargets(r.Context(), who.manager, scope, inputs)
	if page, status := refused(s.page(who, targetsTitle), err); status != 0 {
		choices, missing := s.app.Targets(r.Context(), who.manager, scope)
		if missing != nil {
			return missing
		}
		props, conflicts := typedTargets(choices, inputs, err)
		if len(conflicts) > 0 {
			page = inConflict(s.page(who, targetsTitle), conflicts...)
		}
		return s.render(w, r, status, resultsview.Targets(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Targets(scope)+"?saved")
}

// targetInputs reads the targets of a page, but for those of which what was saved elsewhere is to stay.
func targetInputs(fields url.Values) (inputs []model.TargetInput) {
	for _, competency := range itemsOf(fields, "target.") {
		seen, keeps := counted(fields, competency, fieldsSeen(fields, "target."+competency, "importance."+competency))
		if keeps {
			continue
		}
		input := model.TargetInput{Target: model.Target{Competency: competency}, Shipped: fields.Get("reset") != "", Seen: seen}
		// What can't be read becomes 0, which is out of range and so named as wrong.
		input.Value, _ = model.ReadHalfLevel(fields.Get("target." + competency))
		input.Importance, _ = strconv.Atoi(fields.Get("importance." + competency))
		inputs = append(inputs, input)
	}
	return inputs
}

// typedTargets shows targets as they were typed, and beside those that are in conflict what is saved.
func typedTargets(choices *model.TargetChoices, inputs []model.TargetInput, err error) (props resultsview.TargetsProps, conflicts []string) {
	props = resultsview.TargetsProps{TargetChoices: choices, Changed: map[string]*kit.Changed{}}
	refusal, _ := errors.AsType[*model.Error](err)
	for i := range choices.Rows {
		row := &choices.Rows[i]
		at := slices.IndexFunc(inputs, func(input model.TargetInput) bool { return input.Competency == row.Competency.ID })
		if at < 0 {
			continue
		}
		field := "target." + row.Competency.ID
		if refusal.Kind == model.Conflict && slices.ContainsFunc(refusal.Fields, func(one model.FieldError) bool { return one.Field == field }) {
			props.Changed[row.Competency.ID] = &kit.Changed{Item: row.Competency.ID, Seen: row.Seen, Level: resultsview.TargetWords(row.Chosen)}
			conflicts = append(conflicts, field)
		}
		if row.Chosen, row.Seen = inputs[at].Target, inputs[at].Seen; inputs[at].Shipped {
			row.Chosen = row.Shipped
		}
	}
	return props, conflicts
}
