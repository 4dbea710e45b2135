package team

import (
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// outcomeName words what became of a team's practice; "" while the team is at it.
func outcomeName(became model.Became) string {
	switch became {
	case model.Kept:
		return "Kept"
	case model.PartlyKept:
		return "Partly"
	case model.Dropped:
		return "Dropped"
	case model.Replaced:
		return "Replaced"
	}
	return ""
}

func outcomeMeans(became model.Became) string {
	switch became {
	case model.Kept:
		return "Most did it whenever its occasion came."
	case model.PartlyKept:
		return "Some did, or some of the times."
	}
	return "It was given up."
}

// practiceBecame says what became of a practice, as a sentence.
func practiceBecame(practice model.TeamPractice) string {
	if practice.Open() {
		return "The team is still at it."
	}
	if practice.Became == model.PartlyKept {
		return "Partly kept."
	}
	return outcomeName(practice.Became) + "."
}

func practiceSince(zone model.Zone, practice *model.TeamPractice) string {
	words := "Since " + zone.LongDate(practice.SetAt)
	if practice.Competency.Name != "" {
		words += ", for " + kit.InText(practice.Competency.Name)
	}
	return words + "."
}

func practiceDays(zone model.Zone, practice model.TeamPractice) string {
	words := zone.LongDates(practice.SetAt, practice.EndedAt)
	if practice.Competency.Name != "" {
		words += ", for " + kit.InText(practice.Competency.Name)
	}
	return words + "."
}

func proposedWords(zone model.Zone, proposal model.TeamProposal) string {
	by := "By " + text.Isolated(proposal.By)
	if proposal.Mine {
		by = "By you"
	}
	words := by + ", on " + zone.LongDate(proposal.MadeAt)
	if proposal.Competency.Name != "" {
		words += ", for " + kit.InText(proposal.Competency.Name)
	}
	return words + "."
}

func setWords(current *model.TeamPractice) string {
	if current == nil {
		return "Make it our practice"
	}
	return "Take it instead of ours"
}

func withdrawWords(proposal model.TeamProposal) string {
	if proposal.Mine {
		return "Withdraw it"
	}
	return "Take it off the list"
}

func practiceLink(home *model.TeamHome) string {
	switch {
	case home.Proposals > 0:
		return kit.Sentence(kit.Counted(home.Proposals, "proposal", "proposals")) + " to read, or propose another"
	case home.Practice != nil:
		return "What it is about, and what we were at before"
	}
	return "Propose one"
}

// besideWords say how the competency of a practice moved, in the word that was published; "" where there is none.
func besideWords(r *model.TeamResult, practice model.TeamPractice) string {
	figure, found := r.Aggregate.Figure(practice.Competency.ID)
	if practice.Competency.ID == "" || !found || figure.Withheld != model.Published || r.Compared == nil && r.Unpaired == nil {
		return ""
	}
	if r.Compared == nil {
		return fmt.Sprintf("%s since %s, by the means alone: %s.", practice.Competency.Name, kit.Quoted(r.Unpaired.Since.Name), teamChange(changeIn(r, figure)))
	}
	return fmt.Sprintf("%s since %s: %s.", practice.Competency.Name, kit.Quoted(r.Compared.Name), teamChange(figure.Change))
}

// stepPractice says in a cell what the team was at before a cycle.
func stepPractice(result *model.TeamResult) []string {
	var said []string
	for _, practice := range result.Practices {
		words := kit.Quoted(practice.Words)
		if name := outcomeName(practice.Became); name != "" {
			words = name + ": " + words
		}
		said = append(said, words)
	}
	return said
}
