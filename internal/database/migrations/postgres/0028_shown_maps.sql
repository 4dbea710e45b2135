-- +goose Up
-- Of a depth map, on whom a member shows their team that they rely: copied when they show it, and gone with the place, with
-- the map and when they stop. placed_at is when the map was finished.
CREATE TABLE shown_maps (
    id        TEXT PRIMARY KEY,
    member_id TEXT NOT NULL UNIQUE REFERENCES team_members (id) ON DELETE CASCADE,
    map_id    TEXT NOT NULL REFERENCES depth_maps (id) ON DELETE CASCADE,
    placed_at BIGINT NOT NULL
);
CREATE INDEX shown_maps_by_map ON shown_maps (map_id);

-- Neither how deep they are nor how much hangs on it is copied. whom is '' for nobody yet.
CREATE TABLE shown_reliances (
    shown_id TEXT NOT NULL REFERENCES shown_maps (id) ON DELETE CASCADE,
    domain   TEXT NOT NULL,
    position BIGINT NOT NULL,
    own      BIGINT NOT NULL CHECK (own IN (0, 1)),
    name     TEXT NOT NULL,
    in_text  TEXT NOT NULL,
    whom     TEXT NOT NULL,
    PRIMARY KEY (shown_id, domain)
);
