-- +goose Up
-- What organisers have set: what the organisation is called, a line of welcome, whom to ask; after how many weeks what is
-- proposed to managers, 0 for what the product proposes; the smallest group of cycles to come, 0 for the least there is;
-- whether organisers alone open teams; which ways in are closed, of those that the configuration offers. changed_at is NULL
-- while nothing was set.
ALTER TABLE installation ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE installation ADD COLUMN welcome TEXT NOT NULL DEFAULT '';
ALTER TABLE installation ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE installation ADD COLUMN pulse_weeks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE installation ADD COLUMN full_weeks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE installation ADD COLUMN smallest_group INTEGER NOT NULL DEFAULT 0;
ALTER TABLE installation ADD COLUMN organisers_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE installation ADD COLUMN closed_ways TEXT NOT NULL DEFAULT '';
ALTER TABLE installation ADD COLUMN changed_at INTEGER;

-- Who organises this installation by a code of its operator's. Whom the configuration names stands in no table.
CREATE TABLE organisers (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Such codes, by their hash, until one is used or ends.
CREATE TABLE organiser_codes (
    code_hash  TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organiser_codes_by_end ON organiser_codes (expires_at);
