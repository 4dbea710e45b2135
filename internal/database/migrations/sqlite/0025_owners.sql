-- +goose Up
-- The managers for whom a browser of a mentor's has acted, now or ever: what they share themselves stays closed to it, in
-- whichever order it came there. It outlives the browser, since a key that was made in it does.
CREATE TABLE mentor_owners (
    mentor_id  TEXT NOT NULL REFERENCES mentors (id) ON DELETE CASCADE,
    browser_id TEXT NOT NULL,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    PRIMARY KEY (mentor_id, browser_id, manager_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentor_owners_by_manager ON mentor_owners (manager_id);

-- The browser that a code or a key was made in. The mark that earlier versions put after a hash gives way to it.
ALTER TABLE mentor_codes ADD COLUMN browser_id TEXT NOT NULL DEFAULT '';
ALTER TABLE mentor_keys ADD COLUMN browser_id TEXT NOT NULL DEFAULT '';
UPDATE mentor_codes SET code_hash = substr(code_hash, 1, 64);
UPDATE mentor_keys SET key_hash = substr(key_hash, 1, 64);

-- The team that has asked to compare, until the other agrees; '' once both have.
ALTER TABLE team_peers ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
