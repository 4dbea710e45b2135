package questionnaire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in one file, worded so that its author knows what to do.
type Problem struct {
	File string
	// Line counts from 1. It is 0 if the problem is the file as a whole, for instance a missing one.
	Line   int
	Reason string
}

// String returns "file:line: reason", which editors and terminals make clickable.
func (p Problem) String() string { return p.where() + ": " + p.Reason }

// where returns "file:line", or the file alone if the problem is all of it.
func (p Problem) where() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Problems is every mistake that was found, sorted by file and line. As an error it prints one per line.
type Problems []Problem

// Error returns the problems, one per line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns nil if there are no problems, which a plain conversion to error would not.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// sorted returns the problems by file and line, without repetitions.
func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(p)
}
