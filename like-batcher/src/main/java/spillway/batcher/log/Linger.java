package spillway.batcher.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides how long a consumer lets likes gather before its next batch window: not at all while hardly any come, so that a
 * lone like is counted at once; longer the more come, because then waiting saves writes; and not at all again once it is
 * behind, because then what it would gather is there already. Owned by one thread.
 *
 * <p>The rate is measured from one wait to the next. The first poll after a wait returns what a fetch had found when the
 * wait began, a record or two; what arrived meanwhile comes with the polls after it. So until about half of what the wait
 * should have gathered has come, there is no new wait.
 */
final class Linger {

    private final long longestNanos;
    private final int wholeAt;
    private final int behindAt;
    private final LongSupplier nanos;

    private double perNano;
    private long gathering;
    private long gatheredSince;

    /**
     * @param longest no wait is longer
     * @param wholeAt records within {@code longest} at which all of it is waited; with fewer, the same share of it
     * @param behindAt records of one poll from which it counts as behind
     * @param nanos a clock of elapsed time
     */
    Linger(Duration longest, int wholeAt, int behindAt, LongSupplier nanos) {
        this.longestNanos = longest.toNanos();
        this.wholeAt = wholeAt;
        this.behindAt = behindAt;
        this.nanos = nanos;
        this.gatheredSince = nanos.getAsLong();
    }

    /**
     * Whether the log has more than can be waited for.
     *
     * @param records of the last poll
     * @param newest age of the newest of them, negative if clocks disagree
     */
    boolean isBehind(int records, Duration newest) {
        return records >= behindAt || newest.toNanos() > 2 * longestNanos;
    }

    /** The wait after a poll that was not behind. */
    Duration after(int records) {
        if (longestNanos == 0) {
            return Duration.ZERO;
        }
        gathering += records;
        long elapsed = nanos.getAsLong() - gatheredSince;
        if (2 * gathering < perNano * elapsed && elapsed < 2 * longestNanos) {
            return Duration.ZERO;
        }
        // By the time it covers: two likes within a millisecond are no flood, and a quiet second ends one.
        perNano = (gathering + perNano * longestNanos) / (elapsed + longestNanos);
        gathering = 0;
        gatheredSince += elapsed;
        double share = perNano * longestNanos / wholeAt;
        return Duration.ofNanos((long) (longestNanos * Math.min(1, share)));
    }
}
