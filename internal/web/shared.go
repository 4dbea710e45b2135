package web

import (
	"net/http"
	"net/url"
	"strconv"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views"
)

const sideBySideTitle = "Both views, side by side"

func (s *Server) sideBySide(w http.ResponseWriter, r *http.Request, who visitor) error {
	beside, err := s.app.SideBySide(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.SideBySide(s.mentorPage(who, sideBySideTitle), views.SideBySideProps{SideBySide: beside}))
}

// mentorAgree takes the mentor's forms of a level to agree on: a proposal, its confirmation, or its end.
func (s *Server) mentorAgree(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency, input := r.PathValue("share"), r.PathValue("competency"), agreementInput(fields)
	switch fields.Get("go") {
	case "confirm":
		err = s.app.MentorConfirmLevel(r.Context(), who.mentor, id, competency, input.Revision)
	case "withdraw":
		err = s.app.MentorWithdrawLevel(r.Context(), who.mentor, id, competency)
	default:
		err = s.app.MentorProposeLevel(r.Context(), who.mentor, id, competency, input)
	}
	if page, bad := withErrors(s.mentorPage(who, sideBySideTitle), err); bad {
		beside, err := s.app.SideBySide(r.Context(), who.mentor, id)
		if err != nil {
			return err
		}
		props := views.SideBySideProps{SideBySide: beside, Typed: map[string]model.AgreementInput{competency: input}}
		return s.render(w, r, http.StatusUnprocessableEntity, views.SideBySide(keyed(page, competency), props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.SideBySide(id)+"#view-"+url.PathEscape(competency))
}

const wordsTitle = "A word on the whole"

func (s *Server) wordsForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedToRate(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	query, review := r.URL.Query(), shared.Review
	props := views.WordsProps{
		Shared: shared,
		Input:  model.WordsInput{Name: review.Name, Overall: review.Overall, Question: review.Question, Revision: revision(review.Revision)},
		Saved:  query.Has("saved"), Sent: query.Has("sent") && !review.SentAt.IsZero(), Elsewhere: query.Has("changed"),
	}
	page := s.mentorPage(who, wordsTitle)
	if props.Sent {
		page.Title = "Sent"
	}
	return s.render(w, r, http.StatusOK, views.Words(page, props))
}

// words saves the words on the whole, and sends the review where that is asked. A script that saves them
// while they are typed is told the revision.
func (s *Server) words(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("share")
	input := model.WordsInput{
		Name: fields.Get("name"), Overall: fields.Get("overall"), Question: fields.Get("question"), Revision: fields.Get("revision"),
	}
	sends, then := fields.Get("go") == "send", "?saved"
	var elsewhere bool
	var saved int
	if sends {
		then, err = "?sent", s.app.SendReview(r.Context(), who.mentor, id, input)
	} else {
		saved, elsewhere, err = s.app.SaveWords(r.Context(), who.mentor, id, input)
	}
	if page, bad := withErrors(s.mentorPage(who, wordsTitle), err); bad && !scripted(r) {
		if sends {
			page.ErrorsTitle = "Before this can be sent"
		}
		shared, err := s.app.Shared(r.Context(), who.mentor, id)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusUnprocessableEntity, views.Words(page, views.WordsProps{Shared: shared, Input: input}))
	}
	if err != nil {
		return err
	}
	if scripted(r) {
		return s.writeJSON(w, http.StatusOK, map[string]any{"revision": strconv.Itoa(saved), "elsewhere": elsewhere})
	}
	if elsewhere {
		then = "?changed"
	}
	return redirect(w, r, s.paths.Words(id)+then)
}

func (s *Server) sharedResult(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedResult(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	page, props := s.mentorPage(who, "The result of "+text.Isolated(shared.Shared.Share.Sharer)), views.SharedResultProps{SharedResult: shared}
	if shared.Result != nil {
		charts, err := views.Charts(shared.Result)
		if err != nil {
			return err
		}
		props.Content = views.ResultContent(page, charts)
	}
	return s.render(w, r, http.StatusOK, views.SharedResult(page, props))
}

func (s *Server) sharedHistory(w http.ResponseWriter, r *http.Request, who visitor) error {
	history, err := s.app.SharedHistory(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	page, props := s.mentorPage(who, "The history of "+text.Isolated(history.Shared.Share.Sharer)), views.SharedHistoryProps{SharedHistory: history}
	if history.History != nil {
		props.Content = views.HistoryContent(page, history.History)
	}
	return s.render(w, r, http.StatusOK, views.SharedHistory(page, props))
}
