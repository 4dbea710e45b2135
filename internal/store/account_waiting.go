package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// What waits for somebody, as the rows of a FROM and its WHERE, of which each parameter is named by who asks. Lists and
// the count are made of the same rows, so that the menu never counts what no page shows.

// dueCommitments are the commitments that a manager is at and whose last day has come.
func dueCommitments(manager, today string) string {
	return `commitments c WHERE c.manager_id = ` + manager + ` AND c.closed_at IS NULL AND c.until_day <= ` + today
}

// begunDrafts are a manager's drafts.
func begunDrafts(manager string) string {
	return `assessments a WHERE a.manager_id = ` + manager + ` AND a.state = 'draft'`
}

// begunMaps are a manager's depth maps that are being made.
func begunMaps(manager string) string {
	return `depth_maps m WHERE m.manager_id = ` + manager + ` AND m.finished_at IS NULL`
}

// newReviews are the reviews r, each with the link own that it was begun with, that a manager sees and in which
// something is new to them, but for those set aside. A level that the mentor proposes is no part of that: it waits to be confirmed.
func newReviews(manager, now string) string {
	return `shares own JOIN reviews r ON r.share_id = own.id WHERE own.manager_id = ` + manager + ` AND r.set_aside_at IS NULL AND ` + hasNews + ` AND ` + visibleReview(now)
}

// hasNews holds for a review r with something that its manager hasn't read: model.MentorReview.News says what.
const hasNews = `(r.read_at IS NULL OR r.words_at > r.read_at
	OR EXISTS (SELECT 1 FROM ratings v WHERE v.review_id = r.id AND v.updated_at > r.read_at)
	OR EXISTS (SELECT 1 FROM map_moves o WHERE o.review_id = r.id AND o.updated_at > r.read_at)
	OR EXISTS (SELECT 1 FROM agreements n WHERE n.review_id = r.id AND ` + settledByMentor + ` > r.read_at))`

// settledByMentor is when the mentor confirmed or took back what an agreement n says; 0 if they did neither.
const settledByMentor = `CASE WHEN n.proposed_by = 'manager' AND n.confirmed_at IS NOT NULL THEN n.confirmed_at
	WHEN n.proposed_by = 'mentor' AND n.level IS NULL THEN n.proposed_at ELSE 0 END`

// levelsToConfirm are the agreements n, each with its review r and the link own that this was begun with, in which a
// mentor proposes a level that the manager has neither confirmed nor declined.
func levelsToConfirm(manager, now string) string {
	return `shares own JOIN reviews r ON r.share_id = own.id JOIN agreements n ON n.review_id = r.id
		WHERE own.manager_id = ` + manager + ` AND r.set_aside_at IS NULL AND r.brought_at IS NULL AND n.proposed_by = 'mentor' AND ` + openProposal + ` AND ` + visibleReview(now)
}

// openProposal holds for an agreement n that one side has proposed and the other hasn't answered.
const openProposal = `n.level IS NOT NULL AND n.confirmed_at IS NULL`

// countingCycles are the open cycles c of the teams t in which a manager is the member m, and that count them: they must
// have been confirmed before it opened.
func countingCycles(manager, now string) string {
	return `team_members m JOIN teams t ON t.id = m.team_id JOIN cycles c ON c.team_id = t.id
		WHERE m.manager_id = ` + manager + ` AND m.confirmed_at < c.opens_at
			AND c.closed_at IS NULL AND c.opens_at <= ` + now + ` AND c.closes_at > ` + now
}

// contributes holds for a cycle c in which something of the member m counts.
const contributes = `EXISTS (SELECT 1 FROM cycle_contributions x WHERE x.cycle_id = c.id AND x.member_id = m.id)`

// countedMembers counts the members of a team t whom its cycle c counts.
const countedMembers = `(SELECT count(*) FROM team_members o WHERE o.team_id = t.id AND o.confirmed_at < c.opens_at)`

// teamsToConfirm are the teams t that a manager stewards and in which somebody waits to be confirmed.
func teamsToConfirm(manager string) string {
	return `team_members m JOIN teams t ON t.id = m.team_id
		WHERE m.manager_id = ` + manager + ` AND m.role = 'steward' AND m.confirmed_at IS NOT NULL
			AND EXISTS (SELECT 1 FROM team_members w WHERE w.team_id = t.id AND w.confirmed_at IS NULL)`
}

// peersToAnswer are the teams o that ask to compare with a team t that a manager stewards.
func peersToAnswer(manager string) string {
	return `team_members m JOIN teams t ON t.id = m.team_id JOIN team_peers p ON t.id IN (p.team_id, p.peer_id)
		JOIN teams o ON o.id = p.asked_by
		WHERE m.manager_id = ` + manager + ` AND m.role = 'steward' AND m.confirmed_at IS NOT NULL AND o.id <> t.id`
}

// notOwned holds for a share s with a grant g where the browser has never acted for its manager.
func notOwned(browser string) string {
	return `NOT EXISTS (SELECT 1 FROM mentor_owners w WHERE w.mentor_id = g.mentor_id AND w.browser_id = ` + browser + ` AND w.manager_id = s.manager_id)`
}

// opensTo holds for a share that a mentor has opened, where a manager is signed in, "" for nobody: it opens for whoever has
// its link, or for the manager by their address. Once a share was taken off its manager's list the address is gone, and who
// the one person was is told by under whose sign-in the mentor is kept.
func opensTo(share, mentor, manager string) string {
	return `(` + share + `.addressed = 0
		OR EXISTS (SELECT 1 FROM identities y WHERE y.manager_id = ` + manager + ` AND y.address = ` + share + `.address AND y.address <> '')
		OR (` + share + `.address = '' AND EXISTS (SELECT 1 FROM mentor_ties k WHERE k.mentor_id = ` + mentor + ` AND k.manager_id = ` + manager + `)))`
}

// grantOpensTo holds for a share s with a grant g that opens so, and likewise whatever the mentor began to write of its
// assessment by another link.
func grantOpensTo(manager string) string {
	return `(` + opensTo("s", "g.mentor_id", manager) + ` AND NOT EXISTS (SELECT 1 FROM reviews x JOIN shares f ON f.id = x.share_id
		WHERE x.mentor_id = g.mentor_id AND x.assessment_id = s.assessment_id AND NOT ` + opensTo("f", "g.mentor_id", manager) + `))`
}

// sharesToRate are the live links s that a mentor has opened, as the grant g, that ask for their view, and whose
// assessment they have sent no review of; none of a manager's for whom the browser has acted.
func sharesToRate(mentor, browser, manager, now string) string {
	return `grants g JOIN shares s ON s.id = g.share_id
		WHERE g.mentor_id = ` + mentor + ` AND ` + notOwned(browser) + ` AND ` + grantOpensTo(manager) + ` AND s.allows_rating = 1 AND ` + liveShare(now) + `
			AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.assessment_id = s.assessment_id AND r.mentor_id = g.mentor_id AND r.sent_at IS NOT NULL)`
}

// levelsToAnswer are the agreements n in which a manager proposes a level that the mentor can answer through a live
// link s and has neither confirmed nor declined; none of a manager's for whom the browser has acted.
func levelsToAnswer(mentor, browser, manager, now string) string {
	return `grants g JOIN shares s ON s.id = g.share_id
		JOIN reviews r ON r.assessment_id = s.assessment_id AND r.mentor_id = g.mentor_id JOIN agreements n ON n.review_id = r.id
		WHERE g.mentor_id = ` + mentor + ` AND ` + notOwned(browser) + ` AND ` + grantOpensTo(manager) + ` AND s.allows_rating = 1 AND s.shows_result = 1 AND ` + liveShare(now) + `
			AND n.proposed_by = 'manager' AND ` + openProposal + `
			AND EXISTS (SELECT 1 FROM reveals v
				WHERE v.assessment_id = r.assessment_id AND v.mentor_id = r.mentor_id AND v.competency = n.competency)`
}

// Waiting counts what waits for a browser that acts for a manager, for a mentor or for both, with the zero values for
// neither, on the day of its reader. It is one statement, and costs what belongs to the two.
func (s *Store) Waiting(ctx context.Context, managerID string, mentor model.Mentor, today, now time.Time) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT
		(SELECT count(*) FROM `+dueCommitments("$1", "$3")+`) +
		(SELECT count(*) FROM `+begunDrafts("$1")+`) +
		(SELECT count(*) FROM `+begunMaps("$1")+`) +
		(SELECT count(*) FROM `+newReviews("$1", "$2")+`) +
		(SELECT count(DISTINCT r.id) FROM `+levelsToConfirm("$1", "$2")+`) +
		(SELECT count(*) FROM `+countingCycles("$1", "$2")+` AND NOT `+contributes+` AND `+countedMembers+` >= c.smallest_group) +
		(SELECT count(*) FROM `+teamsToConfirm("$1")+`) +
		(SELECT count(*) FROM `+peersToAnswer("$1")+`) +
		(SELECT count(*) FROM `+sharesToRate("$4", "$5", "$6", "$2")+`) +
		(SELECT count(DISTINCT r.id) FROM `+levelsToAnswer("$4", "$5", "$6", "$2")+`)`,
		[]any{managerID, milliseconds(now), date(today), mentor.ID, mentor.BrowserID, mentor.ManagerID}, &count)
	return count, err
}

// PeersToAnswer lists the teams that ask to compare with one that a manager stewards.
func (s *Store) PeersToAnswer(ctx context.Context, managerID string) (list []model.PeersToAnswer, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.PeersToAnswer
		var since sql.NullInt64
		err := row(&one.TeamID, &one.Team, &one.OtherID, &one.Other, &since)
		one.Since = moment(since)
		list = append(list, one)
		return err
	}, `SELECT t.id, t.name, o.id, o.name, p.since FROM `+peersToAnswer("$1")+` ORDER BY p.since, t.id, o.id`, managerID)
	return list, err
}

// WaitingMembers lists the teams that a manager stewards and in which somebody waits to be confirmed, each with how
// many.
func (s *Store) WaitingMembers(ctx context.Context, managerID string) (list []model.WaitingMembers, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.WaitingMembers
		var latest sql.NullInt64
		err := row(&one.TeamID, &one.Team, &one.Count, &latest)
		one.Latest = moment(latest)
		list = append(list, one)
		return err
	}, `SELECT t.id, t.name, (SELECT count(*) FROM team_members w WHERE w.team_id = t.id AND w.confirmed_at IS NULL),
			(SELECT max(w.joined_at) FROM team_members w WHERE w.team_id = t.id AND w.confirmed_at IS NULL)
		FROM `+teamsToConfirm("$1")+` ORDER BY t.name, t.id`, managerID)
	return list, err
}
