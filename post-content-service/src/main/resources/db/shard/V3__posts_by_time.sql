-- Posts by time: ids sort by it, so a range of ids is one of time. What there was before becomes the first partition.
-- docs/adr/0018 has the measurements behind each choice here.

-- The first id there can be at a moment of UTC.
CREATE FUNCTION first_post_id(moment timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((extract(epoch FROM moment) * 1000)::bigint - 1735689600000) << 22;

ALTER TABLE post RENAME TO post_before;
-- Room on each page for the next versions of its posts: an edit then needs no new entries in the indexes.
ALTER TABLE post_before SET (fillfactor = 90);
ALTER INDEX post_pkey RENAME TO post_before_pkey;
ALTER INDEX post_of_user RENAME TO post_before_of_user;

CREATE TABLE post (LIKE post_before) PARTITION BY RANGE (id);
ALTER TABLE post ADD PRIMARY KEY (id);
CREATE INDEX post_of_user ON post (user_id, id) WHERE NOT deleted;

-- What is behind the last range. A range itself and no DEFAULT: with one, lists could not be read partition by partition.
CREATE TABLE post_later (LIKE post_before);

DO $$
DECLARE
    newest    bigint := coalesce((SELECT max(id) FROM post_before), 0);
    latest    timestamp := greatest(now() AT TIME ZONE 'UTC', timestamp '2025-01-01' + (newest >> 22) * interval '1 ms');
    first_end bigint := first_post_id(date_trunc('quarter', latest) + interval '3 months');
BEGIN
    EXECUTE format('ALTER TABLE post ATTACH PARTITION post_before FOR VALUES FROM (MINVALUE) TO (%s)', first_end);
    EXECUTE format('ALTER TABLE post ATTACH PARTITION post_later FOR VALUES FROM (%s) TO (MAXVALUE)', first_end);
END
$$;

-- Makes the quarters up to the one of a moment of UTC. Any number of callers, any number of times; one after the other.
-- The locks stop readers for a moment, so they are not waited for long: a caller that fails tries again later.
CREATE FUNCTION add_post_partitions(up_to timestamp) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
    begins timestamp;
    ends   timestamp;
    name   text;
    added  integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(5570193308531908436);
    LOOP
        SELECT timestamp '2025-01-01' + (substring(pg_get_expr(relpartbound, oid) FROM '\d+')::bigint >> 22) * interval '1 ms'
            INTO STRICT begins FROM pg_class WHERE oid = 'post_later'::regclass;
        EXIT WHEN begins > up_to;
        ends := begins + interval '3 months';
        name := 'post_' || to_char(begins, 'YYYY_MM');
        ALTER TABLE post DETACH PARTITION post_later;
        EXECUTE format('CREATE TABLE %I PARTITION OF post FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 90)',
            name, first_post_id(begins), first_post_id(ends));
        -- Mostly none: quarters are made ahead of time.
        WITH came_early AS (DELETE FROM post_later WHERE id < first_post_id(ends) RETURNING *)
            INSERT INTO post SELECT * FROM came_early;
        EXECUTE format('ALTER TABLE post ATTACH PARTITION post_later FOR VALUES FROM (%s) TO (MAXVALUE)', first_post_id(ends));
        added := added + 1;
    END LOOP;
    RETURN added;
END
$$;

SELECT add_post_partitions(now() AT TIME ZONE 'UTC' + interval '3 months');

-- Each row is deleted soon after it came: what is left of it is in the way of the relay's next rounds.
ALTER TABLE outbox SET (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

-- Keys go by the hour: their room is to be free for the next hour's.
ALTER TABLE idempotency_key SET (autovacuum_vacuum_scale_factor = 0.02);
