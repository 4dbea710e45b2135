-- +goose Up
-- How often what a draft of a depth map says of a domain was changed: by that a page knows which of two is the newer.
ALTER TABLE depth_placements ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- For which domain of a depth map a commitment was made, in its manager's words; '' for none.
ALTER TABLE commitments ADD COLUMN domain TEXT NOT NULL DEFAULT '';

-- 1 where Home has stopped to offer a first depth map: the offer was dismissed, or a map was begun.
ALTER TABLE managers ADD COLUMN map_offer_over INTEGER NOT NULL DEFAULT 0;
UPDATE managers SET map_offer_over = 1 WHERE id IN (SELECT manager_id FROM depth_maps);
