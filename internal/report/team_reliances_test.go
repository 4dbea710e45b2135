package report_test

import (
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// A domain that went along as one of somebody's own stands in one row with the one that others were asked about, whoever
// shows it first, and is still ticked on the next map.
func TestADomainThatWentAlongIsTheSameForATeam(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	offered := model.Reliance{Domain: "contracts", Name: "Contracts between teams", InText: "contracts between teams"}
	along := model.Reliance{Domain: "own-2", Own: true, Name: "contracts between Teams", InText: "contracts between Teams", Whom: "another team’s lead"}
	other := model.Reliance{Domain: "ux", Name: "UX and product design", InText: "UX and product design"}
	members := []model.Membership{{ID: "a", Name: "Ada", ConfirmedAt: day}, {ID: "b", Name: "Bo", ConfirmedAt: day}}
	for _, order := range [][]model.Reliance{{offered, along}, {along, offered}} {
		_, domains := report.SideBySide(members, []model.ShownMap{
			{MemberID: "a", Reliances: []model.Reliance{order[0], other}}, {MemberID: "b", Reliances: []model.Reliance{order[1]}},
		})
		at := slices.IndexFunc(domains, func(d model.DomainReliances) bool { return d.Name == offered.Name && d.InText == offered.InText })
		if len(domains) != 2 || at < 0 || len(domains[at].Alone) != 1 || len(domains[at].Relying) != 1 {
			t.Errorf("%s first: %+v", order[0].Domain, domains)
		}
		if ticked := report.ShownOf([]model.Reliance{order[1], other}, &model.ShownMap{Reliances: []model.Reliance{order[0]}}); !ticked[order[1].Domain] || ticked["ux"] {
			t.Errorf("%s on the next map: %v", order[1].Domain, ticked)
		}
	}
}
