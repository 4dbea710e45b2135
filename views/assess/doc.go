// Package assess holds the way through an assessment: start, questions, review.
package assess
