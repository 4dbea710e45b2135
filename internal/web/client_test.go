package web_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"whetstone/internal/web"
)

// Only a trusted proxy is believed whom it forwards, and of what it forwards only the part that no client
// can make up.
func TestClientBehindProxies(t *testing.T) {
	t.Parallel()
	trusting := web.Configuration{
		Secret:         []byte("secret"),
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"), netip.MustParsePrefix("127.0.0.1/32")},
	}
	code := func(configuration web.Configuration, peer string, forwarded ...string) string {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		for _, header := range forwarded {
			r.Header.Add("X-Forwarded-For", header)
		}
		return web.ClientCode(configuration, r)
	}
	direct := func(address string) string { return code(web.Configuration{Secret: []byte("secret")}, address) }
	client, other := direct("192.0.2.7:1"), direct("192.0.2.8:1")
	for name, one := range map[string]struct{ got, want string }{
		"no proxy is trusted":               {code(web.Configuration{Secret: []byte("secret")}, "192.0.2.7:1", "192.0.2.8"), client},
		"the peer is no proxy":              {code(trusting, "192.0.2.7:9", "192.0.2.8"), client},
		"one proxy":                         {code(trusting, "10.1.1.1:9", "192.0.2.7"), client},
		"two proxies":                       {code(trusting, "10.1.1.1:9", "192.0.2.7, 10.2.2.2"), client},
		"a client that makes one up":        {code(trusting, "10.1.1.1:9", "192.0.2.8, 192.0.2.7"), client},
		"a client that makes up a proxy":    {code(trusting, "10.1.1.1:9", "192.0.2.8, 10.9.9.9, 192.0.2.7"), client},
		"two headers":                       {code(trusting, "10.1.1.1:9", "192.0.2.8", "192.0.2.7"), client},
		"a proxy that says nothing":         {code(trusting, "10.1.1.1:9"), direct("10.1.1.1:1")},
		"nonsense":                          {code(trusting, "10.1.1.1:9", "192.0.2.8, unknown"), direct("10.1.1.1:1")},
		"nonsense before an address":        {code(trusting, "10.1.1.1:9", "unknown, 192.0.2.7"), client},
		"a port":                            {code(trusting, "10.1.1.1:9", "192.0.2.7:4711"), client},
		"a proxy of the sixth version":      {code(trusting, "[fd00::1]:9", "192.0.2.7"), client},
		"an address written as the sixth":   {code(trusting, "[::ffff:10.1.1.1]:9", "::ffff:192.0.2.7"), client},
		"a network of the sixth":            {code(trusting, "127.0.0.1:9", "2001:db8::1"), direct("[2001:db8::2]:5")},
		"everybody is a proxy":              {code(trusting, "10.1.1.1:9", "10.2.2.2"), direct("10.2.2.2:1")},
		"another client is another (check)": {code(trusting, "10.1.1.1:9", "192.0.2.8"), other},
	} {
		if one.got != one.want {
			t.Errorf("%s: another client than it should be", name)
		}
	}
	if client == other {
		t.Error("two clients are one")
	}
}
