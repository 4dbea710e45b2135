//go:build unix

package web_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/gorilla/securecookie"

	"whetstone/internal/app"
	"whetstone/internal/paths"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// Sizes of the benchmark of pages.
const (
	benchConnections = 16
	benchHistory     = 40
)

// asABrowserAsks is what browsers accept.
const asABrowserAsks = "gzip, deflate, br, zstd"

// benchSecret signs the cookies of the benchmark's installations.
var benchSecret = bytes.Repeat([]byte("k"), 32)

// Names of the benchmark's pages.
var (
	historyPage = fmt.Sprintf("history of %d", benchHistory)
	teamPages   = fmt.Sprintf("team of %d over %d cycles: ", storetest.LargeTeamMembers, storetest.LargeTeamCycles)
)

// benchSite is an installation, the cookie of somebody who visits it, and the addresses of pages by their names.
type benchSite struct {
	b       *testing.B
	handler http.Handler
	cookie  string
	pages   map[string]string
}

// BenchmarkPages asks for pages over loopback, from 16 connections that stay open, uncompressed; and for a
// constant of the same size from a bare handler, served alike, right after. It prints them as one table. The
// processor's time and the allocations of one request by itself are measured in the process, without a network:
// without a coding, and as a browser asks; and the time and the bytes as one asks that accepts a single coding.
func BenchmarkPages(b *testing.B) {
	rows := map[string]string{} // the last round of each page counts
	alone := sync.OnceValue(func() *benchSite { return newAloneSite(b) })
	team := sync.OnceValue(func() *benchSite { return newTeamSite(b) })
	const cpu = "5 ms of CPU"
	for _, page := range []struct {
		name, target string
		of           func() *benchSite
	}{
		{"question page", "0.33", alone}, {"results page", "0.25", alone}, {historyPage, cpu, alone},
		{teamPages + "home", cpu, team}, {teamPages + "open cycle", cpu, team}, {teamPages + "result", cpu, team},
		{teamPages + "trends", cpu, team}, {teamPages + "members", cpu, team},
	} {
		b.Run(page.name, func(b *testing.B) {
			site := page.of()
			path := site.pages[page.name]
			b.ResetTimer()
			body := site.get(path, "identity").Body.Bytes()
			bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Header().Set("Content-Length", strconv.Itoa(len(body)))
				_, _ = w.Write(body)
			})
			ours, constant := site.load(site.handler, path, b.N), site.load(bare, path, b.N)
			byItself := map[string]testing.BenchmarkResult{}
			sizes := map[string]int{}
			for _, coding := range []string{"identity", asABrowserAsks, "gzip", "zstd", "br"} {
				byItself[coding] = site.alone(path, coding)
				sizes[coding] = site.get(path, coding).Body.Len()
			}
			b.ReportMetric(ours.perSecond, "requests/s")
			b.ReportMetric(ours.perSecond/constant.perSecond, "times-bare")
			took := func(coding string) time.Duration {
				return time.Duration(byItself[coding].NsPerOp()).Round(time.Microsecond)
			}
			adds := func(coding string) string {
				return fmt.Sprintf("%v, %d", took(coding)-took("identity"), sizes[coding])
			}
			rows[page.name] = fmt.Sprintf("%s\t%d\t%.0f\t%v\t%v\t%.0f\t%v\t%v\t%.2f\t%s\t%v\t%d\t%v\t%d\t%s\t%s\t%s\t", page.name, len(body),
				ours.perSecond, ours.middle, ours.late, constant.perSecond, constant.middle, constant.late, ours.perSecond/constant.perSecond, page.target,
				took("identity"), byItself["identity"].AllocsPerOp(), took(asABrowserAsks), sizes[asABrowserAsks], adds("gzip"), adds("zstd"), adds("br"))
		})
	}
	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, "page\tbytes\trequests/s\tp50\tp99\tbare\tp50\tp99\tratio\ttarget\tCPU alone\tallocations\tas a browser asks\tbytes\tgzip adds\tzstd adds\tbrotli adds\t")
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintln(columns, rows[name])
	}
	if err := columns.Flush(); err != nil {
		b.Fatal(err)
	}
	fmt.Println(table.String())
}

// newBenchSite is an installation over these use cases.
func newBenchSite(b *testing.B, useCases *app.App, now func() time.Time) *benchSite {
	b.Helper()
	handler, err := web.New(useCases, web.Configuration{
		BaseURL: &url.URL{Scheme: "http", Host: "whetstone.test", Path: "/"}, Secret: benchSecret,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: now, Random: rand.Text,
	})
	if err != nil {
		b.Fatal(err)
	}
	return &benchSite{b: b, handler: handler}
}

// newAloneSite is an installation with one manager, who has a history and a draft.
func newAloneSite(b *testing.B) *benchSite {
	b.Helper()
	library, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	opened, err := store.Open(b.Context(), "sqlite:"+b.TempDir()+"/whetstone.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = opened.Close() })
	clock := &clock{at: opening}
	site := newBenchSite(b, app.New(opened, library, clock.now, rand.Text, app.Secret), clock.now)
	site.fill(clock)
	return site
}

// newTeamSite is an installation with a large team, visited by a member who stewards nothing.
func newTeamSite(b *testing.B) *benchSite {
	b.Helper()
	large := storetest.NewLargeTeam(b)
	site := newBenchSite(b, large.App, large.Now)
	token, _, err := large.OpenSession(b.Context(), large.Member, "")
	if err != nil {
		b.Fatal(err)
	}
	mark, err := large.Mark(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	name := "whetstone-" + mark
	signed, err := securecookie.New(benchSecret, nil).Encode(name, token)
	if err != nil {
		b.Fatal(err)
	}
	site.cookie = name + "=" + signed
	var paths paths.Paths
	site.pages = map[string]string{
		teamPages + "home":       paths.Team(large.TeamID),
		teamPages + "open cycle": paths.Cycle(large.TeamID, large.Open),
		teamPages + "result":     paths.Cycle(large.TeamID, large.Closed),
		teamPages + "trends":     paths.TeamTrends(large.TeamID),
		teamPages + "members":    paths.Roster(large.TeamID),
	}
	return site
}

// fill takes the assessments of a history, and begins one more.
func (s *benchSite) fill(clock *clock) {
	s.b.Helper()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{
		Jar: jar, Transport: inProcess{s.handler},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	// post sends a form that leads on, and returns the last part of where to.
	post := func(to string, fields url.Values) string {
		response, err := client.PostForm("http://whetstone.test"+to, fields)
		if err != nil {
			s.b.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusSeeOther {
			s.b.Fatalf("%s: status %d", to, response.StatusCode)
		}
		return path.Base(response.Header.Get("Location"))
	}
	library, _ := shipped()
	asked, _ := library.Questionnaire("first-team")
	var paths paths.Paths
	var finished, draft string
	for number := range benchHistory + 1 {
		draft = post(paths.Start(), url.Values{
			"questionnaire": {"first-team"}, "craft": {"software"}, "form": {"full"},
		})
		for section, each := range asked.For("software").Sections {
			fields := url.Values{"spent": {"90000"}, "go": {"continue"}}
			for position, item := range each.Items {
				fields.Set("level."+item.ID, varied(number+section*3+position))
				fields.Set("note."+item.ID, "A note of a line or so, as people write them.")
			}
			post(paths.Questions(draft, each.Competency), fields)
		}
		if number < benchHistory {
			post(paths.Finish(draft), url.Values{"meant": {"yes"}})
			finished = draft
			clock.advance(91 * day)
		}
	}
	for _, cookie := range jar.Cookies(&url.URL{Scheme: "http", Host: "whetstone.test", Path: "/"}) {
		s.cookie = cookie.Name + "=" + cookie.Value
	}
	s.pages = map[string]string{
		"question page": paths.Questions(draft, "design"), "results page": paths.Result(finished), historyPage: paths.History(),
	}
}

func (s *benchSite) request(path, coding string) *http.Request {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	request.Host = "whetstone.test"
	request.Header.Set("Cookie", s.cookie)
	request.Header.Set("Accept-Encoding", coding)
	return request
}

func (s *benchSite) get(path, coding string) *httptest.ResponseRecorder {
	s.b.Helper()
	recorder := httptest.NewRecorder()
	s.handler.ServeHTTP(recorder, s.request(path, coding))
	if recorder.Code != http.StatusOK {
		s.b.Fatalf("%s: status %d", path, recorder.Code)
	}
	return recorder
}

// alone measures one request after another, without a network.
func (s *benchSite) alone(path, coding string) testing.BenchmarkResult {
	return measured(func() { s.get(path, coding) })
}

// measured runs something for a while. testing.Benchmark can't be called in a benchmark. Its time is the
// processor's, that of collecting the garbage included, whatever else the machine does.
func measured(do func()) testing.BenchmarkResult {
	const rounds = 200
	before := processorTime()
	allocations := testing.AllocsPerRun(rounds, do)
	// AllocsPerRun runs it once more, to warm up.
	return testing.BenchmarkResult{N: rounds + 1, T: processorTime() - before, MemAllocs: uint64(allocations * (rounds + 1))}
}

// processorTime is how long the processors have worked for this process.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// pageLoad is how requests are answered under load.
type pageLoad struct {
	perSecond    float64
	middle, late time.Duration
}

// load asks for a page so many times, from all connections, over loopback. Its client does no more than it
// has to, as it shares the machine.
func (s *benchSite) load(handler http.Handler, path string, requests int) pageLoad {
	s.b.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	sent := []byte("GET " + path + " HTTP/1.1\r\nHost: whetstone.test\r\nCookie: " + s.cookie + "\r\n\r\n")
	each := max(requests/benchConnections, 30)
	times := make([][]time.Duration, benchConnections)
	var group sync.WaitGroup
	started := time.Now()
	for number := range benchConnections {
		group.Go(func() {
			connection, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				s.b.Error(err)
				return
			}
			defer func() { _ = connection.Close() }()
			reader := bufio.NewReaderSize(connection, 1<<16)
			for range each {
				before := time.Now()
				if _, err = connection.Write(sent); err == nil {
					err = readAnswer(reader)
				}
				if err != nil {
					s.b.Error(err)
					return
				}
				times[number] = append(times[number], time.Since(before))
			}
		})
	}
	group.Wait()
	took := time.Since(started)
	all := slices.Sorted(slices.Values(slices.Concat(times...)))
	if len(all) == 0 {
		s.b.FailNow()
	}
	at := func(share float64) time.Duration {
		return all[int(share*float64(len(all)-1))].Round(10 * time.Microsecond)
	}
	return pageLoad{float64(len(all)) / took.Seconds(), at(.5), at(.99)}
}

// readAnswer reads a page that was found, by its length.
func readAnswer(reader *bufio.Reader) error {
	length, first := -1, true
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
			return fmt.Errorf("it answers %q", line)
		}
		first = false
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
		if len(bytes.TrimSpace(line)) == 0 {
			_, err := reader.Discard(length)
			return err
		}
	}
}
