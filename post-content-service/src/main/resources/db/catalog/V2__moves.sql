-- How often the slot had another owner, from 1: what is known of a later epoch is never overwritten.
ALTER TABLE shard_slot ADD COLUMN epoch bigint NOT NULL DEFAULT 1 CHECK (epoch > 0);

CREATE TABLE reshard (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    from_shards integer     NOT NULL,
    to_shards   integer     NOT NULL,
    plan        text        NOT NULL,
    wish        text        NOT NULL DEFAULT 'RUN' CHECK (wish IN ('RUN', 'PAUSE', 'ABORT', 'ROLLBACK', 'FINISH')),
    throttle    boolean     NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz
);

-- One at a time.
CREATE UNIQUE INDEX reshard_under_way ON reshard ((true)) WHERE ended_at IS NULL;

CREATE TABLE move (
    id          bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reshard     bigint         NOT NULL REFERENCES reshard,
    source      integer        NOT NULL,
    target      integer        NOT NULL CHECK (target <> source),
    slots       int4multirange NOT NULL,
    state       text           NOT NULL DEFAULT 'OLD',
    halted      text,
    -- For people.
    estimated   bigint         NOT NULL,
    copied      bigint         NOT NULL DEFAULT 0,
    waiting     bigint         NOT NULL DEFAULT 0,
    verified    bigint         NOT NULL DEFAULT 0,
    differences bigint         NOT NULL DEFAULT 0,
    handed_over integer        NOT NULL DEFAULT 0,
    copying_since timestamptz,
    copied_at     timestamptz
);

CREATE INDEX move_of_reshard ON move (reshard);

-- Each time that writes of some slots had to wait for a change of owner.
CREATE TABLE handover (
    move   bigint         NOT NULL REFERENCES move,
    slots  int4multirange NOT NULL,
    micros bigint         NOT NULL,
    at     timestamptz    NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX handover_of_move ON handover (move);
