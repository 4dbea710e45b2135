-- +goose Up
-- answer is what a mentor answers to the question that came with a link, asked that question as it stood then.
ALTER TABLE reviews ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN answer TEXT NOT NULL DEFAULT '';

-- When its manager set a review aside, so that nothing of it counts; NULL while it counts.
ALTER TABLE reviews ADD COLUMN set_aside_at INTEGER;
