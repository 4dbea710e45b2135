-- +goose Up
-- How often a manager means to be assessed: a pulse and a full one every so many weeks, 0 for none. There is no row while
-- they haven't chosen.
CREATE TABLE cadences (
    manager_id  TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    pulse_weeks INTEGER NOT NULL CHECK (pulse_weeks BETWEEN 0 AND 52),
    full_weeks  INTEGER NOT NULL CHECK (full_weeks BETWEEN 0 AND 52),
    chosen_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The address from which a manager's calendar reads what is due, by the hash of its secret. read_at is when a calendar
-- last did, to about a day; NULL if none has.
CREATE TABLE calendar_feeds (
    manager_id  TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    secret_hash TEXT NOT NULL UNIQUE,
    made_at     INTEGER NOT NULL,
    read_at     INTEGER
) STRICT, WITHOUT ROWID;

-- What a manager's calendars were last told, by a digest that says nothing of it: they take something for newer by how
-- often and when it has changed.
CREATE TABLE calendar_versions (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    digest     TEXT NOT NULL,
    changes    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
