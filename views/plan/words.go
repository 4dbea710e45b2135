package plan

import (
	"fmt"
	"strings"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/rounding"
	"whetstone/views/kit"
)

// FillIn puts into a form of a new commitment what its practice says, to be edited.
func FillIn(form *model.CommitmentForm) {
	if form.Practice == nil {
		return
	}
	form.Input.Occasion = form.Practice.When
	form.Input.Action = kit.InText(form.Practice.Text)
	form.Input.Notice = strings.TrimSuffix(form.Practice.Notice, ".")
}

// forDomain says for which domain of a depth map a commitment was made; "" for none.
func forDomain(commitment model.Commitment) string {
	if commitment.Domain == "" {
		return ""
	}
	return ", for " + kit.Quoted(commitment.Domain)
}

// named tells a commitment from others in the words of a link.
func named(commitment model.Commitment) string {
	return commitment.Competency.Name + ": " + kit.Aim(commitment)
}

// becameWords are what can become of a commitment.
var becameWords = map[model.Became]string{
	model.Kept: "Kept", model.PartlyKept: "Partly kept", model.NotKept: "Not kept", model.Dropped: "Dropped",
}

// becameOptions are those of a form, in its order, each with what it means.
var becameOptions = []struct {
	became model.Became
	means  string
}{
	{model.Kept, "Whenever the occasion came, or nearly so."},
	{model.PartlyKept, "Some of the times."},
	{model.NotKept, "It stayed a good intention."},
	{model.Dropped, "It is not worth going on with. Say why in the line below."},
}

// followUpWords says what became of a commitment at one time.
func followUpWords(page kit.Page, followUp model.FollowUp) string {
	words := becameWords[followUp.Became] + ", said on " + page.Day(followUp.ToldAt)
	if followUp.Carried {
		words += ", and carried on"
	}
	return words
}

// movementWords says how a competency moved, in the verdict's own words.
func movementWords(followed model.Followed) string {
	name := followed.Commitment.Competency.Name
	if followed.Judgement == nil {
		return name + ": there is nothing to compare it with."
	}
	switch followed.Judgement.Verdict {
	case measure.Changed, measure.Possible:
		return name + " " + kit.Verdict(followed.Judgement) + "."
	case measure.WithinNoise:
		return name + ": what changed is too small to tell."
	}
	return name + ": " + kit.Verdict(followed.Judgement) + "."
}

// betWords says how well bets agreed with what came.
func betWords(bets model.Bet) string {
	calibration := bets.Calibration
	words := fmt.Sprintf("Over %s bets your score is %s; always saying %d %%, which is how often it came, would have scored %s.",
		kit.Number(calibration.Count), rounding.Hundredths(calibration.Score), int(calibration.Share*100+.5), rounding.Hundredths(calibration.Average))
	switch {
	case calibration.Score < calibration.Average:
		return words + " Less is better: you saw more than the average tells."
	case calibration.Score > calibration.Average:
		return words + " Less is better: so far the average would have served you better."
	}
	return words + " Less is better."
}

// waitingWords says how many bets are settled and how many wait, while they are too few to be scored.
func waitingWords(bets model.Bet) string {
	words := kit.Sentence(kit.Number(len(bets.Settled))) + kit.OneOrMany(len(bets.Settled), " is settled.", " are settled.")
	if len(bets.Settled) == 0 {
		words = "None is settled yet."
	}
	if bets.Waiting > 0 {
		words += " " + kit.Sentence(kit.Number(bets.Waiting)) + kit.OneOrMany(bets.Waiting, " waits", " wait") + " for your next full assessment."
	}
	return words + " From " + kit.Number(bets.Needs) + " settled ones on it says here how well you call your own changes."
}

// settledWords says what came of one bet.
func settledWords(page kit.Page, bet model.SettledBet) string {
	return fmt.Sprintf("You said %d %%. On %s, against %s: %s.", bet.Commitment.Bet, page.Day(bet.To.FinishedAt), page.Day(bet.From.FinishedAt), kit.Verdict(&bet.Judgement))
}

// doneWords tell of what was done just now, by its name in the address.
var doneWords = map[string]string{
	"made":    "It stands in your plan. Your next assessment begins with it.",
	"changed": "Changed.",
	"told":    "Kept in your plan. Your next result shows it beside how the competency moved.",
	"deleted": "Deleted. A link that showed it no longer does.",
}
