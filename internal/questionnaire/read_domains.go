package questionnaire

import (
	"math"
	"strings"

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
		Domains:   m.domains(model, nil),
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
	return f.mapping(root, lineOf(root), ownDomainsShape).domains(model, taken)
}

// OwnPrefix begins the ids of the domains that people name themselves, which are numbered.
const OwnPrefix = "own-"

// domains reads the list of domains; those that are taken stand in another file.
func (m mapping) domains(model Model, taken []Domain) []Domain {
	return readList(m, "domains", domainShape, func(m mapping, id string) Domain {
		if _, found := find(taken, func(d Domain) bool { return d.ID == id }); found {
			m.file.report(m.lineAt("id"), "domain %q is taken already; give yours another id", id)
		}
		if strings.HasPrefix(id, OwnPrefix) {
			m.file.report(m.lineAt("id"), "id %q begins as the ids of people’s own domains do; give it another id", id)
		}
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
