package assess

import (
	"fmt"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// carelessWords names the signs of careless answering, as a question and not as a reproach.
func carelessWords(reasons []measure.CarelessReason) []string {
	words := map[measure.CarelessReason]string{
		measure.IdenticalAnswers: "More than four fifths of the answers are the same level.",
		measure.FastAnswers:      "The pages were open for less than two seconds an answer.",
		measure.CopiedAnswers:    "Every answer is the one you gave last time.",
	}
	var said []string
	for _, reason := range reasons {
		said = append(said, words[reason])
	}
	return said
}

// fewWords says what can't be read from a draft with few answers if it is finished as it is.
func fewWords(review *model.Review) string {
	words := fmt.Sprintf("%d of %d questions have an answer. With fewer than six in ten, this assessment as a whole can’t be compared with another one", review.Given, review.Asked)
	const named = 4
	if len(review.Unread) == 0 {
		return words + "."
	}
	if len(review.Unread) > named {
		what := "competencies"
		if review.Assessment.Form == model.PulseForm {
			what = "areas"
		}
		return words + fmt.Sprintf(", and %s %s will have no score.", kit.Number(len(review.Unread)), what)
	}
	var names []string
	for _, name := range review.Unread {
		names = append(names, kit.InText(name))
	}
	return words + ", and there will be no score for " + kit.List(names) + "."
}

// meantWords is what a manager states by finishing all the same.
func meantWords(review *model.Review) string {
	if len(review.Careless) > 0 {
		return "These answers are meant"
	}
	return "Finish with these answers"
}
