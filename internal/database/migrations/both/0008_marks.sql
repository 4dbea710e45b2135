-- +goose Up
-- A page sends a mark of what it saw with what it sends, and nothing is kept of that any more.
ALTER TABLE reviews DROP COLUMN glimpses;
ALTER TABLE ratings DROP COLUMN glimpses;
