package kit

import (
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// occasionOf is what stands between "When" and the comma.
func occasionOf(commitment model.Commitment) string {
	return strings.TrimRight(text.Shown(commitment.Occasion), " .,;:")
}

// actionOf is what stands after "I will", with its full stop.
func actionOf(commitment model.Commitment) string {
	return FullStop(text.Shown(commitment.Action))
}

// FullStop ends a sentence that somebody wrote, if they didn't.
func FullStop(sentence string) string {
	if strings.TrimRight(sentence, ".!?…”’)") != sentence {
		return sentence
	}
	return sentence + "."
}

// Aim says a commitment in a sentence, for where no markup can stand.
func Aim(commitment model.Commitment) string {
	return "When " + text.Isolated(occasionOf(commitment)) + ", I will " + text.Isolated(actionOf(commitment))
}
