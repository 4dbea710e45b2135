package model_test

import (
	"slices"
	"testing"

	"whetstone/internal/model"
)

var (
	staff    = model.WayOffered{Key: "openid", Way: model.ByOpenID, Issuer: "https://id.example.org"}
	partners = model.WayOffered{Key: "openid-2", Way: model.ByOpenID, Issuer: "https://id.example.net"}
	gate     = model.WayOffered{Key: "proxy", Way: model.ByProxy}
	byMail   = model.WayOffered{Key: "mail", Way: model.ByMail}
	passkey  = model.WayOffered{Key: "passkey", Way: model.ByPasskey}
)

// What is closed opens nothing, and never locks everybody out.
func TestOpenWays(t *testing.T) {
	t.Parallel()
	all := model.Offered{model.VisitOffered, staff, partners, gate, byMail, passkey}
	for name, one := range map[string]struct {
		offered model.Offered
		closed  []string
		want    []string
		shut    bool
	}{
		"nothing is closed":               {all, nil, []string{"visit", "openid", "openid-2", "proxy", "mail", "passkey"}, false},
		"some are":                        {all, []string{"mail", "openid:https://id.example.org"}, []string{"visit", "openid-2", "proxy", "passkey"}, false},
		"signing in becomes the only way": {all, []string{"visit", "proxy"}, []string{"openid", "openid-2"}, false},
		"a mark of what is no more":       {all, []string{"openid:https://gone.example.org", "mail"}, []string{"visit", "openid", "openid-2", "proxy", "passkey"}, false},
		"all that vouch, and visits": {all, []string{"visit", "proxy", "openid:https://id.example.org", "openid:https://id.example.net"},
			[]string{"visit", "openid", "openid-2", "proxy", "mail", "passkey"}, true},
		"visits, where nobody vouches": {model.Offered{model.VisitOffered, byMail}, []string{"visit"}, []string{"visit", "mail"}, true},
		"the configuration's only way": {model.Offered{staff, gate}, []string{"proxy"}, []string{"openid"}, false},
		"both of the configuration's":  {model.Offered{staff, gate}, []string{"proxy", "openid:https://id.example.org"}, []string{"openid", "proxy"}, true},
		"another number of a provider": {model.Offered{model.VisitOffered, {Key: "openid-3", Way: model.ByOpenID, Issuer: staff.Issuer}}, []string{staff.Mark()}, []string{"visit"}, false},
		"nothing offered at all":       {nil, nil, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, way := range one.offered.Open(one.closed) {
				got = append(got, way.Key)
			}
			if !slices.Equal(got, one.want) || one.offered.Shut(one.closed) != one.shut {
				t.Errorf("open are %q, shut %v", got, one.offered.Shut(one.closed))
			}
		})
	}
}

// A session came by the way that brought it, of a provider by that provider; a recovery key goes with visits.
func TestWhichWayBroughtASession(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		open    model.Offered
		session model.Session
		want    bool
	}{
		{model.Offered{staff}, model.Session{Way: model.ByOpenID, Issuer: staff.Issuer}, true},
		{model.Offered{partners}, model.Session{Way: model.ByOpenID, Issuer: staff.Issuer}, false},
		{model.Offered{model.VisitOffered}, model.Session{Way: model.ByKey}, true},
		{model.Offered{model.VisitOffered}, model.Session{Way: model.ByMail}, false},
		{model.Offered{model.VisitOffered, byMail}, model.Session{Way: model.ByMail}, true},
		{model.Offered{gate}, model.Session{}, false},
	} {
		if got := one.open.Brought(one.session); got != one.want {
			t.Errorf("%+v by %+v: %v", one.session, one.open, got)
		}
	}
}

// An organiser is known by what is vouched for, and by nothing that anybody may choose.
func TestWhoIsAnOrganiser(t *testing.T) {
	t.Parallel()
	ann := model.Identity{Way: model.ByOpenID, Issuer: staff.Issuer, Subject: "1", Name: "bea@example.org", Address: "ann@example.org"}
	for _, one := range []struct {
		organiser model.Organiser
		identity  model.Identity
		want      bool
	}{
		{model.Organiser{Address: "ann@example.org"}, ann, true},
		{model.Organiser{Address: "bea@example.org"}, ann, false},
		{model.Organiser{Issuer: staff.Issuer, Subject: "1"}, ann, true},
		{model.Organiser{Issuer: partners.Issuer, Subject: "1"}, ann, false},
		{model.Organiser{Issuer: staff.Issuer, Subject: "2"}, ann, false},
		{model.Organiser{Named: "1"}, ann, false},
		{model.Organiser{Named: "cleo"}, model.Identity{Way: model.ByProxy, Subject: "cleo"}, true},
		{model.Organiser{Named: "cleo"}, model.Identity{Way: model.ByMail, Subject: "cleo"}, false},
		{model.Organiser{}, model.Identity{Way: model.ByProxy}, false},
		{model.Organiser{}, model.Identity{}, false},
	} {
		if got := one.organiser.Is(one.identity); got != one.want {
			t.Errorf("%+v is %+v: %v", one.identity, one.organiser, got)
		}
	}
}
