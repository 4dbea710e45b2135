-- +goose Up
-- What tells this installation's cookies from those of others on the same host, since cookies know no ports.
-- One row, which moves with the data; all processes of an installation read the same.
CREATE TABLE installation (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
) STRICT;
INSERT INTO installation (id, mark) VALUES (1, lower(hex(randomblob(5))));

-- The token that a session's token replaced. It opens the session until the browser has shown that it got
-- the new one.
ALTER TABLE sessions ADD COLUMN former_hash TEXT;
