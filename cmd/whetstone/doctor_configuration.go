package main

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"whetstone/data"
	"whetstone/internal/disclosure"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
)

// lookAtConfiguration reads all settings the way serve does.
func (c doctorCommand) lookAtConfiguration(context.Context) (found []finding) {
	const about = "configuration"
	add := func(err error) {
		if err != nil {
			found = append(found, bad(about, "%v", err))
		}
	}
	if _, err := questionnaire.Load(data.Files, c.Questionnaires...); err != nil {
		add(errors.New(strings.ReplaceAll(unusable(err).Error(), "\n", "; ")))
	}
	if _, err := disclosure.NewThresholds(c.smallestGroup(), c.SmallestKnown, c.SmallestEffectiveGroup); err != nil {
		found = append(found, bad(about, "--smallest-group, --smallest-known, --smallest-effective-group: %v", err))
	}
	_, err := c.base()
	add(err)
	_, err = c.prefixes()
	add(err)
	if err == nil {
		_, err = c.providers(time.Now)
		add(err)
	}
	_, err = c.sender()
	add(err)
	_, err = c.operator()
	add(err)
	for flag, address := range map[string]string{"--listen": c.Listen, "--metrics-listen": c.MetricsListen} {
		if _, _, err := net.SplitHostPort(address); err != nil && (address != "" || flag == "--listen") {
			found = append(found, bad(about, "%s %q is not HOST:PORT", flag, address))
		}
	}
	if len(found) == 0 {
		found = append(found, ok(about, "every setting can be read"))
	}
	return found
}

// lookAtSecret checks the key of the cookies, without making one.
func (c doctorCommand) lookAtSecret(context.Context) []finding {
	const about = "secret file"
	content, err := os.ReadFile(c.SecretFile)
	if errors.Is(err, fs.ErrNotExist) {
		return []finding{warn(about, "%s (--secret-file) doesn't exist; serving makes one, which ends every session there was", c.SecretFile)}
	}
	if err != nil {
		return []finding{bad(about, "%s (--secret-file) can't be read: %v", c.SecretFile, reasonOf(err))}
	}
	if key, err := hex.DecodeString(strings.TrimSpace(string(content))); err != nil || len(key) != secretBytes {
		return []finding{bad(about, "%s (--secret-file) must hold %d hexadecimal digits; to have a new one made, remove it (which ends every session)", c.SecretFile, 2*secretBytes)}
	}
	return []finding{private(about, c.SecretFile)}
}

// private checks whether only its owner can read a file.
func private(about, path string) finding {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return bad(about, "%s: %v", path, reasonOf(err))
	case info.Mode().Perm()&0o077 != 0:
		return bad(about, "others on this machine may read or change %s (mode %o): chmod 600 it", path, info.Mode().Perm())
	}
	return ok(about, "%s is for its owner alone", path)
}

// lookAtReach checks the way between people and the app.
func (c doctorCommand) lookAtReach(ctx context.Context) (found []finding) {
	const about = "address"
	base, err := c.base()
	if err != nil {
		return nil // reported already
	}
	prefixes, err := c.prefixes()
	if err != nil {
		return nil
	}
	host, _, _ := net.SplitHostPort(c.Listen)
	inside := isLoopback(host)
	switch {
	case base == nil && inside:
		found = append(found, ok(about, "the app is reached from this machine alone; for others give --base-url"))
	case base == nil:
		found = append(found, warn(about, "the app listens on %s (--listen) without TLS: put a proxy with a certificate before it, and give --base-url https://…", c.Listen))
	case base.Scheme == "http" && !isLoopback(base.Hostname()):
		found = append(found, warn(about, "%s (--base-url) sends answers and cookies readable over the network: put a proxy with a certificate before the app, and give its https:// address", base))
	case base.Scheme == "https" && len(prefixes) == 0:
		found = append(found, warn(about, "a proxy stands before the app, but none is trusted: give its address as --trusted-proxy, or all people count as one where tries at secrets and what one client makes are limited"))
	case base.Scheme == "https" && !inside:
		found = append(found, warn(about, "the app listens on %s (--listen): see that only the proxy reaches it there, since TLS ends at the proxy", c.Listen))
	default:
		found = append(found, ok(about, "people reach the app at %s", base))
	}
	if base != nil {
		found = append(found, c.reached(ctx, base))
	}
	return found
}

// reached checks whether the base URL leads to this app, through the proxy, as a browser would.
func (c doctorCommand) reached(ctx context.Context, base *url.URL) finding {
	const about = "base URL"
	address := *base
	address.Path = strings.TrimSuffix(base.Path, "/") + paths.HealthPattern
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), http.NoBody)
	if err != nil {
		return bad(about, "%v", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return warn(about, "no answer from %s (--base-url): %v; start the app and the proxy, or try from where people are", &address, answerless(err))
	}
	defer func() { _ = response.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(response.Body, 100))
	if err != nil || response.StatusCode != http.StatusOK || string(said) != "alive\n" {
		return bad(about, "%s (--base-url) answers with status %d, and it is not this app: see that the proxy passes the whole path on", &address, response.StatusCode)
	}
	if base.Scheme == "https" && response.Header.Get("Strict-Transport-Security") == "" {
		return warn(about, "the running app wasn't given %s as its --base-url, or the proxy drops its headers", base)
	}
	return ok(about, "%s leads to the app", base)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
