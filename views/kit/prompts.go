package kit

import (
	"fmt"

	"whetstone/internal/questionnaire"
)

// Prompt is a question for a conversation, and the line of an anchor that it is about.
type Prompt struct{ Ask, Line string }

// Prompts are three questions on a competency that stands at a score, from its anchors: they begin with the next one
// above.
func Prompts(anchors questionnaire.Anchors, score float64) []Prompt {
	if score < 3 {
		return []Prompt{
			{NextAsk(score), anchors.Three},
			{"What keeps us nearer to this?", anchors.One},
			{"Which part of this would help us most?", anchors.Five},
		}
	}
	return []Prompt{
		{NextAsk(score), anchors.Five},
		{"Where is this so already, and where not yet?", anchors.Three},
		{"When is it still like this?", anchors.One},
	}
}

// NextAnchor is the level of the next anchor above a score.
func NextAnchor(score float64) int {
	if score < 3 {
		return 3
	}
	return 5
}

// NextAsk asks what the next anchor above a score would look like.
func NextAsk(score float64) string {
	return fmt.Sprintf("What would a %d look like here?", NextAnchor(score))
}
