package app

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// firstFile is before any file was sent.
var firstFile = time.UnixMilli(0)

// bringing brings in what is new in a file.
type bringing struct {
	app       *App
	managerID string
	at        time.Time
	counts    map[model.PartKind]int
	// fresh gives the new ids by kind and reference. They are in the order of the references, so that two things of one
	// moment keep their order and the next export is the file, to the byte.
	fresh map[model.PartKind]map[string]string
	// file holds the references of all assessments of the file.
	file map[string]bool
	// check is what was shown.
	check *model.ImportCheck
}

func (a *App) bringing(managerID string, check *model.ImportCheck) *bringing {
	b := &bringing{
		app: a, managerID: managerID, at: a.now(), check: check,
		counts: map[model.PartKind]int{}, fresh: map[model.PartKind]map[string]string{}, file: map[string]bool{},
	}
	for _, part := range check.Parts {
		if part.Kind == model.AssessmentPart {
			b.file[part.Reference] = true
		}
	}
	for _, kind := range model.PartKinds {
		var references, ids []string
		for _, part := range check.Of(kind, model.NewPart) {
			references, ids = append(references, part.Reference), append(ids, a.random())
		}
		slices.Sort(references)
		slices.Sort(ids)
		b.fresh[kind] = map[string]string{}
		for i, reference := range references {
			b.fresh[kind][reference] = ids[i]
		}
		b.counts[kind] = len(ids)
	}
	return b
}

// into brings it in, in one transaction. What has changed since it was shown is a model.Conflict error.
func (b *bringing) into(ctx context.Context, tx *store.Store, open func() (io.Reader, error)) error {
	here := map[model.PartKind]map[string]string{}
	for _, kind := range []model.PartKind{model.AssessmentPart, model.CommitmentPart, model.EntryPart, model.MapPart, model.ReviewPart} {
		existing, err := tx.Existing(ctx, b.managerID, kind)
		if err != nil {
			return err
		}
		here[kind] = existing
		for _, part := range b.check.Parts {
			if _, found := existing[part.Reference]; part.Kind == kind && found != (part.State != model.NewPart) {
				return model.ConflictIn("seen")
			}
		}
	}
	if err := b.bounds(ctx, tx, here); err != nil {
		return err
	}
	finished, err := tx.Assessments(ctx, b.managerID, model.Complete)
	if err != nil {
		return err
	}
	mentors, err := b.mentors(ctx, tx)
	if err != nil {
		return err
	}
	ids := maps.Clone(here[model.AssessmentPart])
	maps.Copy(ids, b.fresh[model.AssessmentPart])
	written := map[string]bool{}
	whole, err := b.app.reports.ReadHistoryAgain(open, report.HistoryVisitor{
		Assessment: func(answered model.Answered) error { return b.assessment(ctx, tx, answered, ids, written) },
		Commitment: func(commitment model.Commitment) error {
			reference := commitment.ID
			id, fresh := b.fresh[model.CommitmentPart][reference]
			if commitment.ID = id; !fresh {
				return nil
			}
			return tx.BringCommitment(ctx, b.managerID, commitment, reference, b.at)
		},
		Entry: func(entry model.LogEntry) error {
			reference := entry.ID
			id, fresh := b.fresh[model.EntryPart][reference]
			if entry.ID = id; !fresh {
				return nil
			}
			return tx.BringLogEntry(ctx, b.managerID, entry, reference, b.at)
		},
		Map: func(m model.DepthMap) error {
			reference := m.ID
			id, fresh := b.fresh[model.MapPart][reference]
			if m.ID, m.ManagerID = id, b.managerID; !fresh {
				return nil
			}
			return tx.BringDepthMap(ctx, m, reference, b.at)
		},
		Review: func(review model.FileReview) error {
			return b.review(ctx, tx, review, ids, here[model.MapPart], mentors)
		},
		Targets: func(all []model.ScopeTarget) error { return b.targets(ctx, tx, all) },
		Cadence: func(cadence model.Cadence) error { return b.cadence(ctx, tx, cadence) },
	})
	if err != nil {
		return err
	}
	// The noise of each assessment was estimated from those before it in its own history. In a history of two it can't be
	// estimated again, no more than where the file itself lacks something.
	other := slices.ContainsFunc(finished, func(own *model.Assessment) bool { return !b.file[referenceOf(here, own.ID)] })
	if b.counts[model.AssessmentPart] > 0 && (!whole || other) {
		return tx.MarkIncomplete(ctx, b.managerID)
	}
	return nil
}

// referenceOf is under which reference an assessment is here.
func referenceOf(here map[model.PartKind]map[string]string, id string) string {
	for reference, own := range here[model.AssessmentPart] {
		if own == id {
			return reference
		}
	}
	return id
}

// bounds is a model.Conflict error where what was begun elsewhere since has taken the room.
func (b *bringing) bounds(ctx context.Context, tx *store.Store, here map[model.PartKind]map[string]string) error {
	for kind, most := range map[model.PartKind]int{
		model.AssessmentPart: model.AssessmentLimit, model.CommitmentPart: model.CommitmentLimit, model.EntryPart: model.EntryLimit,
		model.MapPart: model.MapLimit, model.ReviewPart: model.ReviewLimit,
	} {
		if b.counts[kind] > 0 && len(here[kind])+b.counts[kind] > most {
			return model.ConflictIn("seen")
		}
	}
	open := 0
	for _, part := range b.check.Of(model.CommitmentPart, model.NewPart) {
		if part.Open {
			open++
		}
	}
	if open == 0 {
		return nil
	}
	own, err := tx.Commitments(ctx, b.managerID)
	for _, commitment := range own {
		if commitment.Open() {
			open++
		}
	}
	if err == nil && open > model.OpenLimit {
		return model.ConflictIn("seen")
	}
	return err
}

func (b *bringing) assessment(ctx context.Context, tx *store.Store, answered model.Answered, ids map[string]string, written map[string]bool) error {
	assessment := answered.Assessment
	reference := assessment.ID
	id, fresh := b.fresh[model.AssessmentPart][reference]
	if !fresh {
		return nil
	}
	assessment.ID, assessment.ManagerID, assessment.BroughtAt = id, b.managerID, b.at
	for item, answer := range answered.Answers {
		if answer.UpdatedAt.IsZero() { // files of earlier formats don't say when a note was written
			answer.UpdatedAt = assessment.FinishedAt
			answered.Answers[item] = answer
		}
	}
	if answered.Rerating != nil {
		answered.Rerating.AssessmentID, answered.Rerating.EarlierID = id, ids[answered.Rerating.EarlierID]
	}
	return tx.BringAssessment(ctx, answered, reference, written)
}

// brought are the mentors of what was brought in before: their ids here by their references, and by assessment which of
// them have a review of it.
type brought struct {
	ids      map[string]string
	reviewed map[string]bool
}

func (b *bringing) mentors(ctx context.Context, tx *store.Store) (*brought, error) {
	known := &brought{ids: map[string]string{}, reviewed: map[string]bool{}}
	references, err := tx.References(ctx, b.managerID)
	if err != nil {
		return nil, err
	}
	reviews, err := tx.Reviews(ctx, b.managerID, b.at)
	for _, review := range reviews {
		if !review.BroughtAt.IsZero() {
			known.ids[references.Of(review.MentorID)] = review.MentorID
			known.reviewed[review.AssessmentID+" "+review.MentorID] = true
		}
	}
	return known, err
}

// review brings in a review under a mentor who is nobody here, the same one for all reviews of one mentor of the file. A
// mentor of this installation is never taken for theirs: words that stand in a file must not become somebody's own.
func (b *bringing) review(ctx context.Context, tx *store.Store, review model.FileReview, ids, maps map[string]string, mentors *brought) error {
	reference, mentorReference := review.ID, review.MentorID
	id, fresh := b.fresh[model.ReviewPart][reference]
	if !fresh {
		return nil
	}
	review.ID, review.AssessmentID, review.ShareID = id, ids[review.AssessmentID], b.app.random()
	mentor, known := mentors.ids[mentorReference]
	if !known || mentors.reviewed[review.AssessmentID+" "+mentor] {
		mentor = b.app.random()
		mentors.ids[mentorReference] = mentor
	}
	mentors.reviewed[review.AssessmentID+" "+mentor] = true
	review.MentorID = mentor
	for i, move := range review.Moves {
		review.Moves[i].MapID = cmp.Or(b.fresh[model.MapPart][move.MapID], maps[move.MapID])
	}
	return tx.BringReview(ctx, b.managerID, review, reference, mentorReference, hashToken(b.app.secret()), b.at)
}

func (b *bringing) targets(ctx context.Context, tx *store.Store, all []model.ScopeTarget) error {
	for scope := range b.fresh[model.TargetsPart] {
		existing, err := tx.Targets(ctx, b.managerID, scope)
		if err != nil {
			return err
		}
		if len(existing) > 0 {
			return model.ConflictIn("seen")
		}
		var own []model.Target
		for _, target := range all {
			if target.Scope == scope {
				own = append(own, target.Target)
			}
		}
		if err := tx.PutTargets(ctx, b.managerID, scope, own); err != nil {
			return err
		}
	}
	return nil
}

func (b *bringing) cadence(ctx context.Context, tx *store.Store, cadence model.Cadence) error {
	if b.counts[model.CadencePart] == 0 {
		return nil
	}
	own, err := tx.Cadence(ctx, b.managerID)
	if err == nil && own.Chosen() {
		err = model.ConflictIn("seen")
	}
	if err != nil {
		return err
	}
	return tx.PutCadence(ctx, b.managerID, cadence)
}
