-- +goose Up
CREATE INDEX sessions_by_former ON sessions (former_hash);

-- Forms that were sent, so that one that arrives twice is carried out once. digest stands for the form and
-- what was in it. While holder works on it there is no outcome, and holder counts beats up to show that it
-- lives. outcome is the answer, sealed with a key that only the page of the form leads to.
CREATE TABLE submissions (
    digest  TEXT PRIMARY KEY,
    holder  TEXT NOT NULL,
    beats   INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    outcome BLOB
) STRICT;
CREATE INDEX submissions_by_time ON submissions (sent_at);
