package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// reminded turns a world's manager's reminders by mail on, with a pulse due every week.
func reminded(w *world) {
	w.t.Helper()
	session := w.openedFor(w.manager)
	w.sit("first-team", model.FullForm, steady)
	w.arrivesAdding(session, model.Identity{Way: model.ByMail, Subject: "ada@example.com", Name: "ada@example.com", Address: "ada@example.com"})
	addresses := must(w.MailReminders(w.t.Context(), w.manager))(w.t).Addresses
	w.ok(w.RemindByMail(w.t.Context(), w.manager, addresses[0].ID))
}

func (w *world) arrivesAdding(session model.Session, identity model.Identity) {
	w.t.Helper()
	must(w.Arrive(w.t.Context(), session, model.Arrival{Identity: identity, Adding: true}))(w.t)
}

// postbox is who sends the reminders of a test.
type postbox struct {
	sent []model.ReminderMail
	err  error
}

func (p *postbox) send(_ context.Context, reminders model.ReminderMail) error {
	p.sent = append(p.sent, reminders)
	return p.err
}

// kinds are those of the mails so far.
func (p *postbox) kinds() string {
	var all []string
	for _, sent := range p.sent {
		var kinds []string
		for _, one := range sent.Reminders {
			kinds = append(kinds, string(one.Kind))
		}
		all = append(all, strings.Join(kinds, "+"))
	}
	return strings.Join(all, " ")
}

// Each thing is told once, in one mail a day at a decent hour, by whichever process comes first.
func TestEachThingIsRemindedOfOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		reminded(w)
		w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.UsualRhythm, Seen: app.SeenCadence(model.Cadence{})}))
		due := must(w.NextAssessment(t.Context(), w.manager, model.Zone{}))(t).Dated()
		box := &postbox{}
		w.now = due[0].Day.Add(7*time.Hour + 59*time.Minute)
		w.ok(w.SendReminders(t.Context(), box.send))
		if box.kinds() != "" {
			t.Fatalf("before a decent hour %s came", box.kinds())
		}
		w.now = w.now.Add(time.Minute)
		w.ok(w.SendReminders(t.Context(), box.send))
		if len(box.sent) != 1 || box.sent[0].To != "ada@example.com" || !box.sent[0].Reminders[0].Day.Equal(due[0].Day) {
			t.Fatalf("it came %+v", box.sent)
		}
		for range 30 { // this day's hours, and the next ones'
			w.now = w.now.Add(time.Hour)
			w.ok(w.SendReminders(t.Context(), box.send))
		}
		if len(box.sent) != 1 {
			t.Errorf("they came %s", box.kinds())
		}
		// What waits is told the next day, and a draft only once it has lain for days.
		draft := w.start("first-team", model.PulseForm)
		w.save(draft)
		before := len(box.sent)
		w.ok(w.SendReminders(t.Context(), box.send))
		w.now = w.now.Add(3 * 24 * time.Hour)
		for range 3 {
			w.ok(w.SendReminders(t.Context(), box.send))
			w.now = w.now.Add(24 * time.Hour)
		}
		if got := box.sent[before:]; len(got) != 1 || !strings.Contains(box.kinds(), "draft") {
			t.Errorf("they came %s", box.kinds())
		}
	})
}

// Each level that a mentor proposes is told once: another one after the first was answered is told, too, and one that waits
// on beside an answered one isn't told again.
func TestEachProposedLevelIsRemindedOfOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	reminded(w)
	id := w.sit("first-team", model.FullForm, contrast)
	v := w.visitor()
	share := v.open(w.link(id))
	for _, competency := range []string{"debt", "roadmap"} {
		v.rate(share, competency, "4", "")
	}
	v.reveal(share, model.RevealRated)
	v.send(share, "Bo")
	review := w.conversation(id).Reviews[0].ID
	w.now = w.now.Truncate(24 * time.Hour).Add(24*time.Hour + 9*time.Hour)
	told := func(after string, want int) {
		t.Helper()
		box := &postbox{}
		for range 2 {
			w.ok(w.SendReminders(t.Context(), box.send))
			w.now = w.now.Add(24 * time.Hour)
		}
		if got := strings.Count(box.kinds(), string(model.LevelsProposed)); got != want {
			t.Errorf("after %s it is told %d times, not %d: %q", after, got, want, box.kinds())
		}
	}
	propose := func(competency string) {
		t.Helper()
		w.ok(w.MentorProposeLevel(t.Context(), v.mentor, share, competency, model.AgreementInput{Level: "3.5", Sentence: "Seen."}))
		w.now = w.now.Add(time.Minute)
	}
	propose("debt")
	told("a first one", 1)
	propose("roadmap")
	told("another one beside it", 1)
	w.ok(w.WithdrawLevel(t.Context(), w.manager, id, review, "debt", "1"))
	told("an answer to the first", 0)
	propose("debt")
	told("the first one again", 1)
}

// A team that asks to compare waits for its stewards, so they are told of it, once.
func TestATeamThatAsksIsRemindedOf(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(5)...)
	second := w.stranger("n1", "n2", "n3", "n4")
	w.run(alike(3, append(names(5), steward)...))
	second.run(alike(2, "n1", "n2", "n3", "n4", steward))
	second.manager = second.people[steward]
	reminded(second.world)
	made, err := w.Invite(t.Context(), second.people[steward], second.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"})
	w.ok(err)
	w.ok(w.AskToCompare(t.Context(), w.people[steward], w.team, made.Secret, "x"))
	w.now = w.now.Truncate(24 * time.Hour).Add(24*time.Hour + 9*time.Hour)
	box := &postbox{}
	for range 2 {
		w.ok(w.SendReminders(t.Context(), box.send))
		w.now = w.now.Add(24 * time.Hour)
	}
	if got := strings.Count(box.kinds(), string(model.TeamAsks)); got != 1 {
		t.Errorf("it is told %d times: %q", got, box.kinds())
	}
}

// A mail that was surely not taken is tried again; what was on its way when a process died is not.
func TestAReminderThatFailed(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T) (*world, *postbox) {
		w := newWorld(t)
		reminded(w)
		w.start("first-team", model.PulseForm)
		w.now = w.now.Truncate(24 * time.Hour).Add(5*24*time.Hour + 9*time.Hour)
		return w, &postbox{}
	}
	t.Run("a server that is away is asked each time", func(t *testing.T) {
		t.Parallel()
		w, box := begin(t)
		box.err = &mail.Failure{Problem: mail.Away}
		for range 8 {
			if err := w.SendReminders(t.Context(), box.send); err == nil || strings.Contains(err.Error(), "ada") {
				t.Errorf("it fails with %v", err)
			}
			w.now = w.now.Add(time.Hour)
		}
		box.err = nil
		w.ok(w.SendReminders(t.Context(), box.send))
		w.ok(w.SendReminders(t.Context(), box.send))
		if len(box.sent) != 9 {
			t.Errorf("tried %d times", len(box.sent))
		}
	})
	t.Run("an address that takes nothing is tried ever later, and not for ever", func(t *testing.T) {
		t.Parallel()
		w, box := begin(t)
		box.err = &mail.Failure{Problem: mail.Refused, Code: 550}
		for range 24 * 30 {
			if err := w.SendReminders(t.Context(), box.send); err != nil && !strings.Contains(err.Error(), "550") {
				t.Fatal(err)
			}
			w.now = w.now.Add(time.Hour)
		}
		if len(box.sent) != 6 {
			t.Errorf("tried %d times", len(box.sent))
		}
		if got := must(w.MailReminders(t.Context(), w.manager))(t); got.Failures != 6 || !got.On() {
			t.Errorf("noted is %+v", got)
		}
	})
	t.Run("what may have been taken, and what a process died over, is not sent again", func(t *testing.T) {
		t.Parallel()
		for _, err := range []error{&mail.Failure{Problem: mail.Unsure}, errors.New("the process died")} {
			w, box := begin(t)
			box.err = err
			if w.SendReminders(t.Context(), box.send) == nil {
				t.Error("it doesn’t say that it failed")
			}
			box.err = nil
			for range 3 {
				w.now = w.now.Add(24 * time.Hour)
				w.ok(w.SendReminders(t.Context(), box.send))
			}
			if len(box.sent) != 1 {
				t.Errorf("after %v it was sent %d times", err, len(box.sent))
			}
		}
	})
}

// Reminders go on where the way in that brought their address is removed, and another one has the same address.
func TestRemindersOutliveAWayIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	reminded(w)
	session := w.openedFor(w.manager)
	w.arrivesAdding(session, model.Identity{Way: model.ByOpenID, Issuer: "https://id.example", Subject: "1", Name: "Ada", Address: "ada@example.com"})
	for _, left := range []string{"ada@example.com", ""} {
		to := must(w.MailReminders(t.Context(), w.manager))(t).To
		must(w.RemoveWayIn(t.Context(), w.openedFor(w.manager), to.ID, false))(t)
		if got := must(w.MailReminders(t.Context(), w.manager))(t).To; got.Address != left || got.ID == to.ID {
			t.Errorf("without %+v reminders go to %+v", to, got)
		}
	}
}

// Several processes at once send a thing once.
func TestSeveralProcessesRemindOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		reminded(w)
		w.start("first-team", model.PulseForm)
		w.now = w.now.Truncate(24 * time.Hour).Add(5*24*time.Hour + 9*time.Hour)
		sent := make(chan model.ReminderMail, 10)
		ended := make(chan error)
		for range 4 {
			go func() {
				ended <- w.SendReminders(t.Context(), func(_ context.Context, reminders model.ReminderMail) error { sent <- reminders; return nil })
			}()
		}
		for range 4 {
			w.ok(<-ended)
		}
		if len(sent) != 1 {
			t.Errorf("%d mails were sent", len(sent))
		}
	})
}

// Nothing goes to an address that somebody has left while the mails of others took their time.
func TestAReminderGoesToTheAddressOfItsMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var managers []string
	for _, address := range []string{"ada", "bo"} {
		session := w.openedFor(w.manager)
		managers = append(managers, w.manager)
		for _, at := range []string{"@example.com", "@home.example"} {
			w.arrivesAdding(session, model.Identity{Way: model.ByMail, Subject: address + at, Name: address + at, Address: address + at})
		}
		w.ok(w.RemindByMail(t.Context(), w.manager, must(w.MailReminders(t.Context(), w.manager))(t).Addresses[0].ID))
		w.start("first-team", model.PulseForm)
		w.manager = w.newManager()
	}
	w.now = w.now.Truncate(24 * time.Hour).Add(5*24*time.Hour + 9*time.Hour)
	var sent []string
	send := func(ctx context.Context, mail model.ReminderMail) error {
		sent = append(sent, mail.To)
		for _, id := range managers { // each chooses the other address as soon as any mail is on its way
			w.ok(w.RemindByMail(ctx, id, must(w.MailReminders(ctx, id))(t).Addresses[1].ID))
		}
		return nil
	}
	w.ok(w.SendReminders(t.Context(), send))
	if len(sent) != 1 || !strings.HasSuffix(sent[0], "@example.com") {
		t.Fatalf("they went to %q", sent)
	}
	w.now = w.now.Add(time.Hour)
	w.ok(w.SendReminders(t.Context(), send))
	if len(sent) != 2 || !strings.HasSuffix(sent[1], "@home.example") || sent[0][:2] == sent[1][:2] {
		t.Errorf("an hour later they went to %q", sent)
	}
}
