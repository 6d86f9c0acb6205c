package spillway.gateway.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The mean time of requests that were accepted lately, smoothed: what was known weighs as much as {@value #KNOWN} requests, so
 * that the first tenth of a burst is believed at once and a handful of calm traffic is not. Thread-safe.
 *
 * <p>Few are no measure: one cold start or one stuck shard would shed likes. They are collected over several looks, since
 * where everything is slow few end in a tenth of a second; when not even a second brings enough of them, nothing is known.
 */
final class AcceptedTime {

    private static final int ENOUGH = 5;
    private static final double KNOWN = 12;
    private static final double PATIENCE_SECONDS = 1;

    private final double goalMillis;
    private double sumMillis;
    private int count;
    private double collecting;
    private double smoothed;

    AcceptedTime(Duration goal) {
        this.goalMillis = goal.toMillis();
    }

    synchronized void took(long nanos) {
        sumMillis += nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
        count++;
    }

    /**
     * The time over its goal, to be asked at each tick.
     *
     * @param seconds since the last tick
     * @param storeMillis what of it was spent in the store, if known: less traffic of others would not shorten that
     */
    synchronized double takePressure(double seconds, @Nullable Double storeMillis) {
        collecting += seconds;
        if (count >= ENOUGH) {
            double outside = Math.max(0, sumMillis / count - (storeMillis == null ? 0 : storeMillis));
            smoothed += count / (count + KNOWN) * (outside - smoothed);
            collectAnew();
        } else if (collecting > PATIENCE_SECONDS) {
            smoothed = 0;
            collectAnew();
        }
        return smoothed / goalMillis;
    }

    private void collectAnew() {
        collecting = 0;
        sumMillis = 0;
        count = 0;
    }
}
