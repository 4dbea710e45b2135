-- +goose Up
-- What a manager means to do: "When <occasion>, I will <action>". practice is the id of the one that it began with, ''
-- for their own words. until_day is a day; closed_at is NULL while they are at it. bet is how likely, in per cent, they
-- called a rise of the competency; NULL for no bet.
CREATE TABLE commitments (
    id         TEXT PRIMARY KEY,
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    practice   TEXT NOT NULL,
    occasion   TEXT NOT NULL,
    action     TEXT NOT NULL,
    notice     TEXT NOT NULL,
    until_day  TEXT NOT NULL,
    bet        BIGINT CHECK (bet BETWEEN 10 AND 90),
    revision   BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    closed_at  BIGINT
);
CREATE INDEX commitments_by_manager ON commitments (manager_id, made_at);

-- What became of a commitment, each time that its manager said so; carried tells that they went on with it.
CREATE TABLE commitment_follow_ups (
    commitment_id TEXT NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
    number        BIGINT NOT NULL,
    became        TEXT NOT NULL CHECK (became IN ('kept', 'partly', 'not', 'dropped')),
    line          TEXT NOT NULL,
    carried       BIGINT NOT NULL CHECK (carried IN (0, 1)),
    told_at       BIGINT NOT NULL,
    PRIMARY KEY (commitment_id, number)
);

-- Commitments as a share shows them: as they were worded when it was made.
CREATE TABLE share_commitments (
    share_id      TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    commitment_id TEXT NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
    competency    TEXT NOT NULL,
    occasion      TEXT NOT NULL,
    action        TEXT NOT NULL,
    notice        TEXT NOT NULL,
    until_day     TEXT NOT NULL,
    PRIMARY KEY (share_id, commitment_id)
);
CREATE INDEX share_commitments_by_commitment ON share_commitments (commitment_id);
