-- +goose Up
-- What members propose that their team should do. practice is the id of the practice that it began with, '' for their
-- own words; competency is what it serves, '' for none in particular. A proposal goes with its member's place.
CREATE TABLE team_proposals (
    id         TEXT PRIMARY KEY,
    member_id  TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    practice   TEXT NOT NULL,
    words      TEXT NOT NULL,
    made_at    BIGINT NOT NULL
);
CREATE INDEX team_proposals_by_member ON team_proposals (member_id);

-- What a team has agreed on, one at a time: ended_at is NULL while it is at it. became is what a steward said of it,
-- 'replaced' where another took its place before that, and '' while the team is at it. It is the team's own: whose
-- proposal it was is not kept.
CREATE TABLE team_practices (
    id         TEXT PRIMARY KEY,
    team_id    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    practice   TEXT NOT NULL,
    words      TEXT NOT NULL,
    set_at     BIGINT NOT NULL,
    ended_at   BIGINT,
    became     TEXT NOT NULL CHECK (became IN ('', 'kept', 'partly', 'dropped', 'replaced')),
    line       TEXT NOT NULL
);
CREATE INDEX team_practices_by_team ON team_practices (team_id, set_at);
