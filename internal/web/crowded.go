package web

import (
	"errors"
	"fmt"
	"math"

	"whetstone/internal/model"
	siteview "whetstone/views/site"
)

// crowded says that very much has just been made from the visitor's address. Others behind the same address may have
// done it, so it blames nobody.
func crowded(err error) siteview.ErrorProps {
	return siteview.ErrorProps{
		Heading: "Very many have begun here just now",
		What:    "From your network so much was begun in a few minutes that no more is taken for the moment. It need not be your doing: a whole office may count as one.",
		Answers: "Nothing was made, and what was saved before is kept. Try again in " + waitWords(err) + ".",
	}
}

// waitWords returns how long to wait, in words.
func waitWords(err error) string {
	refused, _ := errors.AsType[*model.Error](err)
	if minutes := int(math.Ceil(refused.Wait.Minutes())); minutes > 1 {
		return fmt.Sprintf("%d minutes", minutes)
	}
	return "a minute"
}
