package depth

import (
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/views/kit"
)

// beganWords says from which map a draft began, and what of it nothing asks about.
func beganWords(page kit.Page, props PlacesProps) string {
	began := "It began as you left it on " + page.Apart(props.Since, props.Among)
	if len(props.Left) == 0 {
		return began + "."
	}
	return fmt.Sprintf("%s, but for %s: nothing asks about %s here, and what you placed stands below.", began, listed(props.Left), kit.OneOrMany(len(props.Left), "it", "them"))
}

// aboutWords says what counts as knowing a domain; one that is offered no longer has no such words.
func aboutWords(domain questionnaire.Domain) string {
	if domain.About == "" {
		return "No longer among the domains that are offered here. What you placed stays, unless you leave it out."
	}
	return kit.Sentence(domain.About) + "."
}

// leftWords say of which map the domains are that nothing asks about, and what can become of them.
func leftWords(page kit.Page, props PlacesProps) string {
	words := fmt.Sprintf("This scope and craft don’t ask about what you placed here on %s. It stays on that map. ", page.Apart(props.Since, props.Among))
	switch {
	case props.Room == 0:
		return words + fmt.Sprintf("None of it can be kept on this one: all %s lines for domains of your own have a name.", kit.Number(model.OwnDomains))
	case len(props.Left) == 1:
		return words + "Keep it on this one, too, as a domain of your own, if it still matters to what you answer for."
	}
	return words + "Keep what you still answer for: it becomes a domain of your own on this one."
}

// keepWords is what the button is called by which several domains go along.
func keepWords(props PlacesProps) string {
	if props.Room < len(props.Left) {
		return "Keep the first " + kit.Number(props.Room)
	}
	if len(props.Left) == 2 {
		return "Keep both"
	}
	return "Keep all " + kit.Number(len(props.Left))
}

// placedWords says what was said of a domain, after its name.
func placedWords(p model.Placement) string {
	if !p.Covered() {
		return kit.PlaceWords(p) + "; nobody yet to rely on"
	}
	return kit.PlaceWords(p) + "; you rely on " + whom(p)
}
