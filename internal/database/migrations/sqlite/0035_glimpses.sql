-- +goose Up
-- What else than a score a mentor was shown of a manager that could lean a rating of a competency: their depth map, what
-- they work on, or what they noted. A level that is given after that is kept apart. Like reveals it outlives the review.
CREATE TABLE glimpses (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    mentor_id     TEXT NOT NULL,
    competency    TEXT NOT NULL,
    seen_at       INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, mentor_id, competency)
) STRICT, WITHOUT ROWID;
