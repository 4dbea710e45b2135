package app

import (
	"context"
	"slices"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

func needMap(scope model.ShareScope) bool     { return scope.Map }
func needMapMove(scope model.ShareScope) bool { return scope.Map && scope.Rating }

// latestMap is the depth map that a manager finished last; the zero one where there is none.
func (a *App) latestMap(ctx context.Context, data *store.Store, managerID string) (model.MapOfShare, error) {
	all, err := data.DepthMaps(ctx, managerID)
	last, _ := lastFinished(all)
	return model.MapOfShare{ID: last.ID, FinishedAt: last.FinishedAt, Among: last.Among}, err
}

// SharedMap returns the depth map of a share as its mentor sees it, once it can lean no rating of those for which it waits.
// What they change in a rating from then on is kept apart. A share that doesn't show one is model.ErrNotFound.
func (a *App) SharedMap(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedMap, error) {
	found, err := a.sharing(ctx, mentor, shareID, needMap)
	if err != nil {
		return nil, err
	}
	shared, err := a.mapOf(ctx, found.share, found.shown)
	if err == nil && shared.Reading != nil {
		err = a.glimpses(ctx, mentor, found, a.reports.MapLeans(found.shown))
	}
	return shared, err
}

// MapGone reports whether a share that its mentor can open shows no depth map, or none any more, and whose it is. One that
// they can't open is model.ErrNotFound, or model.ErrShareEnded.
func (a *App) MapGone(ctx context.Context, mentor model.Mentor, shareID string) (sharer string, gone bool, err error) {
	share, err := a.openedShare(ctx, a.store, mentor, shareID, needNothing)
	if err != nil {
		return "", false, err
	}
	return share.Sharer, !share.Scope.Map, nil
}

// mapOf reads the map of a share, if it shows.
func (a *App) mapOf(ctx context.Context, share *model.Share, shown *model.Shared) (*model.SharedMap, error) {
	shared := &model.SharedMap{Shared: shown, Move: shown.Review.Move(share.Map.ID)}
	if len(shown.MapWaits) > 0 {
		return shared, nil
	}
	one, err := a.store.DepthMap(ctx, share.ManagerID, share.Map.ID)
	if err != nil {
		return nil, err
	}
	shared.Reading = a.reports.ReadMap(report.MapForMentor(one))
	return shared, nil
}

// SeenMove says what a page saw of a mentor's answer about a depth map, as Seen does of an answer.
func SeenMove(move model.MapMove) string { return seenToken(move.Revision, moveText(move)...) }

// moveText is what an answer about a map says, in the parts that are compared: the domain with its place is one of them.
func moveText(move model.MapMove) []string {
	if !move.Said() {
		return []string{"", ""}
	}
	return []string{strings.Join([]string{move.From.Domain, string(move.Depth), string(move.Weight)}, " "), move.Words}
}

// SaveMove keeps which domain of a shared depth map a mentor would move, and where to, in place of what they answered
// before; with no domain and no words they take it back. Bad input is a model.Invalid error on "domain", "depth", "weight"
// or "words"; what was changed elsewhere since the page saw it is a model.Conflict error on "domain" or "words". A share
// without a map, or that lets nobody rate, is model.ErrNotFound, and so is a map that doesn't show yet.
func (a *App) SaveMove(ctx context.Context, mentor model.Mentor, shareID string, input model.MoveInput) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needMapMove)
		if err != nil {
			return err
		}
		if err := a.mapShows(ctx, tx, mentor, share); err != nil {
			return err
		}
		one, err := tx.DepthMap(ctx, share.ManagerID, share.Map.ID)
		if err != nil {
			return err
		}
		sent, err := readMove(one, input)
		if err != nil {
			return err
		}
		review, err := a.reviewToWrite(ctx, tx, mentor, share, !sent.Said())
		if err != nil || review == nil {
			return err
		}
		stored := review.Move(one.ID)
		merged, err := mergeFields(input.Seen, []string{"domain", "words"}, moveText(stored), moveText(sent))
		if err != nil || slices.Equal(merged, moveText(stored)) {
			return err
		}
		if merged[0] == moveText(stored)[0] { // only the words changed here
			sent.From, sent.Depth, sent.Weight = stored.From, stored.Depth, stored.Weight
		}
		if sent.Words, sent.UpdatedAt = merged[1], a.now(); !sent.Said() {
			sent.Words = "" // words without a move say nothing
		}
		if err := tx.PutMove(ctx, mentor.ID, review.ID, sent); err != nil {
			return err
		}
		return tx.TouchReview(ctx, mentor.ID, review.ID, a.now())
	})
}

// mapShows is model.ErrNotFound while the map of a share waits.
func (a *App) mapShows(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share) error {
	waits, err := a.mapWaits(ctx, tx, mentor, share)
	if err == nil && len(waits) > 0 {
		err = model.ErrNotFound
	}
	return err
}

// mapWaits are the competencies for which the map of a share waits.
func (a *App) mapWaits(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share) ([]model.SharedCompetency, error) {
	review, err := a.reviewOf(ctx, tx, mentor, share)
	if err != nil {
		return nil, err
	}
	assessment, err := tx.Assessment(ctx, share.ManagerID, share.AssessmentID)
	if err != nil {
		return nil, err
	}
	return a.reports.SharedFrom(share, assessment, review).MapWaits, nil
}

// revealMap notes that a mentor is shown the scores of the competencies for which the depth map waits, so that it shows.
func (a *App) revealMap(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share) error {
	waits, err := a.mapWaits(ctx, tx, mentor, share)
	for _, competency := range waits {
		if err == nil {
			err = tx.Reveal(ctx, mentor.ID, share.AssessmentID, competency.ID, a.now())
		}
	}
	return err
}

// readMove reads what a form says of a move on a map, and all that is wrong with it.
func readMove(m model.DepthMap, input model.MoveInput) (model.MapMove, error) {
	move := model.MapMove{MapID: m.ID, MapAt: m.FinishedAt, Words: cleanText(input.Words)}
	var wrong fieldErrors
	wrong.bound("words", "your words", move.Words, model.MoveLimit)
	if move.Depth = model.Depth(input.Depth); move.Depth != "" && !slices.Contains(model.Depths, move.Depth) {
		wrong.add("depth", "Choose one of the depths, or leave it as it is.")
	}
	if move.Weight = model.Weight(input.Weight); move.Weight != "" && !slices.Contains(model.Weights, move.Weight) {
		wrong.add("weight", "Choose how much hangs on it, or leave it as it is.")
	}
	if input.Domain == "" {
		if move.Depth != "" || move.Weight != "" || move.Words != "" {
			wrong.add("domain", "Choose the domain that you would move, or leave all of it empty.")
		}
		return move, wrong.err()
	}
	from, placed := m.Placement(input.Domain)
	if !placed {
		wrong.add("domain", "Choose one of the domains of this map.")
		return move, wrong.err()
	}
	move.From = model.Placement{Domain: from.Domain, Own: from.Own, Name: from.Name, InText: from.InText, Depth: from.Depth, Weight: from.Weight}
	if move.Depth == "" {
		move.Depth = from.Depth
	}
	if move.Weight == "" {
		move.Weight = from.Weight
	}
	switch {
	case input.Depth == "" && input.Weight == "":
		wrong.add("depth", "Choose where you would move it: to another depth, or by how much hangs on it.")
	case move.Depth == from.Depth && move.Weight == from.Weight:
		wrong.add("depth", "It stands there already. Choose another depth, or change how much hangs on it.")
	}
	return move, wrong.err()
}

// movesOn lists what mentors would move on a map, each mentor once, by their latest answer: who was shown it with two
// assessments may have said it twice.
func (a *App) movesOn(ctx context.Context, managerID, mapID string) (latest []model.MentorMove, err error) {
	all, err := a.store.MovesOn(ctx, managerID, mapID)
	for _, move := range all {
		if !slices.ContainsFunc(latest, func(one model.MentorMove) bool { return one.MentorID == move.MentorID }) {
			latest = append(latest, move)
		}
	}
	return latest, err
}
