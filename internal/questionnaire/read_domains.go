package questionnaire

import (
	"math"

	"github.com/goccy/go-yaml/ast"
)

// readDomains reads domains.yaml. practices are those that it may name; nil if they aren't known.
func (f *file) readDomains(root ast.Node, model Model, practices []Practice) Depths {
	m := f.mapping(root, lineOf(root), domainsShape)
	depths := Depths{
		Roles: readList(m, "roles", roleShape, func(m mapping, id string) Role {
			return Role{
				ID: id, Name: m.text("name", maxText), InText: m.text("in-text", maxText),
				Crafts: m.references("crafts", "craft", model.craftIDs(), math.MaxInt),
			}
		}),
		Domains:   m.domains(idSet{}, model),
		Practices: map[string]string{},
	}
	known := ids(practices, func(p Practice) string { return p.ID })
	findings := m.mapping("practices", findingsShape)
	for _, finding := range findingsShape.keys {
		if practices == nil {
			depths.Practices[finding] = findings.text(finding, maxID)
		} else {
			depths.Practices[finding] = findings.reference(finding, "practice", known)
		}
	}
	f.countDomains(m.lineAt("domains"), depths, model)
	return depths
}

// readOwnDomains reads an operator's file of domains, which come after those that there are.
func (f *file) readOwnDomains(root ast.Node, model Model, taken []Domain) []Domain {
	own := f.mapping(root, lineOf(root), ownDomainsShape).domains(idSet{}, model)
	for _, domain := range own {
		if _, found := find(taken, func(d Domain) bool { return d.ID == domain.ID }); found {
			f.report(lineOf(root), "domain %q is taken already; give yours another id", domain.ID)
		}
	}
	return own
}

// domains reads the list of domains.
func (m mapping) domains(seen idSet, model Model) []Domain {
	return readListInto(seen, m, "domains", domainShape, func(m mapping, id string) Domain {
		return Domain{
			ID: id, Name: m.text("name", maxDomain), InText: m.text("in-text", maxDomain), About: m.text("about", maxText),
			Scopes: m.references("scopes", "scope", model.scopeIDs(), math.MaxInt),
			Crafts: m.references("crafts", "craft", model.craftIDs(), math.MaxInt),
		}
	})
}

// maxDomain bounds the name of a domain, which stands in the cell of a grid.
const maxDomain = 48

// leastDomains is from how many placed domains on a map is read as a whole.
const leastDomains = 5

// countDomains reports for whom there are too few domains to make a map.
func (f *file) countDomains(line int, depths Depths, model Model) {
	for _, scope := range model.scopeIDs() {
		for _, craft := range model.craftIDs() {
			if count := len(depths.For(scope, craft)); count < leastDomains {
				f.report(line, "scope %q and craft %q have too few domains (%d); write at least %d", scope, craft, count, leastDomains)
			}
		}
	}
}
