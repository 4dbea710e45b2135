package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"whetstone/internal/model"
)

// tie divides the name of a field from the seen token of what it was shown with.
const tie = "@"

// Tied is the name of a field that shows something stored: its own name, and the seen token of what the page saw.
// Browsers give back what once stood in a form, after Back or when a tab is opened again, by the names of its
// fields: so they give nothing of an earlier state to a page that shows a later one, and what a form sends says
// by itself what it was changed from, with a script and without.
func Tied(name, seen string) string { return name + tie + seen }

// TiedID is the id of a field with a tied name, by which Firefox gives back the text of a tab that is opened
// again. One that can't be taken has its plain id, to which the summary of errors leads: it stands on the answer to
// a form, which no browser opens again by itself.
func TiedID(page Page, name, seen string) string {
	if page.FieldError(name) != "" {
		return page.Id(name)
	}
	return page.Id(Tied(name, seen))
}

// TiedTo is the tied name of a field that has no seen token of its own: what it shows stands for itself.
func TiedTo(name, shown string) string {
	sum := sha256.Sum256([]byte(shown))
	return Tied(name, hex.EncodeToString(sum[:6]))
}

// Untied divides the name of a field that a form sends into its own name and the seen token of what the page saw; tied is
// false for one that carries no seen token.
func Untied(sent string) (name, seen string, tied bool) { return strings.Cut(sent, tie) }

// Changed is what was saved elsewhere of something that was changed on a page, too, since the page was shown: it
// stands beside what the page holds, and the person chooses.
type Changed struct {
	// Item is what it is about, as forms name it.
	Item string
	// Seen is the seen token of what is saved.
	Seen string
	// Level words the level that is saved, "" where that is not in question; Texts are the texts that are.
	Level string
	Texts []string
	// Answer is what is saved, for a script.
	Answer any
}

// answer is Answer as an attribute holds it.
func (c Changed) answer() (string, error) {
	content, err := json.Marshal(c.Answer)
	return string(content), err
}

// KeepSaved is what a form sends as the choice for what was saved elsewhere; the choice for what stands on the
// page is the seen token of what it then takes the place of.
const KeepSaved = "elsewhere"

// ChangedField is the field of the choice between what is saved and what stands on the page.
func ChangedField(item string) string { return "counts." + item }

// AnsweredWords words a level that is saved as the answer to an item.
func AnsweredWords(assessment *model.Assessment, id string, level model.Level) string {
	item, _, _ := assessment.Item(id)
	return withAnchor(LevelWords(assessment, level), assessment.Scale.Label(item.Anchors, int(level)))
}

// RatedWords words a level that is saved as a rating.
func RatedWords(rating *model.RatingPage, level model.Level) string {
	switch level {
	case model.Blank:
		return "Not rated"
	case model.Absent:
		return "Not observed"
	}
	return withAnchor(fmt.Sprint(int(level)), Anchored(rating.Shared, rating.Competency, int(level)))
}

func withAnchor(level, anchor string) string {
	if anchor == "" {
		return level
	}
	return level + ", " + anchor
}
