package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"whetstone/internal/model"
)

// History reads all of a manager's finished assessments with their sections, items and answers, the oldest first. Its
// cost depends only on this manager's data: three queries, however many assessments there are, and one for each
// wording that isn't cached yet.
func (s *Store) History(ctx context.Context, managerID string) (assessments []model.Answered, err error) {
	err = s.InSnapshot(ctx, func(snapshot *Store) (err error) {
		if assessments, err = snapshot.readAssessments(ctx, `ORDER BY `+latestFirst, managerID); err != nil {
			return err
		}
		slices.Reverse(assessments)
		byID := byAssessment(assessments)
		if err := snapshot.addAnswers(ctx, byID, "", managerID); err != nil {
			return err
		}
		return snapshot.addReratings(ctx, byID, "", managerID)
	})
	return assessments, err
}

// HistoryOf is History of some of a manager's finished assessments.
func (s *Store) HistoryOf(ctx context.Context, managerID string, ids []string) (assessments []model.Answered, err error) {
	chosen, arguments := among("a.id", ids, managerID)
	err = s.InSnapshot(ctx, func(snapshot *Store) (err error) {
		if assessments, err = snapshot.readAssessments(ctx, chosen+` ORDER BY `+latestFirst, arguments...); err != nil {
			return err
		}
		slices.Reverse(assessments)
		byID := byAssessment(assessments)
		if err := snapshot.addAnswers(ctx, byID, chosen, arguments...); err != nil {
			return err
		}
		return snapshot.addReratings(ctx, byID, chosen, arguments...)
	})
	return assessments, err
}

// among is a condition that leaves the rows with some ids in a column, and the arguments of a query that begin with these.
func among(column string, ids []string, before ...any) (condition string, arguments []any) {
	arguments = before
	places := make([]string, len(ids))
	for i, id := range ids {
		arguments = append(arguments, id)
		places[i] = "$" + strconv.Itoa(len(arguments))
	}
	return `AND ` + column + ` IN (` + strings.Join(places, ", ") + `)`, arguments
}

// Levels is History without notes, times and revisions: it has only the levels of the answers. Scores and verdicts
// need no more, and it costs a fraction.
func (s *Store) Levels(ctx context.Context, managerID string) (assessments []model.Answered, err error) {
	err = s.InSnapshot(ctx, func(snapshot *Store) (err error) {
		if assessments, err = snapshot.assessments(ctx, `ORDER BY `+latestFirst, managerID); err != nil {
			return err
		}
		slices.Reverse(assessments)
		return snapshot.addReratings(ctx, byAssessment(assessments), "", managerID)
	})
	return assessments, err
}

// All is how many assessments to read where there is no bound.
const All = math.MaxInt32

// Before reads the assessments that come before a finished one in its manager's history, at most so many, the oldest
// first, with levels alone as Levels has them.
func (s *Store) Before(ctx context.Context, later *model.Assessment, most int) ([]model.Answered, error) {
	assessments, err := s.assessments(ctx, `AND a.finished_at <= $2
			AND (a.finished_at < $2 OR a.started_at < $3 OR (a.started_at = $3 AND a.id > $4))
		ORDER BY `+latestFirst+` LIMIT $5`,
		later.ManagerID, milliseconds(later.FinishedAt), milliseconds(later.StartedAt), later.ID, most)
	slices.Reverse(assessments)
	return assessments, err
}

// assessments reads those of a manager's finished assessments that a condition selects, with their levels, which are
// cached: callers must not change them. The manager is its first argument.
func (s *Store) assessments(ctx context.Context, condition string, arguments ...any) ([]model.Answered, error) {
	var assessments []model.Answered
	var ids, names, unknown []string
	err := s.Query(ctx, func(row func(...any) error) error {
		var id, name string
		var finished sql.NullInt64
		if err := row(&id, &name, &finished); err != nil {
			return err
		}
		answered, found := s.settled.levels.find(settledKey(id, moment(finished)))
		if !found {
			unknown = append(unknown, id)
		}
		assessments, ids, names = append(assessments, answered), append(ids, id), append(names, name)
		return nil
	}, `SELECT a.id, a.name, a.finished_at FROM assessments a
		WHERE a.manager_id = $1 AND a.state = 'finished' `+condition, arguments...)
	if err != nil {
		return nil, err
	}
	if len(unknown) > 0 {
		chosen, its := among("a.id", unknown, arguments[0])
		read, err := s.readAssessments(ctx, chosen, its...)
		if err != nil {
			return nil, err
		}
		for _, answered := range read {
			answered.Kept = new(atomic.Value)
			s.settled.levels.put(settledKey(answered.Assessment.ID, answered.Assessment.FinishedAt), answered)
			assessments[slices.Index(ids, answered.Assessment.ID)] = answered
		}
	}
	for i, answered := range assessments {
		if answered.Assessment != nil {
			named := *answered.Assessment
			named.Name = names[i]
			named.ManagerID, _ = arguments[0].(string) // remembered of whose it was then
			assessments[i].Assessment = &named
		}
	}
	// What was deleted between the two queries is left out.
	return slices.DeleteFunc(assessments, func(answered model.Answered) bool { return answered.Assessment == nil }), nil
}

// readAssessments is assessments without the cache.
func (s *Store) readAssessments(ctx context.Context, condition string, arguments ...any) ([]model.Answered, error) {
	var assessments []model.Answered
	var rows []askedRow
	err := s.Query(ctx, func(scan func(...any) error) error {
		var row askedRow
		var levels string
		assessment, err := s.scanAssessment(scan, append(row.columns(), &levels)...)
		if err != nil {
			return err
		}
		answers, err := readLevels(levels)
		assessments, rows = append(assessments, model.Answered{Assessment: assessment, Answers: answers}), append(rows, row)
		return err
	}, `SELECT `+assessmentColumns+`, `+askedColumns+`,
			COALESCE((SELECT string_agg(r.item_id || ' ' || CAST(r.level AS TEXT), ' ')
				FROM answers r WHERE r.assessment_id = a.id AND r.level IS NOT NULL), '')
		FROM assessments a WHERE a.manager_id = $1 AND a.state = 'finished' `+condition, arguments...)
	if err != nil {
		return nil, err
	}
	for i := range assessments {
		if err := s.addAsked(ctx, assessments[i].Assessment, rows[i]); err != nil {
			return nil, err
		}
	}
	return assessments, nil
}

// readLevels reads a list of levels, each after its item.
func readLevels(list string) (model.Answers, error) {
	answers := make(model.Answers, strings.Count(list, " ")/2+1)
	for rest := list; rest != ""; {
		var item, level string
		item, rest, _ = strings.Cut(rest, " ")
		level, rest, _ = strings.Cut(rest, " ")
		value, err := strconv.Atoi(level)
		if err != nil {
			return nil, fmt.Errorf("the level of item %s: %w", item, err)
		}
		answers[item] = model.Answer{Item: item, Level: model.Level(value)}
	}
	return answers, nil
}

func byAssessment(assessments []model.Answered) map[string]*model.Answered {
	byID := make(map[string]*model.Answered, len(assessments))
	for i := range assessments {
		byID[assessments[i].Assessment.ID] = &assessments[i]
	}
	return byID
}

// addAnswers adds the answers to assessments. A condition may select some of the finished assessments of the manager,
// who is the first argument.
func (s *Store) addAnswers(ctx context.Context, byID map[string]*model.Answered, condition string, arguments ...any) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id string
		answer, err := scanAnswer(func(into ...any) error { return row(append([]any{&id}, into...)...) })
		if err != nil {
			return err
		}
		byID[id].Answers[answer.Item] = answer
		return nil
	}, `SELECT r.assessment_id, `+answerColumns+`
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.state = 'finished' `+condition, arguments...)
}

// addReratings adds the look backs to assessments; for condition and arguments see addAnswers.
func (s *Store) addReratings(ctx context.Context, byID map[string]*model.Answered, condition string, arguments ...any) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id, earlier, competencies, item string
		var level int
		if err := row(&id, &earlier, &competencies, &item, &level); err != nil {
			return err
		}
		answered := byID[id]
		if answered.Rerating == nil {
			answered.Rerating = &model.Rerating{
				AssessmentID: id, EarlierID: earlier, State: model.ReratingAnswered,
				Competencies: strings.Fields(competencies), Levels: map[string]model.Level{},
			}
		}
		answered.Rerating.Levels[item] = model.Level(level)
		return nil
	}, `SELECT o.assessment_id, o.earlier_id, o.competencies, r.item_id, r.level
		FROM rerating_offers o JOIN reratings r ON r.assessment_id = o.assessment_id
		JOIN assessments a ON a.id = o.assessment_id
		WHERE a.manager_id = $1 AND o.state = 'answered' `+condition, arguments...)
}

// Rename sets the name of a finished assessment; model.ErrNotFound if the manager has none of this id.
func (s *Store) Rename(ctx context.Context, managerID, id, name string) error {
	changed, err := s.Exec(ctx, `UPDATE assessments SET name = $3
		WHERE manager_id = $1 AND id = $2 AND state = 'finished'`, managerID, id, name)
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}
