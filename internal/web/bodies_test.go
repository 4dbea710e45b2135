package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"whetstone/internal/paths"
	"whetstone/internal/web"
	"whetstone/views/kit"
)

// counted is a body that counts what is read of it, and stalls at its end.
type counted struct {
	content io.Reader
	read    *atomic.Int64
	stalls  <-chan struct{}
}

// Read implements io.Reader.
func (c *counted) Read(into []byte) (int, error) {
	count, err := c.content.Read(into)
	c.read.Add(int64(count))
	if err != nil && c.stalls != nil {
		<-c.stalls
	}
	return count, err
}

// request is one with a body, as the server gets it.
func rawRequest(method, path, from string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, "https://whetstone.test"+path, body)
	r.RemoteAddr, r.ContentLength = from, 1<<20
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// A body is read only where a route takes a form: not for a page, an address that leads nowhere, a method that isn't
// taken, a file, a probe, or a form of another site. The connection then ends.
func TestBodiesThatNobodyReads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, one := range []struct {
		method, path string
		site         string
		status       int
	}{
		{"GET", s.paths.Home(), "", ok}, {"GET", s.paths.Start(), "", ok}, {"POST", "/nothing", "", missing},
		{"PUT", s.paths.Start(), "", http.StatusMethodNotAllowed}, {"POST", s.paths.Method(), "", http.StatusMethodNotAllowed},
		{"GET", "/assets/nothing", "", missing}, {"GET", "/healthz", "", ok}, {"POST", s.paths.Start(), "cross-site", http.StatusForbidden},
	} {
		var read atomic.Int64
		r := rawRequest(one.method, one.path, "192.0.2.1:1", &counted{strings.NewReader("x=y"), &read, nil})
		r.Header.Set("Sec-Fetch-Site", one.site)
		recorder := s.answers(r)
		if recorder.Code != one.status || read.Load() > 0 || recorder.Header().Get("Connection") != "close" {
			t.Errorf("%s %s: status %d, %d bytes were read, the connection: %q", one.method, one.path, recorder.Code, read.Load(), recorder.Header().Get("Connection"))
		}
	}
	var read atomic.Int64
	r := rawRequest("POST", s.paths.Start(), "192.0.2.1:1", &counted{strings.NewReader("since=x"), &read, nil})
	r.ContentLength = 7
	recorder := s.answers(r)
	if recorder.Code != invalid || read.Load() != 7 || recorder.Header().Get("Connection") != "" {
		t.Errorf("a form: status %d, %d bytes were read, the connection: %q", recorder.Code, read.Load(), recorder.Header().Get("Connection"))
	}
}

// Each form takes what its longest texts need, in whatever script, and more than it may hold, so that it can say so;
// what is longer than that is refused.
func TestFormsTakeWhatTheyNeed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	declared := web.Fields(s.configuration)
	for pattern, form := range filledForms(t, s) {
		for _, letter := range []string{"\n", "ü", "\U0001F600"} {
			fields := url.Values{}
			for name := range form.fields {
				fields.Set(name, form.fields.Get(name))
				if field, _ := kit.FieldOf(declared[pattern], name); field.Limit > 0 {
					fields.Set(name, strings.Repeat(letter, field.Limit+1))
				}
			}
			got := form.browser.post(form.path, fields)
			if got.status == http.StatusRequestEntityTooLarge || got.status == http.StatusBadRequest {
				t.Errorf("%s takes no text of %d bytes", pattern, len(fields.Encode()))
			}
		}
		short := 16 << 10
		if strings.HasSuffix(pattern, paths.QuestionsPattern) {
			short = 1 << 19
		}
		form.sends(form.browser, with("&more="+strings.Repeat("x", max(short, 1<<18)))).wantStatus(http.StatusRequestEntityTooLarge)
	}
}

// flight is a crowd that sends forms, which stall before their end.
type flight struct {
	read    atomic.Int64
	stalls  chan struct{}
	running sync.WaitGroup
	mutex   sync.Mutex
	status  map[int]int
}

func newFlight() *flight { return &flight{stalls: make(chan struct{}), status: map[int]int{}} }

// land lets all forms come to their end.
func (f *flight) land() {
	close(f.stalls)
	f.running.Wait()
}

// send sends a form that stalls.
func (f *flight) send(s *site, path, from, content string) {
	f.running.Go(func() {
		recorder := httptest.NewRecorder()
		s.handler.ServeHTTP(recorder, rawRequest("POST", path, from, &counted{strings.NewReader(content), &f.read, f.stalls}))
		f.mutex.Lock()
		defer f.mutex.Unlock()
		f.status[recorder.Code]++
	})
}

// A thousand who send slowly take little, and those who send much take no more than there is for all and for each;
// others are told to come again, and somebody else's form goes through all the while.
func TestSlowFormsTakeBoundedRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		owner := s.browser() // at the address of httptest
		id := owner.begun("first-team", "full")
		competency, _ := s.firstItems("first-team")
		path := s.paths.Questions(id, competency)
		slow := newFlight()
		for number := range 1000 {
			slow.send(s, path, fmt.Sprintf("198.51.100.%d:1", number%100), "note.a=slowly")
		}
		synctest.Wait()
		owner.save(id, "item", "design.link.hardest-part", "level", "3")
		if read := slow.read.Load(); read != 1000*13 {
			t.Errorf("of a thousand slow forms %d bytes were read", read)
		}
		greedy := newFlight()
		much := strings.Repeat("x", 150<<10)
		for range 200 {
			greedy.send(s, path, "203.0.113.1:1", much)
		}
		synctest.Wait()
		const mebibyte = 1 << 20
		if read := greedy.read.Load(); read < 2*mebibyte || read > 4*mebibyte {
			t.Errorf("one client’s forms take %d bytes", read)
		}
		for number := range 400 {
			greedy.send(s, path, fmt.Sprintf("203.0.113.%d:1", number), much)
		}
		synctest.Wait()
		if read := slow.read.Load() + greedy.read.Load(); read < 8*mebibyte || read > 16*mebibyte {
			t.Errorf("all forms take %d bytes", read)
		}
		time.Sleep(6 * time.Second)
		synctest.Wait()
		greedy.mutex.Lock()
		if refused := greedy.status[http.StatusServiceUnavailable]; refused < 400 || len(greedy.status) != 1 {
			t.Errorf("those for whom there was no room got %v", greedy.status)
		}
		greedy.mutex.Unlock()
		slow.land()
		greedy.land()
		// There is room again for all of it.
		owner.post(path, url.Values{"note.a": {strings.Repeat("x", 100<<10)}}).wantStatus(onward)
	})
}

// A client that finds no room is told that this will pass and how to send the form again, and gets back what arrived
// of it; that isn't an error of the server's.
func TestNoRoomSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		owner := s.browser()
		id := owner.begun("first-team", "full")
		competency, items := s.firstItems("first-team")
		path := s.paths.Questions(id, competency)
		greedy := newFlight()
		defer greedy.land()
		for range 20 { // of the same network
			greedy.send(s, path, "192.0.2.1:1", strings.Repeat("x", 150<<10))
		}
		synctest.Wait() // and then the rest
		for range 200 {
			greedy.send(s, path, "192.0.2.1:1", "x")
		}
		synctest.Wait()
		note := url.Values{"note." + items[0].ID: {"typed " + strings.Repeat("x", 3000)}}
		got := owner.post(path, note).wantStatus(http.StatusServiceUnavailable).wantText("reload this page")
		if got.header.Get("Retry-After") == "" || strings.Contains(s.log.String(), "level=ERROR") {
			t.Errorf("it may try again after %q; the log:\n%s", got.header.Get("Retry-After"), s.log)
		}
		got = owner.post(s.paths.Answers(id), url.Values{"item": {items[0].ID}, "note": note["note."+items[0].ID]}, acceptJSON)
		var told struct{ Message string }
		if got.wantStatus(http.StatusServiceUnavailable).decode(&told); !strings.Contains(told.Message, "no room") {
			t.Errorf("a script is told %q", told.Message)
		}
	})
}

// piped is a listener whose connections are pipes: deadlines hold in them by the clock of a bubble.
type piped chan net.Conn

// Accept implements net.Listener.
func (p piped) Accept() (net.Conn, error) {
	connection, open := <-p
	if !open {
		return nil, net.ErrClosed
	}
	return connection, nil
}

// Close implements net.Listener.
func (p piped) Close() error { return nil }

// Addr implements net.Listener.
func (p piped) Addr() net.Addr { return &net.TCPAddr{} }

// connected lets a real server serve a site, as the program sets it up, and returns a connection to it.
func (s *site) connected() (connection net.Conn, end func()) {
	listener, done := make(piped), make(chan struct{})
	server := &http.Server{Handler: s.handler, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second}
	go func() { defer close(done); _ = server.Serve(listener) }()
	near, far := net.Pipe()
	listener <- far
	return near, func() {
		_ = near.Close()
		close(listener)
		_ = server.Close()
		<-done
	}
}

// A form that doesn't come in half a minute is told so on a page, which gives back what came of it; and that is no
// fault of the server's. One that takes nearly as long has all the time for its answer.
func TestFormsThatComeTooSlowly(t *testing.T) {
	for takes, want := range map[time.Duration]int{40 * time.Second: http.StatusRequestTimeout, 29 * time.Second: invalid} {
		synctest.Test(t, func(t *testing.T) {
			s := newSite(t)
			connection, end := s.connected()
			defer end()
			body := url.Values{"words": {"yesterday"}}.Encode()
			_, _ = fmt.Fprintf(connection, "POST /recover HTTP/1.1\r\nHost: whetstone.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
				len(body), body[:len(body)-3])
			time.AfterFunc(takes, func() { _, _ = io.WriteString(connection, body[len(body)-3:]) })
			response, err := http.ReadResponse(bufio.NewReader(connection), nil)
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(response.Body)
			if response.StatusCode != want || err != nil || !strings.Contains(string(content), "yester") {
				t.Errorf("after %v: status %d, %v\n%s", takes, response.StatusCode, err, content)
			}
			if response.Close != (want == http.StatusRequestTimeout) {
				t.Errorf("after %v the connection ends: %v", takes, response.Close)
			}
			synctest.Wait()
			if log := s.log.String(); strings.Contains(log, "level=ERROR") || !strings.Contains(log, fmt.Sprintf("status=%d", want)) {
				t.Errorf("the log says\n%s", log)
			}
		})
	}
}

// A request that tells its length in two ways may hide another one. Nobody answers what follows it on the connection.
func TestTwoLengthsEndTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		connection, end := s.connected()
		defer end()
		go func() {
			_, _ = io.WriteString(connection, "POST /recover HTTP/1.1\r\nHost: whetstone.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
				"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"+
				"GET /about HTTP/1.1\r\nHost: whetstone.test\r\n\r\n")
		}()
		reader := bufio.NewReader(connection)
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		if rest, _ := io.ReadAll(reader); !response.Close || len(rest) > 0 || strings.Contains(s.log.String(), "/about") {
			t.Errorf("status %d, the connection ends: %v; after it comes %q", response.StatusCode, response.Close, rest)
		}
	})
}

// A client that leaves before the answer isn't a failure of the server's.
func TestWhoHasGoneIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	r := httptest.NewRequest("GET", "https://whetstone.test"+s.paths.Assessments(), nil)
	for _, cookie := range owner.client.Jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	recorder := s.answers(r.WithContext(endedContext(t)))
	if log := s.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "status=500") || !strings.Contains(log, "status=499") || recorder.Body.Len() > 0 {
		t.Errorf("the log says\n%s", log)
	}
}

// endedContext is that of a request whose sender has gone.
func endedContext(t *testing.T) context.Context {
	ctx, end := context.WithCancel(t.Context())
	end()
	return ctx
}

// answers answers a request as it came to the server.
func (s *site) answers(r *http.Request) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	s.handler.ServeHTTP(recorder, r)
	return recorder
}
