package web

import (
	"net/http"
	"net/url"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
	resultsview "whetstone/views/results"
)

const sideBySideTitle = "Both views, side by side"

func (s *Server) sideBySide(w http.ResponseWriter, r *http.Request, who visitor) error {
	beside, err := s.app.SideBySide(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.SideBySide(s.mentorPage(who, sideBySideTitle), mentorview.SideBySideProps{SideBySide: beside}))
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
		err = s.app.MentorWithdrawLevel(r.Context(), who.mentor, id, competency, input.Revision)
	default:
		err = s.app.MentorProposeLevel(r.Context(), who.mentor, id, competency, input)
	}
	if page, bad := withErrors(s.mentorPage(who, sideBySideTitle), err); bad {
		beside, err := s.app.SideBySide(r.Context(), who.mentor, id)
		if err != nil {
			return err
		}
		props := mentorview.SideBySideProps{SideBySide: beside, Typed: map[string]model.AgreementInput{competency: input}}
		page = keyed(page, competency)
		page.ErrorsTitle = agreementTitle(input)
		return s.render(w, r, http.StatusUnprocessableEntity, mentorview.SideBySide(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.ViewBeside(id, competency))
}

const wordsTitle = "A word on the whole"

func (s *Server) wordsForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedToRate(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	review := shared.Review
	if scripted(r) {
		return s.writeJSON(w, http.StatusOK, map[string][]wordsJSON{"answers": {toWordsJSON(review)}})
	}
	query := r.URL.Query()
	props := mentorview.WordsProps{
		Shared: shared,
		Input:  model.WordsInput{Name: review.Name, Overall: review.Overall, Question: review.Question, Answer: review.Answer, Seen: app.SeenWords(review)},
		Saved:  query.Has("saved"), Sent: query.Has("sent") && !review.SentAt.IsZero(),
	}
	if review.Revision == 0 {
		props.Input.Name = shared.KnownAs // still to be saved, as what was typed would be
	}
	page := s.mentorPage(who, wordsTitle)
	if props.Sent {
		page.Title = "Sent"
	}
	return s.render(w, r, http.StatusOK, mentorview.Words(page, props))
}

// wordsJSON is the words on the whole as a script reads them.
type wordsJSON struct {
	Item     string `json:"item"`
	Name     string `json:"name"`
	Overall  string `json:"overall"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
	Seen     string `json:"seen"`
}

func toWordsJSON(review *model.MentorReview) wordsJSON {
	return wordsJSON{mentorview.WordsItem, review.Name, review.Overall, review.Question, review.Answer, app.SeenWords(review)}
}

// words saves the words on the whole, and sends the review where that is asked.
func (s *Server) words(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("share")
	input := model.WordsInput{Name: fields.Get("name"), Overall: fields.Get("overall"), Question: fields.Get("question"), Answer: fields.Get("answer")}
	var keeps bool
	if input.Seen, keeps = counted(fields, mentorview.WordsItem, wordsSeen(r, fields)); keeps {
		return redirect(w, r, s.paths.Words(id))
	}
	save, then := s.app.SaveWords, "?saved"
	sends := fields.Get("go") == "send"
	if sends {
		save, then = s.app.SendReview, "?sent"
	}
	kept, conflict, err := save(r.Context(), who.mentor, id, input)
	page, bad := withErrors(s.mentorPage(who, wordsTitle), err)
	if err != nil && !bad {
		return err
	}
	switch {
	case scripted(r) && conflict:
		return s.refuseConflict(w, r, changedWords(input, kept))
	case scripted(r) && bad:
		return err
	case scripted(r):
		return s.writeJSON(w, http.StatusOK, toWordsJSON(kept))
	case bad || conflict:
		return s.wordsAgain(w, r, who, page, input, kept, sends)
	}
	return redirect(w, r, s.paths.Words(id)+then)
}

// wordsSeen returns the seen token of the words on the whole; a script sends it as a field of its own.
func wordsSeen(r *http.Request, fields url.Values) string {
	if scripted(r) {
		return fields.Get("seen")
	}
	return fieldsSeen(fields, "answer", "overall", "question", "name")
}

// wordsAgain gives back words that can't be taken as they are: something is wrong with them, or they were also changed
// elsewhere, and kept is what is saved.
func (s *Server) wordsAgain(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, input model.WordsInput, kept *model.MentorReview, sends bool) error {
	shared, err := s.app.SharedToRate(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	props, status := mentorview.WordsProps{Shared: shared, Input: input, Typed: true}, http.StatusUnprocessableEntity
	if sends {
		page.ErrorsTitle = "Before this can be sent"
	}
	if kept != nil {
		props.Changed, status = changedWords(input, kept), http.StatusConflict
		page = inConflict(page, "overall")
	}
	return s.render(w, r, status, mentorview.Words(page, props))
}

// changedWords returns what is saved of words that were also changed elsewhere, as far as they differ from what was
// sent.
func changedWords(input model.WordsInput, kept *model.MentorReview) *kit.Changed {
	changed := &kit.Changed{Item: mentorview.WordsItem, Seen: app.SeenWords(kept), Answer: toWordsJSON(kept)}
	for _, one := range [][2]string{{kept.Answer, input.Answer}, {kept.Overall, input.Overall}, {kept.Question, input.Question}, {kept.Name, input.Name}} {
		if one[0] != one[1] {
			changed.Texts = append(changed.Texts, one[0])
		}
	}
	return changed
}

func (s *Server) sharedResult(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.SharedResult(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	page, props := s.mentorPage(who, "The result of "+text.Isolated(shared.Shared.Share.Sharer)), mentorview.SharedResultProps{SharedResult: shared}
	if shared.Result != nil {
		charts, err := resultsview.Charts(shared.Result)
		if err != nil {
			return err
		}
		props.Content = resultsview.ResultContent(page, charts)
	}
	return s.render(w, r, http.StatusOK, mentorview.SharedResult(page, props))
}

func (s *Server) sharedHistory(w http.ResponseWriter, r *http.Request, who visitor) error {
	history, err := s.app.SharedHistory(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	page, props := s.mentorPage(who, "The history of "+text.Isolated(history.Shared.Share.Sharer)), mentorview.SharedHistoryProps{SharedHistory: history}
	if history.History != nil {
		props.Content = resultsview.HistoryContent(page, history.History)
	}
	return s.render(w, r, http.StatusOK, mentorview.SharedHistory(page, props))
}
