package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// newFile is counted by client, as other things are that anybody can have kept.
const newFile creation = "new file to bring in"

// SendFile keeps a file that a manager wants to bring in, for them to look at what is new in it, in the place of one that
// they sent before. One that can't be brought in is a report.BadFile.
func (a *App) SendFile(ctx context.Context, managerID string, file model.SentFile, from string) error {
	if err := a.readable(ctx, file); err != nil {
		return err
	}
	file.SentAt = a.now()
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.admit(ctx, tx, from, newFile); err != nil {
			return err
		}
		return tx.PutSentFile(ctx, managerID, file)
	})
}

// SendFileAsNew is SendFile for a visitor who has no manager yet: it makes the manager and the session that the file
// belongs to, in a browser, labelled label, that has none yet. It returns the session's token.
func (a *App) SendFileAsNew(ctx context.Context, label string, zone model.Zone, file model.SentFile, from string) (token string, err error) {
	if err := a.readable(ctx, file); err != nil {
		return "", err
	}
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	token, file.SentAt = a.random(), a.now()
	return token, a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.beginManager(ctx, tx, manager, token, label, from, model.ToldZone{Zone: zone}, newFile); err != nil {
			return err
		}
		return tx.PutSentFile(ctx, manager.ID, file)
	})
}

// readingFile waits until no other file is read: each takes the memory of its largest part, and some time.
func (a *App) readingFile(ctx context.Context) (done func(), err error) {
	select {
	case a.importing <- struct{}{}:
		return func() { <-a.importing }, nil
	case <-ctx.Done():
		return nil, model.UnreachableError(ctx.Err())
	}
}

// readable reads a file to its end.
func (a *App) readable(ctx context.Context, file model.SentFile) error {
	done, err := a.readingFile(ctx)
	if err != nil {
		return err
	}
	defer done()
	_, err = a.reports.ReadHistory(unpacking(file.Content), a.now(), whileAsked(ctx, report.HistoryVisitor{
		Assessment: func(model.Answered) error { return nil }, Targets: func([]model.ScopeTarget) error { return nil },
		Cadence: func(model.Cadence) error { return nil }, Commitment: func(model.Commitment) error { return nil },
		Entry: func(model.LogEntry) error { return nil }, Map: func(model.DepthMap) error { return nil },
		Review: func(model.FileReview) error { return nil },
	}))
	return err
}

// whileAsked ends the reading of a file when nobody waits for it any more.
func whileAsked(ctx context.Context, visit report.HistoryVisitor) report.HistoryVisitor {
	assessment := visit.Assessment
	visit.Assessment = func(answered model.Answered) error {
		if err := ctx.Err(); err != nil {
			return model.UnreachableError(err)
		}
		return assessment(answered)
	}
	return visit
}

// DiscardFile lets go of the file that a manager sent.
func (a *App) DiscardFile(ctx context.Context, managerID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.DeleteSentFile(ctx, managerID) })
}

// Import says what would become of the file that a manager sent, or what became of it; model.ErrNotFound if they sent
// none, or too long ago.
func (a *App) Import(ctx context.Context, managerID string) (*model.ImportCheck, error) {
	check, _, err := a.importOf(ctx, managerID)
	return check, err
}

func (a *App) importOf(ctx context.Context, managerID string) (*model.ImportCheck, *model.SentFile, error) {
	file, err := a.store.SentFile(ctx, managerID, a.now().Add(-model.FileKept))
	if err != nil {
		return nil, nil, err
	}
	if file.Outcome != "" {
		check := &model.ImportCheck{SentAt: file.SentAt}
		return check, &file, json.Unmarshal([]byte(file.Outcome), &check.Brought)
	}
	done, err := a.readingFile(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	check, err := a.checkFile(ctx, managerID, file)
	return check, &file, err
}

// BringIn brings in what is new in the file that a manager sent, all of it or nothing; what is here already stays as it
// is. seen says what their page told of it: if that isn't so any more, it is a model.Conflict error. Where there is no room
// it is a model.Invalid error on "room". A file that was brought in already is not brought in again.
func (a *App) BringIn(ctx context.Context, managerID, seen string) error {
	check, file, err := a.importOf(ctx, managerID)
	switch {
	case err != nil:
		return err
	case check.Brought != nil:
		return nil
	case check.Seen != seen:
		return model.ConflictIn("seen")
	case len(check.Room) > 0:
		return refused("room", check.Room[0])
	}
	done, err := a.readingFile(ctx)
	if err != nil {
		return err
	}
	defer done()
	bringing := a.bringing(managerID, check)
	outcome, err := json.Marshal(bringing.counts)
	if err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		ended, err := tx.EndSentFile(ctx, managerID, file.Digest, string(outcome))
		if err != nil {
			return err
		}
		if !ended {
			return endedElsewhere(ctx, tx, managerID, file.Digest)
		}
		return bringing.into(ctx, tx, unpacking(file.Content))
	})
}

// endedElsewhere is a model.Conflict error unless a file was brought in by another press of the same button.
func endedElsewhere(ctx context.Context, tx *store.Store, managerID, digest string) error {
	now, err := tx.SentFile(ctx, managerID, firstFile)
	if errors.Is(err, model.ErrNotFound) || err == nil && (now.Digest != digest || now.Outcome == "") {
		return model.ConflictIn("seen")
	}
	return err
}

// checker compares a file with what its sender has.
type checker struct {
	app       *App
	ctx       context.Context
	managerID string
	check     *model.ImportCheck
	own       *ownParts
}

// ownParts are what a manager has, by the references under which it is exported.
type ownParts struct {
	references  model.References
	assessments map[string]string // ids, of drafts as well
	reviews     map[string]string // ids, of those that the manager doesn't see as well
	commitments map[string]model.Commitment
	entries     map[string]model.LogEntry
	maps        map[string]model.DepthMap
	shown       map[string]model.FileReview
	targets     map[string][]model.Target // by scope
	cadence     model.Cadence
	open        int
}

// ownParts reads what a manager has, but for the assessments themselves.
func (a *App) ownParts(ctx context.Context, managerID string) (*ownParts, error) {
	own := &ownParts{
		commitments: map[string]model.Commitment{}, entries: map[string]model.LogEntry{}, maps: map[string]model.DepthMap{},
		shown: map[string]model.FileReview{}, targets: map[string][]model.Target{},
	}
	var err error
	if own.references, err = a.store.References(ctx, managerID); err != nil {
		return nil, err
	}
	if own.assessments, err = a.store.Existing(ctx, managerID, model.AssessmentPart); err != nil {
		return nil, err
	}
	if own.reviews, err = a.store.Existing(ctx, managerID, model.ReviewPart); err != nil {
		return nil, err
	}
	rest, err := a.rest(ctx, a.store, managerID)
	if err != nil {
		return nil, err
	}
	for _, commitment := range rest.Commitments {
		own.commitments[own.references.Of(commitment.ID)] = commitment
		if commitment.Open() {
			own.open++
		}
	}
	for _, entry := range rest.Entries {
		own.entries[own.references.Of(entry.ID)] = entry
	}
	for _, m := range rest.Maps {
		own.maps[own.references.Of(m.ID)] = m
	}
	for _, target := range rest.Targets {
		own.targets[target.Scope] = append(own.targets[target.Scope], target.Target)
	}
	own.cadence = rest.Cadence
	reviews, err := a.store.Reviews(ctx, managerID, a.now())
	if err != nil {
		return nil, err
	}
	for _, review := range reviews {
		one := model.FileReview{MentorReview: *review}
		if one.Agreements, err = a.store.ReviewAgreements(ctx, review.ID); err != nil {
			return nil, err
		}
		one.Moves = slices.Clone(one.Moves)
		for i := range one.Moves {
			one.Moves[i].MapID = own.references.Of(one.Moves[i].MapID)
		}
		own.shown[own.references.Of(review.ID)] = one
	}
	return own, nil
}

// checkFile compares a file with what its sender has.
func (a *App) checkFile(ctx context.Context, managerID string, file model.SentFile) (*model.ImportCheck, error) {
	own, err := a.ownParts(ctx, managerID)
	if err != nil {
		return nil, err
	}
	c := &checker{app: a, ctx: ctx, managerID: managerID, own: own, check: &model.ImportCheck{SentAt: file.SentAt}}
	if _, err := a.reports.ReadHistory(unpacking(file.Content), a.now(), whileAsked(ctx, report.HistoryVisitor{
		Assessment: c.assessment, Targets: c.targets, Cadence: c.cadence, Commitment: c.commitment, Entry: c.entry, Map: c.depthMap, Review: c.review,
	})); err != nil {
		return nil, err
	}
	c.room()
	sum := sha256.New()
	fmt.Fprintln(sum, file.Digest)
	for _, part := range c.check.Parts {
		fmt.Fprintln(sum, part.Kind, part.Reference, part.State, part.Differs)
	}
	c.check.Seen = hex.EncodeToString(sum.Sum(nil))
	return c.check, nil
}

// add notes a part; found says that it is here, differs in what it differs.
func (c *checker) add(part model.FilePart, found bool, differs []string) error {
	switch {
	case !found:
		part.State = model.NewPart
	case len(differs) == 0:
		part.State = model.SamePart
	default:
		part.State, part.Differs = model.OtherPart, differs
	}
	c.check.Parts = append(c.check.Parts, part)
	return nil
}

func (c *checker) assessment(answered model.Answered) error {
	a := answered.Assessment
	part := model.FilePart{Kind: model.AssessmentPart, Reference: a.ID, At: a.FinishedAt, Title: a.Name}
	id, found := c.own.assessments[a.ID]
	if !found {
		return c.add(part, false, nil)
	}
	own, err := c.app.store.HistoryOf(c.ctx, c.managerID, []string{id})
	if err != nil {
		return err
	}
	if len(own) == 0 {
		return c.add(part, true, []string{"not finished here"})
	}
	if own[0].Rerating != nil {
		own[0].Rerating.EarlierID = c.own.references.Of(own[0].Rerating.EarlierID)
	}
	return c.add(part, true, report.AssessmentDiffers(own[0], answered))
}

func (c *checker) commitment(file model.Commitment) error {
	own, found := c.own.commitments[file.ID]
	part := model.FilePart{Kind: model.CommitmentPart, Reference: file.ID, At: file.MadeAt, Title: file.Action, Open: file.Open()}
	return c.add(part, found, report.CommitmentDiffers(own, file))
}

func (c *checker) entry(file model.LogEntry) error {
	own, found := c.own.entries[file.ID]
	return c.add(model.FilePart{Kind: model.EntryPart, Reference: file.ID, At: file.Day, Title: file.Words}, found, report.EntryDiffers(own, file))
}

func (c *checker) depthMap(file model.DepthMap) error {
	own, found := c.own.maps[file.ID]
	return c.add(model.FilePart{Kind: model.MapPart, Reference: file.ID, At: file.FinishedAt}, found, report.MapDiffers(own, file))
}

func (c *checker) review(file model.FileReview) error {
	part := model.FilePart{Kind: model.ReviewPart, Reference: file.ID, At: file.UpdatedAt, Title: file.By(), Of: file.AssessmentID}
	_, found := c.own.reviews[file.ID]
	own, shown := c.own.shown[file.ID]
	if found && !shown {
		return c.add(part, true, []string{"still being written here"})
	}
	return c.add(part, found, report.ReviewDiffers(own, file))
}

func (c *checker) targets(all []model.ScopeTarget) error {
	file := map[string][]model.Target{}
	var scopes []string
	for _, target := range all {
		if file[target.Scope] == nil {
			scopes = append(scopes, target.Scope)
		}
		file[target.Scope] = append(file[target.Scope], target.Target)
	}
	for _, scope := range scopes {
		own, found := c.own.targets[scope]
		var differs []string
		if !sameTargets(own, file[scope]) {
			differs = []string{"targets"}
		}
		if err := c.add(model.FilePart{Kind: model.TargetsPart, Reference: scope, Title: c.app.ScopeName(scope)}, found, differs); err != nil {
			return err
		}
	}
	return nil
}

// sameTargets compares targets, in whichever order.
func sameTargets(one, other []model.Target) bool {
	return len(one) == len(other) && !slices.ContainsFunc(one, func(target model.Target) bool { return !slices.Contains(other, target) })
}

func (c *checker) cadence(file model.Cadence) error {
	var differs []string
	if own := c.own.cadence; own.PulseWeeks != file.PulseWeeks || own.FullWeeks != file.FullWeeks {
		differs = []string{"weeks"}
	}
	return c.add(model.FilePart{Kind: model.CadencePart, At: file.ChosenAt}, c.own.cadence.Chosen(), differs)
}

// room says what of the new there is no room for.
func (c *checker) room() {
	open := c.own.open
	for _, part := range c.check.Of(model.CommitmentPart, model.NewPart) {
		if part.Open {
			open++
		}
	}
	for _, bound := range []struct {
		what       string
		have, most int
	}{
		{"assessments", len(c.own.assessments) + c.check.Count(model.AssessmentPart, model.NewPart), model.AssessmentLimit},
		{"commitments", len(c.own.commitments) + c.check.Count(model.CommitmentPart, model.NewPart), model.CommitmentLimit},
		{"commitments that you are at", open, model.OpenLimit},
		{"entries in your log", len(c.own.entries) + c.check.Count(model.EntryPart, model.NewPart), model.EntryLimit},
		{"depth maps", len(c.own.maps) + c.check.Count(model.MapPart, model.NewPart), model.MapLimit},
		{"reviews by mentors", len(c.own.reviews) + c.check.Count(model.ReviewPart, model.NewPart), model.ReviewLimit},
	} {
		if bound.have > bound.most {
			c.check.Room = append(c.check.Room, fmt.Sprintf("You would have %d %s, and %d are kept of one person.", bound.have, bound.what, bound.most))
		}
	}
}
