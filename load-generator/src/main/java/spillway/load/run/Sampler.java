package spillway.load.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Book;
import spillway.load.plan.TrafficClass;

/** Takes the measurements away once a second, on a thread of its own, and makes a series of them. */
final class Sampler implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Measurements measurements;
    private final Traffic traffic;
    private final Clock clock;
    private final LongFunction<String> phaseAt;
    private final @Nullable IntervalSink sink;
    private final List<Second> seconds = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final long start;
    private final Thread thread;
    private long taken;
    private Book before = Book.EMPTY;
    private long heldBackBefore;

    /** @param phaseAt names the phase of an instant, in nanoseconds by the clock */
    Sampler(
            Measurements measurements,
            Traffic traffic,
            Clock clock,
            LongFunction<String> phaseAt,
            @Nullable IntervalSink sink) {
        this.measurements = measurements;
        this.traffic = traffic;
        this.clock = clock;
        this.phaseAt = phaseAt;
        this.sink = sink;
        this.start = clock.nanoTime();
        this.taken = start;
        this.thread = Thread.ofPlatform().daemon().name("sampler").start(this::run);
    }

    /** So far, without the silence at the end. */
    synchronized List<Second> seconds() {
        int end = seconds.size();
        while (end > 0 && seconds.get(end - 1).isQuiet()) {
            end--;
        }
        return List.copyOf(seconds.subList(0, end));
    }

    synchronized @Nullable Second last() {
        return seconds.isEmpty() ? null : seconds.getLast();
    }

    /** Takes what is left and ends. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (long due = start + PERIOD.toNanos(); !over.await(due - clock.nanoTime(), TimeUnit.NANOSECONDS); ) {
                take();
                due += PERIOD.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        take();
    }

    private synchronized void take() {
        long now = clock.nanoTime();
        Book total = measurements.everything();
        long heldBack = measurements.heldBack();
        seconds.add(new Second(
                (now - start) / 1e9,
                (now - taken) / 1e9,
                phaseAt.apply(now),
                total.minus(before),
                heldBack - heldBackBefore,
                Quantiles.of(measurements.withWarmUp().interval()),
                Quantiles.of(measurements.lagWithWarmUp().interval()),
                traffic.inFlight(),
                Quantiles.of(measurements.staleness().interval())));
        if (sink != null) {
            for (TrafficClass trafficClass : TrafficClass.values()) {
                Histogram interval = measurements.latency(trafficClass).interval();
                if (interval.getTotalCount() > 0) {
                    sink.take(trafficClass, (taken - start) / 1e9, (now - start) / 1e9, interval);
                }
            }
        }
        before = total;
        heldBackBefore = heldBack;
        taken = now;
    }
}
