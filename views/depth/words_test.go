package depth

import (
	"slices"
	"strings"
	"testing"

	"whetstone/data"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// How much somebody can follow is said in plain numbers, also of one domain and of none.
func TestCanFollow(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		followed, matter int
		want             string
	}{
		{0, 1, "You can’t follow the one that matters."},
		{1, 1, "You can follow the one that matters."},
		{0, 3, "You can follow none of the three that matter."},
		{2, 3, "You can follow two of the three that matter."},
		{3, 3, "You can follow three of the three that matter."},
	} {
		if got := canFollow("You", &model.DepthReading{Followed: one.followed, Matter: one.matter}); got != one.want {
			t.Errorf("%d of %d: %q, want %q", one.followed, one.matter, got, one.want)
		}
	}
}

// Who last worked in two domains is told to ask in each of them.
func TestFadedIsSaidOfOneAndOfSeveral(t *testing.T) {
	t.Parallel()
	placed := func(names ...string) (finding model.MapFinding) {
		finding.Rule = model.Faded
		for _, name := range names {
			finding.Domains = append(finding.Domains, model.Placement{Name: name, Own: true, Year: 2021})
		}
		return finding
	}
	for want, finding := range map[string]model.MapFinding{
		"Ask somebody who works in it now":   placed("Rockets"),
		"Ask somebody who works in each now": placed("Rockets", "Radio"),
	} {
		if got := wholeWords(finding); !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

// Inside a sentence a domain and a role have the article that they need, in the words of their own data; what somebody wrote
// themselves is quoted, also where it sounds as a role does.
func TestDomainsAndRolesReadAloud(t *testing.T) {
	t.Parallel()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	frontend, _ := library.Depths.Domain("frontend")
	placed := model.Placement{Domain: frontend.ID, Name: frontend.Name, InText: frontend.InText, Depth: model.Deep, Weight: model.Low}
	said := func(rule model.DepthRule, p model.Placement) string {
		return strings.NewReplacer("\u2068", "", "\u2069", "").Replace(domainWords(model.DomainFinding{Rule: rule, Placement: p}))
	}
	if got := said(model.Spare, placed); !strings.HasPrefix(got, "You are deep in the front end, ") {
		t.Errorf("%q", got)
	}
	placed.Whom = "UX partner"
	if got := said(model.Unasked, placed); !strings.HasPrefix(got, "For the front end you rely on “UX partner”, ") {
		t.Errorf("%q", got)
	}
	for _, role := range library.Depths.Roles {
		placed.Role, placed.Whom = role.ID, role.InText
		first, _, _ := strings.Cut(role.InText, " ")
		if !slices.Contains([]string{"a", "an", "the", "another", "somebody"}, first) {
			t.Errorf("%q", said(model.Unasked, placed))
		}
	}
	// One of their own that is called as one that is offered elsewhere begins a sentence as it is called.
	placed.Own = true
	if got := said(model.OwnDepth, placed); !strings.HasPrefix(got, "Front end: yours in depth, ") {
		t.Errorf("%q", got)
	}
}
