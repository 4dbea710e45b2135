package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"whetstone/internal/model"
)

// Sitting is a finished assessment with its answers.
type Sitting struct {
	Assessment *model.Assessment
	Answers    model.Answers
	// Rerating is the look back that was answered after it; nil if there is none.
	Rerating *model.Rerating
}

// History reads all of a manager's finished assessments with their sections, items and answers, the
// oldest first. Its cost follows this manager's data alone, in six queries whatever their number; a
// wording that many sittings share is read once.
func (s *Store) History(ctx context.Context, managerID string) (sittings []Sitting, err error) {
	err = s.inSnapshot(ctx, func(snapshot *Store) (err error) {
		sittings, err = snapshot.readHistory(ctx, managerID)
		return err
	})
	return sittings, err
}

func (s *Store) readHistory(ctx context.Context, managerID string) ([]Sitting, error) {
	finished, err := s.Assessments(ctx, managerID, model.Complete)
	if err != nil || len(finished) == 0 {
		return nil, err
	}
	sittings := make([]Sitting, len(finished))
	byID := make(map[string]*Sitting, len(finished))
	for i, assessment := range finished {
		sitting := &sittings[len(finished)-1-i]
		*sitting = Sitting{Assessment: assessment, Answers: model.Answers{}}
		byID[assessment.ID] = sitting
	}
	bodies, err := s.contentsOf(ctx, managerID)
	if err != nil {
		return nil, err
	}
	if err := s.addSections(ctx, managerID, byID, bodies); err != nil {
		return nil, err
	}
	if err := s.addItems(ctx, managerID, byID, bodies); err != nil {
		return nil, err
	}
	if err := s.addAnswers(ctx, managerID, byID); err != nil {
		return nil, err
	}
	return sittings, s.addReratings(ctx, managerID, byID)
}

// contents are wordings by hash, each decoded once.
type contents struct {
	bodies  map[string]string
	rubrics map[string]model.Section
	items   map[string]model.Item
}

func (c *contents) section(hash string) (section model.Section, err error) {
	section, found := c.rubrics[hash]
	if !found {
		if err := json.Unmarshal([]byte(c.bodies[hash]), &section.Rubric); err != nil {
			return section, fmt.Errorf("the competency %s: %w", hash, err)
		}
		c.rubrics[hash] = section
	}
	return section, nil
}

func (c *contents) item(hash string) (item model.Item, err error) {
	item, found := c.items[hash]
	if !found {
		if err := json.Unmarshal([]byte(c.bodies[hash]), &item); err != nil {
			return item, fmt.Errorf("the item %s: %w", hash, err)
		}
		c.items[hash] = item
	}
	return item, nil
}

// contentsOf reads the wordings that a manager's finished assessments use.
func (s *Store) contentsOf(ctx context.Context, managerID string) (*contents, error) {
	found := &contents{map[string]string{}, map[string]model.Section{}, map[string]model.Item{}}
	err := s.query(ctx, func(row func(...any) error) error {
		var hash, body string
		err := row(&hash, &body)
		found.bodies[hash] = body
		return err
	}, `SELECT c.hash, c.body FROM contents c WHERE c.hash IN (
			SELECT i.content_hash FROM assessment_items i JOIN assessments a ON a.id = i.assessment_id
			WHERE a.manager_id = $1 AND a.state = 'finished'
			UNION SELECT x.content_hash FROM assessment_sections x JOIN assessments a ON a.id = x.assessment_id
			WHERE a.manager_id = $1 AND a.state = 'finished'
			UNION SELECT a.scale_hash FROM assessments a
			WHERE a.manager_id = $1 AND a.state = 'finished')`, managerID)
	return found, err
}

func (s *Store) addSections(ctx context.Context, managerID string, byID map[string]*Sitting, bodies *contents) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id, hash, scale string
		var target float64
		var importance int
		if err := row(&id, &hash, &target, &importance, &scale); err != nil {
			return err
		}
		section, err := bodies.section(hash)
		if err != nil {
			return err
		}
		section.Target, section.Importance = target, importance
		assessment := byID[id].Assessment
		assessment.Sections = append(assessment.Sections, section)
		if len(assessment.Sections) == 1 {
			return json.Unmarshal([]byte(bodies.bodies[scale]), &assessment.Scale)
		}
		return nil
	}, `SELECT x.assessment_id, x.content_hash, x.target, x.importance, a.scale_hash
		FROM assessment_sections x JOIN assessments a ON a.id = x.assessment_id
		WHERE a.manager_id = $1 AND a.state = 'finished' ORDER BY x.assessment_id, x.position`, managerID)
}

func (s *Store) addItems(ctx context.Context, managerID string, byID map[string]*Sitting, bodies *contents) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id, hash string
		if err := row(&id, &hash); err != nil {
			return err
		}
		item, err := bodies.item(hash)
		if err != nil {
			return err
		}
		return placeItem(byID[id].Assessment, item)
	}, `SELECT i.assessment_id, i.content_hash
		FROM assessment_items i JOIN assessments a ON a.id = i.assessment_id
		WHERE a.manager_id = $1 AND a.state = 'finished' ORDER BY i.assessment_id, i.position`, managerID)
}

// placeItem puts an item into its section.
func placeItem(assessment *model.Assessment, item model.Item) error {
	for i := range assessment.Sections {
		if assessment.Sections[i].Competency == item.Competency {
			assessment.Sections[i].Items = append(assessment.Sections[i].Items, item)
			return nil
		}
	}
	return fmt.Errorf("item %s of assessment %s is in no section", item.ID, assessment.ID)
}

func (s *Store) addAnswers(ctx context.Context, managerID string, byID map[string]*Sitting) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id string
		answer, err := scanAnswer(func(into ...any) error { return row(append([]any{&id}, into...)...) })
		if err != nil {
			return err
		}
		byID[id].Answers[answer.Item] = answer
		return nil
	}, `SELECT r.assessment_id, r.item_id, r.level, r.note, r.revision, r.spent, r.updated_at
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.state = 'finished'`, managerID)
}

func (s *Store) addReratings(ctx context.Context, managerID string, byID map[string]*Sitting) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id, earlier, competencies, item string
		var level int
		if err := row(&id, &earlier, &competencies, &item, &level); err != nil {
			return err
		}
		sitting := byID[id]
		if sitting.Rerating == nil {
			sitting.Rerating = &model.Rerating{
				AssessmentID: id, EarlierID: earlier, State: model.ReratingAnswered,
				Competencies: strings.Fields(competencies), Levels: map[string]model.Level{},
			}
		}
		sitting.Rerating.Levels[item] = model.Level(level)
		return nil
	}, `SELECT o.assessment_id, o.earlier_id, o.competencies, r.item_id, r.level
		FROM rerating_offers o JOIN reratings r ON r.assessment_id = o.assessment_id
		JOIN assessments a ON a.id = o.assessment_id
		WHERE a.manager_id = $1 AND o.state = 'answered'`, managerID)
}

// Rename sets the name of a finished assessment; model.ErrNotFound if the manager has none of this id.
func (s *Store) Rename(ctx context.Context, managerID, id, name string) error {
	changed, err := s.exec(ctx, `UPDATE assessments SET name = $3
		WHERE manager_id = $1 AND id = $2 AND state = 'finished'`, managerID, id, name)
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}
