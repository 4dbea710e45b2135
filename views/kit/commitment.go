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
	action := text.Shown(commitment.Action)
	if strings.TrimRight(action, ".!?…”’)") != action {
		return action
	}
	return action + "."
}

// Aim says a commitment in a sentence, for where no markup can stand.
func Aim(commitment model.Commitment) string {
	return "When " + text.Isolated(occasionOf(commitment)) + ", I will " + text.Isolated(actionOf(commitment))
}
