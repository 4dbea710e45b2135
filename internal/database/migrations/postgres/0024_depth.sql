-- +goose Up
-- Depth maps: where a manager placed the domains of their work, on one day. One without that day is still being made.
CREATE TABLE depth_maps (
    id          TEXT PRIMARY KEY,
    manager_id  TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    scope       TEXT NOT NULL,
    craft       TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX depth_maps_by_manager ON depth_maps (manager_id, finished_at);

-- What a map says of a domain, with the words of the day on which it was placed. depth and weight are '' where it isn't,
-- role is '' for nobody and for whom is named in one's own words, last_year 0 where none is told.
CREATE TABLE depth_placements (
    map_id    TEXT NOT NULL REFERENCES depth_maps (id) ON DELETE CASCADE,
    domain    TEXT NOT NULL,
    position  BIGINT NOT NULL,
    own       BIGINT NOT NULL CHECK (own IN (0, 1)),
    name      TEXT NOT NULL,
    in_text   TEXT NOT NULL,
    depth     TEXT NOT NULL CHECK (depth IN ('', 'none', 'conversant', 'working', 'deep')),
    weight    TEXT NOT NULL CHECK (weight IN ('', 'low', 'medium', 'high')),
    role      TEXT NOT NULL,
    whom      TEXT NOT NULL,
    asked     BIGINT NOT NULL CHECK (asked IN (0, 1)),
    last_year BIGINT NOT NULL,
    PRIMARY KEY (map_id, domain)
);
