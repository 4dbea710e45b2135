package faults

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
)

// asked is the questionnaire that the managers take.
const asked = "first-team"

var to paths.Paths

var sections = sync.OnceValues(func() ([]questionnaire.Section, error) {
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		return nil, err
	}
	found, _ := library.Questionnaire(asked)
	return found.For("software").Sections, nil
})

// manager takes one assessment after the other, in a browser of its own.
type manager struct {
	journal  *journal
	client   *http.Client
	sections []questionnaire.Section
	// draft is the assessment in hand, "" before the first; all are those that were acknowledged.
	draft string
	all   []string
	// section and item are what comes next.
	section, item int
	// rounds is how often each question of an assessment is answered.
	rounds, round int
}

// crowd is several managers at work.
type crowd struct {
	*journal
	managers []*manager
}

// newCrowd makes managers of whom every other one answers each question twice before an assessment is finished.
func newCrowd(t *testing.T, size int) *crowd {
	t.Helper()
	asked, err := sections()
	if err != nil || len(asked) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	c := &crowd{journal: newJournal()}
	for number := range size {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		c.managers = append(c.managers, &manager{
			journal: c.journal, sections: asked, rounds: 1 + number%2,
			client: &http.Client{
				Jar: jar, Timeout: longest, Transport: &somewhere{},
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			},
		})
	}
	return c
}

// somewhere sends each request from another address, as a proxy tells it: what one client begins is bounded, and a crowd of
// the tests begins more than people do.
type somewhere struct{}

var requestsSent atomic.Uint32

// RoundTrip implements http.RoundTripper.
func (*somewhere) RoundTrip(request *http.Request) (*http.Response, error) {
	number := requestsSent.Add(1)
	request = request.Clone(request.Context())
	request.Header.Set("X-Forwarded-For", netip.AddrFrom4([4]byte{10, byte(number >> 16), byte(number >> 8), byte(number)}).String())
	return http.DefaultTransport.RoundTrip(request)
}

// work has all managers work with a server until it is gone, or until stop is called, which waits for them.
func (c *crowd) work(base string) (stop func()) {
	ended := make(chan struct{})
	var working sync.WaitGroup
	for _, one := range c.managers {
		working.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				if gone := one.step(base); gone {
					return
				}
			}
		})
	}
	return sync.OnceFunc(func() {
		close(ended)
		working.Wait()
	})
}

// until waits until so many more answers are acknowledged, and so many more requests refused.
func (c *crowd) until(t *testing.T, acknowledged, refused int) {
	t.Helper()
	kept, failed, told := c.counts()
	acknowledged, refused = acknowledged+kept, refused+failed
	for deadline := time.After(longest); kept < acknowledged || failed < refused; kept, failed, told = c.counts() {
		select {
		case <-told:
		case <-deadline:
			t.Fatalf("after %v: %d answers acknowledged of %d awaited, %d requests refused of %d awaited", longest, kept, acknowledged, failed, refused)
		}
	}
}

// untilTold waits for so many more answers or refusals, whichever.
func (c *crowd) untilTold(t *testing.T, more int) {
	t.Helper()
	kept, failed, told := c.counts()
	wanted := kept + failed + more
	for deadline := time.After(longest); kept+failed < wanted; kept, failed, told = c.counts() {
		select {
		case <-told:
		case <-deadline:
			t.Fatalf("after %v the server has told only of %d requests of %d", longest, kept+failed, wanted)
		}
	}
}

// step does one thing. gone reports whether the server didn't answer at all.
func (m *manager) step(base string) (gone bool) {
	switch {
	case m.draft == "":
		return m.start(base)
	case m.section == len(m.sections):
		m.round++
		m.section = 0
		if m.round == m.rounds {
			m.round = 0
			return m.finish(base)
		}
		return false
	case m.section%3 == 0:
		return m.page(base)
	}
	return m.autosave(base)
}

// start begins an assessment.
func (m *manager) start(base string) (gone bool) {
	status, header, _, err := m.post(base+to.Start(), url.Values{
		"questionnaire": {asked}, "craft": {"software"}, "form": {string(model.FullForm)},
	})
	if err == nil && m.accepted("start", status, http.StatusSeeOther) {
		m.draft = path.Base(header.Get("Location"))
		m.all = append(m.all, m.draft)
		m.journal.change(func() { m.journal.started[m.draft] = true })
	}
	return err != nil
}

// finish ends the assessment in hand. Without an answer nobody knows whether it has ended, so another is begun.
func (m *manager) finish(base string) (gone bool) {
	id := m.draft
	m.draft = ""
	m.journal.change(func() { m.journal.finishing[id] = true })
	status, _, _, err := m.post(base+to.Finish(id), url.Values{"meant": {"yes"}})
	if err == nil && m.accepted("finish", status, http.StatusSeeOther) {
		m.journal.change(func() { m.journal.finished[id] = true })
	}
	return err != nil
}

// page sends a whole page of answers, as a browser without a script does.
func (m *manager) page(base string) (gone bool) {
	section := m.sections[m.section]
	fields := url.Values{"spent": {"60000"}}
	var numbers []int
	for _, item := range section.Items {
		number, sent := m.journal.sending(place{m.draft, item.ID})
		numbers = append(numbers, number)
		fields.Set("level."+item.ID, strconv.Itoa(sent.level))
		fields.Set("note."+item.ID, noteOf(number))
	}
	address := base + to.Questions(m.draft, section.Competency)
	status, _, _, err := m.post(address, fields)
	if err == nil && status == http.StatusConflict {
		// What was sent before and not acknowledged had been kept: a person is asked, and chooses what stands there.
		var list struct{ Answers []answer }
		var body []byte
		if status, body, err = m.get(base + to.Answers(m.draft)); err != nil {
			return true
		}
		if err := json.Unmarshal(body, &list); err != nil {
			m.journal.problem("the draft answers with status %d: %.100s", status, body)
		}
		for _, one := range list.Answers {
			fields.Set("seen.note."+one.Item, one.Seen)
		}
		status, _, _, err = m.post(address, fields)
	}
	if err == nil && m.accepted("page", status, http.StatusSeeOther) {
		m.journal.acknowledge(numbers...)
		m.section++
	}
	return err != nil
}

// autosave sends one answer, as the page's script does.
func (m *manager) autosave(base string) (gone bool) {
	item := m.sections[m.section].Items[m.item]
	number, sent := m.journal.sending(place{m.draft, item.ID})
	fields := url.Values{"item": {item.ID}, "level": {strconv.Itoa(sent.level)}, "note": {noteOf(number)}, "spent": {"5000"}}
	status, _, body, err := m.post(base+to.Answers(m.draft), fields)
	if err == nil && status == http.StatusPreconditionFailed {
		// What was sent before and not acknowledged had been kept.
		var told struct{ Answer answer }
		if err := json.Unmarshal(body, &told); err != nil {
			m.journal.problem("a conflict told %.200s, %v", body, err)
		}
		fields.Set("seen", told.Answer.Seen)
		status, _, body, err = m.post(base+to.Answers(m.draft), fields)
	}
	if err != nil || !m.accepted("autosave", status, http.StatusOK) {
		return err != nil
	}
	var told answer
	if err := json.Unmarshal(body, &told); err != nil || told.Item != item.ID || told.Level != sent.level || told.Note != noteOf(number) {
		m.journal.problem("the save of answer %d told %.200s, %v", number, body, err)
	}
	m.journal.acknowledge(number)
	if m.item++; m.item == len(m.sections[m.section].Items) {
		m.item = 0
		m.section++
	}
	return false
}

// answer is an answer as the app tells a script.
type answer struct {
	Item  string
	Level int
	Note  string
	Seen  string
}

// accepted reports whether a request was taken. One that isn't has to be refused as the server's own failure.
func (m *manager) accepted(what string, status, want int) bool {
	switch {
	case status == want:
		return true
	case status >= http.StatusInternalServerError:
		m.journal.change(func() { m.journal.refused++ })
	default:
		m.journal.problem("%s answered with status %d", what, status)
	}
	return false
}

func (m *manager) post(address string, fields url.Values) (status int, header http.Header, body []byte, err error) {
	response, err := m.client.PostForm(address, fields)
	if err != nil {
		return 0, nil, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, response.Header, body, err
}

func (m *manager) get(address string) (status int, body []byte, err error) {
	response, err := m.client.Get(address)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

// look asks a server for all that was acknowledged, each manager in the browser that began it: so their
// sessions have to be there too.
func (c *crowd) look(t *testing.T, base string) database {
	t.Helper()
	found := database{answers: map[place]kept{}, states: map[string]string{}}
	for _, one := range c.managers {
		for _, id := range one.all {
			status, body, err := one.get(base + to.ResultJSON(id))
			if err != nil {
				t.Fatal(err)
			}
			if status == http.StatusOK {
				found.states[id] = finished
				for _, answer := range exported(t, body) {
					found.answers[place{id, answer.Item}] = kept{numberIn(answer.Note), answer.Level}
				}
				continue
			}
			if status, body, err = one.get(base + to.Answers(id)); err != nil {
				t.Fatal(err)
			}
			var list struct{ Answers []answer }
			if err := json.Unmarshal(body, &list); err != nil {
				t.Errorf("the draft %s answers with status %d: %.100s", id, status, body)
				continue
			}
			found.states[id] = "draft"
			for _, answer := range list.Answers {
				found.answers[place{id, answer.Item}] = kept{numberIn(answer.Note), answer.Level}
			}
		}
	}
	return found
}

// exported reads the answers of a finished assessment from its export.
func exported(t *testing.T, body []byte) (answers []answer) {
	t.Helper()
	var history struct {
		Assessments []struct {
			Competencies []struct {
				Answers []struct {
					Item  struct{ ID string }
					Level int
					Note  string
				}
			}
		}
	}
	if err := json.Unmarshal(body, &history); err != nil {
		t.Errorf("%v in %.100s", err, body)
	}
	for _, assessment := range history.Assessments {
		for _, competency := range assessment.Competencies {
			for _, one := range competency.Answers {
				answers = append(answers, answer{Item: one.Item.ID, Level: one.Level, Note: one.Note})
			}
		}
	}
	return answers
}
