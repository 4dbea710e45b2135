package report

import (
	"cmp"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// SideBySide lays what members of a team show of their depth maps side by side: whose map it is, and domain by domain who
// is alone and who relies on whom. A domain of somebody's own is the same as another of the same name, here and nowhere
// else, also where the other is one that is offered: one that is not asked about goes along as a domain of one's own.
// members are in the order of the roster. Nobody who shows nothing is in it, and nothing is counted of them.
func SideBySide(members []model.Membership, shown []model.ShownMap) (maps []model.NamedMap, domains []model.DomainReliances) {
	var known []model.Reliance
	for _, member := range members {
		at := slices.IndexFunc(shown, func(one model.ShownMap) bool { return one.MemberID == member.ID })
		if at < 0 || !member.Confirmed() {
			continue
		}
		maps = append(maps, model.NamedMap{Name: member.Name, PlacedAt: shown[at].PlacedAt})
		for _, reliance := range shown[at].Reliances {
			row := slices.IndexFunc(known, func(other model.Reliance) bool { return sameDomain(reliance, other) })
			if row < 0 {
				row, known, domains = len(known), append(known, reliance), append(domains, model.DomainReliances{})
			}
			if known[row].Own && !reliance.Own {
				known[row] = reliance // spelled as it is offered
			}
			domain := &domains[row]
			domain.Name, domain.InText = known[row].Name, known[row].InText
			if reliance.Whom == "" {
				domain.Alone = append(domain.Alone, member.Name)
			} else {
				domain.Relying = append(domain.Relying, model.NamedReliance{Name: member.Name, Whom: reliance.Whom})
			}
		}
	}
	slices.SortStableFunc(domains, func(one, other model.DomainReliances) int {
		return cmp.Or(len(other.Alone)-len(one.Alone), len(other.Relying)-len(one.Relying), cmp.Compare(text.Folded(one.Name), text.Folded(other.Name)))
	})
	return maps, domains
}

// sameDomain reports whether two members show the same domain.
func sameDomain(one, other model.Reliance) bool {
	if one.Own || other.Own {
		return text.Folded(one.Name) == text.Folded(other.Name)
	}
	return one.Domain == other.Domain
}

// ToShow is what a depth map has to show a team: on whom its manager relies for the domains that matter, and no more; first those for which there is nobody.
func ToShow(m model.DepthMap) (all []model.Reliance) {
	alone := chosen(m.Placements, func(p model.Placement) bool { return matters(p) && !p.Covered() })
	relying := chosen(m.Placements, func(p model.Placement) bool { return matters(p) && p.Covered() })
	for _, p := range append(alone, relying...) {
		all = append(all, model.Reliance{Domain: p.Domain, Own: p.Own, Name: p.Name, InText: p.InText, Whom: p.Whom})
	}
	return all
}

// ShownOf picks, of what a map has to show, the domains that a member shows already, of this map or an earlier one.
func ShownOf(offered []model.Reliance, shown *model.ShownMap) map[string]bool {
	ticked := map[string]bool{}
	if shown == nil {
		return ticked
	}
	for _, one := range offered {
		ticked[one.Domain] = slices.ContainsFunc(shown.Reliances, func(other model.Reliance) bool { return sameDomain(one, other) })
	}
	return ticked
}
