package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// Proposals lists what is proposed to a team of which the manager is a confirmed member, the oldest first.
func (s *Store) Proposals(ctx context.Context, managerID, teamID string) (list []model.TeamProposal, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var proposal model.TeamProposal
		var made sql.NullInt64
		err := row(&proposal.ID, &proposal.Competency.ID, &proposal.Practice, &proposal.Words, &made, &proposal.By, &proposal.Mine)
		proposal.MadeAt = moment(made)
		list = append(list, proposal)
		return err
	}, `SELECT p.id, p.competency, p.practice, p.words, p.made_at, m.name, CASE WHEN m.manager_id = $1 THEN 1 ELSE 0 END
		FROM team_proposals p JOIN team_members m ON m.id = p.member_id
		WHERE m.team_id = $2 AND `+confirmedIn+` ORDER BY p.made_at, p.id`, managerID, teamID)
	return list, err
}

// CreateProposal adds a proposal of a manager to a team of which they are a confirmed member; model.ErrNotFound if they
// aren't.
func (s *Store) CreateProposal(ctx context.Context, managerID, teamID string, proposal model.TeamProposal) error {
	return found(s.Exec(ctx, `
		INSERT INTO team_proposals (id, member_id, competency, practice, words, made_at)
		SELECT $3, m.id, $4, $5, $6, $7 FROM team_members m
		WHERE m.manager_id = $1 AND m.team_id = $2 AND m.confirmed_at IS NOT NULL`,
		managerID, teamID, proposal.ID, proposal.Competency.ID, proposal.Practice, proposal.Words, milliseconds(proposal.MadeAt)))
}

// DeleteProposal removes a proposal to a team that is the manager's own, or any where they steward the team;
// model.ErrNotFound for every other.
func (s *Store) DeleteProposal(ctx context.Context, managerID, teamID, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `
		DELETE FROM team_proposals WHERE id = $3 AND member_id IN (SELECT m.id FROM team_members m
			WHERE m.team_id = $2 AND (m.manager_id = $1 AND m.confirmed_at IS NOT NULL OR `+stewardOf+`))`, managerID, teamID, id)))
}

// deleteProposalAgain is DeleteProposal, whoever's it is.
func (s *Store) deleteProposalAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM team_proposals WHERE id = $1`, id)))
}

// TeamPractices lists what a team of which the manager is a confirmed member has agreed on, the oldest first.
func (s *Store) TeamPractices(ctx context.Context, managerID, teamID string) (list []model.TeamPractice, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var practice model.TeamPractice
		var set, ended sql.NullInt64
		err := row(&practice.ID, &practice.Competency.ID, &practice.Practice, &practice.Words, &set, &ended, &practice.Became, &practice.Line)
		practice.SetAt, practice.EndedAt = moment(set), moment(ended)
		list = append(list, practice)
		return err
	}, `SELECT p.id, p.competency, p.practice, p.words, p.set_at, p.ended_at, p.became, p.line FROM team_practices p
		WHERE p.team_id = $2 AND `+confirmedIn+` ORDER BY p.set_at, p.id`, managerID, teamID)
	return list, err
}

// SetTeamPractice sets what a team that the manager stewards is at from now on. Where it is at another one, or they
// don't steward it, it is model.ErrNotFound.
func (s *Store) SetTeamPractice(ctx context.Context, managerID, teamID string, practice model.TeamPractice) error {
	return found(s.Exec(ctx, `
		INSERT INTO team_practices (id, team_id, competency, practice, words, set_at, became, line)
		SELECT $3, t.id, $4, $5, $6, $7, '', '' FROM teams t WHERE t.id = $2 AND `+stewardOf+`
		AND NOT EXISTS (SELECT 1 FROM team_practices o WHERE o.team_id = $2 AND o.ended_at IS NULL)`,
		managerID, teamID, practice.ID, practice.Competency.ID, practice.Practice, practice.Words, milliseconds(practice.SetAt)))
}

// EndTeamPractice ends what a team that the manager stewards is at, with what became of it; model.ErrNotFound where it
// isn't at that one any more, or where they don't steward it.
func (s *Store) EndTeamPractice(ctx context.Context, managerID, teamID, id string, became model.Became, line string, at time.Time) error {
	return found(s.Exec(ctx, `
		UPDATE team_practices SET ended_at = $4, became = $5, line = $6
		WHERE team_id = $2 AND id = $3 AND ended_at IS NULL AND `+stewardOf,
		managerID, teamID, id, milliseconds(at), string(became), line))
}
