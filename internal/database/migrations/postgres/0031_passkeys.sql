-- +goose Up
-- A passkey by which a manager comes in. handle is what the device calls them, the same for all that one manager makes;
-- credential is the public key with what belongs to it. refused_at is when a copy of it seemed to be in use, from when on
-- it opens nothing; NULL while it does.
CREATE TABLE passkeys (
    id            TEXT PRIMARY KEY,
    manager_id    TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    credential_id TEXT NOT NULL UNIQUE,
    handle        TEXT NOT NULL,
    credential    TEXT NOT NULL,
    name          TEXT NOT NULL,
    made_at       BIGINT NOT NULL,
    used_at       BIGINT NOT NULL,
    refused_at    BIGINT
);
CREATE INDEX passkeys_by_manager ON passkeys (manager_id);

-- Challenges that a passkey has answered, by their hash, so that none is answered twice.
CREATE TABLE answered_challenges (
    challenge_hash TEXT PRIMARY KEY,
    expires_at     BIGINT NOT NULL
);
CREATE INDEX answered_challenges_by_end ON answered_challenges (expires_at);
