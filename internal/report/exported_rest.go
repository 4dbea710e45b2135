package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"whetstone/internal/model"
)

// ExportedRest is what a manager keeps besides assessments, in an export that holds everything. What there is nothing of
// is left out.
type ExportedRest struct {
	// Targets are the manager's own, by scope.
	Targets []ExportedTarget `json:"targets,omitzero"`
	// Cadence, Commitments, Log and Maps are as in the exports of a plan, a log and depth maps.
	Cadence *ExportedCadence `json:"cadence,omitzero"`
	// Commitments are the oldest first, the entries of the log and the finished depth maps the newest first.
	Commitments []ExportedCommitment `json:"commitments,omitzero"`
	Log         []ExportedEntry      `json:"log,omitzero"`
	Maps        []ExportedMap        `json:"maps,omitzero"`
	// Reviews are what mentors say of the assessments, the oldest first.
	Reviews []ExportedMentorReview `json:"reviews,omitzero"`
}

// ExportedTarget is a manager's own target and importance for a competency at a scope.
type ExportedTarget struct {
	Scope      string  `json:"scope"`
	Competency string  `json:"competency"`
	Target     float64 `json:"target"`
	Importance int     `json:"importance"`
}

// ExportedMentorReview is a review with the assessment that it is of.
type ExportedMentorReview struct {
	Assessment string `json:"assessment"`
	// RepliedAt is when the manager answered the question back; it is left out where they haven't.
	RepliedAt time.Time `json:"replied_at,omitzero"`
	ExportedReview
}

// Rest is what a manager keeps besides assessments, as it is read.
type Rest struct {
	Targets     []model.ScopeTarget
	Cadence     model.Cadence
	Commitments []model.Commitment
	Bets        model.Bet
	Entries     []model.LogEntry
	Maps        []model.DepthMap
}

// ExportRest gives what a manager keeps besides assessments as an export has it, without the reviews, under the ids that
// it is exported under.
func ExportRest(rest Rest, references model.References) ExportedRest {
	var export ExportedRest
	for _, target := range rest.Targets {
		export.Targets = append(export.Targets, ExportedTarget{target.Scope, target.Competency, target.Value, target.Importance})
	}
	slices.SortFunc(export.Targets, func(one, other ExportedTarget) int {
		return cmp.Or(cmp.Compare(one.Scope, other.Scope), cmp.Compare(one.Competency, other.Competency))
	})
	export.Cadence = exportCadence(rest.Cadence)
	export.Commitments = exportCommitments(rest.Commitments, rest.Bets)
	export.Log = exportEntries(rest.Entries)
	for _, m := range rest.Maps {
		if m.Finished() {
			export.Maps = append(export.Maps, exportMap(m))
		}
	}
	for i := range export.Commitments {
		export.Commitments[i].Refer(references)
	}
	for i := range export.Log {
		export.Log[i].ID = references.Of(export.Log[i].ID)
	}
	for i := range export.Maps {
		export.Maps[i].ID = references.Of(export.Maps[i].ID)
	}
	return export
}

// Refer puts the ids under which an assessment, and those that it names, are exported.
func (e *ExportedAssessment) Refer(references model.References) {
	e.ID, e.ComparedWith = references.Of(e.ID), references.Of(e.ComparedWith)
	if e.LookingBack != nil {
		e.LookingBack.Earlier = references.Of(e.LookingBack.Earlier)
	}
}

// Refer puts the ids under which a commitment, and the assessments that it names, are exported.
func (e *ExportedCommitment) Refer(references model.References) {
	e.ID = references.Of(e.ID)
	if e.Bet != nil {
		e.Bet.From, e.Bet.To = references.Of(e.Bet.From), references.Of(e.Bet.To)
	}
}

// Refer puts the ids under which all in a conversation is exported.
func (e *ExportedConversation) Refer(references model.References) {
	e.Assessment = references.Of(e.Assessment)
	for i := range e.Reviews {
		e.Reviews[i].ID, e.Reviews[i].Mentor = references.Of(e.Reviews[i].ID), references.Of(e.Reviews[i].Mentor)
		for j := range e.Reviews[i].Moves {
			e.Reviews[i].Moves[j].Map = references.Of(e.Reviews[i].Moves[j].Map)
		}
	}
	for _, line := range e.GapsOverTime {
		for i := range line.Points {
			line.Points[i].Assessment = references.Of(line.Points[i].Assessment)
		}
		for i := range line.Changes {
			line.Changes[i].From, line.Changes[i].To = references.Of(line.Changes[i].From), references.Of(line.Changes[i].To)
		}
	}
}

// ExportMentorReview is a review of an assessment as an export that holds everything has it. Competencies are in the
// order of the assessment's.
func ExportMentorReview(review *model.MentorReview, assessment *model.Assessment, agreements []model.AgreedLevel, references model.References) ExportedMentorReview {
	var rows []model.ConversationRow
	for _, section := range assessment.Sections {
		one := model.ReviewRating{Review: review, Rating: review.Rating(section.Competency)}
		for i := range agreements {
			if agreements[i].ReviewID == review.ID && agreements[i].Competency == section.Competency && agreements[i].Level != 0 {
				one.Agreed = &agreements[i]
			}
		}
		if one.Rating.Current() != model.Blank || one.Rating.Comment != "" || one.Agreed != nil {
			row := model.ConversationRow{Ratings: []model.ReviewRating{one}}
			row.Competency.ID = section.Competency
			rows = append(rows, row)
		}
	}
	exported := ExportedMentorReview{
		Assessment: references.Of(assessment.ID), RepliedAt: review.RepliedAt, ExportedReview: ExportReview(review, rows),
	}
	exported.ID, exported.Mentor = references.Of(review.ID), references.Of(review.MentorID)
	for i := range exported.Moves {
		exported.Moves[i].Map = references.Of(exported.Moves[i].Map)
	}
	return exported
}

// read gives the commitment back that was exported.
func (e ExportedCommitment) read() (model.Commitment, error) {
	commitment := model.Commitment{
		ID: e.ID, Competency: model.NamedCompetency{ID: e.Competency}, Practice: e.Practice, Domain: e.Domain,
		Occasion: e.Occasion, Action: e.Action, Notice: e.Notice, MadeAt: e.MadeAt, ClosedAt: e.ClosedAt, Revision: 1,
	}
	for _, told := range e.FollowUps {
		commitment.FollowUps = append(commitment.FollowUps, model.FollowUp{Became: told.Became, Line: told.Line, Carried: told.CarriedOn, ToldAt: told.ToldAt})
	}
	if e.Bet != nil {
		commitment.Bet = int(math.Round(e.Bet.Chance * 100))
	}
	var err error
	commitment.Until, err = readDay("until", e.Until)
	return commitment, err
}

// read gives the entry back that was exported.
func (e ExportedEntry) read() (model.LogEntry, error) {
	day, err := readDay("day", e.Day)
	return model.LogEntry{ID: e.ID, Competency: model.NamedCompetency{ID: e.Competency}, Day: day, Words: e.Words, MadeAt: e.MadeAt}, err
}

func readDay(field, text string) (time.Time, error) {
	day, err := time.Parse(model.DateLayout, text)
	if err != nil {
		return day, fmt.Errorf("%s: %s is no day", field, inWords(text))
	}
	return day, nil
}

// read gives the review back that was exported.
func (e ExportedMentorReview) read() model.FileReview {
	review := model.FileReview{MentorReview: model.MentorReview{
		ID: e.ID, AssessmentID: e.Assessment, MentorID: e.Mentor, Label: e.Label, Name: e.Name, Overall: e.Overall, Question: e.Question,
		Asked: e.Asked, Answer: e.Answer, Reply: e.Reply, RepliedAt: e.RepliedAt, StartedAt: e.StartedAt, UpdatedAt: e.StartedAt,
		SentAt: momentOf(e.SentAt), SetAsideAt: momentOf(e.SetAsideAt), Constants: e.Constants, Ratings: map[string]model.Rating{},
	}}
	if !review.SentAt.IsZero() {
		review.UpdatedAt = review.SentAt
	}
	for _, rated := range e.Ratings {
		rating := model.Rating{
			Competency: rated.Competency, Level: readLevel(rated.Level), Later: readLevel(rated.Later), Comment: rated.Comment,
			RevealedAt: momentOf(rated.RevealedAt), UpdatedAt: review.UpdatedAt,
		}
		review.Ratings[rated.Competency] = rating
		if agreed := rated.Agreed; agreed != nil {
			review.Agreements = append(review.Agreements, model.AgreedLevel{
				ReviewID: e.ID, Competency: rated.Competency, Level: agreed.Level, Sentence: agreed.Sentence, ProposedBy: agreed.ProposedBy,
				ProposedAt: agreed.ProposedAt, ConfirmedAt: momentOf(agreed.ConfirmedAt),
			})
		}
	}
	for _, move := range e.Moves {
		review.Moves = append(review.Moves, model.MapMove{
			MapID: move.Map, MapAt: move.MapAt, From: model.Placement{Domain: move.Domain, Name: move.Name, Depth: move.FromDepth, Weight: move.FromWeight},
			Depth: move.Depth, Weight: move.Weight, Words: move.Words, UpdatedAt: move.UpdatedAt,
		})
	}
	return review
}

// momentOf reads back what exportMoment wrote.
func momentOf(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// readLevel reads back what exportLevel wrote.
func readLevel(level *int) model.Level {
	if level == nil {
		return model.Blank
	}
	return model.Level(*level)
}

// restAgain works out again what an export says of what it holds besides assessments: what bets came to, what depth maps
// say, and which ratings count as blind.
func (r Reports) restAgain(inFile *ExportedRest, assessments []model.Answered) (again ExportedRest, err error) {
	again = *inFile
	again.Commitments, again.Maps, again.Reviews = nil, nil, nil
	var commitments []model.Commitment
	for i, exported := range inFile.Commitments {
		commitment, err := exported.read()
		if err != nil {
			return again, fmt.Errorf("commitment %d (%s): %w", i+1, printable(exported.ID), err)
		}
		commitments = append(commitments, commitment)
	}
	again.Commitments = exportCommitments(commitments, r.Bets(assessments, commitments))
	for _, exported := range inFile.Maps {
		again.Maps = append(again.Maps, exportMap(exported.read()))
	}
	for _, exported := range inFile.Reviews {
		review := exported.read()
		exported.Ratings = slices.Clone(exported.Ratings)
		for i := range exported.Ratings {
			exported.Ratings[i].Blind = review.Rating(exported.Ratings[i].Competency).Blind() && review.Counts()
		}
		again.Reviews = append(again.Reviews, exported)
	}
	return again, nil
}
