-- +goose Up
-- What was brought in from an exported file: reference is the id that it has there, so that it is known again and is
-- exported under it; the id of the row is a new one. brought_at is NULL for what was made here.
ALTER TABLE assessments ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE assessments ADD COLUMN brought_at INTEGER;
ALTER TABLE commitments ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE commitments ADD COLUMN brought_at INTEGER;
ALTER TABLE log_entries ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE log_entries ADD COLUMN brought_at INTEGER;
ALTER TABLE depth_maps ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE depth_maps ADD COLUMN brought_at INTEGER;
-- The mentor of a review that was brought in is nobody here: mentor_id leads to no browser, mentor_reference is the
-- file's word for them.
ALTER TABLE reviews ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN mentor_reference TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN brought_at INTEGER;

-- A file that somebody sent to be brought in, while they look at what is new in it; one each. content is compressed, and
-- empty once it was brought in: outcome then says what was.
CREATE TABLE imports (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    digest     TEXT NOT NULL,
    content    BLOB NOT NULL,
    outcome    TEXT NOT NULL,
    sent_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_time ON imports (sent_at);
