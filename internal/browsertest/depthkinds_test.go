package browsertest

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"
)

// beginsMap begins a depth map and gives its id.
func (v *visitor) beginsMap(scope string) string {
	return path.Base(path.Dir(v.post(to.DepthMaps(), url.Values{"scope": {scope}, "craft": {"software"}})))
}

// depthKinds gives somebody depth maps, and the pages that show them.
func depthKinds(t *testing.T, s *server, planner *visitor) []kind {
	t.Helper()
	first := planner.beginsMap("first-team")
	planner.post(to.Places(first), url.Values{"then": {"finish"}, "depth.ux": {"conversant"}, "weight.ux": {"low"}})
	s.clock.advance(time.Minute)
	second := planner.beginsMap("wider-scope")
	full := url.Values{"then": {"finish"}, "name.own-1": {"Donaudampfschifffahrtsgesellschaftskapitaen"}, "whom.own-1": {strings.Repeat("whomever ", 6)}}
	depths, weights := strings.Fields("none conversant working deep"), strings.Fields("high medium low high")
	for i, domain := range strings.Fields("architecture data-pipelines operations security-privacy ux business backend frontend mobile-devices quality-release own-1 contracts platforms-vendors") {
		full.Set("depth."+domain, depths[i%4])
		full.Set("weight."+domain, weights[i%3])
		full.Set("year."+domain, "2019")
		if i%2 == 0 && domain != "own-1" {
			full.Set("role."+domain, "my-manager")
		}
	}
	planner.post(to.Places(second), full)
	s.clock.advance(time.Minute)
	draft := planner.beginsMap("first-team")
	stranger, newcomer := s.newVisitor(t), s.newVisitor(t)
	return []kind{
		{"depth maps of a stranger", stranger, to.DepthMaps(), nil, http.StatusOK, "There is no account"},
		{"placing domains for the first time", newcomer, to.Places(newcomer.beginsMap("considering")), nil, http.StatusOK, "Nobody is deep everywhere"},
		{"a commitment for a domain", planner, to.CommitmentFor("authenticity.find-the-person", second, "own-1"), nil, http.StatusOK, "For which domain of your depth map?"},
		{"depth maps", planner, to.DepthMaps(), nil, http.StatusOK, "have not finished it"},
		{"depth map of one domain", planner, to.DepthMap(first), nil, http.StatusOK, "From five domains on"},
		{"depth map", planner, to.DepthMap(second), nil, http.StatusOK, "exposed"},
		{"placing domains again", planner, to.Places(draft), nil, http.StatusOK, "Not asked about here"},
		{"placing domains with errors", planner, to.Places(draft), url.Values{"then": {"finish"}, "depth.ux": {"deep"}, "weight.ux": {""}, "year.ux": {"soon"}}, http.StatusUnprocessableEntity, "Before the map can be finished"},
		{"placing domains in conflict", planner, to.Places(draft), tied("0-another", url.Values{"depth.ux": {"deep"}, "weight.ux": {"low"}}), http.StatusConflict, "Which counts?"},
		{"deleting a depth map", planner, to.DeleteDepthMap(second), nil, http.StatusOK, "Delete the map of"},
		{"deleting a depth map that changed", planner, to.DeleteDepthMap(second), url.Values{"meant": {"yes"}}, http.StatusConflict, "It was changed in another tab"},
	}
}
