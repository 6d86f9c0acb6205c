package spillway.gateway.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The mean time of requests that were accepted since the last look, smoothed. Thread-safe.
 *
 * <p>Few are no measure: one cold start or one stuck shard would shed likes. Then what was known fades.
 */
final class AcceptedTime {

    private static final int ENOUGH = 5;
    private static final double SMOOTHING = 0.3;

    private final double goalMillis;
    private double sumMillis;
    private int count;
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
     * @param storeMillis what of it was spent in the store, if known: less traffic of others would not shorten that
     */
    synchronized double takePressure(@Nullable Double storeMillis) {
        double outside = 0;
        if (count >= ENOUGH) {
            outside = Math.max(0, sumMillis / count - (storeMillis == null ? 0 : storeMillis));
            sumMillis = 0;
            count = 0;
        }
        smoothed += SMOOTHING * (outside - smoothed);
        return smoothed / goalMillis;
    }
}
