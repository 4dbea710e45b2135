package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"whetstone/internal/database"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// A backup that is taken while others save is whole, shows one moment, and is for its owner alone.
func TestBackupWhileSaving(t *testing.T) {
	s := storetest.SQLite(t)
	addManagers(t, s, "ann")
	for number := range 200 {
		addDraft(t, s, "ann", fmt.Sprintf("before %d", number))
	}
	to := filepath.Join(t.TempDir(), "backup.db")
	stop, started := make(chan struct{}), make(chan struct{})
	var saving sync.WaitGroup
	saving.Go(func() {
		for number := 0; ; number++ {
			addDraft(t, s, "ann", fmt.Sprintf("during %d", number))
			if number == 0 {
				close(started)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	<-started
	told := int64(0)
	counts, err := s.Backup(t.Context(), to, func(done, total int64) {
		if done < told || done > total {
			t.Errorf("told %d of %d after %d", done, total, told)
		}
		told = done
	})
	close(stop)
	saving.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if counts["assessments"] < 201 || told == 0 {
		t.Errorf("%d assessments in the backup, told %d pages", counts["assessments"], told)
	}
	if info, err := os.Stat(to); err != nil || info.Mode() != 0o600 {
		t.Errorf("the backup is %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(to), "*")); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	copied := storetest.Open(t, "sqlite:"+to)
	if got, err := copied.CountRows(t.Context()); err != nil || !maps.Equal(got, counts) {
		t.Errorf("the backup holds %v, want %v (%v)", got, counts, err)
	}
	if _, err := s.Backup(t.Context(), to, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second backup over the first: %v", err)
	}
}

func TestBackupOfAServerIsRefused(t *testing.T) {
	s := storetest.Open(t, storetest.PostgreSQLAddress(t))
	if _, err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "backup.db"), nil); !errors.Is(err, database.ErrNoFile) {
		t.Errorf("gives %v", err)
	}
}

// backedUp makes a database with two managers, and a backup of it.
func backedUp(t *testing.T) (s *store.Store, path, backup string) {
	t.Helper()
	folder := t.TempDir()
	path, backup = filepath.Join(folder, "whetstone.db"), filepath.Join(folder, "backup.db")
	s, err := store.Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	addManagers(t, s, "ann", "bea")
	addDraft(t, s, "ann", "one of ann")
	addDraft(t, s, "bea", "one of bea")
	addDraft(t, s, "bea", "two of bea")
	if _, err := s.Backup(t.Context(), backup, nil); err != nil {
		t.Fatal(err)
	}
	return s, path, backup
}

// What was deleted after the backup stays deleted: by the list, and by the database that is overwritten.
func TestRestoreReplaysErasures(t *testing.T) {
	for _, known := range []string{"by the list", "by the database"} {
		t.Run(known, func(t *testing.T) {
			s, path, backup := backedUp(t)
			list := store.NewErasureList(filepath.Join(t.TempDir(), "erasures"))
			inTx(t, s, func(tx *store.Store) error {
				return errors.Join(tx.DeleteManager(t.Context(), "ann"), tx.NoteErasure(t.Context(), noon, "ann"))
			})
			inTx(t, s, func(tx *store.Store) error {
				return errors.Join(tx.DeleteDraft(t.Context(), "bea", "two of bea"), tx.NoteErasure(t.Context(), noon, "two of bea"))
			})
			addDraft(t, s, "bea", "after the backup")
			if err := list.Append(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			run := store.Restoration{From: backup, To: path, List: list}
			if _, err := run.Run(t.Context(), nil); !errors.Is(err, fs.ErrExist) {
				t.Fatalf("over a database, without force: %v", err)
			}
			if known == "by the list" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			} else {
				run.Force, run.List = true, nil
			}
			got, err := run.Run(t.Context(), nil)
			if err != nil || got.Erasures != 2 || got.Replayed != (store.Replayed{Managers: 1, Assessments: 1}) || got.Counts["assessments"] != 1 {
				t.Fatalf("restored %+v, %v", got, err)
			}
			content, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(content), "one of ann") {
				t.Errorf("the file still holds what was deleted (%v)", err)
			}
			restored := storetest.Open(t, "sqlite:"+path)
			wantDue(t, "after a restoration", restored, false)
			if restored.Count(t, "managers") != 1 || restored.Count(t, "erasures") != 2 {
				t.Errorf("%d managers and %d erasures", restored.Count(t, "managers"), restored.Count(t, "erasures"))
			}
			if _, err := restored.Assessment(t.Context(), "bea", "one of bea"); err != nil {
				t.Error(err)
			}
		})
	}
}

// A damaged backup, or a file that isn't one, is refused, and the database stays as it was.
func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	s, path, backup := backedUp(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	damaged := append([]byte{}, content...)
	for i := len(damaged) / 3; i < len(damaged)/3*2; i++ {
		damaged[i] ^= 0x5a
	}
	for name, bad := range map[string][]byte{
		"damaged": damaged, "cut off": content[:len(content)/2], "empty": {}, "a text": []byte(strings.Repeat("no database ", 900)),
	} {
		file := filepath.Join(t.TempDir(), "bad.db")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (store.Restoration{From: file, To: path, Force: true}).Run(t.Context(), nil); err == nil {
			t.Errorf("%s: restored", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: several lines: %q", name, err)
		}
	}
	for name, from := range map[string]string{"none": path + ".none", "a folder": filepath.Dir(path), "itself": path} {
		if _, err := (store.Restoration{From: from, To: path, Force: true}).Run(t.Context(), nil); err == nil {
			t.Errorf("%s: restored", name)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the database changed (%v)", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
