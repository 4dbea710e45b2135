-- +goose Up
-- Of use to SQLite alone, whose file is written anew after deletions; here it stays as it is.
CREATE TABLE compactions (
    id        BIGINT PRIMARY KEY CHECK (id = 1),
    deletions BIGINT NOT NULL,
    compacted BIGINT NOT NULL
);
INSERT INTO compactions (id, deletions, compacted) VALUES (1, 0, 0);
