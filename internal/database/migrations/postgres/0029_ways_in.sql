-- +goose Up
-- Who a manager is to somebody who vouches for them, such as an organisation's sign-in. subject is what the issuer calls
-- them, name what pages call them.
CREATE TABLE identities (
    id         TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    way        TEXT NOT NULL,
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    name       TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    UNIQUE (way, issuer, subject)
);
CREATE INDEX identities_by_manager ON identities (manager_id);

-- By which way in a session came, '' for a first visit; came_as is what pages call whom it was opened for.
ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN came_as TEXT NOT NULL DEFAULT '';

-- Somebody who has proved who they are in a browser that holds other answers, while they choose what becomes of these.
-- There is no manager_id while the identity opens nobody's answers yet.
CREATE TABLE arrivals (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    way        TEXT NOT NULL,
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    name       TEXT NOT NULL,
    manager_id TEXT REFERENCES managers (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX arrivals_by_manager ON arrivals (manager_id);
CREATE INDEX arrivals_by_end ON arrivals (expires_at);
