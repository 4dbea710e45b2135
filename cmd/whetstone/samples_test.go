package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sample reads one of the samples for operators.
func sample(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../../assets/deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// What the samples set, and the page about them names, is there to be set.
func TestSamplesSetWhatThereIs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../assets/deploy/[^p]*") // but for the folder of packages
	if err != nil || len(files) != 8 {
		t.Fatalf("the samples are %v, %v", files, err)
	}
	help := runProgram(t, "serve", "--help").out
	for _, file := range files {
		for _, setting := range regexp.MustCompile(`WHETSTONE_[A-Z_]+`).FindAllString(sample(t, filepath.Base(file)), -1) {
			if !strings.Contains(help, setting) {
				t.Errorf("%s sets %s, which serve doesn’t know", file, setting)
			}
		}
	}
}

// The unit for systemd bounds the memory, and leaves open only what it says can't be had.
func TestSampleUnitIsHardened(t *testing.T) {
	t.Parallel()
	unit := sample(t, "whetstone.service")
	if !regexp.MustCompile(`(?m)^MemoryMax=\d+M$`).MatchString(unit) {
		t.Error("the unit doesn’t bound the memory")
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("NOT TESTED: what systemd says of the unit; systemd-analyze is missing (Debian: apt install systemd)")
	}
	said, err := exec.CommandContext(t.Context(), analyze, "security", "--offline=true", "--no-pager", "../../assets/deploy/whetstone.service").CombinedOutput()
	if err != nil {
		t.Skipf("NOT TESTED: what systemd says of the unit; systemd-analyze can’t look at a file: %v\n%s", err, said)
	}
	var open []string
	for _, line := range regexp.MustCompile(`(?m)^✗ (\S+)`).FindAllStringSubmatch(string(said), -1) {
		open = append(open, line[1])
	}
	explained := []string{"DeviceAllow=", "IPAddressDeny=", "PrivateNetwork=", "RestrictAddressFamilies=~AF_(INET|INET6)", "RestrictAddressFamilies=~AF_UNIX", "RootDirectory=/RootImage="}
	if slices.Sort(open); !slices.Equal(open, explained) {
		t.Errorf("systemd still asks for %q:\n%s", open, said)
	}
}

// Each sample trusts one address, not a network in which others might be.
func TestSamplesTrustOneAddress(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Caddyfile", "Dockerfile", "compose.yaml", "environment", "nginx.conf"} {
		trusted := regexp.MustCompile(`WHETSTONE_TRUSTED_PROXY(?:=|: )([0-9./]+)`).FindAllStringSubmatch(sample(t, name), -1)
		if len(trusted) == 0 {
			t.Errorf("%s trusts nobody", name)
		}
		for _, one := range trusted {
			prefixes, err := proxying{TrustedProxy: []string{one[1]}}.prefixes()
			if err != nil || !prefixes[0].IsSingleIP() {
				t.Errorf("%s trusts %s: %v", name, one[1], err)
			}
		}
	}
}

// checkDashboard looks for each name and label that the dashboard uses in a server's metrics.
func checkDashboard(t *testing.T, metrics string) {
	t.Helper()
	var dashboard struct {
		Panels []struct {
			Targets []struct{ Expr, LegendFormat string }
		}
	}
	if err := json.Unmarshal([]byte(sample(t, "grafana.json")), &dashboard); err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`\b(?:whetstone|go_sql|process)_\w+`)
	groups, others := regexp.MustCompile(`by \(([^)]*)\)`), regexp.MustCompile(`\w+=~|\{\{\w+\}\}`)
	queries := 0
	for _, panel := range dashboard.Panels {
		for _, query := range panel.Targets {
			queries++
			labels := strings.Join(others.FindAllString(query.Expr+query.LegendFormat, -1), " ")
			for _, group := range groups.FindAllStringSubmatch(query.Expr, -1) {
				labels += " " + group[1]
			}
			for _, name := range names.FindAllString(query.Expr, -1) {
				series := regexp.MustCompile(`(?m)^` + name + `[{ ].*$`).FindString(metrics)
				if series == "" {
					t.Errorf("the dashboard shows %s, which there is none of", name)
				}
				for _, label := range regexp.MustCompile(`\w+`).FindAllString(labels, -1) {
					if label != "job" && label != "instance" && !strings.Contains(series, label+`="`) { // these two are the scraper's
						t.Errorf("the dashboard tells apart by %s what hasn’t it: %s", label, series)
					}
				}
			}
		}
	}
	if queries < 10 {
		t.Errorf("the dashboard has %d queries", queries)
	}
}

// tryProxy makes a trial of a sample in a folder that holds a certificate: the proxy listens at one address,
// the app at the other. It returns what to start the proxy with.
type tryProxy func(t *testing.T, folder, proxy, app string) (arguments []string)

// Behind each sample proxy the pages and the secure cookie work and each client has tries of its own; and no
// log tells who asked, or by which link, even when the app is stopped.
func TestSampleProxies(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]tryProxy{"caddy": tryCaddy, "nginx": tryNginx} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testSampleProxy(t, name, try)
		})
	}
}

func tryCaddy(t *testing.T, folder, proxy, app string) []string {
	const end = "\tlog\n}\n"
	configuration := strings.NewReplacer("/var/log/caddy", folder, "{$APP:127.0.0.1:8080}", app, "{$SITE:whetstone.example.org}", "https://"+proxy,
		"\n{\n", "\n{\n\tadmin off\n\tauto_https disable_redirects\n", end, "\tbind 127.0.0.1\n\ttls "+folder+"/fullchain.pem "+folder+"/privkey.pem\n"+end).Replace(sample(t, "Caddyfile"))
	return []string{"run", "--adapter", "caddyfile", "--config", written(t, folder, "Caddyfile", configuration)}
}

func tryNginx(t *testing.T, folder, proxy, app string) []string {
	server := strings.NewReplacer("/var/log/nginx", folder, "/etc/letsencrypt/live/whetstone.example.org", folder, "127.0.0.1:8080", app,
		"listen 80;", "listen "+free(t)+";", "listen 443 ssl", "listen "+proxy+" ssl", "listen [::]:80;", "", "listen [::]:443 ssl http2;", "",
		"$host;", "$http_host;").Replace(sample(t, "nginx.conf"))
	account, temporary := "", ""
	if os.Geteuid() == 0 { // nginx would take another account for its work, which can't reach the folder
		account = "user root; "
	}
	for _, what := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temporary += what + "_temp_path " + folder + "/" + what + "; "
	}
	configuration := fmt.Sprintf("%sdaemon off; pid %s/pid; events {} http { %s\n%s}", account, folder, temporary, server)
	return []string{"-p", folder, "-e", filepath.Join(folder, "start.log"), "-c", written(t, folder, "nginx.conf", configuration)}
}

func testSampleProxy(t *testing.T, name string, try tryProxy) {
	s, b := behind(t, name, try)
	folder, proxy, trust, from, stop := b.folder, b.proxy, b.trust, b.from, b.stop

	if status, _ := s.get(s.start()); status != http.StatusOK {
		t.Errorf("a browser’s own draft has status %d", status)
	}
	response, err := s.client.Get(s.address + "/")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = s.read(response)
	if got := response.Header.Values("Strict-Transport-Security"); len(got) != 1 {
		t.Errorf("Strict-Transport-Security is sent %d times", len(got))
	}
	const secret = "SECRET-OF-A-LINK"
	ask := func(want int) {
		t.Helper()
		for _, page := range []string{"/open/%s", "/join/%s", "/calendar/%s/whetstone.ics"} {
			if status, _ := s.get(fmt.Sprintf(page, secret)); status != want {
				t.Errorf("%s has status %d, want %d", page, status, want)
			}
		}
	}
	ask(http.StatusNotFound)
	// A client that takes the server for a proxy gives it the whole address.
	raw, err := tls.Dial("tcp", proxy, trust)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintf(raw, "GET %s/open/%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", s.address, secret, proxy)
	_, _ = raw.Read(make([]byte, 100))
	_ = raw.Close()
	recover := func() int {
		t.Helper()
		response, err := s.client.Post(s.address+"/recover", formType, strings.NewReader(url.Values{"words": {strings.Repeat("abandon ", 11) + "about"}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		status, _ := s.read(response)
		return status
	}
	s.client.Jar = newJar(t)
	for range 10 {
		recover()
	}
	if status := recover(); status != http.StatusTooManyRequests {
		t.Errorf("the eleventh try has status %d", status)
	}
	from("127.0.0.7")
	if status := recover(); status != http.StatusUnprocessableEntity {
		t.Errorf("another client’s first try has status %d", status)
	}
	s.stop()
	ask(http.StatusBadGateway)
	stop()

	logs, err := filepath.Glob(filepath.Join(folder, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	told := s.log()
	for _, log := range logs {
		content, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		told += string(content)
	}
	if strings.Contains(told, secret) || strings.Contains(told, "127.0.0.7") || !strings.Contains(told, "/recover") {
		t.Errorf("the logs say\n%s", told)
	}
}

// tried is a sample on trial.
type tried struct {
	folder, proxy string
	trust         *tls.Config
	// from has the client come from an address, stop ends the proxy.
	from func(client string)
	stop func()
}

// behind serves behind a sample.
func behind(t *testing.T, name string, try tryProxy, flags ...string) (*server, tried) {
	t.Helper()
	executable, err := exec.LookPath(name)
	if err != nil {
		if executable, err = exec.LookPath("/usr/sbin/" + name); err != nil {
			t.Skipf("NOT TESTED: the sample for %s, which is missing (Debian: apt install %[1]s)", name)
		}
	}
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	folder, app, proxy := t.TempDir(), free(t), free(t)
	key, err := x509.MarshalPKCS8PrivateKey(certified.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	written(t, folder, "fullchain.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certified.Certificate().Raw})))
	written(t, folder, "privkey.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
	s := serving(t, program(t, folder, append([]string{"serve", "--listen", app, "--base-url", "https://" + proxy, "--trusted-proxy", "127.0.0.1/32"}, flags...)...))
	trust := &tls.Config{RootCAs: x509.NewCertPool()}
	trust.RootCAs.AddCert(certified.Certificate())
	from := func(client string) {
		dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(client)}}
		s.client.Transport = &http.Transport{DialContext: dialer.DialContext, TLSClientConfig: trust}
	}
	from("127.0.0.1")
	running := program(t, folder, try(t, folder, proxy, app)...)
	running.Path, running.Env = executable, append(running.Env, "HOME="+folder, "XDG_DATA_HOME="+folder, "XDG_CONFIG_HOME="+folder)
	return s, tried{folder, proxy, trust, from, s.begin(running, filepath.Join(folder, "said.log"))}
}

// What a client says of itself ends at each sample proxy; what a gate at the proxy says of it counts.
func TestSampleProxiesNamePeople(t *testing.T) {
	t.Parallel()
	gated := map[string]tryProxy{
		"caddy": func(t *testing.T, folder, proxy, app string) []string {
			arguments := tryCaddy(t, folder, proxy, app)
			gate(t, filepath.Join(folder, "Caddyfile"), "header_up -X-Remote-User", "header_up X-Remote-User {http.auth.user.id}",
				"\treverse_proxy", "\t@inside not path /healthz\n\tbasicauth @inside {\n\t\tada $2a$14$pdyQe3IER49aPlbyAYgQ/uCkFn.kR6qhe.j/m2JLzMa1QYiStOcNi\n\t}\n\treverse_proxy")
			return arguments
		},
		"nginx": func(t *testing.T, folder, proxy, app string) []string {
			arguments := tryNginx(t, folder, proxy, app)
			written(t, folder, "people", "ada:{PLAIN}right\n")
			gate(t, filepath.Join(folder, "nginx.conf"), `X-Remote-User "";`, "X-Remote-User $remote_user; auth_basic inside; auth_basic_user_file "+folder+"/people;",
				"    location / {", "    location = /healthz { proxy_pass http://whetstone; }\n    location / {")
			return arguments
		},
	}
	for name, open := range map[string]tryProxy{"caddy": tryCaddy, "nginx": tryNginx} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			offers := func(s *server, person, password string) (int, string) {
				t.Helper()
				request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+"/sign-in", http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				request.Header.Set("X-Remote-User", "mallory")
				if person != "" {
					request.SetBasicAuth(person, password)
				}
				response, err := s.client.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				return s.read(response)
			}
			s, _ := behind(t, name, open, "--proxy-header", "X-Remote-User")
			for _, person := range []string{"", "mallory"} {
				if status, page := offers(s, person, "made up"); status != http.StatusOK || strings.Contains(page, "mallory") || strings.Contains(page, "Go on as") {
					t.Errorf("a client names itself: status %d\n%s", status, page)
				}
			}
			s, _ = behind(t, name, gated[name], "--proxy-header", "X-Remote-User", "--sign-in-only")
			if status, _ := offers(s, "ada", "wrong"); status != http.StatusUnauthorized {
				t.Errorf("the gate is open: status %d", status)
			}
			if status, page := offers(s, "ada", "right"); status != http.StatusOK || strings.Contains(page, "mallory") || !strings.Contains(page, "Go on as") || !strings.Contains(page, "ada") {
				t.Errorf("whom the gate names isn’t offered to go on: status %d\n%s", status, page)
			}
		})
	}
}

// gate changes a proxy's configuration.
func gate(t *testing.T, path string, pairs ...string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(pairs...).Replace(string(content))
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// begin starts the proxy before a server, waits until it serves, and returns what stops it.
func (s *server) begin(proxy *exec.Cmd, log string) (stop func()) {
	s.t.Helper()
	said, err := os.Create(log)
	if err != nil {
		s.t.Fatal(err)
	}
	proxy.Stdout, proxy.Stderr = said, said
	proxy.Cancel = func() error { return proxy.Process.Signal(syscall.SIGTERM) } // it may have processes of its own
	if err := proxy.Start(); err != nil {
		s.t.Fatal(err)
	}
	stop = func() {
		_ = proxy.Process.Signal(syscall.SIGTERM) // of no effect on one that has ended
		_ = proxy.Wait()
		_ = said.Close()
	}
	s.t.Cleanup(stop)
	for give := time.Now().Add(longest / 4); ; time.Sleep(50 * time.Millisecond) {
		response, err := s.client.Get(s.address + "/healthz")
		if err == nil {
			if status, _ := s.read(response); status == http.StatusOK {
				return stop
			}
		}
		if time.Now().After(give) {
			content, _ := os.ReadFile(log)
			s.t.Fatalf("%s doesn’t serve: %v\n%s", proxy.Path, err, content)
		}
	}
}

// free returns an address that nobody listens on just now. Its port is below those that systems give to clients, so that
// no connection of another test takes it before the server does.
func free(t *testing.T) string {
	t.Helper()
	for {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000)))
		if errors.Is(err, syscall.EADDRINUSE) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		return listener.Addr().String()
	}
}

// written writes a file and returns its path.
func written(t *testing.T, folder, name, content string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
