package faults

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"sync"
)

// place is where an answer is kept.
type place struct{ assessment, item string }

// finished is the state of an assessment that was finished, as the database names it.
const finished = "finished"

// kept is an answer as it was found. Every save has a number of its own, which stands in its note.
type kept struct{ number, level int }

// save is one answer that was sent.
type save struct {
	place
	level int
}

// journal is what the clients sent and were told.
type journal struct {
	mutex sync.Mutex
	// saves are all that were sent, by number.
	saves []save
	// newest is the newest acknowledged save of each place.
	newest map[place]int
	// started and finished are the assessments of which this was acknowledged; finishing those that were sent.
	started, finishing, finished map[string]bool
	// acknowledged counts the answers that were said to be kept; refused the requests answered with an error.
	acknowledged, refused int
	// problems are answers that no client should get.
	problems []string
	// told is closed, and replaced, whenever something was told.
	told chan struct{}
}

func newJournal() *journal {
	return &journal{
		newest: map[place]int{}, started: map[string]bool{}, finishing: map[string]bool{}, finished: map[string]bool{},
		told: make(chan struct{}),
	}
}

// change changes the journal, and wakes whoever waits for that.
func (j *journal) change(how func()) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	how()
	close(j.told)
	j.told = make(chan struct{})
}

// sending notes that an answer is about to be sent.
func (j *journal) sending(at place) (number int, sent save) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	number = len(j.saves)
	sent = save{at, number%5 + 1}
	j.saves = append(j.saves, sent)
	return number, sent
}

// acknowledge notes that answers were said to be kept.
func (j *journal) acknowledge(numbers ...int) {
	j.change(func() {
		for _, number := range numbers {
			j.newest[j.saves[number].place] = number
			j.acknowledged++
		}
	})
}

func (j *journal) problem(format string, arguments ...any) {
	j.change(func() { j.problems = append(j.problems, fmt.Sprintf(format, arguments...)) })
}

// counts returns the numbers of acknowledged answers and of refused requests, and what tells of the next ones.
func (j *journal) counts() (acknowledged, refused int, told <-chan struct{}) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.acknowledged, j.refused, j.told
}

// promise is what was acknowledged up to some moment.
type promise struct {
	newest            map[place]int
	started, finished map[string]bool
}

func newPromise() promise {
	return promise{newest: map[place]int{}, started: map[string]bool{}, finished: map[string]bool{}}
}

// promised is what has been acknowledged by now.
func (j *journal) promised() promise {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return promise{maps.Clone(j.newest), maps.Clone(j.started), maps.Clone(j.finished)}
}

// database is what was found of the answers and of the states of the assessments.
type database struct {
	answers map[place]kept
	states  map[string]string
	// damage is what integrity_check and foreign_key_check tell, and what kept the file from being read.
	damage []string
}

// compare returns how many answers of a promise are lost, and what else is wrong: an answer that nobody sent, or one
// that is older than what was acknowledged. An answer that was sent and not acknowledged may be there or not.
func (j *journal) compare(promised promise, found database) (lost int, problems []string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	problems = slices.Clone(found.damage)
	for at, number := range promised.newest {
		switch got, there := found.answers[at]; {
		case !there:
			lost++
			problems = append(problems, fmt.Sprintf("answer %d of %v is lost", number, at))
		case got.number < number:
			lost++
			problems = append(problems, fmt.Sprintf("answer %d of %v is lost: the older %d is there", number, at, got.number))
		}
	}
	for at, got := range found.answers {
		if got.number < 0 || got.number >= len(j.saves) || j.saves[got.number] != (save{at, got.level}) {
			problems = append(problems, fmt.Sprintf("%v holds %+v, which nobody sent there", at, got))
		}
	}
	for id := range promised.started {
		if _, there := found.states[id]; !there {
			problems = append(problems, "the assessment "+id+" is lost")
		}
	}
	for id, state := range found.states {
		if state == finished && !j.finishing[id] {
			problems = append(problems, "the assessment "+id+" was finished by nobody")
		}
	}
	for id := range promised.finished {
		if state := found.states[id]; state != finished {
			problems = append(problems, fmt.Sprintf("the finished assessment %s is %q", id, state))
		}
	}
	return lost, problems
}

// numbered finds the numbers of answers in notes, however they are encoded.
var numbered = regexp.MustCompile(`number-(\d+)-`)

func noteOf(number int) string { return fmt.Sprintf("number-%d-", number) }

// numberIn reads a note back; -1 if it is none of ours.
func numberIn(note string) int {
	found := numbered.FindStringSubmatch(note)
	if found == nil || found[0] != note {
		return -1
	}
	number, err := strconv.Atoi(found[1])
	if err != nil {
		return -1
	}
	return number
}

// few shortens a list for a message.
func few(problems []string) []string {
	const most = 10
	if len(problems) > most {
		return append(slices.Clone(problems[:most]), fmt.Sprintf("and %d more", len(problems)-most))
	}
	return problems
}
