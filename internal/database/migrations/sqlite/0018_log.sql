-- +goose Up
-- What a manager noted, in a line or a few: what happened on a day, and which competency it speaks of, '' for none yet.
CREATE TABLE log_entries (
    id         TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    noted_day  TEXT NOT NULL,
    words      TEXT NOT NULL,
    made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX log_entries_by_manager ON log_entries (manager_id, made_at);

-- Entries as a share shows them: as they were worded when it was made.
CREATE TABLE share_log_entries (
    share_id   TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    entry_id   TEXT NOT NULL REFERENCES log_entries (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    noted_day  TEXT NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (share_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX share_log_entries_by_entry ON share_log_entries (entry_id);

-- Whether a share shows the log.
ALTER TABLE shares ADD COLUMN shows_log INTEGER NOT NULL DEFAULT 0 CHECK (shows_log IN (0, 1));
