package depth

import (
	"fmt"
	"slices"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// The words of the depths and of how much hangs on a domain: what they are called, what they mean, and that in short.
var (
	depthNames = kit.DepthNames
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
	weightRow = kit.WeightRows
)

// weightName is what the weight of an id is called, "" for none.
func weightName(id string) string { return weightNames[model.Weight(id)] }

// inText is a domain inside a sentence.
func inText(p model.Placement) string { return kit.DomainInText(p) }

// atFirst is a domain at the beginning of a sentence.
func atFirst(p model.Placement) string {
	if p.Own {
		return text.Isolated(p.Name)
	}
	return text.Isolated(kit.Sentence(p.InText))
}

// whom is on whom somebody relies, inside a sentence. Their own words are quoted: they have no article, as a role has.
func whom(p model.Placement) string {
	if p.Covered() && p.Role == "" {
		return kit.Quoted(p.Whom)
	}
	return whomAlone(p)
}

// whomAlone is on whom somebody relies, where it stands by itself.
func whomAlone(p model.Placement) string {
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

// whereWords names a cell of the grid where there is no room for its columns.
func whereWords(depth model.Depth, corner bool) string {
	if corner {
		return depthNames[depth] + ", the risky corner"
	}
	return depthNames[depth]
}

// listed names some domains inside a sentence, at most three of them.
func listed(placements []model.Placement) string {
	if len(placements) <= kit.Shown {
		return kit.List(names(placements))
	}
	return kit.List(append(names(placements[:kit.Shown]), kit.Number(len(placements)-kit.Shown)+" more"))
}

// names are what some domains are called inside a sentence.
func names(placements []model.Placement) (names []string) {
	for _, placement := range placements {
		names = append(names, inText(placement))
	}
	return names
}

func placementsOf(findings []model.DomainFinding) (all []model.Placement) {
	for _, finding := range findings {
		all = append(all, finding.Placement)
	}
	return all
}

// domains says "one domain" or "three domains".
func domains(count int) string {
	return kit.Counted(count, "domain", "domains")
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

// day writes the day of a finished map, so that two of one day can be told apart.
func day(page kit.Page, m model.DepthMap) string { return page.Apart(m.FinishedAt, m.Among) }

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
	said := "able to follow " + all(reading.Matter) + " that matter"
	if reading.Followed < reading.Matter {
		said = fmt.Sprintf("able to follow %s of the %s that matter, with somebody beside each of the rest", kit.Number(reading.Followed), kit.Number(reading.Matter))
	}
	if deep := deepDomains(reading); len(deep) > 0 {
		said += ", and deep in " + listed(deep)
	}
	return said
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
	return canFollow("You", reading) + " " + honest
}

// canFollow says how many of the domains that matter somebody can follow.
func canFollow(who string, reading *model.DepthReading) string {
	switch {
	case reading.Matter == 1 && reading.Followed == 1:
		return who + " can follow the one that matters."
	case reading.Matter == 1:
		return who + " can’t follow the one that matters."
	case reading.Followed == 0:
		return fmt.Sprintf("%s can follow none of the %s that matter.", who, kit.Number(reading.Matter))
	}
	return fmt.Sprintf("%s can follow %s of the %s that matter.", who, kit.Number(reading.Followed), kit.Number(reading.Matter))
}

// firstToDo is the first risk about which something may be done, or else the first that is worth an eye.
func firstToDo(reading *model.DepthReading) (first model.DomainFinding, found bool) {
	for _, finding := range reading.Of(model.RiskClass, model.WatchClass) {
		if finding.Practice != nil {
			return finding, true
		}
	}
	return first, false
}

// firstDomain is the domain that a commitment of a finding on the whole map is for, "" where it is for no single one.
func firstDomain(finding model.MapFinding) string {
	if finding.Rule == model.Faded || finding.Rule == model.Blanks {
		return finding.Domains[0].Domain
	}
	return ""
}

// domainWords says what a map says of one domain.
func domainWords(finding model.DomainFinding) string {
	p := finding.Placement
	switch finding.Rule {
	case model.Exposed:
		return fmt.Sprintf("Much of what you answer for hangs on %s, of which you know little and for which you rely on nobody. Find a person before a decision needs one.", inText(p))
	case model.HalfExposed:
		return fmt.Sprintf("In %s you can judge the ordinary. For the hard question there is nobody.", inText(p))
	case model.Alone:
		return fmt.Sprintf("In %s, the team leans on you alone. Who could be as deep a year from now?", inText(p))
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
		return fmt.Sprintf("%s: yours in depth, and %s could carry on without you.", atFirst(p), whom(p))
	}
	return fmt.Sprintf("You are deep in %s, on which little hangs now. Who could take over from you?", inText(p))
}

// shortTable is how many domains a table may have that stands on paper below the map, so that all of it fits a page.
const shortTable = 12

// long reports whether the table of a map is too long for the page on which the map is printed.
func long(m model.DepthMap) bool { return len(m.Placements) > shortTable }

// andMore counts the findings of a class that aren't worded.
func andMore(class model.DepthClass, count int) string {
	said := map[model.DepthClass]string{
		model.RiskClass: "exposed", model.WatchClass: "worth an eye", model.HealthyClass: "with somebody to rely on",
		model.StrengthClass: "yours in depth", model.NoteClass: "deep where little hangs on it",
	}
	return fmt.Sprintf("And %s more %s", kit.Number(count), said[class])
}

// otherAndMore is andMore for another reader.
func otherAndMore(class model.DepthClass, count int) string {
	if class == model.StrengthClass {
		return fmt.Sprintf("And %s more theirs in depth", kit.Number(count))
	}
	return andMore(class, count)
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
		return "You could not follow " + blankWords(finding) + coveredBlanks(finding, "You have somebody beside each, and could judge little of what they say.")
	case model.OneForMany:
		return fmt.Sprintf("You rely on %s for %s that matter much. If they leave, so do %s answers.", whom(finding.Domains[0]), domains(finding.Count), count)
	case model.Expert:
		return fmt.Sprintf("You call %s of %s domains deep. Nobody is deep in all; ask one person in each which they would move down.", count, of)
	}
	where := "it"
	if len(finding.Domains) > 1 {
		where = "each"
	}
	return fmt.Sprintf("You last worked in %s. Ask somebody who works in %s now which of your habits is out of date.", fadedWords(finding), where)
}

// blankWords names the domains that matter and that somebody could not follow.
func blankWords(finding model.MapFinding) string {
	return fmt.Sprintf("%s of the %s domains that matter: %s.", kit.Number(finding.Count), kit.Number(finding.Of), listed(finding.Domains))
}

// coveredBlanks says why several such domains are worth a word although each has somebody beside it, which is as it should
// be; "" where they are one or some have nobody.
func coveredBlanks(finding model.MapFinding, words string) string {
	if len(finding.Domains) < 2 || slices.ContainsFunc(finding.Domains, func(p model.Placement) bool { return !p.Covered() }) {
		return ""
	}
	return " " + words
}

// fadedWords says in what somebody last worked long ago, and when.
func fadedWords(finding model.MapFinding) string {
	var said []string
	for i, placement := range finding.Domains {
		if i == kit.Shown {
			said = append(said, fmt.Sprintf("%s more by %d", kit.Number(len(finding.Domains)-i), finding.Domains[len(finding.Domains)-1].Year))
			break
		}
		said = append(said, fmt.Sprintf("%s in %d", inText(placement), placement.Year))
	}
	return kit.List(said)
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
	if len(moves.Unasked) > 0 {
		lines = append(lines, fmt.Sprintf("Not asked about on this map: %s.", kit.List(names(moves.Unasked))))
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
	return fmt.Sprintf("%s: it %s.", atFirst(move.After), changes(move))
}

// changes says what became of one domain, after its name.
func changes(move model.DepthMove) string {
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
		said = append(said, fmt.Sprintf("rests on %s now, no longer on %s", whom(after), whom(before)))
	}
	return kit.List(said)
}

var weightMoved = map[[2]model.Weight]string{
	{model.Low, model.Medium}: "matters now", {model.Low, model.High}: "matters much now",
	{model.Medium, model.High}: "matters more now", {model.High, model.Medium}: "matters less now",
	{model.High, model.Low}: "hardly matters now", {model.Medium, model.Low}: "hardly matters now",
}

// SavedWords says what is saved of a domain, where it was changed on both sides; role is what the role is called, inside a
// sentence, on which it relies.
func SavedWords(saved model.PlacementInput, role string) string {
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
	switch {
	case saved.Role != "":
		said = append(said, "relying on "+role)
	case saved.Whom != "":
		said = append(said, "relying on "+kit.Quoted(saved.Whom))
	}
	if saved.Asked {
		said = append(said, "asked in the last three months")
	}
	if saved.Year != "" {
		said = append(said, "last hands-on in "+saved.Year)
	}
	if len(said) == 0 {
		return "Left out"
	}
	return kit.Sentence(strings.Join(said, ", "))
}
