package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// RaiseThresholds makes the thresholds of this instance's later cycles higher than the floor of 5 and 3; lower
// ones change nothing. Call it before the use cases are used.
func (a *App) RaiseThresholds(thresholds disclosure.Thresholds) {
	a.thresholds = disclosure.Strictest(thresholds)
}

// Teams lists a manager's teams, by name. Of a team where they still wait to be confirmed it holds only the name and
// the purpose.
func (a *App) Teams(ctx context.Context, managerID string) ([]model.TeamSummary, error) {
	summaries, err := a.store.TeamsOf(ctx, managerID)
	if err != nil || len(summaries) == 0 {
		return nil, err
	}
	own, err := a.store.Contributions(ctx, managerID)
	if err != nil {
		return nil, err
	}
	for i := range summaries {
		summary := &summaries[i]
		if !summary.Confirmed {
			summary.Members = 0
			continue
		}
		cycles, err := a.store.Cycles(ctx, managerID, summary.Team.ID)
		if err != nil {
			return nil, err
		}
		a.addCycles(summary, cycles)
		if summary.Latest != nil {
			if err := a.addLatest(ctx, summary, managerID); err != nil {
				return nil, err
			}
		}
		if summary.Open != nil {
			_, summary.Contributed = own[summary.Open.ID]
		}
	}
	slices.SortFunc(summaries, func(x, y model.TeamSummary) int {
		return cmp.Or(compareNames(x.Team.Name, y.Team.Name), cmp.Compare(x.Team.ID, y.Team.ID))
	})
	return summaries, nil
}

// addCycles finds the open cycle and the latest closed one, in a list of the latest first.
func (a *App) addCycles(summary *model.TeamSummary, cycles []*model.Cycle) {
	now := a.now()
	for _, cycle := range cycles {
		switch cycle.State(now) {
		case model.CycleOpen:
			summary.Open = cycle
		case model.CycleClosed:
			if summary.Latest == nil {
				summary.Latest = cycle
			}
		}
	}
}

// addLatest finds the latest closed cycle that published anything, if any did.
func (a *App) addLatest(ctx context.Context, summary *model.TeamSummary, managerID string) error {
	closed, err := a.store.ClosedCycles(ctx, managerID, summary.Team.ID)
	for _, one := range closed {
		if one.Aggregate.Withheld == model.Published {
			summary.Latest = one.Cycle
		}
	}
	return err
}

// compareNames orders names as a reader looks them up, regardless of case.
func compareNames(x, y string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(x), strings.ToLower(y)), cmp.Compare(x, y))
}

// MakeTeam makes a team whose first steward the manager is, and returns its id. Bad input is a model.Invalid
// error that names each field: "name", "purpose", "smallest-group", "zone", "member-name". Where organisers alone open teams,
// anybody else gets model.ErrOrganisersOnly.
func (a *App) MakeTeam(ctx context.Context, managerID string, input model.TeamInput) (string, error) {
	id, place := a.random(), a.random()
	return id, a.store.InTx(ctx, func(tx *store.Store) error {
		team, maker, err := a.teamFrom(ctx, tx, id, managerID, place, input)
		if err != nil {
			return err
		}
		if err := roomForTeam(ctx, tx, managerID); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newTeam); err != nil {
			return err
		}
		return tx.CreateTeam(ctx, team, maker)
	})
}

// MakeTeamAsNew is MakeTeam for a visitor who has no manager yet: it makes the manager and their session, in a
// browser, labelled label, that has none yet. It also returns the session's token.
func (a *App) MakeTeamAsNew(ctx context.Context, label string, input model.TeamInput) (token, teamID string, err error) {
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	id, place := a.random(), a.random()
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		team, maker, err := a.teamFrom(ctx, tx, id, manager.ID, place, input)
		if err != nil {
			return err
		}
		if err := a.beginManager(ctx, tx, manager, token, label, input.From, model.ToldZone{}, newTeam); err != nil {
			return err
		}
		return tx.CreateTeam(ctx, team, maker)
	})
	if err != nil {
		return "", "", err
	}
	return token, id, nil
}

// beginManager adds a manager and a session that acts for them, in a new browser, unless the client has made too many
// of them, or too much of what the manager begins with.
func (a *App) beginManager(ctx context.Context, tx *store.Store, manager model.Manager, token, label, from string, days model.ToldZone, with creation) error {
	if err := a.admit(ctx, tx, from, newManager, with); err != nil {
		return err
	}
	if err := tx.CreateManager(ctx, manager); err != nil {
		return err
	}
	return a.replaceSession(ctx, tx, model.Session{Days: days}, manager.ID, token, model.Arrival{Label: label})
}

// teamFrom reads the form of a new team, whose id is id, and in which its maker has the place of that name.
func (a *App) teamFrom(ctx context.Context, tx *store.Store, id, managerID, place string, input model.TeamInput) (model.Team, model.Membership, error) {
	if err := a.mayOpenTeam(ctx, tx, input.Caller); err != nil {
		return model.Team{}, model.Membership{}, err
	}
	holds, err := a.installationIn(ctx, tx)
	if err != nil {
		return model.Team{}, model.Membership{}, err
	}
	team, fields := a.readTeam(input, holds.SmallestGroup)
	name := fields.memberName("member-name", input.MemberName)
	if err := fields.err(); err != nil {
		return model.Team{}, model.Membership{}, err
	}
	if !team.Zone.Known() {
		team.Zone, _ = model.ReadZone("UTC")
	}
	now := a.now()
	team.ID, team.CreatedAt = id, now
	return team, model.Membership{
		ID: place, TeamID: team.ID, ManagerID: managerID, Name: name,
		Role: model.Steward, JoinedAt: now, ConfirmedAt: now,
	}, nil
}

// readTeam reads what a team says of itself; least is the smallest group that it can choose.
func (a *App) readTeam(input model.TeamInput, least int) (model.Team, fieldErrors) {
	team := model.Team{Name: cleanLine(input.Name), Purpose: cleanText(input.Purpose)}
	var fields fieldErrors
	fields.require("name", "the name", team.Name, model.LabelLimit, "Enter a name for the team.")
	fields.bound("purpose", "the purpose", team.Purpose, model.PurposeLimit)
	most := max(model.LargestSmallestGroup, least)
	group, err := strconv.Atoi(strings.TrimSpace(input.SmallestGroup))
	if err != nil || group < least || group > most {
		fields.add("smallest-group", fmt.Sprintf("Enter a whole number from %d to %d. It can only rise.", least, most))
	}
	team.SmallestGroup = group
	zone, found := model.ReadZone(input.Zone)
	if !found && input.Zone != "" {
		fields.add("zone", "Choose the time zone that the team’s days are counted in.")
	}
	team.Zone = zone
	return team, fields
}

// SeenTeam says what a page saw of a team, as Seen does of an answer.
func SeenTeam(team model.Team) string { return seenToken(0, teamTexts(team)...) }

// teamFields are the names of the fields of what a team says of itself; teamTexts returns what they hold.
var teamFields = []string{"name", "purpose", "smallest-group", "zone"}

func teamTexts(team model.Team) []string {
	return []string{team.Name, team.Purpose, strconv.Itoa(team.SmallestGroup), team.Zone.Name()}
}

// ChangeTeam changes what a team says of itself. Bad input is a model.Invalid error that names each field: "name",
// "purpose", "zone", "smallest-group", which only rises. What was changed elsewhere since the page saw it is a
// model.Conflict error that names the same fields. Anyone who isn't a steward gets model.ErrNotFound.
func (a *App) ChangeTeam(ctx context.Context, managerID, teamID string, input model.TeamInput) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.stewardPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		sent := []string{cleanLine(input.Name), cleanText(input.Purpose), strings.TrimSpace(input.SmallestGroup), cmp.Or(input.Zone, page.Team.Zone.Name())}
		merged, err := mergeFields(input.Seen, teamFields, teamTexts(page.Team), sent)
		if err != nil {
			return err
		}
		input.Name, input.Purpose, input.SmallestGroup, input.Zone = merged[0], merged[1], merged[2], merged[3]
		holds, err := a.installationIn(ctx, tx)
		if err != nil {
			return err
		}
		team, fields := a.readTeam(input, max(page.Team.SmallestGroup, holds.SmallestGroup))
		if err := fields.err(); err != nil {
			return err
		}
		team.ID = teamID
		return tx.ChangeTeam(ctx, managerID, team)
	})
}

// TeamPage returns, for any member of a team, what every page of the team shows. Everybody else gets
// model.ErrNotFound.
func (a *App) TeamPage(ctx context.Context, managerID, teamID string) (*model.TeamPage, error) {
	return a.teamPage(ctx, a.store, managerID, teamID)
}

func (a *App) teamPage(ctx context.Context, data *store.Store, managerID, teamID string) (*model.TeamPage, error) {
	page, err := data.Team(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	page.Now = a.now()
	if !page.Me.Confirmed() {
		page.Members, page.Waiting = 0, 0
	}
	return &page, nil
}

// members returns everybody in a team of which the manager is a member: the confirmed ones, then those who wait,
// each by name.
func (a *App) members(ctx context.Context, data *store.Store, managerID, teamID string) ([]model.Membership, error) {
	members, err := data.Members(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	lower := make(map[string]string, len(members))
	for _, member := range members {
		lower[member.ID] = strings.ToLower(member.Name)
	}
	slices.SortFunc(members, func(x, y model.Membership) int {
		if x.Confirmed() != y.Confirmed() {
			if x.Confirmed() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(lower[x.ID], lower[y.ID]), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return members, nil
}

// confirmedPage is teamPage for confirmed members; model.ErrNotFound for everybody else.
func (a *App) confirmedPage(ctx context.Context, data *store.Store, managerID, teamID string) (*model.TeamPage, error) {
	page, err := a.teamPage(ctx, data, managerID, teamID)
	if err == nil && !page.Me.Confirmed() {
		return nil, model.ErrNotFound
	}
	return page, err
}

// TeamToChange returns what every page of a team shows to its stewards, for what they alone may do. Anyone else gets
// model.ErrNotFound.
func (a *App) TeamToChange(ctx context.Context, managerID, teamID string) (*model.TeamPage, error) {
	return a.stewardPage(ctx, a.store, managerID, teamID)
}

// stewardPage is teamPage for stewards; model.ErrNotFound for everybody else.
func (a *App) stewardPage(ctx context.Context, data *store.Store, managerID, teamID string) (*model.TeamPage, error) {
	page, err := a.confirmedPage(ctx, data, managerID, teamID)
	if err == nil && page.Me.Role != model.Steward {
		return nil, model.ErrNotFound
	}
	return page, err
}

// Team returns the first page of a team. To a member who waits to be confirmed it holds what TeamPage does, the names
// of the stewards, and nothing else; to a steward it also holds the live invitations. Anyone who isn't a member gets
// model.ErrNotFound.
func (a *App) Team(ctx context.Context, managerID, teamID string) (*model.TeamHome, error) {
	page, err := a.teamPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	home := &model.TeamHome{TeamPage: *page}
	if !page.Me.Confirmed() {
		home.StewardNames, err = a.stewardNames(ctx, managerID, teamID)
		return home, err
	}
	if home.Cycles, err = a.store.Cycles(ctx, managerID, teamID); err != nil {
		return nil, err
	}
	if home.Enough, err = a.enough(ctx, page.Members, a.nextThresholds(a.Installation(ctx), page.Team, home.Cycles)); err != nil {
		return nil, err
	}
	closed, err := a.store.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	if home.Current, err = a.current(ctx, page, managerID, home.Cycles, closed); err != nil {
		return nil, err
	}
	var results []*model.TeamResult
	resultOf := a.reports.ResultsOf(page, closed)
	for _, one := range closed {
		results = append(results, resultOf(one))
	}
	home.Latest, home.Failed = model.LatestPublished(results)
	if home.Invitations, err = a.store.Invitations(ctx, managerID, teamID, page.Now); err != nil {
		return nil, err
	}
	if home.Peers, err = a.store.Peers(ctx, managerID, teamID); err != nil {
		return nil, err
	}
	if home.Declined, err = a.declinedPeers(ctx, managerID, teamID); err != nil {
		return nil, err
	}
	if home.Requests, err = a.store.PeerRequests(ctx, managerID, teamID); err != nil {
		return nil, err
	}
	if home.Hidden, err = a.store.Hidden(ctx, managerID); err != nil {
		return nil, err
	}
	return home, a.addPractice(ctx, home, managerID)
}

// stewardNames are the names of those who steward a team, in order.
func (a *App) stewardNames(ctx context.Context, managerID, teamID string) ([]string, error) {
	members, err := a.members(ctx, a.store, managerID, teamID)
	var names []string
	for _, member := range members {
		if member.Role == model.Steward {
			names = append(names, member.Name)
		}
	}
	return names, err
}
