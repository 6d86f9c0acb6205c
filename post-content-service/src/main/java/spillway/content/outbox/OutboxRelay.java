package spillway.content.outbox;

import com.google.protobuf.ByteString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

    private static final String TAKE = """
            WITH mine AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(:lock) AS alone, set_config('synchronous_commit', 'off', true)),
            due AS MATERIALIZED (
                SELECT ARRAY(SELECT seq FROM outbox WHERE (SELECT alone FROM mine) ORDER BY seq LIMIT :chunk) AS seqs),
            taken AS (
                DELETE FROM outbox WHERE seq = ANY ((SELECT seqs FROM due)::bigint[])
                RETURNING seq, post_id, payload)
            SELECT mine.alone, cardinality(due.seqs) AS due, taken.*
            FROM mine CROSS JOIN due LEFT JOIN taken ON true
            ORDER BY taken.seq""";

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
        Chunk chunk = take();
        if (!chunk.rows().isEmpty()) {
            delivery.deliver(chunk.rows());
        }
        return chunk.round();
    }

    /**
     * Takes rows out, in their order, in one statement that begins with the lock. It sees what was there before it had the
     * lock; what the relay before it has taken out since is passed over, as is any row that is gone when it is to be deleted.
     *
     * <p>Its commit waits for no sync: all that it does is forget rows that are sent, and a crash of the server that brings
     * them back repeats their events as a crash of the relay does.
     */
    private Chunk take() {
        return jdbc.sql(TAKE).param("lock", LOCK).param("chunk", chunk).query(this::chunk);
    }

    private Chunk chunk(ResultSet answer) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        Round round = Round.BUSY;
        while (answer.next()) {
            if (answer.getBoolean("alone")) {
                round = answer.getInt("due") < chunk ? Round.EMPTY : Round.MORE;
            }
            long seq = answer.getLong("seq");
            if (!answer.wasNull()) {
                rows.add(
                        new OutboxRow(seq, answer.getLong("post_id"), ByteString.copyFrom(answer.getBytes("payload"))));
            }
        }
        return new Chunk(round, rows);
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

    private record Chunk(Round round, List<OutboxRow> rows) {}

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
