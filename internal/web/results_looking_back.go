package web

import (
	"net/http"

	"whetstone/internal/model"
	"whetstone/views/kit"
	resultsview "whetstone/views/results"
	siteview "whetstone/views/site"
)

func (s *Server) reratingForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderRerating(w, r, who, s.page(who, ratingAnewTitle), http.StatusOK, nil)
}

const ratingAnewTitle = "Knowing what you know now"

// lookedBack answers a look back that was ended elsewhere meanwhile, with other answers.
var lookedBack = siteview.ErrorProps{
	Heading: "This look back is done already",
	What:    "It was answered or skipped in another tab or on another device, and each look back is offered once.",
	Answers: "What was saved there stays as it is; you find it on the result.",
}

// rerate takes the answers of a look back, or skips it.
func (s *Server) rerate(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
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
	if page, bad := withErrors(s.page(who, ratingAnewTitle), err); bad {
		return s.renderRerating(w, r, who, page, http.StatusUnprocessableEntity, levels)
	}
	if model.KindOf(err) == model.Conflict {
		s.renderProblem(w, r, who, http.StatusConflict, lookedBack)
		return nil
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Result(id)+"#looking-back")
}

// renderRerating asks the questions of a look back, with the levels that were chosen, as a form sends them.
func (s *Server) renderRerating(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, levels map[string]string) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	if result.Rerating == nil {
		return model.ErrNotFound
	}
	if result.Rerating.State != model.ReratingOffered && who.posts {
		s.renderProblem(w, r, who, http.StatusConflict, lookedBack)
		return nil
	}
	if result.Rerating.State != model.ReratingOffered {
		return redirect(w, r, s.paths.Result(result.Assessment.ID)+"#looking-back")
	}
	result.Rerating.Levels = map[string]model.Level{}
	for item, typed := range levels {
		result.Rerating.Levels[item], _ = model.ReadLevel(typed)
	}
	return s.render(w, r, status, resultsview.Rerating(page, resultsview.ReratingProps{Result: result, Rerating: result.Rerating}))
}
