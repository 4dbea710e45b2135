package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// ExportMaps gives all depth maps of a manager as an export has them.
func (a *App) ExportMaps(ctx context.Context, managerID string) (*report.ExportedMaps, error) {
	all, err := a.store.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	references, err := a.store.References(ctx, managerID)
	for i := range all {
		all[i].ID = references.Of(all[i].ID)
	}
	return report.ExportMaps(all), err
}

// newMap is counted by client, as other things are that anybody can have kept.
const newMap creation = "new depth map"

// DepthMaps lists what a manager has of depth maps, and what a new one begins with: scope and craft of the last map, or
// else of the last assessment. managerID is "" for a visitor who has none yet.
func (a *App) DepthMaps(ctx context.Context, managerID string) (*model.DepthMaps, error) {
	library := a.reports.Library
	maps := &model.DepthMaps{Scopes: library.Model.Scopes, Crafts: library.Model.Crafts}
	if managerID == "" {
		return maps, nil
	}
	all, err := a.store.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Finished() {
			maps.Finished = append(maps.Finished, a.reports.ReadMap(all[i]))
		} else {
			maps.Drafts = append(maps.Drafts, all[i])
		}
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if len(finished) > 0 {
		maps.Latest, maps.Scope, maps.Craft = finished[0].ID, finished[0].Scope, finished[0].Craft
	}
	if len(all) > 0 {
		maps.Scope, maps.Craft = all[0].Scope, all[0].Craft
	}
	return maps, err
}

// BeginMap begins a depth map from a manager's last one. There is one draft at a time: another beginning, as from a page
// that was opened before, leads to it, and gives it the scope and the craft with all that was placed on it. Bad input is a
// model.Invalid error on "scope" or "craft"; where something that was placed would have no place any more it is one on
// "under-way", where the manager has as many maps as can be kept one on "room".
func (a *App) BeginMap(ctx context.Context, managerID string, input model.BeginMapInput) (begun model.BegunMap, err error) {
	if err := a.checkBeginning(input); err != nil {
		return begun, err
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		begun = model.BegunMap{}
		all, err := tx.DepthMaps(ctx, managerID)
		if err != nil {
			return err
		}
		first := slices.IndexFunc(all, model.DepthMap.Finished)
		if first < 0 {
			first = len(all)
		}
		drafts, finished := all[:first], all[first:]
		if len(drafts) > 0 {
			begun.UnderWay = true
			begun.ID, err = a.beginAgain(ctx, tx, drafts, finished, input)
			return err
		}
		if err := tooMany(len(all), model.MapLimit, "room", "You keep %d depth maps, as many as can be. Delete one that you don’t need any more."); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newMap); err != nil {
			return err
		}
		one := a.begun(managerID, input)
		one.Placements = a.carried(finished, input.Scope, input.Craft)
		begun.ID = one.ID
		return tx.CreateDepthMap(ctx, one)
	})
	return begun, err
}

// beginAgain leads to a map that is under way, or gives it another scope and craft.
func (a *App) beginAgain(ctx context.Context, tx *store.Store, drafts, finished []model.DepthMap, input model.BeginMapInput) (id string, err error) {
	same := slices.IndexFunc(drafts, func(m model.DepthMap) bool { return m.Scope == input.Scope && m.Craft == input.Craft })
	if same >= 0 {
		return drafts[same].ID, nil
	}
	draft := drafts[0]
	again := draft
	again.Scope, again.Craft, again.Placements = input.Scope, input.Craft, a.carried(finished, input.Scope, input.Craft)
	var lost []string
	for _, placement := range draft.Placements {
		here, has := a.placeIn(placement, input.Scope, input.Craft)
		switch {
		case has:
			again.Placements = slices.DeleteFunc(again.Placements, func(p model.Placement) bool { return p.Domain == here.Domain })
			again.Placements = append(again.Placements, here)
		case placement.Revision > 0 && placement.Said(): // by the manager, on this map
			lost = append(lost, placement.Name)
		}
	}
	if len(lost) > 0 {
		return "", refused("under-way", fmt.Sprintf("You have a map under way, and what you placed there of %s has no place in what you chose now. Go on with it, or discard it first.", strings.Join(lost, "; ")))
	}
	return draft.ID, tx.PutDepthMap(ctx, again)
}

// BeginMapAsNew is BeginMap for a visitor who has no manager yet: it makes the manager and the session that the map belongs
// to, in a browser, labelled label, that has none yet. It also returns the session's token.
func (a *App) BeginMapAsNew(ctx context.Context, label string, input model.BeginMapInput) (token, id string, err error) {
	if err := a.checkBeginning(input); err != nil {
		return "", "", err
	}
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	begun := a.begun(manager.ID, input)
	token = a.random()
	return token, begun.ID, a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.beginManager(ctx, tx, manager, token, label, input.From, model.ToldZone{Zone: input.Zone}, newMap); err != nil {
			return err
		}
		return tx.CreateDepthMap(ctx, begun)
	})
}

func (a *App) begun(managerID string, input model.BeginMapInput) model.DepthMap {
	return model.DepthMap{ID: a.random(), ManagerID: managerID, Scope: input.Scope, Craft: input.Craft, StartedAt: a.now()}
}

// checkBeginning says what is wrong with the form that begins a map.
func (a *App) checkBeginning(input model.BeginMapInput) error {
	var fields fieldErrors
	if _, known := a.reports.Library.Model.Scope(input.Scope); !known {
		fields.add("scope", "Choose what you answer for.")
	}
	if _, known := a.reports.Library.Model.Craft(input.Craft); !known {
		fields.add("craft", "Choose your craft.")
	}
	return fields.err()
}

// carried is what a map begins with: what the last finished one says of the domains that are offered now, and of one's own.
// Whom one asked lately is asked again.
func (a *App) carried(finished []model.DepthMap, scope, craft string) (all []model.Placement) {
	if len(finished) == 0 {
		return nil
	}
	for _, placement := range finished[0].Placements {
		if here, has := a.placeIn(placement, scope, craft); has {
			here.Asked = false
			all = append(all, here)
		}
	}
	return all
}

// placeIn is what was said of a domain, as a map of a scope and craft has it; has is false where that asks nothing about it.
// A domain of one's own that is called as one that is offered becomes that one: it went along while it was not offered.
func (a *App) placeIn(p model.Placement, scope, craft string) (here model.Placement, has bool) {
	for _, domain := range a.reports.Library.Depths.For(scope, craft) {
		if offered := (model.Placement{Domain: domain.ID, Name: domain.Name}); report.SameDomain(p, offered) {
			p.Domain, p.Own, p.Name, p.InText = domain.ID, false, domain.Name, domain.InText
			return a.inWords(p, craft), true
		}
	}
	return a.inWords(p, craft), p.Own
}

// inWords says in words on whom somebody relies where a craft doesn't offer the role.
func (a *App) inWords(p model.Placement, craft string) model.Placement {
	if p.Role != "" && !slices.ContainsFunc(a.reports.Library.Depths.RolesFor(craft), func(r questionnaire.Role) bool { return r.ID == p.Role }) {
		p.Role = ""
	}
	return p
}

// DepthMap reads a finished map of a manager's: what it says, and what moved since an earlier one, the one before where
// since is "". A draft is model.ErrNotFound, as is an earlier map that there isn't.
func (a *App) DepthMap(ctx context.Context, managerID, id, since string) (*model.DepthMapPage, error) {
	all, err := a.store.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m model.DepthMap) bool { return !m.Finished() })
	at := slices.IndexFunc(all, func(m model.DepthMap) bool { return m.ID == id })
	if at < 0 {
		return nil, model.ErrNotFound
	}
	page := &model.DepthMapPage{DepthReading: a.reports.ReadMap(all[at]), Earlier: all[at+1:]}
	before := slices.IndexFunc(page.Earlier, func(m model.DepthMap) bool { return since == "" || m.ID == since })
	if before < 0 && since != "" {
		return nil, model.ErrNotFound
	}
	if before >= 0 {
		page.Moves = a.reports.Moves(page.Earlier[before], all[at])
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil {
		return nil, err
	}
	page.Beside = report.AssessmentBeside(finished, all[at])
	upTo := slices.Clone(all[at:])
	slices.Reverse(upTo)
	page.HandsOn = report.HandsOnRecord(upTo)
	page.Mentors, err = a.movesOn(ctx, managerID, id)
	return page, err
}

// MapBeside is what a result says of its manager's depth maps.
func (a *App) MapBeside(ctx context.Context, result *model.Result) (*model.MapBeside, error) {
	all, err := a.store.DepthMaps(ctx, result.Assessment.ManagerID)
	if err != nil {
		return nil, err
	}
	return a.reports.MapBeside(all, result.Assessment.FinishedAt), nil
}

// OwnDepthMap reads one map of a manager's, finished or not.
func (a *App) OwnDepthMap(ctx context.Context, managerID, id string) (model.DepthMap, error) {
	all, err := a.store.DepthMaps(ctx, managerID)
	at := slices.IndexFunc(all, func(m model.DepthMap) bool { return m.ID == id })
	if err == nil && at < 0 {
		err = model.ErrNotFound
	}
	if err != nil {
		return model.DepthMap{}, err
	}
	return all[at], nil
}

// SeenMap says what a page saw of a map that it asks to delete: whether it was finished, and all that it said.
func SeenMap(m model.DepthMap) string {
	said := []string{m.Scope, m.Craft, strconv.FormatBool(m.Finished())}
	for _, p := range m.Placements {
		if p.Said() {
			said = append(append(said, p.Domain), placementTexts(p)...)
		}
	}
	return seenToken(0, strings.Join(said, "\n"))
}

// DeleteDepthMap removes one map of a manager's for good. seen is the seen token of what the page showed: a map that was
// changed since is a model.Conflict error on the field "meant". meant says that they confirmed it; without it, it is a
// model.Invalid error on the same field.
func (a *App) DeleteDepthMap(ctx context.Context, managerID, id, seen string, meant bool) error {
	return a.erasing(ctx, id, func(tx *store.Store) error {
		stored, err := tx.DepthMap(ctx, managerID, id)
		switch {
		case err != nil:
			return err
		case SeenMap(stored) != seen:
			return model.ConflictIn("meant")
		case !meant:
			return refused("meant", "Tick the box to say that this map may be deleted.")
		}
		return tx.DeleteDepthMap(ctx, managerID, id)
	})
}

// EndMapOffer has Home stop to offer a first map, on all of a manager's devices.
func (a *App) EndMapOffer(ctx context.Context, managerID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.EndMapOffer(ctx, managerID) })
}

// ScopeName is what a scope is called.
func (a *App) ScopeName(id string) string {
	scope, _ := a.reports.Library.Model.Scope(id)
	return scope.Name
}

// RoleInText is what a role on which one may rely is called inside a sentence.
func (a *App) RoleInText(id string) string {
	role, _ := a.reports.Library.Depths.Role(id)
	return role.InText
}
