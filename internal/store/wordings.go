package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// decoded remembers what was made of texts that never change, under themselves: wordings by their hashes,
// and constants as they are frozen. The same few stand behind all assessments, and reading a page must not
// decode them anew. Nothing that it gives may be changed by who asks for it. Nothing in it is of a person.
type decoded struct {
	asked     remembered[asked]
	constants remembered[measure.Constants]
}

// asked is what an assessment asks: its scale and its sections with their items, without marks.
type asked struct {
	scale    questionnaire.Scale
	sections []model.Section
}

// rememberedLimit bounds how many of a kind are remembered. Those that ship are fewer than twenty; operators'
// questionnaires and old versions come on top.
const rememberedLimit = 128

// remembered are values by the text that they were made of.
type remembered[T any] struct {
	mutex  sync.Mutex
	values map[string]T
}

// get gives what belongs to a text, and makes it if it isn't known.
func (r *remembered[T]) get(text string, make func() (T, error)) (T, error) {
	r.mutex.Lock()
	value, found := r.values[text]
	r.mutex.Unlock()
	if found {
		return value, nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.values) >= rememberedLimit {
		clear(r.values)
	}
	if r.values == nil {
		r.values = map[string]T{}
	}
	r.values[text] = value
	return value, nil
}

// askedColumns say what an assessment asks, as one row: the hash of its scale, those of its competencies,
// their marks with their importances, and the hashes of its items, all in their order.
const askedColumns = `a.scale_hash,
	COALESCE((SELECT string_agg(x.content_hash, ' ' ORDER BY x.position)
		FROM assessment_sections x WHERE x.assessment_id = a.id), ''),
	COALESCE((SELECT string_agg(CAST(x.target AS TEXT) || ' ' || CAST(x.importance AS TEXT), ' ' ORDER BY x.position)
		FROM assessment_sections x WHERE x.assessment_id = a.id), ''),
	COALESCE((SELECT string_agg(i.content_hash, ' ' ORDER BY i.position)
		FROM assessment_items i WHERE i.assessment_id = a.id), '')`

// askedRow is what askedColumns read.
type askedRow struct{ scale, sections, marks, items string }

func (r *askedRow) columns() []any { return []any{&r.scale, &r.sections, &r.marks, &r.items} }

// addAsked fills in what an assessment asks, with its marks.
func (s *Store) addAsked(ctx context.Context, assessment *model.Assessment, row askedRow) error {
	found, err := s.decoded.asked.get(row.scale+"\n"+row.sections+"\n"+row.items, func() (asked, error) { return s.readAsked(ctx, row) })
	if err != nil {
		return fmt.Errorf("what assessment %s asks: %w", assessment.ID, err)
	}
	marks := strings.Fields(row.marks)
	if len(marks) != 2*len(found.sections) {
		return fmt.Errorf("the marks of assessment %s: %d for %d competencies", assessment.ID, len(marks)/2, len(found.sections))
	}
	assessment.Scale, assessment.Sections = found.scale, slices.Clone(found.sections)
	for i := range assessment.Sections {
		section := &assessment.Sections[i]
		if section.Target, err = strconv.ParseFloat(marks[2*i], 64); err != nil {
			return err
		}
		if section.Importance, err = strconv.Atoi(marks[2*i+1]); err != nil {
			return err
		}
	}
	return nil
}

// readAsked reads the wordings that an assessment uses.
func (s *Store) readAsked(ctx context.Context, row askedRow) (asked, error) {
	var found asked
	if err := s.readContent(ctx, row.scale, &found.scale); err != nil {
		return found, err
	}
	for _, hash := range strings.Fields(row.sections) {
		var section model.Section
		if err := s.readContent(ctx, hash, &section.Rubric); err != nil {
			return found, err
		}
		found.sections = append(found.sections, section)
	}
	for _, hash := range strings.Fields(row.items) {
		var item model.Item
		if err := s.readContent(ctx, hash, &item); err != nil {
			return found, err
		}
		own := slices.IndexFunc(found.sections, func(section model.Section) bool { return section.Competency == item.Competency })
		if own < 0 {
			return found, fmt.Errorf("item %s is in no section", item.ID)
		}
		found.sections[own].Items = append(found.sections[own].Items, item)
	}
	return found, nil
}

// putContent keeps a body under its hash, once.
func (s *Store) putContent(ctx context.Context, hash string, body []byte) error {
	_, err := s.exec(ctx, `INSERT INTO contents (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, hash, string(body))
	return err
}

// readContent decodes what is kept under a hash.
func (s *Store) readContent(ctx context.Context, hash string, into any) error {
	var body string
	if err := s.queryRow(ctx, `SELECT body FROM contents WHERE hash = $1`, []any{hash}, &body); err != nil {
		return fmt.Errorf("the wording %s: %w", hash, err)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		return fmt.Errorf("the wording %s: %w", hash, err)
	}
	return nil
}
