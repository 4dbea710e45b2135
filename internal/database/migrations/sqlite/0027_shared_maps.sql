-- +goose Up
-- The finished depth map that a share shows, with the day of it: it stays the one that it was, whichever is made later.
CREATE TABLE share_maps (
    share_id    TEXT PRIMARY KEY REFERENCES shares (id) ON DELETE CASCADE,
    map_id      TEXT NOT NULL REFERENCES depth_maps (id) ON DELETE CASCADE,
    finished_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX share_maps_by_map ON share_maps (map_id);

-- What a mentor answers to the one question about a map: which domain they would move, and where to, with the domain as
-- the map has it. domain is '' where they took it back; depth and weight are those that it would have then.
CREATE TABLE map_moves (
    review_id   TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    map_id      TEXT NOT NULL REFERENCES depth_maps (id) ON DELETE CASCADE,
    finished_at INTEGER NOT NULL,
    domain      TEXT NOT NULL,
    own         INTEGER NOT NULL CHECK (own IN (0, 1)),
    name        TEXT NOT NULL,
    in_text     TEXT NOT NULL,
    from_depth  TEXT NOT NULL CHECK (from_depth IN ('', 'none', 'conversant', 'working', 'deep')),
    from_weight TEXT NOT NULL CHECK (from_weight IN ('', 'low', 'medium', 'high')),
    depth       TEXT NOT NULL CHECK (depth IN ('', 'none', 'conversant', 'working', 'deep')),
    weight      TEXT NOT NULL CHECK (weight IN ('', 'low', 'medium', 'high')),
    words       TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (review_id, map_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX map_moves_by_map ON map_moves (map_id);
