package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/model"
)

// assessmentColumns are the columns that scanAssessment reads, in its order.
const assessmentColumns = `a.id, a.manager_id, a.questionnaire_id, a.questionnaire_version,
	a.questionnaire_name, a.scope, a.craft, a.form, a.period_start, a.period_end, a.state,
	a.started_at, a.finished_at, a.item_variance, a.degrees, a.constants, a.name, a.brought_at`

// latestFirst is the order of a manager's assessments: by finish for finished ones, by start for drafts.
const latestFirst = `a.finished_at DESC, a.started_at DESC, a.id`

// CreateAssessment adds a draft with the full content of everything that it asks.
func (s *Store) CreateAssessment(ctx context.Context, assessment *model.Assessment) error {
	if err := s.putContent(ctx, assessment.Scale.Hash(), assessment.Scale.Canonical()); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `
		INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version,
			questionnaire_name, scope, craft, form, period_start, scale_hash, state, started_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		assessment.ID, assessment.ManagerID, assessment.QuestionnaireID,
		assessment.QuestionnaireVersion, assessment.QuestionnaireName, assessment.Scope,
		assessment.Craft, string(assessment.Form), date(assessment.PeriodStart),
		assessment.Scale.Hash(), string(model.Draft), milliseconds(assessment.StartedAt))
	if err != nil {
		return err
	}
	itemPosition := 0
	for sectionPosition, section := range assessment.Sections {
		if err := s.putContent(ctx, section.Rubric.Hash(), section.Rubric.Canonical()); err != nil {
			return err
		}
		_, err := s.Exec(ctx, `
			INSERT INTO assessment_sections (assessment_id, position, competency, content_hash, target, importance)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			assessment.ID, sectionPosition, section.Competency, section.Rubric.Hash(), section.Target, section.Importance)
		if err != nil {
			return err
		}
		for _, item := range section.Items {
			if err := s.putContent(ctx, item.Hash(), item.Canonical()); err != nil {
				return err
			}
			_, err := s.Exec(ctx, `
				INSERT INTO assessment_items (assessment_id, position, competency, item_id, content_hash)
				VALUES ($1, $2, $3, $4, $5)`,
				assessment.ID, itemPosition, section.Competency, item.ID, item.Hash())
			if err != nil {
				return err
			}
			itemPosition++
		}
	}
	return nil
}

// Assessment reads one assessment of a manager, with its sections and items;
// model.ErrNotFound if the manager has none of this id.
func (s *Store) Assessment(ctx context.Context, managerID, id string) (*model.Assessment, error) {
	return s.assessment(ctx, managerID, id, changing+ofManager, nil)
}

// Underway is an assessment as a page of its questions wants it.
type Underway struct {
	*model.Assessment
	// Answers have the levels alone, but for those that the page asks: they have their notes and revisions, too.
	Answers model.Answers
	// Finished names all finished assessments of its manager and when they were finished, as EarlierAnswers wants them
	// named; Last is when the last of them was, zero where there is none.
	Finished string
	Last     time.Time
	// Noted tells whether the manager's log has something that was noted since.
	Noted bool
}

// lastFinish is when a manager last finished an assessment.
const lastFinish = `SELECT max(f.finished_at) FROM assessments f WHERE f.manager_id = $1 AND f.state = 'finished'`

// changing are what may change of an assessment that was read before, and ofManager which one.
const (
	changing  = `SELECT a.name, a.period_start, a.finished_at`
	ofManager = ` FROM assessments a WHERE a.manager_id = $1 AND a.id = $2`
)

// selectUnderway reads what Underway scans, of the page with the competency $3.
const selectUnderway = changing + `,
	COALESCE((SELECT string_agg(r.item_id || ' ' || CAST(r.level AS TEXT), ' ')
		FROM answers r WHERE r.assessment_id = a.id AND r.level IS NOT NULL), ''),
	COALESCE((SELECT string_agg(r.item_id || ' ' || CAST(r.revision AS TEXT) || ' ' || CAST(octet_length(r.note) AS TEXT) || ' ' || r.note, '')
		FROM assessment_items i JOIN answers r ON r.assessment_id = i.assessment_id AND r.item_id = i.item_id
		WHERE i.assessment_id = a.id AND (i.competency = $3 OR a.form = 'pulse')), ''),
	COALESCE((SELECT string_agg(e.id, ' ') || ' ' || CAST(sum(e.finished_at) AS TEXT) FROM assessments e
		WHERE e.manager_id = $1 AND e.state = 'finished'), ''),
	(` + lastFinish + `), EXISTS (SELECT 1 FROM log_entries WHERE manager_id = $1 AND made_at > COALESCE((` + lastFinish + `), 0))` + ofManager

// Underway is Assessment with what else a page of its questions asks of the whole: in a full assessment those of a
// competency, in a pulse any. It is one statement, since that is the page that people open most, and each statement
// more would cost it a twentieth of its time.
func (s *Store) Underway(ctx context.Context, managerID, id, competency string) (underway Underway, err error) {
	var levels, asked string
	var last sql.NullInt64
	underway.Assessment, err = s.assessment(ctx, managerID, id, selectUnderway, []any{competency},
		&levels, &asked, &underway.Finished, &last, &underway.Noted)
	if err != nil {
		return underway, err
	}
	underway.Last = moment(last)
	if underway.Answers, err = readLevels(levels); err == nil {
		err = addNotes(underway.Answers, asked)
	}
	return underway, err
}

// addNotes adds to levels the notes and revisions of some answers: for each an item, a revision, how long its note is,
// and the note.
func addNotes(to model.Answers, list string) error {
	for rest := list; rest != ""; {
		var item, revision, length string
		item, rest, _ = strings.Cut(rest, " ")
		revision, rest, _ = strings.Cut(rest, " ")
		length, rest, _ = strings.Cut(rest, " ")
		answer := to.Get(item)
		var wrong error
		answer.Revision, wrong = strconv.Atoi(revision)
		end, err := strconv.Atoi(length)
		if err != nil || wrong != nil || end < 0 || end > len(rest) {
			return fmt.Errorf("the note of item %s: %q and %q", item, revision, length)
		}
		answer.Note, rest = rest[:end], rest[end:]
		to[item] = answer
	}
	return nil
}

// BegunDraft is a draft with the levels of its answers, and when it was last worked on.
type BegunDraft struct {
	model.Answered
	WorkedAt time.Time
}

// Drafts lists a manager's drafts with what they ask, the latest begun first: one statement, and one more for each
// draft that wasn't read before. There are few (see model.DraftLimit).
func (s *Store) Drafts(ctx context.Context, managerID string) ([]BegunDraft, error) {
	var drafts []BegunDraft
	var starts []sql.NullString
	err := s.Query(ctx, func(row func(...any) error) (err error) {
		var id, levels string
		var start sql.NullString
		var worked sql.NullInt64
		if err := row(&id, &start, &worked, &levels); err != nil {
			return err
		}
		draft := BegunDraft{Answered: model.Answered{Assessment: &model.Assessment{ID: id}}, WorkedAt: moment(worked)}
		draft.Answers, err = readLevels(levels)
		drafts, starts = append(drafts, draft), append(starts, start)
		return err
	}, `SELECT a.id, a.period_start, COALESCE((SELECT max(r.updated_at) FROM answers r WHERE r.assessment_id = a.id), a.started_at),
			COALESCE((SELECT string_agg(r.item_id || ' ' || CAST(r.level AS TEXT), ' ')
				FROM answers r WHERE r.assessment_id = a.id AND r.level IS NOT NULL), '')
		FROM assessments a WHERE a.manager_id = $1 AND a.state = 'draft' ORDER BY `+latestFirst, managerID)
	for i := range drafts {
		if err == nil {
			drafts[i].Assessment, err = s.asDraft(ctx, managerID, drafts[i].Assessment.ID, starts[i])
		}
	}
	// What was finished or deleted between the queries is left out.
	return slices.DeleteFunc(drafts, func(draft BegunDraft) bool { return draft.Assessment == nil }), err
}

// asDraft returns a draft that was listed a moment ago; nil if it has been finished or deleted since.
func (s *Store) asDraft(ctx context.Context, managerID, id string, start sql.NullString) (*model.Assessment, error) {
	known, found := s.settled.assessments.find(settledKey(id, time.Time{}))
	if !found {
		var err error
		known, err = s.readAssessment(ctx, managerID, id)
		if errors.Is(err, model.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		s.settled.assessments.put(settledKey(id, known.FinishedAt), known)
		if known.State != model.Draft {
			return nil, nil
		}
	}
	assessment := *known
	assessment.ManagerID, assessment.Sections = managerID, slices.Clone(known.Sections)
	var err error
	assessment.PeriodStart, err = day(start)
	return &assessment, err
}

// assessment is Assessment by a query that begins with what is changing, and reads what else it selects; arguments are
// those that it takes besides the manager and the id.
func (s *Store) assessment(ctx context.Context, managerID, id, query string, arguments []any, into ...any) (*model.Assessment, error) {
	var name string
	var start sql.NullString
	var finished sql.NullInt64
	err := s.QueryRow(ctx, query, append([]any{managerID, id}, arguments...), append([]any{&name, &start, &finished}, into...)...)
	if err != nil {
		return nil, err
	}
	known, found := s.settled.assessments.find(settledKey(id, moment(finished)))
	if !found {
		if known, err = s.readAssessment(ctx, managerID, id); err != nil {
			return nil, err
		}
		// It may have been finished meanwhile.
		s.settled.assessments.put(settledKey(id, known.FinishedAt), known)
		name, start = known.Name, date(known.PeriodStart)
	}
	assessment := *known
	assessment.ManagerID, assessment.Name, assessment.Sections = managerID, name, slices.Clone(known.Sections)
	assessment.PeriodStart, err = day(start)
	return &assessment, err
}

// readAssessment is Assessment, whatever is remembered.
func (s *Store) readAssessment(ctx context.Context, managerID, id string) (*model.Assessment, error) {
	var assessment *model.Assessment
	var row askedRow
	err := s.Query(ctx, func(scan func(...any) error) (err error) {
		assessment, err = s.scanAssessment(scan, row.columns()...)
		return err
	}, `SELECT `+assessmentColumns+`, `+askedColumns+` FROM assessments a
		WHERE a.manager_id = $1 AND a.id = $2`, managerID, id)
	if err != nil {
		return nil, err
	}
	if assessment == nil {
		return nil, model.ErrNotFound
	}
	return assessment, s.addAsked(ctx, assessment, row)
}

// IsLatest reports whether an assessment is the one that a manager finished last.
func (s *Store) IsLatest(ctx context.Context, managerID, id string) (bool, error) {
	var latest string
	err := s.Query(ctx, func(row func(...any) error) error { return row(&latest) },
		`SELECT a.id FROM assessments a WHERE a.manager_id = $1 AND a.state = 'finished'
		ORDER BY `+latestFirst+` LIMIT 1`, managerID)
	return latest == id, err
}

// State returns whether an assessment of a manager can still be changed; model.ErrNotFound if the manager has none of
// this id.
func (s *Store) State(ctx context.Context, managerID, id string) (state model.State, err error) {
	err = s.QueryRow(ctx, `SELECT a.state FROM assessments a WHERE a.manager_id = $1 AND a.id = $2`,
		[]any{managerID, id}, &state)
	return state, err
}

// Asks reports whether an assessment of a manager asks about a competency; someone else's asks nothing.
func (s *Store) Asks(ctx context.Context, managerID, id, competency string) (asks bool, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { asks = true; return row(new(int)) },
		`SELECT 1 FROM assessment_sections x JOIN assessments a ON a.id = x.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND x.competency = $3`, managerID, id, competency)
	return asks, err
}

// Assessments lists a manager's assessments in one state without their sections, the latest first.
func (s *Store) Assessments(ctx context.Context, managerID string, state model.State) ([]*model.Assessment, error) {
	var list []*model.Assessment
	err := s.Query(ctx, func(row func(...any) error) error {
		assessment, err := s.scanAssessment(row)
		list = append(list, assessment)
		return err
	}, `SELECT `+assessmentColumns+` FROM assessments a
		WHERE a.manager_id = $1 AND a.state = $2
		ORDER BY `+latestFirst, managerID, string(state))
	return list, err
}

// LatestOf lists those of a manager's finished assessments by which the next one is due (see report.Next), without their
// sections: the latest, and the latest full one of its scope.
func (s *Store) LatestOf(ctx context.Context, managerID string) ([]*model.Assessment, error) {
	var list []*model.Assessment
	one := func(condition string, arguments ...any) error {
		return s.Query(ctx, func(row func(...any) error) error {
			assessment, err := s.scanAssessment(row)
			list = append(list, assessment)
			return err
		}, `SELECT `+assessmentColumns+` FROM assessments a
			WHERE a.manager_id = $1 AND a.state = 'finished' `+condition+` ORDER BY `+latestFirst+` LIMIT 1`, arguments...)
	}
	err := one("", managerID)
	if err == nil && len(list) > 0 && list[0].Form != model.FullForm {
		err = one(`AND a.form = $2 AND a.scope = $3`, managerID, string(model.FullForm), list[0].Scope)
	}
	return list, err
}

// AssessmentCounts counts a manager's drafts, and all of their assessments.
func (s *Store) AssessmentCounts(ctx context.Context, managerID string) (drafts, all int, err error) {
	err = s.QueryRow(ctx, `SELECT count(CASE WHEN a.state = 'draft' THEN 1 END), count(*) FROM assessments a
		WHERE a.manager_id = $1`, []any{managerID}, &drafts, &all)
	return drafts, all, err
}

// UntouchedDraft finds a manager's draft of this questionnaire, form and craft that holds no answer
// yet, or "" if there is none.
func (s *Store) UntouchedDraft(ctx context.Context, assessment *model.Assessment) (id string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&id) }, `
		SELECT a.id FROM assessments a
		WHERE a.manager_id = $1 AND a.state = 'draft' AND a.questionnaire_id = $2
			AND a.questionnaire_version = $3 AND a.form = $4 AND a.craft = $5
			AND NOT EXISTS (SELECT 1 FROM answers r WHERE r.assessment_id = a.id)
		ORDER BY a.id LIMIT 1`,
		assessment.ManagerID, assessment.QuestionnaireID, assessment.QuestionnaireVersion,
		string(assessment.Form), assessment.Craft)
	return id, err
}

// MovePeriod sets the first day of a draft's period.
func (s *Store) MovePeriod(ctx context.Context, managerID, id string, start time.Time) error {
	_, err := s.Exec(ctx, `UPDATE assessments SET period_start = $3
		WHERE manager_id = $1 AND id = $2 AND state = 'draft'`, managerID, id, date(start))
	return err
}

// Finish turns a draft into a finished assessment and freezes its targets, importances, noise and
// constants, as they stand in assessment. It reports whether this call did so: a draft is finished
// once, and a finished assessment is left as it is.
func (s *Store) Finish(ctx context.Context, assessment *model.Assessment) (done bool, err error) {
	constants, err := json.Marshal(assessment.Constants)
	if err != nil {
		return false, err
	}
	changed, err := s.Exec(ctx, `
		UPDATE assessments SET state = 'finished', finished_at = $3, period_end = $4,
			item_variance = $5, degrees = $6, constants = $7
		WHERE manager_id = $1 AND id = $2 AND state = 'draft'`,
		assessment.ManagerID, assessment.ID, milliseconds(assessment.FinishedAt), date(assessment.PeriodEnd),
		assessment.Noise.ItemVariance, assessment.Noise.Degrees, string(constants))
	if err != nil || changed == 0 {
		return false, err
	}
	for position, section := range assessment.Sections {
		_, err := s.Exec(ctx, `
			UPDATE assessment_sections SET target = $3, importance = $4
			WHERE assessment_id = $1 AND position = $2`,
			assessment.ID, position, section.Target, section.Importance)
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// DeleteDraft removes a draft with its answers; model.ErrNotFound if the manager has no such draft.
func (s *Store) DeleteDraft(ctx context.Context, managerID, id string) error {
	err := found(s.Exec(ctx, `DELETE FROM assessments
		WHERE manager_id = $1 AND id = $2 AND state = 'draft'`, managerID, id))
	return s.NoteRemains(ctx, err)
}

// scanAssessment reads assessmentColumns and, after them, what the query adds.
func (s *Store) scanAssessment(row func(...any) error, more ...any) (*model.Assessment, error) {
	var a model.Assessment
	var start, end, constants sql.NullString
	var started, finished, brought sql.NullInt64
	var variance, degrees sql.NullFloat64
	columns := []any{&a.ID, &a.ManagerID, &a.QuestionnaireID, &a.QuestionnaireVersion,
		&a.QuestionnaireName, &a.Scope, &a.Craft, &a.Form, &start, &end, &a.State,
		&started, &finished, &variance, &degrees, &constants, &a.Name, &brought}
	if err := row(append(columns, more...)...); err != nil {
		return nil, err
	}
	var err error
	if a.PeriodStart, err = day(start); err != nil {
		return nil, err
	}
	if a.PeriodEnd, err = day(end); err != nil {
		return nil, err
	}
	a.StartedAt, a.FinishedAt, a.BroughtAt = moment(started), moment(finished), moment(brought)
	a.Noise.ItemVariance, a.Noise.Degrees = variance.Float64, degrees.Float64
	if constants.Valid {
		a.Constants, err = s.decoded.constants.get(constants.String, func() (frozen model.Constants, err error) {
			err = json.Unmarshal([]byte(constants.String), &frozen)
			return frozen, err
		})
		if err != nil {
			return nil, fmt.Errorf("the constants of assessment %s: %w", a.ID, err)
		}
	}
	return &a, nil
}
