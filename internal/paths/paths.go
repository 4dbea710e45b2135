// Package paths names every URL of the app, as functions, under a base path. The routes in internal/web are registered
// with the patterns defined here, so that a link and its route can't drift apart.
package paths

import "net/url"

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
	ImportPattern        = "/history/import"
	CheckFilePattern     = "/history/import/file"
	ComparePattern       = "/history/compare"
	TargetsPattern       = "/targets/{scope}"
	// MarksPattern is where targets stood in earlier versions; it leads on to TargetsPattern.
	MarksPattern             = "/marks/{scope}"
	SettingsPattern          = "/settings"
	ZonesPattern             = "/days"
	KeyPattern               = "/settings/recovery-key"
	DevicesPattern           = "/settings/devices"
	EndDevicePattern         = "/settings/devices/{device}/end"
	EndOthersPattern         = "/settings/devices/end-others"
	ErasePattern             = "/settings/delete-everything"
	WaysInPattern            = "/settings/ways-in"
	RemoveWayInPattern       = "/settings/ways-in/{way}/remove"
	PasskeysPattern          = "/settings/passkeys"
	PasskeyPattern           = "/settings/passkeys/{passkey}"
	RemovePasskeyPattern     = "/settings/passkeys/{passkey}/remove"
	SignInWithPasskeyPattern = "/sign-in/passkey"
	SignInPattern            = "/sign-in"
	MailPattern              = "/sign-in/mail"
	MailLinkPattern          = "/come-in/{secret}"
	ChoicePattern            = "/sign-in/choose"
	TogetherPattern          = "/sign-in/together"
	ApartPattern             = "/settings/ways-in/together"
	StayTogetherPattern      = "/settings/ways-in/together/stay"
	SignInWithPattern        = "/sign-in/{way}"
	SignInBackPattern        = "/sign-in/{way}/back"
	RecoverPattern           = "/recover"
	InstallationPattern      = "/installation"
	OrganisePattern          = "/organise"
	MethodPattern            = "/how-we-measure"
	ReliabilityPattern       = "/how-we-measure/reliability"
	AboutPattern             = "/about"
	LandingPattern           = "/about/in-short"
	GuidesPattern            = "/guides"
	GuidePattern             = "/guides/{guide}"

	// The depth map.
	DepthMapsPattern      = "/map"
	DepthMapsJSONPattern  = "/map.json"
	DepthSchemaPattern    = "/map/schema.json"
	DepthMapPattern       = "/map/{map}"
	PlacesPattern         = "/map/{map}/place"
	PlacedPattern         = "/map/{map}/placed"
	DeleteDepthMapPattern = "/map/{map}/delete"
	EndMapOfferPattern    = "/map/not-now"

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
	RemindersPattern        = "/settings/reminders"
	RemindersFilePattern    = "/settings/reminders/next.ics"
	CalendarAddressPattern  = "/settings/reminders/address"
	EndCalendarPattern      = "/settings/reminders/address/end"
	MailRemindersPattern    = "/settings/reminders/mail"
	EndMailRemindersPattern = "/settings/reminders/mail/end"
	StopRemindersPattern    = "/no-reminders/{secret}"
	CalendarPattern         = "/calendar/{secret}/whetstone.ics"

	// Shares, as their manager uses them.
	NewSharePattern           = "/assessments/{assessment}/share"
	SharesPattern             = "/shares"
	SharePattern              = "/shares/{share}"
	SharePreviewPattern       = "/shares/{share}/preview"
	ExtendSharePattern        = "/shares/{share}/extend"
	RevokeSharePattern        = "/shares/{share}/revoke"
	RemoveSharePattern        = "/shares/{share}/remove"
	RevokeSharesPattern       = "/shares/revoke-all"
	ConversationPattern       = "/assessments/{assessment}/conversation"
	ConversationJSONPattern   = "/assessments/{assessment}/conversation.json"
	ConversationSchemaPattern = "/conversation/schema.json"
	ReadReviewPattern         = "/assessments/{assessment}/conversation/{review}/read"
	ReplyPattern              = "/assessments/{assessment}/conversation/{review}/reply"
	SetAsidePattern           = "/assessments/{assessment}/conversation/{review}/aside"
	MentorSheetPattern        = "/assessments/{assessment}/conversation/{review}/sheet"
	AgreePattern              = "/assessments/{assessment}/conversation/{review}/{competency}"

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
	SharedMapPattern        = "/shared/{share}/map"
	MentorDevicesPattern    = "/mentor/devices"
	EndMentorDevicesPattern = "/mentor/devices/end"
	KeepMentorPattern       = "/mentor/devices/keep"
	LetGoMentorPattern      = "/mentor/devices/let-go"
	MentorKeyPattern        = "/mentor/key"
	OwnWordsPattern         = "/mentor/words"
	OwnWordsJSONPattern     = "/mentor/words.json"
	OwnWordsSchemaPattern   = "/mentor/words/schema.json"
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
	ReliancesPattern        = "/teams/{team}/on-whom-we-rely"
	OwnReliancesPattern     = "/teams/{team}/on-whom-we-rely/mine"
	PeersPattern            = "/teams/{team}/other-teams"
	AgreePeerPattern        = "/teams/{team}/other-teams/{peer}/agree"
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

// Import is where somebody sends a file of everything, to bring in what is new of it.
func (p Paths) Import() string { return p.History() + "/import" }

// CheckFile says what is new in the file that somebody sent, or what was brought in of it.
func (p Paths) CheckFile() string { return p.Import() + "/file" }

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

// WaysIn lists the ways by which a manager comes back.
func (p Paths) WaysIn() string { return p.Settings() + "/ways-in" }

// RemoveWayIn asks before a way in is removed, and removes it.
func (p Paths) RemoveWayIn(id string) string {
	return p.WaysIn() + "/" + url.PathEscape(id) + "/remove"
}

// Passkeys takes a new passkey.
func (p Paths) Passkeys() string { return p.Settings() + "/passkeys" }

// Passkey renames a passkey.
func (p Paths) Passkey(id string) string { return p.Passkeys() + "/" + url.PathEscape(id) }

// RemovePasskey asks before a passkey is removed, and removes it.
func (p Paths) RemovePasskey(id string) string { return p.Passkey(id) + "/remove" }

// SignInWithPasskey takes what a passkey answers.
func (p Paths) SignInWithPasskey() string { return p.SignIn() + "/passkey" }

// MailReminders has somebody reminded by mail.
func (p Paths) MailReminders() string { return p.Reminders() + "/mail" }

// EndMailReminders has them reminded by mail no more.
func (p Paths) EndMailReminders() string { return p.MailReminders() + "/end" }

// StopReminders is what a mail leads to, to end such mails.
func (p Paths) StopReminders(secret string) string {
	return p.Base + "/no-reminders/" + url.PathEscape(secret)
}

// Mail takes the address to which a link is to be sent.
func (p Paths) Mail() string { return p.SignIn() + "/mail" }

// MailLink is what a link in a mail leads to.
func (p Paths) MailLink(secret string) string { return p.Base + "/come-in/" + url.PathEscape(secret) }

// SignIn lists the ways by which somebody comes in.
func (p Paths) SignIn() string { return p.Base + "/sign-in" }

// Choice asks what becomes of the answers in a browser that somebody else, or the same person, has signed in to.
func (p Paths) Choice() string { return p.SignIn() + "/choose" }

// Together shows what lies in two histories, and lays them together.
func (p Paths) Together() string { return p.SignIn() + "/together" }

// Apart asks before two histories that were laid together are taken apart again, and does that.
func (p Paths) Apart() string { return p.WaysIn() + "/together" }

// StayTogether takes the form that ends the time in which that is possible.
func (p Paths) StayTogether() string { return p.Apart() + "/stay" }

// Recover takes the words of a recovery key.
func (p Paths) Recover() string { return p.Base + "/recover" }

// Installation is where organisers set what holds for this installation.
func (p Paths) Installation() string { return p.Base + "/installation" }

// Organise takes the code by which somebody becomes an organiser.
func (p Paths) Organise() string { return p.Base + "/organise" }

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
