package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// networkBits is how many bits of an IPv6 address name a network: whoever has one address in it has them all.
const networkBits = 64

// clientCode returns a keyed hash of the network address that a request comes from. Nobody can reverse it without the
// server's secret.
func (s *Server) clientCode(r *http.Request) string {
	client := r.RemoteAddr
	if address, known := s.clientAddress(r); known {
		client = address.String()
		if address.Is6() {
			client = netip.PrefixFrom(address, networkBits).Masked().String()
		}
	}
	code := hmac.New(sha256.New, s.Secret)
	code.Write([]byte("client " + client))
	return hex.EncodeToString(code.Sum(nil))
}

// clientAddress returns the address that a request comes from. If a trusted proxy sent it, that is the rightmost
// address in X-Forwarded-For that isn't a trusted proxy's: each proxy appends the address it heard from, and whatever
// is further left is only the client's claim.
func (s *Server) clientAddress(r *http.Request) (address netip.Addr, known bool) {
	if address, known = peerOf(r); !known {
		return netip.Addr{}, false
	}
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(forwarded) {
		if !s.trusts(address) {
			break
		}
		next, ok := parseHop(hop)
		if !ok { // nothing further left can be relied on
			break
		}
		address = next
	}
	return address, true
}

// peerOf returns the address at the other end of a request's connection.
func peerOf(r *http.Request) (address netip.Addr, known bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return plainAddress(peer.Addr()), err == nil
}

// trusts reports whether an address is that of a trusted proxy.
func (s *Server) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(proxies netip.Prefix) bool { return proxies.Contains(address) })
}

// parseHop reads an entry of X-Forwarded-For: an address, with a port from some proxies.
func parseHop(hop string) (netip.Addr, bool) {
	hop = strings.TrimSpace(hop)
	if address, err := netip.ParseAddr(strings.Trim(hop, "[]")); err == nil {
		return plainAddress(address), true
	}
	withPort, err := netip.ParseAddrPort(hop)
	return plainAddress(withPort.Addr()), err == nil
}

// plainAddress brings the different spellings of an address to one.
func plainAddress(address netip.Addr) netip.Addr { return address.Unmap().WithZone("") }
