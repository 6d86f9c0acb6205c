package spillway.gateway.deadline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a caller who says so ({@link spillway.platform.deadline.Deadline#HEADER}) stops waiting, by a clock as {@link System#nanoTime}; {@link #NONE} is never.
 *
 * @param bounded whether the caller said so at all
 */
public record Deadline(boolean bounded, long atNanos) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public static final Deadline NONE = new Deadline(false, 0);

    public static Deadline in(Duration left, LongSupplier nanos) {
        return new Deadline(true, nanos.getAsLong() + left.toNanos());
    }

    public boolean hasPassed(LongSupplier nanos) {
        return bounded && nanos.getAsLong() - atNanos >= 0;
    }

    /** What a service is told: whole milliseconds, at least one. */
    public long millisLeft(LongSupplier nanos) {
        return Math.max(1, left(nanos, LONGEST).toMillis());
    }

    /** The one that passes later. */
    public Deadline later(Deadline other) {
        if (!bounded || !other.bounded) {
            return NONE;
        }
        return other.atNanos - atNanos > 0 ? other : this;
    }

    /** What is left, above zero unless it has passed; at most {@code otherwise}. */
    public Duration left(LongSupplier nanos, Duration otherwise) {
        if (!bounded) {
            return otherwise;
        }
        Duration left = left(nanos);
        return left.compareTo(otherwise) < 0 ? left : otherwise;
    }

    /** What is left of one that is bounded, above zero unless it has passed. */
    public Duration left(LongSupplier nanos) {
        return Duration.ofNanos(Math.max(0, atNanos - nanos.getAsLong()));
    }
}
