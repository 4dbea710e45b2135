package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Mark is a short random text that tells this installation from others. It is the same in all of its processes.
func (a *App) Mark(ctx context.Context) (string, error) { return a.store.Mark(ctx) }

// Operator is what the operator says of this installation by its configuration.
type Operator struct {
	// Organisers are those whom it names.
	Organisers []model.Organiser
	// Fixed are the settings that organisers can't change, by name; Set holds what they are set to.
	Fixed map[string]bool
	Set   model.Installation
}

// Configure takes what the operator says. Call it before the use cases are used.
func (a *App) Configure(operator Operator) { a.operator = operator }

const (
	// settingsFresh is how old what a process knows of an installation's settings may get: what another one has changed
	// holds here by then.
	settingsFresh = 5 * time.Second
	// settingsTime bounds reading them, since a page that belongs to nobody is shown even while the database is away.
	settingsTime = 2 * time.Second
)

// settings are what a process knows of what organisers have set.
type settings struct {
	mutex sync.Mutex
	known model.Installation
	// read is when it was read; zero if it never was. stale has it read again before that is long ago.
	read  time.Time
	stale bool
	// reading is held by whoever reads it.
	reading sync.Mutex
}

// last returns what is known, and reports whether it is fresh, and whether it was ever read.
func (s *settings) last(now time.Time) (known model.Installation, fresh, ever bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	age := now.Sub(s.read)
	return s.known, !s.stale && age >= 0 && age < settingsFresh, !s.read.IsZero()
}

// forget has them read again before they are used next.
func (s *settings) forget() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.stale = true
}

func (s *settings) learn(known model.Installation, now time.Time) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known, s.read, s.stale = known, now, false
}

// Installation is what holds for this installation. It is some seconds old at the most, unless the database can't be read:
// then what was known last holds.
func (a *App) Installation(ctx context.Context) model.Installation {
	known, fresh, ever := a.settings.last(a.now())
	switch {
	case fresh && ever:
		return a.held(known)
	case !ever:
		a.settings.reading.Lock()
	case !a.settings.reading.TryLock():
		return a.held(known) // somebody reads it
	}
	defer a.settings.reading.Unlock()
	ctx, cancel := context.WithTimeout(ctx, settingsTime)
	defer cancel()
	if set, err := a.store.Installation(ctx); err == nil {
		known = set
		a.settings.learn(known, a.now())
	}
	return a.held(known)
}

// held lays what the operator has fixed over what organisers have set.
func (a *App) held(set model.Installation) model.Installation {
	fixed, by := a.operator.Fixed, a.operator.Set
	if fixed[model.OrganisationSetting] {
		set.Name = by.Name
	}
	if fixed[model.WelcomeSetting] {
		set.Welcome = by.Welcome
	}
	if fixed[model.ContactSetting] {
		set.Contact = by.Contact
	}
	if fixed[model.CadenceSetting] {
		set.PulseWeeks, set.FullWeeks = by.PulseWeeks, by.FullWeeks
	}
	if fixed[model.TeamsSetting] {
		set.OrganisersOnly = by.OrganisersOnly
	}
	if fixed[model.WaysSetting] {
		set.Closed = nil
	}
	if fixed[model.GroupSetting] {
		set.SmallestGroup = 0
	}
	set.SmallestGroup = a.minimums(set).Group
	set.Organised = set.Organised || len(a.operator.Organisers) > 0
	return set
}

// minimums are the thresholds of this installation's later cycles: the operator's, and a smallest group that organisers may
// have raised.
func (a *App) minimums(set model.Installation) disclosure.Thresholds {
	return disclosure.Strictest(a.thresholds, disclosure.Thresholds{Group: set.SmallestGroup})
}

// installationIn is what holds for this installation now, as a transaction sees it.
func (a *App) installationIn(ctx context.Context, tx *store.Store) (model.Installation, error) {
	set, err := tx.Installation(ctx)
	return a.held(set), err
}

// InstallationPage returns what organisers see of their installation. Anybody else gets model.ErrNotFound, and an organiser
// who signed in too long ago model.ErrSignedInLongAgo.
func (a *App) InstallationPage(ctx context.Context, caller model.Caller) (*model.InstallationPage, error) {
	if err := a.mayOrganise(ctx, a.store, caller, model.ErrNotFound); err != nil {
		return nil, err
	}
	set, err := a.store.Installation(ctx)
	return &model.InstallationPage{Set: set, Holds: a.held(set), Fixed: a.operator.Fixed, Least: a.thresholds.Group}, err
}

// installationFields are the names of the fields of the form of an installation; installationTexts returns what they hold.
var installationFields = []string{
	model.OrganisationSetting, model.WelcomeSetting, model.ContactSetting, model.CadenceSetting, "full",
	model.GroupSetting, model.TeamsSetting, model.WaysSetting,
}

func (a *App) installationTexts(set model.Installation) []string {
	cadence := set.Proposed()
	return []string{
		set.Name, set.Welcome, set.Contact, typedWeeks(cadence.PulseWeeks), typedWeeks(cadence.FullWeeks),
		strconv.Itoa(a.minimums(set).Group), set.Answered(), model.JoinMarks(set.Closed),
	}
}

// typedWeeks writes an interval as a form shows it: nothing for none.
func typedWeeks(weeks int) string {
	if weeks == 0 {
		return ""
	}
	return strconv.Itoa(weeks)
}

// InstallationForm fills the form of an installation with what is set, under the ways in that the configuration offers.
func (a *App) InstallationForm(set model.Installation, offered model.Offered) model.InstallationInput {
	texts := a.installationTexts(set)
	input := model.InstallationInput{
		Name: texts[0], Welcome: texts[1], Contact: texts[2], Pulse: texts[3], Full: texts[4], SmallestGroup: texts[5], Teams: texts[6],
		Seen: seenToken(0, texts...),
	}
	for _, way := range offered {
		if !slices.Contains(set.Closed, way.Mark()) {
			input.Ways = append(input.Ways, way.Key)
		}
	}
	return input
}

// ChangeInstallation sets what an organiser says of this installation, but for what the operator has fixed. Bad input is a
// model.Invalid error that names each field by its setting, and "full". What was changed elsewhere since the page saw it is
// a model.Conflict error that names the same fields. Anybody else gets model.ErrNotFound, and an organiser who signed in too
// long ago model.ErrSignedInLongAgo.
func (a *App) ChangeInstallation(ctx context.Context, caller model.Caller, offered model.Offered, input model.InstallationInput) error {
	var changed model.Installation
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.mayOrganise(ctx, tx, caller, model.ErrNotFound); err != nil {
			return err
		}
		set, err := tx.Installation(ctx)
		if err != nil {
			return err
		}
		stored := a.installationTexts(set)
		merged, err := mergeFields(input.Seen, installationFields, stored, a.sentTexts(stored, set, offered, input))
		if err != nil {
			return err
		}
		changed, err = a.readInstallation(set, merged, caller, offered)
		if err != nil {
			return err
		}
		changed.ChangedAt = a.now()
		return tx.PutInstallation(ctx, changed)
	})
	if err == nil {
		a.settings.learn(changed, a.now())
	}
	return err
}

// sentTexts are the fields of a form as they compare with what is stored. What is fixed stays as it is stored, and so do
// the ways where there is none to choose, and the marks of those that the configuration doesn't offer.
func (a *App) sentTexts(stored []string, set model.Installation, offered model.Offered, input model.InstallationInput) []string {
	closed := slices.DeleteFunc(slices.Clone(set.Closed), func(mark string) bool {
		return slices.ContainsFunc(offered, func(way model.WayOffered) bool { return way.Mark() == mark })
	})
	for _, way := range offered {
		if !slices.Contains(input.Ways, way.Key) {
			closed = append(closed, way.Mark())
		}
	}
	sent := []string{
		cleanLine(input.Name), cleanLine(input.Welcome), cleanLine(input.Contact), strings.TrimSpace(input.Pulse), strings.TrimSpace(input.Full),
		strings.TrimSpace(input.SmallestGroup), input.Teams, model.JoinMarks(closed),
	}
	for i, field := range installationFields {
		if a.operator.Fixed[field] || field == model.WaysSetting && len(offered) < 2 || field == "full" && a.operator.Fixed[model.CadenceSetting] {
			sent[i] = stored[i]
		}
	}
	return sent
}

// readInstallation reads the fields of a form, and reports everything that is wrong with them.
func (a *App) readInstallation(set model.Installation, typed []string, caller model.Caller, offered model.Offered) (model.Installation, error) {
	var fields fieldErrors
	stored := a.installationTexts(set)
	set.Name, set.Welcome, set.Contact = typed[0], typed[1], typed[2]
	fields.bound(model.OrganisationSetting, "the name", set.Name, model.OrganisationLimit)
	fields.bound(model.WelcomeSetting, "the line of welcome", set.Welcome, model.WelcomeLimit)
	fields.bound(model.ContactSetting, "the contact", set.Contact, model.ContactLimit)
	if typed[3] != stored[3] || typed[4] != stored[4] {
		cadence := fields.cadence(typed[3], typed[4])
		set.PulseWeeks, set.FullWeeks = cadence.PulseWeeks, cadence.FullWeeks
	}
	if typed[5] != stored[5] {
		most := max(model.LargestSmallestGroup, a.thresholds.Group)
		set.SmallestGroup = fields.number(model.GroupSetting, "people", typed[5], a.thresholds.Group, most)
	}
	switch typed[6] {
	case model.EverybodysTeams, model.OrganisersTeams:
		set.OrganisersOnly = typed[6] == model.OrganisersTeams
	default:
		fields.add(model.TeamsSetting, "Choose who opens teams.")
	}
	if typed[7] != stored[7] {
		set.Closed = model.SplitMarks(typed[7])
		fields.add(model.WaysSetting, closingProblem(set.Closed, caller.Session, offered))
	}
	return set, fields.err()
}

// closingProblem says what is wrong with closing some ways in; "" for nothing.
func closingProblem(closed []string, session model.Session, offered model.Offered) string {
	left := slices.DeleteFunc(slices.Clone(offered), func(way model.WayOffered) bool { return slices.Contains(closed, way.Mark()) })
	visits := left.Has(model.ByVisit)
	switch {
	case !visits && !left.Has(model.ByOpenID) && !left.Has(model.ByProxy):
		return "Leave a way open by which people sign in, or let them in without signing in: else nobody could come in any more."
	case !offered.Open(closed).Brought(session) && !visits && left.Brought(session):
		return "You didn’t sign in yourself just now, so it can’t become the only way in: you would be out at once. Sign in first, and choose this again."
	case !offered.Open(closed).Brought(session):
		return "You came in yourself by a way that you want to close. Come in by another one first, so that you aren’t out at once."
	}
	return ""
}

// cadence reads the two intervals of one that is proposed.
func (f *fieldErrors) cadence(pulse, full string) model.Cadence {
	before := len(*f)
	cadence := model.Cadence{PulseWeeks: f.weeks(model.CadenceSetting, "pulses", pulse), FullWeeks: f.weeks("full", "full assessments", full)}
	if len(*f) == before {
		f.intervals(cadence, "Enter the weeks for a pulse, for a full assessment or for both.")
	}
	return cadence
}

// MayOpenTeam is model.ErrOrganisersOnly where organisers alone open teams and the caller is none, and
// model.ErrSignedInLongAgo for one who has to sign in again.
func (a *App) MayOpenTeam(ctx context.Context, caller model.Caller) error {
	return a.mayOpenTeam(ctx, a.store, caller)
}

func (a *App) mayOpenTeam(ctx context.Context, data *store.Store, caller model.Caller) error {
	holds, err := a.installationIn(ctx, data)
	if err != nil || !holds.OrganisersOnly {
		return err
	}
	return a.mayOrganise(ctx, data, caller, model.ErrOrganisersOnly)
}
