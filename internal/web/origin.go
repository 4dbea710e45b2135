package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// source is where a form was sent from, as far as its browser tells.
type source int

const (
	// here is a page of ours, or a program that is no browser.
	here source = iota
	// hostAlone is a page of our host by another scheme or port: our own, where a proxy on the way changes the
	// address and the browser is old or has no HTTPS. It is refused, but may be told what it sent.
	hostAlone
	// otherSite is another site's page, or none that a browser stands up for.
	otherSite
)

// sentFrom tells where a form was sent from. Where a browser says so itself, by Sec-Fetch-Site, that decides;
// otherwise its Origin has to be ours in scheme, host and port.
func (s *Server) sentFrom(r *http.Request) source {
	site, sent := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Origin")
	origin, err := url.Parse(sent)
	if err != nil {
		return otherSite
	}
	told := site != "" || sent == ""
	if told && s.origins.Check(r) == nil || !told && s.isOurs(origin, r) {
		return here
	}
	ourHost := origin.Hostname() == s.BaseURL.Hostname() || origin.Hostname() == (&url.URL{Host: r.Host}).Hostname()
	if !told && origin.Hostname() != "" && ourHost {
		return hostAlone
	}
	return otherSite
}

// isOurs tells whether an origin is that of the base URL, or of the address that was asked for by the base URL's
// scheme: browsers on the machine itself have more than one name for it.
func (s *Server) isOurs(origin *url.URL, r *http.Request) bool {
	asked := &url.URL{Scheme: s.BaseURL.Scheme, Host: r.Host}
	return origin.Scheme == s.BaseURL.Scheme && (hostPort(origin) == hostPort(s.BaseURL) || hostPort(origin) == hostPort(asked))
}

// hostPort is the host of an address with its port, also where that is the usual one.
func hostPort(address *url.URL) string {
	port := address.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[address.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(address.Hostname()), port)
}

// visited lets through to the pages behind secrets only who goes there themselves: by a link, by the address, or
// from a page of ours. What another site's page fetches without its reader's doing (a picture, a frame, a
// prefetch) gets nothing and counts for nothing: it would use up the tries of everybody in that reader's network.
// Browsers of before 2023, and programs, don't tell, and are let through.
func visited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site, mode, target := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Mode"), r.Header.Get("Sec-Fetch-Dest")
		fetched := mode != "" && mode != "navigate" || target != "" && target != "document"
		early := strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch")
		if (fetched || early) && site != "same-origin" {
			w.Header().Set("Vary", "Sec-Fetch-Site, Sec-Fetch-Mode, Sec-Fetch-Dest, Sec-Purpose")
			w.WriteHeader(http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
