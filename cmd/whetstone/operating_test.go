package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// logged reads a log in JSON, every line of it.
func (s *server) logged() (lines []map[string]any) {
	s.t.Helper()
	for line := range strings.Lines(s.log()) {
		fields := map[string]any{}
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			s.t.Fatalf("%v in the line %s", err, line)
		}
		lines = append(lines, fields)
	}
	return lines
}

// Metrics have a listener of their own, and neither they nor the log say anything of anybody.
func TestMetricsAndLog(t *testing.T) {
	t.Parallel()
	s := serving(t, program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--log-format", "json"))
	draft := s.start()
	_, page := s.get(draft)
	questions := regexp.MustCompile(`/assessments/[A-Z0-9]+/questions/[a-z-]+`).FindString(page)
	_, page = s.get(questions)
	item := regexp.MustCompile(`name="level\.([^"@]+)["@]`).FindStringSubmatch(page)
	if item == nil {
		t.Fatalf("no question at %q", questions)
	}
	answer := url.Values{"item": {item[1]}, "level": {"3"}, "note": {"Zanzibar"}}
	response, err := s.client.Post(s.address+draft+"/answers", formType, strings.NewReader(answer.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if status, body := s.read(response); status != http.StatusOK {
		t.Fatalf("saving: status %d\n%s", status, body)
	}
	s.get("/nothing/of/the/kind")
	if status, _ := s.get("/metrics"); status != http.StatusNotFound {
		t.Errorf("the app’s own listener gives metrics: status %d", status)
	}
	address := ""
	for _, line := range s.logged() {
		if line["msg"] == "metrics are offered" {
			address, _ = line["address"].(string)
		}
	}
	scraped, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(scraped.Body)
	_ = scraped.Body.Close()
	if err != nil || scraped.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", address, scraped.StatusCode, err)
	}
	metrics := string(content)
	for _, want := range []string{
		`whetstone_requests_total{route="POST /start",status="303"} 1`, `whetstone_requests_total{route="none",status="404"} 2`,
		`whetstone_request_seconds_count{route="GET /assessments/{assessment}"} 1`, "whetstone_save_seconds_count 1", `whetstone_commit_batch_size_bucket{le="64"} `,
		"whetstone_sessions 1\n", `whetstone_build_info{revision="`, `go_sql_max_open_connections{db_name="writes"} 1`, "process_resident_memory_bytes", "go_goroutines",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	checkDashboard(t, metrics)
	_, id, _ := strings.Cut(draft, "/assessments/")
	for what, secret := range map[string]string{"an id": id, "a note": "Zanzibar", "an address": "nothing/of", "an item": item[1]} {
		if strings.Contains(metrics, secret) || strings.Contains(s.log(), secret) {
			t.Errorf("the metrics or the log hold %s", what)
		}
	}
	if t.Failed() {
		t.Log(metrics)
	}
	s.stop()
	s.logged() // JSON to the end
	if _, err := http.Get(address); err == nil {
		t.Error("the metrics outlive the server")
	}
}

// Metrics are off unless they are asked for.
func TestNoMetricsByDefault(t *testing.T) {
	t.Parallel()
	s := serving(t, program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0"))
	if strings.Contains(s.log(), "metrics") {
		t.Errorf("the log says\n%s", s.log())
	}
	s.stop()
}

// systemd is told when the app can serve, and when it stops.
func TestSystemdIsNotified(t *testing.T) {
	t.Parallel()
	address := &net.UnixAddr{Name: filepath.Join(t.TempDir(), "notify"), Net: "unixgram"}
	socket, err := net.ListenUnixgram("unixgram", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = socket.Close() }()
	heard := func() string {
		t.Helper()
		message := make([]byte, 100)
		_ = socket.SetReadDeadline(time.Now().Add(longest))
		length, err := socket.Read(message)
		if err != nil {
			t.Fatal(err)
		}
		return string(message[:length])
	}
	command := program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0")
	command.Env = append(command.Env, "NOTIFY_SOCKET="+address.Name)
	s := serving(t, command)
	if got := heard(); got != "READY=1" {
		t.Errorf("at the start it says %q", got)
	}
	s.stop()
	if got := heard(); got != "STOPPING=1" {
		t.Errorf("at the end it says %q", got)
	}
}

// Behind a trusted proxy each client has tries of their own; without trust all of them share one's.
func TestTrustedProxy(t *testing.T) {
	t.Parallel()
	for trusted, want := range map[string]int{"127.0.0.1": http.StatusUnprocessableEntity, "10.0.0.0/8": http.StatusTooManyRequests} {
		s := serving(t, program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0", "--trusted-proxy", trusted))
		recover := func(client string) int {
			words := strings.TrimSpace(strings.Repeat("abandon ", 11)) + " about"
			request, err := http.NewRequest(http.MethodPost, s.address+"/recover", strings.NewReader(url.Values{"words": {words}}.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", formType)
			request.Header.Set("X-Forwarded-For", client)
			response, err := s.client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			status, _ := s.read(response)
			return status
		}
		for range 10 {
			if got := recover("192.0.2.7"); got != http.StatusUnprocessableEntity {
				t.Fatalf("a wrong key gives status %d", got)
			}
		}
		if got := recover("192.0.2.7"); got != http.StatusTooManyRequests {
			t.Errorf("trusting %s: the eleventh try gives status %d", trusted, got)
		}
		if got := recover("192.0.2.8"); got != want {
			t.Errorf("trusting %s: another client gets status %d, want %d", trusted, got, want)
		}
		if strings.Contains(s.log(), "192.0.2") {
			t.Errorf("the log holds an address:\n%s", s.log())
		}
		s.stop()
	}
}
