package spillway.content.shard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.platform.id.Slot;

/**
 * The fence in the shard's database: a shared advisory lock per slot, then {@code slot_state}. Whoever changes a slot's owner
 * holds the lock exclusively until that is committed.
 *
 * <p>Lock and look are two statements, sent together. In one statement the look would use a snapshot from before the wait for
 * the lock, and see the owner of then.
 */
public final class PostgresFence implements Fence {

    /** First half of the locks' numbers; the second is the slot. Locks with one number of 64 bits are others. */
    public static final int LOCKS = 0x510C;

    private static final String STANDING =
            "SELECT slot, state, epoch, peer FROM slot_state WHERE slot = ANY (CAST(? AS integer[]))";

    private static final String ENTER = "SELECT count(pg_advisory_xact_lock_shared(" + LOCKS
            + ", slot)) FROM unnest(CAST(? AS integer[])) AS slot; " + STANDING;

    private static final String TAKE_OVER = """
            UPDATE slot_state SET state = 'MIRRORING', epoch = ?
            WHERE slot = ? AND state = 'REPLICA' AND epoch < ?""";

    private final JdbcTemplate shard;

    PostgresFence(JdbcTemplate shard) {
        this.shard = shard;
    }

    @Override
    public Map<Slot, Standing> enter(SlotSet slots) {
        return shard.execute(ENTER, (PreparedStatement both) -> {
            bind(both, 1, slots);
            bind(both, 2, slots);
            both.execute();
            both.getMoreResults();
            return standing(both.getResultSet());
        });
    }

    @Override
    public Map<Slot, Standing> look(Slot slot) {
        return shard.execute(STANDING, (PreparedStatement look) -> {
            bind(look, 1, SlotSet.range(slot.number(), slot.number()));
            return standing(look.executeQuery());
        });
    }

    @Override
    public void takeOver(Slot slot, long epoch) {
        shard.update(TAKE_OVER, epoch, slot.number(), epoch);
    }

    private static void bind(PreparedStatement statement, int index, SlotSet slots) throws SQLException {
        Connection connection = statement.getConnection();
        // Ascending, as everybody locks them, so that nobody waits in a circle.
        statement.setArray(
                index, connection.createArrayOf("int4", slots.numbers().boxed().toArray()));
    }

    /** The rest of a result: slot, state, epoch, peer. */
    public static Map<Slot, Standing> standing(ResultSet rows) throws SQLException {
        try (rows) {
            Map<Slot, Standing> standing = new HashMap<>();
            while (rows.next()) {
                Integer peer = rows.getObject("peer", Integer.class);
                standing.put(
                        new Slot(rows.getInt("slot")),
                        new Standing(SlotState.valueOf(rows.getString("state")), rows.getLong("epoch"), peer));
            }
            return standing;
        }
    }
}
