package spillway.content.reshard;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets clients go first: after each chunk it rests at least as long as the chunk took, and longer while a small question to
 * the source takes much longer than it does at best. Belongs to one thread.
 */
final class Courtesy implements Throttle {

    private static final Duration LONGEST = Duration.ofMillis(200);

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
        void nanos(long nanos);
    }

    /**
     * @param question something small that the source answers
     * @param rest lets others work meanwhile
     */
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
        rest.nanos(Math.min(LONGEST.toNanos(), (long) (worked * factor)));
        begin();
    }
}
