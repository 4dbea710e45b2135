-- +goose Up
-- answer is what a mentor answers to the question that came with a link, asked that question as it stood then.
ALTER TABLE reviews ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN answer TEXT NOT NULL DEFAULT '';

-- When its manager set a review aside, so that nothing of it counts; NULL while it counts.
ALTER TABLE reviews ADD COLUMN set_aside_at BIGINT;

-- A mentor may use several browsers, each with a token of its own. The token before the current one holds on for a
-- moment, since a form that is sent twice reaches the server with it. Those of earlier versions had one browser each.
CREATE TABLE mentor_browsers (
    id          TEXT PRIMARY KEY,
    mentor_id   TEXT NOT NULL REFERENCES mentors (id) ON DELETE CASCADE,
    token_hash  TEXT NOT NULL UNIQUE,
    former_hash TEXT,
    label       TEXT NOT NULL DEFAULT '',
    rotated_at  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL
);
INSERT INTO mentor_browsers (id, mentor_id, token_hash, former_hash, rotated_at, created_at, seen_at)
    SELECT id, id, token_hash, former_hash, rotated_at, created_at, seen_at FROM mentors;
ALTER TABLE mentors DROP COLUMN token_hash;
ALTER TABLE mentors DROP COLUMN former_hash;
ALTER TABLE mentors DROP COLUMN rotated_at;
CREATE INDEX mentor_browsers_by_mentor ON mentor_browsers (mentor_id);
CREATE INDEX mentor_browsers_by_former ON mentor_browsers (former_hash);
CREATE INDEX mentor_browsers_by_seen ON mentor_browsers (seen_at);

-- A code by which a mentor goes on with another device, and a key by which they come back at any time.
CREATE TABLE mentor_codes (
    mentor_id  TEXT PRIMARY KEY REFERENCES mentors (id) ON DELETE CASCADE,
    code_hash  TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);
CREATE TABLE mentor_keys (
    mentor_id  TEXT PRIMARY KEY REFERENCES mentors (id) ON DELETE CASCADE,
    key_hash   TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- reply is what the manager answers to the mentor's question back; replied_at is NULL before.
ALTER TABLE reviews ADD COLUMN reply TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN replied_at BIGINT;
