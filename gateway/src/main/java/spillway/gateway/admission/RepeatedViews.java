package spillway.gateway.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Finds views by the same user on the same post within seconds, while the level asks for it. Thread-safe.
 *
 * <p>Each pair has one place in a table of fixed size, which it shares with others: who comes last has it. What is
 * forgotten so is a repetition that is counted; a view is never taken for another pair's.
 */
public final class RepeatedViews {

    private static final int GOLDEN_SHIFT = 32;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final BooleanSupplier wanted;
    private final long withinNanos;
    private final LongSupplier nanos;
    private final AtomicReferenceArray<@Nullable Seen> table;

    /**
     * @param wanted whether repetitions are looked for now
     * @param nanos as {@link System#nanoTime}
     */
    RepeatedViews(BooleanSupplier wanted, Duration within, int size, LongSupplier nanos) {
        this.wanted = wanted;
        this.withinNanos = within.toNanos();
        this.nanos = nanos;
        this.table = new AtomicReferenceArray<>(size);
    }

    /** Whether this view repeats one, which it then stands for from now on. */
    public boolean repeats(PostId post, UserId user) {
        if (!wanted.getAsBoolean()) {
            return false;
        }
        long now = nanos.getAsLong();
        Seen before = table.getAndSet(place(post, user), new Seen(post, user, now));
        return before != null && before.post.equals(post) && before.user.equals(user) && now - before.at < withinNanos;
    }

    private int place(PostId post, UserId user) {
        long mixed = (31L * post.hashCode() + user.hashCode()) * GOLDEN;
        return (int) ((mixed >>> GOLDEN_SHIFT) % table.length());
    }

    private record Seen(PostId post, UserId user, long at) {}
}
