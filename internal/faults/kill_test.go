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
	cycles, acknowledged, lost := 0, 0, 0
	// Each installation is killed several times, the first time soon after its very first start.
	for range forms(1, 20) {
		folder, clients := t.TempDir(), newCrowd(t, workers)
		for range forms(12, 10) {
			cycles++
			running := serve(t, command(t, program, folder))
			lost += clients.check(t, "the server started again", clients.look(t, running.base))
			stop := clients.work(running.base)
			clients.until(t, 5+rand.IntN(forms(60, 150)), 0)
			running.kill()
			stop()
			lost += clients.check(t, "the files left", inspect(t, databaseIn(folder)))
		}
		running := serve(t, command(t, program, folder))
		lost += clients.check(t, "the last server", clients.look(t, running.base))
		if status := running.stop(); status != 0 {
			t.Errorf("the last server stopped with status %d: %s", status, running.printed())
		}
		if _, refused, _ := clients.counts(); refused > 0 {
			t.Errorf("%d requests refused", refused)
		}
		acknowledged += clients.acknowledged
	}
	figures.note(t, began, "killed %d times under load: %d answers acknowledged, %d lost", cycles, acknowledged, lost)
}
