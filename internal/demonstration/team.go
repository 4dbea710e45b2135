package demonstration

import (
	"context"
	"errors"
	"fmt"
	"math"
	random "math/rand/v2"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// person is a made-up member of a team.
type person struct {
	name string
	// level is where their answers lie, before noise and the team's own effect.
	level float64
	// from and to are the first and the last cycle that they take part in, skips one in which they don't.
	from, to, skips int
	manager         string
}

// team is a made-up team and its cycles.
type team struct {
	name, purpose string
	// people take part; the first of them is the steward.
	people []*person
	// waiting asks to be let in; "" for nobody.
	waiting string
	// usual are what the team's answers add to everybody's level, by competency; rises what the last closed
	// cycle adds to all competencies of an area.
	usual map[string]float64
	rises string
	// agrees is what the team agrees on after a cycle, and becomes what is said of it when the next one opens, by the
	// number of that cycle; proposed is what somebody proposes at the end.
	agrees   map[int]model.ProposalInput
	becomes  map[int]model.OutcomeInput
	proposed model.ProposalInput
	// offset moves the team's cycles by so many days.
	offset int
}

const (
	// never is a cycle that never comes.
	never = 99
	// cycleRise is how much the rising area rises.
	cycleRise = 0.9
	// openCycle is the number of the cycle that is open at the end.
	openCycle = 4
	// undecided is how many have not contributed to it yet, including the manager of the demonstration.
	undecided = 3
)

// cyclesAgo is how many quarters before today each closed cycle was.
var cyclesAgo = []int{5, 3, 2, 1}

// demonstrationTeams are a team of nine, of which one left and one came, and a sister team.
func demonstrationTeams(manager string) []*team {
	return []*team{{
		name: "Example platform teams", purpose: "Made up: the managers around the platform, who want to see where they stand together.",
		people: []*person{
			{name: "Example member A", manager: manager, to: never, skips: never},
			{name: "Example member B", level: 3.4, to: never, skips: never}, {name: "Example member C", level: 2.9, to: never, skips: never},
			{name: "Example member D", level: 3.7, to: never, skips: never}, {name: "Example member E", level: 2.6, to: never, skips: 1},
			{name: "Example member F", level: 3.1, to: never, skips: never}, {name: "Example member G", level: 3.3, to: never, skips: never},
			{name: "Example member H", level: 2.8, to: never, skips: never}, {name: "Example member J", level: 3.5, to: 0, skips: never},
			{name: "Example member K", level: 3.0, from: 1, to: never, skips: never},
		},
		waiting: "Example member L",
		usual:   map[string]float64{"debt": -0.7, "vision": -0.4, "roadmap": -0.2, "coaching": 0.5, "ownership": 0.3},
		rises:   "people",
		agrees: map[int]model.ProposalInput{
			1: {Words: "When a release is over, each of us sits ten minutes with whoever was on call, and we write down one workaround.", Competency: "debt"},
			2: {Words: "When one of us plans a one-to-one, we begin it with a piece of that person’s real work.", Competency: "coaching"},
			3: {Words: "When a quarter’s plan is drawn, we circle its largest unknown and give it the first week.", Competency: "roadmap"},
		},
		becomes: map[int]model.OutcomeInput{
			2:         {Became: string(model.Dropped), Line: "Made up: the on-call rota changed in the first week."},
			3:         {Became: string(model.Kept), Line: "Made up: nearly every week, in all teams."},
			openCycle: {Became: string(model.PartlyKept), Line: "Made up: in three plans of five.", Carry: true},
		},
		proposed: model.ProposalInput{Words: "When somebody new joins, they and one of us draw the systems from memory and compare.", Competency: "systems"},
	}, {
		name: "Example data teams", purpose: "Made up: the managers around the data products.",
		people: []*person{
			{name: "Example member M", level: 3.2, to: never, skips: never}, {name: "Example member N", level: 3.6, to: never, skips: never},
			{name: "Example member P", level: 2.7, to: never, skips: never}, {name: "Example member Q", level: 3.1, to: never, skips: never},
			{name: "Example member R", level: 3.3, to: never, skips: never}, {name: "Example member S", level: 2.9, to: never, skips: never},
			{name: "Example member T", level: 3.0, to: never, skips: never},
		},
		usual:  map[string]float64{"design": 0.4, "systems": 0.3, "bridge": -0.5, "vision": -0.3},
		offset: 2,
	}}
}

// company fills the database with teams.
type company struct {
	useCases *app.App
	library  *questionnaire.Library
	clock    *clock
	source   *random.Rand
	today    time.Time
}

// fillTeams adds a team of nine, which the manager of the demonstration stewards, with four closed cycles and
// one that is open, and a sister team that agreed to compare. Everything passes the same gate as real answers.
func fillTeams(ctx context.Context, useCases *app.App, library *questionnaire.Library, manager string, moving *clock, now time.Time) error {
	c := &company{useCases, library, moving, random.New(random.NewPCG(3, 4)), now}
	var ids []string
	teams := demonstrationTeams(manager)
	for _, team := range teams {
		id, err := c.fill(ctx, team)
		if err != nil {
			return fmt.Errorf("the demonstration’s team %q: %w", team.name, err)
		}
		ids = append(ids, id)
	}
	moving.at = now
	made, err := useCases.Invite(ctx, teams[1].people[0].manager, ids[1], model.InvitationInput{Kind: model.CompareCode, Days: "7"})
	if err != nil {
		return err
	}
	if err := useCases.AskToCompare(ctx, manager, ids[0], made.Secret, "demonstration"); err != nil {
		return err
	}
	if _, err := useCases.AgreeToCompare(ctx, teams[1].people[0].manager, ids[1], ids[0]); err != nil {
		return err
	}
	// The day's count is stored, as a running server would do.
	return useCases.CloseDueCycles(ctx)
}

// fill adds one team with its people and its cycles.
func (c *company) fill(ctx context.Context, team *team) (string, error) {
	c.clock.at = c.opening(team, 0).AddDate(0, 0, -14)
	if err := c.addManagers(ctx, team); err != nil {
		return "", err
	}
	id, err := c.useCases.MakeTeam(ctx, team.people[0].manager, model.TeamInput{
		Name: team.name, Purpose: team.purpose, SmallestGroup: "5", MemberName: team.people[0].name,
	})
	if err != nil {
		return "", err
	}
	for number := range len(cyclesAgo) {
		if err := c.change(ctx, team, id, number); err != nil {
			return "", err
		}
		if err := c.cycle(ctx, team, id, number); err != nil {
			return "", fmt.Errorf("cycle %d: %w", number+1, err)
		}
	}
	if err := c.cycle(ctx, team, id, openCycle); err != nil {
		return id, err
	}
	if err := c.propose(ctx, team, id, team.proposed); err != nil || team.waiting == "" {
		return id, err
	}
	if err := c.rely(ctx, team, id); err != nil {
		return id, err
	}
	c.clock.at = c.today
	newcomer, err := c.useCases.NewManager(ctx)
	if err != nil {
		return "", err
	}
	return id, c.join(ctx, team, id, &person{name: team.waiting, manager: newcomer})
}

func (c *company) addManagers(ctx context.Context, team *team) error {
	for _, person := range team.people {
		if person.manager != "" {
			continue
		}
		var err error
		if person.manager, err = c.useCases.NewManager(ctx); err != nil {
			return err
		}
	}
	return nil
}

// opening is when a cycle of a team opens: a week before the quarter's day, and the one that is open now a few
// days ago.
func (c *company) opening(team *team, number int) time.Time {
	if number == openCycle {
		return c.today.AddDate(0, 0, -6+team.offset)
	}
	return c.today.AddDate(0, -3*cyclesAgo[number], -7+team.offset)
}

// change removes the people who have left by a cycle and confirms those who have joined, two days before it opens.
func (c *company) change(ctx context.Context, team *team, id string, number int) error {
	c.clock.at = c.opening(team, number).AddDate(0, 0, -2)
	for place, person := range team.people {
		switch {
		case person.to == number-1:
			if err := c.useCases.LeaveTeam(ctx, person.manager, id); err != nil {
				return err
			}
		case person.from == number && place > 0:
			if err := c.join(ctx, team, id, person); err != nil {
				return err
			}
			page, err := c.useCases.TeamPage(ctx, person.manager, id)
			if err != nil {
				return err
			}
			if err := c.useCases.ConfirmMember(ctx, team.people[0].manager, id, page.Me.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// join lets somebody in by a link of the steward's.
func (c *company) join(ctx context.Context, team *team, id string, person *person) error {
	made, err := c.useCases.Invite(ctx, team.people[0].manager, id, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	if err != nil {
		return err
	}
	_, err = c.useCases.JoinTeam(ctx, person.manager, model.JoinInput{
		Secret: made.Secret, Kind: model.JoinLink, Name: person.name, Agreed: true, From: "demonstration",
	})
	if err != nil {
		return err
	}
	return c.useCases.RevokeInvitation(ctx, team.people[0].manager, id, made.Invitation.ID)
}

// cycle opens a cycle, lets people contribute, and closes it after two weeks, unless it is the open one.
func (c *company) cycle(ctx context.Context, team *team, id string, number int) error {
	opens := c.opening(team, number)
	c.clock.at = opens
	steward := team.people[0].manager
	outcome, err := c.outcome(ctx, team, id, number)
	if err != nil {
		return err
	}
	cycle, err := c.useCases.MakeCycle(ctx, steward, id, model.CycleInput{
		Name: "Cycle of " + opens.UTC().Format("January 2006"), Form: string(model.FullForm),
		Closes:  opens.UTC().AddDate(0, 0, 14).Format(model.DateLayout),
		Outcome: outcome,
	})
	if err != nil {
		return err
	}
	if err := c.tick(ctx, team, id); err != nil {
		return err
	}
	for place, person := range team.people {
		absent := number < person.from || number > person.to || number == person.skips
		if absent || number == openCycle && (place == 0 || place > len(team.people)-undecided) {
			continue
		}
		// The steward comes last: the manager of the demonstration took theirs on the quarter's day.
		c.clock.at = opens.Add(time.Duration(place) * 10 * time.Hour)
		if place == 0 {
			c.clock.at = opens.AddDate(0, 0, 8)
		}
		if err := c.contribute(ctx, team, person, id, cycle, number); err != nil {
			return fmt.Errorf("%s: %w", person.name, err)
		}
	}
	if number == openCycle {
		return nil
	}
	c.clock.at = opens.AddDate(0, 0, 12)
	if err := c.useCases.CloseCycle(ctx, steward, id, cycle); err != nil {
		return err
	}
	if err := c.agree(ctx, team, id, number); err != nil {
		return err
	}
	if number == len(cyclesAgo)-1 {
		return c.useCases.ShowScores(ctx, team.people[2].manager, id, cycle, true)
	}
	return nil
}

// tick makes every confirmed member of a team tick all the others: they work together.
func (c *company) tick(ctx context.Context, team *team, id string) error {
	for _, person := range team.people {
		known, err := c.useCases.Acquaintances(ctx, person.manager, id)
		if errors.Is(err, model.ErrNotFound) {
			continue // has left, or comes later
		}
		if err != nil {
			return err
		}
		var others []string
		for _, other := range known.Others {
			others = append(others, other.ID)
		}
		if err := c.useCases.SaveAcquaintances(ctx, person.manager, id, model.AcquaintancesInput{Ticked: others}); err != nil {
			return err
		}
	}
	return nil
}

// contribute contributes a person's assessment, and takes one first if the person has none that suits.
func (c *company) contribute(ctx context.Context, team *team, person *person, id, cycle string, number int) error {
	page, err := c.useCases.CurrentCycle(ctx, person.manager, id, cycle)
	if err != nil {
		return err
	}
	var assessment string
	if len(page.Suitable) > 0 {
		assessment = page.Suitable[0].ID
	} else if assessment, err = c.take(ctx, team, person, number); err != nil {
		return err
	}
	return c.useCases.Contribute(ctx, person.manager, id, cycle, model.ContributionInput{Assessment: assessment, Counts: true})
}

// take makes up one assessment of a member.
func (c *company) take(ctx context.Context, team *team, person *person, number int) (string, error) {
	chosen, found := c.library.Questionnaire("first-team")
	if !found {
		return "", fmt.Errorf("there is no questionnaire for a first team")
	}
	id, err := c.useCases.Start(ctx, person.manager, model.StartInput{
		Questionnaire: chosen.ID, Craft: c.library.Model.Crafts[0].ID, Form: string(model.FullForm),
	})
	if err != nil {
		return "", err
	}
	var inputs []app.AnswerInput
	for _, section := range chosen.For(c.library.Model.Crafts[0].ID).Sections {
		level := person.level + team.usual[section.Competency]
		if competency, known := c.library.Model.Competency(section.Competency); known && competency.Area == team.rises && number >= len(cyclesAgo)-1 {
			level += cycleRise
		}
		for _, item := range section.Items {
			drawn := math.Round(level + itemNoise*c.source.NormFloat64())
			inputs = append(inputs, app.AnswerInput{
				Item: item.ID, Level: model.Level(min(max(drawn, questionnaire.LowestLevel), questionnaire.HighestLevel)).Typed(), Spent: 20 * time.Second,
			})
		}
	}
	if _, err := c.useCases.SaveAnswers(ctx, person.manager, id, inputs); err != nil {
		return "", err
	}
	return id, c.useCases.Finish(ctx, person.manager, id, true, model.Zone{})
}
