package web

import (
	"net/http"
	"net/url"

	"whetstone/internal/model"
	planview "whetstone/views/plan"
)

const followTitle = "What became of it?"

// followUpInput reads what is said of one commitment; field gives the names of the form's fields.
func followUpInput(fields url.Values, id string, field func(string) string) model.FollowUpInput {
	return model.FollowUpInput{
		Commitment: id, Became: fields.Get(field("became")), Line: fields.Get(field("line")),
		Carry: fields.Get(field("then")) == "carry", Until: fields.Get(field("until")), Seen: fields.Get(seenField(field("line"))),
	}
}

func alone(field string) string { return field }

func (s *Server) followUpForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	commitment, err := s.app.Commitment(r.Context(), who.manager, r.PathValue("commitment"))
	if err != nil {
		return err
	}
	if !commitment.Open() {
		return redirect(w, r, s.paths.Plan()+"#"+commitment.ID)
	}
	props := planview.FollowUpProps{Commitment: commitment, Today: who.zone().Day(s.Now())}
	props.Input.Until = commitment.Carried(props.Today).Format(model.DateLayout)
	return s.render(w, r, http.StatusOK, planview.FollowUp(about(s.planPage(who, followTitle), commitment.Competency.ID), props))
}

func (s *Server) followUp(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := followUpInput(fields, r.PathValue("commitment"), alone)
	err = s.app.FollowUp(r.Context(), who.manager, input, who.zone())
	if page, bad := withErrors(s.planPage(who, followTitle), err); bad {
		commitment, err := s.app.Commitment(r.Context(), who.manager, input.Commitment)
		if err != nil {
			return err
		}
		props := planview.FollowUpProps{Commitment: commitment, Today: who.zone().Day(s.Now()), Input: input}
		return s.render(w, r, http.StatusUnprocessableEntity, planview.FollowUp(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Plan()+"?done=told")
}

// following asks, before the first question of an assessment, what became of the commitments.
func (s *Server) following(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	following, err := s.app.Following(r.Context(), who.manager, id, who.zone())
	if err != nil {
		return s.toResult(w, r, err)
	}
	beginning, err := s.app.Begin(r.Context(), who.manager, id)
	if err != nil {
		return s.toResult(w, r, err)
	}
	then := s.firstPage(id, beginning)
	if len(following.Commitments) == 0 {
		return redirect(w, r, then)
	}
	return s.render(w, r, http.StatusOK, planview.Following(s.page(who, followTitle), planview.FollowingProps{Following: following, Then: then}))
}

func (s *Server) followUpAll(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	var inputs []model.FollowUpInput
	for _, commitment := range fields["commitment"] {
		inputs = append(inputs, followUpInput(fields, commitment, func(field string) string { return field + "." + commitment }))
	}
	err = s.app.FollowUpAll(r.Context(), who.manager, id, inputs, who.zone())
	page, bad := withErrors(s.page(who, followTitle), err)
	if err != nil && !bad {
		return s.toResult(w, r, err)
	}
	beginning, err := s.app.Begin(r.Context(), who.manager, id)
	if err != nil && bad {
		return err // also where it was finished meanwhile: what couldn't be kept is given back
	}
	if err != nil {
		return s.toResult(w, r, err)
	}
	then := s.firstPage(id, beginning)
	if !bad {
		return redirect(w, r, then)
	}
	following, err := s.app.Following(r.Context(), who.manager, id, who.zone())
	if err != nil {
		return s.toResult(w, r, err)
	}
	for _, input := range inputs {
		following.Inputs[input.Commitment] = input
	}
	return s.render(w, r, http.StatusUnprocessableEntity, planview.Following(page, planview.FollowingProps{Following: following, Then: then}))
}
