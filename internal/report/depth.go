package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// ReadMap says what a finished map says. It is pure: the year is that of the day on which the map was finished, so that
// the same map says the same for ever.
func (r *Reports) ReadMap(m model.DepthMap) *model.DepthReading {
	reading := &model.DepthReading{Map: m}
	reading.Scope, _ = r.Library.Model.Scope(m.Scope)
	reading.Craft, _ = r.Library.Model.Craft(m.Craft)
	reading.Domains, reading.Whole = depthFindings(m)
	reading.Followed, reading.Matter = followed(m.Placements)
	for i := range reading.Domains {
		reading.Domains[i].Practice = r.depthPractice(practiceFor(reading.Domains[i]))
	}
	for i := range reading.Whole {
		reading.Whole[i].Practice = r.depthPractice(string(reading.Whole[i].Rule))
	}
	return reading
}

// practiceFor names the finding of a domain as the data does that have the practices: a partner who was asked nothing is
// asked something of their own.
func practiceFor(finding model.DomainFinding) string {
	if role := finding.Placement.Role; finding.Rule == model.Unasked && (role == "product-partner" || role == "ux-partner") {
		return "unasked-partner"
	}
	return string(finding.Rule)
}

// depthPractice is what may be done about a finding.
func (r *Reports) depthPractice(finding string) *questionnaire.Practice {
	if practice, found := r.Library.Practice(r.Library.Depths.Practices[finding]); found {
		return &practice
	}
	return nil
}

// depthFindings works out all that a map says.
func depthFindings(m model.DepthMap) (domains []model.DomainFinding, whole []model.MapFinding) {
	for _, placement := range m.Placements {
		if rule := DomainRule(placement); rule != "" {
			domains = append(domains, model.DomainFinding{Rule: rule, Placement: placement})
		}
	}
	slices.SortStableFunc(domains, func(one, other model.DomainFinding) int {
		return cmp.Or(classRank(one.Rule)-classRank(other.Rule), byPlace(one.Placement, other.Placement))
	})
	if len(m.Placements) >= model.WholeFrom {
		whole = wholeFindings(m)
	}
	return domains, whole
}

// DomainRule is the first rule that holds for a domain, "" for none.
func DomainRule(p model.Placement) model.DepthRule {
	high, medium, named := p.Weight == model.High, p.Weight == model.Medium, p.Covered()
	switch {
	case high && p.Depth.Little() && !named:
		return model.Exposed
	case high && p.Depth == model.Working && !named:
		return model.HalfExposed
	case high && p.Depth == model.Deep && !named:
		return model.Alone
	case medium && p.Depth == model.NoDepth && !named:
		return model.Thin
	case p.Weight.Matters() && p.Depth.Little() && named && !p.Asked:
		return model.Unasked
	case p.Weight.Matters() && p.Depth != model.Deep && named:
		return model.Covered
	case p.Weight.Matters() && p.Depth == model.Deep && named:
		return model.OwnDepth
	case p.Weight == model.Low && p.Depth == model.Deep:
		return model.Spare
	}
	return ""
}

var classes = []model.DepthClass{model.RiskClass, model.WatchClass, model.HealthyClass, model.StrengthClass, model.NoteClass}

func classRank(rule model.DepthRule) int { return slices.Index(classes, rule.Class()) }

// byPlace is the order of domains: what matters most first, then what is known least.
func byPlace(one, other model.Placement) int {
	return cmp.Or(
		slices.Index(model.Weights, one.Weight)-slices.Index(model.Weights, other.Weight),
		slices.Index(model.Depths, one.Depth)-slices.Index(model.Depths, other.Depth))
}

// chosen are the placements for which something holds, in their order.
func chosen(all []model.Placement, holds func(model.Placement) bool) (some []model.Placement) {
	for _, placement := range all {
		if holds(placement) {
			some = append(some, placement)
		}
	}
	return some
}

func isDeep(p model.Placement) bool  { return p.Depth == model.Deep }
func matters(p model.Placement) bool { return p.Weight.Matters() }
func isHigh(p model.Placement) bool  { return p.Weight == model.High }

// followed counts, of the domains that matter, those that the manager can at least follow.
func followed(all []model.Placement) (count, of int) {
	matter := chosen(all, matters)
	blank := chosen(matter, func(p model.Placement) bool { return p.Depth == model.NoDepth })
	return len(matter) - len(blank), len(matter)
}

// firstTeam is the scope at which a working depth where it matters much is enough.
const firstTeam = "first-team"

// wholeFindings says what holds for a map as a whole.
func wholeFindings(m model.DepthMap) (all []model.MapFinding) {
	deep := chosen(m.Placements, isDeep)
	working := chosen(m.Placements, func(p model.Placement) bool { return isHigh(p) && p.Depth == model.Working })
	switch {
	case len(deep) == 0 && (m.Scope != firstTeam || len(working) == 0):
		all = append(all, model.MapFinding{Rule: model.NoneDeep, Of: len(m.Placements)})
	case len(deep) > 0 && len(chosen(deep, matters)) == 0:
		all = append(all, model.MapFinding{Rule: model.Elsewhere, Count: len(deep), Of: len(m.Placements), Domains: deep})
	}
	if count, of := followed(m.Placements); of > 0 && 5*count >= 4*of {
		all = append(all, model.MapFinding{Rule: model.Broad, Count: count, Of: of})
	} else if of > 0 {
		blanks := chosen(m.Placements, func(p model.Placement) bool { return matters(p) && p.Depth == model.NoDepth })
		slices.SortStableFunc(blanks, byPlace)
		all = append(all, model.MapFinding{Rule: model.Blanks, Count: len(blanks), Of: of, Domains: blanks})
	}
	all = append(all, oneForMany(m.Placements)...)
	if 2*len(deep) >= len(m.Placements) && len(deep) >= 4 {
		all = append(all, model.MapFinding{Rule: model.Expert, Count: len(deep), Of: len(m.Placements), Domains: deep})
	}
	if faded := fadedDomains(m); len(faded) > 0 {
		all = append(all, model.MapFinding{Rule: model.Faded, Count: len(faded), Of: len(m.Placements), Domains: faded})
	}
	return all
}

// oneForMany finds on whom three or more of the domains that matter much rest.
func oneForMany(all []model.Placement) (found []model.MapFinding) {
	high := chosen(all, func(p model.Placement) bool { return isHigh(p) && p.Covered() })
	told := map[string]bool{}
	for _, placement := range high {
		whom := strings.ToLower(placement.Whom)
		same := chosen(high, func(p model.Placement) bool { return strings.ToLower(p.Whom) == whom })
		if len(same) >= 3 && !told[whom] {
			told[whom] = true
			found = append(found, model.MapFinding{Rule: model.OneForMany, Count: len(same), Of: len(high), Domains: same, Whom: placement.Whom})
		}
	}
	return found
}

// fadedDomains are those that the manager knows and last worked in long ago, the longest ago first.
func fadedDomains(m model.DepthMap) []model.Placement {
	last := m.FinishedAt.Year() - model.FadedAfter
	faded := chosen(m.Placements, func(p model.Placement) bool { return !p.Depth.Little() && p.Year > 0 && p.Year <= last })
	slices.SortStableFunc(faded, func(one, other model.Placement) int { return one.Year - other.Year })
	return faded
}

// MapBeside is what the result of an assessment that was finished at a moment says of its manager's maps, which are in any
// order: the finished one nearest to it, if that is near enough.
func (r *Reports) MapBeside(maps []model.DepthMap, at time.Time) *model.MapBeside {
	beside := &model.MapBeside{At: at}
	var finished []model.DepthMap
	for _, m := range maps {
		if m.Finished() {
			finished = append(finished, m)
		}
	}
	beside.Any, beside.Draft = len(finished) > 0, len(finished) < len(maps)
	if near := nearest(finished, at, func(m model.DepthMap) time.Time { return m.FinishedAt }); near >= 0 {
		beside.Map = r.ReadMap(finished[near])
	}
	return beside
}

// AssessmentBeside finds, of some finished assessments, the one nearest to a map; nil if none is near enough.
func AssessmentBeside(finished []*model.Assessment, m model.DepthMap) *model.Assessment {
	near := nearest(finished, m.FinishedAt, func(a *model.Assessment) time.Time { return a.FinishedAt })
	if near < 0 {
		return nil
	}
	return finished[near]
}

// nearest is the place of what lies nearest to a moment and near enough to stand beside it; -1 if nothing does.
func nearest[T any](list []T, at time.Time, when func(T) time.Time) int {
	place := -1
	for i, one := range list {
		apart := when(one).Sub(at).Abs()
		if apart <= model.BesideLimit && (place < 0 || apart < when(list[place]).Sub(at).Abs()) {
			place = i
		}
	}
	return place
}

// Moves says what became of a manager's domains between two maps.
func (r *Reports) Moves(before, after model.DepthMap) *model.DepthMoves {
	moves := &model.DepthMoves{Before: before, After: after, OtherScope: before.Scope != after.Scope}
	for _, now := range after.Placements {
		was, found := inMap(before, now)
		switch {
		case !found:
			moves.New = append(moves.New, now)
		case was.Depth != now.Depth || was.Weight != now.Weight || was.Whom != now.Whom:
			moves.Moved = append(moves.Moved, model.DepthMove{Before: was, After: now})
		}
	}
	offered := r.Library.Depths.For(after.Scope, after.Craft)
	for _, was := range before.Placements {
		_, found := inMap(after, was)
		asked := was.Own || slices.ContainsFunc(offered, func(domain questionnaire.Domain) bool { return domain.ID == was.Domain })
		switch {
		case !found && asked:
			moves.Gone = append(moves.Gone, was)
		case !found:
			moves.Unasked = append(moves.Unasked, was)
		}
	}
	return moves
}

// inMap finds a domain in another map.
func inMap(m model.DepthMap, domain model.Placement) (model.Placement, bool) {
	for _, other := range m.Placements {
		if SameDomain(other, domain) {
			return other, true
		}
	}
	return model.Placement{}, false
}

// SameDomain reports whether two maps of one manager speak of the same domain. One of the manager's own is known by its name,
// also where it stands for one that is offered elsewhere.
func SameDomain(one, other model.Placement) bool {
	if one.Own || other.Own {
		return strings.EqualFold(one.Name, other.Name)
	}
	return one.Domain == other.Domain
}

// HandsOnRecord is, of each domain for which any of some maps tells a year, how many years ago the last hands-on work was at
// each map that tells it: what was worked in last comes first. The maps are in the order of their days.
func HandsOnRecord(maps []model.DepthMap) (record []model.HandsOn) {
	for i, m := range maps {
		for _, placement := range m.Placements {
			if placement.Year == 0 {
				continue
			}
			at := slices.IndexFunc(record, func(line model.HandsOn) bool { return SameDomain(line.Placement, placement) })
			if at < 0 {
				at, record = len(record), append(record, model.HandsOn{})
			}
			line := &record[at]
			line.Placement = placement
			line.Points = append(line.Points, model.HandsOnPoint{Map: i, At: m.FinishedAt, Years: m.FinishedAt.Year() - placement.Year})
		}
	}
	slices.SortStableFunc(record, func(one, other model.HandsOn) int { return other.Placement.Year - one.Placement.Year })
	return record
}
