package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// source is where a form was sent from, as far as its browser says.
type source int

const (
	// here is a page of ours, or a program that isn't a browser.
	here source = iota
	// hostAlone is a page on our host under another scheme or port. It may be our own, if a proxy changes the address
	// and the browser is old or has no HTTPS. It is refused, but what it sent may be given back.
	hostAlone
	// otherSite is another site's page, or one whose origin no browser vouches for.
	otherSite
)

// sentFrom returns where a form was sent from. If the browser says so, by Sec-Fetch-Site, that decides; otherwise its
// Origin has to match ours in scheme, host and port.
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

// isOurs reports whether an origin is that of the base URL, or of the address that was asked for by the base URL's
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

// visited admits to pages behind secrets only people who go there themselves: by a link, by typing the address, or
// from a page of ours. What another site's page fetches without its reader doing anything (a picture, a frame, a
// prefetch) gets nothing and counts for nothing: otherwise it would use up the tries of everybody in that reader's
// network. Browsers from before 2023, and programs, don't say, and are let through.
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
