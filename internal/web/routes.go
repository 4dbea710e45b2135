package web

import (
	"net/http"
	"strings"

	"whetstone/assets"
	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/report"
	accountview "whetstone/views/account"
	assessview "whetstone/views/assess"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
	planview "whetstone/views/plan"
	resultsview "whetstone/views/results"
	siteview "whetstone/views/site"
	teamview "whetstone/views/team"
)

// address is one address of the app: whom it is for, what it shows (nil if nothing), what it does with a form (nil if it
// takes none), and the fields of that form.
type address struct {
	path       string
	whom       func(handler) handler
	show, take handler
	fields     []kit.Field
}

// at makes an address.
func at(path string, whom func(handler) handler, show, take handler, fields ...kit.Field) address {
	return address{path, whom, show, take, fields}
}

// addresses lists every address that people use, wing by wing: the map of the app.
func (s *Server) addresses() []address {
	return []address{
		// site: what belongs to nobody
		at(paths.MethodPattern, anybody, s.method, nil),
		at(paths.ReliabilityPattern, manager, nil, s.allowReliability),
		at(paths.AboutPattern, anybody, s.about, nil),
		at(paths.LandingPattern, anybody, s.landing, nil),
		at(paths.InstallationPattern, s.own, s.installation, s.changeInstallation, siteview.InstallationFields...),
		at(paths.OrganisePattern, s.unshared, s.organiseForm, s.organise, siteview.OrganiseFields...),

		// assess
		at(paths.StartPattern, s.guest, s.startForm, s.start, assessview.StartFields...),
		at(paths.BeginPattern, manager, s.begin, nil),
		at(paths.AssessmentPattern, manager, s.assessment, nil),
		at(paths.ExamplePattern, manager, s.example, nil),
		at(paths.QuestionsPattern, manager, s.questions, s.saveQuestions, assessview.QuestionsFields...),
		at(paths.AnswersPattern, manager, s.answers, s.saveAnswer, assessview.AnswerFields...),
		at(paths.ReviewPattern, manager, s.review, nil),
		at(paths.FinishPattern, manager, nil, s.finish),

		// results
		at(paths.ResultPattern, manager, s.result, nil),
		at(paths.OnePagePattern, manager, s.onePage, nil),
		at(paths.ResultJSONPattern, manager, s.resultJSON, nil),
		at(paths.ResultCSVPattern, manager, s.resultCSV, nil),
		at(paths.ResultScoresPattern, manager, s.resultScores, nil),
		at(paths.RenamePattern, manager, s.renameForm, s.rename, resultsview.RenameFields...),
		at(paths.ReratingPattern, manager, s.reratingForm, s.rerate, resultsview.ReratingFields...),
		at(paths.HistoryPattern, s.guest, s.history, nil),
		at(paths.HistoryJSONPattern, manager, s.historyJSON, nil),
		at(paths.HistoryCSVPattern, manager, s.historyCSV, nil),
		at(paths.HistoryScoresPattern, manager, s.historyScores, nil),
		at(paths.HistorySchemaPattern, anybody, schema(report.HistorySchema), nil),
		at(paths.ExportPattern, manager, s.exportPage, nil),
		at(paths.ImportPattern, s.unshared, s.importForm, s.sendFile, resultsview.ImportFields...),
		at(paths.CheckFilePattern, s.own, s.checkFile, s.bringIn),
		at(paths.ComparePattern, manager, s.compare, nil),
		at(paths.TargetsPattern, s.guest, s.targets, nil),
		at(paths.TargetsPattern, manager, nil, s.saveTargets, resultsview.TargetsFields...),
		at(paths.GuidesPattern, anybody, s.guides, nil),
		at(paths.GuidePattern, anybody, s.guide, nil),

		// plan
		at(paths.PlanPattern, manager, s.plan, nil),
		at(paths.PlanJSONPattern, manager, s.planJSON, nil),
		at(paths.PlanSchemaPattern, anybody, schema(report.PlanSchema), nil),
		at(paths.NewCommitmentPattern, manager, s.commitmentForm, s.commit, planview.CommitmentFields...),
		at(paths.CommitmentPattern, manager, s.commitment, s.changeCommitment, planview.ChangeFields...),
		at(paths.FollowUpPattern, manager, s.followUpForm, s.followUp, planview.FollowUpFields...),
		at(paths.DeleteCommitmentPattern, manager, s.deleteCommitmentForm, s.deleteCommitment),
		at(paths.FollowingPattern, manager, s.following, s.followUpAll, planview.FollowingFields...),
		at(paths.LogPattern, manager, s.log, nil),
		at(paths.LogJSONPattern, manager, s.logJSON, nil),
		at(paths.LogSchemaPattern, anybody, schema(report.LogSchema), nil),
		at(paths.LogCSVPattern, manager, s.logCSV, nil),
		at(paths.NotePattern, manager, s.noteForm, s.note, planview.NoteFields...),
		at(paths.EntryPattern, manager, s.entryForm, s.changeEntry, planview.NoteFields...),
		at(paths.DeleteEntryPattern, manager, s.deleteEntryForm, s.deleteEntry),
		at(paths.RemindersPattern, manager, s.reminders, s.saveCadence, planview.CadenceFields...),
		at(paths.RemindersFilePattern, manager, s.remindersFile, nil),
		at(paths.CalendarAddressPattern, s.own, nil, s.makeCalendar),
		at(paths.EndCalendarPattern, s.own, nil, s.endCalendar),
		at(paths.CalendarPattern, anybody, s.calendar, nil),
		at(paths.MailRemindersPattern, s.own, nil, s.remindByMail),
		at(paths.EndMailRemindersPattern, s.own, nil, s.endMailReminders),
		at(paths.StopRemindersPattern, anybody, s.stopForm, s.stopReminders),

		// depth
		at(paths.DepthMapsPattern, s.guest, s.depthMaps, s.beginMap, depthview.BeginFields...),
		at(paths.EndMapOfferPattern, manager, nil, s.endMapOffer),
		at(paths.DepthMapsJSONPattern, manager, s.depthMapsJSON, nil),
		at(paths.DepthSchemaPattern, anybody, schema(report.MapsSchema), nil),
		at(paths.DepthMapPattern, manager, s.depthMap, nil),
		at(paths.PlacesPattern, manager, s.places, s.savePlaces, depthview.PlacesFields...),
		at(paths.PlacedPattern, manager, s.placed, s.savePlace, depthview.PlacedFields...),
		at(paths.DeleteDepthMapPattern, manager, s.deleteMapForm, s.deleteMap),

		// mentor: for the manager who shares, and for the mentor who rates
		at(paths.NewSharePattern, manager, s.shareForm, s.makeShare, mentorview.ShareFields...),
		at(paths.SharesPattern, manager, s.shares, nil),
		at(paths.SharePattern, manager, s.share, nil),
		at(paths.SharePreviewPattern, manager, s.sharePreview, nil),
		at(paths.ExtendSharePattern, manager, nil, s.extendShare, mentorview.ExtensionFields...),
		at(paths.RevokeSharePattern, manager, nil, s.revokeShare),
		at(paths.RemoveSharePattern, manager, nil, s.removeShare),
		at(paths.RevokeSharesPattern, manager, nil, s.revokeShares),
		at(paths.ConversationPattern, manager, s.conversation, nil),
		at(paths.ConversationJSONPattern, manager, s.conversationJSON, nil),
		at(paths.ConversationSchemaPattern, anybody, schema(report.ConversationSchema), nil),
		at(paths.ReadReviewPattern, manager, nil, s.readReview),
		at(paths.ReplyPattern, manager, nil, s.reply, mentorview.ReplyFields...),
		at(paths.SetAsidePattern, manager, nil, s.setAside),
		at(paths.MentorSheetPattern, manager, s.mentorSheet, nil),
		at(paths.AgreePattern, manager, nil, s.agree, mentorview.AgreementFields...),
		at(paths.OpenSharePattern, s.asMentor, s.invitation, s.openShare),
		at(paths.ReceivedPattern, s.asMentor, s.received, nil),
		at(paths.MentorDevicesPattern, s.asMentor, s.mentorDevices, s.makeMentorCode),
		at(paths.KeepMentorPattern, s.asMentor, s.keepForm, s.keepMentor, mentorview.KeepFields...),
		at(paths.LetGoMentorPattern, s.asMentor, nil, s.letGoMentor),
		at(paths.EndMentorDevicesPattern, s.asMentor, nil, s.endMentorDevices),
		at(paths.MentorKeyPattern, s.asMentor, s.mentorKey, s.makeMentorKey),
		at(paths.OwnWordsPattern, s.asMentor, s.ownWords, nil),
		at(paths.OwnWordsJSONPattern, s.asMentor, s.ownWordsJSON, nil),
		at(paths.OwnWordsSchemaPattern, anybody, schema(report.OwnWordsSchema), nil),
		at(paths.OwnReviewPattern, s.asMentor, s.deleteOwnForm, s.deleteOwn),
		at(paths.ContinuePattern, s.asMentor, s.continueForm, s.continueHere, mentorview.ContinueFields...),
		at(paths.ContinueWithPattern, s.asMentor, s.continueForm, nil),
		at(paths.SharedPattern, s.asMentor, s.sharedPage, nil),
		at(paths.RatePattern, s.asMentor, s.rateForm, s.rate, mentorview.RateFields...),
		at(paths.RatingsPattern, s.asMentor, s.ratings, s.saveRating, mentorview.RatingsFields...),
		at(paths.RevealPattern, s.asMentor, nil, s.reveal),
		at(paths.SideBySidePattern, s.asMentor, s.sideBySide, nil),
		at(paths.MentorAgreePattern, s.asMentor, nil, s.mentorAgree, mentorview.AgreementFields...),
		at(paths.WordsPattern, s.asMentor, s.wordsForm, s.words, mentorview.WordsFields...),
		at(paths.SharedResultPattern, s.asMentor, s.sharedResult, nil),
		at(paths.SharedHistoryPattern, s.asMentor, s.sharedHistory, nil),
		at(paths.SharedMapPattern, s.asMentor, s.sharedMap, s.saveMove, mentorview.MoveFields...),
		at(paths.ForgetSharePattern, s.asMentor, s.forgetForm, s.forget),

		// team: the app checks who is a steward
		at(paths.TeamsPattern, s.guest, s.teams, nil),
		at(paths.NewTeamPattern, s.guest, s.newTeamForm, s.newTeam, teamview.NewTeamFields...),
		at(paths.JoinCodePattern, s.guest, s.joinCodeForm, s.joinByCode, teamview.JoinCodeFields...),
		at(paths.JoinPattern, s.guest, s.joinForm, s.join, teamview.JoinFields...),
		at(paths.TeamPattern, manager, s.team, nil),
		at(paths.ChangeTeamPattern, manager, s.changeTeamForm, s.changeTeam, teamview.ChangeTeamFields...),
		at(paths.RosterPattern, manager, s.roster, nil),
		at(paths.WaitingPattern, manager, s.waiting, s.declineAll),
		at(paths.MemberPattern, manager, s.member, s.changeMember),
		at(paths.MyPlacePattern, manager, s.myPlace, s.changeMyPlace, teamview.PlaceFields...),
		at(paths.KnownPattern, manager, s.acquaintances, s.saveAcquaintances, teamview.KnownFields...),
		at(paths.LeaveTeamPattern, s.own, s.leaveTeamForm, s.leaveTeam),
		at(paths.InvitationsPattern, manager, s.invitations, s.invite, teamview.InvitationFields...),
		at(paths.RevokeInvitationPattern, manager, nil, s.revokeInvitation),
		at(paths.NewCyclePattern, manager, s.newCycleForm, s.newCycle, teamview.CycleFields...),
		at(paths.CyclePattern, manager, s.cycle, nil),
		at(paths.CycleCSVPattern, manager, s.cycleCSV, nil),
		at(paths.CloseCyclePattern, manager, s.closeCycleForm, s.closeCycle),
		at(paths.CancelCyclePattern, manager, s.cancelCycleForm, s.cancelCycle),
		at(paths.ContributePattern, manager, nil, s.contribute),
		at(paths.ShowScoresPattern, manager, nil, s.showScores),
		at(paths.TeamTrendsPattern, manager, s.teamTrends, nil),
		at(paths.TeamTrendsCSVPattern, manager, s.teamTrendsCSV, nil),
		at(paths.TeamSheetPattern, manager, s.teamSheet, nil),
		at(paths.PracticePattern, manager, s.practice, s.propose, teamview.ProposalFields...),
		at(paths.EndPracticePattern, manager, s.endPracticeForm, s.endPractice, teamview.OutcomeFields...),
		at(paths.ProposalPattern, manager, nil, s.changeProposal),
		at(paths.ReliancesPattern, manager, s.reliances, nil),
		at(paths.OwnReliancesPattern, manager, s.ownReliances, s.showMap, teamview.ReliancesFields...),
		at(paths.PeersPattern, manager, s.peers, s.askToCompare, teamview.PeersFields...),
		at(paths.AgreePeerPattern, manager, nil, s.agreePeer),
		at(paths.EndPeerPattern, manager, nil, s.endPeer),

		// account
		at(paths.HomePattern, anybody, s.home, nil),
		at(paths.AssessmentsPattern, s.guest, s.assessments, nil),
		at(paths.DeletePattern, manager, s.deleteForm, s.delete),
		at(paths.SettingsPattern, manager, s.settings, nil),
		at(paths.ZonesPattern, s.guest, s.zones, s.setZone, accountview.ZonesFields...),
		at(paths.KeyPattern, s.through(model.ByVisit, s.own), s.recoveryKey, s.makeRecoveryKey),
		at(paths.DevicesPattern, s.own, s.devices, nil),
		at(paths.EndDevicePattern, s.own, nil, s.endDevice),
		at(paths.EndOthersPattern, s.own, nil, s.endOtherDevices),
		at(paths.ErasePattern, manager, s.eraseForm, s.erase),
		at(paths.WaysInPattern, s.own, s.waysIn, nil),
		at(paths.RemoveWayInPattern, s.own, s.removeWayInForm, s.removeWayIn, accountview.RemoveWayInFields...),
		at(paths.PasskeysPattern, s.through(model.ByPasskey, s.own), nil, s.addPasskey, accountview.NewPasskeyFields...),
		at(paths.PasskeyPattern, s.through(model.ByVisit, s.own), s.renamePasskeyForm, s.renamePasskey, accountview.RenamePasskeyFields...),
		at(paths.RemovePasskeyPattern, s.through(model.ByVisit, s.own), s.removePasskeyForm, s.removePasskey, accountview.RemovePasskeyFields...),
		at(paths.SignInWithPasskeyPattern, s.through(model.ByPasskey, anybody), nil, s.signInWithPasskey),
		at(paths.SignInPattern, anybody, s.signInPage, nil),
		at(paths.MailPattern, s.mailing, s.mailForm, s.askForMail, accountview.MailFields...),
		at(paths.MailLinkPattern, s.mailing, s.mailLink, s.arriveByMail),
		at(paths.SignInWithPattern, anybody, nil, s.signInWith),
		at(paths.SignInBackPattern, anybody, s.signInBack, nil),
		at(paths.ChoicePattern, s.holder, s.deciding(s.choice), s.deciding(s.choose), accountview.ChoiceFields...),
		at(paths.TogetherPattern, s.holder, s.deciding(s.togetherForm), s.deciding(s.layTogether)),
		at(paths.ApartPattern, s.own, s.deciding(s.apartForm), s.deciding(s.takeApart)),
		at(paths.StayTogetherPattern, s.own, nil, s.deciding(s.stayTogether)),
		at(paths.RecoverPattern, s.through(model.ByVisit, anybody), s.recoverForm, s.recover, accountview.RecoverFields...),
	}
}

// anybody lets everybody in.
func anybody(next handler) handler { return next }

// route is what answers a pattern, and the fields of the form that it takes.
type route struct {
	handle handler
	fields []kit.Field
}

// pages are what people use, by pattern. The route-by-role test walks through them.
func (s *Server) pages() map[string]route {
	pages := map[string]route{}
	for _, one := range s.addresses() {
		if one.show != nil {
			pages["GET "+one.path] = route{handle: one.whom(one.show)}
		}
		if one.take != nil {
			pages["POST "+one.path] = route{one.whom(one.take), one.fields}
		}
	}
	if s.DemonstrationManager != "" {
		pages["POST "+paths.DemonstrationPattern] = route{handle: s.demonstration}
	}
	return pages
}

// routes registers every route of the app: its addresses, its files and its probes.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(s.below("GET "+paths.AssetsPattern), http.StripPrefix(s.paths.Base, assets.Handler()))
	for pattern, probe := range s.probes() {
		mux.Handle(s.below(pattern), probe)
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		mux.HandleFunc(s.below(method+" "+paths.MarksPattern), s.oldTargets)
	}
	for pattern, route := range s.pages() {
		if _, always := repeatable[pattern]; strings.HasPrefix(pattern, "POST ") && !always {
			route.handle = s.once(route.handle)
		}
		mux.Handle(s.below(pattern), s.routed(pattern, route))
	}
	return s.notFound(mux)
}

// routed puts before a handler what its route needs: a form is read, and a page behind a secret opens only to a real
// visit.
func (s *Server) routed(pattern string, route route) http.Handler {
	switch method, path, _ := strings.Cut(pattern, " "); {
	case method == http.MethodPost && path == paths.ImportPattern:
		return s.takingFile(s.handle(route.handle))
	case method == http.MethodPost:
		return s.taking(route.fields, s.handle(route.handle))
	case path == paths.OpenSharePattern, path == paths.JoinPattern, path == paths.ContinueWithPattern, path == paths.SignInBackPattern, path == paths.MailLinkPattern:
		return visited(s.answering(s.handle(route.handle)))
	}
	return s.answering(s.handle(route.handle))
}

// below puts a route under the base path.
func (s *Server) below(pattern string) string {
	method, path, _ := strings.Cut(pattern, " ")
	return method + " " + s.paths.Base + path
}
