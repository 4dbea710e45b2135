-- +goose Up
-- What was deleted for good, so that a restored backup does not bring it back: the SHA-256 of the id of a
-- manager or an assessment. The list of a file (see ErasureList) is written from here, since a row is kept
-- in the same transaction as the deletion, by whichever process, and a line of a file is not.
CREATE TABLE erasures (
    id_hash   TEXT PRIMARY KEY,
    erased_at BIGINT NOT NULL
);
CREATE INDEX erasures_by_time ON erasures (erased_at);
