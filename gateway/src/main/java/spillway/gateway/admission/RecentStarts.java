package spillway.gateway.admission;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long the requests have been at it that began last, finished or not. What finishes tells of an overload only after as long as
 * the overload makes it take; what has not finished tells as soon as it should have. Thread-safe.
 *
 * <p>The time that the quickest quarter of them exceeds: what all share makes all of them slow, while a database that stands still
 * with half of the shards leaves the other half quick, however many wait for it. Of a request that has just begun nothing is known.
 */
final class RecentStarts {

    private static final int LAST = 64;
    private static final int ENOUGH = 5;
    private static final int QUICKEST = 4;
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long goalNanos;
    private final Limiter.@Nullable Place[] places = new Limiter.@Nullable Place[LAST];
    private int next;

    RecentStarts(Duration goal) {
        this.goalNanos = goal.toNanos();
    }

    synchronized void began(Limiter.Place place) {
        places[next] = place;
        next = (next + 1) % LAST;
    }

    /**
     * The time over its goal.
     *
     * @param storeMillis what of it was spent in the store, if known: less traffic of others would not shorten that
     */
    synchronized double pressure(long now, @Nullable Double storeMillis) {
        long[] times = Arrays.stream(places)
                .filter(place -> place != null && now - place.since() <= WINDOW_NANOS)
                .filter(place -> place.isAnswered() || (place.isUnderWay() && now - place.since() > goalNanos))
                .mapToLong(place -> place.took(now))
                .sorted()
                .toArray();
        if (times.length < ENOUGH) {
            return 0;
        }
        double inStore = storeMillis == null ? 0 : storeMillis * TimeUnit.MILLISECONDS.toNanos(1);
        return Math.max(0, times[times.length / QUICKEST] - inStore) / goalNanos;
    }
}
