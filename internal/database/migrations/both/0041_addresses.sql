-- +goose Up
-- The mail address that whoever vouches for somebody has confirmed to be theirs, '' for none. It is the one of the latest
-- sign-in. So that it can be kept, whoever has yet to choose has it, too.
ALTER TABLE identities ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE arrivals ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE identities SET address = subject WHERE way = 'mail';
UPDATE arrivals SET address = subject WHERE way = 'mail';

-- For whom alone a share opens: somebody who signs in and has this address; '' for whoever has the link.
ALTER TABLE shares ADD COLUMN address TEXT NOT NULL DEFAULT '';
