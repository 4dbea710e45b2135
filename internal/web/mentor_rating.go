package web

import (
	"net/http"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

func (s *Server) ratePage(who visitor, rating *model.RatingPage) kit.Page {
	page := s.mentorPage(focused(who), rating.Competency.Name)
	page.Focused = true
	return page
}

func (s *Server) rateForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	rating, err := s.app.RatingPage(r.Context(), who.mentor, r.PathValue("share"), r.PathValue("competency"))
	if err != nil {
		return err
	}
	stored := rating.Competency.Rating
	props := mentorview.RateProps{
		RatingPage: rating, Level: stored.Current(), Comment: stored.Comment, Seen: app.SeenRating(stored),
		OpensLast: r.URL.Query().Has("last"),
	}
	return s.render(w, r, http.StatusOK, mentorview.Rate(s.ratePage(who, rating), props))
}

// rate takes a whole page. Without a script this is how a rating is saved; with one it saves the rest.
func (s *Server) rate(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency := r.PathValue("share"), r.PathValue("competency")
	looks, recalls := fields.Get("go") == "look", fields.Get("go") == "last"
	input := model.RatingInput{Level: fields.Get("level"), Comment: fields.Get("comment"), Look: looks, Last: recalls}
	var keeps bool
	if input.Seen, keeps = counted(fields, competency, fieldsSeen(fields, "comment", "level")); keeps {
		rating, err := s.app.RatingPage(r.Context(), who.mentor, id, competency)
		if err != nil {
			return err
		}
		if !recalls {
			return redirect(w, r, s.afterRating(rating, fields.Get("go")))
		}
		stored := rating.Competency.Rating
		input.Level, input.Comment, input.Seen = stored.Current().Typed(), stored.Comment, app.SeenRating(stored)
	}
	saved, err := s.app.SaveRating(r.Context(), who.mentor, id, competency, input)
	switch {
	case model.KindOf(err) == model.Invalid:
		return s.ratingRefused(w, r, who, input, err)
	case err != nil:
		return err
	case saved.Conflict:
		typed := typedRating(saved.Page, input)
		typed.Changed = changedRating(saved.Page, input)
		return s.render(w, r, http.StatusConflict, mentorview.Rate(inConflict(s.ratePage(who, saved.Page), "level"), typed))
	case looks:
		return redirect(w, r, s.paths.SideBySide(id)+"#view-"+competency)
	case recalls:
		return redirect(w, r, s.paths.Rate(id, competency)+"?last")
	}
	return redirect(w, r, s.afterRating(saved.Page, fields.Get("go")))
}

// ratingRefused shows the form again, as it was typed, with what is wrong.
func (s *Server) ratingRefused(w http.ResponseWriter, r *http.Request, who visitor, input model.RatingInput, problem error) error {
	rating, err := s.app.RatingPage(r.Context(), who.mentor, r.PathValue("share"), r.PathValue("competency"))
	if err != nil {
		return err
	}
	page, _ := withErrors(s.ratePage(who, rating), problem)
	return s.render(w, r, http.StatusUnprocessableEntity, mentorview.Rate(page, typedRating(rating, input)))
}

// typedRating is a rating as a page sent it.
func typedRating(rating *model.RatingPage, input model.RatingInput) mentorview.RateProps {
	level, _ := model.ReadLevel(input.Level)
	return mentorview.RateProps{RatingPage: rating, Level: level, Comment: input.Comment, Seen: input.Seen, Typed: true}
}

// changedRating returns what is saved of a rating that was also changed elsewhere, as far as it differs from what was
// sent.
func changedRating(rating *model.RatingPage, input model.RatingInput) *kit.Changed {
	kept := rating.Competency.Rating
	changed := &kit.Changed{Item: rating.Competency.ID, Seen: app.SeenRating(kept), Answer: ratingJSON(kept)}
	if kept.Current().Typed() != input.Level {
		changed.Level = kit.RatedWords(rating, kept.Current())
	}
	if kept.Comment != input.Comment {
		changed.Texts = []string{kept.Comment}
	}
	return changed
}

// afterRating is where a page leads once it is saved: first through what the manager asks about, then to the list,
// which offers both views side by side or the rest, and through the rest back to the list. From a competency whose
// score has been seen it leads back to the two views.
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

// saveRating takes one rating from a script, and responds once it is stored durably. It uses the same protocol as a
// draft's answers, so that one script serves both.
func (s *Server) saveRating(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency := r.PathValue("share"), fields.Get("item")
	input := model.RatingInput{Level: fields.Get("level"), Comment: fields.Get("note"), Seen: fields.Get("seen")}
	saved, err := s.app.SaveRating(r.Context(), who.mentor, id, competency, input)
	if err != nil {
		return err
	}
	if saved.Conflict {
		return s.refuseConflict(w, r, changedRating(saved.Page, input))
	}
	return s.writeJSON(w, http.StatusOK, ratingJSON(saved.Page.Competency.Rating))
}

func ratingJSON(rating model.Rating) answerJSON {
	return answerJSON{rating.Competency, int(rating.Current()), rating.Comment, app.SeenRating(rating)}
}

// ratings sends a script all ratings of a share, so that it can see whether another tab has changed them.
func (s *Server) ratings(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedToRate(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	list := []answerJSON{}
	for _, competency := range shared.Competencies {
		list = append(list, ratingJSON(competency.Rating))
	}
	return s.writeJSON(w, http.StatusOK, map[string][]answerJSON{"answers": list})
}

// reveal shows the manager's scores: of one competency, of those rated, of those for which the depth map waits, or all of
// them.
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
	if what == model.RevealMap {
		return redirect(w, r, s.paths.SharedMap(id))
	}
	return redirect(w, r, s.paths.SideBySide(id))
}
