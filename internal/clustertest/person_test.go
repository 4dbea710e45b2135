package clustertest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"whetstone/internal/paths"
)

var to paths.Paths

// requestTimeout is longer than any limit of the server's and the proxy's: what takes longer hangs.
const requestTimeout = 45 * time.Second

// person is somebody's browser. A browser sends its cookies to a host whatever the port, so that the same
// person can ask each process and the proxy.
type person struct {
	t      *testing.T
	client *http.Client
}

func newPerson(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t, &http.Client{
		Jar: jar, Timeout: requestTimeout, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// answer is what came back.
type answer struct {
	status   int
	location string
	server   string
	body     string
	// retryAfter is when an error says that another try may help.
	retryAfter string
}

// ask sends a form, or gets the page where there is none.
func (p *person) ask(address string, form url.Values) (answer, error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if form != nil {
		request, err = http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	}
	if err != nil {
		return answer{}, err
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if strings.HasSuffix(request.URL.Path, "/answers") {
		request.Header.Set("Accept", "application/json")
	}
	response, err := p.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	return answer{
		response.StatusCode, response.Header.Get("Location"), response.Header.Get("X-Served-By"), string(content),
		response.Header.Get("Retry-After"),
	}, err
}

// must asks for what has to be answered with a status.
func (p *person) must(status int, address string, form url.Values) answer {
	p.t.Helper()
	got, err := p.ask(address, form)
	if err != nil {
		p.t.Fatal(err)
	}
	if got.status != status {
		p.t.Fatalf("%s answered %d, want %d:\n%s", address, got.status, status, got.body)
	}
	return got
}

// start begins an assessment and returns its id.
func (p *person) start(base string) string {
	p.t.Helper()
	return path.Base(p.must(http.StatusSeeOther, base+to.Start(), url.Values{
		"questionnaire": {"first-team"}, "craft": {"software"}, "form": {"full"},
	}).location)
}

// kept is an answer as the server keeps it.
type kept struct {
	Item, Note string
	Level      int
}

// answers reads the answers of a draft.
func (p *person) answers(base, id string) map[string]kept {
	p.t.Helper()
	var list struct{ Answers []kept }
	got := p.must(http.StatusOK, base+to.Answers(id), nil)
	if err := json.Unmarshal([]byte(got.body), &list); err != nil {
		p.t.Fatal(err)
	}
	found := map[string]kept{}
	for _, one := range list.Answers {
		found[one.Item] = one
	}
	return found
}
