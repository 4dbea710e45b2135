package web

import (
	"net/http"
	"strings"

	"whetstone/assets"
	"whetstone/internal/paths"
)

// address is one address of the app: whom it is for, what it shows, and what is done with a form that is sent to it. It
// answers nobody else, and nil for what it doesn't do.
type address struct {
	path       string
	whom       func(handler) handler
	show, take handler
}

// addresses are all that people use, wing by wing.
func (s *Server) addresses() []address {
	return []address{
		// site: what belongs to nobody
		{paths.HomePattern, anybody, s.landing, nil},
		{paths.MethodPattern, anybody, s.method, nil},
		{paths.ReliabilityPattern, manager, nil, s.allowReliability},
		{paths.AboutPattern, anybody, s.about, nil},

		// assess
		{paths.StartPattern, anybody, s.startForm, s.start},
		{paths.BeginPattern, manager, s.begin, nil},
		{paths.AssessmentPattern, manager, s.assessment, nil},
		{paths.ExamplePattern, manager, s.example, nil},
		{paths.QuestionsPattern, manager, s.questions, s.saveQuestions},
		{paths.AnswersPattern, manager, s.answers, s.saveAnswer},
		{paths.ReviewPattern, manager, s.review, nil},
		{paths.FinishPattern, manager, nil, s.finish},

		// results
		{paths.ResultPattern, manager, s.result, nil},
		{paths.ResultJSONPattern, manager, s.resultJSON, nil},
		{paths.ResultCSVPattern, manager, s.resultCSV, nil},
		{paths.RenamePattern, manager, s.renameForm, s.rename},
		{paths.ReratingPattern, manager, s.reratingForm, s.rerate},
		{paths.HistoryPattern, anybody, s.history, nil},
		{paths.HistoryJSONPattern, manager, s.historyJSON, nil},
		{paths.HistoryCSVPattern, manager, s.historyCSV, nil},
		{paths.ComparePattern, manager, s.compare, nil},
		{paths.TargetsPattern, anybody, s.targets, nil},
		{paths.TargetsPattern, manager, nil, s.saveTargets},
		{paths.GuidesPattern, anybody, s.guides, nil},
		{paths.GuidePattern, anybody, s.guide, nil},

		// mentor: as the manager who shares, and as who rates
		{paths.NewSharePattern, manager, s.shareForm, s.makeShare},
		{paths.SharesPattern, manager, s.shares, nil},
		{paths.SharePattern, manager, s.share, nil},
		{paths.SharePreviewPattern, manager, s.sharePreview, nil},
		{paths.ExtendSharePattern, manager, nil, s.extendShare},
		{paths.RevokeSharePattern, manager, nil, s.revokeShare},
		{paths.RemoveSharePattern, manager, nil, s.removeShare},
		{paths.RevokeSharesPattern, manager, nil, s.revokeShares},
		{paths.ConversationPattern, manager, s.conversation, nil},
		{paths.ConversationJSONPattern, manager, s.conversationJSON, nil},
		{paths.ReadReviewPattern, manager, nil, s.readReview},
		{paths.AgreePattern, manager, nil, s.agree},
		{paths.OpenSharePattern, s.asMentor, s.invitation, s.openShare},
		{paths.ReceivedPattern, s.asMentor, s.received, nil},
		{paths.SharedPattern, s.asMentor, s.sharedPage, nil},
		{paths.RatePattern, s.asMentor, s.rateForm, s.rate},
		{paths.RatingsPattern, s.asMentor, s.ratings, s.saveRating},
		{paths.RevealPattern, s.asMentor, nil, s.reveal},
		{paths.SideBySidePattern, s.asMentor, s.sideBySide, nil},
		{paths.MentorAgreePattern, s.asMentor, nil, s.mentorAgree},
		{paths.WordsPattern, s.asMentor, s.wordsForm, s.words},
		{paths.SharedResultPattern, s.asMentor, s.sharedResult, nil},
		{paths.SharedHistoryPattern, s.asMentor, s.sharedHistory, nil},
		{paths.ForgetSharePattern, s.asMentor, s.forgetForm, s.forget},

		// team: a steward’s acts stand among those of members, and the app tells the two apart
		{paths.TeamsPattern, anybody, s.teams, nil},
		{paths.NewTeamPattern, anybody, s.newTeamForm, s.newTeam},
		{paths.JoinCodePattern, anybody, s.joinCodeForm, s.joinByCode},
		{paths.JoinPattern, anybody, s.joinForm, s.join},
		{paths.TeamPattern, manager, s.team, nil},
		{paths.ChangeTeamPattern, manager, s.changeTeamForm, s.changeTeam},
		{paths.RosterPattern, manager, s.roster, nil},
		{paths.WaitingPattern, manager, s.waiting, s.declineAll},
		{paths.MemberPattern, manager, s.member, s.changeMember},
		{paths.MyPlacePattern, manager, s.myPlace, s.changeMyPlace},
		{paths.KnownPattern, manager, s.acquaintances, s.saveAcquaintances},
		{paths.LeaveTeamPattern, s.own, s.leaveTeamForm, s.leaveTeam},
		{paths.InvitationsPattern, manager, s.invitations, s.invite},
		{paths.RevokeInvitationPattern, manager, nil, s.revokeInvitation},
		{paths.NewCyclePattern, manager, s.newCycleForm, s.newCycle},
		{paths.CyclePattern, manager, s.cycle, nil},
		{paths.CycleCSVPattern, manager, s.cycleCSV, nil},
		{paths.CloseCyclePattern, manager, s.closeCycleForm, s.closeCycle},
		{paths.CancelCyclePattern, manager, s.cancelCycleForm, s.cancelCycle},
		{paths.ContributePattern, manager, nil, s.contribute},
		{paths.ShowScoresPattern, manager, nil, s.showScores},
		{paths.TeamTrendsPattern, manager, s.teamTrends, nil},
		{paths.TeamTrendsCSVPattern, manager, s.teamTrendsCSV, nil},
		{paths.PeersPattern, manager, s.peers, s.agreeToCompare},
		{paths.EndPeerPattern, manager, nil, s.endPeer},

		// account
		{paths.AssessmentsPattern, anybody, s.assessments, nil},
		{paths.DeletePattern, manager, s.deleteForm, s.delete},
		{paths.SettingsPattern, manager, s.settings, nil},
		{paths.ZonesPattern, anybody, s.zones, s.setZone},
		{paths.KeyPattern, s.own, s.recoveryKey, s.makeRecoveryKey},
		{paths.DevicesPattern, s.own, s.devices, nil},
		{paths.EndDevicePattern, s.own, nil, s.endDevice},
		{paths.EndOthersPattern, s.own, nil, s.endOtherDevices},
		{paths.ErasePattern, manager, s.eraseForm, s.erase},
		{paths.RecoverPattern, anybody, s.recoverForm, s.recover},
	}
}

// anybody lets in who comes.
func anybody(next handler) handler { return next }

// pages are the routes that people use, by pattern. The route-by-role test walks through them.
func (s *Server) pages() map[string]handler {
	pages := map[string]handler{}
	for _, at := range s.addresses() {
		if at.show != nil {
			pages["GET "+at.path] = at.whom(at.show)
		}
		if at.take != nil {
			pages["POST "+at.path] = at.whom(at.take)
		}
	}
	if s.DemonstrationManager != "" {
		pages["POST "+paths.DemonstrationPattern] = s.demonstration
	}
	return pages
}

// routes is every route of the app: its addresses, its files and its probes.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(s.below("GET "+paths.AssetsPattern), http.StripPrefix(s.paths.Base, assets.Handler()))
	for pattern, probe := range s.probes() {
		mux.Handle(s.below(pattern), probe)
	}
	for pattern, handle := range s.pages() {
		if _, always := repeatable[pattern]; strings.HasPrefix(pattern, "POST ") && !always {
			handle = s.once(handle)
		}
		mux.Handle(s.below(pattern), s.route(pattern, handle))
	}
	return s.notFound(mux)
}

// route puts before a handler what its route asks for: a form is read, and a page behind a secret is for who visits
// it.
func (s *Server) route(pattern string, handle handler) http.Handler {
	switch method, path, _ := strings.Cut(pattern, " "); {
	case method == http.MethodPost:
		return s.taking(pattern, s.handle(handle))
	case path == paths.OpenSharePattern, path == paths.JoinPattern:
		return visited(s.answering(s.handle(handle)))
	}
	return s.answering(s.handle(handle))
}

// below puts a route under the base path.
func (s *Server) below(pattern string) string {
	method, path, _ := strings.Cut(pattern, " ")
	return method + " " + s.paths.Base + path
}
