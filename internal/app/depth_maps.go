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
	return report.ExportMaps(all), nil
}

// newMap is counted by client, as other things are that anybody can have kept.
const newMap creation = "new depth map"

// DepthMaps lists what a manager has of depth maps, and what a new one begins with: scope and craft of the last map, or
// else of the last assessment.
func (a *App) DepthMaps(ctx context.Context, managerID string) (*model.DepthMaps, error) {
	all, err := a.store.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	library := a.reports.Library
	maps := &model.DepthMaps{Scopes: library.Model.Scopes, Crafts: library.Model.Crafts}
	for i := range all {
		if all[i].Finished() {
			maps.Finished = append(maps.Finished, a.reports.ReadMap(all[i]))
		} else {
			maps.Draft = &all[i]
		}
	}
	if len(all) > 0 {
		maps.Scope, maps.Craft = all[0].Scope, all[0].Craft
		return maps, nil
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if len(finished) > 0 {
		maps.Scope, maps.Craft = finished[0].Scope, finished[0].Craft
	}
	return maps, err
}

// BeginMap begins a depth map from a manager's last one, and gives its id. There is one draft at a time: another beginning
// gives that one the scope and the craft. Bad input is a model.Invalid error on "scope" or "craft"; where the manager has as
// many as can be kept it is one on "room".
func (a *App) BeginMap(ctx context.Context, managerID, scope, craft, from string) (id string, err error) {
	var fields fieldErrors
	if _, known := a.reports.Library.Model.Scope(scope); !known {
		fields.add("scope", "Choose what you answer for.")
	}
	if _, known := a.reports.Library.Model.Craft(craft); !known {
		fields.add("craft", "Choose your craft.")
	}
	if err := fields.err(); err != nil {
		return "", err
	}
	return id, a.store.InTx(ctx, func(tx *store.Store) error {
		all, err := tx.DepthMaps(ctx, managerID)
		if err != nil {
			return err
		}
		if len(all) > 0 && !all[0].Finished() {
			all[0].Scope, all[0].Craft, id = scope, craft, all[0].ID
			return tx.PutDepthMap(ctx, all[0])
		}
		if err := tooMany(len(all), model.MapLimit, "room", "You keep %d depth maps, as many as can be. Delete one that you don’t need any more."); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, from, newMap); err != nil {
			return err
		}
		begun := model.DepthMap{ID: a.random(), ManagerID: managerID, Scope: scope, Craft: craft, StartedAt: a.now()}
		if id = begun.ID; len(all) > 0 {
			begun.Placements = a.carried(all[0], scope, craft)
		}
		return tx.CreateDepthMap(ctx, begun)
	})
}

// carried is what a new map begins with: what the last one says of the domains that are offered now, and one's own. Whom
// one asked lately is asked again.
func (a *App) carried(last model.DepthMap, scope, craft string) (all []model.Placement) {
	offered := a.reports.Library.Depths.For(scope, craft)
	for _, placement := range last.Placements {
		if placement.Own || slices.ContainsFunc(offered, func(d questionnaire.Domain) bool { return d.ID == placement.Domain }) {
			placement.Asked = false
			all = append(all, placement)
		}
	}
	return all
}

// Places gives the page where the domains of a map are placed. One that is finished is model.ErrNotFound.
func (a *App) Places(ctx context.Context, managerID, id string) (*model.PlacesPage, error) {
	all, err := a.store.DepthMaps(ctx, managerID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(m model.DepthMap) bool { return m.ID == id && !m.Finished() })
	if at < 0 {
		return nil, model.ErrNotFound
	}
	page := &model.PlacesPage{Map: all[at], Roles: a.reports.Library.Depths.RolesFor(all[at].Craft)}
	for _, other := range all {
		if other.Finished() {
			page.Since = other.FinishedAt
			break
		}
	}
	page.Rows = a.placementRows(all[at], ownRows)
	return page, nil
}

// ownRows is how many empty rows for domains of one's own stand below those that have a name.
const ownRows = 2

// placementRows are the domains that a draft asks of: those that are offered, and one's own, with at most so many empty
// ones.
func (a *App) placementRows(m model.DepthMap, empties int) (rows []model.PlacementRow) {
	add := func(domain questionnaire.Domain, own bool) {
		placement, _ := m.Placement(domain.ID)
		placement.Domain, placement.Own = domain.ID, own
		rows = append(rows, model.PlacementRow{Domain: domain, Own: own, Input: typedPlacement(placement)})
	}
	for _, domain := range a.reports.Library.Depths.For(m.Scope, m.Craft) {
		add(domain, false)
	}
	taken := map[string]bool{}
	for _, placement := range m.Placements {
		if placement.Own {
			taken[placement.Domain] = true
			add(questionnaire.Domain{ID: placement.Domain, Name: placement.Name}, true)
		}
	}
	for number, empty := 1, 0; number <= model.OwnDomains && empty < empties; number++ {
		if id := ownDomain(number); !taken[id] {
			add(questionnaire.Domain{ID: id}, true)
			empty++
		}
	}
	return rows
}

// ownPrefix begins the ids of domains of one's own.
const ownPrefix = "own-"

func ownDomain(number int) string { return ownPrefix + strconv.Itoa(number) }

// isOwnDomain reports whether an id is that of a domain of one's own.
func isOwnDomain(id string) bool {
	number, err := strconv.Atoi(strings.TrimPrefix(id, ownPrefix))
	return err == nil && id == ownDomain(number) && number >= 1 && number <= model.OwnDomains
}

// typedPlacement is what is kept of a domain as a form has it.
func typedPlacement(p model.Placement) model.PlacementInput {
	input := model.PlacementInput{
		Domain: p.Domain, Depth: string(p.Depth), Weight: string(p.Weight), Role: p.Role, Asked: p.Asked, Seen: seenPlacement(p),
	}
	if p.Own {
		input.Name = p.Name
	}
	if p.Role == "" {
		input.Whom = p.Whom
	}
	if p.Year > 0 {
		input.Year = strconv.Itoa(p.Year)
	}
	return input
}

// seenPlacement says what a page saw of a domain, as a whole.
func seenPlacement(p model.Placement) string { return seenToken(0, placementText(p)) }

// placementText is all that is kept of a domain, "" for nothing.
func placementText(p model.Placement) string {
	name := ""
	if p.Own {
		name = p.Name
	}
	if p.Depth == "" && p.Weight == "" && p.Whom == "" && p.Year == 0 && name == "" {
		return ""
	}
	return strings.Join([]string{name, string(p.Depth), string(p.Weight), p.Role, p.Whom, strconv.FormatBool(p.Asked), strconv.Itoa(p.Year)}, "\n")
}

// SavePlaces keeps what a page says of the domains of a draft; a domain that it doesn't name stays as it is. finish freezes
// the map. Bad input is a model.Invalid error on the field of the domain, a map with nothing in it one on "places"; what was
// changed elsewhere since the page saw it is a model.Conflict error on "depth." and the domain. Nothing is kept then.
func (a *App) SavePlaces(ctx context.Context, managerID, id string, inputs []model.PlacementInput, finish bool) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := tx.DepthMap(ctx, managerID, id)
		if err == nil && stored.Finished() {
			err = model.ErrNotFound
		}
		if err != nil {
			return err
		}
		merged, err := a.mergePlaces(stored, inputs, finish)
		if err != nil {
			return err
		}
		if finish {
			merged.FinishedAt = a.now()
			merged.Placements = slices.DeleteFunc(merged.Placements, func(p model.Placement) bool { return !p.Placed() })
		}
		if finish && len(merged.Placements) == 0 {
			return refused("places", "Place at least one domain: how deep you are in it, and how much hangs on it.")
		}
		return tx.PutDepthMap(ctx, merged)
	})
}

// mergePlaces lays what a page says over what is kept.
func (a *App) mergePlaces(stored model.DepthMap, inputs []model.PlacementInput, finish bool) (model.DepthMap, error) {
	var wrong fieldErrors
	var conflicts []string
	merged := stored
	merged.Placements = nil
	for _, row := range a.placementRows(stored, model.OwnDomains) {
		kept, _ := stored.Placement(row.Domain.ID)
		at := slices.IndexFunc(inputs, func(input model.PlacementInput) bool { return input.Domain == row.Domain.ID })
		if at >= 0 {
			sent := a.readPlacement(&wrong, row, stored.Craft, inputs[at])
			if inputs[at].Seen != "" {
				text, conflict := mergeField(digests(inputs[at].Seen, 1)[0], placementText(kept), placementText(sent))
				if conflict {
					conflicts = append(conflicts, "depth."+row.Domain.ID)
				}
				if text == placementText(kept) {
					sent = kept
				}
			}
			kept = sent
		}
		if finish {
			checkPlaced(&wrong, kept, row)
		}
		if placementText(kept) != "" {
			kept.Domain, kept.Own = row.Domain.ID, row.Own
			merged.Placements = append(merged.Placements, kept)
		}
	}
	if err := wrong.err(); err != nil {
		return merged, err
	}
	for _, input := range inputs {
		if !a.asks(stored, input.Domain) {
			return merged, model.ErrNotFound
		}
	}
	if len(conflicts) > 0 {
		return merged, model.ConflictIn(conflicts...)
	}
	return merged, nil
}

// asks reports whether a draft asks of a domain.
func (a *App) asks(m model.DepthMap, domain string) bool {
	return isOwnDomain(domain) || slices.ContainsFunc(a.reports.Library.Depths.For(m.Scope, m.Craft), func(d questionnaire.Domain) bool { return d.ID == domain })
}

// readPlacement reads what a form says of a domain, and all that is wrong with it.
func (a *App) readPlacement(wrong *fieldErrors, row model.PlacementRow, craft string, input model.PlacementInput) model.Placement {
	id := row.Domain.ID
	placement := model.Placement{Domain: id, Own: row.Own, Name: row.Domain.Name, InText: row.Domain.InText}
	if row.Own {
		placement.Name = cleanLine(input.Name)
		placement.InText = placement.Name
		wrong.bound("name."+id, "the name", placement.Name, model.DomainLimit)
	}
	if placement.Depth = model.Depth(input.Depth); placement.Depth != "" && !slices.Contains(model.Depths, placement.Depth) {
		wrong.add("depth."+id, "Choose one of the depths, or leave it out.")
	}
	if placement.Weight = model.Weight(input.Weight); placement.Weight != "" && !slices.Contains(model.Weights, placement.Weight) {
		wrong.add("weight."+id, "Choose how much hangs on it.")
	}
	placement.Whom = cleanLine(input.Whom)
	wrong.bound("whom."+id, "the words", placement.Whom, model.WhomLimit)
	if placement.Whom == "" && input.Role != "" {
		role, known := a.reports.Library.Depths.Role(input.Role)
		if !known || !slices.Contains(role.Crafts, craft) {
			wrong.add("role."+id, "Choose one of the list, or write it in your own words.")
		}
		placement.Role, placement.Whom = role.ID, role.InText
	}
	placement.Asked = input.Asked && placement.Whom != ""
	placement.Year = a.readYear(wrong, "year."+id, input.Year)
	return placement
}

// readYear reads the last year of hands-on work; 0 for none.
func (a *App) readYear(wrong *fieldErrors, field, typed string) int {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0
	}
	year, err := strconv.Atoi(typed)
	if now := a.now().Year(); err != nil || year < model.FirstHandsOn || year > now {
		wrong.add(field, fmt.Sprintf("Enter a year from %d to %d, or leave it empty.", model.FirstHandsOn, now))
	}
	return year
}

// checkPlaced says what a domain lacks to stand in a map: one of which nothing was said is left out.
func checkPlaced(wrong *fieldErrors, p model.Placement, row model.PlacementRow) {
	id := row.Domain.ID
	if row.Own && p.Name == "" && (p.Depth != "" || p.Weight != "") {
		wrong.add("name."+id, "Name the domain, or leave out how deep you are in it.")
	}
	switch {
	case p.Depth != "" && p.Weight == "":
		wrong.add("weight."+id, "Choose how much hangs on it, or leave the domain out.")
	case p.Depth == "" && p.Weight != "":
		wrong.add("depth."+id, "Choose how deep you are in it, or leave the domain out.")
	}
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
		page.Moves = report.Moves(page.Earlier[before], all[at])
	}
	upTo := slices.Clone(all[at:])
	slices.Reverse(upTo)
	page.HandsOn = report.HandsOnRecord(upTo)
	return page, nil
}

// OwnDepthMap reads one map of a manager's, finished or not.
func (a *App) OwnDepthMap(ctx context.Context, managerID, id string) (model.DepthMap, error) {
	return a.store.DepthMap(ctx, managerID, id)
}

// DeleteDepthMap removes one map of a manager's for good. meant says that they confirmed it; without it, it is a
// model.Invalid error on the field "meant".
func (a *App) DeleteDepthMap(ctx context.Context, managerID, id string, meant bool) error {
	if _, err := a.store.DepthMap(ctx, managerID, id); err != nil {
		return err
	}
	if !meant {
		return refused("meant", "Tick the box to say that this map may be deleted.")
	}
	return a.erasing(ctx, id, func(tx *store.Store) error { return tx.DeleteDepthMap(ctx, managerID, id) })
}

// ScopeName is what a scope is called.
func (a *App) ScopeName(id string) string {
	scope, _ := a.reports.Library.Model.Scope(id)
	return scope.Name
}
