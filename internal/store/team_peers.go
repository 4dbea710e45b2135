package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// AskPeer notes that a team asks another one to compare, and that both agree where the other had asked already. The manager
// stewards the first; model.ErrNotFound if they don't. What was asked or agreed before keeps its date, and what was declined
// is forgotten.
func (s *Store) AskPeer(ctx context.Context, managerID, teamID, peerID string, now time.Time) error {
	err := found(s.Exec(ctx, `INSERT INTO team_peers (team_id, peer_id, since, asked_by)
		SELECT $3, $4, $5, t.id FROM teams t WHERE t.id = $2 AND `+stewardOf+`
		ON CONFLICT (team_id, peer_id) DO UPDATE SET
			since = CASE WHEN team_peers.asked_by IN ('', excluded.asked_by) THEN team_peers.since ELSE excluded.since END,
			asked_by = CASE WHEN team_peers.asked_by = excluded.asked_by THEN team_peers.asked_by ELSE '' END`,
		managerID, teamID, min(teamID, peerID), max(teamID, peerID), milliseconds(now)))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `DELETE FROM declined_peers WHERE team_id IN ($1, $2) AND declined_by IN ($1, $2)`, teamID, peerID)
	return err
}

// AgreePeer agrees to what another team has asked. The manager stewards the one that was asked; where they don't, and
// where nothing is asked, it is model.ErrNotFound.
func (s *Store) AgreePeer(ctx context.Context, managerID, teamID, peerID string, now time.Time) error {
	return found(s.Exec(ctx, `UPDATE team_peers SET asked_by = '', since = $6
		WHERE team_id = $4 AND peer_id = $5 AND asked_by = $3 AND `+stewardOf,
		managerID, teamID, peerID, min(teamID, peerID), max(teamID, peerID), milliseconds(now)))
}

// DeletePeer ends what two teams agreed, or what one of them asked; that the first declined what the other asked is noted.
// The manager stewards the first; where they don't, and where nothing was agreed, it is model.ErrNotFound.
func (s *Store) DeletePeer(ctx context.Context, managerID, teamID, peerID string, now time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO declined_peers (team_id, declined_by, declined_at)
		SELECT p.asked_by, t.id, $6 FROM team_peers p JOIN teams t ON t.id = $2
		WHERE p.team_id = $4 AND p.peer_id = $5 AND p.asked_by = $3 AND `+stewardOf+`
		ON CONFLICT (team_id, declined_by) DO UPDATE SET declined_at = excluded.declined_at`,
		managerID, teamID, peerID, min(teamID, peerID), max(teamID, peerID), milliseconds(now))
	if err != nil {
		return err
	}
	return found(s.Exec(ctx, `DELETE FROM team_peers WHERE team_id = $3 AND peer_id = $4 AND `+stewardOf,
		managerID, teamID, min(teamID, peerID), max(teamID, peerID)))
}

// DeclinedPeers lists the teams that declined, after a moment, what a team of which the manager is a confirmed member had
// asked them, the latest first.
func (s *Store) DeclinedPeers(ctx context.Context, managerID, teamID string, after time.Time) (list []model.PeerRefusal, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.PeerRefusal
		var at sql.NullInt64
		err := row(&one.Other, &at)
		one.At = moment(at)
		list = append(list, one)
		return err
	}, `SELECT t.name, d.declined_at FROM declined_peers d JOIN teams t ON t.id = d.declined_by
		WHERE d.team_id = $2 AND d.declined_at > $3 AND `+confirmedIn+` ORDER BY d.declined_at DESC, t.id`, managerID, teamID, milliseconds(after))
	return list, err
}

// Peers lists the teams that agreed to compare with a team of which the manager is a confirmed member, by
// name: what they are called, and since when.
func (s *Store) Peers(ctx context.Context, managerID, teamID string) (list []model.TeamPeer, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var peer model.TeamPeer
		var since sql.NullInt64
		err := row(&peer.Team.ID, &peer.Team.Name, &since)
		peer.Since = moment(since)
		list = append(list, peer)
		return err
	}, `SELECT t.id, t.name, p.since FROM team_peers p
			JOIN teams t ON t.id = CASE WHEN p.team_id = $2 THEN p.peer_id ELSE p.team_id END
		WHERE (p.team_id = $2 OR p.peer_id = $2) AND p.asked_by = '' AND `+confirmedIn+` ORDER BY t.name, t.id`, managerID, teamID)
	return list, err
}

// PeerRequests lists what a team of which the manager is a confirmed member has asked other teams, or they have asked it,
// without an answer yet, the oldest first.
func (s *Store) PeerRequests(ctx context.Context, managerID, teamID string) (list []model.PeerRequest, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.PeerRequest
		var asked sql.NullInt64
		err := row(&one.Other.ID, &one.Other.Name, &one.Other.Purpose, &one.Members, &asked, &one.Ours)
		one.AskedAt = moment(asked)
		list = append(list, one)
		return err
	}, `SELECT t.id, t.name, t.purpose, (SELECT count(*) FROM team_members o WHERE o.team_id = t.id AND o.confirmed_at IS NOT NULL),
			p.since, CASE WHEN p.asked_by = $2 THEN 1 ELSE 0 END
		FROM team_peers p JOIN teams t ON t.id = CASE WHEN p.team_id = $2 THEN p.peer_id ELSE p.team_id END
		WHERE (p.team_id = $2 OR p.peer_id = $2) AND p.asked_by <> '' AND `+confirmedIn+` ORDER BY p.since, t.id`, managerID, teamID)
	return list, err
}

// AskingCycles lists the closed cycles of a team that asks to compare with one that the manager stewards, the oldest first.
func (s *Store) AskingCycles(ctx context.Context, managerID, teamID, peerID string) ([]model.ClosedCycle, error) {
	return s.closedCycles(ctx, `SELECT `+aggregateColumns+` FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id
		WHERE c.team_id = $3 AND `+stewardOf+`
			AND EXISTS (SELECT 1 FROM team_peers p WHERE p.team_id = $4 AND p.peer_id = $5 AND p.asked_by = $3)
		ORDER BY c.opens_at, c.id`, managerID, teamID, peerID, min(teamID, peerID), max(teamID, peerID))
}

// OfferedCycles lists the closed cycles of the team to which a code to compare belongs that is live, the oldest first.
func (s *Store) OfferedCycles(ctx context.Context, invitationID string, now time.Time) ([]model.ClosedCycle, error) {
	return s.closedCycles(ctx, `SELECT `+aggregateColumns+` FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id
			JOIN team_invitations i ON i.team_id = c.team_id
		WHERE i.id = $1 AND i.kind = 'compare-code' AND i.revoked_at IS NULL AND i.expires_at > $2
		ORDER BY c.opens_at, c.id`, invitationID, milliseconds(now))
}

// PeerCycles lists the closed cycles of a team that agreed to compare with one of which the manager is a
// confirmed member, the oldest first, with what they published.
func (s *Store) PeerCycles(ctx context.Context, managerID, teamID, peerID string) ([]model.ClosedCycle, error) {
	return s.closedCycles(ctx, `SELECT `+aggregateColumns+` FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id
		WHERE c.team_id = $3 AND `+confirmedIn+`
			AND EXISTS (SELECT 1 FROM team_peers p WHERE p.team_id = $4 AND p.peer_id = $5 AND p.asked_by = '')
		ORDER BY c.opens_at, c.id`, managerID, teamID, peerID, min(teamID, peerID), max(teamID, peerID))
}
