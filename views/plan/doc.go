// Package plan draws the pages of what somebody is at: commitments, what became of them, and the log.
package plan
