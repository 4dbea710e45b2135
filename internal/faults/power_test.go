package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// recording is a run of a server whose system calls were recorded.
type recording struct {
	root, path string
	clients    *crowd
	secret     []byte
	// before are the files that lay there for certain when the record began.
	before map[string][]byte
	events []event
}

// secretIn is the key that signs cookies: without it nobody reaches what is theirs.
func secretIn(folder string) string { return filepath.Join(folder, "keys", "secret") }

// record has a server, from its very first start, take so many answers, and kills it. With an injection it is
// not the first start, and what is injected comes on top.
func record(t *testing.T, program string, answers int, injection ...string) *recording {
	t.Helper()
	r := &recording{root: filepath.Join(t.TempDir(), "installation"), path: filepath.Join(t.TempDir(), "record"), clients: newCrowd(t, workers)}
	if err := os.Mkdir(r.root, 0o700); err != nil {
		t.Fatal(err)
	}
	var err error
	if len(injection) > 0 {
		if status := serve(t, command(t, program, r.root)).stop(); status != 0 {
			t.Fatalf("the first start ended with status %d", status)
		}
		if r.before, err = contents(r.root); err != nil {
			t.Fatal(err)
		}
	}
	arguments := append([]string{"-y", "-s", "16384", "-o", r.path, "-e", recorded, "-e", "signal=none"}, injection...)
	// A server whose disk fails from the start rightly says that it is not ready.
	running, status, printed := try(t, traced(t, command(t, program, r.root), arguments...))
	if running == nil {
		t.Fatalf("the server ended with status %d: %s", status, printed)
	}
	stop := r.clients.work(running.base)
	r.clients.until(t, answers, 0)
	running.kill()
	stop()
	if _, refused, _ := r.clients.counts(); (refused > 0) != (len(injection) > 0) || len(r.clients.problems) > 0 {
		t.Fatalf("%d requests were refused; %v", refused, few(r.clients.problems))
	}
	if r.secret, err = os.ReadFile(secretIn(r.root)); err != nil {
		t.Fatal(err)
	}
	if r.events, err = parse(r.path, r.root); err != nil {
		t.Fatal(err)
	}
	return r
}

// conversations follows what a server hears and answers, and so what it has promised.
type conversations struct {
	journal *journal
	// heard is what was read since the last answer, by connection.
	heard map[string][]byte
	promise
}

var (
	request  = regexp.MustCompile(`^POST (\S+) `)
	location = regexp.MustCompile(`\r\nLocation: \S*/start/(\S+)`)
)

// take follows one event, and reports whether something was promised by it. An answer counts from the moment at
// which it is handed to the system.
func (c *conversations) take(e event) (promised bool) {
	if !strings.HasPrefix(e.path, "socket:") || e.failed {
		return false
	}
	if e.call == "read" && e.ended {
		c.heard[e.descriptor] = append(c.heard[e.descriptor], e.text...)
		return false
	}
	if e.call != "write" || e.ended || !bytes.HasPrefix(e.text, []byte("HTTP/1.1 ")) {
		return false
	}
	asked := c.heard[e.descriptor]
	c.heard[e.descriptor] = nil
	taken := bytes.HasPrefix(e.text, []byte("HTTP/1.1 200 ")) || bytes.HasPrefix(e.text, []byte("HTTP/1.1 303 "))
	address := request.FindSubmatch(asked)
	if address == nil || !taken {
		return false
	}
	for _, found := range numbered.FindAllSubmatch(asked, -1) {
		number, _ := strconv.Atoi(string(found[1])) // digits alone
		c.newest[c.journal.saves[number].place] = number
	}
	if begun := location.FindSubmatch(e.text); begun != nil && string(address[1]) == to.Start() {
		c.started[string(begun[1])] = true
	}
	if id, ends := strings.CutSuffix(string(address[1]), "/finish"); ends {
		c.finished[filepath.Base(id)] = true
	}
	return true
}

// moments hands on every moment at which something was promised, written or synced, and counts them.
func (r *recording) moments(each func(moment int, d *disk, promised promise) error) (count int, err error) {
	d := newDiskOf(r.root, r.before)
	heard := &conversations{r.clients.journal, map[string][]byte{}, newPromise()}
	for _, e := range r.events {
		changes, syncs := d.changes, d.syncs
		if err := d.take(e); err != nil {
			return 0, err
		}
		if promised := heard.take(e); !promised && d.changes == changes && d.syncs == syncs {
			continue
		}
		count++
		if err := each(count, d, heard.promise); err != nil {
			return 0, err
		}
	}
	return count, nil
}

// outcome is what losses of power came to.
type outcome struct {
	cuts, states, lost, served int
	// worst is what was lost at once.
	worst    int
	problems []string
}

// cut has the power fail at so many moments, chosen by chance, and at the last, and looks at what is left. Of
// the first few it has a server start on what is left.
func (r *recording) cut(t *testing.T, program string, wanted, served int) (o outcome) {
	t.Helper()
	count, err := r.moments(func(int, *disk, promise) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	chosen := map[int]bool{count: true}
	for len(chosen) < min(wanted, count) {
		chosen[1+rand.IntN(count)] = true
	}
	every := max(1, len(chosen)/max(1, served))
	_, err = r.moments(func(moment int, d *disk, promised promise) error {
		if moment == count {
			r.understood(t, promised)
		}
		if !chosen[moment] {
			return nil
		}
		o.cuts++
		for _, keep := range losses {
			o.states++
			starts := o.served < served && keep == something && o.cuts%every == 0
			if err := r.look(t, program, starts, d, keep, promised, &o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// understood reports whether the record shows all that the clients were told.
func (r *recording) understood(t *testing.T, promised promise) {
	t.Helper()
	told := r.clients.promised()
	for at, number := range told.newest {
		if got, there := promised.newest[at]; !there || got < number {
			t.Errorf("the record doesn't show that answer %d was acknowledged", number)
		}
	}
	for id := range told.started {
		if !promised.started[id] {
			t.Errorf("the record doesn't show that %s was started", id)
		}
	}
	for id := range told.finished {
		if !promised.finished[id] {
			t.Errorf("the record doesn't show that %s was finished", id)
		}
	}
}

// look rebuilds what one loss of power leaves, and compares it with what was promised.
func (r *recording) look(t *testing.T, program string, starts bool, d *disk, keep loss, promised promise, o *outcome) error {
	t.Helper()
	folder, err := os.MkdirTemp("", "whetstone-power-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if err := d.rebuild(folder, keep); err != nil {
		return err
	}
	if len(promised.started) == 0 {
		return nil // before the first promise there may be nothing
	}
	tell := func(lost int, problems []string) {
		o.lost += lost
		o.worst = max(o.worst, lost)
		for _, problem := range problems {
			o.problems = append(o.problems, fmt.Sprintf("cut %d, kept %s: %s", o.cuts, keep, problem))
		}
	}
	if secret, err := os.ReadFile(secretIn(folder)); err != nil || !bytes.Equal(secret, r.secret) {
		tell(0, []string{fmt.Sprintf("the key of the cookies is lost: %v", err)})
	}
	if starts {
		o.served++
		running := serve(t, command(t, program, folder))
		tell(r.clients.compare(promised, r.seen(t, running.base, promised)))
		if status := running.stop(); status != 0 {
			tell(0, []string{fmt.Sprintf("the server on it stopped with status %d: %s", status, running.printed())})
		}
	}
	tell(r.clients.compare(promised, read(databaseIn(folder))))
	return nil
}

// seen is what a server on an earlier state shows: assessments that were begun later are unknown to it.
func (r *recording) seen(t *testing.T, base string, promised promise) database {
	t.Helper()
	earlier := &crowd{journal: r.clients.journal}
	for _, one := range r.clients.managers {
		then := *one
		then.all = nil
		for _, id := range one.all {
			if promised.started[id] {
				then.all = append(then.all, id)
			}
		}
		earlier.managers = append(earlier.managers, &then)
	}
	return earlier.look(t, base)
}

// Whatever a loss of power leaves of what was not synced, all that was acknowledged is there.
func TestPower(t *testing.T) {
	needStrace(t)
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for range forms(1, 4) {
		recorded := record(t, program, forms(250, 1500))
		got := recorded.cut(t, program, forms(50, 300), forms(2, 10))
		if len(got.problems) > 0 {
			t.Errorf("%d problems: %v", len(got.problems), few(got.problems))
		}
		figures.note(t, began, "the power failed at %d moments, which left %d states of the disk; a server started on %d: of %d answers acknowledged %d lost",
			got.cuts, got.states, got.served, recorded.clients.acknowledged, got.lost)
	}
}

// A sync that failed may have thrown away what it was for, and the next one says that all is well. Also then
// a loss of power takes nothing that was acknowledged.
func TestPowerAfterFailedSyncs(t *testing.T) {
	needStrace(t)
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, when := range forms([]string{"3+4"}, []string{"3+4", "2+3", "2+2", "5+9", "10+20"}) {
		recorded := record(t, program, forms(120, 800), "-e", "inject=fsync,fdatasync:error=EIO:when="+when)
		got := recorded.cut(t, program, forms(30, 150), forms(1, 5))
		if len(got.problems) > 0 {
			t.Errorf("%d problems: %v", len(got.problems), few(got.problems))
		}
		_, refused, _ := recorded.clients.counts()
		figures.note(t, began, "with syncs failing (%s), %d requests refused, the power failed at %d moments, which left %d states of the disk: of %d answers acknowledged %d lost",
			when, refused, got.cuts, got.states, recorded.clients.acknowledged, got.lost)
	}
}

// The test of the power can fail: of a program that doesn't wait for the disk it finds that answers are lost.
func TestPowerFindsWhatIsNotSynced(t *testing.T) {
	needStrace(t)
	for level, synchronous := range forms([]string{"OFF"}, []string{"OFF", "NORMAL"}) {
		t.Run(synchronous, func(t *testing.T) {
			began := time.Now()
			program := weakened(t, level)
			recorded := record(t, program, forms(100, 1000))
			got := recorded.cut(t, program, forms(20, 100), 0)
			if got.lost == 0 {
				t.Errorf("with synchronous=%s nothing is lost: this test can't find what it is for", synchronous)
			}
			figures.note(t, began, "with synchronous=%s the power failed at %d moments, which left %d states of the disk: of %d answers acknowledged up to %d lost at once",
				synchronous, got.cuts, got.states, recorded.clients.acknowledged, got.worst)
		})
	}
}
