package web_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"whetstone/internal/paths"
	"whetstone/internal/report"
)

// sendsFile sends a file as the form of a page does.
func (b *browser) sendsFile(content io.Reader, edit ...func(*http.Request)) *page {
	b.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	once, err := parts.CreateFormField("once-AAAABBBBCCCCDDDDEEEEFFFFGG")
	if err == nil {
		_, err = io.WriteString(once, "yes")
	}
	if err != nil {
		b.t.Fatal(err)
	}
	file, err := parts.CreateFormFile("file", "whetstone-history.json")
	if err == nil && content != nil {
		_, err = io.Copy(file, content)
	}
	if err != nil || parts.Close() != nil {
		b.t.Fatal(err)
	}
	inParts := func(r *http.Request) { r.Header.Set("Content-Type", parts.FormDataContentType()) }
	return b.request(http.MethodPost, b.site.paths.Import(), &body, append([]func(*http.Request){inParts}, edit...)...)
}

// exportedHistory is the file of everything of somebody who has one assessment, a commitment and an entry.
func (s *site) exportedHistory() string {
	owner := s.browser()
	owner.finished("first-team", "full")
	owner.commits("debt")
	owner.jots("debt", "The cron job again")
	return owner.get(s.paths.HistoryJSON()).wantStatus(ok).body
}

// sendsHistory sends somebody else's file of everything, and gives the page that says what is new in it.
func (b *browser) sendsHistory() *page {
	b.t.Helper()
	return b.sendsFile(strings.NewReader(b.site.exportedHistory())).wantStatus(onward).follow()
}

// sentFields are the fields of the form on a page of a file that was sent.
func (p *page) sentFields(do string) url.Values {
	p.t.Helper()
	for _, input := range find(p.root(), tagged("input")) {
		if attribute(input, "name") == "seen" {
			return url.Values{"seen": {attribute(input, "value")}, "go": {do}}
		}
	}
	p.t.Fatalf("nothing to press on %s", p.text())
	return nil
}

// Somebody who has nothing here yet brings in their history, and takes the same file away again.
func TestSomebodyMovesHere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	file := s.exportedHistory()
	mover := s.browser()
	mover.visit(s.paths.History()).wantText("Bring in a history from a file")
	check := mover.sendsFile(strings.NewReader(file)).wantStatus(onward).follow().wantAt(s.paths.CheckFile())
	check.wantText("What this file would bring").wantText("Bring in what is new, 3 things")
	if len(mover.visit(s.paths.History()).text()) == 0 || strings.Contains(mover.visit(s.paths.Assessments()).text(), "Finished") {
		t.Error("something came in before it was meant to")
	}
	fields := check.sentFields("bring")
	done := mover.post(s.paths.CheckFile(), fields).wantStatus(onward).follow()
	done.wantText("1 assessment, 1 commitment and 1 entry in the log came in.")
	mover.post(s.paths.CheckFile(), fields).wantStatus(onward)
	if got := mover.get(s.paths.HistoryJSON()).wantStatus(ok).body; got != file {
		t.Errorf("what was brought in is exported otherwise, %d bytes for %d", len(got), len(file))
	}
	mover.visit(mover.visit(s.paths.History()).linkTo("/result")).wantText("Brought in from a file on")

	again := mover.sendsFile(strings.NewReader(file)).wantStatus(onward).follow()
	again.wantText("Nothing in this file is new")
	mover.post(s.paths.CheckFile(), again.sentFields("discard")).wantStatus(onward)
	mover.get(s.paths.CheckFile()).wantStatus(missing).wantText("There is no file here to look at")
}

// linkTo is the first link of a page that ends so.
func (p *page) linkTo(end string) string {
	p.t.Helper()
	for _, link := range find(p.root(), tagged("a")) {
		if path, _, _ := strings.Cut(attribute(link, "href"), "#"); strings.HasSuffix(path, end) {
			return path
		}
	}
	p.t.Fatalf("no link to %s on %s", end, p.address)
	return ""
}

// What was shown is what is brought in: what has changed since is told with a 409, and the page shows what is so now.
func TestAFileIsBroughtInAsItWasShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	file := s.exportedHistory()
	mover := s.browser()
	mover.finished("first-team", "pulse")
	check := mover.sendsFile(strings.NewReader(file)).follow()
	other := strings.Replace(file, "The cron job again", "The cron job, for once", 1)
	mover.sendsFile(strings.NewReader(other)).wantStatus(onward)
	told := mover.post(s.paths.CheckFile(), check.sentFields("bring")).wantStatus(conflict)
	told.wantText("was changed since that page was shown")
	mover.post(s.paths.CheckFile(), told.sentFields("bring")).wantStatus(onward)
	mover.visit(s.paths.Log()).wantText("The cron job, for once")

	differing := mover.sendsFile(strings.NewReader(file)).follow().wantText("What differs stays as it is here").wantText("words")
	mover.post(s.paths.CheckFile(), differing.sentFields("bring")).wantStatus(onward).follow().wantText("Nothing was new")
	mover.visit(s.paths.Log()).wantText("The cron job, for once")
}

// A file that can't be taken is answered on the page of the form, with the line of what is wrong; and what isn't a file,
// comes from elsewhere, is too long or too slow is told so.
func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	file := s.exportedHistory()
	b := s.browser()
	wrong := b.sendsFile(strings.NewReader(strings.Replace(file, `"level": 3`, `"level": 33`, 1))).wantStatus(invalid)
	line := strings.Count(file[:strings.Index(file, `"level": 3`)], "\n") + 1
	wrong.wantText(fmt.Sprintf("Line %d, column", line)).wantText("A level is from 1 to 5.").wantText("Before it can be brought in")
	b.sendsFile(strings.NewReader("<html>")).wantStatus(invalid).wantText("This is not JSON")
	b.sendsFile(strings.NewReader(file[:len(file)/3])).wantStatus(invalid).wantText("cut off")
	b.sendsFile(strings.NewReader(strings.Replace(file, report.HistoryFormat, "whetstone-history-7", 1))).wantStatus(invalid).wantText("A later version of Whetstone")
	b.sendsFile(strings.NewReader(file), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }).wantStatus(http.StatusForbidden)
	b.sendsFile(strings.NewReader(file), func(r *http.Request) { r.Header.Set("Origin", "https://whetstone.test:8443") }).wantStatus(http.StatusForbidden)
	b.sendsFile(strings.NewReader(file), func(r *http.Request) {
		r.Body = io.NopCloser(io.MultiReader(io.LimitReader(r.Body, 5000), tooSlow{}))
	}).wantStatus(http.StatusRequestTimeout)
	b.sendsFile(strings.NewReader(file), func(r *http.Request) { r.ContentLength = report.LongestHistory * 2 }).wantStatus(http.StatusRequestEntityTooLarge).wantText("larger than any export")
	b.sendsFile(&endless{left: report.LongestHistory + 1<<20}, func(r *http.Request) { r.ContentLength = -1 }).wantStatus(http.StatusRequestEntityTooLarge)
	b.post(s.paths.Import(), url.Values{"file": {file}}).wantStatus(http.StatusBadRequest)
	b.get(s.paths.CheckFile()).wantStatus(missing)
	managers := 0
	if err := s.file().QueryRow(`SELECT count(*) FROM managers`).Scan(&managers); err != nil || managers != 1 {
		t.Errorf("%d managers with files that were refused, %v", managers, err)
	}
}

// endless is a file that says the same for long.
type endless struct{ left int64 }

// Read implements io.Reader.
func (e *endless) Read(into []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	into = into[:min(int64(len(into)), e.left)]
	for i := range into {
		into[i] = ' '
	}
	e.left -= int64(len(into))
	return len(into), nil
}

// Everybody acts for the made-up manager of a demonstration, so nobody may bring theirs in there.
func TestNobodyBringsTheirHistoryIntoADemonstration(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.post(s.paths.Demonstration(), url.Values{}).wantStatus(onward)
	visitor.get(s.paths.Import()).wantStatus(missing)
	visitor.sendsFile(strings.NewReader("{}")).wantStatus(missing)
	visitor.get(s.paths.CheckFile()).wantStatus(missing)
	if strings.Contains(visitor.visit(s.paths.Settings()).text(), "Bring in a history") {
		t.Errorf("the settings lead to %s", paths.ImportPattern)
	}
}

// Whoever sends far too much is told so, once they have sent it: no connection is cut before the answer comes.
func TestTooLargeAFileIsAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	const length = report.LongestHistory + 16<<20
	head := "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.json\"\r\n\r\n"
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: whetstone.test\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: %d\r\n\r\n%s",
		s.paths.Import(), length, head)
	if err == nil {
		_, err = io.Copy(connection, &endless{left: length - int64(len(head))})
	}
	if err != nil {
		t.Fatalf("the connection ended while the file was sent: %v", err)
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatalf("no answer came: %v", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "larger than any export") {
		t.Errorf("the answer is %d, %v: %.300s", response.StatusCode, err, body)
	}
}
