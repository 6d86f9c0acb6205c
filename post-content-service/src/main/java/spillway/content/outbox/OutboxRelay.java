package spillway.content.outbox;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;

/**
 * Moves one shard's events to where they go: takes rows out, sends them, waits for the acks, and only then commits. A relay
 * that dies in between leaves the rows, so they are sent again with the same event ids: at least once.
 *
 * <p>One relay at a time works on a shard, by an advisory lock to the end of the transaction: two would send one post's
 * events side by side, in any order. A chunk that fails after some of its events were stored is sent again from its start,
 * so a reader may see a post's events repeat, each time in order.
 */
final class OutboxRelay {

    /** How a round ended. */
    enum Round {
        /** Nothing is left that was there. */
        EMPTY,
        /** A full chunk: more may be there. */
        MORE,
        /** Another instance's relay works on this shard. */
        BUSY
    }

    /** The advisory lock's number; advisory locks belong to a database, so it is the same in every shard. */
    static final long LOCK = 0x5350_494c_4c4f_5554L;

    /** The depth is counted up to here, to stay cheap however much waits. */
    private static final int COUNTED = 100_000;

    private final int shard;
    private final Shards shards;
    private final JdbcClient jdbc;
    private final Delivery delivery;
    private final int chunk;
    private final InstantSource clock;
    private volatile Backlog backlog = Backlog.NONE;

    OutboxRelay(int shard, Shards shards, JdbcClient jdbc, Delivery delivery, int chunk, InstantSource clock) {
        this.shard = shard;
        this.shards = shards;
        this.jdbc = jdbc;
        this.delivery = delivery;
        this.chunk = chunk;
        this.clock = clock;
    }

    int shard() {
        return shard;
    }

    Round round() {
        Round round = shards.write(shard, this::relayChunk);
        if (round == Round.EMPTY) {
            backlog = Backlog.NONE;
        }
        return round;
    }

    private Round relayChunk() {
        boolean alone = jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
        if (!alone) {
            return Round.BUSY;
        }
        List<OutboxRow> rows = jdbc.sql("""
                        DELETE FROM outbox
                        WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT :chunk)
                        RETURNING seq, post_id, payload""")
                .param("chunk", chunk)
                .query((row, n) -> new OutboxRow(
                        row.getLong("seq"), row.getLong("post_id"), ByteString.copyFrom(row.getBytes("payload"))))
                .list();
        if (!rows.isEmpty()) {
            delivery.deliver(rows.stream()
                    .sorted(Comparator.comparingLong(OutboxRow::seq))
                    .toList());
        }
        return rows.size() < chunk ? Round.EMPTY : Round.MORE;
    }

    /** What waited when it was last looked at. */
    Backlog backlog() {
        return backlog;
    }

    void measure() {
        backlog = shards.write(
                shard,
                () -> jdbc.sql("""
                        SELECT count(*) AS depth, coalesce(extract(epoch FROM min(written_at)) * 1000, :now)::bigint AS oldest
                        FROM (SELECT written_at FROM outbox ORDER BY seq LIMIT :counted) AS waiting""")
                        .param("now", clock.millis())
                        .param("counted", COUNTED)
                        .query((row, n) -> new Backlog(
                                row.getLong("depth"),
                                Duration.ofMillis(Math.max(0, clock.millis() - row.getLong("oldest")))))
                        .single());
    }

    /**
     * Events that wait.
     *
     * @param depth how many, counted to {@value #COUNTED}
     * @param age of the oldest
     */
    record Backlog(long depth, Duration age) {
        static final Backlog NONE = new Backlog(0, Duration.ZERO);
    }
}
