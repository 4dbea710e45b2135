package faults

import (
	"math/rand/v2"
	"testing"
	"time"
)

// workers is how many managers save at once.
const workers = 6

// A server that is killed at any moment has lost nothing of what it called saved, and starts again by itself.
func TestKill(t *testing.T) {
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	clients := newCrowd(t, workers)
	cycles, lost := forms(12, 200), 0
	for range cycles {
		running := serve(t, command(t, program, folder))
		if gone, problems := clients.compare(clients.promised(), clients.look(t, running.base)); len(problems) > 0 {
			lost += gone
			t.Errorf("after the restart: %v", few(problems))
		}
		stop := clients.work(running.base)
		clients.until(t, 5+rand.IntN(forms(60, 150)), 0)
		running.kill()
		stop()
		if gone, problems := clients.compare(clients.promised(), inspect(t, databaseIn(folder))); len(problems) > 0 {
			lost += gone
			t.Errorf("in the files left: %v", few(problems))
		}
	}
	serve(t, command(t, program, folder)).stop()
	if _, refused, _ := clients.counts(); refused > 0 || len(clients.problems) > 0 {
		t.Errorf("%d requests refused; %v", refused, few(clients.problems))
	}
	figures.note(t, began, "killed %d times under load: %d answers acknowledged, %d lost", cycles, clients.acknowledged, lost)
}
