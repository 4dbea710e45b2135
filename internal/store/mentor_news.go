package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"whetstone/internal/model"
)

// byMentor is what the mentor of a review r calls themself, or the label of the link own that it was begun with.
const byMentor = `CASE WHEN r.name <> '' THEN r.name ELSE own.label END`

// ReviewNotices lists the reviews that a manager sees and in which something is new to them, the latest first. Of a
// review that they never read, all that it says is new.
func (s *Store) ReviewNotices(ctx context.Context, managerID string, now time.Time) ([]model.ReviewNotice, error) {
	var notices []model.ReviewNotice
	err := s.Query(ctx, func(row func(...any) error) (err error) {
		var notice model.ReviewNotice
		var at sql.NullInt64
		notice.Assessment, err = s.scanAssessment(row, &notice.ReviewID, &notice.ShareID, &notice.Name, &at, &notice.Again,
			&notice.Words, &notice.Asks, &notice.Ratings, &notice.Levels, &notice.Moves)
		notice.At = moment(at)
		notices = append(notices, notice)
		return err
	}, `SELECT `+assessmentColumns+`, r.id, r.share_id, `+byMentor+`, r.updated_at, `+number01(`r.read_at IS NOT NULL`)+`,
			`+number01(`(r.overall <> '' OR r.answer <> '') AND (r.read_at IS NULL OR r.words_at > r.read_at)`)+`,
			`+number01(`r.question <> '' AND (r.read_at IS NULL OR r.words_at > r.read_at)`)+`,
			(SELECT count(*) FROM ratings v WHERE v.review_id = r.id AND v.updated_at > COALESCE(r.read_at, 0)
				AND (v.level IS NOT NULL OR v.later IS NOT NULL OR v.comment <> '')),
			(SELECT count(*) FROM agreements n WHERE n.review_id = r.id AND `+settledByMentor+` > COALESCE(r.read_at, 0)),
			(SELECT count(*) FROM map_moves o WHERE o.review_id = r.id AND o.domain <> '' AND o.updated_at > COALESCE(r.read_at, 0))
		FROM assessments a, `+newReviews("$1", "$2")+` AND a.id = r.assessment_id
		ORDER BY r.updated_at DESC, r.id`, managerID, milliseconds(now))
	return notices, err
}

// LevelNotices lists the levels that mentors propose to a manager and that wait to be confirmed: one for each review,
// the first proposed first, with the competencies in the order in which they were proposed.
func (s *Store) LevelNotices(ctx context.Context, managerID string, now time.Time) (notices []model.LevelNotice, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		var notice model.LevelNotice
		var competency string
		var at sql.NullInt64
		if notice.Assessment, err = s.scanAssessment(row, &notice.ReviewID, &notice.ShareID, &notice.Name, &competency, &at); err != nil {
			return err
		}
		notices = addLevel(notices, notice, competency, moment(at))
		return nil
	}, `SELECT `+assessmentColumns+`, r.id, r.share_id, `+byMentor+`, n.competency, n.proposed_at
		FROM assessments a, `+levelsToConfirm("$1", "$2")+` AND a.id = r.assessment_id
		ORDER BY n.proposed_at, r.id, n.competency`, managerID, milliseconds(now))
	return notices, err
}

// LevelsToAnswer lists the levels that managers propose to a mentor and that wait for the mentor's answer: one for each
// assessment, with the link that opens longest, the first proposed first.
func (s *Store) LevelsToAnswer(ctx context.Context, mentor model.Mentor, now time.Time) (notices []model.LevelNotice, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var notice model.LevelNotice
		var competency string
		var at sql.NullInt64
		if err := row(&notice.ReviewID, &notice.ShareID, &notice.Name, &competency, &at); err != nil {
			return err
		}
		notices = addLevel(notices, notice, competency, moment(at))
		return nil
	}, `SELECT r.id, s.id, s.sharer, n.competency, n.proposed_at FROM `+levelsToAnswer("$1", "$3", "$4", "$2")+`
		ORDER BY n.proposed_at, r.id, n.competency, s.expires_at DESC, s.id`, mentor.ID, milliseconds(now), mentor.BrowserID, mentor.ManagerID)
	return notices, err
}

// addLevel adds a competency, once, to the notice of its review, which is begun with the given one.
func addLevel(notices []model.LevelNotice, notice model.LevelNotice, competency string, proposed time.Time) []model.LevelNotice {
	at := slices.IndexFunc(notices, func(one model.LevelNotice) bool { return one.ReviewID == notice.ReviewID })
	if at < 0 {
		at, notices = len(notices), append(notices, notice)
	}
	if named := (model.NamedCompetency{ID: competency}); !slices.Contains(notices[at].Competencies, named) {
		notices[at].Competencies = append(notices[at].Competencies, named)
		notices[at].ProposedAt = append(notices[at].ProposedAt, proposed)
	}
	return notices
}

// ClosedToVisitor reports whether a mentor has opened or written something that opens for one person alone, and not in their
// browser, since they aren't signed in there as that person.
func (s *Store) ClosedToVisitor(ctx context.Context, mentor model.Mentor) (closed bool, err error) {
	err = s.QueryRow(ctx, `SELECT
		EXISTS (SELECT 1 FROM grants g JOIN shares s ON s.id = g.share_id
			WHERE g.mentor_id = $1 AND `+notOwned("$3")+` AND NOT `+grantOpensTo("$2")+`)
		OR EXISTS (SELECT 1 FROM reviews g JOIN shares s ON s.id = g.share_id
			WHERE g.mentor_id = $1 AND `+notOwned("$3")+` AND NOT `+opensTo("s", "g.mentor_id", "$2")+`)`, []any{mentor.ID, mentor.ManagerID, mentor.BrowserID}, &closed)
	return closed, err
}

// ReceivedShares lists the links that a mentor has opened, the latest opened first, including those that have ended,
// each with how far their review of its assessment is. What opens for one person alone is left out where they aren't signed
// in as that person.
func (s *Store) ReceivedShares(ctx context.Context, mentor model.Mentor, now time.Time) (list []model.Received, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		one, err := scanReceived(row, now)
		list = append(list, one)
		return err
	}, `SELECT `+shareColumns+`, a.period_start, a.period_end, a.finished_at, r.sent_at,
			(SELECT count(*) FROM ratings v WHERE v.review_id = r.id AND (v.level IS NOT NULL OR v.later IS NOT NULL))
		FROM grants g JOIN shares s ON s.id = g.share_id JOIN assessments a ON a.id = s.assessment_id
		LEFT JOIN reviews r ON r.assessment_id = s.assessment_id AND r.mentor_id = g.mentor_id
		WHERE g.mentor_id = $1 AND `+grantOpensTo("$2")+` ORDER BY g.granted_at DESC, s.id DESC`, mentor.ID, mentor.ManagerID)
	return list, err
}

func scanReceived(row func(...any) error, now time.Time) (one model.Received, err error) {
	var start, end sql.NullString
	var finished, sent sql.NullInt64
	share, err := scanShare(func(into ...any) error { return row(append(into, &start, &end, &finished, &sent, &one.Given)...) })
	if err != nil {
		return one, err
	}
	one.ShareID, one.ManagerID, one.Sharer, one.Question, one.Scope = share.ID, share.ManagerID, share.Sharer, share.Question, share.Scope
	one.State, one.EndsAt = share.State(now), share.EndedAt()
	one.FinishedAt, one.SentAt = moment(finished), moment(sent)
	if one.PeriodStart, err = day(start); err != nil {
		return one, err
	}
	one.PeriodEnd, err = day(end)
	return one, err
}
