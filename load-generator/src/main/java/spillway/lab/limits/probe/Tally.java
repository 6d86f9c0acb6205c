package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How much of a probe's work is done, and whether it still goes well. Thread-safe. */
final class Tally {

    private final LongAdder done = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);

    void add(long operations) {
        done.add(operations);
    }

    /** The first failure counts; those after it mostly follow from it. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        failed.countDown();
    }

    long done() {
        return done.sum();
    }

    /** Lets the time pass, or as much of it as goes well. */
    void watch(Duration time) throws ProbeFailure, InterruptedException {
        if (failed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ProbeFailure(failure.get());
        }
    }
}
