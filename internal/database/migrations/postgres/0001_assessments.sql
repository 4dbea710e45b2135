-- +goose Up
-- A manager, a browser and a session are three things: a manager may come to have several browsers,
-- a browser several sessions over time, and a session may later act for someone who is no manager.
CREATE TABLE managers (
    id         TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE browsers (
    id         TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    browser_id TEXT NOT NULL REFERENCES browsers (id) ON DELETE CASCADE,
    manager_id TEXT REFERENCES managers (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX sessions_by_manager ON sessions (manager_id);
CREATE INDEX sessions_by_browser ON sessions (browser_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);

-- The wording of items, competencies and scales, each by the hash of its canonical JSON, so that an
-- old assessment renders as it was after the files change.
CREATE TABLE contents (
    hash TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE assessments (
    id                    TEXT PRIMARY KEY,
    manager_id            TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    questionnaire_id      TEXT NOT NULL,
    questionnaire_version BIGINT NOT NULL,
    questionnaire_name    TEXT NOT NULL,
    scope                 TEXT NOT NULL,
    craft                 TEXT NOT NULL,
    form                  TEXT NOT NULL CHECK (form IN ('full', 'pulse')),
    period_start          TEXT NOT NULL,
    period_end            TEXT,
    scale_hash            TEXT NOT NULL REFERENCES contents (hash),
    state                 TEXT NOT NULL CHECK (state IN ('draft', 'finished')),
    started_at            BIGINT NOT NULL,
    finished_at           BIGINT,
    item_variance         DOUBLE PRECISION,
    degrees               DOUBLE PRECISION,
    constants             TEXT
);
CREATE INDEX assessments_by_manager ON assessments (manager_id, state, finished_at);

CREATE TABLE assessment_sections (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    competency    TEXT NOT NULL,
    content_hash  TEXT NOT NULL REFERENCES contents (hash),
    target        DOUBLE PRECISION NOT NULL,
    importance    BIGINT NOT NULL,
    PRIMARY KEY (assessment_id, position)
);

CREATE TABLE assessment_items (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    competency    TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    content_hash  TEXT NOT NULL REFERENCES contents (hash),
    PRIMARY KEY (assessment_id, position)
);

-- level: 1 to 5; 0 for "It did not come up"; NULL for blank (a note alone).
CREATE TABLE answers (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    item_id       TEXT NOT NULL,
    level         BIGINT CHECK (level BETWEEN 0 AND 5),
    note          TEXT NOT NULL,
    revision      BIGINT NOT NULL,
    spent         BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (assessment_id, item_id)
);

-- A manager's own marks; where there is none, the questionnaire's holds.
CREATE TABLE targets (
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL,
    competency TEXT NOT NULL,
    value      DOUBLE PRECISION NOT NULL CHECK (value BETWEEN 1 AND 5),
    importance BIGINT NOT NULL CHECK (importance BETWEEN 1 AND 3),
    PRIMARY KEY (manager_id, scope, competency)
);
