package depth

import (
	"fmt"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// This file says what a map says to somebody who is not its owner, whom it calls “they”: the page around it has their name.

// depthOf is depthShort of somebody else.
var depthOf = map[model.Depth]string{
	model.NoDepth: "could not follow", model.Conversant: "asks questions that make sense",
	model.Working: "could review a change", model.Deep: "is asked by those who work in it",
}

// OtherHeadline is Headline for another reader.
func OtherHeadline(reading *model.DepthReading) string {
	exposed, watched := placementsOf(reading.Of(model.RiskClass)), placementsOf(reading.Of(model.WatchClass))
	switch {
	case len(exposed) == 1:
		return fmt.Sprintf("One domain is exposed: %s. Much hangs on it, they know it little, and have nobody to ask.", listed(exposed))
	case len(exposed) > 1:
		return fmt.Sprintf("%s are exposed: %s. Much hangs on these, they know them little, and have nobody to ask.", kit.Sentence(domains(len(exposed))), listed(exposed))
	case len(watched) > 0:
		return fmt.Sprintf("Nothing is exposed. %s %s an eye on: %s.", kit.Sentence(domains(len(watched))), kit.OneOrMany(len(watched), "is worth keeping", "are worth keeping"), listed(watched))
	case reading.Matter == 0:
		return "Nothing on this map matters much to what they answer for."
	case len(reading.Map.Placements) < model.WholeFrom:
		return fmt.Sprintf("Nothing is exposed in the %s on this map.", domains(len(reading.Map.Placements)))
	}
	return "A sound map: " + sound(reading) + "."
}

// otherLede is lede for another reader.
func otherLede(reading *model.DepthReading) string {
	const honest = "Nobody is deep everywhere, engineers included."
	if reading.Matter == 0 {
		return honest
	}
	return canFollow("They", reading) + " " + honest
}

// otherDomainWords is domainWords for another reader.
func otherDomainWords(finding model.DomainFinding) string {
	p := finding.Placement
	switch finding.Rule {
	case model.Exposed:
		return fmt.Sprintf("Much of what they answer for hangs on %s, of which they know little and for which they rely on nobody.", inText(p))
	case model.HalfExposed:
		return fmt.Sprintf("In %s they can judge the ordinary. For the hard question there is nobody.", inText(p))
	case model.Alone:
		return fmt.Sprintf("In %s, the team leans on them alone.", inText(p))
	case model.Unasked:
		return fmt.Sprintf("For %s they rely on %s, and have asked nothing in three months. That is a name, not yet reliance.", inText(p), whom(p))
	case model.OwnDepth:
		return fmt.Sprintf("%s: theirs in depth, and %s could carry on without them.", atFirst(p), whom(p))
	case model.Spare:
		return fmt.Sprintf("They are deep in %s, on which little hangs now.", inText(p))
	}
	return domainWords(finding) // it speaks of the domain alone
}

// otherWholeWords is wholeWords for another reader.
func otherWholeWords(finding model.MapFinding) string {
	count, of := kit.Number(finding.Count), kit.Number(finding.Of)
	switch finding.Rule {
	case model.NoneDeep:
		return "No domain is deep. Breadth is enough for many decisions; preferably one part is one’s own down to the code or the data."
	case model.Elsewhere:
		return "Their depth lies where little hangs on it now."
	case model.Broad:
		return fmt.Sprintf("They can follow %s of the %s that matter: a broad view.", count, of)
	case model.Blanks:
		return "They could not follow " + blankWords(finding) + coveredBlanks(finding, "There is somebody beside each, and they could judge little of what those say.")
	case model.OneForMany:
		return fmt.Sprintf("They rely on %s for %s that matter much. Should that end, so do %s answers.", whom(finding.Domains[0]), domains(finding.Count), count)
	case model.Expert:
		return fmt.Sprintf("They call %s of %s domains deep. Nobody is deep in all.", count, of)
	case model.Faded:
		return fmt.Sprintf("They last worked in %s.", fadedWords(finding))
	}
	return wholeWords(finding) // it speaks of the domains alone
}
