-- +goose Up
-- A mentor is a browser that a share was opened in. The token before the current one holds on for a
-- moment, since a form that is sent twice reaches the server with it.
CREATE TABLE mentors (
    id          TEXT PRIMARY KEY,
    token_hash  TEXT NOT NULL UNIQUE,
    former_hash TEXT,
    rotated_at  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mentors_by_former ON mentors (former_hash);
CREATE INDEX mentors_by_seen ON mentors (seen_at);

-- A link to one finished assessment. form_key is that of the form that made it, so that a form sent twice
-- makes one link; competencies are ids, in the questionnaire's order.
CREATE TABLE shares (
    id            TEXT PRIMARY KEY,
    manager_id    TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    secret_hash   TEXT NOT NULL UNIQUE,
    form_key      TEXT NOT NULL,
    label         TEXT NOT NULL,
    sharer        TEXT NOT NULL,
    question      TEXT NOT NULL,
    competencies  TEXT NOT NULL,
    shows_result  INTEGER NOT NULL CHECK (shows_result IN (0, 1)),
    shows_history INTEGER NOT NULL CHECK (shows_history IN (0, 1)),
    shows_notes   INTEGER NOT NULL CHECK (shows_notes IN (0, 1)),
    allows_rating INTEGER NOT NULL CHECK (allows_rating IN (0, 1)),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    revoked_at    INTEGER,
    UNIQUE (assessment_id, form_key),
    CHECK (shows_result + allows_rating > 0),
    CHECK (shows_result = 1 OR shows_history + shows_notes = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX shares_by_manager ON shares (manager_id, created_at);

-- When the button behind a link was pressed. The mentor has no foreign key: the log outlives the browser.
CREATE TABLE share_openings (
    share_id  TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    opened_at INTEGER NOT NULL,
    mentor_id TEXT NOT NULL,
    PRIMARY KEY (share_id, opened_at, mentor_id)
) STRICT, WITHOUT ROWID;

-- Which shares a mentor has opened.
CREATE TABLE grants (
    mentor_id  TEXT NOT NULL REFERENCES mentors (id) ON DELETE CASCADE,
    share_id   TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (mentor_id, share_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_share ON grants (share_id);

-- What one mentor says of one assessment, whichever of their links they came by; share_id is the link that
-- it was begun with. It belongs to the manager, so it outlives the mentor's browser: no foreign key there.
-- glimpses are digests of what the pages of the latest revisions showed, for two tabs at once.
CREATE TABLE reviews (
    id            TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    mentor_id     TEXT NOT NULL,
    share_id      TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    name          TEXT NOT NULL DEFAULT '',
    overall       TEXT NOT NULL DEFAULT '',
    question      TEXT NOT NULL DEFAULT '',
    revision      INTEGER NOT NULL DEFAULT 0,
    glimpses      TEXT NOT NULL DEFAULT '',
    constants     TEXT NOT NULL,
    started_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    sent_at       INTEGER,
    read_at       INTEGER,
    UNIQUE (assessment_id, mentor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_share ON reviews (share_id);

-- level was given before the manager's score was shown, later after it: 1 to 5, 0 for "not observed", NULL
-- for none.
CREATE TABLE ratings (
    review_id  TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    level      INTEGER CHECK (level BETWEEN 0 AND 5),
    later      INTEGER CHECK (later BETWEEN 0 AND 5),
    comment    TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    glimpses   TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (review_id, competency)
) STRICT, WITHOUT ROWID;

-- Which of a manager's scores a mentor has been shown, through whichever share. It outlives the review, so
-- that nobody becomes blind again by withdrawing it.
CREATE TABLE reveals (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    mentor_id     TEXT NOT NULL,
    competency    TEXT NOT NULL,
    revealed_at   INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, mentor_id, competency)
) STRICT, WITHOUT ROWID;

-- A level that manager and mentor agree on. Withdrawn, level is NULL and the words are gone; the revision
-- stays, so that a later proposal can't be confirmed by a page that showed this one.
CREATE TABLE agreements (
    review_id    TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    competency   TEXT NOT NULL,
    level        REAL CHECK (level BETWEEN 1 AND 5),
    sentence     TEXT NOT NULL,
    proposed_by  TEXT NOT NULL CHECK (proposed_by IN ('manager', 'mentor')),
    proposed_at  INTEGER NOT NULL,
    confirmed_at INTEGER,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (review_id, competency)
) STRICT, WITHOUT ROWID;

-- Whether the manager has deleted a finished assessment: the noise of a later one may have been estimated
-- from it, so an export is no longer known to hold all that its numbers rest on.
ALTER TABLE managers ADD COLUMN thinned INTEGER NOT NULL DEFAULT 0;
