package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// AddPeer notes that two teams agreed to compare. The manager stewards the first; model.ErrNotFound if they don't.
// Teams that had already agreed keep their date.
func (s *Store) AddPeer(ctx context.Context, managerID, teamID, peerID string, now time.Time) error {
	first, second := min(teamID, peerID), max(teamID, peerID)
	return found(s.Exec(ctx, `INSERT INTO team_peers (team_id, peer_id, since)
		SELECT $3, $4, $5 FROM teams t WHERE t.id = $2 AND `+stewardOf+`
		ON CONFLICT (team_id, peer_id) DO UPDATE SET since = team_peers.since`,
		managerID, teamID, first, second, milliseconds(now)))
}

// DeletePeer ends what two teams agreed. The manager stewards the first; where they don't, and where nothing
// was agreed, it is model.ErrNotFound.
func (s *Store) DeletePeer(ctx context.Context, managerID, teamID, peerID string) error {
	return found(s.Exec(ctx, `DELETE FROM team_peers WHERE team_id = $3 AND peer_id = $4 AND `+stewardOf,
		managerID, teamID, min(teamID, peerID), max(teamID, peerID)))
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
		WHERE (p.team_id = $2 OR p.peer_id = $2) AND `+confirmedIn+` ORDER BY t.name, t.id`, managerID, teamID)
	return list, err
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
			AND EXISTS (SELECT 1 FROM team_peers p WHERE p.team_id = $4 AND p.peer_id = $5)
		ORDER BY c.opens_at, c.id`, managerID, teamID, peerID, min(teamID, peerID), max(teamID, peerID))
}
