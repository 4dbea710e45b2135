package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	assessview "whetstone/views/assess"
	"whetstone/views/kit"
)

func (s *Server) questions(w http.ResponseWriter, r *http.Request, who visitor) error {
	question, err := s.app.QuestionPage(r.Context(), who.manager, r.PathValue("assessment"), r.PathValue("competency"))
	if err != nil {
		return s.toResult(w, r, err)
	}
	props := s.questionsProps(question, r.URL.Query().Get("then") == "review")
	return s.render(w, r, http.StatusOK, assessview.Questions(s.questionsPage(who, question), props))
}

func (s *Server) questionsPage(who visitor, question *model.QuestionPage) kit.Page {
	page := s.page(who, question.Name)
	page.Focused = true
	return page
}

func (s *Server) questionsProps(question *model.QuestionPage, toReview bool) assessview.QuestionsProps {
	props := assessview.QuestionsProps{
		QuestionPage: question,
		Fields:       map[string]assessview.AnswerField{},
		Opened:       s.Now().UnixMilli(),
		ToReview:     toReview,
	}
	for _, item := range question.Items() {
		answer := question.Answers.Get(item.ID)
		props.Fields[item.ID] = assessview.AnswerField{Answer: answer, Seen: app.Seen(answer)}
	}
	return props
}

// saveQuestions takes a whole page. Without a script this is how answers are saved; with one it saves the rest.
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
			props.Fields[input.Item] = typedAnswer(input)
		}
		return s.render(w, r, http.StatusUnprocessableEntity, assessview.Questions(page, props))
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(saved, func(one app.SavedAnswer) bool { return one.Conflict }) {
		return s.questionsInConflict(w, r, who, question, inputs, saved)
	}
	return redirect(w, r, s.afterQuestions(question, fields.Get("go"), toReview))
}

// questionsInConflict shows, for each answer that was also changed elsewhere, both what is saved and what was sent.
func (s *Server) questionsInConflict(w http.ResponseWriter, r *http.Request, who visitor, question *model.QuestionPage, inputs []app.AnswerInput, saved []app.SavedAnswer) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	props := s.questionsProps(question, fields.Get("then") == "review")
	var conflicts []string
	for i, one := range saved {
		props.Fields[one.Item] = assessview.AnswerField{Answer: one.Answer, Seen: app.Seen(one.Answer)}
		if one.Conflict {
			field := typedAnswer(inputs[i])
			field.Changed = changedAnswer(question.Assessment, inputs[i], one.Answer)
			props.Fields[one.Item] = field
			conflicts = append(conflicts, "level."+one.Item)
		}
	}
	return s.render(w, r, http.StatusConflict, assessview.Questions(inConflict(s.questionsPage(who, question), conflicts...), props))
}

// typedAnswer is an answer as a page sent it.
func typedAnswer(input app.AnswerInput) assessview.AnswerField {
	return assessview.AnswerField{
		Answer: model.Answer{Item: input.Item, Level: input.Level, Note: input.Note}, Seen: input.Seen, Typed: true,
	}
}

// changedAnswer returns what is saved of an answer that was also changed elsewhere, as far as it differs from what was
// sent.
func changedAnswer(assessment *model.Assessment, input app.AnswerInput, kept model.Answer) *kit.Changed {
	changed := &kit.Changed{Item: kept.Item, Seen: app.Seen(kept), Answer: toJSON(kept)}
	if kept.Level != input.Level {
		changed.Level = kit.AnsweredWords(assessment, kept.Item, kept.Level)
	}
	if kept.Note != input.Note {
		changed.Texts = []string{kept.Note}
	}
	return changed
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
	items := question.Items()
	for _, item := range items {
		// A browser always sends the note, even if it is empty. A request without it isn't from a page of ours, and
		// must not blank what it doesn't mention.
		if !form.Has("note."+item.ID) && !form.Has("level."+item.ID) {
			continue
		}
		seen := fieldsSeen(form, "note."+item.ID, "level."+item.ID, item.ID)
		seen, keeps := counted(form, item.ID, seen)
		if keeps {
			continue
		}
		inputs = append(inputs, app.AnswerInput{
			Item:  item.ID,
			Level: level(form.Get("level." + item.ID)),
			Note:  form.Get("note." + item.ID),
			Seen:  seen,
			Spent: spent / time.Duration(len(items)),
		})
	}
	return inputs
}

// fieldsSeen returns the seen token of some fields, from the first of their names that carries one. A page of an
// earlier version sends it as a field of its own.
func fieldsSeen(form url.Values, names ...string) string {
	for _, name := range names {
		if form.Has(seenField(name)) {
			return form.Get(seenField(name))
		}
	}
	return ""
}

// level reads a level; "" is blank, and anything but a number becomes a level that no form offers.
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

// milliseconds reads a duration that a script counted; nonsense counts as zero.
func milliseconds(typed string) time.Duration {
	count, err := strconv.ParseInt(typed, 10, 32)
	if err != nil {
		return 0
	}
	return time.Duration(count) * time.Millisecond
}

// afterQuestions returns where a page leads once it is saved. A page that was opened from the review leads back to it.
func (s *Server) afterQuestions(question *model.QuestionPage, choice string, toReview bool) string {
	id := question.Assessment.ID
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
	Item  string `json:"item"`
	Level int    `json:"level"`
	Note  string `json:"note"`
	Seen  string `json:"seen"`
}

func toJSON(answer model.Answer) answerJSON {
	return answerJSON{answer.Item, int(answer.Level), answer.Note, app.Seen(answer)}
}

// saveAnswer takes one answer from a script, and responds once it is stored durably.
func (s *Server) saveAnswer(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	input := app.AnswerInput{
		Item:  fields.Get("item"),
		Level: level(fields.Get("level")),
		Note:  fields.Get("note"),
		Seen:  fields.Get("seen"),
		Spent: milliseconds(fields.Get("spent")),
	}
	saved, err := s.app.SaveAnswers(r.Context(), who.manager, id, []app.AnswerInput{input})
	if err != nil {
		return err
	}
	if saved[0].Conflict {
		progress, err := s.app.Progress(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		return s.refuseConflict(w, r, changedAnswer(progress.Assessment, input, saved[0].Answer))
	}
	return s.writeJSON(w, http.StatusOK, toJSON(saved[0].Answer))
}

// answers sends a script all answers of a draft, so that it can see whether another device has changed them.
func (s *Server) answers(w http.ResponseWriter, r *http.Request, who visitor) error {
	answers, err := s.app.Answers(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	list := []answerJSON{}
	for _, answer := range answers {
		list = append(list, toJSON(answer))
	}
	slices.SortFunc(list, func(a, b answerJSON) int {
		if a.Item < b.Item {
			return -1
		}
		return 1
	})
	return s.writeJSON(w, http.StatusOK, map[string][]answerJSON{"answers": list})
}
