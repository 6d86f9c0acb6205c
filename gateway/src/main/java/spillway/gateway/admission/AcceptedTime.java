package spillway.gateway.admission;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The median time of the requests that were accepted last, within a second. Thread-safe.
 *
 * <p>The median, because what all share makes all of them slow: one shard whose disk stands still for a moment makes a few slow
 * and is no reason to refuse likes. The last few, because what was slow a moment ago says nothing of now, and a level that is
 * too high lets nothing through that could say better.
 *
 * <p>Very few are no measure: one cold start would shed likes. When a second does not bring enough of them, nothing is known.
 */
final class AcceptedTime {

    private static final int LAST = 15;
    private static final int ENOUGH = 5;
    private static final double WINDOW_SECONDS = 1;

    private final double goalMillis;
    private final double[] millis = new double[LAST];
    private final double[] at = new double[LAST];
    private long count;
    private double now;

    AcceptedTime(Duration goal) {
        this.goalMillis = goal.toMillis();
        // In no window.
        Arrays.fill(at, Double.NEGATIVE_INFINITY);
    }

    synchronized void took(long nanos) {
        int next = (int) (count++ % LAST);
        millis[next] = nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
        at[next] = now;
    }

    /**
     * The time over its goal, to be asked at each tick.
     *
     * @param seconds since the last tick
     * @param storeMillis what of it was spent in the store, if known: less traffic of others would not shorten that
     */
    synchronized double takePressure(double seconds, @Nullable Double storeMillis) {
        now += seconds;
        double[] latest = IntStream.range(0, LAST)
                .filter(i -> now - at[i] <= WINDOW_SECONDS)
                .mapToDouble(i -> millis[i])
                .toArray();
        if (latest.length < ENOUGH) {
            return 0;
        }
        Arrays.sort(latest);
        return Math.max(0, latest[latest.length / 2] - (storeMillis == null ? 0 : storeMillis)) / goalMillis;
    }
}
