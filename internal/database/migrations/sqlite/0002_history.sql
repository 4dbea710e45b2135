-- +goose Up
-- A finished assessment can be renamed; nothing else of it changes.
ALTER TABLE assessments ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- "Knowing what I know now": a later view of how an earlier sitting should have been answered. It stands
-- beside the answers and never replaces them. A row without a level was offered and not answered.
CREATE TABLE reratings (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    earlier_id    TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    competency    TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    level         INTEGER CHECK (level BETWEEN 0 AND 5),
    PRIMARY KEY (assessment_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reratings_by_earlier ON reratings (earlier_id);
-- Whether the offer was answered or skipped, so that it is made once.
CREATE TABLE rerating_offers (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments (id) ON DELETE CASCADE,
    earlier_id    TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    competencies  TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('offered', 'answered', 'skipped'))
) STRICT, WITHOUT ROWID;
CREATE INDEX rerating_offers_by_earlier ON rerating_offers (earlier_id);

-- The key that opens a history on any device; only its hash is kept, one for each manager.
CREATE TABLE recovery_keys (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    key_hash   TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a browser calls itself, such as "Firefox on Linux", so that a manager knows their devices.
ALTER TABLE browsers ADD COLUMN label TEXT NOT NULL DEFAULT '';

-- Tries at a secret, counted in windows of time; the subject is a keyed hash of who tried.
CREATE TABLE attempts (
    purpose      TEXT NOT NULL,
    subject      TEXT NOT NULL,
    window_start INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (purpose, subject, window_start)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_window ON attempts (window_start);

-- Whether a manager lets their answers count in this instance's reliability figures.
ALTER TABLE managers ADD COLUMN counts_for_reliability INTEGER NOT NULL DEFAULT 0;

-- Reliability as it was computed at a step of the number of managers, frozen until the next step.
CREATE TABLE reliabilities (
    questionnaire_id      TEXT NOT NULL,
    questionnaire_version INTEGER NOT NULL,
    area                  TEXT NOT NULL,
    step                  INTEGER NOT NULL,
    persons               INTEGER NOT NULL,
    alpha                 REAL NOT NULL,
    lower_limit           REAL NOT NULL,
    upper_limit           REAL NOT NULL,
    computed_at           INTEGER NOT NULL,
    PRIMARY KEY (questionnaire_id, questionnaire_version, area, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX assessments_by_questionnaire ON assessments (questionnaire_id, questionnaire_version, state, form);
