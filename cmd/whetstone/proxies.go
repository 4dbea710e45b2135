package main

import (
	"fmt"
	"net/netip"
)

// proxying is what stands between the app and people.
type proxying struct {
	TrustedProxy []string `env:"WHETSTONE_TRUSTED_PROXY" placeholder:"CIDR" help:"Network of proxies, such as 127.0.0.1/32, whose X-Forwarded-For is believed; may be given more than once (${env}). Without it all people behind a proxy count as one where tries at secrets and what one client makes are limited."`
}

// prefixes reads the networks.
func (p proxying) prefixes() ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, written := range p.TrustedProxy {
		prefix, err := netip.ParsePrefix(written)
		if address, single := netip.ParseAddr(written); single == nil {
			prefix, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return nil, usageError{fmt.Errorf("the trusted proxy (--trusted-proxy) %q is no network such as 10.0.0.0/8", written)}
		}
		if prefix.Bits() == 0 {
			return nil, usageError{fmt.Errorf("the trusted proxy (--trusted-proxy) %q is everybody: then each client could claim to be any other; name the proxy's own network", written)}
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}
