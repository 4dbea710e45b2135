package team_test

import (
	"strings"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// names are the twelve competencies, by id, in the model's order.
var names = [][2]string{
	{"design", "Design"}, {"tradeoffs", "Trade-offs"}, {"systems", "Systems"},
	{"roadmap", "Roadmap"}, {"debt", "Technical debt"}, {"vision", "Vision"},
	{"bridge", "Bridging"}, {"coaching", "Coaching"}, {"ownership", "Ownership"},
	{"credibility", "Credibility"}, {"authenticity", "Authenticity"}, {"learning", "Learning"},
}

// quarterOf is the first day of a cycle's quarter: cycles of these tests begin three months apart.
func quarterOf(number int) time.Time {
	return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 3*(number-1), 0)
}

// teamNow is some months after the fourth cycle.
var teamNow = time.Date(2027, time.January, 20, 9, 0, 0, 0, time.UTC)

// teamPage is a team of nine confirmed members, of whom the first is a steward, and one who waits. The visitor
// is the one at a place in the roster.
func teamPage(visitor int) model.TeamPage {
	return model.TeamPage{
		Team: model.Team{ID: "T", Name: "Managers of Payments", Purpose: "Where we stand together, and what we could do about it.", SmallestGroup: 5},
		Now:  teamNow, Me: teamRoster()[visitor], Members: 9, Waiting: 1, Stewards: 1,
	}
}

// teamRoster is everybody in that team.
func teamRoster() []model.Membership {
	var roster []model.Membership
	for i, name := range []string{"Ada", "Bo", "Cem", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo"} {
		member := model.Membership{ID: "M" + name, TeamID: "T", Name: name, Role: model.Member}
		if i == 0 {
			member.Role = model.Steward
		}
		if i < 9 {
			member.ConfirmedAt = quarterOf(0)
		}
		roster = append(roster, member)
	}
	return roster
}

var cycleNames = []string{"", "Spring 2026", "Summer 2026", "Autumn 2026", "Winter 2026"}

// cycleOf is the number-th cycle of a team, closed after its thirty days.
func cycleOf(number int) *model.Cycle {
	opens := quarterOf(number)
	return &model.Cycle{
		ID: "C" + cycleNames[number], TeamID: "T", Name: cycleNames[number], Form: model.FullForm,
		OpensAt: opens, ClosesAt: opens.AddDate(0, 0, 30), ClosedAt: opens.AddDate(0, 0, 30),
		SmallestGroup: 5, SmallestEffectiveGroup: 3,
	}
}

// meanOf is a published figure in tenths, as it is printed at the ends of the scale.
func meanOf(value float64) model.Figure {
	switch {
	case value >= 4.6:
		return model.Figure{Value: 4.6, AtLeast: true}
	case value <= 1.4:
		return model.Figure{Value: 1.4, AtMost: true}
	}
	return model.Figure{Value: value}
}

// closed is what the number-th cycle of a team published, of seven people: every competency at 3, with a target
// of 3.5, but those that are named. A value of 0 is withheld to protect people.
func closed(number int, values map[string]float64) *model.TeamResult {
	r := &model.TeamResult{
		TeamPage: teamPage(1), Cycle: cycleOf(number), Names: map[string]string{model.WholeID: "All together"},
		AreaOf: map[string]string{}, Scopes: []questionnaire.Scope{{ID: "first-team", Name: "Leading a first team"}},
		Contributed: true, MayShow: true, Hidden: 6,
	}
	figure := func(id string) model.TeamFigure {
		value, named := values[id]
		if !named {
			value = 3
		}
		if value == 0 {
			return model.TeamFigure{ID: id, Withheld: model.Protected}
		}
		return model.TeamFigure{ID: id, Mean: meanOf(value), Step: 0.1}
	}
	targets := map[string]float64{}
	aggregate := &model.TeamAggregate{CycleID: r.Cycle.ID, Contributors: 7, Whole: figure(model.WholeID), Targets: map[string]map[string]float64{"first-team": targets}}
	for i, area := range []string{"Judgement", "Direction", "People", "Self"} {
		id := strings.ToLower(area)
		r.Names[id] = area
		aggregate.Areas = append(aggregate.Areas, figure(id))
		for _, name := range names[3*i : 3*i+3] {
			r.Names[name[0]], r.AreaOf[name[0]] = name[1], id
			targets[name[0]] = 3.5
			aggregate.Competencies = append(aggregate.Competencies, figure(name[0]))
		}
	}
	r.Aggregate = aggregate
	return r
}

// after says what a result is compared with, and how figures of it changed; the others are too small to tell.
func after(r, earlier *model.TeamResult, changes map[string]measure.TeamVerdict) *model.TeamResult {
	r.Compared, r.Aggregate.Compared = earlier.Cycle, earlier.Cycle.ID
	change := func(figure *model.TeamFigure) {
		figure.Change = string(measure.TeamTooSmallToTell)
		if verdict, found := changes[figure.ID]; found {
			figure.Change = string(verdict)
		}
	}
	change(&r.Aggregate.Whole)
	for i := range r.Aggregate.Areas {
		change(&r.Aggregate.Areas[i])
	}
	for i := range r.Aggregate.Competencies {
		change(&r.Aggregate.Competencies[i])
	}
	return r
}

// gapping gives a result its widest gaps.
func gapping(r *model.TeamResult, ids ...string) *model.TeamResult {
	for _, id := range ids {
		figure, _ := r.Aggregate.Figure(id)
		r.Gaps = append(r.Gaps, model.TeamGap{
			Competency: model.NamedCompetency{ID: id, Name: r.Names[id]}, Mean: figure.Mean, Target: 3.5, Scope: r.Scopes[0],
			Practices: []questionnaire.Practice{{Text: "Cost one piece of debt a month.", Effort: "40 minutes a month.", Notice: "someone repeats the figure."}},
		})
	}
	return r
}

// nothingOf takes a whole result back, for a reason.
func nothingOf(r *model.TeamResult, reason model.Withheld) *model.TeamResult {
	r.Aggregate = &model.TeamAggregate{CycleID: r.Cycle.ID, Withheld: reason, Contributors: 7}
	if reason == model.TooFew {
		r.Aggregate.Contributors = 0
	}
	r.Gaps, r.Compared = nil, nil
	return r
}
