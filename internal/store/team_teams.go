package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// stewardOf holds where the manager $1 stewards the team $2. Statements for stewards contain it, so that nobody else
// can change anything.
const stewardOf = `EXISTS (SELECT 1 FROM team_members s
	WHERE s.manager_id = $1 AND s.team_id = $2 AND s.role = 'steward' AND s.confirmed_at IS NOT NULL)`

// confirmedIn holds where the manager $1 is a confirmed member of the team $2.
const confirmedIn = `EXISTS (SELECT 1 FROM team_members s
	WHERE s.manager_id = $1 AND s.team_id = $2 AND s.confirmed_at IS NOT NULL)`

// found turns a statement that changed nothing into model.ErrNotFound.
func found(changed int64, err error) error {
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}

// CreateTeam adds a team and its first member.
func (s *Store) CreateTeam(ctx context.Context, team model.Team, maker model.Membership) error {
	_, err := s.Exec(ctx, `INSERT INTO teams (id, name, purpose, smallest_group, zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		team.ID, team.Name, team.Purpose, team.SmallestGroup, team.Zone.Name(), milliseconds(team.CreatedAt))
	if err != nil {
		return err
	}
	return s.AddMember(ctx, maker)
}

// ChangeTeam changes what a team says of itself. An empty zone changes nothing, and neither does a lower smallest
// group, which can only rise. If the manager isn't a steward of the team, it is model.ErrNotFound.
func (s *Store) ChangeTeam(ctx context.Context, managerID string, team model.Team) error {
	return found(s.Exec(ctx, `
		UPDATE teams SET name = $3, purpose = $4, zone = CASE WHEN $6 = '' THEN zone ELSE $6 END,
			smallest_group = CASE WHEN smallest_group < $5 THEN $5 ELSE smallest_group END
		WHERE id = $2 AND `+stewardOf, managerID, team.ID, team.Name, team.Purpose, team.SmallestGroup, team.Zone.Name()))
}

// Team reads a team of which the manager is a member, confirmed or not, with the manager's own place and how many
// others there are; model.ErrNotFound if they aren't a member.
func (s *Store) Team(ctx context.Context, managerID, teamID string) (page model.TeamPage, err error) {
	team, me := &page.Team, &page.Me
	var created, confirmed sql.NullInt64
	err = s.QueryRow(ctx, `SELECT t.id, t.name, t.purpose, t.smallest_group, t.zone, t.created_at,
			me.id, me.team_id, me.manager_id, me.name, me.role, me.confirmed_at,
			count(m.confirmed_at), count(*) - count(m.confirmed_at), count(CASE WHEN m.role = 'steward' THEN 1 END)
		FROM team_members me JOIN teams t ON t.id = me.team_id JOIN team_members m ON m.team_id = t.id
		WHERE me.manager_id = $1 AND me.team_id = $2 GROUP BY t.id, me.id`, []any{managerID, teamID},
		&team.ID, &team.Name, &team.Purpose, &team.SmallestGroup, zone(&team.Zone), &created,
		&me.ID, &me.TeamID, &me.ManagerID, &me.Name, &me.Role, &confirmed,
		&page.Members, &page.Waiting, &page.Stewards)
	team.CreatedAt, me.ConfirmedAt = moment(created), moment(confirmed)
	return page, err
}

// Members lists everybody in a team of which the manager is a member, confirmed or not, by id. It leaves out when they
// joined and who they are as managers.
func (s *Store) Members(ctx context.Context, managerID, teamID string) (members []model.Membership, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		member := model.Membership{TeamID: teamID}
		var confirmed sql.NullInt64
		err := row(&member.ID, &member.Name, &member.Role, &confirmed)
		member.ConfirmedAt = moment(confirmed)
		members = append(members, member)
		return err
	}, `SELECT m.id, m.name, m.role, m.confirmed_at FROM team_members me JOIN team_members m ON m.team_id = me.team_id
		WHERE me.manager_id = $1 AND me.team_id = $2 ORDER BY m.id`, managerID, teamID)
	return members, err
}

// CountConfirmedBefore counts the members of a team who were confirmed before a moment.
func (s *Store) CountConfirmedBefore(ctx context.Context, teamID string, at time.Time) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM team_members WHERE team_id = $1 AND confirmed_at < $2`,
		[]any{teamID, milliseconds(at)}, &count)
	return count, err
}

// TeamsOf lists a manager's teams by id, each with the manager's role in it, whether they are confirmed, and
// the number of confirmed members.
func (s *Store) TeamsOf(ctx context.Context, managerID string) (teams []model.TeamSummary, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var summary model.TeamSummary
		var created, confirmed sql.NullInt64
		team := &summary.Team
		err := row(&team.ID, &team.Name, &team.Purpose, &team.SmallestGroup, zone(&team.Zone), &created,
			&summary.Role, &confirmed, &summary.Members)
		team.CreatedAt, summary.Confirmed = moment(created), confirmed.Valid
		teams = append(teams, summary)
		return err
	}, `SELECT t.id, t.name, t.purpose, t.smallest_group, t.zone, t.created_at, m.role, m.confirmed_at,
			(SELECT count(*) FROM team_members o WHERE o.team_id = t.id AND o.confirmed_at IS NOT NULL)
		FROM team_members m JOIN teams t ON t.id = m.team_id
		WHERE m.manager_id = $1 ORDER BY t.id`, managerID)
	return teams, err
}

// TeamCounts counts a team's confirmed members and those who wait, its invitations that haven't expired, and the
// teams that agreed to compare with it.
func (s *Store) TeamCounts(ctx context.Context, teamID string, now time.Time) (counts model.TeamCounts, err error) {
	err = s.QueryRow(ctx, `SELECT (SELECT count(*) FROM team_members WHERE team_id = $1 AND confirmed_at IS NOT NULL),
			(SELECT count(*) FROM team_members WHERE team_id = $1 AND confirmed_at IS NULL),
			(SELECT count(*) FROM team_invitations WHERE team_id = $1 AND expires_at > $2),
			(SELECT count(*) FROM team_peers WHERE team_id = $1 OR peer_id = $1)`,
		[]any{teamID, milliseconds(now)}, &counts.Members, &counts.Waiting, &counts.Invitations, &counts.Peers)
	return counts, err
}

// deleteTeamsOnlyOf removes the teams in which nobody but this manager is confirmed: nobody could ever see
// them again once the manager is gone.
func (s *Store) deleteTeamsOnlyOf(ctx context.Context, managerID string) error {
	_, err := s.Exec(ctx, `DELETE FROM teams
		WHERE id IN (SELECT team_id FROM team_members WHERE manager_id = $1 AND confirmed_at IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM team_members o
			WHERE o.team_id = teams.id AND o.manager_id <> $1 AND o.confirmed_at IS NOT NULL)`, managerID)
	return err
}
