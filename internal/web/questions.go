package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views"
)

func (s *Server) questions(w http.ResponseWriter, r *http.Request, who visitor) error {
	question, err := s.app.QuestionPage(r.Context(), who.manager, r.PathValue("assessment"), r.PathValue("competency"))
	if err != nil {
		return s.toResult(w, r, err)
	}
	props := s.questionsProps(question, r.URL.Query().Get("then") == "review")
	if changed := r.URL.Query()["changed"]; len(changed) > 0 {
		props.Notices = changedElsewhere(question.Assessment, changed)
	}
	return s.render(w, r, http.StatusOK, views.Questions(s.questionsPage(who, question), props))
}

func (s *Server) questionsPage(who visitor, question *model.QuestionPage) views.Page {
	page := s.page(who, question.Competency.Name)
	page.Focused = true
	return page
}

func (s *Server) questionsProps(question *model.QuestionPage, toReview bool) views.QuestionsProps {
	props := views.QuestionsProps{
		QuestionPage: question,
		Fields:       map[string]views.AnswerField{},
		Opened:       s.Now().UnixMilli(),
		ToReview:     toReview,
	}
	for _, item := range question.Section.Items {
		answer := question.Answers.Get(item.ID)
		props.Fields[item.ID] = views.AnswerField{Answer: answer, Seen: app.Seen(answer)}
	}
	return props
}

// changedElsewhere words that another tab had answered the same questions of the page before.
func changedElsewhere(assessment *model.Assessment, items []string) []string {
	var notices []string
	for _, id := range items {
		if item, _, found := assessment.Item(id); found {
			notices = append(notices, "Another tab had changed your answer to “"+item.Text+"” The later choice, from this tab, counts.")
		}
	}
	return notices
}

// saveQuestions takes a whole page. Without a script it is how answers are saved; with one it saves
// what is left.
func (s *Server) saveQuestions(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	question, err := s.app.QuestionPage(r.Context(), who.manager, id, r.PathValue("competency"))
	if err != nil {
		return err
	}
	toReview := fields.Get("then") == "review"
	inputs := s.answerInputs(question, fields)
	saved, err := s.app.SaveAnswers(r.Context(), who.manager, id, inputs)
	if page, bad := withErrors(s.questionsPage(who, question), err); bad {
		props := s.questionsProps(question, toReview)
		for _, input := range inputs {
			props.Fields[input.Item] = views.AnswerField{
				Answer: model.Answer{Item: input.Item, Level: input.Level, Note: input.Note},
				Seen:   input.Seen,
			}
		}
		return s.render(w, r, http.StatusUnprocessableEntity, views.Questions(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.afterQuestions(question, fields.Get("go"), toReview, saved))
}

// answerInputs reads the answers of a page. The time spent is the script's count; without one, the
// time since the page was made. It is shared among the items.
func (s *Server) answerInputs(question *model.QuestionPage, form url.Values) []app.AnswerInput {
	spent := milliseconds(form.Get("spent"))
	if form.Get("spent") == "" {
		if opened, err := strconv.ParseInt(form.Get("opened"), 10, 64); err == nil {
			spent = s.Now().Sub(time.UnixMilli(opened))
		}
	}
	var inputs []app.AnswerInput
	for _, item := range question.Section.Items {
		// A browser always sends the note, be it empty. What doesn't is no page of ours, and must not blank
		// what it says nothing of.
		if !form.Has("note."+item.ID) && !form.Has("level."+item.ID) {
			continue
		}
		inputs = append(inputs, app.AnswerInput{
			Item:  item.ID,
			Level: level(form.Get("level." + item.ID)),
			Note:  form.Get("note." + item.ID),
			Seen:  form.Get("seen." + item.ID),
			Spent: spent / time.Duration(len(question.Section.Items)),
		})
	}
	return inputs
}

// level reads a level; what is no number is a level that no form offers, and "" is blank.
func level(typed string) model.Level {
	if typed == "" {
		return model.Blank
	}
	number, err := strconv.Atoi(typed)
	if err != nil || number < 0 {
		return model.Level(99)
	}
	return model.Level(number)
}

// milliseconds reads a duration that a script counted; nonsense counts as none.
func milliseconds(typed string) time.Duration {
	count, err := strconv.ParseInt(typed, 10, 32)
	if err != nil {
		return 0
	}
	return time.Duration(count) * time.Millisecond
}

// afterQuestions is where a page leads once it is saved. A page that was opened from the review leads
// back to it.
func (s *Server) afterQuestions(question *model.QuestionPage, choice string, toReview bool, saved []app.SavedAnswer) string {
	id := question.Assessment.ID
	query := url.Values{}
	for _, answer := range saved {
		if answer.Elsewhere {
			query.Add("changed", answer.Item)
		}
	}
	if len(query) > 0 {
		// Stay, and say what another tab had done, before going on.
		if toReview {
			query.Set("then", "review")
		}
		return s.paths.Questions(id, question.Competency.ID) + "?" + query.Encode()
	}
	switch {
	case choice == "leave":
		return s.paths.Assessments()
	case toReview:
		return s.paths.Review(id)
	case choice == "back" && question.Before != "":
		return s.paths.Questions(id, question.Before)
	case choice == "back":
		return s.paths.Assessment(id)
	case question.After != "":
		return s.paths.Questions(id, question.After)
	}
	return s.paths.Review(id)
}

// answerJSON is one answer as a script reads it.
type answerJSON struct {
	Item      string `json:"item"`
	Level     int    `json:"level"`
	Note      string `json:"note"`
	Seen      string `json:"seen"`
	Elsewhere bool   `json:"elsewhere"`
}

func toJSON(answer model.Answer, elsewhere bool) answerJSON {
	return answerJSON{answer.Item, int(answer.Level), answer.Note, app.Seen(answer), elsewhere}
}

// saveAnswer takes one answer from a script, and answers once it is kept durably.
func (s *Server) saveAnswer(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	saved, err := s.app.SaveAnswers(r.Context(), who.manager, r.PathValue("assessment"), []app.AnswerInput{{
		Item:  fields.Get("item"),
		Level: level(fields.Get("level")),
		Note:  fields.Get("note"),
		Seen:  fields.Get("seen"),
		Spent: milliseconds(fields.Get("spent")),
	}})
	if err != nil {
		return err
	}
	return s.writeJSON(w, http.StatusOK, toJSON(saved[0].Answer, saved[0].Elsewhere))
}

// answers gives a script all answers of a draft, to see whether another device has changed them.
func (s *Server) answers(w http.ResponseWriter, r *http.Request, who visitor) error {
	answers, err := s.app.Answers(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	list := []answerJSON{}
	for _, answer := range answers {
		list = append(list, toJSON(answer, false))
	}
	slices.SortFunc(list, func(a, b answerJSON) int {
		if a.Item < b.Item {
			return -1
		}
		return 1
	})
	return s.writeJSON(w, http.StatusOK, map[string][]answerJSON{"answers": list})
}
