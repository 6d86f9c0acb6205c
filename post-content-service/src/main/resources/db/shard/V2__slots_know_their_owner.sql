-- Ids hold the slot of the post's author between time and sequence.
CREATE FUNCTION slot_of(id bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((id >> 10) & 4095)::integer;

-- What the slots that this shard knows are to it. A slot without a row is none of its business.
CREATE TABLE slot_state (
    slot  integer PRIMARY KEY CHECK (slot BETWEEN 0 AND 4095),
    state text    NOT NULL CHECK (state IN ('OWNER', 'MIRRORING', 'REPLICA')),
    -- One up with each change of owner.
    epoch bigint  NOT NULL CHECK (epoch > 0),
    peer  integer CHECK (peer >= 0),
    -- The move that the slot takes part in, as the catalog numbers them.
    move  bigint,
    CHECK ((state = 'OWNER') = (peer IS NULL)),
    CHECK ((state = 'OWNER') = (move IS NULL))
);

-- Which shard this database is, and the slots it owns: what is in slot_state, in one row, for reads of many slots.
CREATE TABLE ownership (
    one_row boolean        PRIMARY KEY DEFAULT true CHECK (one_row),
    shard   integer        NOT NULL CHECK (shard >= 0),
    slots   int4multirange NOT NULL DEFAULT '{}'
);

-- The row is locked by a statement of its own: the next one's snapshot then holds what the lock was waited for.
CREATE FUNCTION sum_up_ownership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ownership FOR UPDATE;
    UPDATE ownership SET slots = coalesce(
        (SELECT range_agg(int4range(slot, slot + 1)) FROM slot_state WHERE state <> 'REPLICA'), '{}');
    RETURN NULL;
END
$$;

CREATE TRIGGER slot_state_changed AFTER INSERT OR UPDATE OR DELETE ON slot_state
    FOR EACH STATEMENT EXECUTE FUNCTION sum_up_ownership();

-- Keys of rows written in slots that are MIRRORING, in the transaction that wrote them.
-- kind 0: a = post. 1: a = post, b = comment. 2: a = user, name = Idempotency-Key.
CREATE TABLE change (
    seq  bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot integer  NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 2),
    a    bigint   NOT NULL,
    b    bigint   NOT NULL DEFAULT 0,
    name text     NOT NULL DEFAULT '' COLLATE "C"
);

CREATE INDEX change_of_slot ON change (slot, seq);

-- Keys of changes that have been mirrored: they are compared once more before their slot is handed over.
CREATE TABLE changed (
    slot integer  NOT NULL,
    kind smallint NOT NULL,
    a    bigint   NOT NULL,
    b    bigint   NOT NULL,
    name text     NOT NULL COLLATE "C",
    PRIMARY KEY (slot, kind, a, b, name)
);

-- How far a copy into this shard has come.
CREATE TABLE copy_progress (
    move     bigint NOT NULL,
    relation text   NOT NULL,
    a        bigint NOT NULL,
    b        bigint NOT NULL,
    name     text   NOT NULL COLLATE "C",
    rows     bigint NOT NULL,
    PRIMARY KEY (move, relation)
);

-- Moves that make no slot of this shard mirror or follow any more, however late they come.
CREATE TABLE ended_move (
    move bigint PRIMARY KEY
);

-- A key is used within a slot, so that what it means does not depend on which slots share a shard at the moment.
ALTER TABLE idempotency_key
    ADD COLUMN slot integer NOT NULL GENERATED ALWAYS AS (((created_id >> 10) & 4095)::integer) STORED,
    ALTER COLUMN key TYPE text COLLATE "C",
    DROP CONSTRAINT idempotency_key_pkey,
    ADD PRIMARY KEY (slot, user_id, key);
