-- +goose Up
-- That a team declined to compare with one that had asked, and when: those who asked read it. It goes when they ask again.
CREATE TABLE declined_peers (
    team_id     TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    declined_by TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    declined_at INTEGER NOT NULL,
    PRIMARY KEY (team_id, declined_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX declined_peers_by_decliner ON declined_peers (declined_by);
