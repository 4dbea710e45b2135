package model

import (
	"slices"
	"strconv"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/questionnaire"
)

// CommentLimit is the greatest length of a mentor's comment, in characters.
const CommentLimit = 2000

// Mentor is a person in whose browsers shares were opened. They have no account, no name of their own and no relation
// to a manager who may use the same browser, unless that manager keeps them under their sign-in; their id stays the same from share to share, so that two views
// of the same mentor can be compared.
type Mentor struct {
	ID string
	// BrowserID is the browser that they are in, TokenHash what it is known by.
	BrowserID string
	TokenHash string
	CreatedAt time.Time
	// SeenAt is the last visit, kept to about a day.
	SeenAt time.Time
	// Owners are the managers for whom the browser has acted, now or before: nothing that they shared themselves is opened
	// to it as a mentor's.
	Owners []string
	// ManagerID is whom the browser's session acts for now, "" for nobody: what was shared with one person by their address
	// opens for those who are signed in as that person.
	ManagerID string
	// Days are counted in this zone.
	Days ToldZone
}

// Is reports whether the browser has acted for a manager.
func (m Mentor) Is(managerID string) bool { return slices.Contains(m.Owners, managerID) }

// OpenInput is what pressing the button behind a link sends.
type OpenInput struct {
	Secret string
	// Mentor is the mentor that the browser is known as; zero if it never opened a share.
	Mentor Mentor
	// ManagerID is the manager that the browser's own session acts for, or "": managers can't review themselves.
	ManagerID string
	// SessionID is that of the session.
	SessionID string
	// From identifies where the try comes from, so that guessing can be slowed; Label is what the browser calls itself.
	From, Label string
}

// Opened is what came of opening a share.
type Opened struct {
	ShareID string
	// Token is the one that the browser has to be given: a new one whenever what it opens has changed. ""
	// where it keeps the one that it came with.
	Token string
	// Own reports whether the share is the visitor's own, and Owned whether the browser has acted for its manager before:
	// nothing was opened or counted.
	Own, Owned bool
	// Apart reports whether the browser holds what was shared with somebody who is kept under no sign-in, so that it has to be
	// said first whether that is the visitor: nothing was opened or counted.
	Apart bool
}

// Invitation is what the page behind a link says before its button is pressed.
type Invitation struct {
	Sharer    string
	ExpiresAt time.Time
	Scope     ShareScope
	// Own reports whether the share is the visitor's own, by its id in ShareID.
	Own     bool
	ShareID string
	// Owned reports whether the browser has acted for the manager before, so that the link doesn't open in it.
	Owned bool
	// Addressed reports whether it opens for one person alone, who is the visitor; Apart is as in Opened.
	Addressed, Apart bool
	// Asked counts the competencies to begin with.
	Asked int
	// Elsewhere reports whether it was opened in another browser, and not in this one.
	Elsewhere bool
}

// Received is one entry of "People who shared with you".
type Received struct {
	ShareID string
	// ManagerID is who shared it; "" once it is handed to the mentor.
	ManagerID string
	Sharer    string
	State     ShareState
	EndsAt    time.Time
	// PeriodStart and PeriodEnd are those of the shared assessment.
	PeriodStart, PeriodEnd time.Time
	// FinishedAt is when that was finished.
	FinishedAt time.Time
	// Given counts the competencies that the mentor has rated or passed over as not observed.
	Given int
	// SentAt is when the mentor sent the review; zero before.
	SentAt time.Time
	Scope  ShareScope
	// Question is what the manager asks; "" for nothing.
	Question string
}

// EndedShare is what a mentor is told whose share ended while they were using it.
type EndedShare struct {
	Sharer  string
	EndedAt time.Time
	// Sent reports whether the review had been sent before.
	Sent bool
}

// Shared is a share as its mentor sees it: who shares, for which period, what is asked, until when, and
// how far the review is. It holds no score.
type Shared struct {
	Share *Share
	// Assessment has the period, the form and the sections; it leaves out what was measured until that is revealed.
	Assessment *Assessment
	Scope      questionnaire.Scope
	Craft      questionnaire.Craft
	// Competencies are all that can be rated: first those that the manager asks about, then the rest.
	Competencies []SharedCompetency
	Review       *MentorReview
	// KnownAs is what the mentor called themself last, until they have written something on the whole.
	KnownAs string
	// Earlier counts the finished assessments before this one that the share shows.
	Earlier int
	// Commitments are those that the share shows and that no rating can be leaned by any more; Later counts the others.
	Commitments []Commitment
	Later       int
	// Entries are likewise those of the log, the newest first; EntriesLater counts the others.
	Entries      []LogEntry
	EntriesLater int
	// MapWaits are the competencies for which the depth map waits: it could lean a rating of them that is still to be given
	// blind. None where it shows, and where the share has none.
	MapWaits []SharedCompetency
}

// SharedCompetency is one competency of a share as its mentor sees it.
type SharedCompetency struct {
	NamedCompetency
	Area    questionnaire.Area
	Section Section
	// Asked reports whether the manager asks about it.
	Asked  bool
	Rating Rating
	// Last is what the mentor said of it last time; nil before they have rated it this time and asked to see that, or have
	// seen something else that could lean them, and if there was none.
	Last *LastTime
	// LastWaits reports whether there is something of last time that doesn't show yet.
	LastWaits bool
}

// Competency finds a competency of a share.
func (s *Shared) Competency(id string) (SharedCompetency, bool) {
	for _, competency := range s.Competencies {
		if competency.ID == id {
			return competency, true
		}
	}
	return SharedCompetency{}, false
}

// Given counts the competencies that the mentor rated, or passed over as not observed; rated those on the
// scale of which the manager's score isn't shown yet.
func (s *Shared) Given() (given, toReveal int) {
	for _, competency := range s.Competencies {
		if competency.Rating.Current() != Blank {
			given++
			if competency.Rating.RevealedAt.IsZero() {
				toReveal++
			}
		}
	}
	return given, toReveal
}

// Revealed reports whether the mentor has seen the manager's scores for all competencies.
func (s *Shared) Revealed() bool {
	for _, competency := range s.Competencies {
		if competency.Rating.RevealedAt.IsZero() {
			return false
		}
	}
	return true
}

// MentorReview is what one mentor says of one finished assessment, whichever of their links they used.
type MentorReview struct {
	ID           string
	AssessmentID string
	MentorID     string
	// ShareID is the link that it was begun with; Label is the manager's own name for that link's recipient, for the
	// manager only.
	ShareID, Label string
	// Name is what the mentor calls themself; "" if they left it out.
	Name string
	// Overall is a comment on the whole, Question one question back.
	Overall, Question string
	// Asked is the manager's question, as it stood when the mentor answered it or else as the link has it; Answer is what
	// they answer, "" while they have not.
	Asked, Answer string
	// Reply is what the manager answers to Question, at RepliedAt; "" and zero while they have not.
	Reply     string
	RepliedAt time.Time
	// Revision counts the writes of these words, from 1; 0 means never written.
	Revision  int
	StartedAt time.Time
	UpdatedAt time.Time
	// SentAt is when the mentor sent it; zero before. The manager sees it from then on, or once none of
	// the mentor's links to it is live any more.
	SentAt time.Time
	// ReadAt is when the manager said that they had read it; zero before.
	ReadAt time.Time
	// SetAsideAt is when the manager set it aside; zero while it counts.
	SetAsideAt time.Time
	// WordsAt is when the mentor last wrote the words on the whole; zero before.
	WordsAt time.Time
	// BroughtAt is when it was brought in from a file, which nobody can vouch for; zero for what a mentor wrote here.
	BroughtAt time.Time
	// Live reports whether the mentor can still change it.
	Live bool
	// Own reports whether the manager has signed in in one of the mentor's browsers; only the manager's own pages have it.
	Own bool
	// Answers reports whether the mentor can answer a level that is proposed: a live link lets them rate and shows them
	// the manager's scores.
	Answers   bool
	Constants measure.MentorConstants
	// Ratings are by competency id.
	Ratings map[string]Rating
	// Moves are what the mentor would move on depth maps that were shared with them, those that they took back among them.
	Moves []MapMove
}

// Rating returns the rating of a competency; a blank one where there is none.
func (r *MentorReview) Rating(competency string) Rating {
	if rating, found := r.Ratings[competency]; found {
		return rating
	}
	return Rating{Competency: competency, Level: Blank, Later: Blank}
}

// By is what the mentor calls themself, or the label of their link where they left it out.
func (r *MentorReview) By() string {
	if r.Name != "" {
		return r.Name
	}
	return r.Label
}

// Counts reports whether its ratings are compared with the manager's scores: it was sent, and not set aside. What is
// only begun may be one person's second browser.
func (r *MentorReview) Counts() bool { return !r.SentAt.IsZero() && r.SetAsideAt.IsZero() }

// CanAgree reports whether the mentor sees, and can answer, a level that is proposed for a competency: one that they
// have rated or whose score they have seen. Who has not observed it has nothing to agree on.
func (r *MentorReview) CanAgree(competency string) bool {
	rating := r.Rating(competency)
	if !r.Answers || rating.Current() == Absent {
		return false
	}
	return rating.Current() != Blank || !rating.RevealedAt.IsZero()
}

// Seen stands for the review as it is now, for a page to send back when it was read.
func (r *MentorReview) Seen() string { return strconv.FormatInt(r.UpdatedAt.UnixMilli(), 10) }

// WordsInput is what the last page of a review sends, as typed.
type WordsInput struct {
	Name, Overall, Question, Answer string
	// Seen is the seen token of the words as the page saw them, "" where it saw none.
	Seen string
}

// Which of a share's competencies are revealed.
const (
	// RevealRated reveals those that the mentor has rated or passed over as not observed.
	RevealRated = "rated"
	// RevealAll reveals everything that the share shows.
	RevealAll = "all"
	// RevealMap reveals those for which the depth map waits, so that it shows.
	RevealMap = "map"
)

// SideBySide is what a mentor and the manager say of the revealed competencies.
type SideBySide struct {
	Shared *Shared
	// Rows are the revealed competencies, in the mentor's order.
	Rows []BothViews
	// Discuss are the competencies most worth discussing, at most three, the first the most.
	Discuss []BothViews
}

// BothViews is what one mentor and the manager say of one competency.
type BothViews struct {
	// Competency is as the manager's result has it.
	Competency CompetencyResult
	Rating     Rating
	// Note is the manager's first note that goes with it; "" where notes aren't shared.
	Note string
	// Agreement is that of the rating before the reveal; not comparable where there is none.
	Agreement measure.Agreement
	// MentorLower and MentorUpper are the band of that rating.
	MentorLower, MentorUpper float64
	// Agreed is the level that the two agree on or one of them proposes; nil if there is none.
	Agreed *AgreedLevel
	// Last is what the mentor said last time.
	Last *LastTime
}

// SharedResult is the whole result as a mentor sees it.
type SharedResult struct {
	Shared *Shared
	// Result is nil until all of it is revealed; it has no notes where these aren't shared, and no change
	// since the assessment before unless the history is shared and revealed.
	Result *Result
	// Unrated counts the competencies that revealing everything would mark as not blind.
	Unrated int
}

// SharedHistory is the history up to the shared assessment as a mentor sees it.
type SharedHistory struct {
	Shared *Shared
	// History is nil until all that the share shows was revealed at once (RevealAll): it shows the earlier
	// assessments, too.
	History *History
	Unrated int
}

// Conversation is what a manager's mentors say of one finished assessment.
type Conversation struct {
	Result *Result
	// Reviews are those that have come in, the oldest first; never ordered by their ratings.
	Reviews []*MentorReview
	// Latest is the id of the manager's latest finished assessment, to ask a mentor again about.
	Latest string
	// Waiting counts the live shares that let a mentor rate and have no review yet.
	Waiting int
	// Rows are the competencies that somebody rated or commented on, in the questionnaire's order.
	Rows []ConversationRow
	// Discuss are the competencies most worth discussing, at most three.
	Discuss []ConversationRow
	// Lines are the competencies with views of both sides at two assessments or more.
	Lines []GapLine
}

// ConversationRow is what all say of one competency.
type ConversationRow struct {
	Competency CompetencyResult
	// Ratings are in the order of the reviews; only those with a level or a comment.
	Ratings []ReviewRating
	// Agreement is with the mean of the ratings that were given blind.
	Agreement                measure.Agreement
	MentorLower, MentorUpper float64
}

// ReviewRating is what one mentor says of one competency.
type ReviewRating struct {
	Review *MentorReview
	Rating Rating
	// Agreed is nil if none is agreed or proposed.
	Agreed *AgreedLevel
	// TakenBack is when the mentor declined or took back a level, with nothing in its place since; zero otherwise.
	TakenBack time.Time
}

// GapLine is both views of one competency over time.
type GapLine struct {
	NamedCompetency
	Points []GapPoint
	// Changes are the verdicts on the gap, one for each mentor who rated it at two assessments, over the latest two.
	Changes []MentorGapChange
}

// GapPoint is one assessment of a gap line.
type GapPoint struct {
	Assessment *Assessment
	Self       measure.Score
	// Mentors counts the blind ratings; where it is 0 there is no mean.
	Mentors                              int
	MentorMean, MentorLower, MentorUpper float64
	// Ratings are the blind ones, of one mentor each.
	Ratings []GapRating
}

// GapRating is one mentor's blind rating in a gap line, with its band.
type GapRating struct {
	// MentorID tells one mentor from another; Name is what they call themself, or the label of their link.
	MentorID, Name      string
	Level, Lower, Upper float64
}

// Rating finds the rating of one mentor at a point.
func (p GapPoint) Rating(mentorID string) (rating GapRating, found bool) {
	for _, one := range p.Ratings {
		if one.MentorID == mentorID {
			return one, true
		}
	}
	return GapRating{}, false
}

// SameMentors reports whether the same mentors, two or more, gave all ratings of a line: only then does a mean of them
// over time say something.
func (l GapLine) SameMentors() bool {
	var first *GapPoint
	for i := range l.Points {
		point := &l.Points[i]
		switch {
		case len(point.Ratings) == 0:
		case first == nil:
			first = point
		case len(point.Ratings) != len(first.Ratings):
			return false
		default:
			for _, rating := range point.Ratings {
				if _, same := first.Rating(rating.MentorID); !same {
					return false
				}
			}
		}
	}
	return first != nil && len(first.Ratings) > 1
}

// MentorGapChange says whether the gap to one mentor's view changed between two assessments.
type MentorGapChange struct {
	// Name is the mentor's name, or the label of their link.
	Name     string
	From, To *Assessment
	Change   measure.GapChange
}
