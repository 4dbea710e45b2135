// Package team holds the pages of teams: the roster, invitations, cycles, what is published, trends, other teams.
package team
