-- +goose Up
-- How many deletions may have left traces in the file, and how many of them it was written anew after: see
-- Store.Overwrite. One row.
CREATE TABLE compactions (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    deletions INTEGER NOT NULL,
    compacted INTEGER NOT NULL
) STRICT;
-- What a database that is in use has deleted until now isn't known.
INSERT INTO compactions (id, deletions, compacted)
    SELECT 1, EXISTS (SELECT 1 FROM managers) OR EXISTS (SELECT 1 FROM erasures), 0;
