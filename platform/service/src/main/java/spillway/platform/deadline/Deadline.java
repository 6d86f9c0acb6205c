package spillway.platform.deadline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when the caller of the running request waits. It is bound to the request's thread by {@link DeadlineFilter}, and goes
 * to another one only where that is asked for. Immutable.
 *
 * <p>What a deadline that has passed means depends on what was asked. A read is over: 504. A write that has done nothing yet
 * never will: 503, and it may be sent again. Of a write that is being done nobody can say at that moment what comes of it: its
 * owner says <i>outcome unknown</i>.
 */
public final class Deadline {

    /** Milliseconds that the sender of a request goes on waiting for the answer. */
    public static final String HEADER = "Spillway-Timeout";

    /** Who is asked for more takes it as this. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** Of the longest number that is read as one; anything longer is more than {@link #LONGEST} in any case. */
    private static final int DIGITS = 9;

    static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();
    private static final Duration UNBOUNDED = Duration.ofDays(365);
    private static final Deadline NONE = new Deadline(UNBOUNDED, Kind.WRITE, () -> 0L);

    /** What was asked for. */
    public enum Kind {
        READ,
        WRITE
    }

    private final LongSupplier nanos;
    private final long end;
    private final Kind kind;

    /** @param nanos as {@link System#nanoTime} */
    private Deadline(Duration left, Kind kind, LongSupplier nanos) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + left.toNanos();
        this.kind = kind;
    }

    /**
     * What a request says with the values of its {@link #HEADER}.
     *
     * @return nothing unless there is one value, a whole number from 1 on; {@link #LONGEST} for what is more
     */
    public static Optional<Duration> read(List<String> values) {
        if (values.size() != 1) {
            return Optional.empty();
        }
        String digits = values.getFirst().strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        String significant = digits.replaceFirst("^0+", "");
        if (significant.isEmpty()) {
            return Optional.empty();
        }
        if (significant.length() > DIGITS) {
            return Optional.of(LONGEST);
        }
        Duration asked = Duration.ofMillis(Long.parseLong(significant));
        return Optional.of(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }

    /** One that begins now. */
    public static Deadline in(Duration left, Kind kind) {
        return in(left, kind, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    public static Deadline in(Duration left, Kind kind, LongSupplier nanos) {
        return new Deadline(left, kind, nanos);
    }

    /** The running request's, or one that never passes. */
    public static Deadline current() {
        return CURRENT.orElse(NONE);
    }

    /** Whether there is one at all. */
    public boolean isSet() {
        return this != NONE;
    }

    public boolean isPast() {
        return leftNanos() <= 0;
    }

    /** What is left of it, or this wait if that is shorter; zero when it has passed. */
    public Duration within(Duration atMost) {
        long left = leftNanos();
        return left >= atMost.toNanos() ? atMost : Duration.ofNanos(Math.max(0, left));
    }

    private long leftNanos() {
        return end - nanos.getAsLong();
    }

    /**
     * Called before each step that has an effect, or costs something.
     *
     * @throws DeadlinePassed when nobody waits for it any more; nothing was done then
     */
    public void check() {
        if (isPast()) {
            throw passed(null);
        }
    }

    /** What to answer to a caller whose deadline passed before anything was done. */
    public DeadlinePassed passed(@Nullable Throwable cause) {
        return new DeadlinePassed(kind, cause);
    }

    /** Does something on behalf of the caller who has this deadline. */
    public <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }
}
