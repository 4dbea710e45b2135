package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

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
	draft := a.asOffered(all[at])
	page := &model.PlacesPage{Map: draft, Roles: a.reports.Library.Depths.RolesFor(draft.Craft), Among: draft.Among}
	page.Left, page.Room = a.left(all, draft), len(ownFree(draft))
	if last, found := lastFinished(all); found {
		page.Since = last.FinishedAt
	}
	page.Rows = a.placementRows(draft, ownRows)
	return page, nil
}

// lastFinished is the map that was finished last of all of a manager's.
func lastFinished(all []model.DepthMap) (last model.DepthMap, found bool) {
	if at := slices.IndexFunc(all, model.DepthMap.Finished); at >= 0 {
		return all[at], true
	}
	return last, false
}

// asOffered is a draft as its scope and craft offer it today: on whom one relies in a role that is no longer offered is said
// in words.
func (a *App) asOffered(draft model.DepthMap) model.DepthMap {
	draft.Placements = slices.Clone(draft.Placements)
	for i, placement := range draft.Placements {
		draft.Placements[i] = a.inWords(placement, draft.Craft)
	}
	return draft
}

// left are the domains of the map that was finished last that a draft has not, since nothing asks about them there. all are
// the maps of the manager.
func (a *App) left(all []model.DepthMap, draft model.DepthMap) (left []model.Placement) {
	last, _ := lastFinished(all)
	for _, placement := range last.Placements {
		_, has := a.placeIn(placement, draft.Scope, draft.Craft)
		if !has && !slices.ContainsFunc(draft.Placements, func(p model.Placement) bool { return report.SameDomain(p, placement) }) {
			left = append(left, placement)
		}
	}
	return left
}

// ownFree are the ids that a draft has left for domains of one's own.
func ownFree(draft model.DepthMap) (free []string) {
	for number := 1; number <= model.OwnDomains; number++ {
		if placement, _ := draft.Placement(ownDomain(number)); !placement.Said() {
			free = append(free, ownDomain(number))
		}
	}
	return free
}

// ownRows is how many empty rows for domains of one's own stand below those that have a name.
const ownRows = 2

// placementRows are the domains that a draft asks of: those that are offered, those that were when they were placed, and
// one's own, with at most so many empty ones.
func (a *App) placementRows(m model.DepthMap, empties int) (rows []model.PlacementRow) {
	add := func(domain questionnaire.Domain, own bool) {
		placement, _ := m.Placement(domain.ID)
		placement.Domain, placement.Own = domain.ID, own
		rows = append(rows, model.PlacementRow{Domain: domain, Own: own, Input: typedPlacement(placement)})
	}
	for _, domain := range a.reports.Library.Depths.For(m.Scope, m.Craft) {
		add(domain, false)
	}
	for _, own := range []bool{false, true} { // those that are offered no longer come first
		for _, placement := range m.Placements {
			if placement.Own == own && (placement.Said() || !own && placement.Revision > 0) && rowOf(rows, placement.Domain) < 0 {
				add(questionnaire.Domain{ID: placement.Domain, Name: placement.Name, InText: placement.InText}, own)
			}
		}
	}
	free := ownFree(m)
	for _, id := range free[:min(empties, len(free))] {
		add(questionnaire.Domain{ID: id}, true)
	}
	return rows
}

func ownDomain(number int) string { return questionnaire.OwnPrefix + strconv.Itoa(number) }

// isOwnDomain reports whether an id is that of a domain of one's own.
func isOwnDomain(id string) bool {
	number, err := strconv.Atoi(strings.TrimPrefix(id, questionnaire.OwnPrefix))
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

// seenPlacement says what a page saw of a domain.
func seenPlacement(p model.Placement) string { return seenToken(p.Revision, placementTexts(p)...) }

// placementTexts are what is asked of a domain, each as a text that is "" where nothing is said. A role and one's own
// words are one: on whom one relies.
func placementTexts(p model.Placement) []string {
	name, whom, asked, year := "", p.Role, "", ""
	if p.Own {
		name = p.Name
	}
	if p.Role == "" && p.Whom != "" {
		whom = "words " + p.Whom
	}
	if p.Asked {
		asked = "yes"
	}
	if p.Year > 0 {
		year = strconv.Itoa(p.Year)
	}
	return []string{name, string(p.Depth), string(p.Weight), whom, asked, year}
}

// mergePlacement lays what a page says of a domain over what is kept; seen is the page's seen token, "" for a page that
// has none and is taken as it comes. What both changed stays as it is kept, and is a conflict.
func mergePlacement(kept, sent model.Placement, seen string) (merged model.Placement, conflict bool) {
	merged = sent
	if seen != "" {
		stored := placementTexts(kept)
		texts, both := merge(seen, stored, placementTexts(sent))
		conflict = both
		for i, keep := range []func(){
			func() { merged.Name, merged.InText = kept.Name, kept.InText },
			func() { merged.Depth = kept.Depth },
			func() { merged.Weight = kept.Weight },
			func() { merged.Role, merged.Whom = kept.Role, kept.Whom },
			func() { merged.Asked = kept.Asked },
			func() { merged.Year = kept.Year },
		} {
			if texts[i] == stored[i] && (i > 0 || sent.Own) {
				keep()
			}
		}
	}
	merged.Asked = merged.Asked && merged.Covered()
	merged.Revision = kept.Revision
	if !slices.Equal(placementTexts(merged), placementTexts(kept)) {
		merged.Revision++
	}
	return merged, conflict
}

// openMap reads a draft of a manager's; a map that is finished is model.ErrFinished.
func (a *App) openMap(ctx context.Context, tx *store.Store, managerID, id string) (model.DepthMap, error) {
	stored, err := tx.DepthMap(ctx, managerID, id)
	if err == nil && stored.Finished() {
		err = model.ErrFinished
	}
	return a.asOffered(stored), err
}

// Placed gives what is kept of each domain of a draft, for a page that checks whether another tab has changed it. A map
// that is finished is model.ErrFinished.
func (a *App) Placed(ctx context.Context, managerID, id string) ([]model.PlacementInput, error) {
	stored, err := a.openMap(ctx, a.store, managerID, id)
	if err != nil {
		return nil, err
	}
	var placed []model.PlacementInput
	for _, row := range a.placementRows(stored, model.OwnDomains) {
		placed = append(placed, row.Input)
	}
	return placed, nil
}

// SavePlace keeps what a page says of one domain of a draft, durably before it returns, and gives what is kept then. What
// the page left untouched never overwrites what another tab has written since; conflict reports whether both changed the
// same, which stays as it is kept. Bad input is a model.Invalid error on the field, a map that is finished
// model.ErrFinished.
func (a *App) SavePlace(ctx context.Context, managerID, id string, input model.PlacementInput) (kept model.PlacementInput, conflict bool, err error) {
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := a.openMap(ctx, tx, managerID, id)
		if err != nil {
			return err
		}
		rows := a.placementRows(stored, model.OwnDomains)
		at := rowOf(rows, input.Domain)
		if at < 0 {
			return model.ErrNotFound
		}
		var wrong fieldErrors
		before, _ := stored.Placement(input.Domain)
		sent := a.readPlacement(&wrong, rows[at], before, stored.Craft, input)
		if err := wrong.err(); err != nil {
			return err
		}
		var merged model.Placement
		merged, conflict = mergePlacement(before, sent, input.Seen)
		merged.Domain, merged.Own = input.Domain, rows[at].Own
		kept = typedPlacement(merged)
		if merged.Revision == before.Revision {
			return nil
		}
		return tx.PutPlacement(ctx, managerID, id, at, merged)
	})
	return kept, conflict, err
}

func rowOf(rows []model.PlacementRow, domain string) int {
	return slices.IndexFunc(rows, func(row model.PlacementRow) bool { return row.Domain.ID == domain })
}

// SavePlaces keeps what a page says of the domains of a draft; a domain that it doesn't name stays as it is. finish freezes
// the map. Bad input is a model.Invalid error on the field of the domain, a map with nothing in it one on "places"; what was
// changed elsewhere since the page saw it is a model.Conflict error on "depth." and the domain. Nothing is kept then. A map
// that is finished is model.ErrFinished.
func (a *App) SavePlaces(ctx context.Context, managerID, id string, inputs []model.PlacementInput, finish bool) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := a.openMap(ctx, tx, managerID, id)
		if err != nil {
			return err
		}
		merged, err := a.mergePlaces(stored, inputs, finish)
		if err != nil {
			return err
		}
		if finish {
			if merged.FinishedAt, err = a.mapMoment(ctx, tx, managerID); err != nil {
				return err
			}
			merged.Placements = frozen(merged.Placements)
		}
		if finish && len(merged.Placements) == 0 {
			return refused("places", "Place at least one domain: how deep you are in it, and how much hangs on it.")
		}
		return tx.PutDepthMap(ctx, merged)
	})
}

// mapMoment is when a map is finished now: a second after the one before at least, since two maps of one second could neither
// be told apart where they are listed nor be laid in order.
func (a *App) mapMoment(ctx context.Context, tx *store.Store, managerID string) (time.Time, error) {
	all, err := tx.DepthMaps(ctx, managerID)
	now := a.now()
	if last, found := lastFinished(all); found && now.Sub(last.FinishedAt).Abs() < time.Second {
		now = last.FinishedAt.Add(time.Second)
	}
	return now, err
}

// CarryPlaces is SavePlaces of a draft, to which a domain of the last map goes along as one of the manager's own, since
// nothing asks about it there: domain, or as many as there is room for where that is "". Where there is no room for it, it
// is a model.Invalid error on "left". One that has gone along already stays as it is.
func (a *App) CarryPlaces(ctx context.Context, managerID, id string, inputs []model.PlacementInput, domain string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := a.openMap(ctx, tx, managerID, id)
		if err != nil {
			return err
		}
		merged, err := a.mergePlaces(stored, inputs, false)
		if err != nil {
			return err
		}
		all, err := tx.DepthMaps(ctx, managerID)
		if err != nil {
			return err
		}
		left, free := a.left(all, merged), ownFree(merged)
		if domain != "" {
			left = slices.DeleteFunc(left, func(p model.Placement) bool { return p.Domain != domain })
		}
		if len(left) > 0 && len(free) == 0 {
			return refused("left", fmt.Sprintf("There is room for %d domains of your own, and all have a name. Clear what is said of one, and save, to have room for another.", model.OwnDomains))
		}
		for i, placement := range left[:min(len(left), len(free))] {
			before, _ := merged.Placement(free[i])
			here := a.inWords(placement, merged.Craft)
			here.Domain, here.Own, here.Asked, here.Revision = free[i], true, false, before.Revision+1
			merged.Placements = append(slices.DeleteFunc(merged.Placements, func(p model.Placement) bool { return p.Domain == here.Domain }), here)
		}
		return tx.PutDepthMap(ctx, merged)
	})
}

// frozen is what a finished map keeps of a draft: the domains that are placed, and hands-on work in those that one knows.
func frozen(all []model.Placement) (placed []model.Placement) {
	for _, p := range all {
		if p.Depth.Little() {
			p.Year = 0
		}
		if p.Revision = 0; p.Placed() {
			placed = append(placed, p)
		}
	}
	return placed
}

// mergePlaces lays what a page says over what is kept.
func (a *App) mergePlaces(stored model.DepthMap, inputs []model.PlacementInput, finish bool) (model.DepthMap, error) {
	var wrong fieldErrors
	var conflicts []string
	merged := stored
	merged.Placements = nil
	rows := a.placementRows(stored, model.OwnDomains)
	for _, row := range rows {
		kept, _ := stored.Placement(row.Domain.ID)
		at := slices.IndexFunc(inputs, func(input model.PlacementInput) bool { return input.Domain == row.Domain.ID })
		if at >= 0 {
			sent := a.readPlacement(&wrong, row, kept, stored.Craft, inputs[at])
			var conflict bool
			if kept, conflict = mergePlacement(kept, sent, inputs[at].Seen); conflict {
				conflicts = append(conflicts, "depth."+row.Domain.ID)
			}
		}
		if finish {
			checkPlaced(&wrong, kept, row)
		}
		if kept.Domain, kept.Own = row.Domain.ID, row.Own; kept.Said() || kept.Revision > 0 {
			merged.Placements = append(merged.Placements, kept)
		}
	}
	if finish {
		checkNames(&wrong, slices.DeleteFunc(slices.Clone(merged.Placements), func(p model.Placement) bool { return p.Depth == "" }))
	}
	if err := wrong.err(); err != nil {
		return merged, err
	}
	for _, input := range inputs {
		// A page that was opened before its domains changed says nothing of one that is gone, or else is not taken.
		if rowOf(rows, input.Domain) < 0 && input != (model.PlacementInput{Domain: input.Domain, Seen: input.Seen}) {
			return merged, model.ErrNotFound
		}
	}
	if len(conflicts) > 0 {
		return merged, model.ConflictIn(conflicts...)
	}
	return merged, nil
}

// readPlacement reads what a form says of a domain of which kept is kept, and all that is wrong with it.
func (a *App) readPlacement(wrong *fieldErrors, row model.PlacementRow, kept model.Placement, craft string, input model.PlacementInput) model.Placement {
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
	// One's own words count, unless they were there before and a role was chosen now.
	if input.Role != "" && (placement.Whom == "" || kept.Role == "" && placement.Whom == kept.Whom) {
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

// checkPlaced says what a domain lacks to stand in a map: one without a depth is left out, whatever else was said of it.
func checkPlaced(wrong *fieldErrors, p model.Placement, row model.PlacementRow) {
	id := row.Domain.ID
	if row.Own && p.Name == "" && p.Depth != "" {
		wrong.add("name."+id, "Name the domain, or leave out how deep you are in it.")
	}
	if p.Depth != "" && p.Weight == "" {
		wrong.add("weight."+id, "Choose how much hangs on it, or leave the domain out.")
	}
}

// checkNames says which domain of one's own is called as another is, of those that are not left out: a later map finds them
// by their names.
func checkNames(wrong *fieldErrors, all []model.Placement) {
	for i, p := range all {
		if p.Own && p.Name != "" && slices.ContainsFunc(all[:i], func(other model.Placement) bool { return strings.EqualFold(other.Name, p.Name) }) {
			wrong.add("name."+p.Domain, "Another domain has this name. Give it a name of its own, or leave it out.")
		}
	}
}
