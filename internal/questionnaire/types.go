// Package questionnaire holds what Whetstone asks: the competency model, the questionnaires and the practices, loaded
// strictly from YAML so that a mistake in a file is reported with its line and never reaches a manager.
package questionnaire

// Level bounds of the response scale. Anchors have words at 1, 3 and 5; 2 and 4 are in between.
const (
	LowestLevel  = 1
	HighestLevel = 5
)

// Model is the competency model that every questionnaire and practice refers to by id.
type Model struct {
	Areas    []Area
	Outcomes []Outcome
	Pillars  []Pillar
	Scopes   []Scope
	Crafts   []Craft
}

// Area is a group of competencies that are shown and scored together.
type Area struct {
	ID           string
	Name         string
	About        string
	Competencies []Competency
}

// Competency is one thing that staying technical asks of a manager.
type Competency struct {
	ID   string
	Name string
	// Boundary says in a few words what keeps this competency apart from its neighbours.
	Boundary string
	// Area is the id of the area that the competency belongs to.
	Area string
}

// Outcome is a reason why it matters, a second lens on the same answers.
type Outcome struct {
	ID    string
	Name  string
	About string
}

// Pillar is one of the two foundations of a manager's leadership.
type Pillar struct {
	ID   string
	Name string
}

// Scope is what a manager is responsible for: a first team, several teams, or nothing yet.
type Scope struct {
	ID    string
	Name  string
	About string
	// InText is what somebody is technical enough for, inside a sentence: "leading a first team".
	InText string
}

// Craft is the kind of engineering around a manager; it decides which illustration an item shows, and which
// words stand for the people and the work in it.
type Craft struct {
	ID    string
	Name  string
	About string
	Terms Terms
}

// Terms are the words of a craft by the names of the placeholders that stand for them in texts and anchors:
// "{person}" is an engineer or a scientist. A placeholder with a capital letter begins a sentence.
type Terms map[string]string

// Form is how much of a questionnaire is asked.
type Form string

const (
	// FormFull asks every item.
	FormFull Form = "full"
	// FormPulse asks one item of each competency, for the time between two full assessments.
	FormPulse Form = "pulse"
)

// Valid reports whether f is one of the two forms.
func (f Form) Valid() bool { return f == FormFull || f == FormPulse }

// Questionnaire is what one scope is asked.
type Questionnaire struct {
	ID      string
	Version int
	// Scope is the id of the scope in the model.
	Scope   string
	Name    string
	About   string
	Minutes Minutes
	Scale   Scale
	// Sections has one entry for each competency that is asked, in file order. It is the file's
	// list "competencies".
	Sections []Section
}

// Minutes says about how long each form takes.
type Minutes struct {
	Full  int
	Pulse int
}

// Of returns the minutes of one form.
func (m Minutes) Of(form Form) int {
	if form == FormPulse {
		return m.Pulse
	}
	return m.Full
}

// Scale is the part of the response scale that all items share. Like an item it is stored by its hash. The fields are
// in the order of their JSON names, see canonical.
type Scale struct {
	// Absent is the answer for what did not come up; it lowers no score.
	Absent string `json:"absent"`
	// Between words the levels 2 and 4, which items leave unworded.
	Between Between `json:"between"`
	// Instruction says how to choose a level.
	Instruction string `json:"instruction"`
}

// Between words the two levels that lie between an item's anchors.
type Between struct {
	Two  string `json:"2"`
	Four string `json:"4"`
}

// Anchors says what one would see at the levels 1, 3 and 5. They are cumulative: each includes
// the one below.
type Anchors struct {
	One   string `json:"1"`
	Three string `json:"3"`
	Five  string `json:"5"`
}

// At returns the anchor at level 1, 3 or 5, and "" at any other level.
func (a Anchors) At(level int) string {
	switch level {
	case 1:
		return a.One
	case 3:
		return a.Three
	case 5:
		return a.Five
	}
	return ""
}

// Label returns the words of any level 1 to 5: the anchor, or the scale's words between two anchors. For any other
// level it is "".
func (s Scale) Label(anchors Anchors, level int) string {
	switch level {
	case 2:
		return s.Between.Two
	case 4:
		return s.Between.Four
	}
	return anchors.At(level)
}

// Section is one competency in one questionnaire. Its rubric and items may hold placeholders and be meant for some
// crafts only; Questionnaire.For gives what a craft is asked.
type Section struct {
	// Rubric is what a mentor rates by. Its fields Competency, Definition and Anchors read as the
	// section's own.
	Rubric
	// Target is the target suggested for this competency at this scope, 2.0 to 4.0 in halves.
	Target float64
	// Importance weighs the competency's gap, 1 to 3.
	Importance int
	// Pulse is the id of the one item that the pulse form asks.
	Pulse string
	Items []Item
}

// Rubric is what a mentor rates a competency by, as a whole. Like an item it is stored by its hash, so that an old
// rating renders as it was read. The fields are in the order of their JSON names, see canonical.
type Rubric struct {
	Anchors    Anchors `json:"anchors"`
	Competency string  `json:"competency"`
	Definition string  `json:"definition"`
	// Terms has the terms of every craft that the placeholders stand for. It is empty once they are filled in.
	Terms map[string]Terms `json:"-"`
}

// Item is one question. It carries everything that is needed to show it again after the files have changed. The fields
// are in the order of their JSON names, see canonical.
type Item struct {
	Anchors Anchors `json:"anchors"`
	// Competency is the id of the competency that the item belongs to.
	Competency string `json:"competency"`
	// Crafts has the ids of the crafts that are asked the item; empty for all. It isn't stored: an assessment has only
	// the items of its own craft.
	Crafts []string `json:"-"`
	ID     string   `json:"id"`
	// Illustrations has one concrete situation for each craft id that is asked the item.
	Illustrations map[string]string `json:"illustrations"`
	// Outcomes has the ids of the one or two outcomes that the item serves.
	Outcomes []string `json:"outcomes"`
	Pillar   string   `json:"pillar"`
	// Terms has the terms of every craft that the placeholders stand for. It is empty once they are filled in.
	Terms map[string]Terms `json:"-"`
	Text  string           `json:"text"`
}

// Practice is something concrete to do about a gap.
type Practice struct {
	ID         string
	Competency string
	// Scopes has the ids of the scopes that the practice suits.
	Scopes []string
	// Crafts has the ids of the crafts that the practice suits.
	Crafts []string
	// Serves has the ids of the items that the practice works on. It is offered first if one of them has the lowest
	// answer of its competency.
	Serves []string
	// When completes "When ...", the occasion at which the practice is done.
	When   string
	Text   string
	Effort string
	// Notice completes "You would notice: ...".
	Notice string
}

// Guide is one page, meant for printing, on how to do something well.
type Guide struct {
	ID string
	// Competencies has the ids of those whose results link to the guide.
	Competencies []string
	Title        string
	// About says who it is for.
	About string
	Parts []GuidePart
	// Well and Badly say how one can tell that it went well or badly.
	Well, Badly []string
}

// GuidePart is one step of a guide, with what to do.
type GuidePart struct {
	Title string
	Steps []string
}

// Domain is a part of the work that a manager may know in depth or not at all.
type Domain struct {
	ID, Name string
	// InText is the name as it stands inside a sentence.
	InText string
	// About says what counts as knowing it.
	About string
	// Scopes and Crafts have the ids of those to which it is offered.
	Scopes, Crafts []string
}

// Role is somebody on whom a manager may rely for a domain, by what they do rather than by name.
type Role struct {
	ID, Name string
	// InText is the role as it stands inside a sentence.
	InText string
	Crafts []string
}

// Depths is what the depth map offers.
type Depths struct {
	Domains []Domain
	Roles   []Role
	// Practices has the id of the practice for each finding about which something can be done.
	Practices map[string]string
}

// Library is everything that was loaded.
type Library struct {
	Model Model
	// Questionnaires has the shipped ones first, in the order of the model's scopes, then the
	// operator's, by folder and file name.
	Questionnaires []Questionnaire
	Practices      []Practice
	Guides         []Guide
	Depths         Depths
}
