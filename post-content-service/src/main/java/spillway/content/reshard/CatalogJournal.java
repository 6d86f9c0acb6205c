package spillway.content.reshard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/**
 * The journal in the catalog's database.
 *
 * <p>What is a hint or for people is written without waiting for the disk: each group of slots that is handed over has two such
 * entries, and callers' commits wait behind every flush. A crash of the server may lose the last of them. Then routers ask the
 * old owner, which knows better; and all slots are assigned once more before the move advances, which is waited for.
 */
final class CatalogJournal implements Journal {

    private final JdbcClient catalog;

    CatalogJournal(JdbcClient catalog) {
        this.catalog = catalog;
    }

    @Override
    public Entry entry(long move) {
        return catalog.sql(
                        "SELECT state, wish, halted FROM move JOIN reshard ON reshard.id = move.reshard WHERE move.id = :move")
                .param("move", move)
                .query((row, n) -> new Entry(
                        MoveState.valueOf(row.getString("state")),
                        Wish.valueOf(row.getString("wish")),
                        row.getString("halted")))
                .single();
    }

    @Override
    public boolean advance(long move, MoveState from, MoveState to) {
        return catalog.sql("""
                        UPDATE move SET state = :to, halted = NULL,
                            copying_since = CASE WHEN :to = 'BACKFILL' THEN clock_timestamp() ELSE copying_since END,
                            copied_at = CASE WHEN :to = 'VERIFY' THEN clock_timestamp() ELSE copied_at END
                        WHERE id = :move AND state = :from""")
                        .param("move", move)
                        .param("from", from.name())
                        .param("to", to.name())
                        .update()
                == 1;
    }

    /** The map's version goes up with what changed, in one statement. */
    @Override
    public void assign(Map<Slot, Long> epochs, int shard) {
        catalog.sql("""
                        WITH lazily AS (%s), assigned AS (
                            UPDATE shard_slot SET shard = :shard, epoch = known.epoch
                            FROM lazily, unnest(:slots, :epochs) AS known (slot, epoch)
                            WHERE shard_slot.slot = known.slot AND shard_slot.epoch < known.epoch
                            RETURNING known.slot)
                        UPDATE shard_map SET epoch = epoch + 1 WHERE EXISTS (SELECT FROM assigned)""".formatted(Sql.LAZILY))
                .param("shard", shard)
                .param("slots", PostgresSide.slots(epochs))
                .param("epochs", PostgresSide.epochs(epochs))
                .update();
    }

    @Override
    public void paused(long move, SlotSet slots, Duration pause) {
        catalog.sql("""
                        WITH lazily AS (%s)
                        INSERT INTO handover (move, slots, micros)
                        SELECT :move, CAST(:slots AS int4multirange), :micros FROM lazily""".formatted(Sql.LAZILY))
                .param("move", move)
                .param("slots", slots.multirange())
                .param("micros", TimeUnit.NANOSECONDS.toMicros(pause.toNanos()))
                .update();
    }

    @Override
    public void report(long move, Progress progress) {
        catalog.sql("""
                        WITH lazily AS (%s)
                        UPDATE move SET copied = :copied, waiting = :waiting, verified = :verified,
                            differences = :differences, handed_over = :handedOver
                        FROM lazily WHERE id = :move""".formatted(Sql.LAZILY))
                .param("move", move)
                .param("copied", progress.copied())
                .param("waiting", progress.waiting())
                .param("verified", progress.verified())
                .param("differences", progress.differences())
                .param("handedOver", progress.handedOver())
                .update();
    }

    @Override
    public void halt(long move, MoveState during, String why) {
        catalog.sql("UPDATE move SET halted = :why WHERE id = :move AND state = :during")
                .param("move", move)
                .param("during", during.name())
                .param("why", why)
                .update();
    }
}
