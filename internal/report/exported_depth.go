package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"whetstone/internal/model"
)

// MapsFormat names the layout of exported depth maps.
const MapsFormat = "whetstone-maps-1"

// ExportedMaps are all depth maps of a manager, the newest first.
type ExportedMaps struct {
	Format string        `json:"format"`
	Maps   []ExportedMap `json:"maps"`
}

// ExportedMap is one map; one without the moment at which it was finished is still being made, and says nothing yet.
type ExportedMap struct {
	ID         string              `json:"id"`
	Scope      string              `json:"scope"`
	Craft      string              `json:"craft"`
	StartedAt  time.Time           `json:"started_at"`
	FinishedAt time.Time           `json:"finished_at,omitzero"`
	Domains    []ExportedPlacement `json:"domains"`
	// Whole are the rules that hold for the map as a whole.
	Whole []model.DepthRule `json:"whole,omitzero"`
}

// ExportedPlacement is what a map says of a domain; Finding is the first rule that holds, left out where none does.
type ExportedPlacement struct {
	Domain   string          `json:"domain"`
	Own      bool            `json:"own,omitzero"`
	Name     string          `json:"name"`
	Depth    model.Depth     `json:"depth,omitzero"`
	Weight   model.Weight    `json:"weight,omitzero"`
	Role     string          `json:"role,omitzero"`
	ReliesOn string          `json:"relies_on,omitzero"`
	Asked    bool            `json:"asked,omitzero"`
	LastYear int             `json:"last_year,omitzero"`
	Finding  model.DepthRule `json:"finding,omitzero"`
}

// ExportMaps gives depth maps as an export has them.
func ExportMaps(maps []model.DepthMap) *ExportedMaps {
	export := &ExportedMaps{Format: MapsFormat, Maps: []ExportedMap{}}
	for _, m := range maps {
		m.Placements = chosen(m.Placements, model.Placement.Said)
		export.Maps = append(export.Maps, exportMap(m))
	}
	return export
}

func exportMap(m model.DepthMap) ExportedMap {
	exported := ExportedMap{
		ID: m.ID, Scope: m.Scope, Craft: m.Craft, StartedAt: m.StartedAt, FinishedAt: m.FinishedAt, Domains: []ExportedPlacement{},
	}
	for _, p := range m.Placements {
		one := ExportedPlacement{
			Domain: p.Domain, Own: p.Own, Name: p.Name, Depth: p.Depth, Weight: p.Weight, Role: p.Role, ReliesOn: p.Whom,
			Asked: p.Asked, LastYear: p.Year,
		}
		if m.Finished() {
			one.Finding = DomainRule(p)
		}
		exported.Domains = append(exported.Domains, one)
	}
	if m.Finished() {
		_, whole := depthFindings(m)
		for _, finding := range whole {
			exported.Whole = append(exported.Whole, finding.Rule)
		}
	}
	return exported
}

// read gives the map back that was exported.
func (e ExportedMap) read() model.DepthMap {
	m := model.DepthMap{ID: e.ID, Scope: e.Scope, Craft: e.Craft, StartedAt: e.StartedAt, FinishedAt: e.FinishedAt}
	for _, p := range e.Domains {
		m.Placements = append(m.Placements, model.Placement{
			Domain: p.Domain, Own: p.Own, Name: p.Name, InText: p.Name, Depth: p.Depth, Weight: p.Weight, Role: p.Role, Whom: p.ReliesOn,
			Asked: p.Asked, Year: p.LastYear,
		})
	}
	return m
}

// readable tells what this version doesn't know of what a map says.
func (e ExportedMap) readable() error {
	for _, p := range e.Domains {
		if p.Depth != "" && !slices.Contains(model.Depths, p.Depth) {
			return fmt.Errorf("map %s, %s: the depth %q is not known to this version", e.ID, p.Domain, p.Depth)
		}
		if p.Weight != "" && !slices.Contains(model.Weights, p.Weight) {
			return fmt.Errorf("map %s, %s: the weight %q is not known to this version", e.ID, p.Domain, p.Weight)
		}
	}
	return nil
}

// HoldsMaps reports whether a file is an export of depth maps, of whichever version.
func HoldsMaps(content []byte) bool {
	var head struct{ Format string }
	return json.Unmarshal(content, &head) == nil && len(head.Format) > len(mapsKind) && head.Format[:len(mapsKind)] == mapsKind
}

const mapsKind = "whetstone-maps-"

// RecomputeMaps reads an export of depth maps and works out again what each says. It returns how many there are, and the
// places where the file differs, one line each.
func RecomputeMaps(content []byte) (count int, differences []string, err error) {
	var export ExportedMaps
	if err := json.Unmarshal(content, &export); err != nil {
		return 0, nil, fmt.Errorf("this is no export of depth maps: %w", err)
	}
	if export.Format != MapsFormat {
		return 0, nil, fmt.Errorf("its format is %q, and this version reads %q", export.Format, MapsFormat)
	}
	for _, inFile := range export.Maps {
		if err := inFile.readable(); err != nil {
			return 0, nil, err
		}
		again := exportMap(inFile.read())
		for i, domain := range inFile.Domains {
			if domain.Finding != again.Domains[i].Finding {
				differences = append(differences, fmt.Sprintf("map %s, %s: %q in the file, %q recomputed", inFile.ID, domain.Domain, domain.Finding, again.Domains[i].Finding))
			}
		}
		if !slices.Equal(inFile.Whole, again.Whole) {
			differences = append(differences, fmt.Sprintf("map %s, as a whole: %q in the file, %q recomputed", inFile.ID, inFile.Whole, again.Whole))
		}
	}
	return len(export.Maps), differences, nil
}
