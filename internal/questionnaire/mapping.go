package questionnaire

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// Lengths in characters. Only an item's text has to be short enough to take in at a glance; the
// others stop what was pasted by mistake.
const (
	maxID       = 100
	maxItemText = 200
	maxText     = 500
)

var (
	slugPattern   = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	dottedPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$`)
)

// entry is one key of a mapping with its value.
type entry struct {
	line  int
	value ast.Node
}

// mapping is a YAML mapping whose keys have been checked. Its methods read one field each, report
// what is wrong with it, and return a zero value for what is missing or wrong, so that the reading
// goes on and finds every problem.
type mapping struct {
	file    *file
	line    int
	entries map[string]entry
}

// shape says which keys a mapping has. All of them are required.
type shape struct {
	// noun is what the keys are called in messages: field, craft, level.
	noun string
	// of is what has them.
	of   string
	keys []string
}

// mapping reads a node that must have exactly the keys of the shape. line is where the mapping's
// own key stands, or the node's own line.
func (f *file) mapping(node ast.Node, line int, shape shape) mapping {
	m := f.openMapping(node, line, shape.of)
	if m.entries == nil {
		return m
	}
	intended := map[string]bool{}
	for _, key := range sortedByLine(m.entries) {
		if slices.Contains(shape.keys, key) {
			continue
		}
		guess := nearest(key, shape.keys)
		if _, present := m.entries[guess]; present {
			guess = ""
		}
		f.report(m.entries[key].line, "unknown %s %q%s", shape.noun, key, hint(guess, shape.keys))
		intended[guess] = true // else the misspelt field would also be reported as missing
	}
	for _, key := range shape.keys {
		if _, present := m.entries[key]; !present && !intended[key] {
			f.report(m.line, "missing %s %q of this %s; add it", shape.noun, key, shape.of)
		}
	}
	return m
}

// openMapping reads a node that must be a mapping, with any keys.
func (f *file) openMapping(node ast.Node, line int, of string) mapping {
	m := mapping{file: f, line: line}
	var values []*ast.MappingValueNode
	switch node := node.(type) {
	case *ast.MappingNode:
		values = node.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{node}
	default:
		f.report(line, "this %s must be a mapping (lines of \"key: value\"), and it is %s", of, kindOf(node))
		return m
	}
	m.entries = map[string]entry{}
	for _, value := range values {
		line := lineOf(value.Key)
		if _, explicit := value.Key.(*ast.MappingKeyNode); explicit {
			f.report(line, "write the key as \"key: value\", without a question mark")
			continue
		}
		key := value.Key.GetToken().Value
		if first, twice := m.entries[key]; twice {
			f.report(line, "%q stands twice in this %s, first on line %d; keep one", key, of, first.line)
			continue
		}
		m.entries[key] = entry{line, value.Value}
	}
	return m
}

// lineAt returns the line of a field, or of the mapping if the field is missing.
func (m mapping) lineAt(key string) int {
	if e, present := m.entries[key]; present {
		return e.line
	}
	return m.line
}

// mapping reads a field that is itself a mapping.
func (m mapping) mapping(key string, shape shape) mapping {
	e, present := m.entries[key]
	if !present {
		return mapping{file: m.file, line: m.line}
	}
	return m.file.mapping(e.value, e.line, shape)
}

// text reads a field that is one line of text.
func (m mapping) text(key string, limit int) string {
	e, present := m.entries[key]
	if !present {
		return ""
	}
	return m.file.text(e.value, e.line, strconv.Quote(key), limit)
}

// text reads a node that is one line of text.
func (f *file) text(node ast.Node, line int, what string, limit int) string {
	var text string
	switch node := node.(type) {
	case *ast.StringNode:
		text = node.Value
	case *ast.LiteralNode:
		text = node.Value.Value
	case *ast.NullNode:
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		f.report(line, "%s must be a text, and it is %s; put it in double quotes", what, kindOf(node))
		return ""
	default:
		f.report(line, "%s must be a text, and it is %s", what, kindOf(node))
		return ""
	}
	text = strings.TrimSpace(text)
	switch length := utf8.RuneCountInString(text); {
	case text == "":
		f.report(line, "%s is empty; write it", what)
	case length > limit:
		f.report(line, "%s has %d characters; shorten it to %d at most", what, length, limit)
	case strings.ContainsFunc(text, breaksLine):
		f.report(line, "%s holds a line break or a control character; write it as one line", what)
	default:
		return text
	}
	return ""
}

// breaksLine reports whether a character doesn't belong in one line of text.
func breaksLine(char rune) bool {
	return unicode.IsControl(char) || char == '\u2028' || char == '\u2029'
}

// id reads a field that is an id.
func (m mapping) id(key string, pattern *regexp.Regexp, example string) string {
	id := m.text(key, maxID)
	if id != "" && !pattern.MatchString(id) {
		m.file.report(m.lineAt(key), "%q is not an id; use lower-case letters, digits and hyphens, as in %q", id, example)
		return ""
	}
	return id
}

// itemID reads a field that is an id under a competency: "competency.slug" or
// "competency.group.slug".
func (m mapping) itemID(key, competency string) string {
	id := m.id(key, dottedPattern, cmp.Or(competency, "design")+".some-slug")
	if id != "" && competency != "" && !strings.HasPrefix(id, competency+".") {
		m.file.report(m.lineAt(key), "id %q must start with its competency, %q", id, competency+".")
	}
	return id
}

// integer reads a field that is a whole number.
func (m mapping) integer(key string, low, high int) int {
	e, present := m.entries[key]
	if !present {
		return 0
	}
	if node, ok := e.value.(*ast.IntegerNode); ok {
		if n, err := strconv.Atoi(node.Token.Value); err == nil && n >= low && n <= high {
			return n
		}
	}
	m.file.report(e.line, "%q must be a whole number from %d to %d", key, low, high)
	return 0
}

// halves reads a field that is a number in steps of a half.
func (m mapping) halves(key string, low, high float64) float64 {
	e, present := m.entries[key]
	if !present {
		return 0
	}
	switch e.value.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		n, err := strconv.ParseFloat(e.value.GetToken().Value, 64)
		if err == nil && n >= low && n <= high && n*2 == float64(int(n*2)) {
			return n
		}
	}
	m.file.report(e.line, "%q must be a number from %.1f to %.1f in steps of 0.5", key, low, high)
	return 0
}

// list reads a field that is a list with at least one element.
func (m mapping) list(key string) []ast.Node {
	e, present := m.entries[key]
	if !present {
		return nil
	}
	sequence, ok := e.value.(*ast.SequenceNode)
	switch {
	case !ok:
		m.file.report(e.line, "%q must be a list, and it is %s", key, kindOf(e.value))
		return nil
	case len(sequence.Values) == 0:
		m.file.report(e.line, "%q is empty; give at least one", key)
	}
	return sequence.Values
}

// reference reads a field that is the id of something in the model.
func (m mapping) reference(key, noun string, known []string) string {
	id := m.text(key, maxID)
	if id == "" || m.file.knows(id, m.lineAt(key), noun, known) {
		return id
	}
	return ""
}

// references reads a field that is a list of different ids of the model.
func (m mapping) references(key, noun string, known []string, most int) []string {
	var ids []string
	nodes := m.list(key)
	for _, node := range nodes {
		line := lineOf(node)
		id := m.file.text(node, line, "each of "+strconv.Quote(key), maxID)
		switch {
		case id == "" || !m.file.knows(id, line, noun, known):
		case slices.Contains(ids, id):
			m.file.report(line, "%s %q stands twice; keep one", noun, id)
		default:
			ids = append(ids, id)
		}
	}
	if len(nodes) > most {
		m.file.report(m.lineAt(key), "%q has %d; keep the %d that matter most", key, len(nodes), most)
	}
	return ids
}

// knows reports whether an id is known, and otherwise adds a problem.
func (f *file) knows(id string, line int, noun string, known []string) bool {
	if slices.Contains(known, id) {
		return true
	}
	f.report(line, "unknown %s %q%s", noun, id, hint(nearest(id, known), known))
	return false
}

// sortedByLine returns the keys of a mapping from top to bottom.
func sortedByLine(entries map[string]entry) []string {
	keys := make([]string, 0, len(entries))
	for key := range entries {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if byLine := entries[a].line - entries[b].line; byLine != 0 {
			return byLine
		}
		return strings.Compare(a, b)
	})
	return keys
}

// hint returns what could have been meant.
func hint(guess string, known []string) string {
	if guess != "" {
		return "; did you mean " + strconv.Quote(guess) + "?"
	}
	return "; known are " + strings.Join(known, ", ")
}

// nearest returns the known word that is at most two typing slips away, or "".
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, candidate := range known {
		if d := slips(word, candidate); d < least && d < len(candidate) {
			best, least = candidate, d
		}
	}
	return best
}

// slips is the Levenshtein distance of two words, or a large number if their lengths differ much.
func slips(a, b string) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substituted := diagonal
			if a[i] != b[j] {
				substituted++
			}
			diagonal = row[j+1]
			row[j+1] = min(substituted, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
