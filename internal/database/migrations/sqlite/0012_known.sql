-- +goose Up
-- The rules by which a cycle is decided about, 1 for those before this version. A cycle that is open closes by the
-- rules it opened with; one that hasn't opened yet gets today's. smallest_known: how many of the others each contributor
-- has to know; 0 under the first rules.
ALTER TABLE cycles ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;
ALTER TABLE cycles ADD COLUMN smallest_known INTEGER NOT NULL DEFAULT 0;
UPDATE cycles SET rules = 2, smallest_known = 4 WHERE closed_at IS NULL AND opens_at > CAST(strftime('%s', 'now') AS INTEGER) * 1000;

-- Whom of a team a member knows as a person: what they ticked themselves.
CREATE TABLE team_acquaintances (
    member_id TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    known_id  TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, known_id),
    CHECK (member_id <> known_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_acquaintances_by_known ON team_acquaintances (known_id);

-- Of an answer in the ledger: whom of its set the person knew, by token, a line each, as it stood at the close.
ALTER TABLE ledger_answers ADD COLUMN known TEXT NOT NULL DEFAULT '';

-- Of what was published: by which rules, the days on which its cycle opened and closed (counted from 1 January 1970; 0
-- where that isn't known), and the turn in which it was, by which whoever decides sees what has come since.
ALTER TABLE ledger_observations ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;
ALTER TABLE ledger_observations ADD COLUMN smallest_known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_observations ADD COLUMN opened_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_observations ADD COLUMN closed_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_observations ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ledger_observations_by_turn ON ledger_observations (turn);

-- The sides of a split and the sets of a comparison share their answers with the contributors of a cycle.
UPDATE ledger_observations SET
    opened_day = COALESCE((SELECT max(c.opens_at) / 86400000
        FROM ledger_answers x JOIN ledger_answers y ON y.person = x.person AND y.sitting = x.sitting
            JOIN cycle_aggregates g ON g.set_id = y.set_id JOIN cycles c ON c.id = g.cycle_id
        WHERE x.set_id = ledger_observations.set_id), 0),
    closed_day = COALESCE((SELECT max(CASE WHEN c.closed_at < c.closes_at THEN c.closed_at ELSE c.closes_at - 1 END) / 86400000
        FROM ledger_answers x JOIN ledger_answers y ON y.person = x.person AND y.sitting = x.sitting
            JOIN cycle_aggregates g ON g.set_id = y.set_id JOIN cycles c ON c.id = g.cycle_id
        WHERE x.set_id = ledger_observations.set_id), 0);
