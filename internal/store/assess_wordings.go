package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whetstone/internal/model"
)

// decoded caches what was decoded from texts that never change: wordings by their hashes, and frozen constants and
// team aggregates by their text. The same few stand behind all assessments and all pages of a team, so reading a page
// must not decode them again. Callers must not change what it returns. It holds nothing about a person.
type decoded struct {
	asked      remembered[asked]
	constants  remembered[model.Constants]
	aggregates remembered[*model.TeamAggregate]
}

// asked is what an assessment asks: its scale and its sections with their items, without targets.
type asked struct {
	scale    model.Scale
	sections []model.Section
}

// rememberedLimit bounds how many of a kind are cached. Fewer than twenty ship; operators' questionnaires and old
// versions come on top. An aggregate takes about 10 kB.
const rememberedLimit = 256

func newDecoded() *decoded {
	return &decoded{
		asked:      remembered[asked]{limit: rememberedLimit},
		constants:  remembered[model.Constants]{limit: rememberedLimit},
		aggregates: remembered[*model.TeamAggregate]{limit: rememberedLimit},
	}
}

// askedColumns say what an assessment asks, as one row: the hash of its scale, and by position the hashes of its
// competencies, their targets with their importances, and the hashes of its items. The positions are part of the text,
// since an ORDER BY in the subquery would cost more than all the rest.
const askedColumns = `a.scale_hash,
	COALESCE((SELECT string_agg(CAST(x.position AS TEXT) || ' ' || x.content_hash, ' ')
		FROM assessment_sections x WHERE x.assessment_id = a.id), ''),
	COALESCE((SELECT string_agg(CAST(x.position AS TEXT) || ' ' || CAST(x.target AS TEXT) || ' ' || CAST(x.importance AS TEXT), ' ')
		FROM assessment_sections x WHERE x.assessment_id = a.id), ''),
	COALESCE((SELECT string_agg(CAST(i.position AS TEXT) || ' ' || i.content_hash, ' ')
		FROM assessment_items i WHERE i.assessment_id = a.id), '')`

// askedRow is what askedColumns read.
type askedRow struct{ scale, sections, targets, items string }

func (r *askedRow) columns() []any { return []any{&r.scale, &r.sections, &r.targets, &r.items} }

// addAsked fills in what an assessment asks, with its targets.
func (s *Store) addAsked(ctx context.Context, assessment *model.Assessment, row askedRow) error {
	found, err := s.decoded.asked.get(row.scale+"\n"+row.sections+"\n"+row.items, func() (asked, error) { return s.readAsked(ctx, row) })
	if err != nil {
		return fmt.Errorf("what assessment %s asks: %w", assessment.ID, err)
	}
	assessment.Scale, assessment.Sections = found.scale, slices.Clone(found.sections)
	if err := addTargets(assessment.Sections, row.targets); err != nil {
		return fmt.Errorf("the targets of assessment %s: %w", assessment.ID, err)
	}
	return nil
}

// addTargets puts targets and importances into their sections.
func addTargets(sections []model.Section, targets string) error {
	count := 0
	for rest := targets; rest != ""; count++ {
		var position, target, importance string
		position, rest, _ = strings.Cut(rest, " ")
		target, rest, _ = strings.Cut(rest, " ")
		importance, rest, _ = strings.Cut(rest, " ")
		at, err := strconv.Atoi(position)
		if err != nil || at < 0 || at >= len(sections) {
			return fmt.Errorf("there is no position %q", position)
		}
		if sections[at].Target, err = strconv.ParseFloat(target, 64); err != nil {
			return err
		}
		if sections[at].Importance, err = strconv.Atoi(importance); err != nil {
			return err
		}
	}
	if count != len(sections) {
		return fmt.Errorf("there are %d for %d competencies", count, len(sections))
	}
	return nil
}

// readAsked reads the wordings that an assessment uses.
func (s *Store) readAsked(ctx context.Context, row askedRow) (asked, error) {
	var found asked
	if err := s.readContent(ctx, row.scale, &found.scale); err != nil {
		return found, err
	}
	sections, err := byPosition(row.sections)
	if err != nil {
		return found, err
	}
	for _, hash := range sections {
		var section model.Section
		if err := s.readContent(ctx, hash, &section.Rubric); err != nil {
			return found, err
		}
		found.sections = append(found.sections, section)
	}
	items, err := byPosition(row.items)
	if err != nil {
		return found, err
	}
	for _, hash := range items {
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
	for i := range found.sections {
		// A caller that appends to a shared slice must get a copy.
		found.sections[i].Items = slices.Clip(found.sections[i].Items)
	}
	return found, nil
}

// byPosition reads a list of hashes, each after its position.
func byPosition(list string) ([]string, error) {
	fields := strings.Fields(list)
	hashes := make([]string, len(fields)/2)
	for i := range hashes {
		position, err := strconv.Atoi(fields[2*i])
		if err != nil || position < 0 || position >= len(hashes) {
			return nil, fmt.Errorf("there is no position %q among %d", fields[2*i], len(hashes))
		}
		hashes[position] = fields[2*i+1]
	}
	return hashes, nil
}

// putContent stores a body under its hash, once.
func (s *Store) putContent(ctx context.Context, hash string, body []byte) error {
	_, err := s.Exec(ctx, `INSERT INTO contents (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, hash, string(body))
	return err
}

// readContent decodes what is stored under a hash.
func (s *Store) readContent(ctx context.Context, hash string, into any) error {
	var body string
	if err := s.QueryRow(ctx, `SELECT body FROM contents WHERE hash = $1`, []any{hash}, &body); err != nil {
		return fmt.Errorf("the wording %s: %w", hash, err)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		return fmt.Errorf("the wording %s: %w", hash, err)
	}
	return nil
}
