package store_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// created opens an empty database that a copy can go to.
func created(t *testing.T, address string) *store.Store {
	t.Helper()
	s, err := store.Create(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// filled makes a database with something in it: more rows than one statement takes, and what SQL and
// encodings could stumble over.
func filled(t *testing.T, address string) *store.Store {
	t.Helper()
	s := storetest.Open(t, address)
	addManagers(t, s, "ann", "bea", "cleo", "dan")
	inTx(t, s, func(tx *store.Store) error {
		keyed := errors.Join(tx.PutRecoveryKey(t.Context(), "cleo", "one key", noon), tx.PutRecoveryKey(t.Context(), "dan", "other key", noon))
		return errors.Join(keyed, tx.JoinHistories(t.Context(), "dan", "cleo", "", model.Identity{}, nil, noon, noon.Add(time.Hour)))
	})
	for number := range 40 {
		addDraft(t, s, "ann", fmt.Sprintf("draft %d", number))
	}
	odd := model.Answer{Item: "design.0", Level: 3, Note: "“Odd” $1 ?1 'quotes' \\ \n\t 漢字 🙂", UpdatedAt: noon}
	inTx(t, s, func(tx *store.Store) error {
		_, err := tx.PutAnswer(t.Context(), "ann", "draft 1", odd)
		sent := tx.PutSentFile(t.Context(), "ann", model.SentFile{Digest: "digest", Content: []byte{0, 1, 0xff, '\n'}, SentAt: noon})
		if sent != nil {
			return sent
		}
		_, claimed := tx.ClaimSubmission(t.Context(), "a form", "somebody", noon)
		ended := tx.EndSubmission(t.Context(), "a form", "somebody", []byte("\x00\xff sealed"))
		organised := errors.Join(tx.MakeOrganiser(t.Context(), "ann", noon), tx.PutOrganiserCode(t.Context(), "a code", noon), tx.PutInstallation(t.Context(), someInstallation()))
		return errors.Join(err, claimed, ended, organised, remind(t, tx, "ann"), tx.PutMailLink(t.Context(), model.MailLink{SecretHash: "a link", Expires: noon}), tx.NoteErasure(t.Context(), noon, "somebody"))
	})
	finish(t, s, addDraft(t, s, "bea", "finished"))
	commit(t, s, "ann", someCommitment("a commitment"))
	jot(t, s, "ann", someEntry("an entry"))
	mapped(t, s, someMap("a map", "ann"))
	addFinished(t, s, "ann", "shared", 0)
	addShare(t, s, someShare("ann", "shared", "a share"))
	addMentor(t, s, "bo", "a share")
	inTx(t, s, func(tx *store.Store) error { return tx.TieMentor(t.Context(), "bea", "bo", noon) })
	addReview(t, s, "bo", "a share", "shared", "a review")
	inTx(t, s, func(tx *store.Store) error {
		move := someMove("“Odd” \\ \n 漢字", noon)
		move.MapID = "a map"
		return errors.Join(tx.ShareMap(t.Context(), "ann", "a share", "a map"), tx.PutMove(t.Context(), "bo", "a review", move))
	})
	someTeam(t, s, "team", "ann")
	shows(t, s, "ann", "team", someShown("shown", "a map"))
	someTeam(t, s, "other team", "bea")
	someTeam(t, s, "third team", "bea")
	inTx(t, s, func(tx *store.Store) error {
		asked := tx.AskPeer(t.Context(), "bea", "third team", "team", noon)
		return errors.Join(asked, tx.DeletePeer(t.Context(), "ann", "team", "third team", noon), tx.Glimpse(t.Context(), "bo", "shared", "design", noon))
	})
	addMentor(t, s, "mentor")
	inTx(t, s, func(tx *store.Store) error {
		mentor := model.Mentor{ID: "mentor", BrowserID: "browser of mentor"}
		return errors.Join(tx.AskPeer(t.Context(), "bea", "other team", "team", noon), tx.NoteMentorOwner(t.Context(), mentor, "bea", noon),
			tx.PutMentorKey(t.Context(), mentor, "a key", noon))
	})
	inTx(t, s, func(tx *store.Store) error {
		proposed := tx.CreateProposal(t.Context(), "ann", "team", someProposal("a proposal"))
		return errors.Join(proposed, tx.SetTeamPractice(t.Context(), "ann", "team", somePractice("a practice")))
	})
	inTx(t, s, func(tx *store.Store) error {
		_, err := tx.AddFollowUp(t.Context(), "ann", someCommitment("a commitment"), model.FollowUp{Became: model.Dropped, Line: "“no”", ToldAt: noon})
		_, told := tx.RenewCalendarVersion(t.Context(), "ann", "digest", noon)
		return errors.Join(err, told, tx.PutCadence(t.Context(), "ann", model.Cadence{PulseWeeks: 5, ChosenAt: noon}),
			tx.PutCalendarFeed(t.Context(), "ann", model.CalendarFeed{SecretHash: "secret", MadeAt: noon, ReadAt: noon}))
	})
	return s
}

// A copy to the other engine and back again is the same to the last value.
func TestCopyThereAndBack(t *testing.T) {
	first := filled(t, storetest.SQLiteAddress(t))
	second := created(t, storetest.PostgreSQLAddress(t))
	third := created(t, storetest.SQLiteAddress(t))
	told := int64(0)
	counts, err := first.CopyTo(t.Context(), second, func(done, total int64) { told = total - done })
	if err != nil {
		t.Fatal(err)
	}
	if told != 0 || counts["assessments"] != 42 || counts["answers"] != 2 || counts["map_moves"] != 1 || counts["erasures"] != 1 {
		t.Errorf("%d steps short, with %v", told, counts)
	}
	back, err := second.CopyTo(t.Context(), third, nil)
	if err != nil || !maps.Equal(back, counts) {
		t.Errorf("back: %v, %v, want %v", back, err, counts)
	}
	want, err := first.Answer(t.Context(), "ann", "draft 1", "design.0")
	if err != nil {
		t.Fatal(err)
	}
	for engine, copied := range map[string]*store.Store{"there": second, "back": third} {
		if got, err := copied.Answer(t.Context(), "ann", "draft 1", "design.0"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", engine, got, err, want)
		}
		if got := commitments(t, copied, "ann"); !reflect.DeepEqual(got, commitments(t, first, "ann")) {
			t.Errorf("%s: the plan became %+v", engine, got)
		}
		if got := entries(t, copied, "ann"); !reflect.DeepEqual(got, entries(t, first, "ann")) {
			t.Errorf("%s: the log became %+v", engine, got)
		}
		if got, err := copied.Cadence(t.Context(), "ann"); err != nil || got != (model.Cadence{PulseWeeks: 5, ChosenAt: noon}) {
			t.Errorf("%s: the cadence became %+v, %v", engine, got, err)
		}
		if manager, feed, err := copied.FeedBySecret(t.Context(), "secret"); err != nil || manager != "ann" || feed != (model.CalendarFeed{SecretHash: "secret", MadeAt: noon, ReadAt: noon}) {
			t.Errorf("%s: the address of a calendar became %s’s %+v, %v", engine, manager, feed, err)
		}
		if got := depthMaps(t, copied, "ann"); !reflect.DeepEqual(got, depthMaps(t, first, "ann")) {
			t.Errorf("%s: the depth map became %+v", engine, got)
		}
		if got, err := copied.Review(t.Context(), "bo", "shared", noon); err != nil || len(got.Moved()) != 1 || got.Moved()[0].Words != "“Odd” \\ \n 漢字" {
			t.Errorf("%s: what a mentor would move became %+v, %v", engine, got.Moves, err)
		}
		if got, err := copied.ShownMaps(t.Context(), "ann", "team"); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0].Reliances, someShown("shown", "a map").Reliances) {
			t.Errorf("%s: what is shown of a map became %+v, %v", engine, got, err)
		}
		if got, err := copied.TeamPractices(t.Context(), "ann", "team"); err != nil || len(got) != 1 || got[0] != somePractice("a practice") {
			t.Errorf("%s: the team’s practice became %+v, %v", engine, got, err)
		}
		// The installation has moved, so the browsers' cookies remain valid.
		mark, err := copied.Mark(t.Context())
		if was, before := first.Mark(t.Context()); err != nil || before != nil || mark != was || len(mark) != 10 {
			t.Errorf("%s: the mark %q became %q, %v, %v", engine, was, mark, err, before)
		}
		if form, err := copied.Submission(t.Context(), "a form"); err != nil || string(form.Outcome) != "\x00\xff sealed" {
			t.Errorf("%s: a form became %+v, %v", engine, form, err)
		}
		addDraft(t, copied, "bea", "after the copy") // it can be worked with
	}
}

// What is already in the other database stays, and nothing is mixed into it.
func TestCopyOntoSomethingIsRefused(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		to := storetest.Open(t, address)
		addManagers(t, to, "eve")
		_, err := filled(t, storetest.SQLiteAddress(t)).CopyTo(t.Context(), to, nil)
		if err == nil || !strings.Contains(err.Error(), "not empty: its table managers holds rows already") {
			t.Errorf("gives %v", err)
		}
		if to.Count(t, "managers") != 1 || to.Count(t, "assessments") != 0 {
			t.Error("something was mixed in")
		}
	})
}

// A new database that only the migrations have touched is empty, even where they leave rows in it.
func TestCopyOntoAMigratedDatabase(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		to := storetest.Open(t, address)
		if _, err := filled(t, storetest.SQLiteAddress(t)).CopyTo(t.Context(), to, nil); err != nil {
			t.Error(err)
		}
	})
}

// creation finds the tables that the migrations make.
var creation = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// No table is forgotten, on neither engine: a copy has those that the migrations make, all of them.
func TestCopyHasEveryTable(t *testing.T) {
	for _, direction := range []struct{ from, to string }{{"sqlite", "postgres"}, {"postgres", "sqlite"}} {
		t.Run("from "+direction.from, func(t *testing.T) {
			addresses := map[string]string{"sqlite": storetest.SQLiteAddress(t), "postgres": storetest.PostgreSQLAddress(t)}
			counts, err := storetest.Open(t, addresses[direction.from]).CopyTo(t.Context(), created(t, addresses[direction.to]), nil)
			if err != nil {
				t.Fatal(err)
			}
			var made []string
			files, _ := filepath.Glob("../database/migrations/" + direction.from + "/*.sql")
			for _, file := range files {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, match := range creation.FindAllStringSubmatch(string(content), -1) {
					// A table that takes the place of another one is made under a name of its own, see 0023.
					if !strings.HasSuffix(match[1], "_next") {
						made = append(made, match[1])
					}
				}
			}
			slices.Sort(made)
			if got := slices.Sorted(maps.Keys(counts)); len(made) < 20 || !slices.Equal(got, made) {
				t.Errorf("copied are %v, made are %v", got, made)
			}
		})
	}
}

// Where a database refuses a transaction that met another one, both sides start over, and nothing is copied twice.
func TestRefusedCopyIsTriedAgain(t *testing.T) {
	from := filled(t, storetest.SQLiteAddress(t))
	to := storetest.Open(t, storetest.PostgreSQLAddress(t))
	// A sequence counts on when a transaction is undone.
	for _, statement := range []string{
		`CREATE SEQUENCE tries`,
		`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF nextval('tries') < 3 THEN RAISE EXCEPTION 'wanted' USING ERRCODE = 'serialization_failure'; END IF;
			RETURN NULL; END $$`,
		`CREATE TRIGGER refuse AFTER INSERT ON answers EXECUTE FUNCTION refuse()`,
	} {
		if err := to.ExecAlone(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := from.CopyTo(t.Context(), to, nil)
	if err != nil || counts["assessments"] != 42 || to.Count(t, "assessments") != 42 || to.Count(t, "answers") != 2 {
		t.Errorf("copied %v, %v; there are %d assessments", counts, err, to.Count(t, "assessments"))
	}
	var tries int
	if err := to.ReadInside(t.Context(), &tries, `SELECT last_value FROM tries`); err != nil || tries != 3 {
		t.Errorf("it took %d tries (%v)", tries, err)
	}
}
