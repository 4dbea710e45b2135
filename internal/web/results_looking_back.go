package web

import (
	"net/http"

	"whetstone/internal/model"
	resultsview "whetstone/views/results"
)

func (s *Server) reratingForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	rerating, err := s.app.Rerating(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	if rerating.State != model.ReratingOffered {
		return redirect(w, r, s.paths.Result(id)+"#looking-back")
	}
	result, err := s.app.Result(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, resultsview.Rerating(s.page(who, "Knowing what you know now"), resultsview.ReratingProps{Result: result, Rerating: rerating}))
}

// rerate takes the answers of a look back, or skips it.
func (s *Server) rerate(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	rerating, err := s.app.Rerating(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	if rerating.State != model.ReratingOffered {
		return redirect(w, r, s.paths.Result(id)+"#looking-back")
	}
	if fields.Get("go") == "skip" {
		if err := s.app.SkipRerating(r.Context(), who.manager, id); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Result(id))
	}
	levels := map[string]string{}
	for _, item := range itemsOf(fields, "level.") {
		levels[item] = fields.Get("level." + item)
	}
	err = s.app.AnswerRerating(r.Context(), who.manager, id, levels)
	if page, bad := withErrors(s.page(who, "Knowing what you know now"), err); bad {
		result, err := s.app.Result(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		rerating.Levels = map[string]model.Level{}
		for item, typed := range levels {
			rerating.Levels[item], _ = model.ReadLevel(typed)
		}
		return s.render(w, r, http.StatusUnprocessableEntity, resultsview.Rerating(page, resultsview.ReratingProps{Result: result, Rerating: rerating}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Result(id)+"#looking-back")
}
