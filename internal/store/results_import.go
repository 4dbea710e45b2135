package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/model"
)

// PutSentFile keeps the file that a manager sent, in the place of one that they sent before.
func (s *Store) PutSentFile(ctx context.Context, managerID string, file model.SentFile) error {
	_, err := s.Exec(ctx, `
		INSERT INTO imports (manager_id, digest, content, outcome, sent_at) VALUES ($1, $2, $3, '', $4)
		ON CONFLICT (manager_id) DO UPDATE SET digest = excluded.digest, content = excluded.content,
			outcome = excluded.outcome, sent_at = excluded.sent_at`,
		managerID, file.Digest, file.Content, milliseconds(file.SentAt))
	return err
}

// SentFile reads the file that a manager sent after a moment; model.ErrNotFound if there is none.
func (s *Store) SentFile(ctx context.Context, managerID string, after time.Time) (file model.SentFile, err error) {
	var sent sql.NullInt64
	err = s.QueryRow(ctx, `SELECT digest, content, outcome, sent_at FROM imports WHERE manager_id = $1 AND sent_at > $2`,
		[]any{managerID, milliseconds(after)}, &file.Digest, &file.Content, &file.Outcome, &sent)
	file.SentAt = moment(sent)
	return file, err
}

// EndSentFile notes what was brought in of the file that a manager sent, and lets go of its content. It reports whether
// this call did so: a file is brought in once.
func (s *Store) EndSentFile(ctx context.Context, managerID, digest, outcome string) (bool, error) {
	changed, err := s.Exec(ctx, `UPDATE imports SET content = $4, outcome = $3 WHERE manager_id = $1 AND digest = $2 AND outcome = ''`,
		managerID, digest, outcome, []byte{})
	return changed > 0, err
}

// DeleteSentFile lets go of the file that a manager sent.
func (s *Store) DeleteSentFile(ctx context.Context, managerID string) error {
	_, err := s.Exec(ctx, `DELETE FROM imports WHERE manager_id = $1`, managerID)
	return s.NoteRemains(ctx, err)
}

// DeleteSentFilesBefore lets go of a batch of the files that were sent before a moment, and reports whether there may be
// more.
func (s *Store) DeleteSentFilesBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM imports WHERE manager_id IN
		(SELECT manager_id FROM imports WHERE sent_at < $1 ORDER BY sent_at LIMIT $2)`, limit)
}

// References reads under which ids what a manager brought in is exported: assessments, commitments, entries, depth maps
// and reviews, and the mentors of those reviews.
func (s *Store) References(ctx context.Context, managerID string) (model.References, error) {
	references := model.References{}
	return references, s.Query(ctx, func(row func(...any) error) error {
		var id, reference string
		err := row(&id, &reference)
		references[id] = reference
		return err
	}, `SELECT id, reference FROM assessments WHERE manager_id = $1 AND reference <> ''
		UNION ALL SELECT id, reference FROM commitments WHERE manager_id = $1 AND reference <> ''
		UNION ALL SELECT id, reference FROM log_entries WHERE manager_id = $1 AND reference <> ''
		UNION ALL SELECT id, reference FROM depth_maps WHERE manager_id = $1 AND reference <> ''
		UNION ALL SELECT r.id, r.reference FROM reviews r JOIN assessments a ON a.id = r.assessment_id
			WHERE a.manager_id = $1 AND r.reference <> ''
		UNION ALL SELECT DISTINCT r.mentor_id, r.mentor_reference FROM reviews r JOIN assessments a ON a.id = r.assessment_id
			WHERE a.manager_id = $1 AND r.mentor_reference <> ''`, managerID)
}

// Existing reads the references of all that a manager has of a kind, with the ids of the rows. Of reviews it has also
// those that the manager doesn't see.
func (s *Store) Existing(ctx context.Context, managerID string, kind model.PartKind) (ids map[string]string, err error) {
	ids = map[string]string{}
	from := map[model.PartKind]string{
		model.AssessmentPart: `assessments x WHERE x.manager_id = $1`,
		model.CommitmentPart: `commitments x WHERE x.manager_id = $1`,
		model.EntryPart:      `log_entries x WHERE x.manager_id = $1`,
		model.MapPart:        `depth_maps x WHERE x.manager_id = $1`,
		model.ReviewPart:     `reviews x JOIN assessments a ON a.id = x.assessment_id WHERE a.manager_id = $1`,
	}[kind]
	return ids, s.Query(ctx, func(row func(...any) error) error {
		var id, reference string
		err := row(&id, &reference)
		ids[reference] = id
		return err
	}, `SELECT x.id, CASE WHEN x.reference = '' THEN x.id ELSE x.reference END FROM `+from, managerID)
}

// BringAssessment adds a finished assessment from a file, with its answers and its look back, whose earlier one must be
// there. written notes the wordings that this import has stored already.
func (s *Store) BringAssessment(ctx context.Context, answered model.Answered, reference string, written map[string]bool) error {
	assessment := answered.Assessment
	put := func(hash string, body []byte) error {
		if written[hash] {
			return nil
		}
		written[hash] = true
		return s.putContent(ctx, hash, body)
	}
	constants, err := json.Marshal(assessment.Constants)
	if err != nil {
		return err
	}
	if err := put(assessment.Scale.Hash(), assessment.Scale.Canonical()); err != nil {
		return err
	}
	_, err = s.Exec(ctx, `
		INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants, name, reference, brought_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		assessment.ID, assessment.ManagerID, assessment.QuestionnaireID, assessment.QuestionnaireVersion, assessment.QuestionnaireName,
		assessment.Scope, assessment.Craft, string(assessment.Form), date(assessment.PeriodStart), date(assessment.PeriodEnd),
		assessment.Scale.Hash(), string(model.Complete), milliseconds(assessment.StartedAt), milliseconds(assessment.FinishedAt),
		assessment.Noise.ItemVariance, assessment.Noise.Degrees, string(constants), assessment.Name, reference, milliseconds(assessment.BroughtAt))
	if err != nil {
		return err
	}
	var sections, items, answers rows
	position := 0
	for place, section := range assessment.Sections {
		if err := put(section.Rubric.Hash(), section.Rubric.Canonical()); err != nil {
			return err
		}
		sections.add(assessment.ID, place, section.Competency, section.Rubric.Hash(), section.Target, section.Importance)
		for _, item := range section.Items {
			if err := put(item.Hash(), item.Canonical()); err != nil {
				return err
			}
			items.add(assessment.ID, position, section.Competency, item.ID, item.Hash())
			position++
			answer := answered.Answers.Get(item.ID)
			if answer.Level != model.Blank || answer.Note != "" || answer.Spent > 0 {
				answers.add(assessment.ID, item.ID, storedLevel(answer.Level), answer.Note, 1, answer.Spent.Milliseconds(), milliseconds(answer.UpdatedAt))
			}
		}
	}
	err = errors.Join(
		s.insert(ctx, `assessment_sections (assessment_id, position, competency, content_hash, target, importance)`, sections),
		s.insert(ctx, `assessment_items (assessment_id, position, competency, item_id, content_hash)`, items),
		s.insert(ctx, `answers (assessment_id, item_id, level, note, revision, spent, updated_at)`, answers))
	if err != nil || answered.Rerating == nil {
		return err
	}
	return s.bringRerating(ctx, answered.Rerating)
}

func (s *Store) bringRerating(ctx context.Context, rerating *model.Rerating) error {
	if err := s.OfferRerating(ctx, rerating); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `UPDATE rerating_offers SET state = $2 WHERE assessment_id = $1`, rerating.AssessmentID, string(model.ReratingAnswered))
	var levels rows
	for _, section := range rerating.Sections {
		for _, item := range section.Section.Items {
			levels.add(rerating.AssessmentID, rerating.EarlierID, section.Section.Competency, item.ID, int64(rerating.Levels[item.ID]))
		}
	}
	return errors.Join(err, s.insert(ctx, `reratings (assessment_id, earlier_id, competency, item_id, level)`, levels))
}

// rows are values for several rows of a table.
type rows [][]any

func (r *rows) add(values ...any) { *r = append(*r, values) }

// rowsAtOnce is how many rows one statement inserts: few enough for every engine's bound of parameters.
const rowsAtOnce = 60

// insert adds rows to the columns of a table, many with one statement.
func (s *Store) insert(ctx context.Context, into string, all rows) error {
	for len(all) > 0 {
		some := all[:min(len(all), rowsAtOnce)]
		all = all[len(some):]
		var places []string
		var arguments []any
		for _, row := range some {
			var own []string
			for _, value := range row {
				arguments = append(arguments, value)
				own = append(own, "$"+strconv.Itoa(len(arguments)))
			}
			places = append(places, "("+strings.Join(own, ", ")+")")
		}
		if _, err := s.Exec(ctx, `INSERT INTO `+into+` VALUES `+strings.Join(places, ", "), arguments...); err != nil {
			return err
		}
	}
	return nil
}

// BringCommitment adds a commitment from a file to a manager's plan, with what became of it.
func (s *Store) BringCommitment(ctx context.Context, managerID string, commitment model.Commitment, reference string, at time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO commitments (id, manager_id, competency, practice, occasion, action, notice, until_day, bet, revision, made_at, closed_at, reference, brought_at, domain)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13, $14)`,
		commitment.ID, managerID, commitment.Competency.ID, commitment.Practice, commitment.Occasion, commitment.Action,
		commitment.Notice, date(commitment.Until), sql.NullInt64{Int64: int64(commitment.Bet), Valid: commitment.Bet != 0},
		milliseconds(commitment.MadeAt), milliseconds(commitment.ClosedAt), reference, milliseconds(at), commitment.Domain)
	var told rows
	for i, followUp := range commitment.FollowUps {
		told.add(commitment.ID, i+1, string(followUp.Became), followUp.Line, number(followUp.Carried), milliseconds(followUp.ToldAt))
	}
	return errors.Join(err, s.insert(ctx, `commitment_follow_ups (commitment_id, number, became, line, carried, told_at)`, told))
}

// BringLogEntry adds an entry from a file to a manager's log.
func (s *Store) BringLogEntry(ctx context.Context, managerID string, entry model.LogEntry, reference string, at time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO log_entries (id, manager_id, competency, noted_day, words, made_at, reference, brought_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		entry.ID, managerID, entry.Competency.ID, date(entry.Day), entry.Words, milliseconds(entry.MadeAt), reference, milliseconds(at))
	return err
}

// BringDepthMap adds a finished map from a file.
func (s *Store) BringDepthMap(ctx context.Context, m model.DepthMap, reference string, at time.Time) error {
	if err := s.CreateDepthMap(ctx, m); err != nil {
		return err
	}
	return found(s.Exec(ctx, `UPDATE depth_maps SET reference = $3, brought_at = $4 WHERE manager_id = $1 AND id = $2`,
		m.ManagerID, m.ID, reference, milliseconds(at)))
}

// BringReview adds a mentor's review from a file to an assessment of a manager's. It hangs on a link of its own that never
// opened and stands on no list, and its mentor is nobody here: no browser can reach it, and none is told of it.
func (s *Store) BringReview(ctx context.Context, managerID string, review model.FileReview, reference, mentorReference, secretHash string, at time.Time) error {
	constants, err := json.Marshal(review.Constants)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `
		INSERT INTO shares (id, manager_id, assessment_id, secret_hash, form_key, label, sharer, question, competencies,
			shows_result, shows_history, shows_notes, allows_rating, created_at, expires_at, revoked_at, removed_at)
		SELECT $3, a.manager_id, a.id, $4, $3, $5, '', $6, '', 0, 0, 0, 1, $7, $7, $7, $7
		FROM assessments a WHERE a.manager_id = $1 AND a.id = $2`,
		managerID, review.AssessmentID, review.ShareID, secretHash, review.Label, review.Asked, milliseconds(review.StartedAt))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `
		INSERT INTO reviews (id, assessment_id, mentor_id, share_id, name, overall, question, asked, answer, reply, replied_at, revision,
			constants, started_at, updated_at, sent_at, read_at, set_aside_at, reference, mentor_reference, brought_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, $17, $18, $19, $16)`,
		review.ID, review.AssessmentID, review.MentorID, review.ShareID, review.Name, review.Overall, review.Question, review.Asked,
		review.Answer, review.Reply, milliseconds(review.RepliedAt), string(constants), milliseconds(review.StartedAt), milliseconds(review.UpdatedAt),
		milliseconds(review.SentAt), milliseconds(at), milliseconds(review.SetAsideAt), reference, mentorReference)
	if err != nil {
		return err
	}
	var ratings, reveals, agreements rows
	for _, rating := range review.Ratings {
		ratings.add(review.ID, rating.Competency, storedLevel(rating.Level), storedLevel(rating.Later), rating.Comment, 1, milliseconds(rating.UpdatedAt))
		if !rating.RevealedAt.IsZero() {
			reveals.add(review.AssessmentID, review.MentorID, rating.Competency, milliseconds(rating.RevealedAt))
		}
	}
	for _, agreed := range review.Agreements {
		agreements.add(review.ID, agreed.Competency, agreed.Level, agreed.Sentence, string(agreed.ProposedBy), milliseconds(agreed.ProposedAt),
			milliseconds(agreed.ConfirmedAt), 1)
	}
	var moves rows
	for _, move := range review.Moves {
		moves.add(review.ID, move.MapID, milliseconds(move.MapAt), move.From.Domain, number(move.From.Own), move.From.Name, move.From.InText,
			string(move.From.Depth), string(move.From.Weight), string(move.Depth), string(move.Weight), move.Words, 1, milliseconds(move.UpdatedAt))
	}
	return errors.Join(
		s.insert(ctx, `map_moves (review_id, map_id, finished_at, domain, own, name, in_text, from_depth, from_weight, depth, weight, words, revision, updated_at)`, moves),
		s.insert(ctx, `ratings (review_id, competency, level, later, comment, revision, updated_at)`, ratings),
		s.insert(ctx, `reveals (assessment_id, mentor_id, competency, revealed_at)`, reveals),
		s.insert(ctx, `agreements (review_id, competency, level, sentence, proposed_by, proposed_at, confirmed_at, revision)`, agreements))
}

// AllTargets lists a manager's own targets for all scopes.
func (s *Store) AllTargets(ctx context.Context, managerID string) (list []model.ScopeTarget, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var target model.ScopeTarget
		err := row(&target.Scope, &target.Competency, &target.Value, &target.Importance)
		list = append(list, target)
		return err
	}, `SELECT scope, competency, value, importance FROM targets WHERE manager_id = $1 ORDER BY scope, competency`, managerID)
	return list, err
}

// MarkIncomplete notes that not all of what a manager's finished assessments rest on is there.
func (s *Store) MarkIncomplete(ctx context.Context, managerID string) error {
	_, err := s.Exec(ctx, `UPDATE managers SET thinned = 1 WHERE id = $1`, managerID)
	return err
}
