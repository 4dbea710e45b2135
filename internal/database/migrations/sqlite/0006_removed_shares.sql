-- +goose Up
-- When its manager took an ended share off their list. What a mentor's own list and reviews show of it stays.
ALTER TABLE shares ADD COLUMN removed_at INTEGER;
