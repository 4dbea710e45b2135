// Package results holds what answers say: the result, the history, comparing, targets, looking back, guides.
package results
