// Package app holds the use cases of Whetstone: each exported method is one thing that a person does.
// It authorises (a manager reaches only their own), validates, works in one transaction, and assembles
// the report that a page shows.
package app

import (
	"time"

	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// App is the use cases over one store and one library of questionnaires. It is safe for concurrent
// use.
type App struct {
	store   *store.Store
	library *questionnaire.Library
	now     func() time.Time
	random  func() string
}

// New makes the use cases. now tells the time; random gives an unguessable text of at least 128 bits,
// for ids and session tokens (crypto/rand.Text).
func New(data *store.Store, library *questionnaire.Library, now func() time.Time, random func() string) *App {
	return &App{store: data, library: library, now: now, random: random}
}

// Model is the competency model in force.
func (a *App) Model() questionnaire.Model { return a.library.Model }
