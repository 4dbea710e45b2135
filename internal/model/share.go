package model

import (
	"slices"
	"time"

	"whetstone/internal/questionnaire"
)

// Limits of what a share takes, in characters, days and competencies.
const (
	// LabelLimit bounds the label of a share and the names that people give themselves.
	LabelLimit = 80
	// QuestionLimit bounds what a manager asks a mentor, and what a mentor asks back.
	QuestionLimit = 500
	// AskedLimit is how many competencies a manager can ask a mentor to begin with.
	AskedLimit = 4
	// ShortestShare and LongestShare bound how long a link can live, in days; UsualShare is the default.
	ShortestShare, LongestShare, UsualShare = 1, 90, 14
	// BrowserLimit is how many browsers one link opens in: enough for one person, with room to spare. Without it,
	// anyone with a link could fill the database with mentors.
	BrowserLimit = 20
	// OpeningsKept is how many openings the log of a share keeps for each browser: the latest ones.
	OpeningsKept = 50
)

// ShareScope is what a share shows and allows.
type ShareScope struct {
	// Result shows the scores of the shared assessment and the answers behind them.
	Result bool
	// History shows the finished assessments before it, too; it comes with Result alone.
	History bool
	// Notes shows the manager's notes; it comes with Result alone.
	Notes bool
	// Rating lets the mentor rate, comment and ask.
	Rating bool
	// Log shows the latest entries of the manager's log.
	Log bool
	// Map shows one of the manager's depth maps.
	Map bool
}

// ShareState says whether a share still opens.
type ShareState string

const (
	// ShareLive opens.
	ShareLive ShareState = "live"
	// ShareExpired has come to the end of its time.
	ShareExpired ShareState = "expired"
	// ShareRevoked was ended by its manager.
	ShareRevoked ShareState = "revoked"
)

// Share is a link through which one recipient sees one finished assessment. It is bound to it:
// what a manager answers or changes later is never seen through it.
type Share struct {
	ID           string
	ManagerID    string
	AssessmentID string
	// SecretHash is the SHA-256 of the secret in the link, as hex; the secret itself is kept nowhere.
	SecretHash string
	// Label is the manager's own word for the recipient; nobody else sees it.
	Label string
	// Sharer is the name under which the manager appears to the mentor.
	Sharer string
	// Question is what the manager asks; "" for nothing.
	Question string
	// Address is the mail address of the one person for whom it opens, who has to sign in; "" for whoever has the link.
	Address string
	// Competencies are those that the mentor is asked to begin with, at most AskedLimit, in the
	// questionnaire's order.
	Competencies []string
	// Commitments are those of the manager's plan that it shows, as they were worded when it was made.
	Commitments []Commitment
	// Entries are those of the manager's log that it shows, likewise, the newest first.
	Entries []LogEntry
	// Map is the depth map that it shows: the latest at the time when it was made; zero for none.
	Map       MapOfShare
	Scope     ShareScope
	CreatedAt time.Time
	ExpiresAt time.Time
	// RevokedAt is zero unless it was revoked.
	RevokedAt time.Time
	// Openings counts the times that the button behind the link was pressed, LastOpened is the latest.
	Openings   int
	LastOpened time.Time
	// Held reports whether it stands on a mentor's list: of one who opened it, or of one who was asked again.
	Held bool
}

// State reports whether the share still opens.
func (s *Share) State(now time.Time) ShareState {
	switch {
	case !s.RevokedAt.IsZero():
		return ShareRevoked
	case !now.Before(s.ExpiresAt):
		return ShareExpired
	}
	return ShareLive
}

// EndedAt is when the share ended or will end.
func (s *Share) EndedAt() time.Time {
	if !s.RevokedAt.IsZero() && s.RevokedAt.Before(s.ExpiresAt) {
		return s.RevokedAt
	}
	return s.ExpiresAt
}

// Asks reports whether the mentor is asked to begin with a competency.
func (s *Share) Asks(competency string) bool { return slices.Contains(s.Competencies, competency) }

// ShareInput is what the form of a new share sends, as typed.
type ShareInput struct {
	// Form names this form, so that sending it twice makes one link.
	Form string
	// Again is the share whose mentor is asked again; "" for a new one.
	Again                   string
	Label, Sharer, Question string
	// Address is for whom alone it is to open; "" for whoever has the link.
	Address      string
	Competencies []string
	// Commitments are the ids of those that it shall show.
	Commitments                    []string
	Result, History, Notes, Rating bool
	// Log is the tick for the log, Map that for the depth map.
	Log, Map bool
	// Days is how long the link is to live, in whole days.
	Days string
	// From identifies where it comes from, so that what one client makes can be bounded.
	From string
}

// ShareForm is what the page of a new share offers.
type ShareForm struct {
	Assessment *Assessment
	Scope      questionnaire.Scope
	// Competencies can be asked about, in the questionnaire's order.
	Competencies []NamedCompetency
	// Labels are those of earlier shares, the latest first, each once.
	Labels []string
	// Earlier counts the finished assessments before this one, which a history would show; Notes the notes.
	Earlier, Notes int
	// Commitments are those that the manager is working on.
	Commitments []Commitment
	// Entries counts those of the log that it would show.
	Entries int
	// Map is the depth map that it would show, the latest; zero where none is finished. MapBefore is when the one was
	// finished that the mentor saw last time, where that is another.
	Map       MapOfShare
	MapBefore time.Time
	// Input is what the form is filled with at first.
	Input ShareInput
}

// NamedCompetency is a competency's id with its name.
type NamedCompetency struct{ ID, Name string }

// MadeShare is a share just made, with the secret of its link, which is shown once.
type MadeShare struct {
	Share *Share
	// Secret is "" where the form was sent before: the link was shown then.
	Secret string
	// Listed reports whether it stands on the list of a mentor who is asked again.
	Listed bool
}

// ShareSummary is one of a manager's shares, with what it shares.
type ShareSummary struct {
	Share      *Share
	Assessment *Assessment
	State      ShareState
	// Mentors is what is new in the reviews that were begun with it.
	Mentors MentorNews
}

// ShareDetail is one of a manager's shares, with its log of openings.
type ShareDetail struct {
	ShareSummary
	Scope questionnaire.Scope
	// Opened are the times of its openings, the latest first.
	Opened []time.Time
	// Answered reports whether a review has come through it.
	Answered bool
	// Latest is the manager's latest finished assessment, to ask the same mentor again about.
	Latest string
	// Competencies name those that the mentor is asked to begin with.
	Competencies []NamedCompetency
	// Commitments are those that it shows, and Entries those of the log.
	Commitments []Commitment
	Entries     []LogEntry
}

// SharePreview is what a mentor will see through a share, page by page, with nothing rated yet.
type SharePreview struct {
	Shared  *Shared
	Rating  *RatingPage    // the page of the first competency; nil where no rating is allowed
	Beside  *SideBySide    // as after rating the first competency; nil where the result isn't shared or no rating is allowed
	Words   *Shared        // the share as after rating the first competency, for the page that sends the review; nil where no rating is allowed
	Result  *Result        // nil where the result isn't shared; without notes where these aren't
	History *SharedHistory // nil where the history isn't shared
	Map     *SharedMap     // as after rating; nil where no depth map is shared
}
