package spillway.content.reshard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import spillway.content.shard.SlotSet;
import spillway.platform.problem.ProblemType;

/** The catalog's record of reshards and their moves. Thread-safe. */
final class Reshards {

    /** The session lock of the one that works on a reshard. */
    static final long LEASE = 0x5245_5348_4152_4431L;

    private static final String SELECT = """
            SELECT id, from_shards, to_shards, plan, wish, throttle, started_at, ended_at,
                EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
                    AND (classid::bigint << 32) + objid::bigint = %d
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS worker
            FROM reshard""".formatted(LEASE);

    private final JdbcClient catalog;
    private final TransactionOperations transaction;

    /** @param transaction of the catalog */
    Reshards(JdbcClient catalog, TransactionOperations transaction) {
        this.catalog = catalog;
        this.transaction = transaction;
    }

    /**
     * A reshard as the catalog has it.
     *
     * @param worker whether somebody works on it, or on another
     */
    record Recorded(
            long id,
            int fromShards,
            int toShards,
            String plan,
            Wish wish,
            boolean throttle,
            Instant startedAt,
            @Nullable Instant endedAt,
            boolean worker) {}

    /** A move as the catalog has it. Times of copying are null before and, of its end, while it lasts. */
    record Row(
            Move move,
            MoveState state,
            @Nullable String halted,
            long estimated,
            Journal.Progress progress,
            @Nullable Instant copyingSince,
            @Nullable Instant copiedAt,
            List<Long> pauseMicros) {}

    /** @throws ReshardRefused when one is under way */
    long record(Plan plan, boolean throttle, ToLongFunction<Plan.Part> rows) {
        try {
            Long id = transaction.execute(status -> {
                long reshard = catalog.sql("""
                                INSERT INTO reshard (from_shards, to_shards, plan, throttle)
                                VALUES (:from, :to, :plan, :throttle) RETURNING id""")
                        .param("from", plan.fromShards())
                        .param("to", plan.toShards())
                        .param("plan", plan.name())
                        .param("throttle", throttle)
                        .query(Long.class)
                        .single();
                plan.parts().forEach(part -> record(reshard, part, rows.applyAsLong(part)));
                return reshard;
            });
            return Objects.requireNonNull(id);
        } catch (DuplicateKeyException underWay) {
            throw new ReshardRefused(ProblemType.CONFLICT, "A reshard is under way already.");
        }
    }

    private void record(long reshard, Plan.Part part, long rows) {
        catalog.sql("""
                        INSERT INTO move (reshard, source, target, slots, estimated)
                        VALUES (:reshard, :source, :target, CAST(:slots AS int4multirange), :rows)""")
                .param("reshard", reshard)
                .param("source", part.source())
                .param("target", part.target())
                .param("slots", part.slots().multirange())
                .param("rows", rows)
                .update();
    }

    /** Newest first. */
    List<Recorded> all() {
        return catalog.sql(SELECT + " ORDER BY id DESC")
                .query(Reshards::recorded)
                .list();
    }

    Optional<Recorded> find(long id) {
        return catalog.sql(SELECT + " WHERE id = :id")
                .param("id", id)
                .query(Reshards::recorded)
                .optional();
    }

    /** The one that has not ended. */
    Optional<Recorded> underWay() {
        return catalog.sql(SELECT + " WHERE ended_at IS NULL")
                .query(Reshards::recorded)
                .optional();
    }

    private static Recorded recorded(ResultSet row, int n) throws SQLException {
        return new Recorded(
                row.getLong("id"),
                row.getInt("from_shards"),
                row.getInt("to_shards"),
                row.getString("plan"),
                Wish.valueOf(row.getString("wish")),
                row.getBoolean("throttle"),
                row.getTimestamp("started_at").toInstant(),
                instant(row, "ended_at"),
                row.getBoolean("worker"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    List<Row> moves(long reshard) {
        return catalog.sql("""
                        SELECT id, source, target, slots::text AS slots, state, halted, estimated, copied, waiting, verified,
                            differences, handed_over, copying_since, copied_at,
                            (SELECT coalesce(array_agg(micros), '{}') FROM handover WHERE move = move.id) AS pauses
                        FROM move WHERE reshard = :reshard ORDER BY id""").param("reshard", reshard).query(Reshards::row).list();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                new Move(
                        row.getLong("id"),
                        row.getInt("source"),
                        row.getInt("target"),
                        SlotSet.parse(row.getString("slots"))),
                MoveState.valueOf(row.getString("state")),
                row.getString("halted"),
                row.getLong("estimated"),
                new Journal.Progress(
                        row.getLong("copied"),
                        row.getLong("waiting"),
                        row.getLong("verified"),
                        row.getLong("differences"),
                        row.getInt("handed_over")),
                instant(row, "copying_since"),
                instant(row, "copied_at"),
                List.of((Long[]) row.getArray("pauses").getArray()));
    }

    /**
     * Compare and set.
     *
     * @return false when something else was wished by then
     */
    boolean wish(long reshard, Wish from, Wish to) {
        return catalog.sql("UPDATE reshard SET wish = :to WHERE id = :id AND wish = :from AND ended_at IS NULL")
                        .param("id", reshard)
                        .param("from", from.name())
                        .param("to", to.name())
                        .update()
                == 1;
    }

    /** Halted moves may go on. */
    void unhalt(long reshard) {
        catalog.sql("UPDATE move SET halted = NULL WHERE reshard = :id")
                .param("id", reshard)
                .update();
    }

    /** The version of the map that routers have. */
    long mapEpoch() {
        return catalog.sql("SELECT epoch FROM shard_map").query(Long.class).single();
    }

    /** Ends a reshard all of whose moves have ended. */
    void endWhenOver(long reshard) {
        catalog.sql("""
                        UPDATE reshard SET ended_at = clock_timestamp() WHERE id = :id AND ended_at IS NULL
                            AND NOT EXISTS (SELECT FROM move WHERE reshard = :id AND state NOT IN ('DONE', 'ROLLED_BACK'))""").param("id", reshard).update();
    }
}
