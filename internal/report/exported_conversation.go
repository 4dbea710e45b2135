package report

import (
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// ConversationFormat names the layout of an exported conversation.
const ConversationFormat = "whetstone-conversation-1"

// ExportedConversation is what a manager's mentors say of one finished assessment, with all words, and the numbers
// that its verdicts rest on. Levels are 1 to 5.
type ExportedConversation struct {
	Format      string `json:"format"`
	Assessment  string `json:"assessment"`
	PeriodStart string `json:"period_start"`
	PeriodEnd   string `json:"period_end"`
	// Noise and Constants are those frozen in the assessment.
	Noise     measure.Noise     `json:"noise"`
	Constants measure.Constants `json:"constants"`
	// Reviews are the oldest first.
	Reviews      []ExportedReview    `json:"reviews"`
	Competencies []ExportedBothViews `json:"competencies"`
	GapsOverTime []ExportedGapLine   `json:"gaps_over_time"`
}

// ExportedReview is one mentor's review. Mentor is the same in all reviews of the same browser.
type ExportedReview struct {
	ID     string `json:"id"`
	Mentor string `json:"mentor"`
	// Label is the manager's word for the recipient, Name what the mentor calls themself; "" for none.
	Label    string `json:"label"`
	Name     string `json:"name"`
	Overall  string `json:"overall"`
	Question string `json:"question"`
	// Asked is the manager's own question, Answer what the mentor answers to it.
	Asked  string `json:"asked,omitzero"`
	Answer string `json:"answer,omitzero"`
	// Reply is what the manager answers to Question.
	Reply     string    `json:"reply,omitzero"`
	StartedAt time.Time `json:"started_at"`
	// SentAt is null where the review was not sent and its links ended: nothing of it counts.
	SentAt *time.Time `json:"sent_at"`
	// SetAsideAt is when the manager set it aside; it is left out where it counts.
	SetAsideAt *time.Time              `json:"set_aside_at,omitzero"`
	Constants  measure.MentorConstants `json:"constants"`
	Ratings    []ExportedRating        `json:"ratings"`
	// Moves are what they would move on depth maps that were shared with them.
	Moves []ExportedMove `json:"map_moves,omitzero"`
}

// ExportedMove is which domain of a depth map a mentor would move, from where and where to.
type ExportedMove struct {
	Map        string       `json:"map"`
	MapAt      time.Time    `json:"map_finished_at"`
	Domain     string       `json:"domain"`
	Name       string       `json:"name"`
	FromDepth  model.Depth  `json:"from_depth"`
	FromWeight model.Weight `json:"from_weight"`
	Depth      model.Depth  `json:"depth"`
	Weight     model.Weight `json:"weight"`
	Words      string       `json:"words,omitzero"`
	UpdatedAt  time.Time    `json:"updated_at"`
}

// ExportedRating is how a mentor sees one competency. Of Level and Later 0 means "not observed", null none.
type ExportedRating struct {
	Competency string `json:"competency"`
	// Level was given before the manager's score was shown, Later after it.
	Level *int `json:"level"`
	Later *int `json:"later_level"`
	// Blind reports whether Level counts: it is on the scale and was given first, and the review was sent and not set aside.
	Blind   bool   `json:"blind"`
	Comment string `json:"comment"`
	// RevealedAt is null where the score was not shown.
	RevealedAt *time.Time `json:"revealed_at"`
	// Agreed is what both agree on or one of them proposes; null for none.
	Agreed *ExportedAgreedLevel `json:"agreed"`
}

// ExportedAgreedLevel is a level with one sentence; ConfirmedAt is null while it is a proposal.
type ExportedAgreedLevel struct {
	Level       float64     `json:"level"`
	Sentence    string      `json:"sentence"`
	ProposedBy  model.Party `json:"proposed_by"`
	ProposedAt  time.Time   `json:"proposed_at"`
	ConfirmedAt *time.Time  `json:"confirmed_at"`
}

// ExportedBothViews is the manager's own score of a competency, null where too little was answered, beside
// the mean of the blind ratings.
type ExportedBothViews struct {
	Competency string            `json:"competency"`
	Score      *ExportedScore    `json:"score"`
	Agreement  ExportedAgreement `json:"agreement"`
}

// ExportedAgreement is how a score and the mean of blind ratings relate; without both there is no gap.
type ExportedAgreement struct {
	Verdict       measure.AgreementVerdict `json:"verdict"`
	Mentors       int                      `json:"mentors"`
	MentorMean    float64                  `json:"mentor_mean"`
	Lower         float64                  `json:"band_lower"`
	Upper         float64                  `json:"band_upper"`
	Gap           float64                  `json:"gap"`
	StandardError float64                  `json:"standard_error"`
	Degrees       float64                  `json:"degrees_of_freedom"`
	P             float64                  `json:"p"`
}

// ExportedGapLine is how the gap to each mentor changed in one competency.
type ExportedGapLine struct {
	Competency string             `json:"competency"`
	Points     []ExportedGapPoint `json:"points"`
	Changes    []ExportedGap      `json:"changes"`
}

// ExportedGapPoint is both views at one assessment. Without mentors their numbers are 0.
type ExportedGapPoint struct {
	Assessment string         `json:"assessment"`
	Self       *ExportedScore `json:"score"`
	Mentors    int            `json:"mentors"`
	MentorMean float64        `json:"mentor_mean"`
	Lower      float64        `json:"band_lower"`
	Upper      float64        `json:"band_upper"`
}

// ExportedGap is how the gap to one mentor changed between two assessments.
type ExportedGap struct {
	Name          string             `json:"name"`
	From          string             `json:"from"`
	To            string             `json:"to"`
	Verdict       measure.GapVerdict `json:"verdict"`
	Earlier       float64            `json:"earlier_gap"`
	Later         float64            `json:"later_gap"`
	Change        float64            `json:"change"`
	StandardError float64            `json:"standard_error"`
	Degrees       float64            `json:"degrees_of_freedom"`
	P             float64            `json:"p"`
}

// ExportReview is what a mentor wrote as an export holds it.
func ExportReview(review *model.MentorReview, rows []model.ConversationRow) ExportedReview {
	export := ExportedReview{
		ID: review.ID, Mentor: review.MentorID, Label: review.Label, Name: review.Name,
		Overall: review.Overall, Question: review.Question, Asked: review.Asked, Answer: review.Answer, Reply: review.Reply, StartedAt: review.StartedAt, SentAt: exportMoment(review.SentAt), SetAsideAt: exportMoment(review.SetAsideAt),
		Constants: review.Constants, Ratings: []ExportedRating{}, Moves: exportMoves(review),
	}
	for _, row := range rows {
		for _, one := range row.Ratings {
			if one.Review.ID != review.ID {
				continue
			}
			export.Ratings = append(export.Ratings, ExportedRating{
				Competency: row.Competency.ID, Level: exportLevel(one.Rating.Level), Later: exportLevel(one.Rating.Later),
				Blind: one.Rating.Blind() && review.Counts(), Comment: one.Rating.Comment, RevealedAt: exportMoment(one.Rating.RevealedAt),
				Agreed: exportAgreed(one.Agreed),
			})
		}
	}
	return export
}

func exportMoves(review *model.MentorReview) (moves []ExportedMove) {
	for _, move := range review.Moved() {
		moves = append(moves, ExportedMove{
			Map: move.MapID, MapAt: move.MapAt, Domain: move.From.Domain, Name: move.From.Name, FromDepth: move.From.Depth,
			FromWeight: move.From.Weight, Depth: move.Depth, Weight: move.Weight, Words: move.Words, UpdatedAt: move.UpdatedAt,
		})
	}
	return moves
}

func exportAgreed(agreed *model.AgreedLevel) *ExportedAgreedLevel {
	if agreed == nil {
		return nil
	}
	return &ExportedAgreedLevel{
		Level: agreed.Level, Sentence: agreed.Sentence, ProposedBy: agreed.ProposedBy,
		ProposedAt: agreed.ProposedAt, ConfirmedAt: exportMoment(agreed.ConfirmedAt),
	}
}

// ExportBothViews is one competency in both views as an export holds it.
func ExportBothViews(row model.ConversationRow) ExportedBothViews {
	agreement := row.Agreement
	return ExportedBothViews{Competency: row.Competency.ID, Score: exportScore(row.Competency.Score), Agreement: ExportedAgreement{
		Verdict: agreement.Verdict, Mentors: agreement.Mentors, MentorMean: agreement.MentorMean,
		Lower: row.MentorLower, Upper: row.MentorUpper, Gap: agreement.Gap,
		StandardError: agreement.StandardError, Degrees: agreement.Degrees, P: agreement.P,
	}}
}

// ExportGapLine is how a gap went over time as an export holds it.
func ExportGapLine(line model.GapLine) ExportedGapLine {
	export := ExportedGapLine{Competency: line.ID, Points: []ExportedGapPoint{}, Changes: []ExportedGap{}}
	for _, point := range line.Points {
		export.Points = append(export.Points, ExportedGapPoint{
			Assessment: point.Assessment.ID, Self: exportScore(point.Self), Mentors: point.Mentors,
			MentorMean: point.MentorMean, Lower: point.MentorLower, Upper: point.MentorUpper,
		})
	}
	for _, change := range line.Changes {
		export.Changes = append(export.Changes, ExportedGap{
			Name: change.Name, From: change.From.ID, To: change.To.ID, Verdict: change.Change.Verdict,
			Earlier: change.Change.Earlier, Later: change.Change.Later, Change: change.Change.Change,
			StandardError: change.Change.StandardError, Degrees: change.Change.Degrees, P: change.Change.P,
		})
	}
	return export
}

// exportMoment returns a moment, null for none.
func exportMoment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// exportLevel returns a level, null for none.
func exportLevel(level model.Level) *int {
	if level == model.Blank {
		return nil
	}
	number := int(level)
	return &number
}
