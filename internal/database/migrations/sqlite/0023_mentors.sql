-- +goose Up
-- answer is what a mentor answers to the question that came with a link, asked that question as it stood then.
ALTER TABLE reviews ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN answer TEXT NOT NULL DEFAULT '';

-- When its manager set a review aside, so that nothing of it counts; NULL while it counts.
ALTER TABLE reviews ADD COLUMN set_aside_at INTEGER;

-- A mentor may use several browsers, each with a token of its own. The token before the current one holds on for a
-- moment, since a form that is sent twice reaches the server with it. Those of earlier versions had one browser each.
CREATE TABLE mentors_next (
    id          TEXT PRIMARY KEY,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    zone        TEXT NOT NULL DEFAULT '',
    zone_chosen INTEGER NOT NULL DEFAULT 0 CHECK (zone_chosen IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO mentors_next (id, created_at, seen_at, zone, zone_chosen) SELECT id, created_at, seen_at, zone, zone_chosen FROM mentors;
CREATE TABLE mentor_browsers (
    id          TEXT PRIMARY KEY,
    mentor_id   TEXT NOT NULL REFERENCES mentors_next (id) ON DELETE CASCADE,
    token_hash  TEXT NOT NULL UNIQUE,
    former_hash TEXT,
    label       TEXT NOT NULL DEFAULT '',
    rotated_at  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO mentor_browsers (id, mentor_id, token_hash, former_hash, rotated_at, created_at, seen_at)
    SELECT id, id, token_hash, former_hash, rotated_at, created_at, seen_at FROM mentors;
CREATE TABLE grants_next (
    mentor_id  TEXT NOT NULL REFERENCES mentors_next (id) ON DELETE CASCADE,
    share_id   TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (mentor_id, share_id)
) STRICT, WITHOUT ROWID;
INSERT INTO grants_next (mentor_id, share_id, granted_at) SELECT mentor_id, share_id, granted_at FROM grants;
DROP TABLE grants;
DROP TABLE mentors;
ALTER TABLE mentors_next RENAME TO mentors;
ALTER TABLE grants_next RENAME TO grants;
CREATE INDEX mentors_by_seen ON mentors (seen_at);
CREATE INDEX grants_by_share ON grants (share_id);
CREATE INDEX mentor_browsers_by_mentor ON mentor_browsers (mentor_id);
CREATE INDEX mentor_browsers_by_former ON mentor_browsers (former_hash);
CREATE INDEX mentor_browsers_by_seen ON mentor_browsers (seen_at);

-- A code by which a mentor goes on with another device, and a key by which they come back at any time.
CREATE TABLE mentor_codes (
    mentor_id  TEXT PRIMARY KEY REFERENCES mentors (id) ON DELETE CASCADE,
    code_hash  TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mentor_keys (
    mentor_id  TEXT PRIMARY KEY REFERENCES mentors (id) ON DELETE CASCADE,
    key_hash   TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- reply is what the manager answers to the mentor's question back; replied_at is NULL before.
ALTER TABLE reviews ADD COLUMN reply TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN replied_at INTEGER;
