package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func noteErased(t *testing.T, s *store.Store, at time.Time, ids ...string) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error { return tx.NoteErasure(t.Context(), at, ids...) })
}

// The file gets each erasure once, from whichever process noted it, and says whom of nobody.
func TestErasureListFollowsTheDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		path := filepath.Join(t.TempDir(), "lists", "erasures")
		list, other := store.NewErasureList(path), store.NewErasureList(path)
		appendTo := func(l *store.ErasureList, want int) {
			t.Helper()
			if err := l.Append(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(path)
			if got := strings.Count(string(content), "\n"); got != want || want > 0 && err != nil {
				t.Errorf("%d lines, want %d (%v):\n%s", got, want, err, content)
			}
			if strings.Contains(string(content), "ann") {
				t.Errorf("the list names whom it is about:\n%s", content)
			}
		}
		appendTo(list, 0)
		noteErased(t, s, noon, "ann", "one of ann")
		noteErased(t, s, noon, "ann")
		appendTo(list, 2)
		appendTo(list, 2)
		appendTo(other, 2)
		// A process that was killed left half a line; what it wanted to say is said anew.
		file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString("0123456789abcdef"); err != nil {
			t.Fatal(err)
		}
		_ = file.Close()
		noteErased(t, s, noon.Add(-time.Minute), "two of ann") // of a process whose clock is behind
		appendTo(other, 4)
		if read, err := store.NewErasureList(path).Read(); err != nil || len(read) != 3 || !read[0].At.Equal(noon.Truncate(time.Second)) {
			t.Errorf("read %v, %v", read, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("the list is %v, %v", info.Mode(), err)
		}
	})
}

// A database that was brought back by other means, such as pg_restore, is told what it had forgotten.
func TestErasureListIsReplayed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		list := store.NewErasureList(filepath.Join(t.TempDir(), "erasures"))
		addManagers(t, s, "ann", "bea")
		finish(t, s, asFinished(addDraft(t, s, "bea", "one of bea")))
		addDraft(t, s, "bea", "two of bea")
		commit(t, s, "bea", someCommitment("three of bea"), someCommitment("four of bea"))
		jot(t, s, "bea", someEntry("six of bea"), someEntry("seven of bea"))
		mapped(t, s, someMap("eight of bea", "bea"), someMap("nine of bea", "bea"))
		someTeam(t, s, "team", "bea")
		inTx(t, s, func(tx *store.Store) error {
			return tx.CreateProposal(t.Context(), "bea", "team", someProposal("five of bea"))
		})
		shows(t, s, "bea", "team", someShown("shown by bea", "nine of bea"))
		addFinished(t, s, "bea", "ten of bea", 1)
		addShare(t, s, someShare("bea", "ten of bea", "share"))
		for _, mentor := range []string{"cy", "di"} {
			addMentor(t, s, mentor, "share")
			addReview(t, s, mentor, "share", "ten of bea", "by "+mentor)
		}
		later := storetest.SQLite(t) // as the database was before
		noteErased(t, later, noon, "ann", "one of bea", "three of bea", "by cy", "five of bea", "six of bea", "eight of bea", "shown by bea", "somebody unknown")
		if err := list.Append(t.Context(), later); err != nil {
			t.Fatal(err)
		}
		for _, want := range []store.Replayed{{Managers: 1, Assessments: 1, Commitments: 1, Entries: 1, Maps: 1, ShownMaps: 1, Proposals: 1, Reviews: 1}, {}} { // the second time there is nothing left to do
			if got, err := list.Replay(t.Context(), s); err != nil || got != want {
				t.Errorf("replayed %+v, %v, want %+v", got, err, want)
			}
		}
		if s.Count(t, "managers") != 1 || s.Count(t, "assessments") != 2 || s.Count(t, "reviews") != 1 || s.Count(t, "commitments") != 1 || s.Count(t, "log_entries") != 1 || s.Count(t, "depth_maps") != 1 || s.Count(t, "team_proposals")+s.Count(t, "shown_maps") != 0 || s.Count(t, "erasures") != 9 {
			t.Error("the wrong rows are left")
		}
		if incomplete, err := s.Incomplete(t.Context(), "bea"); err != nil || !incomplete {
			t.Errorf("the history counts as whole: %v", err)
		}
	})
}

// A long list is carried out in batches: nobody who saves waits for all of it, and a replay that is broken off is gone on
// with by the next.
func TestReplayGoesOnWhereItEnded(t *testing.T) {
	s := storetest.SQLite(t)
	var people []string
	for number := range 170 {
		people = append(people, fmt.Sprintf("manager %03d", number))
	}
	addManagers(t, s, people...)
	addDraft(t, s, people[0], "a draft")
	later := storetest.SQLite(t)
	noteErased(t, later, noon, people...)
	list, err := later.Erasures(t.Context(), time.UnixMilli(0))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	commits := 0
	s.WhenCommitted(func(int) {
		if commits++; commits == 2 {
			stop()
		}
	})
	first, err := s.Replay(ctx, list)
	if !errors.Is(err, context.Canceled) || first.Managers != 100 && first.Managers != 50 {
		t.Errorf("the replay that was broken off deleted %+v, %v", first, err)
	}
	if left, noted := s.Count(t, "managers"), s.Count(t, "erasures"); left != len(people)-100 || noted != 100 {
		t.Errorf("after it %d are left and %d deletions are noted, want those of two batches", left, noted)
	}
	second, err := s.Replay(t.Context(), list)
	if err != nil || second.Managers != 70 {
		t.Errorf("the next deleted %+v, %v", second, err)
	}
	if left, noted := s.Count(t, "managers"), s.Count(t, "erasures"); left != 0 || noted != len(people) {
		t.Errorf("at last %d are left and %d deletions are noted", left, noted)
	}
	if commits < 5 {
		t.Errorf("all of it was done in %d transactions", commits)
	}
}

func TestWrongErasureListIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(strings.Repeat("something else\n", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.NewErasureList(path).Read(); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("gives %v", err)
	}
	var none *store.ErasureList
	if list, err := none.Read(); err != nil || list != nil {
		t.Errorf("of none: %v, %v", list, err)
	}
}
