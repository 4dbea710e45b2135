package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Why no number of people is asked for, as the by-name view of scores asks for five who stay unshown: those five guard
// averages, from which the shown scores could be subtracted. Nothing is averaged over maps, and what stands here is copied
// from the maps of those who show them and of nobody else, so there is nothing to subtract from. A least number of those
// who show would protect nobody either: it would keep the first from what they chose to do, and whoever came last would
// uncover all at once.

// TeamReliances returns on whom the members of a team rely who show it, side by side. Anyone who isn't a confirmed member
// gets model.ErrNotFound.
func (a *App) TeamReliances(ctx context.Context, managerID, teamID string) (*model.TeamReliances, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	shown, err := a.store.ShownMaps(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	members, err := a.members(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	reliances := &model.TeamReliances{TeamPage: *page, Shows: shownBy(shown, page.Me.ID) != nil}
	reliances.Maps, reliances.Domains = report.SideBySide(members, shown)
	return reliances, nil
}

// OwnPlace returns a member's own place in a team, also where they wait to be confirmed. Anyone else gets model.ErrNotFound.
func (a *App) OwnPlace(ctx context.Context, managerID, teamID string) (*model.OwnPlace, error) {
	page, err := a.TeamPage(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	shown, err := a.store.ShownMaps(ctx, managerID, teamID)
	return &model.OwnPlace{TeamPage: *page, Shows: shownBy(shown, page.Me.ID) != nil}, err
}

// shownBy is what a member shows; nil for nothing.
func shownBy(shown []model.ShownMap, memberID string) *model.ShownMap {
	if at := slices.IndexFunc(shown, func(one model.ShownMap) bool { return one.MemberID == memberID }); at >= 0 {
		return &shown[at]
	}
	return nil
}

// OwnReliances returns what a member shows a team of their depth map, and what they could: exactly what would stand beside
// their name. Anyone who isn't a confirmed member gets model.ErrNotFound.
func (a *App) OwnReliances(ctx context.Context, managerID, teamID string) (*model.OwnReliances, error) {
	return a.ownReliances(ctx, a.store, managerID, teamID)
}

func (a *App) ownReliances(ctx context.Context, data *store.Store, managerID, teamID string) (*model.OwnReliances, error) {
	page, err := a.confirmedPage(ctx, data, managerID, teamID)
	if err != nil {
		return nil, err
	}
	shown, err := data.ShownMaps(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	own := &model.OwnReliances{TeamPage: *page, Shown: shownBy(shown, page.Me.ID)}
	maps, err := data.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(maps, model.DepthMap.Finished); at >= 0 {
		own.Map, own.Offered = &maps[at], report.ToShow(maps[at])
		own.Newer = own.Shown != nil && own.Shown.MapID != own.Map.ID
	}
	own.Ticked = report.ShownOf(own.Offered, own.Shown)
	return own, nil
}

// ShowMap shows a team on whom a member relies for the ticked domains of their last depth map, in place of what they show
// of an earlier one. A tick that the page left as it saw it stays as it is stored. With nothing ticked, and where the last
// map is another one than the page offered, it is a model.Invalid error on the field "domain". Anyone who isn't a confirmed
// member gets model.ErrNotFound.
func (a *App) ShowMap(ctx context.Context, managerID, teamID string, input model.ReliancesInput) error {
	id := a.random()
	return a.hiding(ctx, func(tx *store.Store) (hidden string, err error) {
		own, err := a.ownReliances(ctx, tx, managerID, teamID)
		if err != nil {
			return "", err
		}
		if own.Map == nil || own.Map.ID != input.Map {
			return "", refused("domain", "This is no longer your last map. Look at what would be shown, and tick again.")
		}
		noted := own.Ticked
		for domain, ticked := range noted {
			if !ticked {
				delete(noted, domain)
			}
		}
		ticked := mergeTicks(input.Ticked, input.Seen, noted)
		shown := model.ShownMap{ID: id, MapID: own.Map.ID, PlacedAt: own.Map.FinishedAt}
		for _, reliance := range own.Offered {
			if slices.Contains(ticked, reliance.Domain) {
				shown.Reliances = append(shown.Reliances, reliance)
			}
		}
		if len(shown.Reliances) == 0 {
			if own.Shown != nil {
				return "", refused("domain", "What you showed before is still shown. Tick at least one line, or press “Stop showing mine” to take all of them away.")
			}
			return "", refused("domain", "Tick at least one domain, or show nothing.")
		}
		if own.Shown != nil {
			hidden = own.Shown.ID
			if err := tx.HideMap(ctx, managerID, hidden); err != nil {
				return "", err
			}
		}
		return hidden, tx.ShowMap(ctx, managerID, teamID, shown)
	})
}

// HideMap takes away what a member shows a team of their depth maps; what others have seen can't be unseen. Anyone who isn't
// a confirmed member gets model.ErrNotFound.
func (a *App) HideMap(ctx context.Context, managerID, teamID string) error {
	return a.hiding(ctx, func(tx *store.Store) (hidden string, err error) {
		own, err := a.ownReliances(ctx, tx, managerID, teamID)
		if err != nil || own.Shown == nil {
			return "", err
		}
		return own.Shown.ID, tx.HideMap(ctx, managerID, own.Shown.ID)
	})
}

// hiding is erasing for what may take away something that was shown, of which it returns the id, "" for nothing: a restored
// backup must not show it again.
func (a *App) hiding(ctx context.Context, work func(*store.Store) (hidden string, err error)) error {
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		hidden, err := work(tx)
		if err != nil || hidden == "" {
			return err
		}
		return tx.NoteErasure(ctx, a.now(), hidden)
	})
	if err == nil {
		_ = a.store.ListErasures(context.WithoutCancel(ctx)) // see erasing
	}
	return err
}
