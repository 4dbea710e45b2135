// Package account holds the pages of what is a manager's own: the list of assessments, settings, recovery, time zone
// and erasing.
package account
