package report

import (
	"cmp"
	"slices"
	"strings"

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
		reading.Domains[i].Practice = r.depthPractice(reading.Domains[i].Rule)
	}
	for i := range reading.Whole {
		reading.Whole[i].Practice = r.depthPractice(reading.Whole[i].Rule)
	}
	return reading
}

// depthPractice is what may be done about a finding.
func (r *Reports) depthPractice(rule model.DepthRule) *questionnaire.Practice {
	if practice, found := r.Library.Practice(r.Library.Depths.Practices[string(rule)]); found {
		return &practice
	}
	return nil
}

// depthFindings works out all that a map says.
func depthFindings(m model.DepthMap) (domains []model.DomainFinding, whole []model.MapFinding) {
	for _, placement := range m.Placements {
		if rule := domainRule(placement); rule != "" {
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

// domainRule is the first rule that holds for a domain, "" for none.
func domainRule(p model.Placement) model.DepthRule {
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

// Moves says what became of a manager's domains between two maps.
func Moves(before, after model.DepthMap) *model.DepthMoves {
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
	for _, was := range before.Placements {
		if _, found := inMap(after, was); !found {
			moves.Gone = append(moves.Gone, was)
		}
	}
	return moves
}

// inMap finds a domain in another map. One of the manager's own is known by its name.
func inMap(m model.DepthMap, domain model.Placement) (model.Placement, bool) {
	for _, other := range m.Placements {
		if other.Own == domain.Own && (other.Domain == domain.Domain && !other.Own || other.Own && strings.EqualFold(other.Name, domain.Name)) {
			return other, true
		}
	}
	return model.Placement{}, false
}

// HandsOnRecord is, of the domains of the last of some maps, how many years ago the last hands-on work was at each map.
// The maps are in the order of their days.
func HandsOnRecord(maps []model.DepthMap) (record []model.HandsOn) {
	if len(maps) == 0 {
		return nil
	}
	for _, placement := range maps[len(maps)-1].Placements {
		if placement.Year == 0 {
			continue
		}
		line := model.HandsOn{Placement: placement}
		for _, m := range maps {
			if then, found := inMap(m, placement); found && then.Year > 0 {
				line.Points = append(line.Points, model.HandsOnPoint{At: m.FinishedAt, Years: m.FinishedAt.Year() - then.Year})
			}
		}
		record = append(record, line)
	}
	slices.SortStableFunc(record, func(one, other model.HandsOn) int { return other.Placement.Year - one.Placement.Year })
	return record
}
