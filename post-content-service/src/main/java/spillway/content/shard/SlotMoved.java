package spillway.content.shard;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.Slot;

/**
 * The shard that was asked does not own the slot, or has come to own it since, and has done nothing. {@link Shards} looks for the owner and asks again, so
 * callers never see it.
 */
public final class SlotMoved extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int slot;
    private final int from;
    private final @Nullable Integer owner;
    private final long epoch;

    /** @param standing of the slot at the shard that was asked; null when it knows nothing of the slot */
    SlotMoved(Slot slot, int from, @Nullable Standing standing) {
        super("shard " + from + " is not the owner of slot " + slot + " that it was taken for", null, false, false);
        this.slot = slot.number();
        this.from = from;
        this.owner = ownerBy(standing, from);
        this.epoch = standing == null ? 0 : standing.epoch();
    }

    private static @Nullable Integer ownerBy(@Nullable Standing standing, int from) {
        if (standing == null) {
            return null;
        }
        return standing.state().isOwned() ? Integer.valueOf(from) : standing.peer();
    }

    Slot slot() {
        return new Slot(slot);
    }

    /** The shard that was asked. */
    int from() {
        return from;
    }

    /** The owner, as far as the shard that was asked knows one: it may be that shard itself, of a later epoch. */
    @Nullable Integer owner() {
        return owner;
    }

    /** Since which the owner is so. */
    long epoch() {
        return epoch;
    }
}
