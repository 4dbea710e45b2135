-- +goose Up
-- Two histories of one person that were laid together, while that can be undone: manager_id is whose they are now, and
-- record says, as JSON, which rows moved and what was taken out for it. The row goes when undoing ends.
CREATE TABLE joinings (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    former_id  TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    undo_until INTEGER NOT NULL,
    record     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX joinings_by_end ON joinings (undo_until);

-- By which ids a manager was known before their histories were laid together. An older backup still has them.
CREATE TABLE former_managers (
    id         TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX former_managers_by_manager ON former_managers (manager_id);

-- Recovery keys beside the one of recovery_keys: those of histories that were laid together. A new key ends them.
CREATE TABLE further_keys (
    key_hash   TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX further_keys_by_manager ON further_keys (manager_id);

-- Whether an assessment was counted is asked by its token alone, whoever's it was then.
CREATE INDEX ledger_answers_by_sitting ON ledger_answers (sitting);

-- Which mentor a manager has kept under their sign-in, by their own act.
CREATE TABLE mentor_ties (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    mentor_id  TEXT NOT NULL UNIQUE REFERENCES mentors (id) ON DELETE CASCADE,
    tied_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The session with which a mentor's browser was opened by signing in, and with which it ends; NULL for those of a link, a
-- code or a key.
ALTER TABLE mentor_browsers ADD COLUMN session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE;
CREATE INDEX mentor_browsers_by_session ON mentor_browsers (session_id);
