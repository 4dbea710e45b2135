// Package site holds the pages that belong to nobody: landing, about, how we measure, error pages.
package site
