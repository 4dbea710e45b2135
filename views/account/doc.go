// Package account holds what is one's own: the list of assessments, settings, recovery, time zone, erasing.
package account
