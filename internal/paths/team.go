package paths

import "net/url"

// Teams lists a manager's teams.
func (p Paths) Teams() string { return p.Base + "/teams" }

// NewTeam is where a team is made.
func (p Paths) NewTeam() string { return p.Teams() + "/new" }

// JoinCode takes the short code of a team.
func (p Paths) JoinCode() string { return p.Teams() + "/join" }

// Join is the link for joining a team.
func (p Paths) Join(secret string) string { return p.Base + "/join/" + url.PathEscape(secret) }

// Team is the first page of a team.
func (p Paths) Team(id string) string { return p.Teams() + "/" + url.PathEscape(id) }

// ChangeTeam is where a steward changes a team's name, purpose and smallest group.
func (p Paths) ChangeTeam(team string) string { return p.Team(team) + "/change" }

// Roster lists a team's members.
func (p Paths) Roster(team string) string { return p.Team(team) + "/members" }

// Member takes the forms that confirm a member, remove one or make one a steward.
func (p Paths) Member(team, member string) string {
	return p.Roster(team) + "/" + url.PathEscape(member)
}

// Waiting asks before everybody who waits to be confirmed is declined, and declines them.
func (p Paths) Waiting(team string) string { return p.Team(team) + "/waiting" }

// Known is where a member ticks which people of a team they know.
func (p Paths) Known(team string) string { return p.Team(team) + "/people-you-know" }

// MyPlace is where members change their name in a team, step down as steward or take over.
func (p Paths) MyPlace(team string) string { return p.Team(team) + "/my-place" }

// LeaveTeam asks before a member leaves a team, and leaves it.
func (p Paths) LeaveTeam(team string) string { return p.Team(team) + "/leave" }

// Invitations is where a steward makes and revokes invitations.
func (p Paths) Invitations(team string) string { return p.Team(team) + "/invitations" }

// RevokeInvitation takes the form that ends an invitation.
func (p Paths) RevokeInvitation(team, invitation string) string {
	return p.Invitations(team) + "/" + url.PathEscape(invitation) + "/revoke"
}

// NewCycle is where a steward plans a cycle.
func (p Paths) NewCycle(team string) string { return p.Team(team) + "/new-cycle" }

// Cycle is a cycle of a team: what it is about and, once it is closed, what it published.
func (p Paths) Cycle(team, cycle string) string {
	return p.Team(team) + "/cycles/" + url.PathEscape(cycle)
}

// CycleCSV is what a cycle published as CSV.
func (p Paths) CycleCSV(team, cycle string) string { return p.Cycle(team, cycle) + "/result.csv" }

// CloseCycle asks before a cycle is closed, and closes it.
func (p Paths) CloseCycle(team, cycle string) string { return p.Cycle(team, cycle) + "/close" }

// CancelCycle asks before a cycle is given up, and gives it up.
func (p Paths) CancelCycle(team, cycle string) string { return p.Cycle(team, cycle) + "/cancel" }

// Contribute takes the form that contributes an assessment to a cycle or withdraws it.
func (p Paths) Contribute(team, cycle string) string { return p.Cycle(team, cycle) + "/contribution" }

// ShowScores takes the form that shows a member's own area scores by name, or hides them.
func (p Paths) ShowScores(team, cycle string) string { return p.Cycle(team, cycle) + "/by-name" }

// TeamTrends is a team's cycles over time.
func (p Paths) TeamTrends(team string) string { return p.Team(team) + "/trends" }

// TeamTrendsCSV is a team's cycles over time as CSV.
func (p Paths) TeamTrendsCSV(team string) string { return p.TeamTrends(team) + ".csv" }

// TeamSheet is what a cycle published on one page to print, for 45 minutes together.
func (p Paths) TeamSheet(team, cycle string) string { return p.Cycle(team, cycle) + "/sheet" }

// Practice is what a team has agreed to do until its next cycle, and where members propose it.
func (p Paths) Practice(team string) string { return p.Team(team) + "/practice" }

// ProposeFrom is Practice with the form of a proposal filled in from a practice.
func (p Paths) ProposeFrom(team, practice string) string {
	return p.Practice(team) + "?from=" + url.QueryEscape(practice) + "#propose"
}

// EndPractice is where a steward says what became of a team's practice.
func (p Paths) EndPractice(team string) string { return p.Practice(team) + "/outcome" }

// Proposal takes the forms that set a proposal as the team's practice, or withdraw it.
func (p Paths) Proposal(team, proposal string) string {
	return p.Practice(team) + "/" + url.PathEscape(proposal)
}

// Peers is where teams agree to see each other's aggregates.
func (p Paths) Peers(team string) string { return p.Team(team) + "/other-teams" }

// AgreePeer takes the form that agrees to what another team has asked.
func (p Paths) AgreePeer(team, peer string) string {
	return p.Peers(team) + "/" + url.PathEscape(peer) + "/agree"
}

// EndPeer takes the form that ends the agreement with another team, declines what it asks, or takes back what it was asked.
func (p Paths) EndPeer(team, peer string) string {
	return p.Peers(team) + "/" + url.PathEscape(peer) + "/end"
}

// Reliances is on whom the members of a team rely who show it.
func (p Paths) Reliances(team string) string { return p.Team(team) + "/on-whom-we-rely" }

// OwnReliances is where a member shows the team on whom they rely, or takes it away.
func (p Paths) OwnReliances(team string) string { return p.Reliances(team) + "/mine" }
