// Package paths names every URL of the app, as functions, under a base path. The routes in internal/web are registered
// with the patterns defined here, so that a link and its route can't drift apart.
package paths

import (
	"net/url"
	"strconv"
)

// Route patterns, for http.ServeMux, below the base path.
const (
	HomePattern          = "/{$}"
	AssetsPattern        = "/assets/"
	StartPattern         = "/start"
	BeginPattern         = "/start/{assessment}"
	AssessmentsPattern   = "/assessments"
	AssessmentPattern    = "/assessments/{assessment}"
	ExamplePattern       = "/assessments/{assessment}/example"
	QuestionsPattern     = "/assessments/{assessment}/questions/{competency}"
	AnswersPattern       = "/assessments/{assessment}/answers"
	ReviewPattern        = "/assessments/{assessment}/review"
	FinishPattern        = "/assessments/{assessment}/finish"
	DeletePattern        = "/assessments/{assessment}/delete"
	ResultPattern        = "/assessments/{assessment}/result"
	ResultJSONPattern    = "/assessments/{assessment}/result.json"
	ResultCSVPattern     = "/assessments/{assessment}/result.csv"
	ResultScoresPattern  = "/assessments/{assessment}/scores.csv"
	OnePagePattern       = "/assessments/{assessment}/one-page"
	RenamePattern        = "/assessments/{assessment}/name"
	ReratingPattern      = "/assessments/{assessment}/looking-back"
	HistoryPattern       = "/history"
	HistoryJSONPattern   = "/history.json"
	HistoryCSVPattern    = "/history.csv"
	HistoryScoresPattern = "/history/scores.csv"
	HistorySchemaPattern = "/history/schema.json"
	ExportPattern        = "/history/export"
	ComparePattern       = "/history/compare"
	TargetsPattern       = "/targets/{scope}"
	// MarksPattern is where targets stood in earlier versions; it leads on to TargetsPattern.
	MarksPattern       = "/marks/{scope}"
	SettingsPattern    = "/settings"
	ZonesPattern       = "/days"
	KeyPattern         = "/settings/recovery-key"
	DevicesPattern     = "/settings/devices"
	EndDevicePattern   = "/settings/devices/{device}/end"
	EndOthersPattern   = "/settings/devices/end-others"
	ErasePattern       = "/settings/delete-everything"
	RecoverPattern     = "/recover"
	MethodPattern      = "/how-we-measure"
	ReliabilityPattern = "/how-we-measure/reliability"
	AboutPattern       = "/about"
	LandingPattern     = "/about/in-short"
	GuidesPattern      = "/guides"
	GuidePattern       = "/guides/{guide}"

	// The depth map.
	DepthMapsPattern      = "/map"
	DepthMapsJSONPattern  = "/map.json"
	DepthSchemaPattern    = "/map/schema.json"
	DepthMapPattern       = "/map/{map}"
	PlacesPattern         = "/map/{map}/place"
	DeleteDepthMapPattern = "/map/{map}/delete"

	// The plan.
	PlanPattern             = "/plan"
	PlanJSONPattern         = "/plan.json"
	PlanSchemaPattern       = "/plan/schema.json"
	NewCommitmentPattern    = "/plan/new"
	CommitmentPattern       = "/plan/{commitment}"
	FollowUpPattern         = "/plan/{commitment}/follow-up"
	DeleteCommitmentPattern = "/plan/{commitment}/delete"
	FollowingPattern        = "/assessments/{assessment}/plan"

	// The log.
	LogPattern         = "/log"
	LogJSONPattern     = "/log.json"
	LogSchemaPattern   = "/log/schema.json"
	LogCSVPattern      = "/log.csv"
	NotePattern        = "/log/new"
	EntryPattern       = "/log/{entry}"
	DeleteEntryPattern = "/log/{entry}/delete"
	// Reminders: how often, and what calendars read.
	RemindersPattern       = "/settings/reminders"
	RemindersFilePattern   = "/settings/reminders/next.ics"
	CalendarAddressPattern = "/settings/reminders/address"
	EndCalendarPattern     = "/settings/reminders/address/end"
	CalendarPattern        = "/calendar/{secret}/whetstone.ics"

	// Shares, as their manager uses them.
	NewSharePattern         = "/assessments/{assessment}/share"
	SharesPattern           = "/shares"
	SharePattern            = "/shares/{share}"
	SharePreviewPattern     = "/shares/{share}/preview"
	ExtendSharePattern      = "/shares/{share}/extend"
	RevokeSharePattern      = "/shares/{share}/revoke"
	RemoveSharePattern      = "/shares/{share}/remove"
	RevokeSharesPattern     = "/shares/revoke-all"
	ConversationPattern     = "/assessments/{assessment}/conversation"
	ConversationJSONPattern = "/assessments/{assessment}/conversation.json"
	ReadReviewPattern       = "/assessments/{assessment}/conversation/{review}/read"
	ReplyPattern            = "/assessments/{assessment}/conversation/{review}/reply"
	SetAsidePattern         = "/assessments/{assessment}/conversation/{review}/aside"
	MentorSheetPattern      = "/assessments/{assessment}/conversation/{review}/sheet"
	AgreePattern            = "/assessments/{assessment}/conversation/{review}/{competency}"

	// Shares, as a mentor uses them.
	OpenSharePattern        = "/open/{secret}"
	ReceivedPattern         = "/shared"
	SharedPattern           = "/shared/{share}"
	RatePattern             = "/shared/{share}/competencies/{competency}"
	RatingsPattern          = "/shared/{share}/ratings"
	RevealPattern           = "/shared/{share}/reveal"
	SideBySidePattern       = "/shared/{share}/side-by-side"
	MentorAgreePattern      = "/shared/{share}/side-by-side/{competency}"
	WordsPattern            = "/shared/{share}/words"
	SharedResultPattern     = "/shared/{share}/result"
	SharedHistoryPattern    = "/shared/{share}/history"
	MentorDevicesPattern    = "/mentor/devices"
	EndMentorDevicesPattern = "/mentor/devices/end"
	MentorKeyPattern        = "/mentor/key"
	OwnWordsPattern         = "/mentor/words"
	OwnWordsJSONPattern     = "/mentor/words.json"
	OwnReviewPattern        = "/mentor/words/{review}"
	ContinuePattern         = "/mentor/continue"
	ContinueWithPattern     = "/mentor/continue/{code}"
	ForgetSharePattern      = "/shared/{share}/forget"

	// Teams.
	TeamsPattern            = "/teams"
	NewTeamPattern          = "/teams/new"
	JoinCodePattern         = "/teams/join"
	JoinPattern             = "/join/{secret}"
	TeamPattern             = "/teams/{team}"
	ChangeTeamPattern       = "/teams/{team}/change"
	RosterPattern           = "/teams/{team}/members"
	WaitingPattern          = "/teams/{team}/waiting"
	MemberPattern           = "/teams/{team}/members/{member}"
	MyPlacePattern          = "/teams/{team}/my-place"
	KnownPattern            = "/teams/{team}/people-you-know"
	LeaveTeamPattern        = "/teams/{team}/leave"
	InvitationsPattern      = "/teams/{team}/invitations"
	RevokeInvitationPattern = "/teams/{team}/invitations/{invitation}/revoke"
	NewCyclePattern         = "/teams/{team}/new-cycle"
	CyclePattern            = "/teams/{team}/cycles/{cycle}"
	CycleCSVPattern         = "/teams/{team}/cycles/{cycle}/result.csv"
	CloseCyclePattern       = "/teams/{team}/cycles/{cycle}/close"
	CancelCyclePattern      = "/teams/{team}/cycles/{cycle}/cancel"
	ContributePattern       = "/teams/{team}/cycles/{cycle}/contribution"
	ShowScoresPattern       = "/teams/{team}/cycles/{cycle}/by-name"
	TeamTrendsPattern       = "/teams/{team}/trends"
	TeamTrendsCSVPattern    = "/teams/{team}/trends.csv"
	TeamSheetPattern        = "/teams/{team}/cycles/{cycle}/sheet"
	PracticePattern         = "/teams/{team}/practice"
	EndPracticePattern      = "/teams/{team}/practice/outcome"
	ProposalPattern         = "/teams/{team}/practice/{proposal}"
	PeersPattern            = "/teams/{team}/other-teams"
	EndPeerPattern          = "/teams/{team}/other-teams/{peer}/end"

	// Probes: whether the server is alive and can serve. Not for people.
	HealthPattern = "/healthz"
	ReadyPattern  = "/readyz"

	// DemonstrationPattern is served only where an instance holds demonstration data.
	DemonstrationPattern = "/demonstration"
)

// Paths makes the URLs of one installation.
type Paths struct {
	// Base is the path under which the app is served, without a slash at its end: "" at the root,
	// "/whetstone" below it.
	Base string
}

// Home is the first page: for a browser that is known what waits, for a stranger the landing page.
func (p Paths) Home() string { return p.Base + "/" }

// Ready reports whether the server can serve.
func (p Paths) Ready() string { return p.Base + ReadyPattern }

// Asset is a static file, by its hashed path "assets/…".
func (p Paths) Asset(hashed string) string { return p.Base + "/" + hashed }

// Start is the form on which an assessment is begun.
func (p Paths) Start() string { return p.Base + "/start" }

// Begin leads on to where an assessment that was just started begins.
func (p Paths) Begin(id string) string { return p.Start() + "/" + url.PathEscape(id) }

// Assessments is the list of a manager's own assessments.
func (p Paths) Assessments() string { return p.Base + "/assessments" }

// Assessment is the list of areas of a draft; a finished one leads on to its result.
func (p Paths) Assessment(id string) string { return p.Assessments() + "/" + url.PathEscape(id) }

// Example shows how a level is chosen.
func (p Paths) Example(id string) string { return p.Assessment(id) + "/example" }

// Questions is the page of one competency, in a pulse that of its area.
func (p Paths) Questions(id, competency string) string {
	return p.Assessment(id) + "/questions/" + url.PathEscape(competency)
}

// Answers is where a script reads and saves single answers.
func (p Paths) Answers(id string) string { return p.Assessment(id) + "/answers" }

// Review is where a manager checks the answers before finishing.
func (p Paths) Review(id string) string { return p.Assessment(id) + "/review" }

// Finish takes the form that ends a draft.
func (p Paths) Finish(id string) string { return p.Assessment(id) + "/finish" }

// Delete asks before a draft is deleted, and deletes it.
func (p Paths) Delete(id string) string { return p.Assessment(id) + "/delete" }

// Result is what a finished assessment says.
func (p Paths) Result(id string) string { return p.Assessment(id) + "/result" }

// ResultJSON is the result as JSON, with all that is needed to recompute it.
func (p Paths) ResultJSON(id string) string { return p.Result(id) + ".json" }

// OnePage is the result on one sheet of paper.
func (p Paths) OnePage(id string) string { return p.Assessment(id) + "/one-page" }

// ResultCSV is the answers as CSV, one row each.
func (p Paths) ResultCSV(id string) string { return p.Result(id) + ".csv" }

// ResultScores is the scores as CSV, one row each.
func (p Paths) ResultScores(id string) string { return p.Assessment(id) + "/scores.csv" }

// Rename is where a finished assessment gets a name.
func (p Paths) Rename(id string) string { return p.Assessment(id) + "/name" }

// Rerating is where a manager looks back from one assessment at the one before.
func (p Paths) Rerating(id string) string { return p.Assessment(id) + "/looking-back" }

// History is all finished assessments and their trends.
func (p Paths) History() string { return p.Base + "/history" }

// HistoryJSON is the whole history as JSON, with all that is needed to recompute it.
func (p Paths) HistoryJSON() string { return p.History() + ".json" }

// HistoryCSV is all answers of the history as CSV, one row each.
func (p Paths) HistoryCSV() string { return p.History() + ".csv" }

// HistoryScores is all scores of the history as CSV, one row each.
func (p Paths) HistoryScores() string { return p.History() + "/scores.csv" }

// HistorySchema is the JSON Schema of the JSON export.
func (p Paths) HistorySchema() string { return p.History() + "/schema.json" }

// Export is where the history is taken away, with what stands in each file.
func (p Paths) Export() string { return p.History() + "/export" }

// CompareForm takes the choice of two assessments.
func (p Paths) CompareForm() string { return p.History() + "/compare" }

// Compare sets two assessments side by side.
func (p Paths) Compare(from, to string) string {
	return p.CompareForm() + "?" + url.Values{"from": {from}, "to": {to}}.Encode()
}

// Targets is where a manager changes their own targets for a scope.
func (p Paths) Targets(scope string) string { return p.Base + "/targets/" + url.PathEscape(scope) }

// Settings is where a manager changes how the product treats them.
func (p Paths) Settings() string { return p.Base + "/settings" }

// Zones is where people choose the time zone in which their days are counted, and where a browser reports its own.
func (p Paths) Zones() string { return p.Base + "/days" }

// RecoveryKey is where a recovery key is made.
func (p Paths) RecoveryKey() string { return p.Settings() + "/recovery-key" }

// Devices lists where a manager is signed in.
func (p Paths) Devices() string { return p.Settings() + "/devices" }

// EndDevice takes the form that signs out one device, by its session's id.
func (p Paths) EndDevice(id string) string { return p.Devices() + "/" + url.PathEscape(id) + "/end" }

// EndOtherDevices takes the form that signs out all devices but this one.
func (p Paths) EndOtherDevices() string { return p.Devices() + "/end-others" }

// Erase asks before everything is deleted, and deletes it.
func (p Paths) Erase() string { return p.Settings() + "/delete-everything" }

// Recover takes the words of a recovery key.
func (p Paths) Recover() string { return p.Base + "/recover" }

// Method is "How we measure".
func (p Paths) Method() string { return p.Base + "/how-we-measure" }

// Reliability takes the choice to count in this instance's reliability.
func (p Paths) Reliability() string { return p.Method() + "/reliability" }

// About credits the sources and says who sees what.
func (p Paths) About() string { return p.Base + "/about" }

// Landing is the landing page, for whoever is no stranger.
func (p Paths) Landing() string { return p.Base + LandingPattern }

// Guides lists the guides.
func (p Paths) Guides() string { return p.Base + GuidesPattern }

// Guide is one guide, made to be printed.
func (p Paths) Guide(id string) string { return p.Guides() + "/" + url.PathEscape(id) }

// Demonstration takes the form that opens the made-up manager of a demonstration instance.
func (p Paths) Demonstration() string { return p.Base + "/demonstration" }

// DepthMaps lists one's depth maps, and is where another is begun.
func (p Paths) DepthMaps() string { return p.Base + DepthMapsPattern }

// DepthMapsJSON is all of them as JSON.
func (p Paths) DepthMapsJSON() string { return p.Base + DepthMapsJSONPattern }

// DepthSchema is the JSON Schema of them.
func (p Paths) DepthSchema() string { return p.Base + DepthSchemaPattern }

// DepthMap is one that is finished.
func (p Paths) DepthMap(id string) string { return p.DepthMaps() + "/" + url.PathEscape(id) }

// DepthMapSince is one that is finished, with what moved since an earlier one.
func (p Paths) DepthMapSince(id, earlier string) string {
	return p.DepthMap(id) + "?" + url.Values{"since": {earlier}}.Encode()
}

// Places is where the domains of a map are placed.
func (p Paths) Places(id string) string { return p.DepthMap(id) + "/place" }

// DeleteDepthMap asks before a map is deleted, and deletes it.
func (p Paths) DeleteDepthMap(id string) string { return p.DepthMap(id) + "/delete" }

// Plan is what one is at, and what became of what one was at before.
func (p Paths) Plan() string { return p.Base + PlanPattern }

// PlanJSON is the plan as JSON.
func (p Paths) PlanJSON() string { return p.Base + PlanJSONPattern }

// PlanSchema is the JSON Schema of it.
func (p Paths) PlanSchema() string { return p.Base + PlanSchemaPattern }

// NewCommitment is where a commitment is made; practice, if any, fills it in.
func (p Paths) NewCommitment(practice string) string {
	if practice == "" {
		return p.Base + NewCommitmentPattern
	}
	return p.Base + NewCommitmentPattern + "?" + url.Values{"practice": {practice}}.Encode()
}

// Commitment is where a commitment is changed.
func (p Paths) Commitment(id string) string { return p.Plan() + "/" + url.PathEscape(id) }

// FollowUp is where one says what became of a commitment.
func (p Paths) FollowUp(id string) string { return p.Commitment(id) + "/follow-up" }

// DeleteCommitment asks before a commitment is deleted, and deletes it.
func (p Paths) DeleteCommitment(id string) string { return p.Commitment(id) + "/delete" }

// Following is where an assessment asks, before its first question, what became of one's commitments.
func (p Paths) Following(assessment string) string { return p.Assessment(assessment) + "/plan" }

// Log is what one noted.
func (p Paths) Log() string { return p.Base + LogPattern }

// LogFor is what of it is looked for: words and a competency, each "" for any, and which page of it, from 1.
func (p Paths) LogFor(words, competency string, page int) string {
	query := url.Values{}
	for name, value := range map[string]string{"words": words, "competency": competency} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return p.Log()
	}
	return p.Log() + "?" + query.Encode()
}

// LogJSON is the log as JSON.
func (p Paths) LogJSON() string { return p.Base + LogJSONPattern }

// LogSchema is the JSON Schema of it.
func (p Paths) LogSchema() string { return p.Base + LogSchemaPattern }

// LogCSV is the log as CSV, one row an entry or note.
func (p Paths) LogCSV() string { return p.Base + LogCSVPattern }

// Note is where something is noted, of a competency or "" for none yet; from is the page that it leads back to, "" for
// the log.
func (p Paths) Note(competency, from string) string {
	query := url.Values{}
	for name, value := range map[string]string{"competency": competency, "from": from} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return p.Base + NotePattern
	}
	return p.Base + NotePattern + "?" + query.Encode()
}

// Entry is where an entry of the log is changed.
func (p Paths) Entry(id string) string { return p.Log() + "/" + url.PathEscape(id) }

// DeleteEntry asks before an entry of the log is deleted, and deletes it.
func (p Paths) DeleteEntry(id string) string { return p.Entry(id) + "/delete" }

// Reminders is where a manager chooses how often to be assessed, and puts what is due into a calendar.
func (p Paths) Reminders() string { return p.Base + RemindersPattern }

// RemindersFile is what is due next, as a file for a calendar.
func (p Paths) RemindersFile() string { return p.Base + RemindersFilePattern }

// CalendarAddress takes the form that makes the address of a manager's calendar.
func (p Paths) CalendarAddress() string { return p.Base + CalendarAddressPattern }

// EndCalendar takes the form that ends the address of a manager's calendar.
func (p Paths) EndCalendar() string { return p.Base + EndCalendarPattern }

// Calendar is the address that a manager's calendar reads.
func (p Paths) Calendar(secret string) string {
	return p.Base + "/calendar/" + url.PathEscape(secret) + "/whetstone.ics"
}

// NewShare is where a finished assessment is shared.
func (p Paths) NewShare(assessment string) string { return p.Assessment(assessment) + "/share" }

// AskAgain is NewShare, filled in as an earlier share was.
func (p Paths) AskAgain(assessment, share string) string {
	return p.NewShare(assessment) + "?again=" + url.QueryEscape(share)
}

// Shares lists a manager's shares.
func (p Paths) Shares() string { return p.Base + "/shares" }

// Share is one of a manager's shares: what it shows, and when it was opened.
func (p Paths) Share(id string) string { return p.Shares() + "/" + url.PathEscape(id) }

// SharePreview shows what the mentor will see.
func (p Paths) SharePreview(id string) string { return p.Share(id) + "/preview" }

// ExtendShare takes the form that makes a share last longer.
func (p Paths) ExtendShare(id string) string { return p.Share(id) + "/extend" }

// RevokeShare takes the form that ends a share.
func (p Paths) RevokeShare(id string) string { return p.Share(id) + "/revoke" }

// RemoveShare takes the form that removes an ended share from the list.
func (p Paths) RemoveShare(id string) string { return p.Share(id) + "/remove" }

// RevokeShares takes the form that ends all of a manager's shares.
func (p Paths) RevokeShares() string { return p.Shares() + "/revoke-all" }

// Conversation is what mentors say of a finished assessment.
func (p Paths) Conversation(assessment string) string {
	return p.Assessment(assessment) + "/conversation"
}

// ReviewIn is a review in the conversation about an assessment.
func (p Paths) ReviewIn(assessment, review string) string {
	return p.Conversation(assessment) + "#review-" + url.PathEscape(review)
}

// ViewIn is a competency in the conversation about an assessment.
func (p Paths) ViewIn(assessment, competency string) string {
	return p.Conversation(assessment) + "#view-" + url.PathEscape(competency)
}

// ConversationJSON is the conversation as JSON.
func (p Paths) ConversationJSON(assessment string) string {
	return p.Conversation(assessment) + ".json"
}

// ReadReview takes the form that marks a review as read.
func (p Paths) ReadReview(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/read"
}

// Reply takes a manager's answer to a mentor's question.
func (p Paths) Reply(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/reply"
}

// SetAside takes the form by which a manager sets a review aside, or lets it count again.
func (p Paths) SetAside(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/aside"
}

// MentorSheet is a page to print for half an hour with one mentor.
func (p Paths) MentorSheet(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/sheet"
}

// Agree takes the forms of a level that a manager and a mentor agree on.
func (p Paths) Agree(assessment, review, competency string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/" + url.PathEscape(competency)
}

// OpenShare is the link that a mentor gets.
func (p Paths) OpenShare(secret string) string { return p.Base + "/open/" + url.PathEscape(secret) }

// Received lists the people who shared with this browser.
func (p Paths) Received() string { return p.Base + "/shared" }

// Shared is a share as its mentor sees it.
func (p Paths) Shared(share string) string { return p.Received() + "/" + url.PathEscape(share) }

// Rate is where a mentor rates one competency.
func (p Paths) Rate(share, competency string) string {
	return p.Shared(share) + "/competencies/" + url.PathEscape(competency)
}

// Ratings is where a script reads and saves single ratings.
func (p Paths) Ratings(share string) string { return p.Shared(share) + "/ratings" }

// Reveal takes the form that shows the manager's scores to the mentor.
func (p Paths) Reveal(share string) string { return p.Shared(share) + "/reveal" }

// SideBySide sets both views beside each other.
func (p Paths) SideBySide(share string) string { return p.Shared(share) + "/side-by-side" }

// ViewBeside is a competency in both views, as a mentor sees them.
func (p Paths) ViewBeside(share, competency string) string {
	return p.SideBySide(share) + "#view-" + url.PathEscape(competency)
}

// MentorAgree takes the mentor's forms of a level that the two agree on.
func (p Paths) MentorAgree(share, competency string) string {
	return p.SideBySide(share) + "/" + url.PathEscape(competency)
}

// Words is where a mentor writes about the whole, asks a question and sends the review.
func (p Paths) Words(share string) string { return p.Shared(share) + "/words" }

// SharedResult is the whole result as a mentor sees it.
func (p Paths) SharedResult(share string) string { return p.Shared(share) + "/result" }

// SharedHistory is the history as a mentor sees it.
func (p Paths) SharedHistory(share string) string { return p.Shared(share) + "/history" }

// Mentoring is the part of the address that all pages about a mentor's own devices and words have in common.
func (p Paths) Mentoring() string { return p.Base + "/mentor" }

// MentorDevices lists a mentor's browsers.
func (p Paths) MentorDevices() string { return p.Mentoring() + "/devices" }

// EndMentorDevices takes the form that ends a mentor's other browsers.
func (p Paths) EndMentorDevices() string { return p.MentorDevices() + "/end" }

// MentorKey is where a mentor's key is made.
func (p Paths) MentorKey() string { return p.Mentoring() + "/key" }

// OwnWords lists what a mentor has written.
func (p Paths) OwnWords() string { return p.Mentoring() + "/words" }

// OwnWordsJSON is OwnWords as JSON.
func (p Paths) OwnWordsJSON() string { return p.OwnWords() + ".json" }

// OwnReview asks before a mentor's review is deleted, and deletes it.
func (p Paths) OwnReview(review string) string { return p.OwnWords() + "/" + url.PathEscape(review) }

// Continue takes a code from another device, or a mentor's key.
func (p Paths) Continue() string { return p.Mentoring() + "/continue" }

// ContinueWith is Continue with the code in it, for a picture to be scanned.
func (p Paths) ContinueWith(code string) string { return p.Continue() + "/" + url.PathEscape(code) }

// ForgetShare asks before a share is removed from a browser, and removes it.
func (p Paths) ForgetShare(share string) string { return p.Shared(share) + "/forget" }

// Teams lists a manager's teams.
func (p Paths) Teams() string { return p.Base + "/teams" }

// NewTeam is where a team is made.
func (p Paths) NewTeam() string { return p.Teams() + "/new" }

// JoinCode takes the short code of a team.
func (p Paths) JoinCode() string { return p.Teams() + "/join" }

// Join is the link for joining a team.
func (p Paths) Join(secret string) string { return p.Base + "/join/" + url.PathEscape(secret) }

// Team is the first page of a team.
func (p Paths) Team(id string) string { return p.Teams() + "/" + url.PathEscape(id) }

// ChangeTeam is where a steward changes a team's name, purpose and smallest group.
func (p Paths) ChangeTeam(team string) string { return p.Team(team) + "/change" }

// Roster lists a team's members.
func (p Paths) Roster(team string) string { return p.Team(team) + "/members" }

// Member takes the forms that confirm a member, remove one or make one a steward.
func (p Paths) Member(team, member string) string {
	return p.Roster(team) + "/" + url.PathEscape(member)
}

// Waiting asks before everybody who waits to be confirmed is declined, and declines them.
func (p Paths) Waiting(team string) string { return p.Team(team) + "/waiting" }

// Known is where a member ticks which people of a team they know.
func (p Paths) Known(team string) string { return p.Team(team) + "/people-you-know" }

// MyPlace is where members change their name in a team, step down as steward or take over.
func (p Paths) MyPlace(team string) string { return p.Team(team) + "/my-place" }

// LeaveTeam asks before a member leaves a team, and leaves it.
func (p Paths) LeaveTeam(team string) string { return p.Team(team) + "/leave" }

// Invitations is where a steward makes and revokes invitations.
func (p Paths) Invitations(team string) string { return p.Team(team) + "/invitations" }

// RevokeInvitation takes the form that ends an invitation.
func (p Paths) RevokeInvitation(team, invitation string) string {
	return p.Invitations(team) + "/" + url.PathEscape(invitation) + "/revoke"
}

// NewCycle is where a steward plans a cycle.
func (p Paths) NewCycle(team string) string { return p.Team(team) + "/new-cycle" }

// Cycle is a cycle of a team: what it is about and, once it is closed, what it published.
func (p Paths) Cycle(team, cycle string) string {
	return p.Team(team) + "/cycles/" + url.PathEscape(cycle)
}

// CycleCSV is what a cycle published as CSV.
func (p Paths) CycleCSV(team, cycle string) string { return p.Cycle(team, cycle) + "/result.csv" }

// CloseCycle asks before a cycle is closed, and closes it.
func (p Paths) CloseCycle(team, cycle string) string { return p.Cycle(team, cycle) + "/close" }

// CancelCycle asks before a cycle is given up, and gives it up.
func (p Paths) CancelCycle(team, cycle string) string { return p.Cycle(team, cycle) + "/cancel" }

// Contribute takes the form that contributes an assessment to a cycle or withdraws it.
func (p Paths) Contribute(team, cycle string) string { return p.Cycle(team, cycle) + "/contribution" }

// ShowScores takes the form that shows a member's own area scores by name, or hides them.
func (p Paths) ShowScores(team, cycle string) string { return p.Cycle(team, cycle) + "/by-name" }

// TeamTrends is a team's cycles over time.
func (p Paths) TeamTrends(team string) string { return p.Team(team) + "/trends" }

// TeamTrendsCSV is a team's cycles over time as CSV.
func (p Paths) TeamTrendsCSV(team string) string { return p.TeamTrends(team) + ".csv" }

// TeamSheet is what a cycle published on one page to print, for 45 minutes together.
func (p Paths) TeamSheet(team, cycle string) string { return p.Cycle(team, cycle) + "/sheet" }

// Practice is what a team has agreed to do until its next cycle, and where members propose it.
func (p Paths) Practice(team string) string { return p.Team(team) + "/practice" }

// ProposeFrom is Practice with the form of a proposal filled in from a practice.
func (p Paths) ProposeFrom(team, practice string) string {
	return p.Practice(team) + "?from=" + url.QueryEscape(practice) + "#propose"
}

// EndPractice is where a steward says what became of a team's practice.
func (p Paths) EndPractice(team string) string { return p.Practice(team) + "/outcome" }

// Proposal takes the forms that set a proposal as the team's practice, or withdraw it.
func (p Paths) Proposal(team, proposal string) string {
	return p.Practice(team) + "/" + url.PathEscape(proposal)
}

// Peers is where teams agree to see each other's aggregates.
func (p Paths) Peers(team string) string { return p.Team(team) + "/other-teams" }

// EndPeer takes the form that ends the agreement with another team.
func (p Paths) EndPeer(team, peer string) string {
	return p.Peers(team) + "/" + url.PathEscape(peer) + "/end"
}
