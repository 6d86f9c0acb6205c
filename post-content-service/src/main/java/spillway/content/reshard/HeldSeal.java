package spillway.content.reshard;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import spillway.content.reshard.Side.Seal;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** The transaction that holds the exclusive locks of some slots. */
final class HeldSeal implements Seal {

    /** Four statements, sent together. */
    private static final String LOOK = """
            SELECT slot, epoch FROM slot_state WHERE slot = ANY (?) AND state = 'MIRRORING' AND move = ?;
            SELECT count(*) FROM change WHERE slot = ANY (?);
            SELECT count(*) FROM outbox WHERE CAST(? AS int4multirange) @> slot_of(post_id);
            SELECT slot, kind, a, b, name FROM changed WHERE slot = ANY (?)""";

    /** All of the slots or none. */
    private static final String HAND_OVER = """
            UPDATE slot_state SET state = 'REPLICA', epoch = epoch + 1
            WHERE slot = ANY (?) AND state = 'MIRRORING' AND move = ? AND ? = (
                SELECT count(*) FROM slot_state WHERE slot = ANY (?) AND state = 'MIRRORING' AND move = ?)
            RETURNING slot, epoch; COMMIT""";

    private final Handle handle;
    private final long move;
    private final SlotSet slots;

    HeldSeal(Handle handle, long move, SlotSet slots) {
        this.handle = handle;
        this.move = move;
        this.slots = slots;
    }

    @Override
    public Look look() {
        return required(handle.jdbc().execute(LOOK, (PreparedStatement look) -> {
            look.setObject(1, PostgresSide.numbers(slots));
            look.setLong(2, move);
            look.setObject(3, PostgresSide.numbers(slots));
            look.setString(4, slots.multirange());
            look.setObject(5, PostgresSide.numbers(slots));
            look.execute();
            Map<Slot, Long> epochs = epochs(look.getResultSet());
            long waiting = next(look);
            long events = next(look);
            look.getMoreResults();
            return new Look(epochs, waiting, events, changed(look.getResultSet()));
        }));
    }

    private static long next(PreparedStatement look) throws SQLException {
        look.getMoreResults();
        try (ResultSet count = look.getResultSet()) {
            count.next();
            return count.getLong(1);
        }
    }

    private static Map<Slot, Long> epochs(ResultSet rows) throws SQLException {
        try (rows) {
            Map<Slot, Long> epochs = new HashMap<>();
            while (rows.next()) {
                epochs.put(new Slot(rows.getInt("slot")), rows.getLong("epoch"));
            }
            return epochs;
        }
    }

    private static Map<Relation, List<Key>> changed(ResultSet rows) throws SQLException {
        try (rows) {
            Map<Relation, List<Key>> changed = new EnumMap<>(Relation.class);
            while (rows.next()) {
                Relation relation = ChangesInHand.relation(rows);
                changed.computeIfAbsent(relation, none -> new ArrayList<>()).add(ChangesInHand.key(relation, rows));
            }
            return changed;
        }
    }

    /** The commit goes with the statement it commits: another round trip would be a longer wait for the writers. */
    @Override
    public Map<Slot, Long> handOver() {
        Map<Slot, Long> epochs = required(handle.jdbc().execute(HAND_OVER, (PreparedStatement handOver) -> {
            handOver.setObject(1, PostgresSide.numbers(slots));
            handOver.setLong(2, move);
            handOver.setInt(3, slots.size());
            handOver.setObject(4, PostgresSide.numbers(slots));
            handOver.setLong(5, move);
            handOver.execute();
            return epochs(handOver.getResultSet());
        }));
        if (epochs.isEmpty()) {
            throw new IllegalStateException("not all of the slots " + slots + " are mirrored for move " + move);
        }
        return epochs;
    }

    private static <T> T required(@Nullable T answer) {
        return Objects.requireNonNull(answer, "an answer of the database");
    }

    @Override
    public void close() {
        handle.close();
    }
}
