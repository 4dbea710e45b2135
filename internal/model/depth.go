package model

import (
	"time"

	"whetstone/internal/questionnaire"
)

// What bounds depth maps.
const (
	// OwnDomains is how many domains of their own a manager may place.
	OwnDomains = 8
	// DomainLimit is how many characters the name of such a domain may have, WhomLimit the words for whom one relies on.
	DomainLimit = 48
	WhomLimit   = 60
	// MapLimit is how many maps a manager may keep.
	MapLimit = 60
	// FirstHandsOn is the earliest year in which anybody may have worked in something.
	FirstHandsOn = 1950
	// WholeFrom is from how many placed domains on a map is read as a whole.
	WholeFrom = 5
	// FadedAfter is after how many years hands-on work counts as long ago.
	FadedAfter = 4
)

// Depth is how well a manager knows a domain today, in four levels of behaviour; "" while it isn't placed.
type Depth string

// The depths, the least first.
const (
	NoDepth    Depth = "none"
	Conversant Depth = "conversant"
	Working    Depth = "working"
	Deep       Depth = "deep"
)

// Depths are the depths, the least first.
var Depths = []Depth{NoDepth, Conversant, Working, Deep}

// Little reports whether somebody of this depth could judge nothing by themselves.
func (d Depth) Little() bool { return d == NoDepth || d == Conversant }

// Weight is how much hangs on a domain; "" while it isn't placed.
type Weight string

// The weights, the greatest first.
const (
	High   Weight = "high"
	Medium Weight = "medium"
	Low    Weight = "low"
)

// Weights are the weights, the greatest first.
var Weights = []Weight{High, Medium, Low}

// Matters reports whether a bad decision would cost more than nobody notices.
func (w Weight) Matters() bool { return w == High || w == Medium }

// Placement is what a manager says of one domain.
type Placement struct {
	// Domain is the domain's id. Own reports whether it is the manager's own; it is then called "own-1" and so on.
	Domain string
	Own    bool
	// Name and InText are what the domain was called when it was placed.
	Name, InText string
	Depth        Depth
	Weight       Weight
	// Role is the id of the role that they rely on, "" for nobody or somebody in their own words. Whom is the words.
	Role, Whom string
	// Asked reports whether they asked that somebody something in the last three months.
	Asked bool
	// Year is the last one in which they worked in the domain themselves; 0 if they don't say.
	Year int
	// Revision counts the changes of it in a draft.
	Revision int
}

// Said reports whether anything is said of the domain.
func (p Placement) Said() bool {
	return p.Depth != "" || p.Weight != "" || p.Whom != "" || p.Year != 0 || p.Own && p.Name != ""
}

// Placed reports whether the domain has its place in the grid.
func (p Placement) Placed() bool { return p.Depth != "" && p.Weight != "" }

// Covered reports whether there is somebody to rely on.
func (p Placement) Covered() bool { return p.Whom != "" }

// DepthMap is where one manager placed the domains, once.
type DepthMap struct {
	ID, ManagerID string
	Scope, Craft  string
	StartedAt     time.Time
	// FinishedAt is when it was frozen; zero for one that is still being made.
	FinishedAt time.Time
	// Placements are those of a finished map that are placed; of a draft, all that was said.
	Placements []Placement
	// Among is when all maps of the manager were finished, this one too, where all were read.
	Among []time.Time
}

// Finished reports whether the map is frozen.
func (m DepthMap) Finished() bool { return !m.FinishedAt.IsZero() }

// Placement is what the map says of a domain.
func (m DepthMap) Placement(domain string) (Placement, bool) {
	for _, placement := range m.Placements {
		if placement.Domain == domain {
			return placement, true
		}
	}
	return Placement{}, false
}

// BeginMapInput is the form by which a map is begun. From is the client that sends it, Zone that of a new visitor.
type BeginMapInput struct {
	Scope, Craft, From string
	Zone               Zone
}

// BegunMap is a map that was begun, or that was under way already.
type BegunMap struct {
	ID       string
	UnderWay bool
}

// PlacementInput is what a form says of one domain, as typed.
type PlacementInput struct {
	Domain, Name, Depth, Weight, Role, Whom, Year string
	Asked                                         bool
	// Seen says what the page saw.
	Seen string
}

// PlacementRow is one domain on the page where they are placed.
type PlacementRow struct {
	Domain questionnaire.Domain
	Own    bool
	Input  PlacementInput
	// Typed reports whether Input is what a page sent, and differs from what is kept.
	Typed bool
}

// PlacesPage is the page where domains are placed.
type PlacesPage struct {
	Map  DepthMap
	Rows []PlacementRow
	// Roles are those on whom one may rely.
	Roles []questionnaire.Role
	// Since is when the map was finished that this one began from; zero for a first one. Among is when all were finished.
	Since time.Time
	Among []time.Time
	// Left are the domains of that map that this one has not, since nothing asks about them here.
	Left []Placement
	// Room is how many of them can go along as domains of the manager's own.
	Room int
}

// DepthRule is what is said of a domain, or of a map.
type DepthRule string

// What may be said of a domain, in the order in which the rules are tried.
const (
	Exposed     DepthRule = "exposed"
	HalfExposed DepthRule = "half-exposed"
	Alone       DepthRule = "alone"
	Thin        DepthRule = "thin"
	Unasked     DepthRule = "unasked"
	Covered     DepthRule = "covered"
	OwnDepth    DepthRule = "own"
	Spare       DepthRule = "spare"
)

// What may be said of a whole map.
const (
	NoneDeep   DepthRule = "no-depth"
	Elsewhere  DepthRule = "depth-elsewhere"
	Broad      DepthRule = "broad"
	Blanks     DepthRule = "blanks"
	OneForMany DepthRule = "one-for-many"
	Expert     DepthRule = "expert"
	Faded      DepthRule = "faded"
)

// DepthClass is of what kind a finding of a domain is.
type DepthClass string

// The classes, what asks for most first.
const (
	RiskClass     DepthClass = "risk"
	WatchClass    DepthClass = "watch"
	HealthyClass  DepthClass = "healthy"
	StrengthClass DepthClass = "strength"
	NoteClass     DepthClass = "note"
)

// Class is of what kind a rule's finding is.
func (r DepthRule) Class() DepthClass {
	switch r {
	case Exposed:
		return RiskClass
	case HalfExposed, Alone, Thin, Unasked:
		return WatchClass
	case Covered:
		return HealthyClass
	case OwnDepth:
		return StrengthClass
	}
	return NoteClass
}

// DomainFinding is what a map says of one domain.
type DomainFinding struct {
	Rule      DepthRule
	Placement Placement
	// Practice is what may be done about it; nil for nothing.
	Practice *questionnaire.Practice
}

// MapFinding is what a map says as a whole.
type MapFinding struct {
	Rule DepthRule
	// Count of Of domains are what the finding is about.
	Count, Of int
	// Domains are those that it names.
	Domains []Placement
	// Whom is on whom all of them rest.
	Whom string
	// Practice is what may be done about it; nil for nothing.
	Practice *questionnaire.Practice
}

// DepthReading is a finished map with what it says.
type DepthReading struct {
	Map   DepthMap
	Scope questionnaire.Scope
	Craft questionnaire.Craft
	// Domains has one finding at most for each domain: by class, then by weight, then by depth, the least first.
	Domains []DomainFinding
	// Whole is what is said of the whole map; nothing below WholeFrom domains.
	Whole []MapFinding
	// Followed is how many of Matter domains that matter the manager can at least follow.
	Followed, Matter int
}

// Of gives the findings of a class.
func (r *DepthReading) Of(classes ...DepthClass) []DomainFinding {
	var all []DomainFinding
	for _, class := range classes {
		for _, finding := range r.Domains {
			if finding.Rule.Class() == class {
				all = append(all, finding)
			}
		}
	}
	return all
}

// Says is what the map says of the whole by a rule.
func (r *DepthReading) Says(rule DepthRule) (MapFinding, bool) {
	for _, finding := range r.Whole {
		if finding.Rule == rule {
			return finding, true
		}
	}
	return MapFinding{}, false
}

// DepthMove is what became of one domain between two maps.
type DepthMove struct {
	Before, After Placement
}

// DepthMoves is what became of a manager's domains between two maps.
type DepthMoves struct {
	Before, After DepthMap
	// Moved are those that are in both and were placed otherwise.
	Moved []DepthMove
	// New are those that only the later one has, Gone those that only the earlier one has, Unasked those of them about which
	// the later one does not ask.
	New, Gone, Unasked []Placement
	// OtherScope reports whether the scope of the later one differs.
	OtherScope bool
}

// HandsOn is the record of a domain over the maps: in which year the manager last worked in it, by their own word.
type HandsOn struct {
	Placement Placement
	// Points are the maps that say so, the oldest first.
	Points []HandsOnPoint
}

// HandsOnPoint is how many years ago, at a map, the last hands-on work in a domain was.
type HandsOnPoint struct {
	// Map is the place of the map among those that the record is over, from 0.
	Map   int
	At    time.Time
	Years int
}

// DepthMapPage is a finished map, what moved since an earlier one, and the record of hands-on work up to it.
type DepthMapPage struct {
	*DepthReading
	// Earlier are the maps before this one, the newest first. Moves is since one of them; nil for the first map.
	Earlier []DepthMap
	Moves   *DepthMoves
	HandsOn []HandsOn
	// Mentors are what mentors would move on it, the latest first, each mentor once.
	Mentors []MentorMove
	// Beside is the assessment nearest to the map; nil where none is near enough.
	Beside *Assessment
}

// BesideLimit is how far apart a map and an assessment may have been finished that stand beside each other.
const BesideLimit = 6 * 7 * 24 * time.Hour

// MapBeside is what the result of an assessment says of its manager's depth maps.
type MapBeside struct {
	// Map is the finished one nearest to the assessment; nil where none is near enough.
	Map *DepthReading
	// At is when the assessment was finished.
	At time.Time
	// Any reports whether there are finished maps at all, Draft whether there is one that is being made.
	Any, Draft bool
}

// Risk is the first risk of the map that stands beside an assessment.
func (b *MapBeside) Risk() (first DomainFinding, found bool) {
	if b.Map == nil {
		return first, false
	}
	if risks := b.Map.Of(RiskClass); len(risks) > 0 {
		return risks[0], true
	}
	return first, false
}

// DepthMaps is what a manager has of maps, and what a new one begins with.
type DepthMaps struct {
	// Drafts are those that are being made, the newest first: one at most, but where two histories were laid together.
	Drafts []DepthMap
	// Finished are those that are frozen, the newest first.
	Finished []*DepthReading
	Scopes   []questionnaire.Scope
	Crafts   []questionnaire.Craft
	// Scope and Craft are chosen.
	Scope, Craft string
	// Latest is the assessment that was finished last, beside which a mentor may see a map; "" where none is finished.
	Latest string
}
