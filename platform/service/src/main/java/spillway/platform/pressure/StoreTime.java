package spillway.platform.pressure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a store takes for a call, learned from the calls that are made anyway. Thread-safe.
 *
 * <p>It is the mean of those that ended, weighted by how long ago: after {@code memory} a call counts for a third of a new one
 * (weights fall by e). Calls that have not ended say something too: a store that has stopped ends none. So the answer is at
 * least the age of the oldest call under way.
 */
public final class StoreTime {

    /** Calls that end at once would weigh nothing by the time between them, so each weighs as if it came a moment after. */
    private static final long SHORTEST_STEP = TimeUnit.MICROSECONDS.toNanos(100);

    /** A call under way; identity decides. */
    public static final class Call {
        private final long began;

        private Call(long began) {
            this.began = began;
        }
    }

    private final long memory;
    private final LongSupplier nanos;
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
    private double mean;
    private long last;
    private boolean measured;

    /**
     * @param memory over which calls are remembered; after three times as long without any nothing is known
     * @param nanos as {@link System#nanoTime}
     */
    public StoreTime(Duration memory, LongSupplier nanos) {
        this.memory = memory.toNanos();
        this.nanos = nanos;
    }

    public Call begin() {
        Call call = new Call(nanos.getAsLong());
        underWay.add(call);
        return call;
    }

    public void end(Call call) {
        fail(call, Duration.ZERO);
    }

    /** @param atLeast so long it took, as far as the answer is concerned: refusing is quick */
    public void fail(Call call, Duration atLeast) {
        if (underWay.remove(call)) {
            long now = nanos.getAsLong();
            learn(now, Math.max(now - call.began, atLeast.toNanos()));
        }
    }

    private synchronized void learn(long now, long took) {
        double weight = measured ? 1 - Math.exp(-(double) Math.max(SHORTEST_STEP, now - last) / memory) : 1;
        mean += weight * (took - mean);
        last = now;
        measured = true;
    }

    /** Milliseconds; null when no call was made for a while. */
    public @Nullable Double millis() {
        long now = nanos.getAsLong();
        long oldest =
                underWay.stream().mapToLong(call -> now - call.began).max().orElse(-1);
        double known;
        synchronized (this) {
            boolean isKnown = measured && now - last <= 3 * memory;
            if (!isKnown && oldest < 0) {
                return null;
            }
            known = isKnown ? mean : 0;
        }
        return Math.max(known, (double) oldest) / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
