package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// depthMaps reads the maps that a query of them, joined with their placements, gives in the order of the maps.
func (s *Store) depthMaps(ctx context.Context, which string, arguments ...any) (list []model.DepthMap, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.DepthMap
		var started, finished sql.NullInt64
		var domain, name, inText, depth, weight, role, whom sql.NullString
		var own, asked, year, revision sql.NullInt64
		err := row(&one.ID, &one.ManagerID, &one.Scope, &one.Craft, &started, &finished,
			&domain, &own, &name, &inText, &depth, &weight, &role, &whom, &asked, &year, &revision)
		if len(list) == 0 || list[len(list)-1].ID != one.ID {
			one.StartedAt, one.FinishedAt = moment(started), moment(finished)
			list = append(list, one)
		}
		if domain.Valid {
			last := &list[len(list)-1]
			last.Placements = append(last.Placements, model.Placement{
				Domain: domain.String, Own: own.Int64 == 1, Name: name.String, InText: inText.String,
				Depth: model.Depth(depth.String), Weight: model.Weight(weight.String),
				Role: role.String, Whom: whom.String, Asked: asked.Int64 == 1, Year: int(year.Int64), Revision: int(revision.Int64),
			})
		}
		return err
	}, `SELECT m.id, m.manager_id, m.scope, m.craft, m.started_at, m.finished_at,
			p.domain, p.own, p.name, p.in_text, p.depth, p.weight, p.role, p.whom, p.asked, p.last_year, p.revision
		FROM depth_maps m LEFT JOIN depth_placements p ON p.map_id = m.id
		WHERE m.manager_id = $1 `+which+`
		ORDER BY m.finished_at IS NULL DESC, m.finished_at DESC, m.started_at DESC, m.id, p.position`, arguments...)
	return list, err
}

// DepthMaps lists all maps of a manager: one that is still being made first, then the newest.
func (s *Store) DepthMaps(ctx context.Context, managerID string) ([]model.DepthMap, error) {
	list, err := s.depthMaps(ctx, "", managerID)
	var finished []time.Time
	for _, one := range list {
		if one.Finished() {
			finished = append(finished, one.FinishedAt)
		}
	}
	for i := range list {
		list[i].Among = finished
	}
	return list, err
}

// LatestDepthMaps lists what Home says of a manager's maps: one that is still being made, and the latest that is finished.
func (s *Store) LatestDepthMaps(ctx context.Context, managerID string) ([]model.DepthMap, error) {
	return s.depthMaps(ctx, `AND (m.finished_at IS NULL OR m.finished_at = (SELECT max(finished_at) FROM depth_maps WHERE manager_id = $1))`, managerID)
}

// DepthMap reads one map of a manager; model.ErrNotFound if there is none of this id.
func (s *Store) DepthMap(ctx context.Context, managerID, id string) (model.DepthMap, error) {
	list, err := s.depthMaps(ctx, "AND m.id = $2", managerID, id)
	if err == nil && len(list) == 0 {
		err = model.ErrNotFound
	}
	if err != nil {
		return model.DepthMap{}, err
	}
	return list[0], nil
}

// CreateDepthMap adds a map with its placements.
func (s *Store) CreateDepthMap(ctx context.Context, m model.DepthMap) error {
	_, err := s.Exec(ctx, `INSERT INTO depth_maps (id, manager_id, scope, craft, started_at, finished_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		m.ID, m.ManagerID, m.Scope, m.Craft, milliseconds(m.StartedAt), milliseconds(m.FinishedAt))
	if err != nil {
		return err
	}
	if err := s.EndMapOffer(ctx, m.ManagerID); err != nil {
		return err
	}
	return s.putPlacements(ctx, m)
}

// EndMapOffer notes that Home has stopped to offer a manager a first map.
func (s *Store) EndMapOffer(ctx context.Context, managerID string) error {
	_, err := s.Exec(ctx, `UPDATE managers SET map_offer_over = 1 WHERE id = $1`, managerID)
	return err
}

// OffersMap reports whether Home offers a manager a first map.
func (s *Store) OffersMap(ctx context.Context, managerID string) (bool, error) {
	offers := false
	err := s.Query(ctx, func(row func(...any) error) error { offers = true; return row(new(int)) },
		`SELECT 1 FROM managers WHERE id = $1 AND map_offer_over = 0`, managerID)
	return offers, err
}

// PutDepthMap replaces what a map that is still being made says, and freezes it if it has a day on which it was finished;
// model.ErrNotFound if the manager has no such draft.
func (s *Store) PutDepthMap(ctx context.Context, m model.DepthMap) error {
	err := found(s.Exec(ctx, `UPDATE depth_maps SET scope = $3, craft = $4, finished_at = $5
		WHERE manager_id = $1 AND id = $2 AND finished_at IS NULL`, m.ManagerID, m.ID, m.Scope, m.Craft, milliseconds(m.FinishedAt)))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `DELETE FROM depth_placements
		WHERE map_id = (SELECT id FROM depth_maps WHERE manager_id = $1 AND id = $2)`, m.ManagerID, m.ID)
	if err != nil {
		return err
	}
	return s.putPlacements(ctx, m)
}

func (s *Store) putPlacements(ctx context.Context, m model.DepthMap) error {
	for position, p := range m.Placements {
		if err := s.PutPlacement(ctx, m.ManagerID, m.ID, position, p); err != nil {
			return err
		}
	}
	return nil
}

// PutPlacement sets what a manager's map says of a domain, with its place among the others.
func (s *Store) PutPlacement(ctx context.Context, managerID, mapID string, position int, p model.Placement) error {
	_, err := s.Exec(ctx, `INSERT INTO depth_placements
			(map_id, domain, position, own, name, in_text, depth, weight, role, whom, asked, last_year, revision)
		SELECT id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM depth_maps WHERE manager_id = $1 AND id = $2
		ON CONFLICT (map_id, domain) DO UPDATE SET position = excluded.position, name = excluded.name, in_text = excluded.in_text,
			depth = excluded.depth, weight = excluded.weight, role = excluded.role, whom = excluded.whom, asked = excluded.asked,
			last_year = excluded.last_year, revision = excluded.revision`,
		managerID, mapID, p.Domain, position, number(p.Own), p.Name, p.InText, string(p.Depth), string(p.Weight),
		p.Role, p.Whom, number(p.Asked), p.Year, p.Revision)
	return err
}

// DeleteDepthMap removes a map of a manager; model.ErrNotFound if there is none of this id.
func (s *Store) DeleteDepthMap(ctx context.Context, managerID, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM depth_maps WHERE manager_id = $1 AND id = $2`, managerID, id)))
}

// deleteDepthMapAgain is DeleteDepthMap, whoever's it is.
func (s *Store) deleteDepthMapAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM depth_maps WHERE id = $1`, id)))
}
