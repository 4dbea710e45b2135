package report

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/text"
)

var (
	// firstMoment is before anything that can have been exported.
	firstMoment = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	// anID is what an id in an export looks like.
	anID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)
)

const (
	// fastClock is by how much the clock of another installation may be ahead of ours.
	fastClock = 5 * time.Minute
	oneDay    = 24 * time.Hour
)

// id checks an id that must not stand twice.
func (h *historyReader) id(at place, kind model.PartKind, id string) {
	if !anID.MatchString(id) {
		h.fail(at, "This is no id.", "id")
	}
	if key := string(kind) + " " + id; h.seen[key] {
		h.fail(at, "This id stands twice in the file.", "id")
	} else {
		h.seen[key] = true
	}
}

// named checks the id of something that isn't in the file itself, such as a practice; it may be left out.
func (h *historyReader) named(at place, id string, path ...any) {
	if id != "" && !anID.MatchString(id) {
		h.fail(at, "This is no id.", path...)
	}
}

// moment checks a moment: in UTC, of whole milliseconds, not before another one and not in the future.
func (h *historyReader) moment(at place, moment, from time.Time, path ...any) {
	_, offset := moment.Zone()
	switch {
	case offset != 0 || !moment.Equal(moment.Truncate(time.Millisecond)):
		h.fail(at, "An export has its moments in UTC, to the millisecond.", path...)
	case moment.Before(firstMoment):
		h.fail(at, "This was before there was anything to export.", path...)
	case moment.After(h.now.Add(fastClock)):
		h.fail(at, "This lies in the future.", path...)
	case moment.Before(from):
		h.fail(at, "This comes before what it follows.", path...)
	}
}

// later checks a moment that may be missing.
func (h *historyReader) later(at place, moment *time.Time, from time.Time, path ...any) {
	if moment != nil {
		h.moment(at, *moment, from, path...)
	}
}

// day checks a day: not before one, and not after another.
func (h *historyReader) day(at place, day string, from, to time.Time, path ...any) time.Time {
	read, err := time.Parse(model.DateLayout, day)
	switch {
	case err != nil:
		h.fail(at, inWords(day)+" is no day.", path...)
	case read.Before(from):
		h.fail(at, "This day is too early.", path...)
	case read.After(to):
		h.fail(at, "This day lies too far in the future.", path...)
	}
	return read
}

// text checks the length of a text; one that must say something may not be empty.
func (h *historyReader) text(at place, words string, limit int, must bool, path ...any) {
	if length := utf8.RuneCountInString(words); length > limit {
		h.fail(at, fmt.Sprintf("This text has %d characters; %d are kept at most.", length, limit), path...)
	}
	if must && words == "" {
		h.fail(at, "This must not be empty.", path...)
	}
}

// line is text for what stands on one line, such as a name.
func (h *historyReader) line(at place, words string, limit int, must bool, path ...any) {
	h.text(at, words, limit, must, path...)
	if text.Line(words) != words {
		h.fail(at, "This stands on one line: no line breaks, no tabs and no doubled blanks.", path...)
	}
}

// known checks that this installation has something, and names what it lacks once.
func (h *historyReader) known(at place, what, id string, found bool, path ...any) {
	if found || h.lacking[what+id] {
		return
	}
	h.lacking[what+id] = true
	h.fail(at, "This installation doesn’t have the "+what+" "+inWords(id)+". Whoever runs it can add it to its data; nothing of this file can be brought in before.", path...)
}

// competency checks the id of a competency.
func (h *historyReader) competency(at place, id string, path ...any) {
	_, found := h.reports.Library.Model.Competency(id)
	h.known(at, "competency", id, found, path...)
}

// place checks the ids of a scope and a craft.
func (h *historyReader) place(at place, scope, craft string) {
	_, found := h.reports.Library.Model.Scope(scope)
	h.known(at, "scope", scope, found, "scope")
	_, found = h.reports.Library.Model.Craft(craft)
	h.known(at, "craft", craft, found, "craft")
}

func (h *historyReader) target(at place, e *ExportedTarget, all *[]model.ScopeTarget) error {
	if !h.trusted {
		_, found := h.reports.Library.Model.Scope(e.Scope)
		h.known(at, "scope", e.Scope, found, "scope")
		h.competency(at, e.Competency, "competency")
		if e.Target < 2 || e.Target > 4 || math.Mod(e.Target*2, 1) != 0 {
			h.fail(at, "A target is from 2 to 4, in steps of a half.", "target")
		}
		if e.Importance < 1 || e.Importance > 3 {
			h.fail(at, "An importance is from 1 to 3.", "importance")
		}
		if key := "target " + e.Scope + " " + e.Competency; h.seen[key] {
			h.fail(at, "There is a target for this competency already.", "competency")
		} else {
			h.seen[key] = true
		}
	}
	*all = append(*all, model.ScopeTarget{Scope: e.Scope, Target: model.Target{Competency: e.Competency, Value: e.Target, Importance: e.Importance}})
	return nil
}

func (h *historyReader) cadence(at place, e *ExportedCadence) error {
	before := len(h.wrong)
	if !h.trusted {
		for name, weeks := range map[string]int{"pulse_weeks": e.PulseWeeks, "full_weeks": e.FullWeeks} {
			if weeks < 0 || weeks > model.LongestInterval {
				h.fail(at, fmt.Sprintf("This is from 0 to %d weeks.", model.LongestInterval), name)
			}
		}
		h.moment(at, e.ChosenAt, firstMoment, "chosen_at")
	}
	if len(h.wrong) > before {
		return nil
	}
	return h.hand(func() error {
		return h.visit.Cadence(model.Cadence{PulseWeeks: e.PulseWeeks, FullWeeks: e.FullWeeks, ChosenAt: e.ChosenAt})
	})
}

func (h *historyReader) commitment(at place, e *ExportedCommitment) error {
	before := len(h.wrong)
	if !h.trusted {
		h.checkCommitment(at, e)
	}
	commitment, err := e.read()
	if err != nil || len(h.wrong) > before {
		return nil
	}
	return h.hand(func() error { return h.visit.Commitment(commitment) })
}

func (h *historyReader) checkCommitment(at place, e *ExportedCommitment) {
	h.id(at, model.CommitmentPart, e.ID)
	h.competency(at, e.Competency, "competency")
	h.named(at, e.Practice, "practice")
	h.line(at, e.Domain, model.DomainLimit, false, "domain")
	h.line(at, e.Occasion, model.OccasionLimit, true, "occasion")
	h.line(at, e.Action, model.ActionLimit, true, "action")
	h.line(at, e.Notice, model.NoticeLimit, false, "notice")
	h.moment(at, e.MadeAt, firstMoment, "made_at")
	// Where it was made, the day may have been another than in UTC.
	h.day(at, e.Until, e.MadeAt.Add(-oneDay*3/2), h.now.AddDate(0, 0, model.LongestCommitment+1), "until")
	if !e.ClosedAt.IsZero() {
		h.moment(at, e.ClosedAt, e.MadeAt, "closed_at")
	}
	last := e.MadeAt
	for i, told := range e.FollowUps {
		if !slices.Contains([]model.Became{model.Kept, model.PartlyKept, model.NotKept, model.Dropped}, told.Became) {
			h.fail(at, inWords(string(told.Became))+" is nothing that becomes of a commitment.", "follow_ups", i, "became")
		}
		h.line(at, told.Line, model.LineLimit, false, "follow_ups", i, "line")
		h.moment(at, told.ToldAt, last, "follow_ups", i, "told_at")
		if last = told.ToldAt; i < len(e.FollowUps)-1 && !told.CarriedOn {
			h.fail(at, "Something is said of it after it was closed.", "follow_ups", i, "carried_on")
		}
	}
	if told := len(e.FollowUps); e.ClosedAt.IsZero() && told > 0 && !e.FollowUps[told-1].CarriedOn {
		h.fail(at, "It was closed, and the moment is missing.", "follow_ups", told-1, "carried_on")
	}
	if e.Bet != nil && !slices.Contains(model.Bets, int(math.Round(e.Bet.Chance*100))) {
		h.fail(at, "This is none of the chances from 0.1 to 0.9.", "bet", "chance")
	}
}

func (h *historyReader) entry(at place, e *ExportedEntry) error {
	before := len(h.wrong)
	if !h.trusted {
		h.id(at, model.EntryPart, e.ID)
		if e.Competency != "" {
			h.competency(at, e.Competency, "competency")
		}
		h.text(at, e.Words, model.EntryWordsLimit, true, "words")
		h.moment(at, e.MadeAt, firstMoment, "made_at")
		h.day(at, e.Day, e.MadeAt.AddDate(-model.EntryYears, 0, -2), h.now.Add(oneDay), "day")
	}
	entry, err := e.read()
	if err != nil || len(h.wrong) > before {
		return nil
	}
	return h.hand(func() error { return h.visit.Entry(entry) })
}

func (h *historyReader) depthMap(at place, e *ExportedMap) error {
	before := len(h.wrong)
	if !h.trusted {
		h.checkMap(at, e)
	}
	if len(h.wrong) > before {
		return nil
	}
	m := e.read()
	for i := range m.Placements {
		p := &m.Placements[i]
		if domain, shipped := h.reports.Library.Depths.Domain(p.Domain); shipped && domain.Name == p.Name {
			p.InText = domain.InText
		}
	}
	h.maps[m.ID] = m
	return h.hand(func() error { return h.visit.Map(m) })
}

func (h *historyReader) checkMap(at place, e *ExportedMap) {
	h.id(at, model.MapPart, e.ID)
	h.place(at, e.Scope, e.Craft)
	h.moment(at, e.StartedAt, firstMoment, "started_at")
	h.moment(at, e.FinishedAt, e.StartedAt, "finished_at")
	domains, own := map[string]bool{}, 0
	for i, p := range e.Domains {
		path := func(field string) []any { return []any{"domains", i, field} }
		h.named(at, p.Domain, path("domain")...)
		if p.Own {
			own++
		}
		if domains[p.Domain] || p.Domain == "" || own > model.OwnDomains || len(domains) >= mostGroups {
			h.fail(at, "This domain stands twice, or it is one too many.", path("domain")...)
		}
		domains[p.Domain] = true
		h.line(at, p.Name, mostDomainName, true, path("name")...)
		if p.Own {
			h.text(at, p.Name, model.DomainLimit, true, path("name")...)
		}
		if !slices.Contains(model.Depths, p.Depth) {
			h.fail(at, "This is none of the depths.", path("depth")...)
		}
		if !slices.Contains(model.Weights, p.Weight) {
			h.fail(at, "This is none of the weights.", path("weight")...)
		}
		h.named(at, p.Role, path("role")...)
		limit := model.WhomLimit
		if p.Role != "" {
			limit = mostDomainName
		}
		h.line(at, p.ReliesOn, limit, p.Role != "" || p.Asked, path("relies_on")...)
		if p.LastYear != 0 && (p.LastYear < model.FirstHandsOn || p.LastYear > h.now.Year()+1) {
			h.fail(at, "Nobody can have worked in it in this year.", path("last_year")...)
		}
	}
	if len(e.Domains) == 0 {
		h.fail(at, "A finished map places a domain at least.", "domains")
	}
}

// longestScaleText bounds a text of the scale.
const longestScaleText = 1000

// mostDomainName bounds what a shipped domain or role may be called.
const mostDomainName = 200

func (h *historyReader) review(at place, e *ExportedMentorReview) error {
	before := len(h.wrong)
	if !h.trusted {
		h.checkReview(at, e)
	}
	if len(h.wrong) > before {
		return nil
	}
	review := e.read()
	for i := range review.Moves {
		// A file says of the domain only what it is called and where it was.
		move := &review.Moves[i]
		move.From = h.placed(move.MapID, move.From.Domain)
	}
	return h.hand(func() error { return h.visit.Review(review) })
}

func (h *historyReader) checkReview(at place, e *ExportedMentorReview) {
	h.id(at, model.ReviewPart, e.ID)
	if !h.seen["finished "+e.Assessment] {
		h.fail(at, "No assessment of the file has this id.", "assessment")
	}
	if !anID.MatchString(e.Mentor) {
		h.fail(at, "This is no id.", "mentor")
	}
	if key := "review " + e.Assessment + " " + e.Mentor; h.seen[key] {
		h.fail(at, "There is a review of this assessment by this mentor already.", "mentor")
	} else {
		h.seen[key] = true
	}
	h.line(at, e.Label, model.LabelLimit, false, "label")
	h.line(at, e.Name, model.LabelLimit, false, "name")
	for name, words := range map[string]string{"overall": e.Overall, "question": e.Question, "answer": e.Answer, "reply": e.Reply} {
		h.text(at, words, model.CommentLimit, false, name)
	}
	h.text(at, e.Asked, model.QuestionLimit, false, "asked")
	h.moment(at, e.StartedAt, firstMoment, "started_at")
	h.later(at, e.SentAt, e.StartedAt, "sent_at")
	h.later(at, e.SetAsideAt, e.StartedAt, "set_aside_at")
	if (e.Reply == "") != e.RepliedAt.IsZero() {
		h.fail(at, "The answer and its moment go together.", "reply")
	} else if e.Reply != "" {
		h.moment(at, e.RepliedAt, e.StartedAt, "replied_at")
	}
	for name, variance := range map[string]float64{"mentor_stable_variance": e.Constants.StableVariance, "mentor_occasional_variance": e.Constants.OccasionalVariance} {
		if variance < 1e-6 || variance > 100 {
			h.fail(at, "No mentor is read with this variance.", "constants", name)
		}
	}
	moved := map[string]bool{}
	for i, move := range e.Moves {
		if moved[move.Map] {
			h.fail(at, "There is a move on this map already.", "map_moves", i, "map")
		}
		moved[move.Map] = true
		h.checkMove(at, e, i, move)
	}
	rated := map[string]bool{}
	for i, rating := range e.Ratings {
		h.competency(at, rating.Competency, "ratings", i, "competency")
		if rated[rating.Competency] {
			h.fail(at, "This competency stands twice.", "ratings", i, "competency")
		}
		rated[rating.Competency] = true
		h.checkRating(at, e, i, rating)
	}
}

// placed is where a domain stands on a depth map of the file; zero if it doesn't.
func (h *historyReader) placed(mapID, domain string) model.Placement {
	placements := h.maps[mapID].Placements
	if at := slices.IndexFunc(placements, func(p model.Placement) bool { return p.Domain == domain }); at >= 0 {
		return placements[at]
	}
	return model.Placement{}
}

func (h *historyReader) checkMove(at place, e *ExportedMentorReview, number int, move ExportedMove) {
	path := func(field string) []any { return []any{"map_moves", number, field} }
	m, found := h.maps[move.Map]
	from := h.placed(move.Map, move.Domain)
	switch {
	case !found:
		h.fail(at, "No depth map of the file has this id.", path("map")...)
		return
	case !move.MapAt.Equal(m.FinishedAt):
		h.fail(at, "The map was finished at another moment.", path("map_finished_at")...)
	case from.Domain == "":
		h.fail(at, "The map has no such domain.", path("domain")...)
	case from.Name != move.Name:
		h.fail(at, "The map calls this domain otherwise.", path("name")...)
	case from.Depth != move.FromDepth:
		h.fail(at, "The map has it elsewhere.", path("from_depth")...)
	case from.Weight != move.FromWeight:
		h.fail(at, "The map has it elsewhere.", path("from_weight")...)
	}
	if !slices.Contains(model.Depths, move.Depth) {
		h.fail(at, "This is none of the depths.", path("depth")...)
	}
	if !slices.Contains(model.Weights, move.Weight) {
		h.fail(at, "This is none of the weights.", path("weight")...)
	}
	h.text(at, move.Words, model.MoveLimit, false, path("words")...)
	h.moment(at, move.UpdatedAt, e.StartedAt, path("updated_at")...)
}

func (h *historyReader) checkRating(at place, e *ExportedMentorReview, number int, rating ExportedRating) {
	path := func(rest ...any) []any { return append([]any{"ratings", number}, rest...) }
	for name, level := range map[string]*int{"level": rating.Level, "later_level": rating.Later} {
		if level != nil && (*level < 0 || *level > measure.HighestLevel) {
			h.fail(at, fmt.Sprintf("A mentor’s level is from 0 to %d.", measure.HighestLevel), path(name)...)
		}
	}
	h.text(at, rating.Comment, model.CommentLimit, false, path("comment")...)
	h.later(at, rating.RevealedAt, firstMoment, path("revealed_at")...)
	if rating.Agreed == nil {
		return
	}
	if !model.HalfLevel(rating.Agreed.Level) {
		h.fail(at, "An agreed level is from 1 to 5, in steps of a half.", path("agreed", "level")...)
	}
	h.line(at, rating.Agreed.Sentence, model.CommentLimit, false, path("agreed", "sentence")...)
	if by := rating.Agreed.ProposedBy; by != model.ManagerParty && by != model.MentorParty {
		h.fail(at, "One of the two has proposed it.", path("agreed", "proposed_by")...)
	}
	h.moment(at, rating.Agreed.ProposedAt, firstMoment, path("agreed", "proposed_at")...)
	h.later(at, rating.Agreed.ConfirmedAt, rating.Agreed.ProposedAt, path("agreed", "confirmed_at")...)
}
