// Package app holds the use cases of Whetstone: each exported method is one thing that a person does.
// It authorises (a manager reaches only their own), validates, works in one transaction, and assembles
// the report that a page shows.
package app

import (
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// App is the use cases over one store and one library of questionnaires. It is safe for concurrent
// use.
type App struct {
	reports report.Reports
	store   *store.Store
	now     func() time.Time
	random  func() string
	// secret gives what opens a share.
	secret func() string
	// thresholds are the least of this instance, for the cycles of teams.
	thresholds disclosure.Thresholds
	// deciding lets one decide at a time what may be published, in the order of coming: see decideExclusively.
	deciding chan struct{}
	// exporting lets one export at a time work out what the whole says.
	exporting chan struct{}
	// compaction and writing have mutexes of their own.
	compaction compaction
	writing    writing
}

// New makes the use cases. now tells the time; random gives an unguessable text of at least 128 bits,
// for ids and session tokens (crypto/rand.Text); secret gives one of 256 bits, for the links of shares
// (Secret).
func New(data *store.Store, library *questionnaire.Library, now func() time.Time, random, secret func() string) *App {
	inUTC := func() time.Time { return now().UTC() } // whatever zone the machine is in
	return &App{reports: report.Reports{Library: library}, store: data, now: inUTC, random: random, secret: secret,
		thresholds: disclosure.Floor(), deciding: make(chan struct{}, 1), exporting: make(chan struct{}, 1)}
}

// Model is the competency model in force.
func (a *App) Model() questionnaire.Model { return a.reports.Library.Model }
