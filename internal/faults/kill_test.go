package faults

import (
	"math/rand/v2"
	"os"
	"path/filepath"
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

// A server that is killed while it makes its database starts again by itself, however little of it there is.
func TestKillAtTheFirstStart(t *testing.T) {
	needStrace(t)
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	killed, empty := 0, 0
	for _, calls := range []string{"openat", "pwrite64", "fsync,fdatasync", "unlink,unlinkat", "ftruncate"} {
		for _, n := range forms([]int{1, 2, 3, 5}, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 40}) {
			folder := t.TempDir()
			path := databaseIn(folder)
			made := traced(t, command(t, program, folder), "-o", os.DevNull, "-P", path, "-P", path+"-new",
				"-P", path+"-wal", "-P", path+"-shm", "-P", path+"-journal", "-P", filepath.Dir(path),
				"-e", "trace="+calls, "-e", "inject="+calls+":signal=KILL:when="+itoa(n))
			started, _, _ := try(t, made)
			if started != nil { // it has no call of this number
				started.kill()
				break
			}
			killed++
			if info, err := os.Stat(path); err == nil && info.Size() == 0 {
				empty++
			}
			serve(t, command(t, program, folder)).kill()
		}
	}
	if empty == 0 {
		t.Errorf("of %d that were killed none left an empty file: nothing was tested", killed)
	}
	figures.note(t, began, "killed %d times during a first start, %d times with an empty file: each starts again", killed, empty)
}
