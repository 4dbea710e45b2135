// Package site holds what belongs to nobody: landing, about, how we measure, error pages.
package site
