package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	planview "whetstone/views/plan"
)

func (s *Server) planPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Current = "plan"
	return page
}

// about makes a page one that is about a competency.
func about(page kit.Page, competency string) kit.Page {
	page.About = competency
	return page
}

func (s *Server) plan(w http.ResponseWriter, r *http.Request, who visitor) error {
	plan, err := s.app.Plan(r.Context(), who.manager)
	if err != nil {
		return err
	}
	props := planview.PlanProps{Plan: plan, Today: who.zone().Day(s.Now()), Done: r.URL.Query().Get("done")}
	return s.render(w, r, http.StatusOK, planview.Plan(s.planPage(who, "Your plan"), props))
}

func (s *Server) planJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportPlan(r.Context(), who.manager)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, "whetstone-plan", who.zone().Day(s.Now()), "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

const commitTitle = "When, and what will you do?"

func (s *Server) commitmentForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	query := r.URL.Query()
	form, err := s.app.CommitmentForm(r.Context(), who.manager, model.CommitmentStart{
		Practice: query.Get("practice"), Competency: query.Get("competency"), Map: query.Get("map"), Domain: query.Get("domain"),
	}, who.zone())
	if err != nil {
		return err
	}
	planview.FillIn(form)
	return s.render(w, r, http.StatusOK, planview.NewCommitment(about(s.planPage(who, commitTitle), form.Input.Competency), form))
}

func commitmentInput(fields url.Values) model.CommitmentInput {
	return model.CommitmentInput{
		Competency: fields.Get("competency"), Practice: fields.Get("practice"), Domain: fields.Get("for-domain"),
		Occasion: fields.Get("occasion"), Action: fields.Get("action"), Notice: fields.Get("notice"), Until: fields.Get("until"),
		Bet: fields.Get("bet"), Seen: fields.Get(seenField("action")),
	}
}

func (s *Server) commit(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := commitmentInput(fields)
	_, err = s.app.Commit(r.Context(), who.manager, input, who.zone())
	if page, bad := withErrors(s.planPage(who, commitTitle), err); bad {
		form, err := s.app.CommitmentForm(r.Context(), who.manager, model.CommitmentStart{Practice: input.Practice, Competency: input.Competency}, who.zone())
		if err != nil {
			return err
		}
		form.Input = input
		return s.render(w, r, http.StatusUnprocessableEntity, planview.NewCommitment(page, form))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Plan()+"?done=made")
}

const changeTitle = "Change a commitment"

// commitment shows one that is open, to be changed; of a closed one what became of it stands in the plan.
func (s *Server) commitment(w http.ResponseWriter, r *http.Request, who visitor) error {
	commitment, err := s.app.Commitment(r.Context(), who.manager, r.PathValue("commitment"))
	if err != nil {
		return err
	}
	if !commitment.Open() {
		return redirect(w, r, s.paths.Plan()+"#"+commitment.ID)
	}
	return s.render(w, r, http.StatusOK, planview.ChangeCommitment(about(s.planPage(who, changeTitle), commitment.Competency.ID), planview.AsItStands(commitment, app.SeenCommitment(commitment))))
}

func (s *Server) changeCommitment(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("commitment"), commitmentInput(fields)
	var keeps bool
	if input.Seen, keeps = counted(fields, planview.CommitmentItem, input.Seen); !keeps {
		err = s.app.ChangeCommitment(r.Context(), who.manager, id, input, who.zone())
	}
	page, status := refused(s.planPage(who, changeTitle), err)
	if status == 0 && err != nil {
		return err
	}
	if status == 0 {
		return redirect(w, r, s.paths.Plan()+"?done=changed")
	}
	commitment, err := s.app.Commitment(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	props := planview.ChangeProps{Commitment: commitment, Input: input}
	if status == http.StatusConflict {
		props.Changed = planview.SavedCommitment(commitment, app.SeenCommitment(commitment))
	}
	return s.render(w, r, status, planview.ChangeCommitment(page, props))
}

const deleteCommitmentTitle = "Delete a commitment"

func (s *Server) deleteCommitmentForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askToDeleteCommitment(w, r, who, http.StatusOK, s.planPage(who, deleteCommitmentTitle))
}

func (s *Server) askToDeleteCommitment(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page) error {
	commitment, err := s.app.Commitment(r.Context(), who.manager, r.PathValue("commitment"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, planview.DeleteCommitment(about(page, commitment.Competency.ID), commitment))
}

func (s *Server) deleteCommitment(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.DeleteCommitment(r.Context(), who.manager, r.PathValue("commitment"), fieldsSeen(fields, planview.CommitmentItem), fields.Get("meant") == "yes")
	if page, status := refusedDeletion(s.planPage(who, deleteCommitmentTitle), err); status != 0 {
		return s.askToDeleteCommitment(w, r, who, status, page)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Plan()+"?done=deleted")
}
