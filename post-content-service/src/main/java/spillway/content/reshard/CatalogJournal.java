package spillway.content.reshard;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** The journal in the catalog's database. */
final class CatalogJournal implements Journal {

    private final JdbcClient catalog;

    CatalogJournal(JdbcClient catalog) {
        this.catalog = catalog;
    }

    @Override
    public MoveState state(long move) {
        return MoveState.valueOf(catalog.sql("SELECT state FROM move WHERE id = :move")
                .param("move", move)
                .query(String.class)
                .single());
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

    @Override
    public Wish wish(long move) {
        return Wish.valueOf(
                catalog.sql("SELECT wish FROM reshard JOIN move ON move.reshard = reshard.id WHERE move.id = :move")
                        .param("move", move)
                        .query(String.class)
                        .single());
    }

    /** The map's version goes up with what changed, in one statement. */
    @Override
    public void assign(Map<Slot, Long> epochs, int shard) {
        catalog.sql("""
                        WITH assigned AS (
                            UPDATE shard_slot SET shard = :shard, epoch = known.epoch
                            FROM unnest(:slots, :epochs) AS known (slot, epoch)
                            WHERE shard_slot.slot = known.slot AND shard_slot.epoch < known.epoch
                            RETURNING known.slot)
                        UPDATE shard_map SET epoch = epoch + 1 WHERE EXISTS (SELECT FROM assigned)""")
                .param("shard", shard)
                .param("slots", PostgresSide.slots(epochs))
                .param("epochs", PostgresSide.epochs(epochs))
                .update();
    }

    @Override
    public void paused(long move, SlotSet slots, Duration pause) {
        catalog.sql(
                        "INSERT INTO handover (move, slots, micros) VALUES (:move, CAST(:slots AS int4multirange), :micros)")
                .param("move", move)
                .param("slots", slots.multirange())
                .param("micros", TimeUnit.NANOSECONDS.toMicros(pause.toNanos()))
                .update();
    }

    @Override
    public void report(long move, Progress progress) {
        catalog.sql("""
                        UPDATE move SET copied = :copied, waiting = :waiting, verified = :verified,
                            differences = :differences, handed_over = :handedOver
                        WHERE id = :move""")
                .param("move", move)
                .param("copied", progress.copied())
                .param("waiting", progress.waiting())
                .param("verified", progress.verified())
                .param("differences", progress.differences())
                .param("handedOver", progress.handedOver())
                .update();
    }

    @Override
    public @Nullable String halted(long move) {
        return catalog.sql("SELECT halted FROM move WHERE id = :move")
                .param("move", move)
                .query((row, n) -> Optional.ofNullable(row.getString("halted")))
                .single()
                .orElse(null);
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
