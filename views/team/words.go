package team

import (
	"fmt"
	"strings"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// This file and resultwords.go hold what the pages of a team say in sentences. A change gets a word and nothing more:
// no p, no size, no standard error.

// published writes a published figure: "3.4", or "4.6 or more" where it is only known to lie beyond.
func published(figure model.Figure) string {
	switch {
	case figure.AtLeast:
		return kit.Score(figure.Value) + " or more"
	case figure.AtMost:
		return kit.Score(figure.Value) + " or less"
	}
	return kit.Score(figure.Value)
}

// withheldShort says in a cell why there is no figure. What is hidden to protect people, what too few took part in and
// what nobody asked never share a word.
func withheldShort(reason model.Withheld) string {
	switch {
	case reason.Protects():
		return "withheld"
	case reason == model.TooFew:
		return "too few"
	case reason == model.NotAsked:
		return "not asked"
	}
	return ""
}

// withheldWords says in full why there is no figure.
func withheldWords(reason model.Withheld, smallest int) string {
	switch reason {
	case model.Protected:
		return "withheld to protect people"
	case model.Strangers:
		return "withheld: too few who took part know one another"
	case model.TooSoon:
		return "withheld: too near another cycle"
	case model.TooLarge:
		return "withheld: too much hangs together to be checked"
	case model.TooFew:
		return "fewer than " + kit.Number(smallest) + " took part"
	case model.NotAsked:
		return "no data: this cycle didn’t ask it"
	}
	return ""
}

// protectionWords say in a clause why what would be published of a cycle is withheld to protect people.
func protectionWords(reason model.Withheld) string {
	switch reason {
	case model.Strangers:
		return "among those who took part, somebody knows too few of the others as people, and figures of them might be of one person and of names that somebody made up"
	case model.TooSoon:
		return "another cycle lies within 28 days of this one, or touches it, so the two count as one; and the people in them differ, but by too few"
	case model.TooLarge:
		return "so much was published of people who are in this team and in others that it is too much to be checked whether somebody’s answers could be read from it"
	}
	return "with what was published before, somebody’s answers could be read too closely"
}

// teamChange words the change of a figure since the cycle before, for a table.
func teamChange(change string) string {
	switch measure.TeamVerdict(change) {
	case measure.TeamRose:
		return "rose"
	case measure.TeamMayHaveRisen:
		return "may have risen"
	case measure.TeamFell:
		return "fell"
	case measure.TeamMayHaveFallen:
		return "may have fallen"
	case measure.TeamTooSmallToTell:
		return "too small to tell"
	case measure.TeamLeansUp:
		return "leans up"
	case measure.TeamLeansDown:
		return "leans down"
	case measure.TeamEven:
		return "even"
	}
	return "not compared"
}

// leans reports whether a word of change gives a direction alone, being of too few people for a test.
func leans(change string) bool {
	switch measure.TeamVerdict(change) {
	case measure.TeamLeansUp, measure.TeamLeansDown, measure.TeamEven:
		return true
	}
	return false
}

// teamMovements says what moved among the whole and the areas, joined by verdict. Competencies stand in
// tables alone.
func teamMovements(r *model.TeamResult) []string {
	var moved []string
	for _, verdict := range []struct {
		verdict   measure.TeamVerdict
		one, many string
	}{
		{measure.TeamRose, "rose", "rose"},
		{measure.TeamMayHaveRisen, "may have risen", "may have risen"},
		{measure.TeamLeansUp, "leans up", "lean up"},
		{measure.TeamFell, "fell", "fell"},
		{measure.TeamMayHaveFallen, "may have fallen", "may have fallen"},
		{measure.TeamLeansDown, "leans down", "lean down"},
	} {
		names, count := movedAreas(r, string(verdict.verdict))
		if changeIn(r, r.Aggregate.Whole) == string(verdict.verdict) {
			names, count = append(names, "the overall mean"), count+1
		}
		if count > 0 {
			moved = append(moved, kit.List(names)+" "+kit.OneOrMany(count, verdict.one, verdict.many))
		}
	}
	return moved
}

// movedAreas names the areas that changed so, so that none is taken for a person or for people: "the People area", or
// "the Judgement and People areas" in one.
func movedAreas(r *model.TeamResult, change string) (named []string, count int) {
	var names []string
	for _, area := range r.Aggregate.Areas {
		if changeIn(r, area) == change {
			names = append(names, teamName(r, area.ID))
		}
	}
	switch len(names) {
	case 0:
		return nil, 0
	case 1:
		return []string{"the " + names[0] + " area"}, 1
	}
	return []string{"the " + kit.List(names) + " areas"}, len(names)
}

// teamName names the whole, an area or a competency as a result does; an id without a name stays as it is.
func teamName(r *model.TeamResult, id string) string {
	if name := r.Names[id]; name != "" {
		return name
	}
	if id == model.WholeID {
		return "All together"
	}
	return id
}

// smallestOf is the smallest group that a cycle is published for.
func smallestOf(cycle *model.Cycle) int { return max(cycle.SmallestGroup, model.SmallestGroup) }

// cycleDays are the first and the last day of a cycle.
func cycleDays(zone model.Zone, cycle *model.Cycle) string {
	end := cycle.ClosesAt
	if !cycle.ClosedAt.IsZero() && cycle.ClosedAt.Before(end) {
		end = cycle.ClosedAt
	}
	return zone.LongDates(cycle.OpensAt, end.Add(-time.Millisecond))
}

// cycleForm says which assessments count in a cycle.
func cycleForm(cycle *model.Cycle) string {
	if cycle.Form == model.PulseForm {
		return "pulses"
	}
	return "full assessments"
}

// cycleWords says how far a cycle is that isn't closed.
func cycleWords(zone model.Zone, current *model.CurrentCycle) string {
	cycle := current.Cycle
	switch current.State {
	case model.CyclePlanned:
		return fmt.Sprintf("It opens on %s and takes %s that are finished from %s to the end of %s.",
			zone.LongDate(cycle.OpensAt), cycleForm(cycle), zone.LongDate(cycle.CountsFrom), kit.LastDay(zone, cycle))
	case model.CycleDue:
		return fmt.Sprintf("It ended on %s and takes nothing any more. It is closed within a minute or so; then its result stands here.", kit.LastDay(zone, cycle))
	}
	return fmt.Sprintf("It is open until the end of %s and counts %s finished since %s.",
		kit.LastDay(zone, cycle), cycleForm(cycle), zone.LongDate(cycle.CountsFrom))
}

// countWords says how many have contributed. It moves once a day, so that nobody can see who just did.
func countWords(current *model.CurrentCycle) string {
	smallest := kit.Number(smallestOf(current.Cycle))
	switch {
	case current.State == model.CyclePlanned:
		return kit.Sentence(kit.Counted(current.Counting, "member is", "members are")) + " confirmed so far and would count in it."
	case current.Contributors == 0:
		return "Fewer than " + smallest + " had contributed by this morning. From " + smallest + " on, the number shows."
	}
	return kit.Sentence(kit.Number(current.Contributors)) + " had contributed by this morning. The number moves once a day."
}

// confirmedWords counts the members of a team.
func confirmedWords(team *model.TeamPage) string {
	words := kit.Counted(team.Members, "member", "members")
	if team.Waiting > 0 {
		words += ", and " + kit.Number(team.Waiting) + " who " + kit.OneOrMany(team.Waiting, "waits", "wait") + " to be confirmed"
	}
	return words
}

// hiddenWords says how well a member is hidden in all that was published about them.
func hiddenWords(hidden int) string {
	if hidden == 0 {
		return "Nothing has been published about you: no closed cycle counted an assessment of yours."
	}
	return "You are hidden among " + kit.Number(hidden) + ": from everything ever published about you here, nobody can learn more about one of your answers than from an average of " + kit.Number(hidden) + "."
}

// invitationName words a kind of invitation.
func invitationName(kind model.InvitationKind) string {
	switch kind {
	case model.JoinCode:
		return "Code to join"
	case model.CompareCode:
		return "Code to compare"
	}
	return "Link to join"
}

// invitationUses words how often an invitation was used.
func invitationUses(invitation model.TeamInvitation) string {
	switch {
	case invitation.Full():
		return "as many have come by it as it lets in: " + kit.Number(invitation.Places)
	case invitation.Places > 0:
		return kit.Number(invitation.Uses) + " of " + kit.Number(invitation.Places) + " have come by it"
	case invitation.Uses == 0:
		return "nobody has used it yet"
	case invitation.Kind == model.CompareCode:
		return "used " + kit.Times(invitation.Uses)
	}
	return kit.Sentence(kit.Number(invitation.Uses)) + " joined by it"
}

// enoughWords say that the members of a team are too few for a cycle to publish anything, or that none of them can be
// missed; "" where neither is so.
func enoughWords(enough model.Enough) string {
	members := kit.Sentence(kit.Counted(enough.Counting, "member is", "members are")) + " confirmed"
	switch {
	case enough.Short():
		return fmt.Sprintf("%s, and nothing is published of a cycle in which fewer than %s take part.%s", members, kit.Number(enough.Needed), safeWords(enough))
	case enough.Tight():
		return members + "." + safeWords(enough)
	}
	return ""
}

// currentShortWords say it of a cycle that isn't closed. Of a planned one countWords count already who would count, and
// more can be confirmed until it opens.
func currentShortWords(current *model.CurrentCycle) string {
	switch enough := current.Enough; {
	case current.State != model.CyclePlanned:
		return cycleShortWords(enough)
	case enough.Short():
		return fmt.Sprintf("Nothing is published of a cycle in which fewer than %s take part.%s", kit.Number(enough.Needed), safeWords(enough))
	case enough.Tight():
		return strings.TrimSpace(safeWords(enough))
	}
	return ""
}

// safeWords say from how many people on one of them can miss a cycle between others in which all take part. A cycle by
// itself needs fewer: what those before and after it published makes the difference.
func safeWords(enough model.Enough) string {
	if enough.Safe == 0 {
		return ""
	}
	return fmt.Sprintf(" From %s on, one of them can miss a cycle between two in which all take part, and each of the three is published with its competencies.", kit.Number(enough.Safe))
}

// cycleShortWords say the same of a cycle that isn't closed, to whom it asks for an assessment.
func cycleShortWords(enough model.Enough) string {
	switch {
	case enough.Short():
		return fmt.Sprintf("This cycle can publish nothing: it counts %s, and fewer than %s are never published. Nobody needs to answer for it. A steward can cancel it, confirm more people, and open another.",
			kit.Number(enough.Counting)+" "+kit.OneOrMany(enough.Counting, "member", "members"), kit.Number(enough.Needed))
	case enough.Tight():
		return fmt.Sprintf("It counts %s.%s", kit.Number(enough.Counting)+" "+kit.OneOrMany(enough.Counting, "member", "members"), safeWords(enough))
	}
	return ""
}
