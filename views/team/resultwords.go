package team

import (
	"fmt"
	"iter"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/views/kit"
)

// TeamHeadline is what a closed cycle says in one sentence: what moved since the cycle before, or else
// where the team stands.
func TeamHeadline(r *model.TeamResult) string {
	switch reason := r.Aggregate.Withheld; {
	case reason == model.TooFew:
		return fmt.Sprintf("Fewer than %s took part in %s, so nothing of it is published.", kit.Number(smallestOf(r.Cycle)), kit.Quoted(r.Cycle.Name))
	case reason == model.Strangers && r.Aggregate.Contributors == 0:
		return fmt.Sprintf("Fewer than %s took part in %s who know enough of the others, so nothing of it is published.", kit.Number(smallestOf(r.Cycle)), kit.Quoted(r.Cycle.Name))
	case reason.Protects():
		return fmt.Sprintf("What %s found is withheld to protect people.", kit.Quoted(r.Cycle.Name))
	}
	if r.Compared == nil {
		return standsAt(r)
	}
	since := "Since " + kit.Quoted(r.Compared.Name)
	if moved := teamMovements(r); len(moved) > 0 {
		words := since + ", " + kit.List(moved)
		if directionOnly(r) {
			return words + "; too few people were in both for more than a direction."
		}
		return words + "."
	}
	if directionOnly(r) {
		return since + " nothing leans either way."
	}
	return since + " nothing has moved beyond what chance alone would do."
}

// standsAt is the headline where there is nothing to compare with.
func standsAt(r *model.TeamResult) string {
	start := "A starting point: "
	if r.Aggregate.ComparedWithheld != model.Published {
		start = ""
	}
	switch {
	case len(r.Gaps) > 0 && r.Gaps[0].Close:
		return kit.Sentence(start + closeGapWords(r.Gaps[0]))
	case len(r.Gaps) > 0:
		gap := r.Gaps[0]
		return kit.Sentence(fmt.Sprintf("%sthe widest gap is %s, at %s where %s is the target.",
			start, kit.InText(gap.Competency.Name), published(gap.Mean), kit.Score(gap.Target)))
	case r.Aggregate.Whole.Withheld == model.Published:
		return kit.Sentence(start + "all together the team stands at " + published(r.Aggregate.Whole.Mean) + ".")
	case anyPublished(r.Aggregate.Competencies) || anyPublished(r.Aggregate.Areas):
		return kit.Sentence(start + "no competency that is published lies below its target.")
	}
	return "What " + kit.Quoted(r.Cycle.Name) + " found is withheld to protect people."
}

// closeGapWords say that no competency can be told to lie below its target, and which comes nearest to that.
func closeGapWords(gap model.TeamGap) string {
	return fmt.Sprintf("no competency can be told to lie below its target; %s, at %s where %s is the target, is too close to call.",
		kit.InText(gap.Competency.Name), published(gap.Mean), kit.Score(gap.Target))
}

// directionOnly reports whether the words of change give a direction alone.
func directionOnly(r *model.TeamResult) bool {
	for _, figure := range wholeAndTeamAreas(r.Aggregate) {
		if leans(figure.Change) {
			return true
		}
	}
	return false
}

// TeamSentences say what the headline leaves out: who took part, the widest gap, why nothing is compared.
func TeamSentences(r *model.TeamResult) []string {
	if r.Aggregate.Withheld != model.Published {
		return withheldSentences(r)
	}
	said := []string{contributorsWords(r)}
	if len(r.Gaps) > 0 && r.Compared != nil && r.Gaps[0].Close {
		said[0] += " " + kit.Sentence(closeGapWords(r.Gaps[0]))
	} else if len(r.Gaps) > 0 && r.Compared != nil {
		gap := r.Gaps[0]
		said[0] += fmt.Sprintf(" The widest gap is %s, at %s where %s is the target.", kit.InText(gap.Competency.Name), published(gap.Mean), kit.Score(gap.Target))
	}
	if words := strings.TrimSpace(notComparedWords(r) + " " + unpairedWords(r)); words != "" {
		said = append(said, words)
	}
	return said
}

// withheldSentences explain a cycle of which nothing is published.
func withheldSentences(r *model.TeamResult) []string {
	if r.Aggregate.Withheld == model.TooFew {
		return []string{
			"How many it were is not said either. What was contributed is dropped: it counts nowhere, and each assessment is its owner’s as before.",
		}
	}
	if r.Aggregate.Withheld == model.Strangers && r.Aggregate.Contributors == 0 {
		return []string{
			fmt.Sprintf("Each has to know at least %s of the others who take part as people: so names that somebody made up hide nobody. How many it were is not said. What was contributed is dropped, and each assessment is its owner’s as before.", kit.Number(r.Cycle.SmallestKnown)),
			"That depends on who took part and whom they ticked, never on what they answered.",
		}
	}
	start := "Together with what was published before, any figure of it would have let somebody’s answers be read too closely."
	if r.Aggregate.Withheld != model.Protected {
		start = kit.Sentence(protectionWords(r.Aggregate.Withheld)) + "."
	}
	return []string{
		strings.TrimSpace(contributorsWords(r) + " " + start),
		"That depends on who took part and never on what they answered, so it says nothing about the answers.",
	}
}

// contributorsWords counts those who took part.
func contributorsWords(r *model.TeamResult) string {
	if r.Aggregate.Contributors == 0 {
		return ""
	}
	return kit.Sentence(kit.Number(r.Aggregate.Contributors)) + " contributed."
}

// notComparedWords says why there is no comparison with the cycle before; "" where there is one, or where
// no cycle came before.
func notComparedWords(r *model.TeamResult) string {
	switch reason := r.Aggregate.ComparedWithheld; {
	case reason == model.TooFew:
		return fmt.Sprintf("It is not compared with the cycle before: fewer than %s people were in both.", kit.Number(smallestOf(r.Cycle)))
	case reason == model.Strangers:
		return "It is not compared with the cycle before: somebody who was in both knows too few of the others who were."
	case reason == model.Protected:
		return "It is not compared with the cycle before over the people in both: those who took part differ by too few, and such a word would tell too much of what the others answered."
	case reason.Protects():
		return "How it compares with the cycle before is withheld to protect people."
	case reason == model.NotAsked:
		return "It is not compared with the cycle before, which asked another form."
	}
	return ""
}

// unpairedWords say what the published means tell of change where nothing is compared; "" where they tell nothing.
func unpairedWords(r *model.TeamResult) string {
	if r.Unpaired == nil {
		return ""
	}
	start := "By the published means alone, as if these were not the same people as in " + kit.Quoted(r.Unpaired.Since.Name) + ", "
	if moved := teamMovements(r); len(moved) > 0 {
		return start + kit.List(moved) + "."
	}
	return start + "no change is large enough to tell."
}

// comparableWords say when the change since an earlier cycle is said in a word over those in both.
func comparableWords(one model.TeamComparable) string {
	if one.Between != nil {
		return fmt.Sprintf("%s published nothing, so no change is said over the people in both. Where both count the same questionnaire, the published means are set beside those of %s, and a change has to be larger to be told.",
			kit.Sentence(kit.Quoted(one.Between.Name)), kit.Quoted(one.Since.Name))
	}
	words := fmt.Sprintf("What changed since %s is said over the people in both if those who take part are the same %s", kit.Quoted(one.Since.Name), kit.Number(one.People))
	if one.Replaced > 0 {
		words += fmt.Sprintf(", or if at least %s of them are replaced", kit.Number(one.Replaced))
	}
	return words + ". Otherwise only the published means are set beside each other, and a change has to be larger to be told."
}

// comparisonWords says what the words of change rest on.
func comparisonWords(r *model.TeamResult) string {
	if r.Compared == nil && r.Unpaired != nil {
		return fmt.Sprintf("“By the means alone” sets the published means beside those of %s, as if nobody were in both. Where most are, that is more cautious than it would have to be.", kit.Quoted(r.Unpaired.Since.Name))
	}
	if r.Compared == nil {
		return ""
	}
	words := fmt.Sprintf("Changes are those since %s, over those who took part in both.", kit.Quoted(r.Compared.Name))
	if directionOnly(r) {
		return words + " They are fewer than six, so only the direction is said."
	}
	return words + " The whole and the areas are judged together."
}

// wholeAndTeamAreas are the figures that are read together.
func wholeAndTeamAreas(aggregate *model.TeamAggregate) []model.TeamFigure {
	return append(append([]model.TeamFigure{}, aggregate.Areas...), aggregate.Whole)
}

// allFigures are the areas, the whole and the competencies.
func allFigures(aggregate *model.TeamAggregate) iter.Seq[*model.TeamFigure] {
	return func(yield func(*model.TeamFigure) bool) {
		for i := range aggregate.Areas {
			if !yield(&aggregate.Areas[i]) {
				return
			}
		}
		if !yield(&aggregate.Whole) {
			return
		}
		for i := range aggregate.Competencies {
			if !yield(&aggregate.Competencies[i]) {
				return
			}
		}
	}
}

func anyPublished(figures []model.TeamFigure) bool {
	for _, figure := range figures {
		if figure.Withheld == model.Published {
			return true
		}
	}
	return false
}

// withheldOf names the figures of a result that are withheld for a reason.
func withheldOf(r *model.TeamResult, reason model.Withheld) (levels []string) {
	if r.Aggregate.Whole.Withheld == reason {
		levels = append(levels, "the whole")
	}
	if named := withheldAmong(r, r.Aggregate.Areas, reason, "the areas"); named != "" {
		levels = append(levels, named)
	}
	if named := withheldAmong(r, r.Aggregate.Competencies, reason, "the competencies"); named != "" {
		levels = append(levels, named)
	}
	return levels
}

func withheldAmong(r *model.TeamResult, figures []model.TeamFigure, reason model.Withheld, all string) string {
	var names []string
	for _, figure := range figures {
		if figure.Withheld == reason {
			names = append(names, kit.InText(teamName(r, figure.ID)))
		}
	}
	if len(names) > 0 && len(names) == len(figures) {
		return all
	}
	return kit.List(names)
}

// missingWords says which figures of a result are missing and why, a sentence a reason.
func missingWords(r *model.TeamResult) []string {
	var said []string
	for _, reason := range model.Protective() {
		if levels := withheldOf(r, reason); len(levels) > 0 {
			said = append(said, kit.Sentence(kit.List(levels))+" "+kit.OneOrMany(countWithheld(r, reason), "is", "are")+
				" withheld to protect people: "+protectionWords(reason)+". It depends on who took part, never on what they answered.")
		}
	}
	if levels := withheldOf(r, model.NotAsked); len(levels) > 0 {
		said = append(said, "There is no data on "+kit.List(levels)+": a pulse has one question a competency, too little to read one by one.")
	}
	return said
}

func countWithheld(r *model.TeamResult, reason model.Withheld) int {
	count := 0
	for figure := range allFigures(r.Aggregate) {
		if figure.Withheld == reason {
			count++
		}
	}
	return count
}

// stepWords say how coarsely the figures of a result are rounded.
func stepWords(r *model.TeamResult) string {
	coarsest, finest := 0.0, 0.0
	for figure := range allFigures(r.Aggregate) {
		if figure.Withheld != model.Published || figure.Step == 0 {
			continue
		}
		coarsest = max(coarsest, figure.Step)
		if finest == 0 || figure.Step < finest {
			finest = figure.Step
		}
	}
	switch {
	case coarsest == 0:
		return ""
	case coarsest == finest:
		return "Means are rounded to " + stepName(coarsest) + "."
	}
	return "Means are rounded to " + stepName(finest) + ", some to " + stepName(coarsest) + "."
}

func stepName(step float64) string {
	switch step {
	case 0.5:
		return "half levels"
	case 0.2:
		return "fifths of a level"
	}
	return "tenths of a level"
}

// teamTargets are the shipped targets of a competency, one a scope in the order of scopes, without those that
// say the same.
func teamTargets(r *model.TeamResult, competency string) []float64 {
	var targets []float64
	add := func(byCompetency map[string]float64) {
		target, found := byCompetency[competency]
		for _, other := range targets {
			found = found && other != target
		}
		if found {
			targets = append(targets, target)
		}
	}
	for _, scope := range r.Scopes {
		add(r.Aggregate.Targets[scope.ID])
	}
	if len(r.Scopes) == 0 {
		for _, byCompetency := range r.Aggregate.Targets {
			add(byCompetency)
		}
	}
	return targets
}

// distanceWords says how far a published mean lies from a target, as published and no finer; where that is less than
// answering again would do, that it is too close to call.
func distanceWords(r *model.TeamResult, figure model.TeamFigure, target float64) string {
	mean := figure.Mean
	distance := mean.Value - target
	if report.TooClose(r, figure, target) {
		return tooClose
	}
	beyond := ""
	switch {
	case mean.AtLeast && distance >= 0, mean.AtMost && distance <= 0:
		beyond = " or more"
	}
	if distance > 0 {
		return kit.Score(distance) + beyond + " above"
	}
	return kit.Score(-distance) + beyond + " below"
}

// tooClose is what is said of a mean that can't be told from a target.
const tooClose = "too close to call"

// quartilesWords writes the middle half of those who took part; "" where it isn't published.
func quartilesWords(figure model.TeamFigure) string {
	if len(figure.Quartiles) < 3 {
		return ""
	}
	return published(figure.Quartiles[0]) + " to " + published(figure.Quartiles[2])
}

// hasQuartiles reports whether a spread is published for any of the figures.
func hasQuartiles(figures []model.TeamFigure) bool {
	for _, figure := range figures {
		if figure.Withheld == model.Published && len(figure.Quartiles) >= 3 {
			return true
		}
	}
	return false
}
