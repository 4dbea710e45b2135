package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

const conversationTitle = "What your mentors say"

func (s *Server) conversation(w http.ResponseWriter, r *http.Request, who visitor) error {
	conversation, err := s.app.Conversation(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.Conversation(s.conversationPage(who), mentorview.ConversationProps{Conversation: conversation, Seen: app.SeenReply}))
}

func (s *Server) conversationPage(who visitor) kit.Page {
	page := s.page(who, conversationTitle)
	page.Current = "assessments"
	return page
}

func (s *Server) conversationJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ConversationExport(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, "whetstone-conversation", who.zone().Day(s.Now()), "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

// mentorSheet is a page to print for half an hour with one mentor.
func (s *Server) mentorSheet(w http.ResponseWriter, r *http.Request, who visitor) error {
	conversation, err := s.app.ConversationWith(r.Context(), who.manager, r.PathValue("assessment"), r.PathValue("review"))
	if err != nil {
		return err
	}
	page := s.conversationPage(who)
	page.Title = "Half an hour with a mentor"
	return s.render(w, r, http.StatusOK, mentorview.MentorSheet(page, conversation))
}

func (s *Server) readReview(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, review := r.PathValue("assessment"), r.PathValue("review")
	if err := s.app.ReadReview(r.Context(), who.manager, id, review, fields.Get("seen")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.ReviewIn(id, review))
}

// reply takes a manager's answer to the question that a mentor asks back.
func (s *Server) reply(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, review, typed := r.PathValue("assessment"), r.PathValue("review"), fields.Get("reply")
	seen, keeps := counted(fields, review, fieldsSeen(fields, "reply"))
	if !keeps {
		err = s.app.Reply(r.Context(), who.manager, id, review, typed, seen)
	}
	if page, status := refused(s.conversationPage(who), err); status != 0 {
		conversation, err := s.app.Conversation(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		page = keyed(page, review)
		page.ErrorsTitle = "Before this can be sent"
		props := mentorview.ConversationProps{Conversation: conversation, Reply: &mentorview.TypedReply{Review: review, Text: typed, Conflict: status == http.StatusConflict}, Seen: app.SeenReply}
		return s.render(w, r, status, mentorview.Conversation(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Conversation(id)+"#review-"+url.PathEscape(review))
}

// setAside sets a review aside, or lets it count again.
func (s *Server) setAside(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, review := r.PathValue("assessment"), r.PathValue("review")
	if err := s.app.SetReviewAside(r.Context(), who.manager, id, review, fields.Get("go") == "aside"); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Conversation(id)+"#review-"+url.PathEscape(review))
}

// agree takes the manager's forms of a level to agree on: a proposal, its confirmation, or its end.
func (s *Server) agree(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, review, competency := r.PathValue("assessment"), r.PathValue("review"), r.PathValue("competency")
	input := agreementInput(fields)
	switch fields.Get("go") {
	case "confirm":
		err = s.app.ConfirmLevel(r.Context(), who.manager, id, review, competency, input.Revision)
	case "withdraw":
		err = s.app.WithdrawLevel(r.Context(), who.manager, id, review, competency, input.Revision)
	default:
		err = s.app.ProposeLevel(r.Context(), who.manager, id, review, competency, input)
	}
	if page, bad := withErrors(s.conversationPage(who), err); bad {
		conversation, err := s.app.Conversation(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		key := mentorview.AgreementKey(review, competency)
		props := mentorview.ConversationProps{Conversation: conversation, Typed: map[string]model.AgreementInput{key: input}, Seen: app.SeenReply}
		page = keyed(page, key)
		page.ErrorsTitle = agreementTitle(input)
		return s.render(w, r, http.StatusUnprocessableEntity, mentorview.Conversation(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.ViewIn(id, competency))
}

func agreementInput(fields url.Values) model.AgreementInput {
	revision := fieldsSeen(fields, "sentence", "level")
	if revision == "" {
		revision = fields.Get("revision") // a button alone, or a page of an earlier version
	}
	return model.AgreementInput{
		Level: fields.Get("level"), Sentence: fields.Get("sentence"), Revision: revision,
		Answers: fields.Get("go") == "confirm" || fields.Get("go") == "withdraw",
	}
}

// keyed renames the fields of a page's errors to those of one form among many.
func keyed(page kit.Page, key string) kit.Page {
	fields := make([]model.FieldError, len(page.Errors))
	for i, field := range page.Errors {
		fields[i] = model.FieldError{Field: field.Field + "." + key, Message: field.Message}
	}
	page.Errors = fields
	return page
}

// agreementTitle stands above what is wrong with the form of a level.
func agreementTitle(input model.AgreementInput) string {
	if input.Answers {
		return "Before anything is answered"
	}
	return "Before this can be proposed"
}
