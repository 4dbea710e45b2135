-- +goose Up
-- How often a manager means to be assessed: a pulse and a full one every so many weeks, 0 for none. There is no row while
-- they haven't chosen.
CREATE TABLE cadences (
    manager_id  TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    pulse_weeks BIGINT NOT NULL CHECK (pulse_weeks BETWEEN 0 AND 52),
    full_weeks  BIGINT NOT NULL CHECK (full_weeks BETWEEN 0 AND 52),
    chosen_at   BIGINT NOT NULL
);

-- The address from which a manager's calendar reads what is due, by the hash of its secret. read_at is when a calendar
-- last did, to about a day; NULL if none has.
CREATE TABLE calendar_feeds (
    manager_id  TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    secret_hash TEXT NOT NULL UNIQUE,
    made_at     BIGINT NOT NULL,
    read_at     BIGINT
);

-- What a manager's calendars were last told, by a digest that says nothing of it: they take something for newer by how
-- often and when it has changed.
CREATE TABLE calendar_versions (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    digest     TEXT NOT NULL,
    changes    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
