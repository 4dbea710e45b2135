package browsertest

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// brings sends a file of everything, and gives the address of the page that says what is new in it.
func (v *visitor) brings(file string) string {
	v.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	part, err := parts.CreateFormFile("file", "whetstone-history.json")
	if err == nil {
		_, err = part.Write([]byte(file))
	}
	if err != nil || parts.Close() != nil {
		v.t.Fatal(err)
	}
	response, err := v.client.Post(v.server.base+to.Import(), parts.FormDataContentType(), &body)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("the file is answered with %d", response.StatusCode)
	}
	return response.Header.Get("Location")
}

// seenOfFile is the token of what the page of a sent file shows.
var seenOfFile = regexp.MustCompile(`name="seen" value="([^"]+)"`)

// bringsIn presses the button of that page.
func (v *visitor) bringsIn() {
	v.t.Helper()
	found := seenOfFile.FindStringSubmatch(v.get(to.CheckFile()))
	if found == nil {
		v.t.Fatal("there is nothing to press")
	}
	v.post(to.CheckFile(), url.Values{"seen": {found[1]}, "go": {"bring"}})
}

// Somebody moves, in a browser: the file that they took away elsewhere is chosen, looked at and brought in, and their
// history stands here.
func TestJourneyOfSomebodyWhoMoves(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	before := served.newVisitor(t)
	before.take("first-team", model.FullForm, mixed)
	before.jots(t, served, "debt", "Paired on the migration; the cut-over took an hour.")
	file := before.get(to.HistoryJSON())
	words, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	opened := served.newTabOf(t, served.newVisitor(t))
	opened.open(to.Import())
	choose := func(content string) {
		run(opened, `const files = new DataTransfer(); files.items.add(new File([`+content+`], "whetstone-history.json", {type: "application/json"}));
			document.querySelector("input[type=file]").files = files.files`)
		opened.follow("button", "Look at what is new in it")
	}
	choose(string(words))
	opened.says("h1", "What this file would bring")
	opened.resize(360)
	opened.fits(360)
	opened.follow("button", "Bring in what is new, 2 things")
	opened.says("main", "1 assessment and 1 entry in the log came in.")
	opened.follow("a", "See your history")
	opened.says("main", "Your assessments, as they were")
	if got := eval[string](opened, `document.querySelector("main a[href*='/result']").getAttribute("href")`); !strings.Contains(got, "/result") {
		t.Errorf("the result stands at %q", got)
	}
}
