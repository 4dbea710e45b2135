package clustertest_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/clustertest"
)

var (
	keyWords = regexp.MustCompile(`(?s)<ol[^>]*class="key-words".*?</ol>`)
	oneWord  = regexp.MustCompile(`<li[^>]*>(?:<[^>]*>)*([a-z]+)`)
	ending   = regexp.MustCompile(`action="(/settings/devices/[^"]+/end)"`)
)

// What one process knows of a session, all know: who signs in on one is known on another, and who is signed
// out on a third is nobody anywhere from then on.
func TestSessionsHoldOnAllProcesses(t *testing.T) {
	cluster := clustertest.Start(t, binary, emptyDatabase(t), 3)
	one, two, three := cluster.Processes[0].Address, cluster.Processes[1].Address, cluster.Processes[2].Address

	// The proxy gives each request to the next process, whoever sends it.
	desk := newPerson(t)
	id := desk.start(cluster.Base)
	servers := map[string]int{}
	for range 9 {
		servers[desk.must(http.StatusOK, cluster.Base+to.Assessment(id), nil).server]++
	}
	if len(servers) != 3 {
		t.Errorf("nine requests went to %v", servers)
	}

	page := desk.must(http.StatusOK, two+to.RecoveryKey(), url.Values{}).body
	var words []string
	for _, found := range oneWord.FindAllStringSubmatch(keyWords.FindString(page), -1) {
		words = append(words, found[1])
	}
	if len(words) != 12 {
		t.Fatalf("the words are %q:\n%s", words, page)
	}
	phone := newPerson(t)
	phone.must(http.StatusSeeOther, three+to.Recover(), url.Values{"words": {strings.Join(words, " ")}})
	for _, address := range []string{one, two, three, cluster.Base} {
		phone.must(http.StatusOK, address+to.Assessment(id), nil)
	}

	// The device that asks stands first in its list.
	listed := ending.FindAllStringSubmatch(desk.must(http.StatusOK, one+to.Devices(), nil).body, -1)
	if len(listed) != 2 {
		t.Fatalf("the devices are %q", listed)
	}
	desk.must(http.StatusSeeOther, two+listed[1][1], url.Values{})
	for _, address := range []string{three, one, two, cluster.Base} {
		phone.must(http.StatusNotFound, address+to.Assessment(id), nil)
		desk.must(http.StatusOK, address+to.Assessment(id), nil)
	}
}

// Tries at a secret are counted for all processes together: going round doesn't help who guesses.
func TestTriesAreCountedForAllProcesses(t *testing.T) {
	cluster := clustertest.Start(t, binary, emptyDatabase(t), 3)
	guess := url.Values{"words": {strings.Repeat("abandon ", 11) + "about"}} // a key that opens nothing
	taken := 0
	for range 12 {
		got, err := newPerson(t).ask(cluster.Base+to.Recover(), guess)
		if err != nil {
			t.Fatal(err)
		}
		switch got.status {
		case http.StatusUnprocessableEntity:
			taken++
		case http.StatusTooManyRequests:
		default:
			t.Fatalf("a guess is answered %d:\n%s", got.status, got.body)
		}
	}
	if taken != 10 {
		t.Errorf("%d guesses were taken, want 10", taken)
	}
}
