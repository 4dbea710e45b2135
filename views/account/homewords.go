package account

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// empty reports whether there is nothing of the manager's own yet, so that the page says what to do first.
func (p HomeProps) empty() bool {
	return p.Latest == nil && p.LatestMap == nil && p.MapDraft == nil && len(p.Drafts) == 0 && len(p.WorkingOn) == 0
}

// homeTitle counts what waits.
func homeTitle(page kit.Page, props HomeProps) string {
	switch count := props.Waiting(); {
	case count == 1:
		return "One thing waits for you"
	case count > 1:
		return kit.Sentence(kit.Number(count)) + " things wait for you"
	case page.Known && props.empty():
		return "Begin with an assessment"
	}
	return "Nothing waits for you"
}

// homeLede says what to do first, or what this page is for where nothing waits; "" where something does.
func homeLede(page kit.Page, props HomeProps) string {
	switch {
	case page.Known && props.empty():
		return "A first full assessment takes about a quarter of an hour. From then on this page says what it found, what you are working on, and what waits for you."
	case props.Waiting() > 0:
		return ""
	case !page.Known && len(props.Received) == 0:
		return "What others shared with this browser has ended. When someone sends you another link, it stands here."
	case !page.Known:
		return "You have sent what you were asked for. A new link, or a level to agree on, stands here."
	}
	return "A review that comes in, a commitment whose day has come, an open cycle: whatever asks something of you stands here."
}

// wait is one thing that waits: its title, what it is about, and where one acts; what tells its link apart from others.
type wait struct{ title, words, act, what, address string }

// waits are what waits, in the order in which they are listed: first what one does alone.
func waits(page kit.Page, home *model.Home) []wait {
	var list []wait
	for _, commitment := range home.Due() {
		list = append(list, wait{
			"What became of it?", kit.Sentence(kit.Aim(commitment)) + " " + kit.Sentence(kit.UntilWords(commitment, home.Today)) + ".",
			"Say in a line", kit.InText(commitment.Competency.Name), page.Paths.FollowUp(commitment.ID),
		})
	}
	for _, draft := range home.Drafts {
		list = append(list, draftWaits(page, draft))
	}
	if draft := home.MapDraft; draft != nil {
		list = append(list, mapWaits(page, *draft))
	}
	list = append(list, mentorsWait(page, home.Mentors)...)
	for _, offer := range home.ToJoin() {
		list = append(list, wait{
			"A cycle is open until " + kit.LastDay(offer.Team.Zone, offer.Cycle), fmt.Sprintf("%s. %s; you don’t contribute yet.", kit.Sentence(kit.CycleOf(offer)), kit.Counting(offer)),
			"See the cycle", kit.CycleOf(offer), page.Paths.Cycle(offer.Team.ID, offer.Cycle.ID),
		})
	}
	for _, team := range home.ToConfirm {
		list = append(list, wait{
			kit.MembersTitle(team), "In " + kit.Quoted(team.Team) + ", which you steward.", "See who", "in " + text.Isolated(team.Team), page.Paths.Roster(team.TeamID),
		})
	}
	for _, one := range home.ToCompare {
		list = append(list, wait{
			"Another team asks to compare", kit.Sentence(kit.Quoted(one.Other)) + " asks to compare with " + kit.Quoted(one.Team) + ", which you steward.",
			"See which team", text.Isolated(one.Other), page.Paths.Peers(one.TeamID),
		})
	}
	return append(list, managersWait(page, home)...)
}

// draftWaits says how far a draft is.
func draftWaits(page kit.Page, draft *model.Progress) wait {
	of := wait{
		title:   fmt.Sprintf("Your draft: %d of %d answered", draft.Given, draft.Asked),
		words:   fmt.Sprintf("%s, %s, begun on %s.", draft.Assessment.QuestionnaireName, kit.InText(kit.FormName(draft.Assessment.Form)), page.Day(draft.Assessment.StartedAt)),
		act:     "Resume",
		address: page.Paths.Assessment(draft.Assessment.ID),
	}
	of.what = "the draft of " + page.Day(draft.Assessment.StartedAt)
	switch {
	case draft.Given == 0:
		of.act = "Begin"
		of.words += " About " + kit.MinutesWords(draft.Minutes) + "."
	case draft.Given == draft.Asked:
		of.words += " Check it once more, then finish."
		of.act, of.address = "Review and finish", page.Paths.Review(draft.Assessment.ID)
	case draft.Minutes > 0:
		of.words += " About " + kit.MinutesWords(draft.Minutes) + " left."
	}
	return of
}

// mapWaits says how far a depth map is.
func mapWaits(page kit.Page, draft model.DepthMap) wait {
	placed := 0
	for _, placement := range draft.Placements {
		if placement.Placed() {
			placed++
		}
	}
	of := wait{
		title: "Your depth map: nothing placed yet", words: "Begun on " + page.Day(draft.StartedAt) + ".", act: "Begin",
		what: "the depth map of " + page.Day(draft.StartedAt), address: page.Paths.Places(draft.ID),
	}
	if placed > 0 {
		of.title, of.act = "Your depth map: "+kit.Plural(placed, "domain", "domains")+" placed", "Go on"
	}
	return of
}

// mentorsWait is what a manager's mentors have written.
func mentorsWait(page kit.Page, news model.MentorNews) []wait {
	var list []wait
	for _, review := range news.Reviews {
		words := "From " + text.Isolated(review.Name) + ", on " + kit.AboutAssessment(page, review.Assessment)
		if what := kit.ReviewNoticeWords(review); what != "" {
			words += ": " + what
		}
		list = append(list, wait{kit.ReviewTitle(review), words + ".", "Read it", "by " + text.Isolated(review.Name), page.Paths.ReviewIn(review.Assessment.ID, review.ReviewID)})
	}
	for _, level := range news.Levels {
		list = append(list, wait{
			kit.LevelTitle(level), kit.LevelNoticeWords(level) + ", on " + kit.AboutAssessment(page, level.Assessment) + ".",
			"Look at it", "by " + text.Isolated(level.Name), page.Paths.ViewIn(level.Assessment.ID, level.Competencies[0].ID),
		})
	}
	return list
}

// managersWait is what managers ask of the browser as a mentor.
func managersWait(page kit.Page, home *model.Home) []wait {
	var list []wait
	periods := kit.ReceivedPeriods(page.Zone, home.Received)
	for i, one := range home.Received {
		if !one.Scope.Rating || !one.SentAt.IsZero() {
			continue
		}
		asked := wait{
			title: text.Isolated(one.Sharer) + " asks for your view", words: "On their work from " + periods[i] + ".",
			act: "Begin", what: text.Isolated(one.Sharer) + ", " + periods[i], address: page.Paths.Shared(one.ShareID),
		}
		if one.Question != "" {
			asked.words += " They ask: " + kit.Quoted(one.Question)
		}
		if one.Given > 0 {
			asked.act = "Go on"
			asked.words += " " + kit.Sentence(kit.Competencies(one.Given)) + " rated, not sent yet."
		}
		asked.words += " Opens until " + page.Day(one.EndsAt) + "."
		list = append(list, asked)
	}
	for _, level := range home.ToAnswer {
		list = append(list, wait{
			kit.LevelTitle(level), kit.LevelNoticeWords(level) + ".", "Look at it", "by " + text.Isolated(level.Name),
			page.Paths.ViewBeside(level.ShareID, level.Competencies[0].ID),
		})
	}
	return list
}

// dayAhead is a day with what comes on it.
type dayAhead struct {
	at                        time.Time
	day, words, more, address string
}

// daysAhead are the days ahead, the first first.
func daysAhead(page kit.Page, props HomeProps) []dayAhead {
	var days []dayAhead
	for _, offer := range props.Joined() {
		days = append(days, dayAhead{
			offer.Cycle.LastMoment(), kit.LastDay(offer.Team.Zone, offer.Cycle), "The last day of " + kit.CycleOf(offer), " You contribute.", page.Paths.Cycle(offer.Team.ID, offer.Cycle.ID),
		})
	}
	for _, due := range props.Next.Dated() {
		day := dayAhead{at: due.Day, day: model.LongDay(due.Day), words: kit.Sentence(kit.DueForm(due.Form))}
		switch due.Day.Compare(props.Today) {
		case -1:
			continue // overdueWords says it
		case 0:
			day.words, day.address = day.words+" is due", page.Paths.Start()
		}
		days = append(days, day)
	}
	slices.SortStableFunc(days, func(one, other dayAhead) int { return cmp.Compare(one.at.Unix(), other.at.Unix()) })
	return days
}

// overdueWords say which assessment has been due since a day that is past; "" for none.
func overdueWords(props HomeProps) string {
	if !props.Next.Come(props.Today) || props.Next.Due.Day.Equal(props.Today) {
		return ""
	}
	return fmt.Sprintf("%s has been due since %s.", kit.Sentence(kit.DueForm(props.Next.Due.Form)), model.LongDay(props.Next.Due.Day))
}
