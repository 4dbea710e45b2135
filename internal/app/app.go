// Package app holds the use cases of Whetstone: each exported method is one thing that a person does.
// It authorises (a manager reaches only their own), validates, works in one transaction, and assembles
// the report that a page shows.
package app

import (
	"sync"
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
	// secret returns what opens a share or a calendar.
	secret func() string
	// thresholds are the operator's minimums for the cycles of teams; see minimums.
	thresholds disclosure.Thresholds
	// operator is what the configuration says of this installation, settings what organisers have set.
	operator Operator
	settings settings
	// safe remembers what the gate says of made-up people: by thresholds, from how many on one can miss a cycle, and by
	// replacedKey how many have to be replaced.
	safe sync.Map
	// deciding lets one goroutine at a time decide what may be published, first come, first served: see
	// decideExclusively.
	deciding chan struct{}
	// exporting lets one export at a time compute what the whole history says.
	exporting chan struct{}
	// importing lets one file at a time be read that somebody wants to bring in.
	importing chan struct{}
	// compaction, writing and calendarReads have their own mutexes.
	compaction    compaction
	writing       writing
	calendarReads reads
}

// New returns the use cases. now returns the current time; random returns an unguessable text of at least 128 bits,
// for ids and session tokens (crypto/rand.Text); secret returns one of 256 bits, for the links of shares and the
// addresses of calendars (Secret).
func New(data *store.Store, library *questionnaire.Library, now func() time.Time, random, secret func() string) *App {
	inUTC := func() time.Time { return now().UTC() } // whatever the machine's time zone
	return &App{reports: report.Reports{Library: library}, store: data, now: inUTC, random: random, secret: secret,
		thresholds: disclosure.Floor(), deciding: make(chan struct{}, 1), exporting: make(chan struct{}, 1), importing: make(chan struct{}, 1)}
}

// Model is the competency model in force.
func (a *App) Model() questionnaire.Model { return a.reports.Library.Model }
