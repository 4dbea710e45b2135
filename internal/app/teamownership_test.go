package app_test

import (
	"crypto/rand"
	"testing"

	"whetstone/internal/model"
)

// Outsiders, those who wait and those who left find nothing of a team by any id; members find nothing that only
// stewards do.
func TestTeamsAreFoundByTheirMembersAlone(t *testing.T) {
	ctx := t.Context()
	w := newTeam(t, names(6)...)
	closed := w.run(alike(3, append(names(5), steward)...))
	second := w.stranger("n1", "n2", "n3", "n4")
	theirs := second.run(alike(3, "n1", "n2", "n3", "n4", steward))
	open := w.open(model.FullForm)
	mine := w.take("m1", "first-team", model.FullForm, levels{"": {3}})
	w.join("waiting")
	made, err := w.Invite(ctx, w.people[steward], w.team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	secret, invitation := made.Secret, made.Invitation
	w.ok(err)
	w.ok(w.LeaveTeam(ctx, w.people["m6"], w.team))

	w.ok(w.Propose(ctx, w.people["m2"], w.team, model.ProposalInput{Words: "We look back."}))
	proposal := must(w.TeamPractices(ctx, w.people["m2"], w.team, ""))(t).Proposals[0].ID

	members := func(who, team, current, result, assessment string) map[string]error {
		calls := map[string]error{
			"contributing": w.Contribute(ctx, who, team, current, counting(assessment)),
			"withdrawing":  w.Contribute(ctx, who, team, current, model.ContributionInput{}),
			"taking over":  w.TakeOver(ctx, who, team),
			"showing":      w.ShowScores(ctx, who, team, result, true),
			"hiding":       w.ShowScores(ctx, who, team, result, false),
		}
		_, calls["cycle"] = w.CurrentCycle(ctx, who, team, current)
		_, calls["result"] = w.TeamResult(ctx, who, team, result)
		_, calls["table"] = w.TeamResultCSV(ctx, who, team, result)
		_, calls["trends"] = w.TeamTrends(ctx, who, team)
		_, calls["table of trends"] = w.TeamTrendsCSV(ctx, who, team)
		_, calls["sheet"] = w.TeamSheet(ctx, who, team, result)
		_, calls["practices"] = w.TeamPractices(ctx, who, team, "")
		calls["proposing"] = w.Propose(ctx, who, team, model.ProposalInput{Words: rand.Text()})
		calls["withdrawing a proposal"] = w.Withdraw(ctx, who, team, proposal)
		return calls
	}
	stewards := func(who, team string) map[string]error {
		calls := map[string]error{
			"changing":      w.ChangeTeam(ctx, who, team, model.TeamInput{Name: "x", SmallestGroup: "5"}),
			"changing on":   w.ChangeTeam(ctx, who, team, model.TeamInput{}),
			"confirming":    w.ConfirmMember(ctx, who, team, w.places["waiting"]),
			"removing":      w.RemoveMember(ctx, who, team, w.places["m2"]),
			"declining":     w.DeclineAll(ctx, who, team, w.now),
			"promoting":     w.MakeSteward(ctx, who, team, w.places["m2"]),
			"stepping down": w.StepDown(ctx, who, team),
			"revoking":      w.RevokeInvitation(ctx, who, team, invitation.ID),
			"cancelling":    w.CancelCycle(ctx, who, team, open),
			"closing":       w.CloseCycle(ctx, who, team, open),
			"asking":        w.AskToCompare(ctx, who, team, "00000-00000", "x"),
			"ending":        w.EndComparison(ctx, who, team, second.team),
			"agreeing on":   w.Agree(ctx, who, team, proposal, ""),
			"saying":        w.EndPractice(ctx, who, team, model.OutcomeInput{}),
		}
		_, calls["agreeing"] = w.AgreeToCompare(ctx, who, team, second.team)
		_, calls["inviting"] = w.Invite(ctx, who, team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
		_, calls["choices"] = w.CycleChoices(ctx, who, team)
		_, calls["making"] = w.MakeCycle(ctx, who, team, model.CycleInput{Name: "x", Form: "full", Closes: "2027-01-01"})
		_, calls["asking on"] = w.PracticeToEnd(ctx, who, team)
		_, calls["making on"] = w.MakeCycle(ctx, who, team, model.CycleInput{})
		return calls
	}
	for who, manager := range map[string]string{
		"an outsider": w.newManager(), "nobody": "", "another team’s steward": second.people[steward],
		"one who left": w.people["m6"], "one who waits": w.people["waiting"],
	} {
		for what, err := range members(manager, w.team, open, closed, mine) {
			notFound(t, what+" by "+who, err)
		}
		for what, err := range stewards(manager, w.team) {
			notFound(t, what+" by "+who, err)
		}
		_, err := w.Roster(ctx, manager, w.team)
		notFound(t, "roster by "+who, err)
		if who == "one who waits" {
			continue
		}
		_, err = w.TeamPage(ctx, manager, w.team)
		notFound(t, "page by "+who, err)
		_, err = w.Team(ctx, manager, w.team)
		notFound(t, "home by "+who, err)
		notFound(t, "renaming by "+who, w.RenameMyself(ctx, manager, w.team, "x", ""))
		notFound(t, "leaving by "+who, w.LeaveTeam(ctx, manager, w.team))
	}
	for what, err := range stewards(w.people["m1"], w.team) {
		notFound(t, what+" by a member", err)
	}
	// A steward reaches nothing of another team through their own.
	for what, err := range map[string]error{
		"confirming":   w.ConfirmMember(ctx, second.people[steward], second.team, w.places["waiting"]),
		"removing":     w.RemoveMember(ctx, second.people[steward], second.team, w.places["m2"]),
		"promoting":    w.MakeSteward(ctx, second.people[steward], second.team, w.places["m2"]),
		"revoking":     w.RevokeInvitation(ctx, second.people[steward], second.team, invitation.ID),
		"cancelling":   w.CancelCycle(ctx, second.people[steward], second.team, open),
		"closing":      w.CloseCycle(ctx, second.people[steward], second.team, open),
		"agreeing on":  w.Agree(ctx, second.people[steward], second.team, proposal, ""),
		"withdrawing":  w.Withdraw(ctx, second.people[steward], second.team, proposal),
		"contributing": w.Contribute(ctx, second.people["n1"], second.team, open, counting(mine)),
	} {
		notFound(t, what+" in another team", err)
	}
	for what, err := range members(w.people["m1"], w.team, "no such cycle", "no such cycle", mine) {
		switch what {
		case "trends", "table of trends", "practices", "proposing":
			w.ok(err)
		case "taking over":
			expectFields(t, what, err, "take-over")
		default:
			notFound(t, what+" of no cycle", err)
		}
	}
	// Somebody else's assessment can be contributed by nobody else.
	notFound(t, "another’s assessment", w.Contribute(ctx, w.people["m2"], w.team, open, counting(mine)))
	_, err = w.TeamResult(ctx, w.people["m1"], w.team, open)
	notFound(t, "the result of an open cycle", err)
	if result := must(w.TeamResult(ctx, second.people["n1"], second.team, theirs))(t); result.Aggregate.Contributors != 5 {
		t.Errorf("the other team’s result is %+v", result.Aggregate)
	}
	// Nothing was changed by all of it.
	page := must(w.TeamPage(ctx, w.people["m1"], w.team))(t)
	if page.Team.Name != "Platform" || page.Stewards != 1 || page.Members != 6 || page.Waiting != 1 {
		t.Errorf("the team is %+v", page)
	}
	if cycle := must(w.CurrentCycle(ctx, w.people["m1"], w.team, open))(t); cycle.State != model.CycleOpen || cycle.Mine != nil {
		t.Errorf("the open cycle is %+v", cycle)
	}
	must(w.JoinTerms(ctx, "", model.JoinInput{Secret: secret, Kind: model.JoinLink, From: "x"}))(t)
}
