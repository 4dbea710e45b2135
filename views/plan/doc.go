// Package plan draws the pages of what somebody is at: commitments, and what became of them.
package plan
