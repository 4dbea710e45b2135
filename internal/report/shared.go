package report

import (
	"slices"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// shareForMentor leaves out of a share what only its manager sees.
func shareForMentor(share *model.Share) *model.Share {
	shown := *share
	shown.ManagerID, shown.SecretHash, shown.Label = "", "", ""
	shown.Openings, shown.LastOpened, shown.Held = 0, time.Time{}, false
	shown.Commitments, shown.Entries = nil, nil
	return &shown
}

// MapForMentor leaves out of a depth map who made it, and when it was begun.
func MapForMentor(m model.DepthMap) model.DepthMap {
	m.ManagerID, m.StartedAt = "", time.Time{}
	return m
}

// assessmentForMentor leaves out of an assessment the manager's own name for it, and who they are.
func assessmentForMentor(assessment *model.Assessment) *model.Assessment {
	shown := *assessment
	shown.ManagerID, shown.Name = "", ""
	return &shown
}

// ReviewForMentor leaves out of a review what only its manager sees.
func ReviewForMentor(review *model.MentorReview) *model.MentorReview {
	shown := *review
	shown.ShareID, shown.Label = "", ""
	shown.SetAsideAt, shown.Own = time.Time{}, false
	return &shown
}

// SharedFrom returns a share as its mentor sees it, without a score. It leaves out the manager's own names for the
// recipient and the assessment, and the targets: nothing should sway the mentor.
func (r Reports) SharedFrom(share *model.Share, assessment *model.Assessment, review *model.MentorReview) *model.Shared {
	shared := &model.Shared{Share: shareForMentor(share), Assessment: assessmentForMentor(assessment), Review: ReviewForMentor(review)}
	shared.Assessment.Noise, shared.Assessment.Constants = measure.Noise{}, measure.Constants{}
	shared.Scope, _ = r.Library.Model.Scope(assessment.Scope)
	shared.Craft, _ = r.Library.Model.Craft(assessment.Craft)
	shared.Assessment.Sections = nil
	var rest []model.SharedCompetency
	for _, section := range assessment.Sections {
		section.Target, section.Importance = 0, 0
		shared.Assessment.Sections = append(shared.Assessment.Sections, section)
		competency, area := r.Place(section.Competency)
		one := model.SharedCompetency{
			NamedCompetency: model.NamedCompetency{ID: competency.ID, Name: competency.Name}, Area: area, Section: section,
			Asked: share.Asks(section.Competency), Rating: review.Rating(section.Competency),
		}
		if one.Asked {
			shared.Competencies = append(shared.Competencies, one)
		} else {
			rest = append(rest, one)
		}
	}
	shared.Competencies = append(shared.Competencies, rest...)
	r.addCommitments(shared, share)
	r.addEntries(shared, share)
	r.addMapWaits(shared, share)
	return shared
}

// addCommitments adds the commitments that a share shows. What somebody works on says where they think they are low: so
// each waits until its competency can't be rated blind any more.
func (r Reports) addCommitments(shared *model.Shared, share *model.Share) {
	for _, commitment := range share.Commitments {
		if canLean(shared, share, commitment.Competency.ID) {
			shared.Later++
			continue
		}
		commitment.Competency = r.Named(commitment.Competency.ID)
		shared.Commitments = append(shared.Commitments, commitment)
	}
}

// canLean reports whether what is said of a competency could lean a rating that is still to be given blind.
func canLean(shared *model.Shared, share *model.Share, competency string) bool {
	one, asked := shared.Competency(competency)
	known := !one.Rating.RevealedAt.IsZero() || !share.Scope.Result && one.Rating.Current() != model.Blank
	return share.Scope.Rating && asked && !known
}

// addMapWaits adds for which competencies the depth map of a share waits. It holds no score, but what it says can lean
// some ratings; and what the manager asks about is to be rated before anything else is seen.
func (r Reports) addMapWaits(shared *model.Shared, share *model.Share) {
	if !share.Scope.Map {
		return
	}
	leans := r.MapLeans(shared)
	for _, competency := range shared.Competencies {
		if slices.Contains(leans, competency.ID) && canLean(shared, share, competency.ID) {
			shared.MapWaits = append(shared.MapWaits, competency)
		}
	}
}

// MapLeans are the competencies of a share of which its depth map can lean a rating: where somebody says that they know
// little or rely on nobody, it speaks of the competencies of what it offers to do about that. Those that the manager asks
// about are among them.
func (r Reports) MapLeans(shared *model.Shared) (leans []string) {
	spoken := map[string]bool{}
	for _, id := range r.Library.Depths.Practices {
		if practice, found := r.Library.Practice(id); found {
			spoken[practice.Competency] = true
		}
	}
	for _, competency := range shared.Competencies {
		if competency.Asked || spoken[competency.ID] {
			leans = append(leans, competency.ID)
		}
	}
	return leans
}

// ListLeans are the competencies of a share of which the commitments and entries that it shows by now can lean a rating. An
// entry that speaks of no competency may speak of any.
func ListLeans(shared *model.Shared) (leans []string) {
	for _, commitment := range shared.Commitments {
		leans = append(leans, commitment.Competency.ID)
	}
	for _, entry := range shared.Entries {
		if entry.Competency.ID != "" {
			leans = append(leans, entry.Competency.ID)
			continue
		}
		for _, competency := range shared.Competencies {
			leans = append(leans, competency.ID)
		}
	}
	slices.Sort(leans)
	return slices.Compact(leans)
}

// addEntries adds the entries of the log that a share shows, each once it can lean no rating. One that speaks of no
// competency may speak of any, so it waits for all of them.
func (r Reports) addEntries(shared *model.Shared, share *model.Share) {
	any := false
	for _, competency := range shared.Competencies {
		any = any || canLean(shared, share, competency.ID)
	}
	for _, entry := range share.Entries {
		id := entry.Competency.ID
		if id == "" && any || id != "" && canLean(shared, share, id) {
			shared.EntriesLater++
			continue
		}
		if id != "" {
			entry.Competency = r.Named(id)
		}
		shared.Entries = append(shared.Entries, entry)
	}
}
