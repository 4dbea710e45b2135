// Package report computes what answers say: results, comparisons, trends, histories, conversations, the figures of
// teams, exports, and recomputing one. It is pure: it gets answers and the library that they were asked from, and
// reads neither a database nor a network, so that the code that made an export also recomputes it.
package report

import (
	"whetstone/internal/questionnaire"
)

// Reports is the part of the use cases that computes: what finished assessments say, by the names and groups of a
// library. It reads no store, so that the code that made an export also recomputes it.
type Reports struct{ Library *questionnaire.Library }
