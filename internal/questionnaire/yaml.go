package questionnaire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file. The shipped questionnaires have 40 KiB, 600 lines and 3,000 tokens. The library
// takes time quadratic in lines (of a block text), in tokens and in depth, so these keep the worst
// file to about a second.
const (
	maxBytes  = 1 << 20
	maxLines  = 10_000
	maxTokens = 50_000
	maxDepth  = 20
	maxIndent = 100
)

// file is one file that is being read, with the problems found in it so far.
type file struct {
	name     string
	problems Problems
}

// report adds a problem.
func (f *file) report(line int, format string, args ...any) {
	f.problems = append(f.problems, Problem{f.name, line, fmt.Sprintf(format, args...)})
}

// read parses data and hands the document's root to decode. It turns a panic of the YAML library into a problem: its
// authors fuzz it, but no operator's file may stop the server.
func (f *file) read(data []byte, decode func(root ast.Node)) {
	defer func() {
		if r := recover(); r != nil {
			f.report(1, "cannot be read as YAML (%v); simplify its structure", r)
		}
	}()
	if root := f.parse(data); root != nil {
		decode(root)
	}
}

// parse returns the root of the file's only document, or nil after a problem that leaves nothing to examine.
func (f *file) parse(data []byte) ast.Node {
	if len(data) > maxBytes {
		f.report(1, "is larger than %d KiB; split it into several questionnaires", maxBytes>>10)
		return nil
	}
	if line := invalidLine(data); line > 0 {
		f.report(line, "is not valid UTF-8; save the file in that encoding")
		return nil
	}
	if max(bytes.Count(data, []byte("\n")), bytes.Count(data, []byte("\r"))) > maxLines {
		f.report(1, "has more than %d lines; split it into several questionnaires", maxLines)
		return nil
	}
	// Some Windows editors put a byte order mark at the start, which would become part of the first key.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	tokens := lexer.Tokenize(string(data))
	if line := tooComplex(tokens); line > 0 {
		f.report(line, "is nested too deeply or has too many entries; keep to the format in the README")
		return nil
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // mapping reports duplicates
	if err != nil {
		line, message := syntaxError(err)
		f.report(line, "is not valid YAML: %s", message)
		return nil
	}
	switch {
	case len(parsed.Docs) == 0 || parsed.Docs[0].Body == nil && len(parsed.Docs) == 1:
		f.report(1, "is empty; see the README for the format")
		return nil
	case len(parsed.Docs) > 1:
		line := 1
		if start := parsed.Docs[1].Start; start != nil {
			line = start.Position.Line
		}
		f.report(line, "holds more than one YAML document; keep one, without directives")
		return nil
	}
	return parsed.Docs[0].Body
}

// invalidLine returns the first line that is not UTF-8, or 0.
func invalidLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		char, size := utf8.DecodeRune(data)
		if char == utf8.RuneError && size == 1 {
			return line
		}
		if char == '\n' {
			line++
		}
		data = data[size:]
	}
	return 0
}

// tooComplex returns the line at which the tokens exceed a limit, or 0.
func tooComplex(tokens token.Tokens) int {
	depth := 0
	for i, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType:
			if t.Position.Column > maxIndent { // "- - - - ..." nests without a bracket
				return t.Position.Line
			}
		}
		if depth > maxDepth || i > maxTokens {
			return t.Position.Line
		}
	}
	return 0
}

// syntaxError returns line and reason of the parser's error, without the excerpt that the
// library adds.
func syntaxError(err error) (line int, message string) {
	line, message = 1, err.Error()
	if detailed, ok := errors.AsType[yaml.Error](err); ok && detailed.GetToken() != nil {
		line, message = detailed.GetToken().Position.Line, detailed.GetMessage()
	}
	if strings.Contains(message, "mapping value is not allowed") { // by far the most common slip
		message += `; a value with ": " in it needs double quotes`
	}
	return line, message
}

// lineOf returns the line on which a node starts.
func lineOf(node ast.Node) int {
	switch node := node.(type) {
	case *ast.MappingNode:
		// The token of a block mapping is the colon of its first entry.
		if !node.IsFlowStyle && len(node.Values) > 0 {
			return lineOf(node.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return lineOf(node.Key)
	}
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// kindOf returns a node's type in words.
func kindOf(node ast.Node) string {
	switch node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.NullNode, nil:
		return "empty"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AliasNode, *ast.AnchorNode:
		return "a YAML reference"
	}
	return "a YAML feature that is not supported here"
}
