-- +goose Up
-- How many an invitation lets in; NULL for those made before there was such a limit, and for codes to compare.
ALTER TABLE team_invitations ADD COLUMN places BIGINT CHECK (places > 0);
