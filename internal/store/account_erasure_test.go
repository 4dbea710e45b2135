package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Notes of two managers are written, lengthened and shortened by turns in an order that differs each
// time, so that the pages of the file split, merge and move, as in years of use. Of the one who is
// deleted not a byte may be left, in the file nor beside it.
func TestNothingOfADeletedManagerIsLeftInTheFiles(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			address := storetest.SQLiteAddress(t)
			s := storetest.Open(t, address)
			addManagers(t, s, "ann-the-deleted", "bea-who-stays")
			drafts := map[string][]string{}
			for number := range 30 {
				manager := []string{"ann-the-deleted", "bea-who-stays"}[number%2]
				id := fmt.Sprintf("%x-draft-of-%s-%d", random.Uint32(), manager, number)
				drafts[manager] = append(drafts[manager], id)
				addDraft(t, s, manager, id)
			}
			marks := map[string]string{"ann-the-deleted": "Ann’s secret ", "bea-who-stays": "Bea’s secret "}
			for range 600 {
				for manager, ids := range drafts {
					item := []string{"design.0", "design.1", "systems.0", "systems.1"}[random.IntN(4)]
					note := strings.Repeat(marks[manager], random.IntN(150))
					answer := model.Answer{Item: item, Level: 3, Note: note, UpdatedAt: noon}
					if err := put(t.Context(), s, manager, ids[random.IntN(len(ids))], answer); err != nil {
						t.Fatal(err)
					}
				}
			}
			inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann-the-deleted") })
			if got := s.Overwrite(t.Context()); got.Reach != model.ErasedFromFile {
				t.Fatalf("the deletion reached %+v", got)
			}
			path := strings.TrimPrefix(address, "sqlite:")
			for _, file := range []string{path, path + "-wal", path + "-shm"} {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, trace := range []string{"ann-the-deleted", marks["ann-the-deleted"]} {
					if found := bytes.Count(content, []byte(trace)); found > 0 {
						t.Errorf("%s holds %q %d times", file, trace, found)
					}
				}
				if file == path && !bytes.Contains(content, []byte(marks["bea-who-stays"])) {
					t.Error("the other manager’s notes are gone")
				}
			}
		})
	}
}

func TestAllOfAManagerIsCountedAndDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, manager := range []string{"ann", "bea"} {
			addManagers(t, s, manager)
			addSession(t, s, "session of "+manager, manager, noon)
			addSession(t, s, "idle session of "+manager, manager, noon.Add(-time.Hour))
			finish(t, s, asFinished(addDraft(t, s, manager, "finished of "+manager)))
			addDraft(t, s, manager, "draft of "+manager)
			for item, note := range map[string]string{"design.0": "A note.", "design.1": ""} {
				if err := put(t.Context(), s, manager, "draft of "+manager, model.Answer{Item: item, Level: 3, Note: note, UpdatedAt: noon}); err != nil {
					t.Fatal(err)
				}
			}
			inTx(t, s, func(tx *store.Store) error {
				if err := tx.PutTargets(t.Context(), manager, "first-team", []model.Target{{Competency: "design", Value: 2, Importance: 1}}); err != nil {
					return err
				}
				if err := tx.PutCadence(t.Context(), manager, model.Cadence{PulseWeeks: 6, ChosenAt: noon}); err != nil {
					return err
				}
				_, told := tx.RenewCalendarVersion(t.Context(), manager, "digest", noon)
				feed := model.CalendarFeed{SecretHash: "secret of " + manager, MadeAt: noon}
				identity := model.Identity{ID: "identity of " + manager, Way: model.ByOpenID, Subject: manager, Made: noon}
				arrival := model.Arrival{Identity: model.Identity{Way: model.ByOpenID, Subject: "somebody else"}}
				return errors.Join(told, tx.PutIdentity(t.Context(), manager, identity),
					tx.PutPasskey(t.Context(), manager, model.Passkey{ID: "passkey of " + manager, CredentialID: manager, Made: noon}), tx.PutArrival(t.Context(), "session of "+manager, arrival, noon),
					tx.PutMailLink(t.Context(), model.MailLink{SecretHash: "link of " + manager, ManagerID: manager, Expires: noon}), remind(t, tx, manager),
					tx.PutCalendarFeed(t.Context(), manager, feed), tx.PutRecoveryKey(t.Context(), manager, "key of "+manager, noon))
			})
			addManagers(t, s, "other half of "+manager)
			inTx(t, s, func(tx *store.Store) error {
				keyed := tx.PutRecoveryKey(t.Context(), "other half of "+manager, "other key of "+manager, noon)
				return errors.Join(keyed, tx.JoinHistories(t.Context(), "other half of "+manager, manager, "", model.Identity{}, nil, noon, noon.Add(time.Hour)))
			})
			someTeam(t, s, "team of "+manager, manager)
			inTx(t, s, func(tx *store.Store) error {
				return tx.CreateProposal(t.Context(), manager, "team of "+manager, someProposal("proposal of "+manager))
			})
			planned := someCommitment("commitment of " + manager)
			commit(t, s, manager, planned)
			jot(t, s, manager, someEntry("entry of "+manager))
			mapped(t, s, someMap("map of "+manager, manager))
			addShare(t, s, someShare(manager, "finished of "+manager, "share of "+manager))
			addMentor(t, s, "mentor of "+manager, "share of "+manager)
			addMentor(t, s, "who "+manager+" is as a mentor", "share of "+manager)
			inTx(t, s, func(tx *store.Store) error {
				return tx.TieMentor(t.Context(), manager, "who "+manager+" is as a mentor", noon)
			})
			addReview(t, s, "mentor of "+manager, "share of "+manager, "finished of "+manager, "review of "+manager)
			move := someMove("", noon)
			move.MapID = "map of " + manager
			moved(t, s, "mentor of "+manager, "review of "+manager, move)
			inTx(t, s, func(tx *store.Store) error {
				return tx.ShareMap(t.Context(), manager, "share of "+manager, "map of "+manager)
			})
			shows(t, s, manager, "team of "+manager, someShown("shown by "+manager, "map of "+manager))
			inTx(t, s, func(tx *store.Store) error {
				return tx.PutSentFile(t.Context(), manager, model.SentFile{Digest: "digest", Content: []byte("a file"), SentAt: noon})
			})
			inTx(t, s, func(tx *store.Store) error {
				_, err := tx.AddFollowUp(t.Context(), manager, planned, model.FollowUp{Became: model.Kept, ToldAt: noon})
				return err
			})
		}
		held := func(manager string) model.Holdings {
			t.Helper()
			got, err := s.Holdings(t.Context(), manager, noon.Add(-time.Hour), noon)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		want := model.Holdings{
			Finished: 1, Drafts: 1, Answers: 2, Notes: 1, Targets: 1, Devices: 1, Keys: 2, Identities: 2, Passkeys: 1, Teams: 1, Commitments: 1, Entries: 1, Maps: 1,
			Cadences: 1, Feeds: 1, Proposals: 1, Shares: 1, ShownMaps: 1, Mentors: 1, Files: 1,
		}
		if got := held("ann"); got != want {
			t.Errorf("held are %+v, want %+v", got, want)
		}
		tables := []string{
			"managers", "browsers", "sessions", "assessments", "assessment_sections", "assessment_items",
			"answers", "targets", "recovery_keys", "identities", "arrivals", "passkeys", "mail_links", "mail_reminders", "reminder_mails", "reminded_things", "commitments", "commitment_follow_ups", "log_entries", "depth_maps", "depth_placements",
			"shares", "share_maps", "reviews", "ratings", "map_moves",
			"cadences", "calendar_feeds", "calendar_versions", "imports",
			"teams", "team_members", "team_proposals", "shown_maps", "shown_reliances", "joinings", "former_managers", "further_keys", "mentor_ties",
		}
		before := map[string]int{}
		for _, table := range tables {
			before[table] = s.Count(t, table)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		for _, table := range tables {
			if got, want := s.Count(t, table), before[table]/2; got != want {
				t.Errorf("%s has %d rows, want the %d of the other manager", table, got, want)
			}
		}
		if held("ann") != (model.Holdings{}) || held("bea") != want {
			t.Errorf("afterwards held are %+v and %+v", held("ann"), held("bea"))
		}
		err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("deleting once more: %v, want not found", err)
		}
		reach := model.ErasedFromFile
		if s.Engine() == database.PostgreSQL {
			reach = model.ErasedOnServer
		}
		if got := s.Overwrite(t.Context()); got.Reach != reach || got.Problem != nil {
			t.Errorf("the deletion reached %+v", got)
		}
	})
}

// remind has a manager reminded of something at a mail address of theirs.
func remind(t *testing.T, tx *store.Store, manager string) error {
	t.Helper()
	mailed := model.Identity{ID: "address of " + manager, Way: model.ByMail, Subject: manager + "@example.com", Address: manager + "@example.com", Made: noon}
	err := errors.Join(tx.PutIdentity(t.Context(), manager, mailed), tx.PutMailReminders(t.Context(), manager, mailed.ID, noon),
		tx.PutReminderMail(t.Context(), manager, "mail to "+manager, noon))
	_, claimed := tx.ClaimReminder(t.Context(), manager, "a thing", "mail to "+manager)
	return errors.Join(err, claimed)
}

// A session or a key leads to a manager; to whom neither does, nobody can come back.
func TestOnlyUnreachableManagersAreDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "signed-in", "keyed", "neither")
		addSession(t, s, "one", "signed-in", noon)
		addSession(t, s, "guest", "", noon)
		addDraft(t, s, "neither", "draft")
		inTx(t, s, func(tx *store.Store) error { return tx.PutRecoveryKey(t.Context(), "keyed", "hash", noon) })
		unreachable, err := s.UnreachableManagers(t.Context(), "")
		if err != nil || !slices.Equal(unreachable, []string{"neither"}) {
			t.Errorf("unreachable are %v, %v", unreachable, err)
		}
		// Others may have become reachable since they were listed.
		inTx(t, s, func(tx *store.Store) error {
			return tx.DeleteUnreachableManagers(t.Context(), noon, []string{"keyed", "neither", "nobody", "signed-in"})
		})
		if s.Count(t, "managers") != 2 || s.Count(t, "assessments") != 0 || s.Count(t, "erasures") != 1 {
			t.Errorf("left are %d managers and %d assessments, %d erasures are noted",
				s.Count(t, "managers"), s.Count(t, "assessments"), s.Count(t, "erasures"))
		}
		for _, id := range []string{"signed-in", "keyed"} {
			inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), id) })
		}
	})
}

// How many managers are deleted in one transaction depends on how much is theirs, and one is always among them.
func TestUnreachableManagersAreListedInBatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for number := range 60 {
			addManagers(t, s, fmt.Sprintf("with nothing %02d", number))
		}
		addManagers(t, s, "a with much", "b with a little", "c with a little")
		for number := range 50 {
			addDraft(t, s, "a with much", fmt.Sprintf("much %d", number))
		}
		addDraft(t, s, "b with a little", "one")
		addDraft(t, s, "c with a little", "another")
		var sizes []int
		listed := 0
		for after := ""; ; {
			ids, err := s.UnreachableManagers(t.Context(), after)
			if err != nil {
				t.Fatal(err)
			}
			if len(ids) == 0 {
				break
			}
			after = ids[len(ids)-1]
			sizes = append(sizes, len(ids))
			listed += len(ids)
		}
		if !slices.Equal(sizes, []int{1, 50, 12}) || listed != 63 {
			t.Errorf("%d managers are listed in batches of %v", listed, sizes)
		}
	})
}

// A reader who is at work holds the log as it was: what was deleted may still stand there, and the answer
// says so.
func TestOverwritingAdmitsThatAReaderPreventsIt(t *testing.T) {
	s := storetest.SQLite(t)
	addManagers(t, s, "ann", "bea")
	reading(t, s)
	inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if got := s.Overwrite(ctx); got.Reach != model.ErasedRows || got.Problem == nil {
		t.Errorf("the deletion reached %+v while a reader was at work", got)
	}
}
