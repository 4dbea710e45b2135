-- +goose Up
-- A team is a group of managers who see where they stand together. It goes with its last confirmed member.
CREATE TABLE teams (
    id             TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    smallest_group BIGINT NOT NULL CHECK (smallest_group >= 5),
    created_at     BIGINT NOT NULL
);

-- One manager's place in one team. confirmed_at: NULL until a steward has confirmed it.
CREATE TABLE team_members (
    id           TEXT PRIMARY KEY,
    team_id      TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    manager_id   TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('steward', 'member')),
    joined_at    BIGINT NOT NULL,
    confirmed_at BIGINT,
    UNIQUE (team_id, manager_id)
);
CREATE INDEX team_members_by_manager ON team_members (manager_id);

-- What lets people in, or lets a sister team compare. Only the hash of its secret is kept.
CREATE TABLE team_invitations (
    id          TEXT PRIMARY KEY,
    team_id     TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('join-link', 'join-code', 'compare-code')),
    secret_hash TEXT NOT NULL UNIQUE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    uses        BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX team_invitations_by_team ON team_invitations (team_id);
CREATE INDEX team_invitations_by_expiry ON team_invitations (expires_at);

-- Teams whose stewards agreed that both see each other's aggregates; team_id is the smaller of the two ids.
CREATE TABLE team_peers (
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    peer_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    since   BIGINT NOT NULL,
    PRIMARY KEY (team_id, peer_id),
    CHECK (team_id < peer_id)
);
CREATE INDEX team_peers_by_peer ON team_peers (peer_id);

-- One round of a team, with the thresholds that hold for it. closed_at: NULL until it was closed.
CREATE TABLE cycles (
    id                       TEXT PRIMARY KEY,
    team_id                  TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name                     TEXT NOT NULL,
    form                     TEXT NOT NULL CHECK (form IN ('full', 'pulse')),
    questionnaire_id         TEXT NOT NULL,
    opens_at                 BIGINT NOT NULL,
    closes_at                BIGINT NOT NULL,
    closed_at                BIGINT,
    smallest_group           BIGINT NOT NULL CHECK (smallest_group >= 5),
    smallest_effective_group DOUBLE PRECISION NOT NULL CHECK (smallest_effective_group >= 3),
    CHECK (opens_at < closes_at)
);
CREATE INDEX cycles_by_team ON cycles (team_id, opens_at);
CREATE INDEX cycles_by_close ON cycles (closed_at, closes_at);

-- One assessment of one member, contributed to one cycle. It says nothing of when.
CREATE TABLE cycle_contributions (
    cycle_id      TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    member_id     TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    PRIMARY KEY (cycle_id, member_id)
);
CREATE INDEX cycle_contributions_by_member ON cycle_contributions (member_id);
CREATE INDEX cycle_contributions_by_assessment ON cycle_contributions (assessment_id);

-- How many had contributed when a day began: all that is told of it before the close.
CREATE TABLE cycle_counts (
    cycle_id     TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    day          TEXT NOT NULL,
    contributors BIGINT NOT NULL,
    PRIMARY KEY (cycle_id, day)
);

-- The ledger: everything that this instance published about anybody, as the gate has to know it. It names
-- people and their sittings by random tokens. Whose a token is stands in two tables of its own, whose rows
-- go with the manager and with the assessment; the tokens stay, linked to nothing. hidden: the smallest
-- effective group of the person over all that was published about them; 0 for nothing.
CREATE TABLE ledger_persons (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    token      TEXT NOT NULL UNIQUE,
    hidden     BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE ledger_sittings (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments (id) ON DELETE CASCADE,
    token         TEXT NOT NULL UNIQUE
);
CREATE TABLE ledger_answers (
    set_id  TEXT NOT NULL,
    person  TEXT NOT NULL,
    sitting TEXT NOT NULL,
    PRIMARY KEY (set_id, person)
);
CREATE INDEX ledger_answers_by_person ON ledger_answers (person, sitting);
CREATE TABLE ledger_observations (
    id                       TEXT PRIMARY KEY,
    set_id                   TEXT NOT NULL,
    kind                     BIGINT NOT NULL,
    level                    BIGINT NOT NULL,
    step                     DOUBLE PRECISION NOT NULL,
    smallest_group           BIGINT NOT NULL,
    smallest_effective_group DOUBLE PRECISION NOT NULL
);
CREATE INDEX ledger_observations_by_set ON ledger_observations (set_id);
-- Whoever publishes changes this one row first, so that no two decisions miss each other.
CREATE TABLE ledger_turns (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    turns BIGINT NOT NULL
);
INSERT INTO ledger_turns (id, turns) VALUES (1, 0);

-- What a closed cycle published, frozen. set_id: those who contributed, in the ledger; NULL where they
-- were too few, so that nothing was published of them.
CREATE TABLE cycle_aggregates (
    cycle_id TEXT PRIMARY KEY REFERENCES cycles (id) ON DELETE CASCADE,
    set_id   TEXT,
    body     TEXT NOT NULL
);

-- Area scores that members show by name.
CREATE TABLE shown_scores (
    cycle_id  TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    area      TEXT NOT NULL,
    score     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (cycle_id, member_id, area)
);
CREATE INDEX shown_scores_by_member ON shown_scores (member_id);
