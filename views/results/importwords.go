package results

import (
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/views/kit"
)

// partWords are what parts of a file are called, one and many.
var partWords = map[model.PartKind][2]string{
	model.AssessmentPart: {"assessment", "assessments"},
	model.CommitmentPart: {"commitment", "commitments"},
	model.EntryPart:      {"entry in the log", "entries in the log"},
	model.MapPart:        {"depth map", "depth maps"},
	model.ReviewPart:     {"review by a mentor", "reviews by mentors"},
	model.TargetsPart:    {"set of targets", "sets of targets"},
	model.CadencePart:    {"rhythm of reminders", "rhythms of reminders"},
}

// fileBound says how large a file may be.
var fileBound = fmt.Sprintf("It may have up to %d MiB, and %d MiB once it is compressed.", report.LongestHistory>>20, report.LongestPacked>>20)

// TooLarge says that a file is larger than that.
func TooLarge() string { return "This file is larger than any export of one person. " + fileBound }

// partsWords counts parts of a kind.
func partsWords(kind model.PartKind, count int) string {
	return kit.Plural(count, partWords[kind][0], partWords[kind][1])
}

// CheckTitle is what the page of a file that was sent is called.
func CheckTitle(check *model.ImportCheck) string {
	switch fresh := check.All(model.NewPart); {
	case check.Brought != nil:
		return "Brought in"
	case fresh == 0:
		return "Nothing in this file is new"
	case len(check.Room) > 0:
		return "There is no room for this file"
	default:
		return "What this file would bring"
	}
}

// broughtWords says what was brought in.
func broughtWords(brought map[model.PartKind]int) string {
	var parts []string
	for _, kind := range model.PartKinds {
		if brought[kind] > 0 {
			parts = append(parts, partsWords(kind, brought[kind]))
		}
	}
	if len(parts) == 0 {
		return "Nothing was new, so nothing was changed."
	}
	return kit.Sentence(kit.List(parts)) + " came in."
}

// bringWords are the words of the button.
func bringWords(check *model.ImportCheck) string {
	if check.All(model.NewPart) == 1 {
		return "Bring in what is new, one thing"
	}
	return fmt.Sprintf("Bring in what is new, %d things", check.All(model.NewPart))
}

// wrongPlace says where something is wrong.
func wrongPlace(wrong model.FileError) string {
	return fmt.Sprintf("Line %d, column %d", wrong.Line, wrong.Column)
}
