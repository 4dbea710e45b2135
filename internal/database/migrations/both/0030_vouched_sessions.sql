-- +goose Up
-- Whom a session was opened for: who vouched for them, and what that one calls them; '' for a way in that needs nobody.
-- So a session is used by nobody else than whom a proxy names, and ends where it began.
ALTER TABLE sessions ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN subject TEXT NOT NULL DEFAULT '';
