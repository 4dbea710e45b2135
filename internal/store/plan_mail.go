package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// PutMailReminders has a manager reminded at the confirmed address of one of their identities, in the place of any before;
// model.ErrNotFound if it isn't theirs.
func (s *Store) PutMailReminders(ctx context.Context, managerID, identityID string, now time.Time) error {
	return found(s.Exec(ctx, `
		INSERT INTO mail_reminders (manager_id, identity_id, chosen_at, failures, retry_at)
		SELECT i.manager_id, i.id, $3, 0, 0 FROM identities i WHERE i.manager_id = $1 AND i.id = $2 AND i.address <> ''
		ON CONFLICT (manager_id) DO UPDATE SET identity_id = excluded.identity_id, chosen_at = excluded.chosen_at,
			failures = excluded.failures, retry_at = excluded.retry_at`,
		managerID, identityID, milliseconds(now)))
}

// EndMailReminders has a manager reminded no more; who isn't reminded stays so.
func (s *Store) EndMailReminders(ctx context.Context, managerID string) error {
	_, err := s.Exec(ctx, `DELETE FROM mail_reminders WHERE manager_id = $1`, managerID)
	return err
}

// mailReminders are the rows of whoever is reminded by mail. An address that is no longer confirmed gets none.
const mailReminders = `SELECT p.manager_id, i.id, i.address, p.failures FROM mail_reminders p
	JOIN identities i ON i.id = p.identity_id AND i.address <> ''`

// MailReminders says whether and where a manager is reminded, without the addresses to choose from.
func (s *Store) MailReminders(ctx context.Context, managerID string) (reminders model.MailReminders, err error) {
	list, err := s.mailReminders(ctx, ` WHERE p.manager_id = $1`, managerID)
	if len(list) > 0 {
		reminders = list[0]
	}
	return reminders, err
}

// remindedAtOnce is how many of those who are reminded are read at once.
const remindedAtOnce = 100

// RemindedByMail lists those who are reminded and may be tried now, in order, from those after an id on.
func (s *Store) RemindedByMail(ctx context.Context, after string, now time.Time) ([]model.MailReminders, error) {
	return s.mailReminders(ctx, ` WHERE p.manager_id > $1 AND p.retry_at <= $2 ORDER BY p.manager_id LIMIT $3`, after, milliseconds(now), remindedAtOnce)
}

func (s *Store) mailReminders(ctx context.Context, which string, values ...any) (list []model.MailReminders, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.MailReminders
		err := row(&one.ManagerID, &one.To.ID, &one.To.Address, &one.Failures)
		list = append(list, one)
		return err
	}, mailReminders+which, values...)
	return list, err
}

// RemindedSince reports whether a manager was sent a reminder since a moment.
func (s *Store) RemindedSince(ctx context.Context, managerID string, since time.Time) (reminded bool, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { reminded = true; return row(new(int)) },
		`SELECT 1 FROM reminder_mails WHERE manager_id = $1 AND made_at >= $2 LIMIT 1`, managerID, milliseconds(since))
	return reminded, err
}

// ClaimReminder reports whether a manager was never reminded of a thing, and notes that they are by a mail.
func (s *Store) ClaimReminder(ctx context.Context, managerID, thing, stopHash string) (bool, error) {
	claimed, err := s.Exec(ctx, `INSERT INTO reminded_things (manager_id, thing, stop_hash) VALUES ($1, $2, $3) ON CONFLICT (manager_id, thing) DO NOTHING`,
		managerID, thing, stopHash)
	return claimed > 0, err
}

// PutReminderMail notes a mail that is about to be sent to who is still reminded; model.ErrNotFound if they aren't.
func (s *Store) PutReminderMail(ctx context.Context, managerID, stopHash string, now time.Time) error {
	return found(s.Exec(ctx, `INSERT INTO reminder_mails (stop_hash, manager_id, made_at)
		SELECT $2, p.manager_id, $3 FROM mail_reminders p WHERE p.manager_id = $1`, managerID, stopHash, milliseconds(now)))
}

// DeleteReminderMail forgets a mail that was surely not sent, with what it would have reminded of.
func (s *Store) DeleteReminderMail(ctx context.Context, stopHash string) error {
	_, err := s.Exec(ctx, `DELETE FROM reminder_mails WHERE stop_hash = $1`, stopHash)
	return err
}

// NoteReminding notes how many mails in a row came to nothing, and until when no other is tried.
func (s *Store) NoteReminding(ctx context.Context, managerID string, failures int, retry time.Time) error {
	_, err := s.Exec(ctx, `UPDATE mail_reminders SET failures = $2, retry_at = $3 WHERE manager_id = $1`, managerID, failures, milliseconds(retry))
	return err
}

// ManagerByStop finds whose mail holds the secret of this hash; model.ErrNotFound if none does.
func (s *Store) ManagerByStop(ctx context.Context, stopHash string) (managerID string, err error) {
	err = s.QueryRow(ctx, `SELECT manager_id FROM reminder_mails WHERE stop_hash = $1`, []any{stopHash}, &managerID)
	return managerID, err
}

// DeleteReminderMailsBefore forgets a batch of the mails from before a moment, and reports whether there may be more.
func (s *Store) DeleteReminderMailsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM reminder_mails WHERE stop_hash IN
		(SELECT stop_hash FROM reminder_mails WHERE made_at <= $1 ORDER BY made_at LIMIT $2)`, limit)
}
