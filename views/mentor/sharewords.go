package mentor

import (
	"fmt"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// This file holds what is said about shares, to those who make them and to those who open them.

// stateWords says whether a share still opens.
func stateWords(zone model.Zone, state model.ShareState, share *model.Share) string {
	switch state {
	case model.ShareRevoked:
		return "Ended by you on " + zone.LongDate(share.RevokedAt)
	case model.ShareExpired:
		return "Ended on " + zone.LongDate(share.ExpiresAt)
	}
	return "Opens until " + zone.LongDate(share.ExpiresAt)
}

// openingsWords says how often a share was opened, and when last. Who is asked again finds it on their list and needs no
// link, so that nothing tells whether they have looked.
func openingsWords(zone model.Zone, state model.ShareState, share *model.Share) string {
	switch {
	case share.Openings == 0 && share.Held:
		return "It stands on their list; its link was not opened"
	case share.Openings == 0 && state != model.ShareLive:
		return "Never opened"
	case share.Openings == 0:
		return "Not opened yet"
	case share.Openings == 1:
		return "Opened once, on " + zone.LongTime(share.LastOpened)
	}
	return fmt.Sprintf("Opened %s times, last on %s", kit.Number(share.Openings), zone.LongTime(share.LastOpened))
}

// scopeLines says what a share shows and allows, one line each.
func scopeLines(zone model.Zone, share *model.Share) []string {
	var lines []string
	scope := share.Scope
	if scope.Result {
		lines = append(lines, "This result: scores, bands, targets, and the answer to each question")
	}
	if scope.History {
		lines = append(lines, "The history up to this result")
	}
	if scope.Notes {
		lines = append(lines, "Your notes")
	}
	if scope.Log {
		lines = append(lines, "Your log of the twelve months before, as it was worded when you made the link")
	}
	if scope.Map {
		lines = append(lines, "Your "+mapOfDay(zone, share.Map.FinishedAt, share.Map.Among)+"; no later one")
	}
	if scope.Rating && scope.Map {
		lines = append(lines, "They may rate, comment and ask back, and say which domain of the map they would move")
	} else if scope.Rating {
		lines = append(lines, "They may rate, comment and ask back")
	}
	return lines
}

// scopeInBrief says the same in a few words.
func scopeInBrief(scope model.ShareScope) string {
	var parts []string
	for _, part := range []struct {
		on    bool
		words string
	}{{scope.Result, "result"}, {scope.History, "history"}, {scope.Notes, "notes"}, {scope.Log, "log"}, {scope.Map, "depth map"}, {scope.Rating, "rating"}} {
		if part.on {
			parts = append(parts, part.words)
		}
	}
	return kit.Sentence(kit.List(parts))
}

func namesOf(competencies []model.NamedCompetency) []string {
	var names []string
	for _, competency := range competencies {
		names = append(names, kit.InText(competency.Name))
	}
	return names
}

// sharerOf returns the sharer's name, as their mentor reads it.
func sharerOf(shared *model.Shared) string { return text.Isolated(shared.Share.Sharer) }

// asked are the competencies that the manager asks about, rest the others.
func asked(shared *model.Shared) (asked, rest []model.SharedCompetency) {
	for _, competency := range shared.Competencies {
		if competency.Asked {
			asked = append(asked, competency)
		} else {
			rest = append(rest, competency)
		}
	}
	return asked, rest
}

// open counts the competencies without a rating, and names the first of them.
func open(competencies []model.SharedCompetency) (count int, first string) {
	for _, competency := range competencies {
		if competency.Rating.Current() != model.Blank || !competency.Rating.RevealedAt.IsZero() {
			continue
		}
		if count == 0 {
			first = competency.ID
		}
		count++
	}
	return count, first
}

// SharedTitle is the title of a share's first page.
func SharedTitle(shared *model.Shared) string {
	if shared.Share.Scope.Rating {
		return "How do you see " + kit.Possessive(sharerOf(shared)) + " work?"
	}
	return sharerOf(shared) + " shares a result with you"
}

// askedWords says how much is asked, and how long it takes: about a minute a competency.
func askedWords(shared *model.Shared) string {
	asked, rest := asked(shared)
	if len(asked) == 0 {
		return fmt.Sprintf("%s, about a minute each. Rate the ones that you can speak to; leave out the others.", kit.Sentence(kit.Competencies(len(rest))))
	}
	words := kit.Sentence(kit.Competencies(len(asked))) + " to begin with, about a minute" + kit.OneOrMany(len(asked), "", " each")
	if len(rest) > 0 {
		words += fmt.Sprintf("; the other %s only if you have time", kit.Number(len(rest)))
	}
	return words + "."
}

// ratingState says how far one competency has come.
func ratingState(rating model.Rating) string {
	var words string
	switch level := rating.Current(); {
	case level == model.Absent:
		words = "Not observed"
	case level.Scored():
		words = fmt.Sprintf("Rated %d", level)
	case rating.Comment != "":
		words = "Commented, not rated"
	case rating.Looked():
		return "Not rated, score seen"
	default:
		return "Not rated"
	}
	switch {
	case rating.Looked():
		words += ", after seeing the score"
	case !rating.RevealedAt.IsZero():
		words += ", compared"
	case rating.Later != model.Blank:
		words += ", after reading more"
	}
	return words
}

// askedMinutes is how long a review takes: a minute a competency, and one for a word on the whole.
func askedMinutes(competencies int) int { return competencies + 1 }

// mapMinutes says that a depth map takes more time: it waits for more than what is asked about to begin with.
func mapMinutes(scope model.ShareScope) string {
	if !scope.Map {
		return ""
	}
	return ", and a few more for the depth map"
}

// shareMessage is a message to send with a link: what for, how long, until when, and the link.
func shareMessage(props MadeShareProps) string {
	share := props.Share
	words := "Hello,\n\nI have rated my own work as a manager with Whetstone, "
	switch {
	case !share.Scope.Rating:
		words += "and would like you to read the result."
	case len(share.Competencies) > 0:
		words += fmt.Sprintf("and would like to know how you see it. It takes about %s%s.", kit.MinutesWords(askedMinutes(len(share.Competencies))), mapMinutes(share.Scope))
	default:
		words += "and would like to know how you see it, about a minute a competency."
	}
	way := "No account is needed."
	if share.Address != "" {
		way = "It opens for you alone: sign in with the address " + mail.Shown(share.Address) + "."
	}
	words += fmt.Sprintf(" %s The link opens until %s:\n\n%s\n\n", way, lastMoment(share), props.Address)
	if share.Question != "" {
		words += "What I would like to know most: " + share.Question + "\n\n"
	}
	return words + "Thank you,\n" + share.Sharer
}

// lastMoment is until when a link opens, for a message to somebody whose zone nobody knows: a day alone would often be over
// later for them than the link. It is in UTC, as the page behind the link says it to whoever comes there first.
func lastMoment(share *model.Share) string { return model.Zone{}.LongTime(share.ExpiresAt) }

// reminderMessage reminds of a link that was sent before: it is kept nowhere, so it can't be sent again.
func reminderMessage(zone model.Zone, share *model.Share) string {
	return fmt.Sprintf("Hello,\n\na reminder of the link to Whetstone that I sent you on %s: I would still like to know how you see my work. It opens until %s. If you can’t find it any more, tell me, and I’ll send you another.\n\nThank you,\n%s",
		zone.LongDate(share.CreatedAt), lastMoment(share), share.Sharer)
}

// rated reports whether a competency is done with, for the tick in the list.
func rated(rating model.Rating) bool { return rating.Current() != model.Blank }

// receivedWords says how far an entry of "People who shared with you" has come.
func receivedWords(zone model.Zone, received model.Received) string {
	var words string
	switch {
	case !received.Scope.Rating:
		words = "To read"
	case !received.SentAt.IsZero():
		words = "You sent your view on " + zone.LongDate(received.SentAt)
	case received.Given == 0:
		words = "Nothing rated yet"
	default:
		words = kit.Sentence(kit.Competencies(received.Given)) + " rated, not sent yet"
	}
	if received.State == model.ShareLive {
		return words + ". Opens until " + zone.LongDate(received.EndsAt) + "."
	}
	return words + ". Ended on " + zone.LongDate(received.EndsAt) + "."
}

// logWords says what a link shows of the log.
func logWords(count int) string {
	which := "Your one entry of the last twelve months"
	if count > 1 {
		which = "Your " + kit.Number(count) + " entries of the last twelve months"
	}
	if count == model.SharedEntries {
		which = "Your latest " + kit.Number(count) + " entries of the last twelve months"
	}
	return which + ", as worded today. They see each once they have rated its competency, or seen its score; a rating that they change after reading it is kept apart."
}

// entriesLaterWords says what of a log is shown later, and why.
func entriesLaterWords(shared *model.Shared) string {
	what := kit.OneOrMany(shared.EntriesLater, "One more entry shows", kit.Sentence(kit.Number(shared.EntriesLater))+" more entries show")
	if len(shared.Entries) == 0 {
		what = kit.OneOrMany(shared.EntriesLater, "An entry shows", kit.Sentence(kit.Number(shared.EntriesLater))+" entries show")
	}
	seen := "you have rated what it speaks of"
	if shared.Share.Scope.Result {
		seen = "you have seen the score of what it speaks of"
	}
	return what + " here" + kit.OneOrMany(shared.EntriesLater, " once ", ", each once ") + seen + ", so that " + kit.OneOrMany(shared.EntriesLater, "it doesn’t lean", "they don’t lean") + " your rating. What speaks of no competency waits for all of them."
}
