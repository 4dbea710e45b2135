package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"whetstone/data"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store/storetest"
)

// Sizes of the benchmarks of the built program.
const (
	manyAssessments = 100_000
	perManager      = 20
	benchStarts     = 20
	benchClients    = 64
	benchLoad       = 8 * time.Second
)

// installation is a folder with a database and a secret, and the browser of a manager who has a draft in it.
type installation struct {
	folder string
	client *http.Client
	draft  string
}

// page is one that a browser asks for first: the questions of the draft, or where one begins.
func (i installation) page() string {
	if i.draft == "" {
		return paths.Paths{}.Start()
	}
	return paths.Paths{}.Questions(path.Base(i.draft), "design")
}

// command makes a run of the server on it.
func (i installation) command(b *testing.B) *exec.Cmd {
	return program(b, i.folder, "serve", "--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1")
}

// manyInstalled makes an installation of 100,000 assessments.
func manyInstalled(b *testing.B) installation {
	b.Helper()
	made := installation{folder: b.TempDir()}
	s := serving(b, made.command(b))
	someone := &respondent{address: s.address, client: s.client}
	finished, err := someone.take()
	if err == nil {
		made.draft, err = someone.begin()
	}
	if err != nil {
		b.Fatal(err)
	}
	made.client = s.client
	s.stop()
	storetest.Multiply(b, filepath.Join(made.folder, "var/whetstone.db"), path.Base(finished), manyAssessments, perManager)
	return made
}

// BenchmarkStart measures the time from the start of the program to its first page, on a database that doesn't
// exist yet, on an empty one and on one of 100,000 assessments; and beside it, as the bare baseline, that of
// "whetstone version", which starts the same program and ends it. All take turns, so that a busy moment of the
// machine meets all alike.
func BenchmarkStart(b *testing.B) {
	empty := installation{folder: b.TempDir()}
	serving(b, empty.command(b)).stop()
	many := manyInstalled(b)
	cases := []struct {
		name string
		take func() time.Duration
		took []time.Duration
	}{
		{name: "bare", take: func() time.Duration {
			started := time.Now()
			if err := program(b, empty.folder, "version").Run(); err != nil {
				b.Fatal(err)
			}
			return time.Since(started)
		}},
		{name: "no database yet", take: func() time.Duration { return firstPage(b, installation{folder: b.TempDir()}) }},
		{name: "empty database", take: func() time.Duration { return firstPage(b, empty) }},
		{name: fmt.Sprintf("%d assessments", manyAssessments), take: func() time.Duration { return firstPage(b, many) }},
	}
	for b.Loop() {
		for range benchStarts {
			for number := range cases {
				cases[number].took = append(cases[number].took, cases[number].take())
			}
		}
	}
	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, "start to first page\tmedian\tslowest\ttimes bare\ttarget\t")
	bare := median(cases[0].took)
	for number, each := range cases {
		target := "50 ms"
		if number == 0 {
			target = ""
		}
		fmt.Fprintf(columns, "%s\t%v\t%v\t%.1f\t%s\t\n", each.name, median(each.took).Round(100*time.Microsecond),
			slices.Max(each.took).Round(100*time.Microsecond), float64(median(each.took))/float64(bare), target)
	}
	_ = columns.Flush() // a builder takes everything
	fmt.Println(table.String())
	b.ReportMetric(float64(median(cases[3].took).Microseconds())/1000, "ms/start")
	b.ReportMetric(float64(median(cases[3].took))/float64(bare), "times-bare")
}

func median(took []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(took))[len(took)/2]
}

// firstPage starts the program, asks for a page, and ends it.
func firstPage(b *testing.B, on installation) time.Duration {
	b.Helper()
	command := on.command(b)
	started := time.Now()
	s := serving(b, command)
	if on.client != nil {
		s.client = on.client
	}
	status, body := s.get(on.page())
	took := time.Since(started)
	if status != http.StatusOK {
		b.Fatalf("%s: status %d\n%s", on.page(), status, body)
	}
	s.stop()
	return took
}

// BenchmarkMemory reports how much memory the program takes on 100,000 assessments: after its first page, and
// at most while 64 people answer, read their results and are asked again, with what their browsers accept.
// The pages of its file are listed apart from those that are its own: the system shares the former with whatever
// else runs the file, and takes them back when it needs room.
func BenchmarkMemory(b *testing.B) {
	forgetFile(b, binary)
	many := manyInstalled(b)
	for b.Loop() {
		s := serving(b, many.command(b))
		s.client = many.client
		if status, body := s.get(many.page()); status != http.StatusOK {
			b.Fatalf("status %d\n%s", status, body)
		}
		idle := memoryOf(b, s)
		highest := idle
		ended := make(chan int)
		go func() { ended <- everybody(b, s.address) }()
		requests := 0
		for ticker := time.NewTicker(20 * time.Millisecond); requests == 0; {
			select {
			case requests = <-ended:
				ticker.Stop()
			case <-ticker.C:
			}
			now := memoryOf(b, s)
			highest = memory{own: max(highest.own, now.own), file: max(highest.file, now.file), resident: now.peak}
		}
		if b.Failed() {
			return
		}
		var table strings.Builder
		columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(columns, "memory, MiB\tits own\tof its file\tresident\ttarget\t")
		fmt.Fprintf(columns, "idle after the first page\t%s\t20\t\n", idle)
		fmt.Fprintf(columns, "at most, %d clients, %d requests\t%s\t80\t\n", benchClients, requests, highest)
		fmt.Fprintf(columns, "after them\t%s\t\t\n", memoryOf(b, s))
		_ = columns.Flush() // a builder takes everything
		fmt.Println(table.String())
		b.ReportMetric(float64(idle.own)/1024, "MiB-idle")
		b.ReportMetric(float64(highest.own)/1024, "MiB-load")
		s.stop()
	}
}

// forgetFile drops a file from the system's cache, as a start of the system does. A file that was just written
// lies in it in large pieces, and all of a piece counts as resident if a byte of it is read.
func forgetFile(b *testing.B, name string) {
	b.Helper()
	file, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if err := file.Sync(); err != nil {
		b.Fatal(err)
	}
	const dontNeed = 4 // POSIX_FADV_DONTNEED
	if _, _, failed := syscall.Syscall6(syscall.SYS_FADVISE64, file.Fd(), 0, 0, dontNeed, 0, 0); failed != 0 {
		b.Fatal(failed)
	}
}

// memory is what a process has in memory, in KiB: its own, pages of files, both, and the most of both at any time.
type memory struct{ own, file, resident, peak int }

// String returns the columns of the table.
func (m memory) String() string {
	return fmt.Sprintf("%.1f\t%.1f\t%.1f", float64(m.own)/1024, float64(m.file)/1024, float64(m.resident)/1024)
}

func memoryOf(b *testing.B, s *server) memory {
	b.Helper()
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	read := func(name string) int {
		_, rest, found := strings.Cut(string(content), "\n"+name+":")
		fields := strings.Fields(rest)
		if !found || len(fields) == 0 {
			b.Fatalf("no %s in\n%s", name, content)
		}
		value, err := strconv.Atoi(fields[0])
		if err != nil {
			b.Fatal(err)
		}
		return value
	}
	return memory{own: read("RssAnon"), file: read("RssFile"), resident: read("VmRSS"), peak: read("VmHWM")}
}

// everybody lets all clients take an assessment and go on for a while, and counts their requests.
func everybody(b *testing.B, address string) (requests int) {
	var mutex sync.Mutex
	var running sync.WaitGroup
	until := time.Now().Add(benchLoad)
	for number := range benchClients {
		someone := &respondent{address: address, from: fmt.Sprintf("10.0.0.%d", number), client: &http.Client{
			Jar: newJar(b), Transport: &http.Transport{DisableCompression: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}}
		running.Go(func() {
			defer someone.client.CloseIdleConnections()
			err := someone.goOn(until)
			mutex.Lock()
			defer mutex.Unlock()
			requests += someone.requests
			if err != nil {
				b.Error(err)
			}
		})
	}
	running.Wait()
	return requests
}

// respondent is a browser, and counts its requests.
type respondent struct {
	address string
	// from is the address that a proxy tells of the client, "" for none.
	from     string
	client   *http.Client
	requests int
	// seen is the seen token of what was saved last.
	seen string
}

// savedToken finds the seen token of an answer that was saved.
var savedToken = regexp.MustCompile(`"seen":"([^"]+)"`)

// goOn takes an assessment, and then reads questions, answers one and reads the result, again and again.
func (r *respondent) goOn(until time.Time) error {
	finished, err := r.take()
	if err != nil {
		return err
	}
	draft, err := r.begin()
	if err != nil {
		return err
	}
	asked, err := firstTeam()
	if err != nil {
		return err
	}
	var to paths.Paths
	seen := map[string]string{}
	for turn := 0; time.Now().Before(until); turn++ {
		section := asked.Sections[turn%len(asked.Sections)]
		item := section.Items[turn%len(section.Items)]
		_, err := r.ask(http.StatusOK, to.Questions(path.Base(draft), section.Competency), nil)
		if err == nil {
			_, err = r.ask(http.StatusOK, to.Answers(path.Base(draft)), url.Values{
				"item": {item.ID}, "level": {strconv.Itoa(1 + turn%5)}, "note": {"A note of a line or so, as people write them."},
				"seen": {seen[item.ID]},
			})
			seen[item.ID] = r.seen
		}
		if err == nil {
			_, err = r.ask(http.StatusOK, to.Result(path.Base(finished)), nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// firstTeam is the questionnaire that startForm names.
var firstTeam = sync.OnceValues(func() (*questionnaire.Questionnaire, error) {
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		return nil, err
	}
	found, _ := library.Questionnaire("first-team")
	return found.For("software"), nil
})

// begin begins an assessment and returns the path of the draft.
func (r *respondent) begin() (draft string, err error) {
	form, err := url.ParseQuery(startForm())
	if err != nil {
		return "", err
	}
	return r.ask(http.StatusSeeOther, paths.Paths{}.Start(), form)
}

// take answers all of an assessment, finishes it and returns its path.
func (r *respondent) take() (finished string, err error) {
	draft, err := r.begin()
	if err != nil {
		return "", err
	}
	asked, err := firstTeam()
	if err != nil {
		return "", err
	}
	var to paths.Paths
	for number, section := range asked.Sections {
		fields := url.Values{"spent": {"90000"}, "go": {"continue"}}
		for position, item := range section.Items {
			fields.Set("level."+item.ID, strconv.Itoa(1+(number+position)%5))
			fields.Set("note."+item.ID, "A note of a line or so, as people write them.")
		}
		if _, err := r.ask(http.StatusSeeOther, to.Questions(path.Base(draft), section.Competency), fields); err != nil {
			return "", err
		}
	}
	_, err = r.ask(http.StatusSeeOther, to.Finish(path.Base(draft)), url.Values{"meant": {"yes"}})
	return draft, err
}

// ask gets a page, or sends a form, as a browser does, and returns where it leads on to.
func (r *respondent) ask(want int, path string, form url.Values) (location string, err error) {
	r.requests++
	request, err := http.NewRequest(http.MethodGet, r.address+path, nil)
	if form != nil {
		request, err = http.NewRequest(http.MethodPost, r.address+path, strings.NewReader(form.Encode()))
	}
	if err != nil {
		return "", err
	}
	if form != nil {
		request.Header.Set("Content-Type", formType)
	}
	if strings.HasSuffix(path, "/answers") {
		request.Header.Set("Accept", "application/json")
	}
	request.Header.Set("Accept-Encoding", "gzip, br")
	if r.from != "" { // what one client begins is bounded
		request.Header.Set("X-Forwarded-For", r.from)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if token := savedToken.FindSubmatch(content); token != nil {
		r.seen = string(token[1])
	}
	if response.StatusCode != want {
		return "", fmt.Errorf("%s: status %d, want %d", path, response.StatusCode, want)
	}
	return response.Header.Get("Location"), nil
}
