-- +goose Up
-- Whether a share was made for one person alone, also after its manager has taken it off their list, and its address with it.
ALTER TABLE shares ADD COLUMN addressed INTEGER NOT NULL DEFAULT 0;
UPDATE shares SET addressed = 1 WHERE address <> '';
