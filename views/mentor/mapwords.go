package mentor

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/views/kit"
)

// This file holds what is said about a depth map that is shared, and about what a mentor would move on it.

// mapOfDay names a depth map inside a sentence, so that it can be told from others of the same day.
func mapOfDay(zone model.Zone, finished time.Time, others []time.Time) string {
	return "depth map of " + zone.Apart(finished, others)
}

// mapDays are when the maps were finished on which something would be moved.
func mapDays(moves []model.MapMove) (days []time.Time) {
	for _, move := range moves {
		days = append(days, move.MapAt)
	}
	return days
}

// theirDomain names a domain of the manager's own to a mentor where its name isn't known, "" for any other domain.
func theirDomain(id string) string {
	if number, own := strings.CutPrefix(id, questionnaire.OwnPrefix); own {
		return "domain " + number + " of their own"
	}
	return ""
}

// shareMapWords says which map a link would show, and what comes with it.
func shareMapWords(zone model.Zone, props ShareFormProps) string {
	words := fmt.Sprintf("Your latest, of %s: where you placed each domain, on whom you rely, and what the map says. They see it once it can’t lean a rating, and where they may rate they can answer one question: which domain would they move, and where to?", zone.Apart(props.Map.FinishedAt, props.Map.Among))
	if !props.MapBefore.IsZero() {
		return words + fmt.Sprintf(" Last time they saw that of %s; now it is the newest.", zone.Apart(props.MapBefore, props.Map.Among))
	}
	return words + " A later map isn’t shown."
}

// mapState says how far a mentor is with the map of a share.
func mapState(shared *model.Shared) string {
	move := shared.Review.Move(shared.Share.Map.ID)
	switch {
	case len(shared.MapWaits) > 0:
		return "Waits for " + kit.Competencies(len(shared.MapWaits))
	case move.Said():
		return "You would move " + kit.DomainInText(move.From)
	}
	return "One question to you"
}

// asksAboutMap reports whether the map of a share shows, and its question is still to be answered.
func asksAboutMap(shared *model.Shared) bool {
	return shared.Share.Scope.Map && len(shared.MapWaits) == 0 && !shared.Review.Move(shared.Share.Map.ID).Said()
}

// mapWaitsWords says why a map doesn't show yet.
func mapWaitsWords(shared *model.Shared) string {
	if shared.Share.Scope.Result {
		return "So that it doesn’t lean your ratings, it opens once you have seen the scores of what you are asked about and of what it speaks of."
	}
	return "So that it doesn’t lean your ratings, it opens once you have rated, or passed over as not observed, what you are asked about and what it speaks of."
}

// unrated counts those of some competencies that are not rated, and gives the first of them.
func unrated(competencies []model.SharedCompetency) (count int, first model.SharedCompetency) {
	for _, competency := range competencies {
		if competency.Rating.Current() == model.Blank {
			if count++; count == 1 {
				first = competency
			}
		}
	}
	return count, first
}

// mapLookThem are those that are not rated.
func mapLookThem(count int) string { return kit.OneOrMany(count, "it", "them") }

// mapLookWords says what looking at a map now would do to the ratings, of which so many are not given.
func mapLookWords(count int) string {
	switch count {
	case 0:
		return "You have rated all of them, so nothing is lost by looking: it shows the scores, too, and fixes the ratings that you gave."
	case 1:
		return "It shows the scores of these, too. One is not rated yet: a rating of it that you give later is marked as not blind."
	}
	return fmt.Sprintf("It shows the scores of these, too. %s are not rated yet: ratings of them that you give later are marked as not blind.", kit.Sentence(kit.Number(count)))
}

// movedWords says that an answer about a map was saved, and who reads it when.
func movedWords(shared *model.Shared) string {
	if shared.Review.SentAt.IsZero() {
		return "Saved. It goes with your view, once you send that."
	}
	return "Saved. They see it from now on."
}

// moveReadWords says who reads an answer about a map, and until when it can be changed.
func moveReadWords(zone model.Zone, shared *model.Shared) string {
	until := zone.LongDate(shared.Share.ExpiresAt)
	if shared.Review.SentAt.IsZero() {
		return fmt.Sprintf("They read it with your view, once you send that. You can change it until %s.", until)
	}
	return fmt.Sprintf("You have sent your view, so what you save here is seen at once. You can change it until %s.", until)
}

// newMoveWords says what a mentor did about a map since their review was read.
func newMoveWords(zone model.Zone, review *model.MentorReview, move model.MapMove) string {
	words := "What they would move on your " + mapOfDay(zone, move.MapAt, mapDays(review.Moves))
	if !move.Said() {
		return words + ": taken back"
	}
	return words
}

// MoveTold is the sentence that tells a mentor of their answer about a map; "" where there is none.
func MoveTold(move model.MapMove) string {
	if !move.Said() {
		return ""
	}
	return SavedMove(move) + "."
}

// moveData tells the script where the answer is saved, and of what; in a preview nothing is.
func moveData(page kit.Page, share string) templ.Attributes {
	if page.Previewed() {
		return nil
	}
	return templ.Attributes{"data-answers": page.Paths.SharedMap(share), "data-assessment": share}
}

// SavedMove says what is saved of an answer about a map, where it was changed on both sides.
func SavedMove(move model.MapMove) string {
	if !move.Said() {
		return "None"
	}
	return "You would move " + kit.MoveWords(move)
}
