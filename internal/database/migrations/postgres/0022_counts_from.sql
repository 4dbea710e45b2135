-- +goose Up
-- From when on a finished assessment counts in a cycle: up to 30 days before it opens. Cycles from before this version
-- count from their opening on.
ALTER TABLE cycles ADD COLUMN counts_from BIGINT NOT NULL DEFAULT 0;
UPDATE cycles SET counts_from = opens_at;
