package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// The bounds of an export that is read: more than a working life fills, and less than would tie up a machine.
const (
	longestExport    = 64 << 20
	deepestExport    = 16
	mostElements     = 200_000
	mostAssessments  = 1000
	mostAsked        = 500
	mostGroups       = 100
	mostSecondsSpent = 1e6
)

// readExport reads an export, which must have each field of this version's format exactly once. What a later version
// added is left out and named in unknown. The tree is the same file as plain JSON.
func readExport(source io.Reader) (tree any, export *ExportedHistory, unknown []string, err error) {
	content, err := io.ReadAll(io.LimitReader(source, longestExport+1))
	if err != nil {
		return nil, nil, nil, err
	}
	if len(content) > longestExport {
		return nil, nil, nil, fmt.Errorf("it is larger than %d MiB", longestExport>>20)
	}
	if err := json.Unmarshal(content, new(json.RawMessage)); err != nil {
		return nil, nil, nil, placed(content, err)
	}
	reader := treeReader{decoder: json.NewDecoder(bytes.NewReader(content))}
	if tree, err = reader.value(1); err != nil {
		return nil, nil, nil, fmt.Errorf("line %d: %w", line(content, reader.decoder.InputOffset()), err)
	}
	object, _ := tree.(map[string]any)
	if format, _ := object["format"].(string); format != firstHistoryFormat && !strings.HasPrefix(format, firstHistoryFormat+".") {
		return nil, nil, nil, fmt.Errorf("it is no export that this version reads: its format is %s, not %q", inWords(object["format"]), firstHistoryFormat)
	}
	export = &ExportedHistory{}
	if err := json.Unmarshal(content, export); err != nil {
		return nil, nil, nil, placed(content, err)
	}
	written, err := plainTree(export)
	if err != nil {
		return nil, nil, nil, err
	}
	unknown = prune("", tree, written)
	// Whatever the types dropped or made up shows when they are written again.
	if strays := differences("", tree, written); len(strays) > 0 {
		return nil, nil, nil, errors.New(strays[0])
	}
	return tree, export, unknown, nil
}

// prune takes out of a tree the fields that a known one lacks, and names them.
func prune(where string, tree, known any) (unknown []string) {
	switch tree := tree.(type) {
	case map[string]any:
		known, _ := known.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			if value, found := known[name]; found {
				unknown = append(unknown, prune(below(where, printable(name)), tree[name], value)...)
			} else if known != nil {
				unknown = append(unknown, below(where, printable(name)))
				delete(tree, name)
			}
		}
	case []any:
		known, _ := known.([]any)
		for i := range min(len(tree), len(known)) {
			unknown = append(unknown, prune(below(where, label(known[i], i)), tree[i], known[i])...)
		}
	}
	return unknown
}

// placed adds the line to an error of the JSON decoder.
func placed(content []byte, err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("line %d: this is not JSON: %w", line(content, syntax.Offset), err)
	}
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("line %d: %s can't be a %s", line(content, mistyped.Offset), mistyped.Field, mistyped.Value)
	}
	return err
}

func line(content []byte, offset int64) int {
	offset = min(max(offset, 0), int64(len(content)))
	return bytes.Count(content[:offset], []byte("\n")) + 1
}

// treeReader reads JSON as plain maps and lists, within bounds. It refuses a field that occurs twice, since readers
// differ in which one they choose.
type treeReader struct {
	decoder  *json.Decoder
	elements int
}

func (r *treeReader) value(depth int) (any, error) {
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	delimiter, opens := token.(json.Delim)
	if !opens {
		return token, nil
	}
	if depth > deepestExport {
		return nil, fmt.Errorf("it is nested deeper than %d levels", deepestExport)
	}
	var tree any
	if delimiter == '{' {
		tree, err = r.object(depth)
	} else {
		tree, err = r.list(depth)
	}
	if err == nil {
		_, err = r.decoder.Token() // the end of it
	}
	return tree, err
}

func (r *treeReader) object(depth int) (any, error) {
	object := map[string]any{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // in valid JSON it is one
		if _, twice := object[name]; twice {
			return nil, fmt.Errorf("the field %s stands twice", inWords(name))
		}
		if object[name], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	return object, nil
}

func (r *treeReader) list(depth int) (any, error) {
	list := []any{}
	for r.decoder.More() {
		element, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
		if r.elements++; r.elements > mostElements {
			return nil, fmt.Errorf("its lists hold more than %d elements", mostElements)
		}
	}
	return list, nil
}

// library holds the groups of an export. The names of groups aren't needed to compute them.
func (e *ExportedHistory) library() *questionnaire.Library {
	var m questionnaire.Model
	for _, area := range e.Model.Areas {
		own := questionnaire.Area{ID: area.ID}
		for _, competency := range area.Competencies {
			own.Competencies = append(own.Competencies, questionnaire.Competency{ID: competency, Area: area.ID})
		}
		m.Areas = append(m.Areas, own)
	}
	for _, outcome := range e.Model.Outcomes {
		m.Outcomes = append(m.Outcomes, questionnaire.Outcome{ID: outcome})
	}
	for _, pillar := range e.Model.Pillars {
		m.Pillars = append(m.Pillars, questionnaire.Pillar{ID: pillar})
	}
	return &questionnaire.Library{Model: m}
}

// assessments returns the assessments of an export as the store would, the oldest first. Anything that no export of
// ours could hold is an error that names the assessment.
func (e *ExportedHistory) assessments() ([]model.Answered, error) {
	groups := len(e.Model.Areas) + len(e.Model.Outcomes) + len(e.Model.Pillars)
	for _, area := range e.Model.Areas {
		groups += len(area.Competencies)
	}
	if groups > mostGroups {
		return nil, fmt.Errorf("model: it holds more than %d groups and competencies", mostGroups)
	}
	if len(e.Assessments) > mostAssessments {
		return nil, fmt.Errorf("assessments: there are more than %d", mostAssessments)
	}
	var assessments []model.Answered
	seen := map[string]bool{}
	for i, exported := range e.Assessments {
		answered, err := exported.answered()
		switch {
		case err != nil:
		case seen[exported.ID]:
			err = errors.New("this id stands twice")
		case i > 0 && exported.FinishedAt.Before(e.Assessments[i-1].FinishedAt):
			err = errors.New("it was finished before the one that it follows; the oldest comes first")
		}
		if err != nil {
			return nil, fmt.Errorf("assessment %d (%s): %w", i+1, printable(exported.ID), err)
		}
		seen[exported.ID] = true
		assessments = append(assessments, answered)
	}
	return assessments, nil
}

// frozen is a number that is frozen with an assessment, with what it can be.
type frozen struct {
	where, name            string
	value, least, greatest float64
}

// wrong says that a number can't be; "" if it can.
func (f frozen) wrong() string {
	if f.value >= f.least && f.value <= f.greatest {
		return ""
	}
	return fmt.Sprintf("%v is not from %v to %v", f.value, f.least, f.greatest)
}

// numbersOf are the numbers that are frozen with an assessment. With others the formulae have no result, such as with a
// variance of zero or a share of one, or one that means nothing.
func numbersOf(noise measure.Noise, constants measure.Constants) []frozen {
	c := func(name string, value, least, greatest float64) frozen {
		return frozen{"constants", name, value, least, greatest}
	}
	return []frozen{
		{"noise", "item_variance", noise.ItemVariance, 1e-6, 100},
		{"noise", "degrees_of_freedom", noise.Degrees, 1, 1e6},
		c("prior_item_variance", constants.PriorItemVariance, 1e-6, 100),
		c("prior_degrees_of_freedom", constants.PriorDegrees, 1, 1e6),
		c("competency_mood_variance", constants.CompetencyMoodVariance, 0, 100),
		c("day_mood_variance", constants.DayMoodVariance, 0, 100),
		c("competency_spread_variance", constants.CompetencySpreadVariance, 0, 100),
		c("person_item_variance", constants.PersonItemVariance, 0, 100),
		c("band_level", constants.BandLevel, 0.01, 0.999),
		c("changed_level", constants.ChangedLevel, 0, 1),
		c("possible_level", constants.PossibleLevel, 0, 1),
		c("minimum_answered_competency", float64(constants.MinimumAnsweredCompetency), 0, mostAsked),
		c("minimum_answered_group", float64(constants.MinimumAnsweredGroup), 0, mostAsked),
		c("minimum_answered_pulse_area", float64(constants.MinimumAnsweredPulseArea), 0, mostAsked),
		c("minimum_shared_whole", float64(constants.MinimumSharedWhole), 0, mostAsked),
		c("minimum_shared_outcome_or_pillar", float64(constants.MinimumSharedOutcomeOrPillar), 0, mostAsked),
		c("minimum_shared_area", float64(constants.MinimumSharedArea), 0, mostAsked),
		c("minimum_shared_competency", float64(constants.MinimumSharedCompetency), 0, mostAsked),
		c("minimum_share_of_shorter_form", constants.MinimumShareOfShorterForm, 0, 1),
		c("minimum_trend_sittings", float64(constants.MinimumTrendAssessments), 0, mostAssessments),
		c("careless_minimum_answered", float64(constants.CarelessMinimumAnswered), 0, mostAsked),
		c("careless_identical_share", constants.CarelessIdenticalShare, 0, 1),
		c("careless_seconds_per_item", constants.CarelessSecondsPerItem, 0, mostSecondsSpent),
	}
}

// checkNumbers refuses numbers that can't be.
func checkNumbers(noise measure.Noise, constants measure.Constants) error {
	for _, number := range numbersOf(noise, constants) {
		if wrong := number.wrong(); wrong != "" {
			return fmt.Errorf("%s: %s: %s", number.where, number.name, wrong)
		}
	}
	return nil
}
