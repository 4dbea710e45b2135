// Package mentor holds the pages of sharing, for the manager who shares and for the mentor who rates.
package mentor
