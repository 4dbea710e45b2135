-- +goose Up
-- The time zone in which somebody's days are counted, by the name that the time zone database gives it; '' until
-- their browser tells it, or they choose one.
ALTER TABLE sessions ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN zone_chosen BIGINT NOT NULL DEFAULT 0 CHECK (zone_chosen IN (0, 1));
ALTER TABLE mentors ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE mentors ADD COLUMN zone_chosen BIGINT NOT NULL DEFAULT 0 CHECK (zone_chosen IN (0, 1));
-- The days of a team are the same for all who are in it. Those of earlier teams were UTC's.
ALTER TABLE teams ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
