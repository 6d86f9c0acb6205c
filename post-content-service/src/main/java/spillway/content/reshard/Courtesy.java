package spillway.content.reshard;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets clients go first: after each step it rests five times as long as the step took, and longer while a small question to
 * the source takes much longer than it does at best. Belongs to one thread.
 *
 * <p>The first rest is for what all shards may share, such as this worker's processors, so that nobody else is to work in it;
 * what comes on top is for the source alone.
 */
final class Courtesy implements Throttle {

    /**
     * Of each six moments, one is worked. With rests as long as steps writes took two and a half times as long, and with rests
     * three times as long the slowest of a hundred took twice as long (docs/adr/0017).
     */
    private static final int TIMES = 5;

    /** Of either rest. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** The source is busy when the question takes so many times its best, and not less than {@link #NOTICEABLE}. */
    private static final int BUSY = 4;

    private static final Duration NOTICEABLE = Duration.ofMillis(4);

    private final Runnable question;
    private final LongSupplier nanos;
    private final Rest rest;
    private long best = Long.MAX_VALUE;
    private long began;
    private double factor = 1;

    /** Waits. */
    @FunctionalInterface
    interface Rest {
        /**
         * Returns when both are over, one after the other; in nanoseconds, each zero or more.
         *
         * @param ofAll in which nobody works in place of this one
         * @param ofSource in which others may work, on other sources
         */
        void take(long ofAll, long ofSource);
    }

    /** @param question something small that the source answers */
    Courtesy(Runnable question, LongSupplier nanos, Rest rest) {
        this.question = question;
        this.nanos = nanos;
        this.rest = rest;
        this.began = nanos.getAsLong();
    }

    @Override
    public void begin() {
        began = nanos.getAsLong();
    }

    @Override
    public void pause() {
        long now = nanos.getAsLong();
        long worked = now - began;
        question.run();
        long took = nanos.getAsLong() - now;
        best = Math.min(best, took);
        boolean busy = took > NOTICEABLE.toNanos() && took > BUSY * best;
        factor = busy ? Math.min(factor * 2, 8) : Math.max(factor * 0.8, 1);
        rest.take(atMostLongest(worked * TIMES), atMostLongest((long) (worked * (factor - 1))));
        begin();
    }

    private static long atMostLongest(long nanos) {
        return Math.min(LONGEST.toNanos(), nanos);
    }
}
