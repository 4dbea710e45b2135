package clustertest_test

import (
	"net/http"
	"strings"
	"testing"

	"whetstone/internal/clustertest"
)

// Figures of the load.
const (
	writers = 8
	// some is how many answers are waited for before and after each fault.
	some = 150
)

// Whatever ends in the middle of a load, a process or the database: each answer that was called saved is
// kept, each other one is refused with an error, and everything recovers by itself.
func TestFaultsLoseNothing(t *testing.T) {
	server := newPostgreSQL(t)
	for name, settings := range map[string]map[string]string{
		"as_installed": nil,
		"serializable": {"default_transaction_isolation": "serializable"},
	} {
		t.Run(name, func(t *testing.T) {
			server := server.in(t)
			cluster := clustertest.Start(t, binary, throughPooler(t, server.database(name, settings)), 3)
			load := startLoad(t, cluster.Base, writers)
			load.goesOn(some)

			cluster.Processes[0].Kill()
			load.goesOn(some)
			cluster.Processes[0].Start()
			load.goesOn(some)

			cluster.Processes[1].Stop()
			load.goesOn(some)
			cluster.Processes[1].Start()
			load.goesOn(some)

			// What a process had in hand when it was killed is told by the proxy. The app itself has no reason yet
			// to refuse anything.
			if told := load.refusals(); told[internalError]+told[outOfReach] > 0 {
				t.Errorf("before the database stops, told are %v", told)
			}

			server.stop("immediate")
			load.complains(writers)
			expectReady(t, cluster, http.StatusServiceUnavailable)
			expectUnreachable(t, cluster)
			server.start()
			expectReady(t, cluster, http.StatusOK)
			load.goesOn(some)

			// An error of ours would be one that doesn't know its database.
			if told := load.refusals(); told[internalError] > 0 || told[outOfReach] == 0 {
				t.Errorf("told are %v", told)
			}
			if lost := load.lost(); lost > 0 {
				t.Errorf("%d answers that were acknowledged are lost", lost)
			}
			for _, process := range cluster.Processes {
				process.Stop()
			}
		})
	}
}

// expectReady waits until each process calls itself ready, or not ready.
func expectReady(t *testing.T, cluster *clustertest.Cluster, status int) {
	t.Helper()
	asking := newPerson(t)
	for _, process := range cluster.Processes {
		until(t, process.Address+" says "+http.StatusText(status), func() bool {
			got, err := asking.ask(process.Address+to.Ready(), nil)
			return err == nil && got.status == status
		})
		asking.must(http.StatusOK, process.Address+"/healthz", nil)
	}
}

// expectUnreachable asks each process for a page that needs the database.
func expectUnreachable(t *testing.T, cluster *clustertest.Cluster) {
	t.Helper()
	asking := newPerson(t)
	for _, process := range cluster.Processes {
		got := asking.must(http.StatusServiceUnavailable, process.Address+"/open/no-secret-of-anybody", nil)
		if got.retryAfter != "5" || !strings.Contains(got.body, "The database can’t be reached just now") {
			t.Errorf("to be tried again after %q seconds: %s", got.retryAfter, got.body)
		}
	}
}

// A test that can't find a loss finds none: a database that acknowledges before it has written loses answers
// when it is broken off, and the journals show it.
func TestTheJournalsShowALoss(t *testing.T) {
	server := newPostgreSQL(t)
	cluster := clustertest.Start(t, binary, throughPooler(t, server.database("careless", map[string]string{"synchronous_commit": "off"})), 1)
	load := startLoad(t, cluster.Base, writers)
	load.goesOn(some)
	server.stop("immediate")
	load.end()
	server.start()
	expectReady(t, cluster, http.StatusOK)
	if load.lost() == 0 {
		t.Error("nothing is lost where something must be")
	}
}
