-- +goose Up
-- Links on their way in mails, by the hashes of their secrets and of what the browser that asked keeps. manager_id is
-- whose way in the address is to be; there is none where somebody comes in.
CREATE TABLE mail_links (
    secret_hash  TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    address      TEXT NOT NULL,
    manager_id   TEXT REFERENCES managers (id) ON DELETE CASCADE,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_links_by_browser ON mail_links (browser_hash);
CREATE INDEX mail_links_by_manager ON mail_links (manager_id);
CREATE INDEX mail_links_by_end ON mail_links (expires_at);

-- To which address of theirs a manager is reminded. failures counts the tries that came to nothing since the last mail
-- was handed over; retry_at is until when none is made.
CREATE TABLE mail_reminders (
    manager_id  TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    chosen_at   INTEGER NOT NULL,
    failures    INTEGER NOT NULL,
    retry_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_reminders_by_identity ON mail_reminders (identity_id);

-- Reminders that were sent, or are just being sent, by the hash of the secret that ends them.
CREATE TABLE reminder_mails (
    stop_hash  TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_mails_by_manager ON reminder_mails (manager_id);
CREATE INDEX reminder_mails_by_time ON reminder_mails (made_at);

-- What a manager was reminded of, by a hash, each once.
CREATE TABLE reminded_things (
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    thing      TEXT NOT NULL,
    stop_hash  TEXT NOT NULL REFERENCES reminder_mails (stop_hash) ON DELETE CASCADE,
    PRIMARY KEY (manager_id, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminded_things_by_mail ON reminded_things (stop_hash);
