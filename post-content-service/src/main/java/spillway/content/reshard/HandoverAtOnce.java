package spillway.content.reshard;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import spillway.content.reshard.Side.HandedOver;
import spillway.content.shard.PostgresFence;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** A handover that keeps writers out for no longer than the database takes for it: lock, look and commit are sent together. */
final class HandoverAtOnce {

    /**
     * The look is a statement of its own, with a snapshot from after the locks: with the same one it would miss what the
     * writers it has just locked out had committed.
     */
    private static final String HAND_OVER = """
            SELECT clock_timestamp(),
                set_config('spillway.locked', CAST(bool_and(pg_try_advisory_xact_lock(%d, slot)) AS text), true)
            FROM unnest(?) AS slot;
            UPDATE slot_state SET state = 'REPLICA', epoch = epoch + 1
            WHERE current_setting('spillway.locked') = 'true' AND slot = ANY (?) AND state = 'MIRRORING' AND move = ?
                AND ? = (SELECT count(*) FROM slot_state JOIN unnest(?, ?) AS known (slot, epoch) USING (slot, epoch)
                    WHERE state = 'MIRRORING' AND move = ?)
                AND NOT EXISTS (SELECT FROM change WHERE slot = ANY (?))
                AND NOT EXISTS (SELECT FROM changed WHERE slot = ANY (?))
                AND NOT EXISTS (SELECT FROM outbox WHERE CAST(? AS int4multirange) @> slot_of(post_id))
            RETURNING slot, epoch;
            COMMIT;
            SELECT clock_timestamp()""".formatted(PostgresFence.LOCKS);

    private HandoverAtOnce() {}

    static Optional<HandedOver> attempt(Handle handle, long move, Map<Slot, Long> group) {
        SlotSet slots = SlotSet.of(group.keySet());
        int[] numbers = PostgresSide.numbers(slots);
        return Optional.ofNullable(handle.jdbc().execute(HAND_OVER, (PreparedStatement handOver) -> {
            handOver.setObject(1, numbers);
            handOver.setObject(2, numbers);
            handOver.setLong(3, move);
            handOver.setInt(4, group.size());
            handOver.setObject(5, PostgresSide.slots(group));
            handOver.setObject(6, PostgresSide.epochs(group));
            handOver.setLong(7, move);
            handOver.setObject(8, numbers);
            handOver.setObject(9, numbers);
            handOver.setString(10, slots.multirange());
            handOver.execute();
            Instant locked = time(handOver);
            handOver.getMoreResults();
            Map<Slot, Long> epochs = epochs(handOver);
            handOver.getMoreResults(); // the commit's
            handOver.getMoreResults();
            Instant released = time(handOver);
            return epochs.isEmpty() ? null : new HandedOver(epochs, Duration.between(locked, released));
        }));
    }

    private static Instant time(PreparedStatement handOver) throws SQLException {
        try (ResultSet time = handOver.getResultSet()) {
            time.next();
            return time.getTimestamp(1).toInstant();
        }
    }

    private static Map<Slot, Long> epochs(PreparedStatement handOver) throws SQLException {
        Map<Slot, Long> epochs = new HashMap<>();
        try (ResultSet changed = handOver.getResultSet()) {
            while (changed.next()) {
                epochs.put(new Slot(changed.getInt("slot")), changed.getLong("epoch"));
            }
        }
        return epochs;
    }
}
