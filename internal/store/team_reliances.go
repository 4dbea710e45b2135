package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// ShownMaps lists what the members of a team show of their depth maps, where the manager is a confirmed member of it.
func (s *Store) ShownMaps(ctx context.Context, managerID, teamID string) (list []model.ShownMap, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.ShownMap
		var reliance model.Reliance
		var placed sql.NullInt64
		err := row(&one.ID, &one.MemberID, &one.MapID, &placed, &reliance.Domain, &reliance.Own, &reliance.Name, &reliance.InText, &reliance.Whom)
		if len(list) == 0 || list[len(list)-1].ID != one.ID {
			one.PlacedAt = moment(placed)
			list = append(list, one)
		}
		last := &list[len(list)-1]
		last.Reliances = append(last.Reliances, reliance)
		return err
	}, `SELECT x.id, x.member_id, x.map_id, x.placed_at, r.domain, r.own, r.name, r.in_text, r.whom
		FROM shown_maps x JOIN shown_reliances r ON r.shown_id = x.id JOIN team_members m ON m.id = x.member_id
		WHERE m.team_id = $2 AND `+confirmedIn+` ORDER BY x.id, r.position`, managerID, teamID)
	return list, err
}

// ShowMap shows a team, of which the manager is a confirmed member, what is copied of a map of theirs; model.ErrNotFound if
// they aren't, or show one already. That the map is theirs is for the caller to know.
func (s *Store) ShowMap(ctx context.Context, managerID, teamID string, shown model.ShownMap) error {
	err := found(s.Exec(ctx, `INSERT INTO shown_maps (id, member_id, map_id, placed_at)
		SELECT $3, m.id, $4, $5 FROM team_members m
		WHERE m.manager_id = $1 AND m.team_id = $2 AND m.confirmed_at IS NOT NULL
		ON CONFLICT (member_id) DO NOTHING`, managerID, teamID, shown.ID, shown.MapID, milliseconds(shown.PlacedAt)))
	if err != nil {
		return err
	}
	for position, r := range shown.Reliances {
		_, err := s.Exec(ctx, `INSERT INTO shown_reliances (shown_id, domain, position, own, name, in_text, whom)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, shown.ID, r.Domain, position, number(r.Own), r.Name, r.InText, r.Whom)
		if err != nil {
			return err
		}
	}
	return nil
}

// HideMap takes away what a manager shows a team of a map; model.ErrNotFound if it isn't theirs.
func (s *Store) HideMap(ctx context.Context, managerID, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM shown_maps WHERE id = $2 AND member_id IN
		(SELECT m.id FROM team_members m WHERE m.manager_id = $1)`, managerID, id)))
}

// hideMapAgain is HideMap, whoever's it is.
func (s *Store) hideMapAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM shown_maps WHERE id = $1`, id)))
}
