package spillway.content.shard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets something be said no more often than once in a while; what comes in between is swallowed. Thread-safe. */
final class FewWords {

    private final long pauseNanos;
    private final LongSupplier nanos;
    private final AtomicLong next;

    /** @param nanos as {@link System#nanoTime} */
    FewWords(Duration pause, LongSupplier nanos) {
        this.pauseNanos = pause.toNanos();
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    void say(Runnable words) {
        long due = next.get();
        long now = nanos.getAsLong();
        if (now - due >= 0 && next.compareAndSet(due, now + pauseNanos)) {
            words.run();
        }
    }
}
