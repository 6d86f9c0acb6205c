-- The current version of the assignment: one row.
CREATE TABLE shard_map (
    one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    epoch   bigint  NOT NULL CHECK (epoch > 0)
);

CREATE TABLE shard_slot (
    slot  integer PRIMARY KEY CHECK (slot BETWEEN 0 AND 4095),
    shard integer NOT NULL CHECK (shard >= 0)
);

-- Each (node, millisecond) is given to one instance, once: reserved_until only grows.
-- Milliseconds count from the epoch of post ids.
CREATE TABLE id_node (
    node           integer PRIMARY KEY CHECK (node BETWEEN 0 AND 15),
    reserved_until bigint  NOT NULL DEFAULT 0
);

INSERT INTO id_node (node) SELECT generate_series(0, 15);
