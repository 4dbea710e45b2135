package browsertest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// sharesMap gives a manager a depth map with long words, and a link that shows it.
func (v *visitor) sharesMap(assessment string, more url.Values) shared {
	v.t.Helper()
	fields := url.Values{"label": {"for the map"}, "sharer": {"Ada"}, "days": {"14"}, "result": {"yes"}, "map": {"yes"}}
	for name, values := range more {
		fields[name] = values
	}
	return v.shares(assessment, fields)
}

// placesAll finishes a depth map of all cells, with one domain whose name is long.
func (v *visitor) placesAll() string {
	v.t.Helper()
	id := v.beginsMap("first-team")
	full := url.Values{"then": {"finish"}, "name.own-1": {"Donaudampfschifffahrtsgesellschaftskapitaen"}, "whom.own-1": {strings.Repeat("whomever ", 6)}}
	depths, weights := strings.Fields("none conversant working deep"), strings.Fields("high medium low high")
	for i, domain := range strings.Fields("architecture data-pipelines operations security-privacy ux business backend frontend own-1") {
		full.Set("depth."+domain, depths[i%4])
		full.Set("weight."+domain, weights[i%3])
		full.Set("year."+domain, "2019")
		if i%2 == 0 && domain != "own-1" {
			full.Set("role."+domain, "my-manager")
		}
	}
	v.post(to.Places(id), full)
	return id
}

// looksAtMap shows a mentor the map of a share, whatever it waits for.
func (v *visitor) looksAtMap(share shared) {
	v.t.Helper()
	v.post(to.Reveal(share.id), url.Values{"what": {model.RevealMap}})
}

// sharedMapKinds brings a shared depth map into states from which every kind of its pages can be opened.
func sharedMapKinds(t *testing.T, s *server) []kind {
	t.Helper()
	owner := s.newVisitor(t)
	assessment := owner.take("first-team", model.FullForm, mixed)
	placed := owner.placesAll()
	rating := url.Values{"rating": {"yes"}, "competency": {"design"}}
	share := owner.sharesMap(assessment, rating)
	fresh, rated, looking := s.newMentor(t, share), s.newMentor(t, share), s.newMentor(t, share)
	for _, competency := range strings.Fields("design coaching authenticity learning") {
		rated.rates(share, competency, "3", "")
	}
	looking.looksAtMap(share)
	answered := s.newMentor(t, share)
	answered.looksAtMap(share)
	move := url.Values{"domain": {"own-1"}, "depth": {"working"}, "weight": {"high"}, "words": {"I have seen the engine room with them, twice this quarter."}}
	answered.post(to.SharedMap(share.id), move)
	answered.post(to.Words(share.id), url.Values{"go": {"send"}, "name": {"Mina"}})
	reading := owner.sharesMap(assessment, nil)
	reader := s.newMentor(t, reading)
	blindly := owner.sharesMap(assessment, url.Values{"rating": {"yes"}, "result": {""}})
	rater := s.newMentor(t, blindly)
	preview := url.Values{"label": {"a preview"}, "sharer": {"Ada"}, "days": {"14"}, "result": {"yes"}, "rating": {"yes"}, "map": {"yes"}, "go": {"preview"}}
	s.clock.advance(time.Minute)
	wrong := http.StatusUnprocessableEntity
	return []kind{
		{"share form with a depth map", owner, to.NewShare(assessment), nil, http.StatusOK, "Your latest, of"},
		{"share preview with a depth map", owner, to.NewShare(assessment), preview, http.StatusOK, "One question to you"},
		{"share of a depth map", owner, to.Share(share.id), nil, http.StatusOK, "which domain of the map they would move"},
		{"shared with a depth map", looking, to.Shared(share.id), nil, http.StatusOK, "See the depth map first"},
		{"shared map that waits", fresh, to.SharedMap(share.id), nil, http.StatusOK, "It waits for these"},
		{"shared map that waits, rated", rated, to.SharedMap(share.id), nil, http.StatusOK, "nothing is lost by looking"},
		{"shared map that waits, without scores", rater, to.SharedMap(blindly.id), nil, http.StatusOK, "passed over as not observed"},
		{"shared map", looking, to.SharedMap(share.id), nil, http.StatusOK, "One question to you"},
		{"shared map to read", reader, to.SharedMap(reading.id), nil, http.StatusOK, "The same as a table"},
		{"shared map with an answer", answered, to.SharedMap(share.id), nil, http.StatusOK, "Take it back"},
		{"shared map with errors", looking, to.SharedMap(share.id), url.Values{"domain": {"ux"}, "words": {strings.Repeat("a", model.MoveLimit+1)}}, wrong, "Before this can be saved"},
		{"shared map in conflict", answered, to.SharedMap(share.id), tied("0-another", url.Values{"domain": {"ux"}, "depth": {"deep"}, "words": {"From another tab."}}), http.StatusConflict, "Which counts?"},
		{"depth map with what mentors would move", owner, to.DepthMap(placed), nil, http.StatusOK, "What your mentors would move"},
		{"conversation with a move", owner, to.Conversation(assessment), nil, http.StatusOK, "would move"},
		{"own words with a move", answered, to.OwnWords(), nil, http.StatusOK, "you would move"},
	}
}
