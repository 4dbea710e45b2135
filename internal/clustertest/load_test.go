package clustertest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// pace is how long a writer waits between two answers. It only keeps the writers from using up the machine.
const pace = 4 * time.Millisecond

// writer is somebody who answers the same questions over and over, each time with the next number as the
// note, and keeps a journal of it.
type writer struct {
	*person
	assessment string
	items      []string
	// acknowledged is, by item, the highest number that the app said it had saved, tried the highest that was
	// sent at all.
	acknowledged, tried map[string]int
	// seen is, by item, the seen token of what was read of it last.
	seen map[string]string
}

// load is several writers at work.
type load struct {
	t       *testing.T
	base    string
	writers []*writer
	stop    chan struct{}
	running sync.WaitGroup

	mutex sync.Mutex
	// acknowledged counts the answers that the app said it had saved, told those that it said it had not, by
	// what it said.
	acknowledged int
	told         map[string]int
	// wrong is what it said that it must not.
	wrong []string
}

// itemsOf are the questions of one page.
func itemsOf(t *testing.T, p *person, base, assessment string) (items []string) {
	t.Helper()
	page := p.must(http.StatusOK, base+to.Questions(assessment, "design"), nil).body
	for _, part := range strings.Split(page, `data-item="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		items = append(items, id)
	}
	if len(items) == 0 {
		t.Fatalf("no questions on:\n%s", page)
	}
	return items
}

// startLoad has so many people begin an assessment, and answer until end.
func startLoad(t *testing.T, base string, people int) *load {
	t.Helper()
	l := &load{t: t, base: base, stop: make(chan struct{}), told: map[string]int{}}
	for range people {
		w := &writer{person: newPerson(t), acknowledged: map[string]int{}, tried: map[string]int{}, seen: map[string]string{}}
		w.assessment = w.start(base)
		w.items = itemsOf(t, w.person, base, w.assessment)
		l.writers = append(l.writers, w)
	}
	for _, w := range l.writers {
		l.running.Go(func() { l.write(w) })
	}
	t.Cleanup(l.end)
	return l
}

// end lets the writers finish what they are about.
func (l *load) end() {
	select {
	case <-l.stop:
	default:
		close(l.stop)
	}
	l.running.Wait()
}

func (l *load) write(w *writer) {
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for number := 1; ; number++ {
		select {
		case <-l.stop:
			return
		case <-ticker.C:
		}
		item := w.items[number%len(w.items)]
		w.tried[item] = number
		got, err := w.save(l.base, item, number)
		if err == nil && got.status == http.StatusPreconditionFailed {
			// An answer that was lost on the way here had been kept.
			got, err = w.save(l.base, item, number)
		}
		if err == nil && got.status == http.StatusOK {
			w.acknowledged[item] = number
		}
		l.note(number, got, err)
	}
}

// save sends an answer as the page's script does, with the seen token of what was read of it last.
func (w *writer) save(base, item string, number int) (answer, error) {
	got, err := w.ask(base+to.Answers(w.assessment), url.Values{
		"item": {item}, "level": {strconv.Itoa(1 + number%5)}, "note": {strconv.Itoa(number)}, "seen": {w.seen[item]},
	})
	var told struct {
		Seen   string
		Answer struct{ Seen string }
	}
	if err == nil && json.Unmarshal([]byte(got.body), &told) == nil && told.Seen+told.Answer.Seen != "" {
		w.seen[item] = told.Seen + told.Answer.Seen
	}
	return got, err
}

// What the app refuses is counted as internalError or, where it says that the database is out of reach, as
// outOfReach.
const (
	internalError = "500"
	outOfReach    = "503"
)

// refusals counts the answers that were refused so far, by what was said.
func (l *load) refusals() map[string]int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return maps.Clone(l.told)
}

// note counts what came back. Whatever happens, the answer is either "saved" or an error that says so: a
// broken connection, the end of somebody's session or a page that hangs is neither.
func (l *load) note(number int, got answer, err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var saved kept
	switch {
	case err != nil:
		l.wrong = append(l.wrong, err.Error())
	case got.status == http.StatusOK:
		if json.Unmarshal([]byte(got.body), &saved) != nil || saved.Note != strconv.Itoa(number) {
			l.wrong = append(l.wrong, fmt.Sprintf("%d was sent, saved was %s", number, got.body))
		}
		l.acknowledged++
	case got.status >= http.StatusInternalServerError:
		what := strconv.Itoa(got.status)
		if strings.Contains(got.body, "<center>nginx") {
			what += " of the proxy"
		}
		l.told[what]++
	default:
		l.wrong = append(l.wrong, fmt.Sprintf("status %d: %s", got.status, got.body))
	}
}

func (l *load) count() (acknowledged, told int) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, count := range l.told {
		told += count
	}
	return l.acknowledged, told
}

// goesOn waits until so many more answers are saved.
func (l *load) goesOn(more int) {
	l.t.Helper()
	before, _ := l.count()
	until(l.t, fmt.Sprintf("%d more answers are saved", more), func() bool {
		now, _ := l.count()
		return now >= before+more
	})
}

// complains waits until so many more answers are refused with an error.
func (l *load) complains(more int) {
	l.t.Helper()
	_, before := l.count()
	until(l.t, fmt.Sprintf("%d more errors are told", more), func() bool {
		_, now := l.count()
		return now >= before+more
	})
}

// lost ends the load and compares what is kept with the journals: how many answers that were acknowledged
// are gone. A later one that wasn't acknowledged may stand in the place of one that was: nobody could know
// what became of it.
func (l *load) lost() int {
	l.t.Helper()
	l.end()
	lost := 0
	for _, w := range l.writers {
		kept := w.answers(l.base, w.assessment)
		for item, acknowledged := range w.acknowledged {
			number, _ := strconv.Atoi(kept[item].Note)
			if number < acknowledged {
				lost++
			}
			if number > w.tried[item] || number > 0 && kept[item].Level != 1+number%5 {
				l.t.Errorf("%s holds %+v, which nobody sent", item, kept[item])
			}
		}
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, what := range l.wrong {
		l.t.Errorf("neither saved nor told: %s", what)
	}
	l.t.Logf("%d answers acknowledged, %v told as errors, %d lost", l.acknowledged, l.told, lost)
	return lost
}
