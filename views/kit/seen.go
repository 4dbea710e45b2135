package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"whetstone/internal/model"
)

// tie separates a field's name from its seen token.
const tie = "@"

// Tied returns the name of a field that shows something stored: its own name, and the seen token of what the page saw.
// After Back, or when a tab is reopened, browsers restore a form's content by the names of its fields. With tied names
// they never restore an earlier state into a page that shows a later one, and a form says by itself what it was
// changed from, with or without a script.
func Tied(name, seen string) string { return name + tie + seen }

// TiedID returns the id of a field with a tied name; Firefox restores a reopened tab's text by the id. A field that
// can't be taken has its plain id, to which the summary of errors links: its page is the answer to a form, which no
// browser reopens by itself.
func TiedID(page Page, name, seen string) string {
	if page.FieldError(name) != "" {
		return page.Id(name)
	}
	return page.Id(Tied(name, seen))
}

// TiedTo returns the tied name of a field that has no seen token of its own: a hash of what it shows takes its place.
func TiedTo(name, shown string) string {
	sum := sha256.Sum256([]byte(shown))
	return Tied(name, hex.EncodeToString(sum[:6]))
}

// Untied splits the name of a sent field into its own name and the seen token; tied is false for a name without a
// token.
func Untied(sent string) (name, seen string, tied bool) { return strings.Cut(sent, tie) }

// Changed is what was saved elsewhere after a page was shown on which it was changed, too. It is shown next to the
// page's own version, and the person chooses.
type Changed struct {
	// Item is what it is about, under its name in forms.
	Item string
	// Seen is the seen token of what is saved.
	Seen string
	// Level is the saved level in words, "" if it is not in conflict; Texts are the saved texts.
	Level string
	Texts []string
	// Answer is what is saved, for a script.
	Answer any
}

// answer returns Answer as an attribute holds it.
func (c Changed) answer() (string, error) {
	content, err := json.Marshal(c.Answer)
	return string(content), err
}

// FormConflictID is the place of a FormConflict, to which the summary of errors leads.
const FormConflictID = "counts"

// KeepSaved is the value of the choice for what was saved elsewhere. The value of the choice for the page's own
// version is the seen token of what it would replace.
const KeepSaved = "elsewhere"

// ChangedField returns the name of the field for the choice between the saved version and the page's.
func ChangedField(item string) string { return "counts." + item }

// AnsweredWords puts a saved answer's level into words.
func AnsweredWords(assessment *model.Assessment, id string, level model.Level) string {
	item, _, _ := assessment.Item(id)
	return withAnchor(LevelWords(assessment, level), assessment.Scale.Label(item.Anchors, int(level)))
}

// RatedWords puts a saved rating's level into words.
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
