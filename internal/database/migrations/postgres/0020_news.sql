-- +goose Up
-- When a mentor last wrote the words on the whole of a review: updated_at says only that something was written. NULL if
-- they never were. Of those that are here already it can't be told apart from the rest.
ALTER TABLE reviews ADD COLUMN words_at BIGINT;
UPDATE reviews SET words_at = updated_at WHERE revision > 0;
-- Whether somebody waits to be confirmed is asked for each page that a steward opens; most teams have nobody.
CREATE INDEX team_members_waiting ON team_members (team_id) WHERE confirmed_at IS NULL;
