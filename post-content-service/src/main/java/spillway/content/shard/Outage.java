package spillway.content.shard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers that a database could not be reached, so that callers fail at once instead of each waiting for its own
 * timeout. While it lasts one caller per interval may try. Thread-safe.
 */
final class Outage {

    private static final long NONE = Long.MIN_VALUE;

    private final InstantSource clock;
    private final long interval;
    private final AtomicLong nextTry = new AtomicLong(NONE);

    Outage(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval.toMillis();
    }

    /** Whether this caller may try: always without an outage, else the first to ask in each interval. */
    boolean mayTry() {
        long next = nextTry.get();
        if (next == NONE) {
            return true;
        }
        long now = clock.millis();
        return now >= next && nextTry.compareAndSet(next, now + interval);
    }

    /** Whether this was the first to notice. */
    boolean begin() {
        return nextTry.getAndSet(clock.millis() + interval) == NONE;
    }

    /** Whether there was an outage to end. */
    boolean end() {
        return nextTry.get() != NONE && nextTry.getAndSet(NONE) != NONE;
    }
}
