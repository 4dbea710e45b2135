package web

import (
	"net/http"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views"
)

func (s *Server) ratePage(who visitor, rating *model.RatingPage) views.Page {
	page := s.mentorPage(who, rating.Competency.Name)
	page.Focused = true
	return page
}

func (s *Server) rateForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	rating, err := s.app.RatingPage(r.Context(), who.mentor, r.PathValue("share"), r.PathValue("competency"))
	if err != nil {
		return err
	}
	stored := rating.Competency.Rating
	props := views.RateProps{
		RatingPage: rating, Level: stored.Current(), Comment: stored.Comment, Revision: revision(stored.Revision),
		Elsewhere: r.URL.Query().Has("changed"),
	}
	return s.render(w, r, http.StatusOK, views.Rate(s.ratePage(who, rating), props))
}

// revision is what a page sends back of the revision that it saw; "" for none.
func revision(seen int) string {
	if seen == 0 {
		return ""
	}
	return strconv.Itoa(seen)
}

// rate takes a whole page. Without a script it is how a rating is saved; with one it saves what is left.
func (s *Server) rate(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency := r.PathValue("share"), r.PathValue("competency")
	rating, err := s.app.RatingPage(r.Context(), who.mentor, id, competency)
	if err != nil {
		return err
	}
	input := model.RatingInput{Level: fields.Get("level"), Comment: fields.Get("comment"), Revision: fields.Get("revision")}
	looks := fields.Get("go") == "look"
	saved, err := s.app.SaveRating(r.Context(), who.mentor, id, competency, input)
	if page, bad := withErrors(s.ratePage(who, rating), err); bad {
		props := views.RateProps{RatingPage: rating, Level: level(input.Level), Comment: input.Comment, Revision: input.Revision}
		return s.render(w, r, http.StatusUnprocessableEntity, views.Rate(page, props))
	}
	if err != nil {
		return err
	}
	if saved.Elsewhere {
		// Stay, and say what another tab had done, before going on.
		return redirect(w, r, s.paths.Rate(id, competency)+"?changed")
	}
	if looks {
		if err := s.app.Reveal(r.Context(), who.mentor, id, competency); err != nil {
			return err
		}
		return redirect(w, r, s.paths.SideBySide(id)+"#view-"+competency)
	}
	return redirect(w, r, s.afterRating(rating, fields.Get("go")))
}

// afterRating is where a page leads once it is saved: through what the manager asks about, then to the
// list, which offers both views side by side or the rest; and through the rest back to the list. From one
// whose score has been seen it leads back to the two views.
func (s *Server) afterRating(rating *model.RatingPage, choice string) string {
	id := rating.Shared.Share.ID
	switch {
	case choice == "leave":
		return s.paths.Shared(id)
	case !rating.Competency.Rating.RevealedAt.IsZero():
		return s.paths.SideBySide(id) + "#view-" + rating.Competency.ID
	case choice == "back" && rating.Before != "":
		return s.paths.Rate(id, rating.Before)
	case choice == "back", rating.After == "", rating.LastAsked:
		return s.paths.Shared(id)
	}
	return s.paths.Rate(id, rating.After)
}

// saveRating takes one rating from a script, and answers once it is kept durably. It speaks as the answers
// of a draft do, so that one script serves both.
func (s *Server) saveRating(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency := r.PathValue("share"), fields.Get("item")
	input := model.RatingInput{Level: fields.Get("level"), Comment: fields.Get("note"), Revision: fields.Get("seen")}
	saved, err := s.app.SaveRating(r.Context(), who.mentor, id, competency, input)
	if err != nil {
		return err
	}
	rating, err := s.app.RatingPage(r.Context(), who.mentor, id, competency)
	if err != nil {
		return err
	}
	return s.writeJSON(w, http.StatusOK, ratingJSON(rating.Competency.Rating, saved.Elsewhere))
}

func ratingJSON(rating model.Rating, elsewhere bool) answerJSON {
	return answerJSON{rating.Competency, int(rating.Current()), rating.Comment, revision(rating.Revision), elsewhere}
}

// ratings gives a script all ratings of a share, to see whether another tab has changed them.
func (s *Server) ratings(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedToRate(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	list := []answerJSON{}
	for _, competency := range shared.Competencies {
		list = append(list, ratingJSON(competency.Rating, false))
	}
	return s.writeJSON(w, http.StatusOK, map[string][]answerJSON{"answers": list})
}

// reveal shows the manager's scores: of one competency, of those rated, or all of them.
func (s *Server) reveal(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, what := r.PathValue("share"), fields.Get("what")
	if err := s.app.Reveal(r.Context(), who.mentor, id, what); err != nil {
		return err
	}
	if what == model.RevealAll && fields.Get("then") == "history" {
		return redirect(w, r, s.paths.SharedHistory(id))
	}
	if what == model.RevealAll {
		return redirect(w, r, s.paths.SharedResult(id))
	}
	return redirect(w, r, s.paths.SideBySide(id))
}
