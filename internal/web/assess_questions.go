package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
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
	props := s.questionsProps(question, toReview(r.URL.Query()))
	return s.render(w, r, http.StatusOK, assessview.Questions(s.questionsPage(who, question), props))
}

func (s *Server) questionsPage(who visitor, question *model.QuestionPage) kit.Page {
	page := s.page(focused(who), question.Name)
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

// toReview reports whether a page of questions was opened from the review.
func toReview(fields url.Values) bool { return fields.Get("then") == "review" }

// saveQuestions takes a whole page. Without a script it is how answers are saved; with one it saves
// what is left.
func (s *Server) saveQuestions(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, competency := r.PathValue("assessment"), r.PathValue("competency")
	inputs := s.answerInputs(fields)
	saved, place, err := s.app.SavePage(r.Context(), who.manager, id, competency, inputs)
	conflict := slices.ContainsFunc(saved, func(one app.SavedAnswer) bool { return one.Conflict })
	if model.KindOf(err) == model.Invalid || conflict {
		return s.questionsAgain(w, r, who, inputs, saved, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.afterQuestions(id, place, fields.Get("go"), toReview(fields)))
}

// questionsAgain shows a page again that can't be saved as it is: as it was typed with what is wrong, or, of each answer
// that was changed elsewhere, too, both what is saved and what was sent.
func (s *Server) questionsAgain(w http.ResponseWriter, r *http.Request, who visitor, inputs []app.AnswerInput, saved []app.SavedAnswer, problem error) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	question, err := s.app.QuestionPage(r.Context(), who.manager, r.PathValue("assessment"), r.PathValue("competency"))
	if err != nil {
		return err
	}
	props := s.questionsProps(question, toReview(fields))
	if page, bad := withErrors(s.questionsPage(who, question), problem); bad {
		for _, input := range inputs {
			props.Fields[input.Item] = typedAnswer(input)
		}
		return s.render(w, r, http.StatusUnprocessableEntity, assessview.Questions(page, props))
	}
	var conflicts []string
	for _, one := range saved {
		if !one.Conflict {
			continue // the page shows it as it is kept
		}
		sent := inputs[slices.IndexFunc(inputs, func(input app.AnswerInput) bool { return input.Item == one.Item })]
		field := typedAnswer(sent)
		field.Changed = changedAnswer(question.Assessment, sent, one.Answer)
		props.Fields[one.Item] = field
		conflicts = append(conflicts, "level."+one.Item)
	}
	return s.render(w, r, http.StatusConflict, assessview.Questions(inConflict(s.questionsPage(who, question), conflicts...), props))
}

// typedAnswer is an answer as a page sent it.
func typedAnswer(input app.AnswerInput) assessview.AnswerField {
	level, _ := model.ReadLevel(input.Level)
	return assessview.AnswerField{
		Answer: model.Answer{Item: input.Item, Level: level, Note: input.Note}, Seen: input.Seen, Typed: true,
	}
}

// changedAnswer returns what is saved of an answer that was also changed elsewhere, as far as it differs from what was
// sent.
func changedAnswer(assessment *model.Assessment, input app.AnswerInput, kept model.Answer) *kit.Changed {
	changed := &kit.Changed{Item: kept.Item, Seen: app.Seen(kept), Answer: toJSON(kept)}
	if kept.Level.Typed() != input.Level {
		changed.Level = kit.AnsweredWords(assessment, kept.Item, kept.Level)
	}
	if kept.Note != input.Note {
		changed.Texts = []string{kept.Note}
	}
	return changed
}

// answerInputs reads the answers of a page, by the names of its fields: a browser always sends a note, be it empty, and
// what sends none is no page of ours, and must not blank what it says nothing of. The time spent is the script's count;
// without one, the time since the page was made. It is shared among the items.
func (s *Server) answerInputs(form url.Values) []app.AnswerInput {
	spent := milliseconds(form.Get("spent"))
	if form.Get("spent") == "" {
		if opened, err := strconv.ParseInt(form.Get("opened"), 10, 64); err == nil {
			spent = s.Now().Sub(time.UnixMilli(opened))
		}
	}
	items := itemsOf(form, "level.", "note.")
	var inputs []app.AnswerInput
	for _, item := range items {
		seen := fieldsSeen(form, "note."+item, "level."+item, item)
		seen, keeps := counted(form, item, seen)
		if keeps {
			continue
		}
		inputs = append(inputs, app.AnswerInput{
			Item:  item,
			Level: form.Get("level." + item),
			Note:  form.Get("note." + item),
			Seen:  seen,
			Spent: spent / time.Duration(len(items)),
		})
	}
	return inputs
}

// itemsOf lists what a form has a field for whose name begins so, each once.
func itemsOf(form url.Values, prefixes ...string) []string {
	var items []string
	for name := range form {
		for _, prefix := range prefixes {
			if item, found := strings.CutPrefix(name, prefix); found {
				items = append(items, item)
			}
		}
	}
	slices.Sort(items)
	return slices.Compact(items)
}

// fieldsSeen is the seen token of what a page saw of some fields, by the first of their names that carries one. A page of
// an earlier version sends it under a name of its own.
func fieldsSeen(form url.Values, names ...string) string {
	for _, name := range names {
		if form.Has(seenField(name)) {
			return form.Get(seenField(name))
		}
	}
	return ""
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
func (s *Server) afterQuestions(id string, place model.QuestionPlace, choice string, toReview bool) string {
	switch {
	case choice == "leave":
		return s.paths.Assessments()
	case toReview:
		return s.paths.Review(id)
	case choice == "back" && place.Before != "":
		return s.paths.Questions(id, place.Before)
	case choice == "back":
		return s.paths.Assessment(id)
	case place.After != "":
		return s.paths.Questions(id, place.After)
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
		Level: fields.Get("level"),
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
