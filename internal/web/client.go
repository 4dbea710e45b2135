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

// networkBits is how much of an IPv6 address names a network: whoever has one address there has them all.
const networkBits = 64

// clientCode stands for the network address that a request comes from: a keyed hash, which nobody can
// turn back without the server's secret.
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

// clientAddress is the address that a request comes from. Where a trusted proxy sent it, that is the nearest
// address in X-Forwarded-For that is no trusted proxy: each proxy adds at the right whom it heard from, and
// what stands further left is whatever the client claims.
func (s *Server) clientAddress(r *http.Request) (address netip.Addr, known bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	address = plainAddress(peer.Addr())
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

// plainAddress writes one address in one way.
func plainAddress(address netip.Addr) netip.Addr { return address.Unmap().WithZone("") }
