package depth

import (
	"fmt"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// The words of the depths and of how much hangs on a domain: what they are called, what they mean, and that in short.
var (
	depthNames = map[model.Depth]string{model.NoDepth: "None", model.Conversant: "Conversant", model.Working: "Working", model.Deep: "Deep"}
	depthWords = map[model.Depth]string{
		model.NoDepth:    "I could not follow two people who work in it.",
		model.Conversant: "I follow them, and my questions make sense to them.",
		model.Working:    "I could review an ordinary change or experiment in it, and see what is wrong.",
		model.Deep:       "I could take on a hard problem in it today, and those who work in it ask me.",
	}
	depthShort = map[model.Depth]string{
		model.NoDepth: "I could not follow", model.Conversant: "my questions make sense",
		model.Working: "I could review a change", model.Deep: "they ask me",
	}
	weightNames = map[model.Weight]string{model.High: "Much", model.Medium: "Some", model.Low: "Little"}
	weightWords = map[model.Weight]string{
		model.High:   "A bad decision would reach customers or the business within a year.",
		model.Medium: "A bad decision would cost us weeks.",
		model.Low:    "Others decide here, and we would hardly notice.",
	}
	weightShort = map[model.Weight]string{
		model.High: "a bad decision would reach customers", model.Medium: "it would cost us weeks", model.Low: "we would hardly notice",
	}
	weightRow = map[model.Weight]string{model.High: "Much hangs on it", model.Medium: "It would cost weeks", model.Low: "Hardly noticed"}
)

// inText is a domain inside a sentence.
func inText(p model.Placement) string { return text.Isolated(p.InText) }

// atFirst is a domain at the beginning of a sentence.
func atFirst(p model.Placement) string {
	if p.Own {
		return inText(p)
	}
	return text.Isolated(kit.Sentence(p.InText))
}

// whom is on whom somebody relies, inside a sentence.
func whom(p model.Placement) string {
	if !p.Covered() {
		return "nobody yet"
	}
	return text.Isolated(p.Whom)
}

// relied says to whoever can't see a sign what it means.
func relied(p model.Placement) string {
	if p.Covered() {
		return ", somebody to rely on"
	}
	return ", nobody yet"
}

func askedWord(p model.Placement) string {
	switch {
	case !p.Covered():
		return "–"
	case p.Asked:
		return "yes"
	}
	return "no"
}

func yearWord(p model.Placement) string {
	if p.Year == 0 {
		return "–"
	}
	return fmt.Sprint(p.Year)
}

// at are the domains of one cell of the grid.
func at(m model.DepthMap, weight model.Weight, depth model.Depth) (here []model.Placement) {
	for _, placement := range m.Placements {
		if placement.Weight == weight && placement.Depth == depth {
			here = append(here, placement)
		}
	}
	return here
}

// listed names some domains inside a sentence, at most three of them.
func listed(placements []model.Placement) string {
	var names []string
	for i, placement := range placements {
		if i == kit.Shown {
			names = append(names, kit.Number(len(placements)-i)+" more")
			break
		}
		names = append(names, inText(placement))
	}
	return kit.List(names)
}

func placementsOf(findings []model.DomainFinding) (all []model.Placement) {
	for _, finding := range findings {
		all = append(all, finding.Placement)
	}
	return all
}

// domains says "one domain" or "three domains".
func domains(count int) string {
	return kit.Number(count) + " " + kit.OneOrMany(count, "domain", "domains")
}

// scope is what somebody answers for, inside a sentence.
func (props MapsProps) scope(id string) string {
	for _, scope := range props.Scopes {
		if scope.ID == id {
			return kit.InText(scope.Name)
		}
	}
	return "another scope"
}

// mapOver says whose map it is: scope, craft, how much is placed.
func mapOver(reading *model.DepthReading) string {
	return fmt.Sprintf("%s, %s, %s placed", reading.Scope.Name, kit.InText(reading.Craft.Name), domains(len(reading.Map.Placements)))
}

// Headline is the one sentence that a map comes to.
func Headline(reading *model.DepthReading) string {
	exposed, watched := placementsOf(reading.Of(model.RiskClass)), placementsOf(reading.Of(model.WatchClass))
	switch {
	case len(exposed) == 1:
		return fmt.Sprintf("One domain is exposed: %s. Much hangs on it, you know it little, and there is nobody to ask.", listed(exposed))
	case len(exposed) > 1:
		return fmt.Sprintf("%s are exposed: %s. Much hangs on them, you know them little, and there is nobody to ask.", kit.Sentence(domains(len(exposed))), listed(exposed))
	case len(watched) > 0:
		return fmt.Sprintf("Nothing is exposed. %s %s an eye on: %s.", kit.Sentence(domains(len(watched))), kit.OneOrMany(len(watched), "is worth keeping", "are worth keeping"), listed(watched))
	case reading.Matter == 0:
		return "Nothing that you placed matters much to what you answer for."
	case len(reading.Map.Placements) < model.WholeFrom:
		return fmt.Sprintf("Nothing is exposed in the %s that you placed.", domains(len(reading.Map.Placements)))
	}
	return "A sound map: " + sound(reading) + "."
}

// sound says what makes a map sound.
func sound(reading *model.DepthReading) string {
	var said []string
	if deep := deepDomains(reading); len(deep) > 0 {
		said = append(said, "deep in "+listed(deep))
	}
	if reading.Followed == reading.Matter {
		said = append(said, "able to follow "+all(reading.Matter)+" that matter")
	} else {
		said = append(said, fmt.Sprintf("able to follow %s of the %s that matter, with somebody beside each of the rest", kit.Number(reading.Followed), kit.Number(reading.Matter)))
	}
	return strings.Join(said, ", and ")
}

// deepDomains are those that somebody is deep in and that matter.
func deepDomains(reading *model.DepthReading) (deep []model.Placement) {
	for _, placement := range reading.Map.Placements {
		if placement.Depth == model.Deep && placement.Weight.Matters() {
			deep = append(deep, placement)
		}
	}
	return deep
}

// all says of how many: "the one", "both", "all nine".
func all(count int) string {
	switch count {
	case 1:
		return "the one domain"
	case 2:
		return "both domains"
	}
	return "all " + domains(count)
}

// lede stands below the headline.
func lede(reading *model.DepthReading) string {
	const honest = "Nobody is deep everywhere, engineers included."
	if reading.Matter == 0 {
		return honest
	}
	return fmt.Sprintf("You can follow %s of the %s that matter. %s", kit.Number(reading.Followed), kit.Number(reading.Matter), honest)
}

// firstPractice is what may be done about the first risk, or else about what is worth an eye.
func firstPractice(reading *model.DepthReading) *questionnaire.Practice {
	for _, finding := range reading.Of(model.RiskClass, model.WatchClass) {
		if finding.Practice != nil {
			return finding.Practice
		}
	}
	return nil
}

// domainWords says what a map says of one domain.
func domainWords(finding model.DomainFinding) string {
	p := finding.Placement
	switch finding.Rule {
	case model.Exposed:
		return fmt.Sprintf("Much hangs on %s for what you answer for; you know it little, and rely on nobody for it. Find a person before a decision needs one.", inText(p))
	case model.HalfExposed:
		return fmt.Sprintf("In %s you can judge the ordinary. For the hard question there is nobody.", inText(p))
	case model.Alone:
		return fmt.Sprintf("In %s the team leans on you alone. Who could be deep in it a year from now?", inText(p))
	case model.Thin:
		return fmt.Sprintf("%s: a blank with nobody beside it. A mistake there would cost weeks.", atFirst(p))
	case model.Unasked:
		return fmt.Sprintf("For %s you rely on %s, and have asked nothing in three months. That is a name, not yet reliance.", inText(p), whom(p))
	case model.Covered:
		if p.Depth == model.Working {
			return fmt.Sprintf("%s: enough to judge, and %s for the rest.", atFirst(p), whom(p))
		}
		return fmt.Sprintf("%s: little depth, and %s to rely on. As it should be.", atFirst(p), whom(p))
	case model.OwnDepth:
		return fmt.Sprintf("%s: yours in depth, and %s could carry it without you.", atFirst(p), whom(p))
	}
	return fmt.Sprintf("You are deep in %s, where little hangs on it now. Whom could you hand it to?", inText(p))
}

// andMore counts the findings of a class that aren't worded.
func andMore(class model.DepthClass, count int) string {
	said := map[model.DepthClass]string{
		model.RiskClass: "exposed", model.WatchClass: "worth an eye", model.HealthyClass: "with somebody to rely on",
		model.StrengthClass: "yours in depth", model.NoteClass: "deep where little hangs on it",
	}
	return fmt.Sprintf("And %s more %s; the table below has them.", kit.Number(count), said[class])
}

// wholeWords says what a map says as a whole.
func wholeWords(finding model.MapFinding) string {
	count, of := kit.Number(finding.Count), kit.Number(finding.Of)
	switch finding.Rule {
	case model.NoneDeep:
		return "No domain is deep. Breadth is enough for many decisions; preferably one part is yours down to the code or the data. Which would you choose?"
	case model.Elsewhere:
		return "Your depth lies where little hangs on it now."
	case model.Broad:
		return fmt.Sprintf("You can follow %s of the %s that matter: a broad view.", count, of)
	case model.Blanks:
		return fmt.Sprintf("%s of the %s domains that matter %s: %s.", kit.Sentence(count), of, kit.OneOrMany(finding.Count, "is a blank", "are blanks"), listed(finding.Domains))
	case model.OneForMany:
		return fmt.Sprintf("You rely on %s for %s that matter much. If they leave, so do %s answers.", whom(finding.Domains[0]), domains(finding.Count), count)
	case model.Expert:
		return fmt.Sprintf("You call %s of %s domains deep. Nobody is deep in all; ask one person in each which they would move down.", count, of)
	}
	var said []string
	for i, placement := range finding.Domains {
		if i == kit.Shown {
			said = append(said, kit.Number(len(finding.Domains)-i)+" more before then")
			break
		}
		said = append(said, fmt.Sprintf("%s in %d", inText(placement), placement.Year))
	}
	return fmt.Sprintf("You last worked in %s. Ask somebody who works in it now which of your habits is out of date.", kit.List(said))
}

// moveLines says what became of the domains between two maps, as facts.
func moveLines(moves *model.DepthMoves) (lines []string) {
	for _, move := range moves.Moved {
		lines = append(lines, moveWords(move))
	}
	if count := len(moves.New); count > 0 && moves.OtherScope {
		lines = append(lines, fmt.Sprintf("%s %s new to your charter; none is counted as lost depth.", kit.Sentence(domains(count)), kit.OneOrMany(count, "is", "are")))
	} else if count > 0 {
		lines = append(lines, fmt.Sprintf("Newly placed: %s.", listed(moves.New)))
	}
	if len(moves.Gone) > 0 {
		lines = append(lines, fmt.Sprintf("No longer placed: %s.", listed(moves.Gone)))
	}
	if len(lines) == 0 {
		lines = []string{"Nothing moved."}
	}
	return lines
}

// moveWords says what became of one domain.
func moveWords(move model.DepthMove) string {
	before, after := move.Before, move.After
	var said []string
	if before.Depth != after.Depth {
		said = append(said, fmt.Sprintf("went from %s to %s", kit.InText(depthNames[before.Depth]), kit.InText(depthNames[after.Depth])))
	}
	if before.Weight != after.Weight {
		said = append(said, weightMoved[[2]model.Weight{before.Weight, after.Weight}])
	}
	switch {
	case before.Whom == after.Whom:
	case !before.Covered():
		said = append(said, "has somebody to rely on")
	case !after.Covered():
		said = append(said, "has nobody to rely on any more")
	default:
		said = append(said, fmt.Sprintf("rests on %s now, and no longer on %s", whom(after), whom(before)))
	}
	return fmt.Sprintf("%s: it %s.", atFirst(after), kit.List(said))
}

var weightMoved = map[[2]model.Weight]string{
	{model.Low, model.Medium}: "matters now", {model.Low, model.High}: "matters much now",
	{model.Medium, model.High}: "matters more now", {model.High, model.Medium}: "matters less now",
	{model.High, model.Low}: "hardly matters now", {model.Medium, model.Low}: "hardly matters now",
}

// handsOnWords says when somebody last worked in a domain, and how long ago that was at each map that says so.
func handsOnWords(line model.HandsOn) string {
	said := fmt.Sprintf("last in %d", line.Placement.Year)
	if len(line.Points) < 2 {
		return said
	}
	var years []string
	for _, point := range line.Points {
		years = append(years, fmt.Sprint(point.Years))
	}
	return said + "; years ago at each map: " + strings.Join(years, ", ")
}

// clockPoints are the points of a clock, over the time of its maps.
func clockPoints(line model.HandsOn) string {
	first, last, most := line.Points[0].At, line.Points[len(line.Points)-1].At, 1
	for _, point := range line.Points {
		most = max(most, point.Years)
	}
	span := max(last.Sub(first).Hours(), 1)
	var points []string
	for _, point := range line.Points {
		points = append(points, fmt.Sprintf("%d,%d", 2+int(96*point.At.Sub(first).Hours()/span), 22-20*point.Years/most))
	}
	return strings.Join(points, " ")
}

// SavedWords says what is saved of a domain, where it was changed on both sides.
func SavedWords(saved model.PlacementInput) string {
	var said []string
	if saved.Name != "" {
		said = append(said, kit.Quoted(saved.Name))
	}
	if depth, placed := depthNames[model.Depth(saved.Depth)]; placed {
		said = append(said, "depth: "+kit.InText(depth))
	}
	if weight, placed := weightNames[model.Weight(saved.Weight)]; placed {
		said = append(said, "what hangs on it: "+kit.InText(weight))
	}
	if saved.Role != "" || saved.Whom != "" {
		said = append(said, "somebody to rely on")
	}
	if saved.Year != "" {
		said = append(said, "last hands-on in "+saved.Year)
	}
	if len(said) == 0 {
		return "Left out"
	}
	return kit.Sentence(strings.Join(said, ", "))
}
