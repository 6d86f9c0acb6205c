package spillway.content.id;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * Makes ids: strictly increasing per slot in this instance, unique across instances. The ten sequence bits of a
 * {@link PostId} are a node number (4) and a counter (6).
 *
 * <p>The last tick (millisecond, node, counter) of each slot only ever grows: when the clock stands still or goes back, or
 * more than 64 ids are asked of one slot in one millisecond, the next ids go on into later milliseconds. Uniqueness across
 * instances is the {@link IdRange}'s; outside it no id is made. Thread-safe, without locks.
 */
public final class PostIds {

    private static final int COUNTERS = PostId.SEQUENCES / IdRange.NODES;

    private final InstantSource clock;
    private final AtomicLongArray lastOfSlot = new AtomicLongArray(Slot.COUNT);
    private volatile @Nullable IdRange range;

    public PostIds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The slot's next id.
     *
     * @throws IdsUnavailable when no range is held or its time has run out
     */
    public PostId next(Slot slot) {
        IdRange own = range;
        if (own == null) {
            throw new IdsUnavailable();
        }
        long now = Math.max(millis(clock), own.from());
        long tick = lastOfSlot.updateAndGet(slot.number(), last -> Math.max(firstTick(now, own), after(last, own)));
        long millis = tick / PostId.SEQUENCES;
        if (millis >= own.until()) {
            throw new IdsUnavailable();
        }
        return PostId.of(millis, slot, (int) (tick % PostId.SEQUENCES));
    }

    /** From now on ids are of this range; null stops the making of ids. */
    void use(@Nullable IdRange next) {
        range = next;
    }

    static long millis(InstantSource clock) {
        return clock.millis() - PostId.EPOCH.toEpochMilli();
    }

    private static long firstTick(long millis, IdRange own) {
        return millis * PostId.SEQUENCES + (long) own.node() * COUNTERS;
    }

    /** The smallest tick of the own node that is greater than the last. */
    private static long after(long last, IdRange own) {
        long first = firstTick(last / PostId.SEQUENCES, own);
        if (last < first) {
            return first;
        }
        return last + 1 < first + COUNTERS ? last + 1 : first + PostId.SEQUENCES;
    }
}
