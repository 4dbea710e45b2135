package web

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

const newCycleTitle = "Open or plan a cycle"

func (s *Server) newCycleForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	choices, err := s.app.CycleChoices(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.CycleFormProps{CycleChoices: choices, Input: choices.Chosen}
	return s.render(w, r, http.StatusOK, teamview.NewCycle(s.teamsPage(who, newCycleTitle), props))
}

func (s *Server) newCycle(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team := r.PathValue("team")
	input := model.CycleInput{
		Name: fields.Get("name"), Form: fields.Get("form"), Questionnaire: fields.Get("questionnaire"),
		Opens: fields.Get("opens"), Closes: fields.Get("closes"), Before: fields.Get("before"), From: s.clientCode(r), Outcome: outcomeInput(fields),
	}
	cycle, err := s.app.MakeCycle(r.Context(), who.manager, team, input)
	if page, bad := withErrors(s.teamsPage(who, newCycleTitle), err); bad {
		page.ErrorsTitle = "Before the cycle can be made"
		choices, err := s.app.CycleChoices(r.Context(), who.manager, team)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.NewCycle(page, teamview.CycleFormProps{CycleChoices: choices, Input: input}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Cycle(team, cycle))
}

// cycle shows what a closed cycle published; before that, how far it has come.
func (s *Server) cycle(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, id := r.PathValue("team"), r.PathValue("cycle")
	result, err := s.app.TeamResult(r.Context(), who.manager, team, id)
	if err == nil {
		return s.render(w, r, http.StatusOK, teamview.CycleResult(s.teamsPage(who, cycleTitle(result)), result))
	}
	if !errors.Is(err, model.ErrNotFound) {
		return err
	}
	current, err := s.app.CurrentCycle(r.Context(), who.manager, team, id)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Cycle(s.teamsPage(who, text.Isolated(current.Cycle.Name)), current))
}

// teamSheet is what a cycle published on one page to print.
func (s *Server) teamSheet(w http.ResponseWriter, r *http.Request, who visitor) error {
	sheet, err := s.app.TeamSheet(r.Context(), who.manager, r.PathValue("team"), r.PathValue("cycle"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Sheet(s.teamsPage(who, "45 minutes together"), sheet))
}

func cycleTitle(result *model.TeamResult) string {
	return "The result of " + text.Isolated(result.Cycle.Name)
}

func (s *Server) cycleCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, id := r.PathValue("team"), r.PathValue("cycle")
	rows, err := s.app.TeamResultCSV(r.Context(), who.manager, team, id)
	if err != nil {
		return err
	}
	return sendRows(w, r, "whetstone-team", who.zone().Day(s.Now()), rows)
}

func (s *Server) closeCycleForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askOfCycle(w, r, who, func(current *model.CyclePage) templ.Component {
		return teamview.CloseCycle(s.teamsPage(who, "Close the cycle"), current)
	})
}

// closeCycle closes a cycle. Pressed twice, or by two stewards at once, it leads to the one result.
func (s *Server) closeCycle(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, id := r.PathValue("team"), r.PathValue("cycle")
	err := s.app.CloseCycle(r.Context(), who.manager, team, id)
	return s.doneWithCycle(w, r, who, err, s.paths.Cycle(team, id))
}

func (s *Server) cancelCycleForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askOfCycle(w, r, who, func(current *model.CyclePage) templ.Component {
		return teamview.CancelCycle(s.teamsPage(who, "Cancel the cycle"), current)
	})
}

func (s *Server) cancelCycle(w http.ResponseWriter, r *http.Request, who visitor) error {
	team := r.PathValue("team")
	err := s.app.CancelCycle(r.Context(), who.manager, team, r.PathValue("cycle"))
	return s.doneWithCycle(w, r, who, err, s.paths.Team(team))
}

// askOfCycle asks a steward before something happens to a cycle. For a closed cycle there is nothing left to ask: it
// leads to the result.
func (s *Server) askOfCycle(w http.ResponseWriter, r *http.Request, who visitor, question func(*model.CyclePage) templ.Component) error {
	current, err := s.app.CycleToEnd(r.Context(), who.manager, r.PathValue("team"), r.PathValue("cycle"))
	switch {
	case err != nil:
		return err
	case current.State == model.CycleClosed:
		return redirect(w, r, s.paths.Cycle(current.Team.ID, current.Cycle.ID))
	}
	return s.render(w, r, http.StatusOK, question(current))
}

// doneWithCycle leads on after an act on a cycle, or says on its page why it wasn't done.
func (s *Server) doneWithCycle(w http.ResponseWriter, r *http.Request, who visitor, err error, next string) error {
	if _, bad := withErrors(kit.Page{}, err); bad {
		current, missing := s.app.CurrentCycle(r.Context(), who.manager, r.PathValue("team"), r.PathValue("cycle"))
		if missing != nil {
			return missing
		}
		page, _ := withErrors(s.teamsPage(who, text.Isolated(current.Cycle.Name)), err)
		page.ErrorsTitle = "Not done"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.Cycle(page, current))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, next)
}

// contribute counts an assessment in a cycle, or takes it out again: the tick at a result sends both, the
// page of a cycle only the second. Where what was saved elsewhere is to stay, nothing of the form is taken.
func (s *Server) contribute(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, cycle, assessment := r.PathValue("team"), r.PathValue("cycle"), fields.Get("assessment")
	input := model.ContributionInput{Assessment: assessment, Counts: fields.Get("count") == "yes"}
	var keeps bool
	if input.Seen, keeps = counted(fields, teamview.CountItem, fieldsSeen(fields, "assessment", "count")); !keeps {
		err = s.app.Contribute(r.Context(), who.manager, team, cycle, input)
	}
	if model.KindOf(err) == model.Conflict {
		return s.contributionInConflict(w, r, who, input)
	}
	if page, bad := withErrors(s.teamsPage(who, "This was not counted"), err); bad {
		page.ErrorsTitle = "Not counted"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.NotContributed(page, teamview.ContributionProps{Team: team, Assessment: assessment}))
	}
	if err != nil {
		return err
	}
	if assessment == "" {
		return redirect(w, r, s.paths.Cycle(team, cycle))
	}
	return redirect(w, r, s.paths.Result(assessment)+"#teams")
}

// contributionInConflict asks whether what was sent counts in a cycle, or what was chosen elsewhere meanwhile.
func (s *Server) contributionInConflict(w http.ResponseWriter, r *http.Request, who visitor, input model.ContributionInput) error {
	current, err := s.app.CurrentCycle(r.Context(), who.manager, r.PathValue("team"), r.PathValue("cycle"))
	if err != nil {
		return err
	}
	page := inConflict(s.teamsPage(who, "What counts in the cycle?"), kit.FormConflictID)
	return s.render(w, r, http.StatusConflict, teamview.ContributionInConflict(page, teamview.ConflictProps{CyclePage: current, Input: input}))
}

// showScores shows the visitor's own area scores of a closed cycle to the team, or hides them.
func (s *Server) showScores(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, cycle := r.PathValue("team"), r.PathValue("cycle")
	err = s.app.ShowScores(r.Context(), who.manager, team, cycle, fields.Get("show") == "yes")
	if _, bad := withErrors(kit.Page{}, err); bad {
		result, missing := s.app.TeamResult(r.Context(), who.manager, team, cycle)
		if missing != nil {
			return missing
		}
		page, _ := withErrors(s.teamsPage(who, cycleTitle(result)), err)
		page.ErrorsTitle = "Not shown"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.CycleResult(page, result))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Cycle(team, cycle)+"#by-name")
}
